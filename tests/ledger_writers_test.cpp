// Several at one ledger, and those that fail or are killed.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <thread>

#include "ledger_attacks.hpp"
#include "ledger_samples.hpp"

using namespace stet;
using namespace stet::testing;
using Catch::Contains;
namespace fs = std::filesystem;

TEST_CASE("a second holder waits as long as it was told and then says why") {
  const Scratch scratch;
  const auto ledger = Ledger::create(scratch / "l", first_files, sample_time);
  const auto other = Ledger::open(scratch / "l");
  auto locked = ledger.lock();
  CHECK(ledger.lock() == locked);
  CHECK_THROWS_WITH(other.lock(50), Contains("l: another process is writing to it (waited 50 ms)"));
  std::thread release([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    locked.reset();
  });
  CHECK(other.lock(5000));
  release.join();
}

TEST_CASE("a lock file that libgit2 left behind is cleared under the ledger's lock") {
  const Scratch scratch;
  auto ledger = Ledger::create(scratch / "l", first_files, sample_time);
  std::ofstream(scratch / "l/refs/heads/main.lock") << "";
  append_sample(ledger, {short_entry("a", 1)});
  CHECK(ledger.revisions("a") == 1);
}

TEST_CASE("a write that fails half-way leaves the ledger as it was") {
  const Scratch scratch;
  auto ledger = Ledger::create(scratch / "l", first_files, sample_time);
  append_sample(ledger, {short_entry("a", 1)});
  const auto before = git(scratch / "l", "rev-parse main");
  const auto locked = ledger.lock();
  SECTION("at the reference") {
    std::ofstream(scratch / "l/refs/heads/main.lock") << "";
    CHECK_THROWS_WITH(ledger.append({short_entry("a", 2)}, "x", sample_time), Contains("refs/heads/main"));
    fs::remove(scratch / "l/refs/heads/main.lock");
  }
  SECTION("at the objects") {
    fs::rename(scratch / "l/objects", scratch / "l/gone");
    std::ofstream(scratch / "l/objects") << "";
    CHECK_THROWS_AS(ledger.append({short_entry("a", 2)}, "x", sample_time), std::runtime_error);
    fs::remove(scratch / "l/objects");
    fs::rename(scratch / "l/gone", scratch / "l/objects");
  }
  CHECK(git(scratch / "l", "rev-parse main") == before);
  CHECK(Ledger::open(scratch / "l").revisions("a") == 1);
  ledger.append({short_entry("a", 2)}, "x", sample_time);
  CHECK(ledger.revisions("a") == 2);
}

TEST_CASE("two processes that append at once lose nothing") {
  const Scratch scratch;
  Ledger::create(scratch / "l", first_files, sample_time);
  constexpr uint32_t each = 10;
  std::vector<pid_t> children;
  for (int child = 0; child < 2; ++child) {
    const pid_t pid = fork();
    REQUIRE(pid >= 0);
    if (pid > 0) {
      children.push_back(pid);
      continue;
    }
    try {
      auto ledger = Ledger::open(scratch / "l");
      for (uint32_t i = 0; i < each; ++i) {
        const auto locked = ledger.lock(60000);
        auto shared = short_entry("shared", ledger.revisions("shared") + 1);
        ledger.append({shared, short_entry("own-" + std::to_string(child), i + 1)}, "x", sample_time);
      }
    } catch (...) {
      _exit(1);
    }
    _exit(0);
  }
  for (const pid_t pid : children) {
    int status = 0;
    REQUIRE(waitpid(pid, &status, 0) == pid);
    CHECK(status == 0);
  }
  const auto ledger = Ledger::open(scratch / "l");
  CHECK(ledger.revisions("shared") == 2 * each);
  CHECK(ledger.revisions("own-0") == each);
  CHECK(ledger.revisions("own-1") == each);
  CHECK(git(scratch / "l", "fsck --strict --full").empty());
  CHECK(git(scratch / "l", "rev-list --count main") == std::to_string(1 + 2 * each) + "\n");
}

TEST_CASE("a writer killed at any instant leaves a whole ledger that can be written to") {
  const Scratch scratch;
  Ledger::create(scratch / "l", first_files, sample_time);
  int appended = 0;
  for (int round = 0; round < 15; ++round) {
    const pid_t pid = fork();
    REQUIRE(pid >= 0);
    if (pid == 0) {
      auto ledger = Ledger::open(scratch / "l");
      for (uint32_t n = ledger.revisions("a") + 1;; ++n) append_sample(ledger, {short_entry("a", n)});
    }
    std::this_thread::sleep_for(std::chrono::microseconds(3000 + round * 1700));
    kill(pid, SIGKILL);
    waitpid(pid, nullptr, 0);
    auto ledger = Ledger::open(scratch / "l");
    const uint32_t newest = ledger.revisions("a");
    for (uint32_t n = 1; n <= newest; ++n)
      REQUIRE(ledger.read("a", n).document == short_entry("a", n).document);
    append_sample(ledger, {short_entry("a", newest + 1)});
    appended += newest > 0;
  }
  CHECK(appended > 0);
  // Leftovers of the killed writers are in nobody's way: fsck finds dangling objects at most.
  CHECK_NOTHROW(git(scratch / "l", "fsck --strict --full"));
}
