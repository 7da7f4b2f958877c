#include "fold.hpp"

#include <stdexcept>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace stet {
namespace {

bool is_plain(unsigned char c) {
  return c < 0x80 && c > 0x20 && c != '`' && c != 0x7f;
}

bool is_number_form(char32_t c) {
  if (c < 0xB2) return false;
  const int type = u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_DECOMPOSITION_TYPE);
  return (type == U_DT_SUPER || type == U_DT_SUB || type == U_DT_FRACTION) &&
         u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_NUMERIC_TYPE) != U_NT_NONE;
}

char32_t next(std::string_view text, size_t& at) {
  UChar32 c;
  auto i = static_cast<int64_t>(at);
  U8_NEXT_OR_FFFD(text.data(), i, static_cast<int64_t>(text.size()), c);
  at = static_cast<size_t>(i);
  return static_cast<char32_t>(c);
}

void append(std::string& out, char32_t c) {
  uint8_t bytes[U8_MAX_LENGTH];
  int32_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, static_cast<UChar32>(c));
  out.append(reinterpret_cast<const char*>(bytes), static_cast<size_t>(size));
}

void append_nfkc(std::string& out, std::string_view text) {
  if (text.empty()) return;
  UErrorCode status = U_ZERO_ERROR;
  const auto* nfkc = icu::Normalizer2::getNFKCInstance(status);
  std::string normal;
  icu::StringByteSink<std::string> sink(&normal);
  if (U_SUCCESS(status))
    nfkc->normalizeUTF8(0, {text.data(), static_cast<int32_t>(text.size())}, sink, nullptr, status);
  if (U_FAILURE(status))
    throw std::runtime_error(std::string("icu cannot normalise: ") + u_errorName(status));
  out += normal;
}

// NFKC of everything but the numbers that it would turn into other numbers. Invisible characters go
// first: between a letter and its accent they would keep the two apart.
std::string normalised(std::string_view text) {
  std::string out, run;
  for (size_t at = 0; at < text.size();) {
    const char32_t c = next(text, at);
    if (is_invisible(c)) continue;
    if (!is_number_form(c)) {
      append(run, c);
      continue;
    }
    append_nfkc(out, run);
    run.clear();
    append(out, c);
  }
  append_nfkc(out, run);
  return out;
}

char32_t one_shape(char32_t c) {
  switch (c) {
    case U'“':
    case U'”':
    case U'„':
    case U'‟':
    case U'«':
    case U'»': return '"';
    case U'‘':
    case U'’':
    case U'‚':
    case U'‛':
    case U'`':
    case U'‹':
    case U'›': return '\'';
    case U'‐':
    case U'‑':
    case U'‒':
    case U'–':
    case U'—':
    case U'―':
    case U'−': return '-';
    default: return c;
  }
}

}  // namespace

// What most words and sentences are.
bool is_folded(std::string_view text) {
  bool blank = false;
  for (const unsigned char c : text) {
    if (c == ' ' ? blank : !is_plain(c)) return false;
    blank = c == ' ';
  }
  return true;
}

bool is_invisible(char32_t c) {
  return c == 0xAD || c == 0x200B;
}

std::string fold(std::string_view text) {
  if (is_folded(text)) return std::string(text);
  const std::string normal = normalised(text);
  std::string out;
  out.reserve(normal.size());
  for (size_t at = 0; at < normal.size();) {
    const char32_t c = next(normal, at);
    if (!u_isUWhiteSpace(static_cast<UChar32>(c)))
      append(out, one_shape(c));
    else if (out.empty() || out.back() != ' ')
      out += ' ';
  }
  return out;
}

}  // namespace stet
