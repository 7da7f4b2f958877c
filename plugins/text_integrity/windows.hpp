// Text that was UTF-8 and was read as Windows-1252 (or Latin-1).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace text_integrity {

// The byte that Windows-1252 reads as `c`; for the controls U+0080 to U+009F the byte of the same number, as
// Latin-1 and web browsers do. -1 if there is none.
int windows_byte(char32_t c);

// What Windows-1252 has at a byte from 0x80 to 0x9F; 0 if nothing.
char32_t windows_character(unsigned byte);

// Characters that are, byte by byte, one UTF-8 sequence.
struct Misread {
  char32_t code = 0;   // what the sequence stands for
  uint32_t size = 0;   // of what is in the text, in bytes; 0: there is none
  unsigned bytes = 0;  // of the sequence: 2 to 4
  bool strong =
      false;  // one of them is a sign that never follows a letter in honest text: €, ¢, ¿, a control
  bool weak = false;  // or one that seldom does: ©, °, ™
};
Misread read_misread(std::string_view text, size_t at);

// `text` read the right way, if all of it is such sequences; else empty.
std::string reread(std::string_view text);

}  // namespace text_integrity
