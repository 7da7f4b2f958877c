// An import that is killed, or whose disk fails, at every step that changes the disk.
#include "import.hpp"

#include <catch2/catch.hpp>

#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <system_error>

#include "import_samples.hpp"
#include "ledger_attacks.hpp"
#include "sandbox.hpp"
#include "verify.hpp"

using namespace stet;
using Catch::Contains;
using testing::git;
using testing::ImportDesk;
using testing::Row;
using testing::RowSource;
using testing::story;
namespace fs = std::filesystem;

namespace {

constexpr size_t in_batch = 2;
// A process that sanitizers look after takes long to be forked: there, fewer batches and steps. All of them
// are tested where there are none.
constexpr bool all_of_them = !sandbox::built_with_sanitizers();

// `batches` batches of a new article and a further revision of an old one.
std::vector<Row> sample(int batches) {
  std::vector<Row> rows;
  for (int n = 0; n < batches; ++n) {
    rows.push_back({"old", n + 1, story(std::to_string(n))});
    rows.push_back({"new-" + std::to_string(n), 1, story("some")});
  }
  return rows;
}

ImportResult import(ImportDesk& desk, const fs::path& folder, std::vector<Row> rows, BeforeStep before = {}) {
  auto ledger = Ledger::open(folder, std::move(before));
  auto setup = desk.setup();
  setup.batch_revisions = in_batch;
  RowSource source(std::move(rows));
  return import_all(source, ledger, setup);
}

// Memory that a child process shares with its parent: what it was about to do when it was killed.
class LastStep {
 public:
  LastStep() : text_(mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) {
    if (text_ == MAP_FAILED) throw std::runtime_error("no memory");
  }
  ~LastStep() { munmap(text_, size); }
  LastStep(const LastStep&) = delete;
  LastStep& operator=(const LastStep&) = delete;

  // Digits of a file's name are left out: "write pack-.idx".
  void say(std::string_view step, const fs::path& file) {
    std::string said = std::string(step) + ' ' + file.filename().string();
    if (const size_t name = said.find("pack-"); name != said.npos)
      said.erase(name + 5, said.find('.', name) - name - 5);
    std::snprintf(static_cast<char*>(text_), size, "%s", said.c_str());
  }
  std::string said() const { return static_cast<const char*>(text_); }

 private:
  static constexpr size_t size = 4096;
  void* text_;
};

// Imports in a child process, which ends at its step number `last` or, if there are fewer, of itself.
bool is_killed_at(ImportDesk& desk, const fs::path& folder, const std::vector<Row>& rows, int last,
                  LastStep* said = nullptr) {
  const pid_t pid = fork();
  if (pid < 0) throw std::runtime_error("no process");
  if (pid == 0) {
    bool failed = true;
    try {
      int step = 0;
      const auto result = import(desk, folder, rows, [&](std::string_view what, const fs::path& file) {
        if (step++ != last) return;
        if (said) said->say(what, file);
        kill(getpid(), SIGKILL);
      });
      failed = result.error.has_value();
    } catch (...) {
    }
    _exit(failed);
  }
  int status = 0;
  waitpid(pid, &status, 0);
  if (WIFEXITED(status) && WEXITSTATUS(status) != 0) throw std::runtime_error("the child has failed");
  return WIFSIGNALED(status);
}

// How many revisions there are, which are all in the log, and no part of a batch.
uint64_t whole_revisions(const fs::path& folder) {
  const auto ledger = Ledger::open(folder);
  uint64_t revisions = 0;
  for (const auto& article : ledger.articles()) revisions += ledger.revisions(article);
  REQUIRE(LedgerLog::open(ledger).value().checkpoint().size == leaves_at_first + revisions);
  REQUIRE(revisions % in_batch == 0);
  return revisions;
}

// That another writer can go on at once.
void demand_unlocked(const fs::path& folder) {
  REQUIRE(Ledger::open(folder).lock(100));
  REQUIRE_FALSE(fs::exists(folder / "refs/heads/main.lock"));
}

std::string trees(const fs::path& folder) {
  return git(folder, "rev-parse main:articles main:log");
}

int steps_of(ImportDesk& desk, const fs::path& folder, const std::vector<Row>& rows) {
  int steps = 0;
  const auto count = [&](std::string_view, const fs::path&) { ++steps; };
  import(desk, folder, rows, count);
  return steps;
}

// How often a process was killed before it did something, and whether its batch was there then.
using KillTable = std::map<std::string, std::array<int, 2>>;

void print(const KillTable& table) {
  std::printf("%-32s %8s %16s %12s\n", "killed before", "times", "batch not there", "batch there");
  for (const auto& [step, times] : table)
    std::printf("%-32s %8d %16d %12d\n", step.c_str(), times[0] + times[1], times[0], times[1]);
}

}  // namespace

TEST_CASE(
    "killed at every step of every batch, and begun again each time, an import is the same in the end") {
  ImportDesk desk;
  constexpr int batches = all_of_them ? 42 : 10;
  const auto rows = sample(batches);
  REQUIRE_FALSE(import(desk, desk.folder, rows).error);
  const auto folder = desk.scratch / "killed";
  desk.make(folder);
  int kills = 0, step = 0;
  LastStep last;
  KillTable table;
  for (uint64_t known = 0; is_killed_at(desk, folder, rows, step, &last); ++kills) {
    INFO("kill " << kills << ", at step " << step << " after " << known << " revisions");
    const uint64_t now = whole_revisions(folder);
    REQUIRE((now == known || now == known + in_batch));
    ++table[last.said()][now != known];
    step = now == known ? step + 1 : 0;
    known = now;
    demand_unlocked(folder);
    if (kills % 50 == 0) REQUIRE_NOTHROW(git(folder, "fsck --full --strict --no-dangling"));
  }
  print(table);
  CHECK(kills >= (all_of_them ? 500 : 120));
  CHECK(whole_revisions(folder) == in_batch * batches);
  CHECK(trees(folder) == trees(desk.folder));
  CHECK(verify(Ledger::open(folder), {}).holds());
  CHECK_NOTHROW(git(folder, "fsck --full --strict --no-dangling"));
}

TEST_CASE("killed at any step of a process that writes several batches, it goes on to the same ledger") {
  ImportDesk desk;
  const auto rows = sample(4);
  const int steps = steps_of(desk, desk.folder, rows);
  CHECK(steps >= 40);
  // Of every batch another third.
  for (int step = 0; step < steps; step += all_of_them ? 1 : 3) {
    const auto folder = desk.scratch / std::to_string(step);
    desk.make(folder);
    INFO("step " << step);
    REQUIRE(is_killed_at(desk, folder, rows, step));
    const auto known = whole_revisions(folder);
    const auto rest = import(desk, folder, rows);
    REQUIRE_FALSE(rest.error);
    REQUIRE(rest.counts.known == known);
    REQUIRE(trees(folder) == trees(desk.folder));
  }
}

TEST_CASE("a disk that fails at any step is named with the file, and the next import completes") {
  ImportDesk desk;
  struct Fault {
    std::errc error;
    const char* reason;
  };
  const auto fault =
      GENERATE(values<Fault>({{std::errc::no_space_on_device, "the disk is full"},
                              {std::errc::read_only_file_system, "the file system is read-only"},
                              {std::errc::io_error, "Input/output error"}}));
  const int steps = steps_of(desk, desk.folder, sample(1));
  const auto folder = desk.scratch / "failing";
  desk.make(folder);
  for (int failing = 0; failing < steps; ++failing) {
    const auto rows = sample(failing + 1);
    int step = 0;
    std::string file;
    const auto result = import(desk, folder, rows, [&](std::string_view, const fs::path& at) {
      if (step++ != failing) return;
      file = at.string();
      throw fault.error;
    });
    INFO(fault.reason << " at step " << failing << ", " << file);
    REQUIRE(result.error);
    CHECK_THAT(*result.error, Contains(file + ": cannot be ") && Contains(fault.reason));
    const auto known = static_cast<uint64_t>(failing) * in_batch;
    // The last step makes durable what is there already.
    const bool is_there = failing + 1 == steps;
    CHECK(result.counts.recorded == (is_there ? in_batch : 0));
    if (is_there) CHECK_THAT(*result.error, Contains("all is recorded, but a power cut may lose it"));
    CHECK(whole_revisions(folder) == known + (is_there ? in_batch : 0));
    const auto rest = import(desk, folder, rows);
    REQUIRE_FALSE(rest.error);
    CHECK(rest.counts.recorded == (is_there ? 0 : in_batch));
    CHECK(whole_revisions(folder) == known + in_batch);
  }
  CHECK_NOTHROW(git(folder, "fsck --full --strict --no-dangling"));
  const auto whole = desk.scratch / "whole";
  desk.make(whole);
  import(desk, whole, sample(steps));
  CHECK(trees(folder) == trees(whole));
}
