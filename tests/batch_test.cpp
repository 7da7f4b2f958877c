#include "batch.hpp"
#include <catch2/catch.hpp>
#include <fstream>
#include <set>
#include <stdexcept>

#include "ledger.hpp"
#include "ledger_attacks.hpp"
#include "ledger_samples.hpp"

using namespace stet;
using Catch::Contains;
using testing::git;
using testing::packs;
using testing::Scratch;
namespace fs = std::filesystem;

namespace {

constexpr int64_t time_0 = 1763900000;
const std::vector<std::pair<std::string, std::string>> first_files{
    {"ledger.json", R"({"format":1,"origin":"test"})"}};

Entry entry(const std::string& article, uint32_t revision) {
  const std::string n = article + " " + std::to_string(revision);
  return {article, revision, "document " + n, std::nullopt, "report " + n, "signatures " + n};
}

std::string long_text(uint32_t revision) {
  std::string text;
  for (int i = 0; i < 500; ++i) text += "The council met for the " + std::to_string(i) + ". time.\n";
  for (uint32_t i = 0; i < revision; ++i) text += "Added in revision " + std::to_string(i) + ".\n";
  return text;
}

void append(Ledger& ledger, const std::vector<Entry>& entries) {
  const auto locked = ledger.lock();
  ledger.append(entries, "test", time_0);
}

std::set<std::string> files_in(const fs::path& folder) {
  std::set<std::string> names;
  for (const auto& file : fs::directory_iterator(folder)) names.insert(file.path().filename());
  return names;
}

// Appends in a child process, which ends at its step number `last` or, if there are fewer, with status 0.
bool ends_at_step(const fs::path& folder, int last) {
  return testing::is_killed_at(last, [&](const BeforeStep& before) {
    auto ledger = Ledger::open(folder, before);
    append(ledger, {entry("a", ledger.revisions("a") + 1), entry("b", ledger.revisions("b") + 1)});
  });
}

}  // namespace

TEST_CASE("a batch is one pack and index, and no loose object") {
  const Scratch scratch;
  auto ledger = Ledger::create(scratch / "l", first_files, time_0);
  CHECK(packs(scratch / "l").size() == 1);
  std::vector<Entry> batch;
  for (int i = 0; i < 30; ++i) batch.push_back(entry("a" + std::to_string(i), 1));
  append(ledger, batch);
  CHECK(packs(scratch / "l").size() == 2);
  CHECK(files_in(scratch / "l/objects") == std::set<std::string>{"info", "pack"});
  CHECK(files_in(scratch / "l/objects/pack").size() == 4);
  CHECK(git(scratch / "l", "fsck --full --strict").empty());
}

TEST_CASE("revisions of one batch are deltas of each other, and come back byte for byte") {
  const Scratch scratch;
  auto ledger = Ledger::create(scratch / "l", first_files, time_0);
  std::vector<Entry> batch;
  for (uint32_t n = 1; n <= 40; ++n)
    batch.push_back(
        {"a", n, "\r\n" + long_text(n), long_text(n), "{\"report\":\"" + long_text(n) + "\"}", "s"});
  append(ledger, batch);
  size_t bytes = 0;
  for (const auto& pack : packs(scratch / "l")) bytes += fs::file_size(pack);
  CHECK(bytes < 20000);
  const auto fresh = Ledger::open(scratch / "l");
  for (const auto& e : batch) {
    const Entry read = fresh.read("a", e.revision);
    CHECK((read.document == e.document && read.text == e.text && read.report == e.report));
    CHECK(git(scratch / "l", "show main:" + entry_path("a", e.revision, "")) == e.document);
  }
  CHECK(git(scratch / "l", "fsck --full --strict").empty());
}

TEST_CASE("a ledger of loose objects can be written to and read") {
  const Scratch scratch;
  {
    auto ledger = Ledger::create(scratch / "l", first_files, time_0);
    append(ledger, {entry("a", 1), entry("b", 1)});
  }
  testing::unpack(scratch / "l");
  auto ledger = Ledger::open(scratch / "l");
  append(ledger, {entry("a", 2), entry("b", 2)});
  for (uint32_t n = 1; n <= 2; ++n) CHECK(ledger.read("a", n).document == entry("a", n).document);
  CHECK(packs(scratch / "l").size() == 1);
  CHECK(git(scratch / "l", "fsck --full --strict").empty());
}

TEST_CASE("a ledger open for hundreds of batches sees each at once and holds no more for them") {
  const Scratch scratch;
  auto ledger = Ledger::create(scratch / "l", first_files, time_0);
  const auto reader = Ledger::open(scratch / "l");
  const auto open_files = [] { return files_in("/proc/self/fd").size(); };
  const auto before = open_files();
  for (uint32_t n = 1; n <= 200; ++n) {
    append(ledger, {entry("a", n), entry("b" + std::to_string(n), 1)});
    REQUIRE(ledger.read("a", n).report == entry("a", n).report);
    REQUIRE(reader.revisions("a") == n);
    REQUIRE(reader.read("a", n).document == entry("a", n).document);
  }
  CHECK(packs(scratch / "l").size() <= 51);
  CHECK(open_files() <= before + 2 * 64);
  CHECK(Ledger::open(scratch / "l").articles().size() == 201);
}

TEST_CASE(
    "killed at any step, the ledger is at the old or the new batch, whole, and the next one is written") {
  const Scratch scratch;
  Ledger::create(scratch / "l", first_files, time_0);
  int step = 0, old_head = 0, new_head = 0;
  for (uint32_t known = 0;; ++step) {
    const bool killed = ends_at_step(scratch / "l", step);
    auto ledger = Ledger::open(scratch / "l");
    const uint32_t newest = ledger.revisions("a");
    INFO("step " << step);
    REQUIRE((newest == known || newest == known + 1));
    REQUIRE(ledger.revisions("b") == newest);
    (newest == known ? old_head : new_head) += 1;
    for (uint32_t n = 1; n <= newest; ++n) REQUIRE(ledger.read("b", n).report == entry("b", n).report);
    REQUIRE_NOTHROW(git(scratch / "l", "fsck --full --strict --no-dangling"));
    append(ledger, {entry("a", newest + 1), entry("b", newest + 1)});
    known = newest + 1;
    // Nothing of the killed writer is left but a whole pack that no commit needs.
    for (const auto& name : files_in(scratch / "l/objects/pack"))
      REQUIRE((name.ends_with(".pack") || name.ends_with(".idx")));
    REQUIRE_FALSE(fs::exists(scratch / "l/refs/heads/main.lock"));
    if (!killed) break;
  }
  CHECK(step >= 10);
  CHECK(old_head >= 9);
  CHECK(new_head >= 2);  // killed at the sync of the folder that holds the branch, and not killed
  size_t pairs = 0;
  for (const auto& pack : packs(scratch / "l")) pairs += fs::exists(fs::path(pack).replace_extension(".idx"));
  CHECK(pairs == packs(scratch / "l").size());
}

TEST_CASE("a step that fails is an error that leaves the ledger as it was, and the same writer can go on") {
  const Scratch scratch;
  Ledger::create(scratch / "l", first_files, time_0);
  int failing = -1, step = 0;
  auto ledger = Ledger::open(scratch / "l", [&](std::string_view what, const fs::path& file) {
    if (step++ == failing)
      throw std::runtime_error(file.string() + ": " + std::string(what) + ": the disk is full");
  });
  append(ledger, {entry("a", 1)});
  const int steps = step;
  CHECK(steps >= 10);
  // The last step syncs the folder of the branch, which has moved by then.
  for (failing = 0; failing < steps - 1; ++failing) {
    const auto head = git(scratch / "l", "rev-parse main");
    const uint32_t next = ledger.revisions("a") + 1;
    step = 0;
    CHECK_THROWS_WITH(append(ledger, {entry("a", next)}), Contains("the disk is full"));
    CHECK(git(scratch / "l", "rev-parse main") == head);
    step = steps;
    append(ledger, {entry("a", next)});
    CHECK(ledger.read("a", next).document == entry("a", next).document);
  }
  CHECK_NOTHROW(git(scratch / "l", "fsck --full --strict --no-dangling"));
}

TEST_CASE("a batch may replace a file that says so, and its commit may be signed") {
  const Scratch scratch;
  const auto folder = scratch / "l";
  testing::shell("git init -q --bare -b main '" + folder.string() + "'");
  const Disk disk;
  TreeCache trees(1 << 20, [](const ObjectId&, const std::string& path) -> RawTree {
    throw std::runtime_error(path + ": was not to be read");
  });
  const auto first =
      write_batch(disk, folder / "objects", trees, {{}, {{"log/x", "1", {}, false}}, "m", time_0, {}});
  CHECK(first.pack.objects == 4);
  const std::string size = "2";
  const auto second =
      write_batch(disk, folder / "objects", trees,
                  {first.head, {{"log/x", size, {}, true}, {"y", "3", {}, false}}, "m", time_0, [](auto) {
                     return "-----BEGIN SSH SIGNATURE-----\n";
                   }});
  git(folder, "update-ref refs/heads/main " + hex(second.head.commit));
  CHECK(git(folder, "cat-file blob main:log/x") == "2");
  CHECK(git(folder, "rev-parse main~1") == hex(first.head.commit) + "\n");
  CHECK_THAT(git(folder, "cat-file commit main"), Contains("\ngpgsig -----BEGIN SSH SIGNATURE-----\n\nm\n"));
  CHECK_THROWS_WITH(
      write_batch(disk, folder / "objects", trees, {second.head, {{"y", "4", {}, false}}, "m", time_0, {}}),
      Contains("y: is there already"));
  CHECK(packs(folder).size() == 2);
}
