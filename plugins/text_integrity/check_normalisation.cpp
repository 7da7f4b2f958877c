// Letters and their accents stored in two ways in one document: é as one character here, as e and an accent
// there. They look the same; searches, links and comparisons of revisions take them for different words.
#include <stet/json.hpp>
#include <stet/text.hpp>

#include <algorithm>
#include <map>
#include <string>

#include "checks.hpp"
#include "evidence.hpp"
#include "words.hpp"

namespace text_integrity {

namespace {

using stet::sdk::Finding;
using stet::sdk::JsonObject;
using stet::sdk::next_non_ascii;

constexpr std::string_view check = "mixed-normalisation";
constexpr uint32_t longest_word = 200;  // bytes; what is longer is no word
constexpr size_t most_places = 200;
constexpr size_t most_kept = 100'000;  // different words
constexpr size_t few = 2;              // decomposed words that are strays in a document without composed ones

size_t count_characters(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// Whether letter and accent can be one character. Not whether the word is NFC: Å of ångström and Å of
// Ångström's unit differ in that too, and order of marks; nobody's text is mixed because of it.
bool is_decomposed(std::string_view word, const std::string& composed) {
  return count_characters(composed) < count_characters(word);
}

// Calls take(range) for each word with characters beyond ASCII.
template <class Take>
void each_word(std::string_view text, const Take& take) {
  size_t done = 0;
  for (size_t at = next_non_ascii(text, 0); at < text.size(); at = next_non_ascii(text, at)) {
    const auto c = stet::sdk::character_at(text, at);
    if (!is_word_character(c.code)) {
      at += c.size;
      continue;
    }
    const Range word = word_around(text, done, at);
    at = done = word.end;
    if (word.end - word.begin <= longest_word) take(word);
  }
}

bool has(std::string_view word, bool (*property)(char32_t)) {
  for (size_t at = next_non_ascii(word, 0); at < word.size(); at = next_non_ascii(word, at)) {
    const auto c = stet::sdk::character_at(word, at);
    if (property(c.code)) return true;
    at += c.size;
  }
  return false;
}

class Normalisation {
 public:
  Normalisation(std::string_view text, Findings& findings) : text_(text), findings_(findings) {}

  void read() {
    each_word(text_, [&](Range word) { read_decomposed(word); });
    if (decomposed_count_ == 0) return;
    each_word(text_, [&](Range word) { read_composed(word); });
    const bool strays = decomposed_count_ <= std::max(few, composed_count_ / 10);
    if (!twins_.empty() || strays) report();
  }

 private:
  void read_decomposed(Range range) {
    const auto word = slice(text_, range);
    if (!has(word, composes_with_before)) return;
    const std::string composed = nfc(word);
    if (!is_decomposed(word, composed)) return;
    ++decomposed_count_;
    if (places_.size() < most_places) places_.push_back(range);
    if (decomposed_.size() < most_kept) decomposed_.emplace(composed, range);
  }

  void read_composed(Range range) {
    const auto word = slice(text_, range);
    if (!has(word, is_composed)) return;
    ++composed_count_;
    const auto twin = decomposed_.find(word);
    if (twin == decomposed_.end() || twins_.size() >= most_places) return;
    twins_.emplace_back(twin->second, range);
    decomposed_.erase(twin);
  }

  void report() {
    const Range range = twins_.empty() ? places_.front() : twins_.front().first;
    if (!findings_.takes(check, range)) return;
    const std::string word(slice(text_, range)), composed = nfc(word);
    Finding f{check, range, "“" + composed};
    f.message += twins_.empty()
                     ? "” is stored as letters and accents apart, unlike the rest of the text"
                     : "” is stored in two ways that look the same: here as letters and accents apart, "
                       "elsewhere as composed letters";
    f.evidence_json = JsonObject()
                          .text("composed", composed)
                          .json("marks", names_of(word, composes_with_before))
                          .number("places", static_cast<int64_t>(decomposed_count_))
                          .str();
    for (const auto& [apart, whole] : twins_) f.related.push_back(whole);
    for (const Range& place : places_)
      if (place.begin != range.begin) f.related.push_back(place);
    findings_.add(decomposed_count_ == 1 ? mended(std::move(f), composed) : std::move(f));
  }

  std::string_view text_;
  Findings& findings_;
  size_t decomposed_count_ = 0, composed_count_ = 0;      // words
  std::vector<Range> places_;                             // of the decomposed ones, the first
  std::map<std::string, Range, std::less<>> decomposed_;  // first place by composed form
  std::vector<std::pair<Range, Range>> twins_;            // decomposed, composed
};

}  // namespace

void check_normalisation(const Page& page, Findings& findings) {
  Normalisation(page.text, findings).read();
}

}  // namespace text_integrity
