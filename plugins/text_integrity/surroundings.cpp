#include "surroundings.hpp"

#include <stet/text.hpp>

#include <algorithm>

namespace text_integrity {

namespace {

using stet::sdk::character_at;
using stet::sdk::character_before;

constexpr size_t longest_gap = 40;  // bytes between two words

bool is_mostly_latin_text(std::string_view text) {
  size_t latins = 0, others = 0;
  for (size_t at = 0; at < text.size();) {
    const auto c = character_at(text, at);
    at += c.size;
    if (!is_letter(c.code)) continue;
    ++(c.code < 0x80 || script_of(c.code) == latin ? latins : others);
  }
  return latins > others;
}

}  // namespace

bool Surroundings::is_mostly_latin(size_t at) {
  const auto behind = std::upper_bound(page_.blocks.begin(), page_.blocks.end(), at,
                                       [](size_t place, const auto& b) { return place < b.range.begin; });
  if (behind == page_.blocks.begin()) return true;
  const auto index = static_cast<size_t>(behind - page_.blocks.begin()) - 1;
  const Range range = page_.blocks[index].range;
  if (at >= range.end) return true;
  if (known_[index] == Known::nothing)
    known_[index] = is_mostly_latin_text(slice(page_.text, range)) ? Known::latin : Known::other;
  return known_[index] == Known::latin;
}

bool Surroundings::is_beside(Range range, Script script) const {
  const std::string_view text = page_.text;
  for (size_t at = range.begin; at > 0 && range.begin - at < longest_gap && text[at - 1] != '\n';) {
    const auto c = character_before(text, at);
    if (is_letter(c.code)) {
      if (script_of(c.code) == script) return true;
      break;
    }
    at -= c.size;
  }
  for (size_t at = range.end; at < text.size() && at - range.end < longest_gap && text[at] != '\n';) {
    const auto c = character_at(text, at);
    if (is_letter(c.code)) return script_of(c.code) == script;
    at += c.size;
  }
  return false;
}

}  // namespace text_integrity
