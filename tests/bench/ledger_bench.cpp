// ledger_bench corpus ARTICLES articles|rounds: rows for `stet import`, five revisions of each article, of
//   4-9 kB, with quotations and dates, always the same ones. "articles": an article's revisions one after the
//   other. "rounds": every article's first revision, then every second one, as time brings them.
// ledger_bench chain REVISIONS level|growing: rows that are the revisions of one article of 4-9 kB, which
//   keeps its size or gets a paragraph more each time.
// ledger_bench stream LEDGER articles|rounds: what the ledger holds of its revisions (documents, texts,
//   reports, signatures), as `git fast-import` reads it, a commit for a thousand.
// ledger_bench read LEDGER: microseconds to read the newest document of an article, warm.
// ledger_bench history LEDGER: milliseconds to read all documents of the article with the most revisions,
//   in a process that has read nothing yet, and once more. All to standard output.
// ledger_bench run COMMAND...: milliseconds that the command takes, and those of its processors, where `time`
//   knows no less than ten; what it prints is thrown away.
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "corpus.hpp"
#include "timestamp.hpp"

using namespace stet;
using namespace stet::bench;

namespace {

struct Place {
  uint32_t article, revision;  // the article from 0, the revision from 1
};

// The i-th of all revisions.
Place place(size_t i, uint32_t articles, bool rounds) {
  const auto n = static_cast<uint32_t>(i);
  return rounds ? Place{n % articles, n / articles + 1} : Place{n / revisions, n % revisions + 1};
}

void print(const std::string& text) {
  if (fwrite(text.data(), 1, text.size(), stdout) != text.size())
    throw std::runtime_error("standard output cannot be written");
}

void corpus(uint32_t articles, bool rounds) {
  for (size_t i = 0; i < size_t{articles} * revisions; ++i) {
    const auto [article, revision] = place(i, articles, rounds);
    print(nlohmann::json{
              {"id", "outlet-" + std::to_string(article % 50) + ".example-" + std::to_string(article)},
              {"observed", format_timestamp(time_0 + 86400 * int64_t{revision})},
              {"text", news_revision(article, revision)}}
              .dump() +
          '\n');
  }
}

void chain(uint32_t length, bool grows) {
  const auto texts = news_chain(length);
  for (uint32_t n = 1; n <= length; ++n)
    print(nlohmann::json{{"id", "chain.example"},
                         {"observed", format_timestamp(time_0 + 60 * int64_t{n})},
                         {"text", grows ? news_revision(1, n) : texts[n - 1]}}
              .dump() +
          '\n');
}

template <typename Work>
double seconds(const Work& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void read_newest(const std::string& folder) {
  const auto ledger = Ledger::open(folder);
  auto articles = ledger.articles();
  if (articles.size() > 1000) articles.resize(1000);
  const auto all = [&] {
    for (const auto& article : articles) ledger.file(entry_path(article, ledger.revisions(article), ""));
  };
  all();
  std::printf("%.1f\n", seconds(all) * 1e6 / static_cast<double>(articles.size()));
}

void read_history(const std::string& folder) {
  const auto ledger = Ledger::open(folder);
  std::string longest;
  uint32_t revisions = 0;
  for (const auto& article : ledger.articles())
    if (ledger.revisions(article) > revisions) longest = article, revisions = ledger.revisions(article);
  size_t bytes = 0;
  const auto all = [&] {
    bytes = 0;
    for (uint32_t n = 1; n <= revisions; ++n) bytes += ledger.file(entry_path(longest, n, ""))->size();
  };
  const double first = seconds(all), again = seconds(all);
  std::printf("%u revisions of %zu bytes: %.1f ms, again %.1f ms\n", revisions, bytes / revisions,
              first * 1e3, again * 1e3);
}

double milliseconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
}

void run(char** command) {
  posix_spawn_file_actions_t silent;
  posix_spawn_file_actions_init(&silent);
  for (const int fd : {STDOUT_FILENO, STDERR_FILENO})
    posix_spawn_file_actions_addopen(&silent, fd, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  int status = 0;
  rusage used{};
  const double wall = seconds([&] {
    if (posix_spawnp(&child, command[0], &silent, nullptr, command, environ) != 0)
      throw std::runtime_error(std::string(command[0]) + ": cannot be started");
    wait4(child, &status, 0, &used);
  });
  posix_spawn_file_actions_destroy(&silent);
  if (status != 0) throw std::runtime_error(std::string(command[0]) + ": fails");
  std::printf("%.2f %.2f\n", wall * 1e3, milliseconds(used.ru_utime) + milliseconds(used.ru_stime));
}

void print_file(const std::string& path, const std::string& bytes) {
  print("M 100644 inline " + path + "\ndata " + std::to_string(bytes.size()) + '\n' + bytes + '\n');
}

void print_entry(const Entry& e) {
  print_file(entry_path(e.article, e.revision, ""), e.document);
  if (e.text) print_file(entry_path(e.article, e.revision, ".text"), *e.text);
  print_file(entry_path(e.article, e.revision, ".report"), e.report);
  print_file(entry_path(e.article, e.revision, ".sig"), e.signatures);
}

void stream(const std::string& folder, bool rounds) {
  const auto ledger = Ledger::open(folder);
  const auto articles = ledger.articles();
  std::vector<Entry> entries;
  for (const auto& article : articles)
    for (uint32_t n = 1; n <= ledger.revisions(article); ++n)
      if (!rounds) entries.push_back({article, n, "", {}, "", ""});
  for (uint32_t n = 1; rounds; ++n) {
    const size_t before = entries.size();
    for (const auto& article : articles)
      if (n <= ledger.revisions(article)) entries.push_back({article, n, "", {}, "", ""});
    if (entries.size() == before) break;
  }
  for (size_t i = 0; i < entries.size(); ++i) {
    if (i % in_batch == 0)
      print("commit refs/heads/main\ncommitter stet <stet@localhost> " + std::to_string(time_0) +
            " +0000\ndata 5\nbatch\n");
    print_entry(ledger.read(entries[i].article, entries[i].revision));
  }
}

}  // namespace

int main(int argc, char** argv) try {
  const bool rounds = argc == 4 && std::strcmp(argv[3], "rounds") == 0;
  if (argc == 4 && std::strcmp(argv[1], "corpus") == 0)
    return corpus(static_cast<uint32_t>(std::stoul(argv[2])), rounds), 0;
  if (argc == 4 && std::strcmp(argv[1], "stream") == 0) return stream(argv[2], rounds), 0;
  if (argc == 4 && std::strcmp(argv[1], "chain") == 0)
    return chain(static_cast<uint32_t>(std::stoul(argv[2])), std::strcmp(argv[3], "growing") == 0), 0;
  if (argc == 3 && std::strcmp(argv[1], "read") == 0) return read_newest(argv[2]), 0;
  if (argc == 3 && std::strcmp(argv[1], "history") == 0) return read_history(argv[2]), 0;
  if (argc > 2 && std::strcmp(argv[1], "run") == 0) return run(argv + 2), 0;
  std::fputs(
      "usage: ledger_bench corpus ARTICLES articles|rounds\n"
      "       ledger_bench stream LEDGER articles|rounds\n"
      "       ledger_bench chain REVISIONS level|growing\n"
      "       ledger_bench read|history LEDGER\n"
      "       ledger_bench run COMMAND...\n",
      stderr);
  return 2;
} catch (const std::exception& e) {
  std::cerr << "ledger_bench: " << e.what() << "\n";
  return 1;
}
