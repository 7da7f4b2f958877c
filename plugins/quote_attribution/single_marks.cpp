#include "single_marks.hpp"

#include "lexicon.hpp"

namespace quote_attribution {

namespace {

std::string_view word_at(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && end - at < 24 && is_letter(static_cast<unsigned char>(text[end]))) ++end;
  return text.substr(at, end - at);
}

bool is_elision(std::string_view text, const Mark& mark) {
  return is_digit(mark.after) || (classes_of(word_at(text, mark.range.end)) & elision) != 0;
}

bool can_open(std::string_view text, const Mark& mark) {
  if (mark.code == 0x2019 || !mark.looks_open) return false;
  return !is_single_mark(mark.before) && !is_elision(text, mark);
}

bool can_close(const Mark& mark) {
  return mark.code != 0x2018 && mark.code != 0x201A && mark.looks_close;
}

// dogs' tails: a plural possessive looks like a closing mark.
bool may_be_possessive(std::string_view text, const Mark& mark) {
  return (mark.before == 's' || mark.before == 'z' || mark.before == 'x') && mark.after == ' ' &&
         is_letter(character_at(text, mark.range.end + 1).code);
}

}  // namespace

void pair_singles(std::string_view text, const std::vector<Mark>& singles, std::vector<Pair>& pairs) {
  pairs.clear();
  for (size_t i = 0; i < singles.size(); ++i) {
    if (!can_open(text, singles[i])) continue;
    size_t close = 0;
    bool certain = false;
    size_t k = i + 1;
    for (; k < singles.size() && !certain && !can_open(text, singles[k]); ++k) {
      if (!can_close(singles[k])) continue;
      certain = !may_be_possessive(text, singles[k]);
      if (certain || close == 0) close = k;
    }
    // not the owners'.' : the mark behind the full stop is the one that closes.
    const bool doubled = close != 0 && close + 1 < singles.size() && can_close(singles[close + 1]) &&
                         singles[close + 1].range.begin == singles[close].range.end + 1 &&
                         singles[close].before == 's';
    if (doubled) k = ++close + 1;
    if (close != 0) pairs.push_back({singles[i].range, singles[close].range});
    i = k - 1;
  }
}

}  // namespace quote_attribution
