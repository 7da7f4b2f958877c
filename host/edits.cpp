#include "edits.hpp"

#include "subsequence.hpp"
#include "words.hpp"

namespace stet {
namespace {

constexpr size_t most_characters = 80;

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

// The last character boundary at or before `most`.
size_t boundary(std::string_view text, size_t most) {
  if (text.size() <= most) return text.size();
  while (most > 0 && is_continuation(text[most])) --most;
  return most;
}

std::string on_one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool blank = c == ' ' || (c >= '\t' && c <= '\r');
    if (!blank)
      line += c;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  }
  if (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

std::vector<uint32_t> numbers(Numbering& numbering, std::string_view text, const std::vector<Word>& words) {
  std::vector<uint32_t> out;
  for (const Word& w : words)
    out.push_back(numbering.folded(text.substr(w.range.begin, w.range.end - w.range.begin)));
  return out;
}

// Words [first, last); an empty stretch lies where the next word begins.
Range stretch(const std::vector<Word>& words, uint32_t first, uint32_t last, std::string_view text) {
  const uint32_t begin = first < words.size() ? words[first].range.begin : uint32_t(text.size());
  return {begin, first < last ? words[last - 1].range.end : begin};
}

}  // namespace

std::vector<Edit> edits_between(std::string_view before, std::string_view after) {
  if (before == after) return {};
  const auto older = words_of(before), newer = words_of(after);
  Numbering numbering;
  const auto b_numbers = numbers(numbering, before, older), a_numbers = numbers(numbering, after, newer);
  auto runs = common_runs(b_numbers, a_numbers);
  runs.push_back({uint32_t(older.size()), uint32_t(newer.size()), 0});
  std::vector<Edit> edits;
  uint32_t b = 0, a = 0;
  for (const CommonRun& run : runs) {
    if (b < run.before || a < run.after)
      edits.push_back({stretch(older, b, run.before, before), stretch(newer, a, run.after, after)});
    b = run.before + run.size;
    a = run.after + run.size;
  }
  return edits;
}

std::string excerpt(std::string_view text) {
  const bool is_long = text.size() > most_characters * 4;
  const std::string line = on_one_line(text.substr(0, boundary(text, most_characters * 4)));
  size_t end = 0;
  for (size_t characters = 0; end < line.size(); ++end)
    if (!is_continuation(line[end]) && ++characters > most_characters) break;
  if (end == line.size() && !is_long) return line;
  const size_t blank = line.rfind(' ', end);
  return line.substr(0, blank != line.npos && blank > end / 2 ? blank : end) + "…";
}

std::string became(std::string_view before, std::string_view after) {
  if (before.empty()) return '"' + excerpt(after) + "\" was added";
  if (after.empty()) return '"' + excerpt(before) + "\" was removed";
  return '"' + excerpt(before) + "\" became \"" + excerpt(after) + '"';
}

void set_evidence(nlohmann::json& evidence, const char* key, std::string_view text) {
  const size_t end = boundary(text, most_evidence);
  if (end < text.size()) evidence["truncated"] = true;
  evidence[key] = std::string(text.substr(0, end));
}

}  // namespace stet
