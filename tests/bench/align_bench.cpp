// How long comparing two consecutive revisions takes, and libgit2's diff on one word a line beside it.
// Usage: align_bench FILE.jsonl  (one article a line: {"revisions": [{"text": ...}, ...]})
// Prints quantiles in milliseconds. Link with stet_host and libgit2.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include <git2.h>
#include <nlohmann/json.hpp>

#include "changes.hpp"
#include "words.hpp"

namespace {

using Clock = std::chrono::steady_clock;

struct Timing {
  const char* what;
  std::vector<double> times = {};

  template <typename Work>
  void add(Work work) {
    const auto start = Clock::now();
    work();
    times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
  }
  void print() {
    if (times.empty()) return;
    std::sort(times.begin(), times.end());
    const auto at = [&](double q) {
      return times[static_cast<size_t>(q * static_cast<double>(times.size() - 1))];
    };
    std::printf("%-28s n %zu  median %.3f  p90 %.3f  p99 %.3f  max %.3f ms\n", what, times.size(), at(.5),
                at(.9), at(.99), at(1));
  }
};

// Quotations and numbers, found naively: something to pair.
std::vector<stet::Fact> facts_of(const std::string& text) {
  std::vector<stet::Fact> facts;
  bool quoted = false;
  uint32_t opened = 0;
  for (const stet::Word& word : stet::words_of(text)) {
    const auto view = std::string_view(text).substr(word.range.begin, word.range.end - word.range.begin);
    if (view == "“" || (view == "\"" && !quoted)) {
      quoted = true;
      opened = word.range.begin;
    } else if (quoted && (view == "”" || view == "\"")) {
      quoted = false;
      facts.push_back({"bench", "quote", {opened, word.range.end}, nlohmann::json::object()});
    } else if (view[0] >= '0' && view[0] <= '9') {
      facts.push_back({"bench", "number", word.range, {{"value", std::string(view)}}});
    }
  }
  return facts;
}

stet::Manifest manifest() {
  using stet::Severity;
  stet::Manifest manifest;
  manifest.id = "bench";
  for (const char* kind : {"quote", "number"}) {
    stet::FactSpec spec;
    spec.kind = spec.label = kind;
    spec.changes = {{"text", "altered", Severity::error}};
    spec.added = spec.removed = spec.marked = spec.unmarked = stet::ChangeRule{"", "other", Severity::note};
    manifest.facts.push_back(spec);
  }
  return manifest;
}

std::string one_word_a_line(const std::string& text) {
  std::string lines;
  for (const stet::Word& word : stet::words_of(text)) {
    lines.append(text, word.range.begin, word.range.end - word.range.begin);
    lines += '\n';
  }
  return lines;
}

size_t diff_with_libgit2(const std::string& before, const std::string& after) {
  size_t lines = 0;
  const auto count = [](const git_diff_delta*, const git_diff_hunk*, const git_diff_line*, void* sum) {
    ++*static_cast<size_t*>(sum);
    return 0;
  };
  git_diff_buffers(before.data(), before.size(), nullptr, after.data(), after.size(), nullptr, nullptr,
                   nullptr, nullptr, nullptr, count, &lines);
  return lines;
}

}  // namespace

int main(int argc, char** argv) {
  std::ifstream file(argc > 1 ? argv[1] : "");
  if (!file) return std::fputs("usage: align_bench FILE.jsonl\n", stderr), 2;
  git_libgit2_init();
  const stet::Manifest rules = manifest();
  const stet::Manifest* const manifests[] = {&rules};
  Timing aligned{"align"}, compared{"compare (aligns too)"}, libgit2{"libgit2, words split before"};
  size_t changes = 0, lines = 0;
  for (std::string line; std::getline(file, line);) {
    const auto revisions = nlohmann::json::parse(line).at("revisions");
    for (size_t i = 1; i < revisions.size(); ++i) {
      const std::string before = revisions[i - 1].at("text"), after = revisions[i].at("text");
      const auto older = facts_of(before), newer = facts_of(after);
      const auto b_lines = one_word_a_line(before), a_lines = one_word_a_line(after);
      aligned.add([&] { changes += stet::align(before, after).segments.size(); });
      compared.add([&] { changes += stet::compare({before, older}, {after, newer}, manifests).size(); });
      libgit2.add([&] { lines += diff_with_libgit2(b_lines, a_lines); });
    }
  }
  for (Timing* timing : {&aligned, &compared, &libgit2}) timing->print();
  git_libgit2_shutdown();
  return changes + lines > 0 ? 0 : 1;
}
