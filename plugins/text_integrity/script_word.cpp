#include "script_word.hpp"

#include <stet/text.hpp>

namespace text_integrity {

namespace {

template <class Take>
void each_character(std::string_view word, const Take& take) {
  for (size_t at = 0; at < word.size();) {
    const auto c = stet::sdk::character_at(word, at);
    take(c.code);
    at += c.size;
  }
}

bool is_scripted_letter(char32_t c) {
  return is_letter(c) && has_script(c);
}

// First pass: which scripts. The second needs to know the one beside Latin.
void count_scripts(std::string_view word, ScriptWord& out) {
  Script last{};
  each_character(word, [&](char32_t c) {
    if (!is_scripted_letter(c)) return;
    const Script script = script_of(c);
    const bool is_latin = script == latin;
    if (out.runs == 0) out.latin_first = is_latin;
    if (script != last) ++out.runs;
    last = script;
    out.several = out.several || (!is_latin && out.others > 0 && script != out.other);
    if (!is_latin) out.other = script;
    ++(is_latin ? out.latins : out.others);
    if (is_latin && is_upper(c)) ++out.latin_capitals;
    out.has_latin_i = out.has_latin_i || c == 'I' || c == 'i';
  });
}

bool has_plain_case(std::string_view word) {
  unsigned letters = 0, capitals = 0;
  bool capital_first = false;
  each_character(word, [&](char32_t c) {
    if (!is_letter(c)) return;
    if (letters++ == 0) capital_first = is_upper(c);
    capitals += is_upper(c);
  });
  return capitals == 0 || capitals == letters || (capitals == 1 && capital_first);
}

char32_t other_for(char32_t c, Script script, const LookAlikes& look_alikes) {
  return c < 0x80 ? look_alikes.letter_for(static_cast<char>(c), script) : 0;
}

}  // namespace

ScriptWord read_script_word(std::string_view text, Range range, const LookAlikes& look_alikes) {
  ScriptWord word;
  word.range = range;
  count_scripts(slice(text, range), word);
  word.plain_case = has_plain_case(slice(text, range));
  each_character(slice(text, range), [&](char32_t c) {
    if (!is_scripted_letter(c)) return;
    if (script_of(c) == latin)
      word.latins_look_other = word.latins_look_other && other_for(c, word.other, look_alikes) != 0;
    else
      word.others_look_latin = word.others_look_latin && !look_alikes.latin_for(c).empty();
  });
  return word;
}

std::string in_latin(std::string_view word, const LookAlikes& look_alikes) {
  std::string out;
  each_character(word, [&](char32_t c) {
    const std::string_view latin_letter = look_alikes.latin_for(c);
    if (latin_letter.empty())
      stet::sdk::append_utf8(out, c);
    else
      out += latin_letter;
  });
  return out;
}

std::string in_script(std::string_view word, Script script, const LookAlikes& look_alikes) {
  std::string out;
  each_character(word, [&](char32_t c) {
    const char32_t other = other_for(c, script, look_alikes);
    stet::sdk::append_utf8(out, other != 0 ? other : c);
  });
  return out;
}

}  // namespace text_integrity
