// Ledgers made up for tests of what keeps them.
#pragma once

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "ledger_walk.hpp"
#include "pack_list.hpp"

namespace stet::testing {

inline constexpr int64_t sample_time = 1763900000;

inline std::string sample_text(const std::string& article, uint32_t revision) {
  std::string text = "The story of " + article + ".\n";
  for (int i = 0; i < 60; ++i)
    text += "Harbour " + article + " took in " + std::to_string(i * 37 % 101) + " boats that day.\n";
  for (uint32_t i = 1; i < revision; ++i) text += "Added in revision " + std::to_string(i + 1) + ".\n";
  return text;
}

inline Entry sample_entry(const std::string& article, uint32_t revision) {
  const std::string n = article + " " + std::to_string(revision);
  return {article,
          revision,
          sample_text(article, revision),
          std::nullopt,
          "{\"report\":\"" + sample_text(n, 1) + "\"}",
          "{\"signatures\":[{\"keyid\":\"SHA256:0123456789012345678901234567890123456789\",\"sig\":\"" + n +
              "\"}]}"};
}

// With a document of a few words.
inline Entry short_entry(const std::string& article, uint32_t revision) {
  const std::string n = article + " " + std::to_string(revision);
  return {article, revision, "document " + n, std::nullopt, "report " + n, "signatures " + n};
}

// What a ledger may begin with.
inline const std::vector<std::pair<std::string, std::string>> first_files{
    {"keys/aa.json", "{}"}, {"ledger.json", R"({"format":1,"origin":"test"})"}};

inline Ledger sample_ledger(const std::filesystem::path& folder) {
  return Ledger::create(folder, {{"ledger.json", R"({"format":1,"origin":"test"})"}}, sample_time);
}

inline void append_sample(Ledger& ledger, const std::vector<Entry>& entries, int64_t time = sample_time) {
  const auto locked = ledger.lock();
  ledger.append(entries, "test", time);
}

// Revision after revision of so many articles, a batch each.
inline Ledger sample_ledger(const std::filesystem::path& folder, int articles, uint32_t revisions) {
  auto ledger = sample_ledger(folder);
  for (uint32_t n = 1; n <= revisions; ++n) {
    std::vector<Entry> batch;
    for (int i = 0; i < articles; ++i) batch.push_back(sample_entry("a" + std::to_string(i), n));
    append_sample(ledger, batch);
  }
  return ledger;
}

// Whether all that sample_ledger() put there is there.
inline bool has_samples(const Ledger& ledger, int articles, uint32_t revisions) {
  for (int i = 0; i < articles; ++i)
    for (uint32_t n = 1; n <= revisions; ++n) {
      const auto wanted = sample_entry("a" + std::to_string(i), n);
      const auto read = ledger.read(wanted.article, n);
      if (read.document != wanted.document || read.report != wanted.report ||
          read.signatures != wanted.signatures)
        return false;
    }
  return true;
}

// Those that a walk finds, in its order.
inline std::vector<StoredFile> files(const Ledger& ledger) {
  std::vector<StoredFile> all;
  ObjectReader objects(ledger.objects());
  const auto take = [&](StoredFile file) { all.push_back(std::move(file)); };
  std::vector<StoredFile> damaged;
  const auto commits = commits_of(objects, ledger.newest_commit(),
                                  [&](StoredFile file) { damaged.push_back(std::move(file)); });
  if (commits.empty()) return damaged;
  walk(objects, commits, whole_tree(commits), {take});
  return all;
}

// Of the newest commit first.
inline std::vector<Rewrite> rewrites(const Ledger& ledger) {
  std::vector<Rewrite> all;
  ObjectReader objects(ledger.objects());
  const auto commits = commits_of(objects, ledger.newest_commit(), [&](const StoredFile& lost) {
    all.push_back({0, lost.path, lost.error});
  });
  walk(objects, commits, whole_tree(commits),
       {[](const StoredFile&) {}, [&](Rewrite rewrite) { all.push_back(std::move(rewrite)); }});
  std::stable_sort(all.begin(), all.end(), [](auto& a, auto& b) { return a.commit < b.commit; });
  return all;
}

inline std::vector<std::string> names_of_packs(const std::filesystem::path& objects) {
  std::vector<std::string> names;
  for (const auto& pack : list_packs(objects)) names.push_back(pack.name);
  return names;
}

// Does `work` in a child process, with what ends it at its step number `last`. False when it came to its end.
inline bool is_killed_at(int last, const std::function<void(const BeforeStep& before)>& work) {
  const pid_t pid = fork();
  if (pid < 0) throw std::runtime_error("no process");
  if (pid == 0) {
    try {
      int step = 0;
      work([&](std::string_view, const std::filesystem::path&) {
        if (step++ == last) kill(getpid(), SIGKILL);
      });
    } catch (const std::exception& e) {
      fprintf(stderr, "%s\n", e.what());
      _exit(1);
    }
    _exit(0);
  }
  int status = 0;
  waitpid(pid, &status, 0);
  if (WIFEXITED(status) && WEXITSTATUS(status) != 0) throw std::runtime_error("the child has failed");
  return WIFSIGNALED(status);
}

}  // namespace stet::testing
