#include "lexicon.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <vector>

#include "words.hpp"

namespace quote_attribution {

namespace {

constexpr size_t longest_word = 24;  // bytes; no word of the lists is longer

// A word in lower case, ’ as ', padded with zeros: compared and hashed as three numbers.
struct Key {
  std::array<uint64_t, longest_word / 8> parts{};

  bool operator==(const Key& other) const { return parts == other.parts; }
  uint64_t hash() const {
    uint64_t h = parts[0] * 0x9E3779B97F4A7C15u ^ parts[1] * 0xC2B2AE3D27D4EB4Fu ^ parts[2];
    h ^= h >> 29;
    return h * 0xBF58476D1CE4E5B9u;
  }
  std::string word() const {
    std::array<char, longest_word + 1> text{};
    std::memcpy(text.data(), parts.data(), longest_word);
    return text.data();
  }
};

// False when the word is longer than any in the lists.
bool fold(std::string_view word, Key& key) {
  char folded[longest_word] = {};
  size_t size = 0;
  for (size_t i = 0; i < word.size(); ++i) {
    if (size == longest_word) return false;
    const char c = word[i];
    if (c == '\xE2' && word.substr(i, 3) == "\u2019") {
      folded[size++] = '\'';
      i += 2;
    } else {
      folded[size++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    }
  }
  std::memcpy(key.parts.data(), folded, longest_word);
  return true;
}

// Open addressing over 16 bits of each hash: most words of a text are in no list, and seldom need more than
// one look at 16 KiB.
class Lexicon {
 public:
  struct Entry {
    Key key;
    uint32_t classes;
  };

  Lexicon() : tags_(slots), entry_of_(slots) { entries_.reserve(slots / 2); }

  // To those that the word has.
  void add(std::string_view word, uint32_t classes) {
    Key key;
    if (!fold(word, key)) return;
    const size_t slot = place_of(key);
    if (tags_[slot] == 0) {
      tags_[slot] = tag_of(key.hash());
      entry_of_[slot] = static_cast<uint16_t>(entries_.size());
      entries_.push_back({key, 0});
    }
    entries_[entry_of_[slot]].classes |= classes;
  }

  uint32_t classes_of(const Key& key) const {
    const size_t slot = place_of(key);
    return tags_[slot] == 0 ? 0 : entries_[entry_of_[slot]].classes;
  }
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  // Where it is, or else where it would go.
  size_t place_of(const Key& key) const {
    const uint64_t hash = key.hash();
    const uint16_t tag = tag_of(hash);
    size_t slot = slot_of(hash);
    while (tags_[slot] != 0 && !(tags_[slot] == tag && entries_[entry_of_[slot]].key == key))
      slot = (slot + 1) % slots;
    return slot;
  }

  static constexpr size_t slots = 1u << 13;
  static size_t slot_of(uint64_t hash) { return hash >> 51; }
  static uint16_t tag_of(uint64_t hash) { return static_cast<uint16_t>(hash >> 32 | 1); }

  std::vector<uint16_t> tags_, entry_of_;
  std::vector<Entry> entries_;
};

template <class Visit>
void each_word(std::string_view list, Visit&& visit) {
  for (size_t at = 0; at < list.size();) {
    const size_t begin = list.find_first_not_of(" \n", at);
    if (begin == list.npos) return;
    at = std::min(list.find_first_of(" \n", begin), list.size());
    visit(list.substr(begin, at - begin));
  }
}

bool is_vowel(char c) {
  return std::string_view("aeiou").find(c) != std::string_view::npos;
}

std::string third_person(const std::string& base) {
  const char last = base.back();
  if (last == 'y' && !is_vowel(base[base.size() - 2])) return base.substr(0, base.size() - 1) + "ies";
  if (last == 's' || last == 'h' || last == 'x' || last == 'z') return base + "es";
  return base + "s";
}

std::string past(const std::string& base) {
  const char last = base.back();
  if (last == 'e') return base + "d";
  if (last == 'y' && !is_vowel(base[base.size() - 2])) return base.substr(0, base.size() - 1) + "ied";
  return base + "ed";
}

std::string participle(const std::string& base) {
  if (base.back() == 'e' && base[base.size() - 2] != 'e') return base.substr(0, base.size() - 1) + "ing";
  return base + "ing";
}

void add_regular(Lexicon& lexicon, std::string_view bases, uint32_t extra) {
  each_word(bases, [&](std::string_view word) {
    const std::string base(word);
    lexicon.add(base, reports_base | extra);
    lexicon.add(third_person(base), reports | extra);
    lexicon.add(past(base), reports | extra);
    lexicon.add(participle(base), reporting | extra);
  });
}

// Lines of "base third past participle".
void add_irregular(Lexicon& lexicon, std::string_view forms, uint32_t extra) {
  constexpr uint32_t kinds[] = {reports_base, reports, reports, reporting};
  size_t i = 0;
  each_word(forms, [&](std::string_view word) { lexicon.add(word, kinds[i++ % 4] | extra); });
}

// officials, not heads: plurals of roles, but for those that are verbs as often.
void add_plurals(Lexicon& lexicon) {
  std::vector<std::string> roles;
  for (const auto& [key, classes] : lexicon.entries())
    if ((classes & role) != 0 && key.word().back() != 's') roles.push_back(key.word());
  constexpr std::string_view verbs[] = {"heads",   "hosts",  "chairs", "guides",  "pilots",  "coaches",
                                        "sources", "nurses", "mates",  "fellows", "generals"};
  for (const std::string& word : roles) {
    const bool woman = word.size() > 3 && word.substr(word.size() - 3) == "man";
    const std::string plural = woman ? word.substr(0, word.size() - 2) + "en" : third_person(word);
    if (std::find(std::begin(verbs), std::end(verbs), plural) == std::end(verbs))
      lexicon.add(plural, role | several);
  }
}

Lexicon make_lexicon() {
  Lexicon lexicon;
  add_regular(lexicon, words::reporting_verbs, 0);
  add_irregular(lexicon, words::irregular_reporting_verbs, 0);
  add_regular(lexicon, words::weak_verbs, weak_report);
  add_irregular(lexicon, words::irregular_weak_verbs, weak_report);
  add_regular(lexicon, words::dubbing_verbs, weak_report | dubs);
  add_irregular(lexicon, words::irregular_dubbing_verbs, weak_report | dubs);
  for (const auto& [list, classes] : words::lists)
    each_word(list, [&, flags = classes](std::string_view word) { lexicon.add(word, flags); });
  add_plurals(lexicon);
  return lexicon;
}

bool ends_in(std::string_view word, std::string_view ending) {
  return word.size() > ending.size() + 1 && word.back() == ending.back() &&
         word.substr(word.size() - ending.size()) == ending;
}

bool is_noun_in_ly(std::string_view word) {
  for (const std::string_view noun :
       {"supply", "assembly", "anomaly", "monopoly", "bully", "belly", "butterfly"})
    if (noun == word) return true;
  return false;
}

// Words of no list: adverbs of manner, and the trades that English makes by rule.
uint32_t classes_by_ending(std::string_view word) {
  if (word.size() < 5) return 0;
  static constexpr std::string_view trades[] = {"writer",  "ologist", "ographer", "therapist",
                                                "surgeon", "keeper",  "person",   "maker",
                                                "holder",  "goer",    "worker",   "people"};
  const std::string_view one = word.back() == 's' ? word.substr(0, word.size() - 1) : word;
  switch (one.back()) {
    case 'y': return ends_in(word, "ly") && !is_noun_in_ly(word) ? static_cast<uint32_t>(adverb) : 0;
    case 'n':
      if (ends_in(word, "women")) return role;
      if (ends_in(word, "woman")) return role | feminine;
      [[fallthrough]];
    case 'r':
    case 't':
    case 'e':
      for (const std::string_view trade : trades)
        if (ends_in(one, trade)) return role;
  }
  return 0;
}

}  // namespace

uint32_t classes_of(std::string_view word) {
  static const Lexicon lexicon = make_lexicon();
  Key key;
  if (fold(word, key))
    if (const uint32_t classes = lexicon.classes_of(key)) return classes;
  return classes_by_ending(word);
}

}  // namespace quote_attribution
