#include "mapped_text.hpp"

#include <algorithm>

namespace stet {
namespace {

using Run = ByteMap::Run;

uint32_t size32(std::string_view text) {
  return static_cast<uint32_t>(text.size());
}

bool continues(const Run& run, uint32_t text, uint32_t source) {
  return run.size > 0 && run.text + run.size == text && run.bytes + run.size == source;
}

void add_run(ByteMap& map, Run run) {
  if (!map.runs.empty() && run.size > 0 && continues(map.runs.back(), run.text, run.bytes))
    map.runs.back().size += run.size;
  else
    map.runs.push_back(run);
}

// Runs of `inner` in the order in which ascending offsets ask for them.
class Ascending {
 public:
  explicit Ascending(const ByteMap& inner) : runs_(inner.runs) {}

  // Where `at` comes from, and how many bytes from there on are one run.
  std::pair<uint32_t, uint32_t> find(uint32_t at) {
    while (next_ + 1 < runs_.size() && runs_[next_ + 1].text <= at) ++next_;
    if (runs_.empty() || runs_[next_].text > at) return {0, UINT32_MAX};
    const Run& run = runs_[next_];
    const uint32_t into = std::min(at - run.text, run.size);
    return {run.bytes + into, run.size - into};
  }

 private:
  const std::vector<Run>& runs_;
  size_t next_ = 0;
};

}  // namespace

void MappedText::append(std::string_view verbatim, uint32_t source) {
  if (verbatim.empty()) return;
  add_run(map, {size32(text), source, size32(verbatim)});
  text += verbatim;
}

void MappedText::append_decoded(std::string_view decoded, Range source) {
  if (decoded.empty()) return;
  if (source.begin == source.end) return append_lost(decoded, source.begin);
  map.runs.push_back({size32(text), source.begin, 1});
  text += decoded;
  map.runs.push_back({size32(text), source.end, 0});
}

void MappedText::append_added(std::string_view added) {
  text += added;
}

void MappedText::append_lost(std::string_view lost, uint32_t near) {
  map.runs.push_back({size32(text), near, 0});
  text += lost;
}

void MappedText::truncate(size_t size) {
  if (size >= text.size()) return;
  text.resize(size);
  const auto end = static_cast<uint32_t>(size);
  while (!map.runs.empty() && map.runs.back().text > end) map.runs.pop_back();
  while (!map.runs.empty() && map.runs.back().text == end && map.runs.back().size > 0) map.runs.pop_back();
  if (map.runs.empty()) return;
  Run& last = map.runs.back();
  last.size = std::min(last.size, end - last.text);
}

void rebase(MappedText& text, const ByteMap& inner) {
  ByteMap result;
  Ascending source(inner);
  for (Run run : text.map.runs) {
    if (run.size == 0) {
      // The end of something: one behind its last byte, not the begin of what follows it.
      const uint32_t end = run.bytes == 0 ? 0 : source.find(run.bytes - 1).first + 1;
      result.runs.push_back({run.text, end, 0});
    }
    while (run.size > 0) {
      const auto [bytes, available] = source.find(run.bytes);
      const uint32_t size = std::clamp(available, 1u, run.size);
      result.runs.push_back({run.text, bytes, size});
      run = {run.text + size, run.bytes + size, run.size - size};
    }
  }
  text.map = std::move(result);
}

MappedText join_lines(MappedText first, const MappedText& text) {
  first.append_added("\n");
  const uint32_t shift = size32(first.text);
  for (const Run& run : text.map.runs) first.map.runs.push_back({run.text + shift, run.bytes, run.size});
  first.text += text.text;
  return first;
}

MappedText with_line_feeds(std::string_view bytes, uint32_t begin) {
  MappedText out;
  out.text.reserve(bytes.size() - begin);
  for (size_t at = begin; at < bytes.size();) {
    const size_t cr = std::min(bytes.find('\r', at), bytes.size());
    out.append(bytes.substr(at, cr - at), static_cast<uint32_t>(at));
    const bool pair = cr + 1 < bytes.size() && bytes[cr + 1] == '\n';
    if (cr < bytes.size() && !pair) out.append("\n", static_cast<uint32_t>(cr));
    at = cr + 1;
  }
  return out;
}

}  // namespace stet
