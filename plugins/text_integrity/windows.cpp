#include "windows.hpp"

#include <stet/text.hpp>

#include <array>

namespace text_integrity {

namespace {

// Bytes 0x80 to 0x9F.
constexpr std::array<char32_t, 32> upper_controls{
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

bool is_one_of(char32_t c, std::u32string_view list) {
  return list.find(c) != list.npos;
}

bool is_strong(char32_t c) {
  return (c >= 0x80 && c <= 0x9F) || is_one_of(c, U"€ƒˆ‰˜¡¢£¤¥¦§¨¬¯±´µ¶¸¼½¾¿‚„");
}

// Not the quotation marks, dashes and dots that end words every day.
bool is_weak(char32_t c) {
  return is_one_of(c, U"©®™°²³¹ªº†‡šžœŠŽŒŸ\u00A0\u00AD");
}

}  // namespace

int windows_byte(char32_t c) {
  if (c >= 0x80 && c <= 0xFF) return static_cast<int>(c);
  if (c < 0x80) return -1;
  for (size_t i = 0; i < upper_controls.size(); ++i)
    if (upper_controls[i] == c) return static_cast<int>(0x80 + i);
  return -1;
}

char32_t windows_character(unsigned byte) {
  return byte >= 0x80 && byte <= 0x9F ? upper_controls[byte - 0x80] : 0;
}

Misread read_misread(std::string_view text, size_t at) {
  const auto lead = stet::sdk::character_at(text, at);
  // The lead of a sequence is a Latin-1 letter: U+00C2 to U+00F4.
  if (lead.code < 0xC2 || lead.code > 0xF4) return {};
  Misread found;
  found.bytes = lead.code >= 0xF0 ? 4 : lead.code >= 0xE0 ? 3 : 2;
  std::string bytes(1, static_cast<char>(lead.code));
  size_t end = at + lead.size;
  for (unsigned i = 1; i < found.bytes; ++i) {
    const auto c = stet::sdk::character_at(text, end);
    const int byte = windows_byte(c.code);
    if (byte < 0x80 || byte > 0xBF) return {};
    found.strong = found.strong || is_strong(c.code);
    found.weak = found.weak || is_weak(c.code);
    bytes += static_cast<char>(byte);
    end += c.size;
  }
  const auto whole = stet::sdk::character_at(bytes, 0);
  if (whole.size != bytes.size()) return {};
  found.code = whole.code;
  found.size = static_cast<uint32_t>(end - at);
  return found;
}

std::string reread(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const Misread next = read_misread(text, at);
    if (next.size == 0) return {};
    stet::sdk::append_utf8(out, next.code);
    at += next.size;
  }
  return out;
}

}  // namespace text_integrity
