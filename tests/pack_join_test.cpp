#include "pack_join.hpp"

#include <catch2/catch.hpp>

#include "file_lock.hpp"
#include "forged_pack.hpp"
#include "ledger_attacks.hpp"
#include "ledger_samples.hpp"
#include "maintenance.hpp"
#include "pack_list.hpp"

using namespace stet;
using namespace stet::testing;
using Catch::Contains;
namespace fs = std::filesystem;

TEST_CASE("packs that are joined hold what they held, each object once") {
  const Scratch scratch;
  auto ledger = sample_ledger(scratch / "l", 6, 5);
  append_sample(ledger, {sample_entry("b", 1), sample_entry("b", 2), sample_entry("b", 3)});
  auto same = sample_entry("other", 1);
  same.document = sample_text("a0", 5);  // in two packs
  append_sample(ledger, {same});
  const fs::path objects = scratch / "l/objects";
  const auto old = list_packs(objects);
  const auto joined = join_packs(Disk(), objects, names_of_packs(objects));
  remove_packs(Disk(), objects, old);
  CHECK(packs(scratch / "l").size() == 1);
  CHECK(has_samples(Ledger::open(scratch / "l"), 6, 5));
  CHECK_NOTHROW(git(scratch / "l", "fsck --full --strict --no-dangling"));
  CHECK_NOTHROW(git(scratch / "l", "verify-pack '" + packs(scratch / "l")[0].string() + "'"));
  CHECK(joined.objects ==
        std::stoul(git(scratch / "l", "cat-file --batch-check --batch-all-objects | wc -l")));
  CHECK(joined.deltas > 0);
}

TEST_CASE("packs that git made are joined too, deltas by distance and by name") {
  const Scratch scratch;
  sample_ledger(scratch / "l", 3, 5);
  git(scratch / "l", "repack -adq");
  git(scratch / "l", "-c repack.useDeltaBaseOffset=false -c core.multiPackIndex=false repack -adfq");
  auto ledger = Ledger::open(scratch / "l");
  append_sample(ledger, {sample_entry("a0", 6)});
  const fs::path objects = scratch / "l/objects";
  const auto old = list_packs(objects);
  join_packs(Disk(), objects, names_of_packs(objects));
  remove_packs(Disk(), objects, old);
  CHECK(has_samples(Ledger::open(scratch / "l"), 3, 5));
  CHECK_NOTHROW(git(scratch / "l", "fsck --full --strict --no-dangling"));
}

TEST_CASE("damage is not joined") {
  const Scratch scratch;
  sample_ledger(scratch / "l", 3, 2);
  damage(scratch / "l", "main:" + entry_path("a1", 2, ".report"));
  const fs::path objects = scratch / "l/objects";
  CHECK_THROWS_WITH(join_packs(Disk(), objects, names_of_packs(objects)), Contains("CRC-32"));
  CHECK(packs(scratch / "l").size() == 3);
}

TEST_CASE("a pack that gives an id to another object is not joined, and the good copy stays") {
  const Scratch scratch;
  auto ledger = sample_ledger(scratch / "l");
  std::string planted;
  {
    const auto other = try_lock_file(scratch / "l" / keeper_lock);
    for (uint32_t n = 1; n <= 54; ++n) append_sample(ledger, {sample_entry("a0", n)});
    planted = plant_pack(scratch / "l", {{*ledger.stored_ids("a0").at(1).document, "forged"}});
  }
  CHECK_THROWS_WITH(join_packs(Disk(), scratch / "l/objects", {planted}),
                    Contains(planted) && Contains("to another object"));
  append_sample(ledger, {sample_entry("a0", 55)});
  const auto names = names_of_packs(scratch / "l/objects");
  CHECK(names.size() == 2);
  CHECK(std::find(names.begin(), names.end(), planted) != names.end());
  CHECK(has_samples(Ledger::open(scratch / "l"), 1, 55));
}

TEST_CASE("few packs stay, and of many the smallest are taken") {
  CHECK(small_packs_to_join(std::vector<uint64_t>(50, 1000)) == 0);
  CHECK(small_packs_to_join(std::vector<uint64_t>(51, 1000)) == 51);
  std::vector<uint64_t> sizes(49, 1000);
  sizes.push_back(50000);
  sizes.push_back(51000);
  CHECK(small_packs_to_join(sizes) == 49);
  CHECK(small_packs_to_join(std::vector<uint64_t>(60, 300u << 20)) == 0);
}

TEST_CASE("a thousand recordings leave some dozens of packs, and copy nothing often") {
  std::vector<uint64_t> sizes;
  uint64_t copied = 0;
  for (int i = 0; i < 20000; ++i) {
    sizes.push_back(10000);
    std::sort(sizes.begin(), sizes.end());
    const size_t n = small_packs_to_join(sizes);
    uint64_t sum = 0;
    for (size_t k = 0; k < n; ++k) sum += sizes[k];
    copied += sum;
    sizes.erase(sizes.begin(), sizes.begin() + static_cast<ptrdiff_t>(n));
    if (n > 0) sizes.push_back(sum);
    REQUIRE(sizes.size() <= 50);
  }
  CHECK(copied < 20000ull * 10000 * 6);
}

TEST_CASE("a writer joins packs when there are many, unless another process keeps them in order") {
  const Scratch scratch;
  auto ledger = sample_ledger(scratch / "l");
  {
    const auto other = try_lock_file(scratch / "l" / keeper_lock);
    for (uint32_t n = 1; n <= 54; ++n) append_sample(ledger, {sample_entry("a0", n)});
    CHECK(packs(scratch / "l").size() == 55);
  }
  append_sample(ledger, {sample_entry("a0", 55)});
  CHECK(packs(scratch / "l").size() == 1);
  CHECK(has_samples(ledger, 1, 55));
  CHECK(has_samples(Ledger::open(scratch / "l"), 1, 55));
  CHECK_NOTHROW(git(scratch / "l", "fsck --full --strict --no-dangling"));
}

TEST_CASE("killed at any step of a recording that joins packs, the ledger is whole") {
  const Scratch scratch;
  {
    auto ledger = sample_ledger(scratch / "base");
    const auto other = try_lock_file(scratch / "base" / keeper_lock);
    for (uint32_t n = 1; n <= 52; ++n) append_sample(ledger, {sample_entry("a0", n)});
  }
  int step = 0;
  for (;; step += 9) {
    INFO("step " << step);
    fs::remove_all(scratch / "l");
    fs::copy(scratch / "base", scratch / "l", fs::copy_options::recursive);
    const bool killed = is_killed_at(step, [&](const BeforeStep& before) {
      auto ledger = Ledger::open(scratch / "l", before);
      append_sample(ledger, {sample_entry("a0", 53)});
    });
    auto ledger = Ledger::open(scratch / "l");
    REQUIRE(has_samples(ledger, 1, 52));
    const uint32_t next = ledger.revisions("a0") + 1;
    append_sample(ledger, {sample_entry("a0", next)});
    REQUIRE(has_samples(Ledger::open(scratch / "l"), 1, next));
    if (step % 45 == 0) REQUIRE_NOTHROW(git(scratch / "l", "fsck --full --strict --no-dangling"));
    if (!killed) break;
  }
  CHECK(step > 60);
}
