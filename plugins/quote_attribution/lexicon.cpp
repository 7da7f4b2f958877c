#include "lexicon.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "words.hpp"

namespace quote_attribution {

namespace {

struct Hash {
  using is_transparent = void;
  size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
};

using Table = std::unordered_map<std::string, uint32_t, Hash, std::equal_to<>>;

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

void add_regular(Table& table, std::string_view bases, uint32_t extra) {
  each_word(bases, [&](std::string_view word) {
    const std::string base(word);
    table[base] |= reports_base | extra;
    table[third_person(base)] |= reports | extra;
    table[past(base)] |= reports | extra;
    table[participle(base)] |= reporting | extra;
  });
}

// Lines of "base third past participle".
void add_irregular(Table& table, std::string_view forms, uint32_t extra) {
  constexpr uint32_t kinds[] = {reports_base, reports, reports, reporting};
  size_t i = 0;
  each_word(forms, [&](std::string_view word) { table[std::string(word)] |= kinds[i++ % 4] | extra; });
}

Table make_table() {
  Table table;
  add_regular(table, words::reporting_verbs, 0);
  add_irregular(table, words::irregular_reporting_verbs, 0);
  add_regular(table, words::weak_verbs, weak_report);
  add_irregular(table, words::irregular_weak_verbs, weak_report);
  add_regular(table, words::dubbing_verbs, weak_report | dubs);
  for (const auto& [list, classes] : words::lists)
    each_word(list, [&, flags = classes](std::string_view word) { table[std::string(word)] |= flags; });
  return table;
}

// Lower case in ASCII, ’ as '; empty when the word is longer than any in the lists.
std::string_view folded(std::string_view word, char (&buffer)[32]) {
  if (word.size() > sizeof buffer) return {};
  size_t size = 0;
  for (size_t i = 0; i < word.size(); ++i) {
    if (word.substr(i, 3) == "\u2019") {
      buffer[size++] = '\'';
      i += 2;
    } else {
      const char c = word[i];
      buffer[size++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    }
  }
  return {buffer, size};
}

}  // namespace

uint32_t classes_of(std::string_view word) {
  static const Table table = make_table();
  char buffer[32];
  const std::string_view key = folded(word, buffer);
  const auto found = table.find(key);
  if (found != table.end()) return found->second;
  const bool manner = key.size() > 4 && key.substr(key.size() - 2) == "ly";
  return manner ? static_cast<uint32_t>(adverb) : 0;
}

}  // namespace quote_attribution
