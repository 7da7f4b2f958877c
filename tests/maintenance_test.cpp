#include "maintenance.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "file_lock.hpp"
#include "files.hpp"
#include "forged_pack.hpp"
#include "ledger_attacks.hpp"
#include "ledger_samples.hpp"
#include "pack_list.hpp"
#include "pack_lookup.hpp"

using namespace stet;
using namespace stet::testing;
using Catch::Contains;
namespace fs = std::filesystem;

namespace {

std::set<std::string> files_in(const fs::path& folder) {
  std::set<std::string> names;
  for (const auto& file : fs::directory_iterator(folder)) names.insert(file.path().filename());
  return names;
}

void demand_sound(const fs::path& folder) {
  CHECK_NOTHROW(git(folder, "fsck --full --strict --no-dangling"));
  if (fs::exists(folder / "objects/pack/multi-pack-index"))
    CHECK_NOTHROW(git(folder, "multi-pack-index verify"));
  if (fs::exists(folder / "objects/info/commit-graph")) CHECK_NOTHROW(git(folder, "commit-graph verify"));
}

std::string object_of(const fs::path& folder, const std::string& name) {
  return git(folder, "rev-parse " + name).substr(0, 40);
}

}  // namespace

TEST_CASE("many packs become one that takes less space, and everything reads as before") {
  const Scratch scratch;
  const auto ledger = sample_ledger(scratch / "l", 20, 6);
  const auto before = git(scratch / "l", "log --format=%H --raw -r -t --no-abbrev main");
  const auto done = maintain(ledger);
  CHECK(done.was_needed);
  CHECK(done.removed_old);
  CHECK(done.packs_before == 7);
  CHECK(done.packs_after == 1);
  CHECK(packs(scratch / "l").size() == 1);
  CHECK(fs::exists(scratch / "l/objects/info/commit-graph"));
  CHECK(done.bytes_after < done.bytes_before);
  CHECK(has_samples(ledger, 20, 6));
  CHECK(has_samples(Ledger::open(scratch / "l"), 20, 6));
  CHECK(git(scratch / "l", "log --format=%H --raw -r -t --no-abbrev main") == before);
  demand_sound(scratch / "l");
}

TEST_CASE("a second time there is nothing to do, and nothing is touched") {
  const Scratch scratch;
  const auto ledger = sample_ledger(scratch / "l", 5, 3);
  maintain(ledger);
  int steps = 0;
  MaintenanceOptions counting;
  counting.before = [&](auto...) { ++steps; };
  const auto again = maintain(ledger, counting);
  CHECK_FALSE(again.was_needed);
  CHECK(again.packs_after == 1);
  CHECK(steps == 0);
  const auto first = packs(scratch / "l");
  counting.purge = true;  // does it all, to the same end
  CHECK(maintain(ledger, counting).was_needed);
  CHECK(packs(scratch / "l") == first);
  demand_sound(scratch / "l");
}

TEST_CASE("packs are no larger than they may be, and an article is in one of them") {
  const Scratch scratch;
  const auto ledger = sample_ledger(scratch / "l", 40, 4);
  MaintenanceOptions small;
  small.most_pack_bytes = 6000;
  const auto done = maintain(ledger, small);
  CHECK(done.packs_after > 4);
  CHECK(fs::exists(scratch / "l/objects/pack/multi-pack-index"));
  for (const auto& pack : packs(scratch / "l")) CHECK(fs::file_size(pack) <= 6000 + 32);
  const auto pack_of = [&](const std::string& bytes) {
    for (const auto& pack : packs(scratch / "l"))
      if (PackLookup(fs::path(pack).replace_extension(".idx")).find(object_id(ObjectType::blob, bytes)))
        return pack;
    return fs::path();
  };
  for (int i = 0; i < 40; ++i) {
    std::set<fs::path> places;
    for (uint32_t n = 1; n <= 4; ++n) {
      const auto e = sample_entry("a" + std::to_string(i), n);
      for (const auto* bytes : {&e.document, &e.report, &e.signatures}) places.insert(pack_of(*bytes));
    }
    CHECK(places.size() == 1);
    CHECK_FALSE(places.begin()->empty());
  }
  CHECK(has_samples(Ledger::open(scratch / "l"), 40, 4));
  demand_sound(scratch / "l");
  CHECK(maintain(ledger, small).was_needed == false);
}

TEST_CASE("an article that no pack can hold is in several") {
  const Scratch scratch;
  auto ledger = sample_ledger(scratch / "l");
  std::vector<Entry> batch;
  for (uint32_t n = 1; n <= 700; ++n) batch.push_back(sample_entry("a0", n));
  append_sample(ledger, batch);
  MaintenanceOptions small;
  small.most_pack_bytes = 40000;
  small.threads = 1;
  CHECK(maintain(ledger, small).packs_after > 3);
  CHECK(has_samples(Ledger::open(scratch / "l"), 1, 700));
  demand_sound(scratch / "l");
}

TEST_CASE("loose objects are packed") {
  const Scratch scratch;
  const auto ledger = sample_ledger(scratch / "l", 4, 2);
  unpack(scratch / "l");
  CHECK(packs(scratch / "l").empty());
  const auto done = maintain(ledger);
  CHECK(done.packs_after == 1);
  CHECK(has_samples(ledger, 4, 2));
  CHECK(git(scratch / "l", "count-objects").starts_with("0 objects"));
  demand_sound(scratch / "l");
}

TEST_CASE("what any reference or tag reaches stays, and what none does goes with its pack") {
  const Scratch scratch;
  const auto ledger = sample_ledger(scratch / "l", 4, 2);
  git(scratch / "l", "branch other main~1");
  git(scratch / "l", "-c user.name=x -c user.email=x@localhost tag -a -m m kept main~1");
  const auto lost = object_of(scratch / "l", "main:" + entry_path("a0", 2, ""));
  const auto kept = object_of(scratch / "l", "main:" + entry_path("a0", 1, ""));
  git(scratch / "l", "update-ref refs/heads/main main~1");
  git(scratch / "l", "pack-refs --all");
  maintain(ledger);
  CHECK_THROWS(git(scratch / "l", "cat-file -e " + lost));
  CHECK_NOTHROW(git(scratch / "l", "cat-file -e " + kept));
  CHECK(git(scratch / "l", "cat-file -t kept") == "tag\n");
  demand_sound(scratch / "l");
}

TEST_CASE("a purge takes what no reference reaches out of loose objects too; else they stay") {
  const Scratch scratch;
  const auto ledger = sample_ledger(scratch / "l", 2, 2);
  const auto lost = object_of(scratch / "l", "main:" + entry_path("a0", 2, ""));
  unpack(scratch / "l");
  git(scratch / "l", "update-ref refs/heads/main main~1");
  maintain(ledger);
  CHECK_NOTHROW(git(scratch / "l", "cat-file -e " + lost));
  MaintenanceOptions purge;
  purge.purge = true;
  maintain(ledger, purge);
  CHECK_THROWS(git(scratch / "l", "cat-file -e " + lost));
  demand_sound(scratch / "l");
}

TEST_CASE("what is recorded meanwhile stays") {
  const Scratch scratch;
  auto ledger = sample_ledger(scratch / "l", 3, 2);
  MaintenanceOptions options;
  uint32_t next = 3;
  options.before = [&](std::string_view, const fs::path&) {
    if (next > 8) return;
    auto other = Ledger::open(scratch / "l");
    for (const char* article : {"a0", "a1", "a2"}) append_sample(other, {sample_entry(article, next)});
    ++next;
  };
  CHECK(maintain(ledger, options).removed_old);
  CHECK(next == 9);
  CHECK(has_samples(ledger, 3, 8));
  CHECK(has_samples(Ledger::open(scratch / "l"), 3, 8));
  demand_sound(scratch / "l");
}

TEST_CASE("a commit that counts on what was there keeps it there") {
  const Scratch scratch;
  auto ledger = sample_ledger(scratch / "l", 3, 2);
  const auto older = object_of(scratch / "l", "main");
  git(scratch / "l", "update-ref refs/heads/main main~1");
  MaintenanceOptions options;
  bool first = true;
  options.before = [&](std::string_view, const fs::path&) {
    if (std::exchange(first, false)) git(scratch / "l", "update-ref refs/heads/main " + older);
  };
  CHECK_FALSE(maintain(ledger, options).removed_old);
  CHECK(has_samples(Ledger::open(scratch / "l"), 3, 2));
  demand_sound(scratch / "l");
  CHECK(maintain(ledger).removed_old);
  CHECK(has_samples(Ledger::open(scratch / "l"), 3, 2));
  CHECK(packs(scratch / "l").size() == 1);
}

TEST_CASE("killed at any step, the ledger reads as before, and the next time ends the work") {
  const Scratch scratch;
  sample_ledger(scratch / "base", 2, 5);
  MaintenanceOptions options;
  options.most_pack_bytes = 3000;
  int step = 0;
  for (;; ++step) {
    INFO("step " << step);
    fs::remove_all(scratch / "l");
    fs::copy(scratch / "base", scratch / "l", fs::copy_options::recursive);
    const bool killed = is_killed_at(step, [&](const BeforeStep& before) {
      options.before = before;
      maintain(Ledger::open(scratch / "l"), options);
    });
    options.before = {};
    REQUIRE(has_samples(Ledger::open(scratch / "l"), 2, 5));
    if (killed && step % 4 != 0) continue;
    demand_sound(scratch / "l");
    auto ledger = Ledger::open(scratch / "l");
    append_sample(ledger, {sample_entry("a0", 6)});
    maintain(ledger, options);
    REQUIRE(has_samples(Ledger::open(scratch / "l"), 2, 5));
    REQUIRE(Ledger::open(scratch / "l").read("a0", 6).document == sample_text("a0", 6));
    demand_sound(scratch / "l");
    for (const auto& name : files_in(scratch / "l/objects/pack"))
      REQUIRE((name.starts_with("pack-") || name == "multi-pack-index"));
    if (!killed) break;
  }
  CHECK(step > 30);
}

TEST_CASE("a step that fails is an error that leaves the ledger whole") {
  const Scratch scratch;
  auto ledger = sample_ledger(scratch / "l", 3, 12);
  MaintenanceOptions options;
  int step = 0, failing = 0;
  options.before = [&](std::string_view what, const fs::path& file) {
    if (step++ == failing) throw std::runtime_error(file.string() + ": " + std::string(what) + ": no space");
  };
  for (; failing < 200; failing += 3) {
    step = 0;
    try {
      maintain(ledger, options);
      break;
    } catch (const std::runtime_error& e) {
      CHECK_THAT(e.what(), Contains("no space"));
    }
    REQUIRE(has_samples(Ledger::open(scratch / "l"), 3, 12));
  }
  CHECK(step <= failing);
  demand_sound(scratch / "l");
}

TEST_CASE("two do not keep one ledger's packs in order at once") {
  const Scratch scratch;
  const auto ledger = sample_ledger(scratch / "l", 1, 1);
  auto other = try_lock_file(scratch / "l" / keeper_lock);
  CHECK_THROWS_WITH(maintain(ledger), Contains("another process keeps its packs in order"));
  bool told = false;
  MaintenanceOptions options;
  options.wait = LockWait(60000, [&] {
    told = true;
    other.reset();
  });
  CHECK(maintain(ledger, options).was_needed);
  CHECK(told);
}

TEST_CASE("damage is not carried along: it is an error, and all stays as it was") {
  const Scratch scratch;
  auto ledger = sample_ledger(scratch / "l", 3, 3);
  damage(scratch / "l", "main:" + entry_path("a1", 2, ".report"));
  const auto before = files_in(scratch / "l/objects/pack");
  CHECK_THROWS(maintain(ledger));
  CHECK(files_in(scratch / "l/objects/pack") == before);
}

TEST_CASE("readers that have the old packs open go on, and find what has moved") {
  const Scratch scratch;
  auto ledger = sample_ledger(scratch / "l", 6, 5);
  const auto reader = Ledger::open(scratch / "l"), idle = Ledger::open(scratch / "l");
  CHECK(reader.read("a1", 3).document == sample_text("a1", 3));
  maintain(ledger);
  CHECK(has_samples(reader, 6, 5));
  CHECK(has_samples(idle, 6, 5));
  append_sample(ledger, {sample_entry("a0", 6)});
  maintain(ledger);
  CHECK(has_samples(reader, 6, 5));
  CHECK(reader.read("a0", 6).document == sample_text("a0", 6));
}

TEST_CASE("of two copies the one that is what its id says is packed anew") {
  const Scratch scratch;
  auto ledger = sample_ledger(scratch / "l", 2, 3);
  plant_pack(scratch / "l", {{*ledger.stored_ids("a1").at(1).document, "forged"}});
  CHECK(maintain(ledger).packs_after == 1);
  CHECK(has_samples(Ledger::open(scratch / "l"), 2, 3));
  demand_sound(scratch / "l");
}

TEST_CASE("links in the places of temporary files lead nowhere, and are gone after a run") {
  const char* const places[] = {"objects/pack/tmp_stet_pack",      "objects/pack/tmp_stet_idx",
                                "objects/pack/tmp_stet_kept_pack", "objects/pack/tmp_stet_kept_idx",
                                "objects/info/commit-graph.stet",  "stet.compacted"};
  for (const char* place : places)
    for (const bool leads_somewhere : {true, false}) {
      INFO(place << ' ' << leads_somewhere);
      const Scratch scratch;
      auto ledger = sample_ledger(scratch / "l", 1, 2);
      if (leads_somewhere) replace_file(scratch / "victim", "precious");
      fs::create_symlink(scratch / "victim", scratch / "l" / place);
      CHECK_NOTHROW(append_sample(ledger, {sample_entry("a0", 3)}));
      CHECK_NOTHROW(maintain(ledger));
      CHECK(fs::exists(scratch / "victim") == leads_somewhere);
      if (leads_somewhere) CHECK(read_file(scratch / "victim", 100) == "precious");
      CHECK_FALSE(fs::is_symlink(scratch / "l" / place));
    }
}

TEST_CASE("a lock that cannot be opened is not taken for another process") {
  const Scratch scratch;
  const auto ledger = sample_ledger(scratch / "l", 1, 1);
  fs::create_directory(scratch / "l" / keeper_lock);
  CHECK_THROWS_WITH(maintain(ledger), Contains("cannot be locked: Is a directory"));
}
