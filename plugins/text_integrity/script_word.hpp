// A word by the scripts of its letters.
#pragma once

#include <string>
#include <string_view>

#include "unicode.hpp"
#include "words.hpp"

namespace text_integrity {

struct ScriptWord {
  Range range{0, 0};
  Script other{};        // the script beside Latin
  bool several = false;  // more than one beside Latin
  unsigned latins = 0, others = 0;
  unsigned latin_capitals = 0;
  unsigned runs = 0;  // stretches of letters of one script
  bool latin_first = false;
  bool plain_case = true;  // all small, all capital, or one capital in front
  bool others_look_latin = true;
  bool latins_look_other = true;
  bool has_latin_i = false;  // Latin I or i
};

ScriptWord read_script_word(std::string_view text, Range range, const LookAlikes& look_alikes);

// The same word with every letter in Latin script, or in `script`; letters without a look-alike stay.
std::string in_latin(std::string_view word, const LookAlikes& look_alikes);
std::string in_script(std::string_view word, Script script, const LookAlikes& look_alikes);

}  // namespace text_integrity
