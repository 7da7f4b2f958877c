// Every way in which a plugin may misbehave, and what becomes of it. The first test prints the table.
#include <malloc.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "hostile.hpp"
#include "hostile_rows.hpp"
#include "protocol.hpp"
#include "sandbox.hpp"
#include "worker.hpp"

using namespace std::chrono_literals;
using namespace stet::testing;
using Clock = std::chrono::steady_clock;
using Image = std::shared_ptr<const stet::PluginImage>;
namespace fs = std::filesystem;

namespace {

// Prints a line for each case, and checks what must hold whatever the plugin is: a good plugin beside it
// says of the same document what it says alone.
class Table {
 public:
  explicit Table(const char* title) : good_({image("echo")}), alone_({image("echo")}) {
    std::printf("\n%-28s %-10s %6s  %s\n", title, "outcome", "ms", "reason");
  }

  void row(const std::string& name, stet::Worker& worker, const std::string& text, const Row& expected) {
    const auto document = shared_paragraph(text);
    const auto reference = said(alone_.verify(document).get());
    const auto begin = Clock::now();
    auto answer = worker.verify(document);
    CAPTURE(name);
    CHECK(said(good_.verify(document).get()) == reference);
    const auto outcome = answer.get();
    print_line(name, outcome, static_cast<long>((Clock::now() - begin) / 1ms));
    CHECK_FALSE(outcome.confinement.empty());
    CHECK(stet::name(outcome.kind) == stet::name(expected.kind));
    if (!holds(outcome.reason, expected.reason)) CHECK(outcome.reason == expected.reason);
    CHECK(stet::name(check(worker, text_of("well")).kind) == stet::name(expected.next));
  }

 private:
  stet::Worker good_, alone_;
};

// Sanitizers end a process in their own way.
bool is_told_as_usual(const Row& row) {
  return row.kind != Kind::crashed || !stet::sandbox::built_with_sanitizers();
}

void by_text(Table& table, const std::string& plugin, std::span<const Row> rows) {
  const auto shared = image(plugin);
  for (const auto& row : rows) {
    if (!is_told_as_usual(row)) continue;
    stet::Worker worker({shared});
    table.row(plugin + " " + row.word, worker, text_of(row.word), row);
  }
}

void by_load(Table& table, std::span<const Row> rows) {
  for (const auto& row : rows) {
    if (!is_told_as_usual(row)) continue;
    stet::Worker worker({image_of(acting_at_load(row.word))});
    table.row("at load: " + std::string(row.word), worker, text_of("well"), row);
  }
}

size_t open_descriptors() {
  return static_cast<size_t>(
      std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator()));
}

// Process ids, also of those that ended and were not waited for.
std::vector<std::string> children() {
  std::ifstream in("/proc/self/task/" + std::to_string(getpid()) + "/children");
  std::vector<std::string> all;
  for (const auto& thread : fs::directory_iterator("/proc/self/task")) {
    std::ifstream list(thread.path() / "children");
    std::copy(std::istream_iterator<std::string>(list), {}, std::back_inserter(all));
  }
  return all;
}

}  // namespace

TEST_CASE("whatever a plugin does becomes an outcome, and touches no other plugin") {
  // The first worker opens the workers' program, for all that follow.
  {
    stet::Worker first({image("says")});
    CHECK(check(first, text_of("well")).kind == Kind::checked);
  }
  const auto descriptors = open_descriptors();
  {
    Table table("plugin");
    for (const auto& row : by_fixture) {
      stet::Worker worker({image(row.word)});
      table.row(row.word, worker, text_of("well"), row);
    }
    by_text(table, "says", by_saying);
    by_text(table, "acts", by_acting);
    by_load(table, at_load);
    if (is_confined()) {
      by_text(table, "acts", by_acting_confined);
      by_load(table, at_load_confined);
    } else {
      std::puts("what needs all of rlimits, Landlock and seccomp was left out: they are not all here");
    }
  }
  CHECK(open_descriptors() == descriptors);
  CHECK(children().empty());
}

TEST_CASE("of many documents given at once, each that ends the process is told from the others") {
  struct Given {
    const char* word;
    Kind kind;
  };
  const std::vector<Given> given = {
      {"well", Kind::checked}, {"exit-3", Kind::crashed},   {"well", Kind::checked},
      {"throw", Kind::failed}, {"throw", Kind::failed},     {"loop", Kind::timed_out},
      {"well", Kind::checked}, {"hang-up", Kind::crashed},  {"exit-3", Kind::crashed},
      {"well", Kind::checked}, {"arm-exit", Kind::checked}, {"well", Kind::checked}};
  stet::Worker worker({image("acts")});
  std::vector<stet::Document> documents;
  for (const auto& g : given) documents.push_back(paragraph(text_of(g.word)));
  std::vector<stet::Reading> readings;
  for (const auto& document : documents) readings.push_back({document});
  stet::MemoryPool pool;
  auto answers = worker.verify(stet::SharedDocument::share(readings, pool));
  REQUIRE(answers.size() == given.size());
  for (size_t i = 0; i < given.size(); ++i) {
    const auto outcome = answers[i].get();
    CAPTURE(i, given[i].word, outcome.reason);
    CHECK(name(outcome.kind) == name(given[i].kind));
    if (given[i].kind != Kind::checked) continue;
    REQUIRE(outcome.findings.size() == 1);
    CHECK(outcome.findings[0].message == "did " + std::string(given[i].word));
  }
}

TEST_CASE("what a plugin scribbles into its outbox is judged like what it sends") {
  stet::Outbox outbox;
  stet::Outbox scribbled(outbox.memory());  // as the plugin has it mapped
  const auto manifest = image("echo")->manifest();
  std::mt19937 random(20251125);
  for (int i = 0; i < 20000; ++i) {
    scribbled.take();
    while (random() % 4) {
      const uint32_t head[] = {random() % 2 ? uint32_t{'f'} : uint32_t{'t'},
                               static_cast<uint32_t>(random() % 100)};
      std::string body(random() % 100, '\0');
      for (auto& c : body) c = static_cast<char>(random() % 3 ? 0 : random());
      scribbled.append(stet::bytes_of(head), {body});
    }
    const auto left = outbox.left();
    stet::Contract contract(manifest, "a text");
    std::vector<stet_range> related;
    try {
      stet::Frames frames(left);
      while (const auto frame = frames.next())
        if (frame->tag == stet::Tag::finding)
          contract.accept(stet::finding_in(frame->body, related));
        else
          contract.accept(stet::fact_in(frame->body));
    } catch (const stet::Breach&) {
    }
  }
  CHECK(outbox.left().size() <= stet::Outbox::capacity);
}

TEST_CASE("hostile plugins all at once take nothing from a good one, and no longer than the slowest") {
  // A deadline of 500 ms stretched tenfold on a busy machine, and the time to start processes.
  constexpr auto longest = stet::sandbox::built_with_sanitizers() ? 20s : 7s;
  std::vector<std::unique_ptr<stet::Worker>> hostile;
  std::vector<std::future<stet::Outcome>> answers;
  stet::Worker good({image("echo")});
  const auto reference = said(check(good, text_of("well")));
  const auto begin = Clock::now();
  const auto start = [&](const char* plugin, const char* word) {
    hostile.push_back(std::make_unique<stet::Worker>(stet::Worker::Setup{image(plugin)}));
    answers.push_back(hostile.back()->verify(shared_paragraph(text_of(word))));
  };
  for (const char* word : {"throw", "loop", "stop", "hang-up", "forge-nothing", "write-everywhere"})
    start("acts", word);
  for (const char* word : {"range-beyond", "many-findings"}) start("says", word);
  if (is_confined())
    for (const char* word : {"segfault", "abort", "memory-new", "fork", "socket", "kill-host"})
      start("acts", word);
  for (int i = 0; i < 20; ++i) CHECK(said(check(good, text_of("well"))) == reference);
  for (auto& answer : answers) CHECK(answer.get().kind != Kind::checked);
  CHECK(Clock::now() - begin < longest);
}

TEST_CASE("what holds a worker's process, seen from outside") {
  if (!is_confined()) return;
  stet::Worker worker({image("echo")});
  check(worker, "well");
  const auto all = children();
  REQUIRE(all.size() == 1);
  std::ifstream status("/proc/" + all[0] + "/status");
  std::vector<std::string> lines;
  for (std::string line; std::getline(status, line);) lines.push_back(line);
  for (const char* line : {"CapEff:\t0000000000000000", "CapPrm:\t0000000000000000", "NoNewPrivs:\t1",
                           "Seccomp:\t2", "Seccomp_filters:\t2", "Threads:\t1"}) {
    CAPTURE(line);
    CHECK(std::find(lines.begin(), lines.end(), line) != lines.end());
  }
}

namespace {

// Of a process, in bytes.
size_t resident(const std::string& pid) {
  std::ifstream in("/proc/" + pid + "/statm");
  size_t all = 0, pages = 0;
  in >> all >> pages;
  return pages * static_cast<size_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace

TEST_CASE("ten thousand documents and two hundred crashes leave nothing behind") {
  constexpr int documents = stet::sandbox::built_with_sanitizers() ? 1000 : 10000;
  constexpr int per_crash = 50, warm_up = 500;
  const auto descriptors = open_descriptors();
  {
    stet::Worker good({image("echo")}), bad({image("acts")});
    const auto document = shared_paragraph(text_of("exit-3"));
    const auto run = [&](int count) {
      for (int i = 0; i < count; ++i) {
        if (i % per_crash == 0) REQUIRE(bad.verify(document).get().kind == Kind::crashed);
        // Not always the same document: each has memory of its own.
        REQUIRE(check(good, text_of("well")).kind == Kind::checked);
      }
    };
    run(warm_up);
    const auto before = children();
    REQUIRE(before.size() == 1);  // the bad one's process is gone, and waited for
    const auto in_use = mallinfo2().uordblks, mine = resident("self"), theirs = resident(before[0]);
    run(documents);
    CHECK(children() == before);
    // A leak of 100 bytes a document would be a megabyte.
    constexpr size_t most = documents * 20;
    CHECK(mallinfo2().uordblks <= in_use + most);
    if (!stet::sandbox::built_with_sanitizers()) {
      CHECK(resident("self") <= mine + documents * 50);
      CHECK(resident(before[0]) <= theirs + documents * 50);
    }
  }
  CHECK(open_descriptors() == descriptors);
  CHECK(children().empty());
}
