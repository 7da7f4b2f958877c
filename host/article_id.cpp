#include "article_id.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "digest.hpp"
#include "utf8.hpp"

namespace stet {
namespace {

constexpr size_t hash_digits = 16;
constexpr std::string_view ends = "-.";
constexpr std::array<std::string_view, 8> endings{".txt",  ".text", ".md",  ".markdown",
                                                  ".html", ".htm",  ".git", ".lock"};

std::string nfc(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* form = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU has no normalization data");
  const auto source = icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
  std::string out;
  form->normalize(source, status).toUTF8String(out);
  if (U_FAILURE(status)) throw std::runtime_error("ICU cannot normalize a name");
  return out;
}

// A small letter can compose with a mark that its capital does not compose with (h and U+0331), hence
// the second normalization.
std::string folded(std::string_view text) {
  return nfc(ascii_lower(nfc(text)));
}

bool is_scheme(std::string_view text) {
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return !text.empty() && letter(text[0]) && std::all_of(text.begin(), text.end(), [&](char c) {
    return letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  });
}

std::string_view without_scheme(std::string_view text) {
  const size_t colon = text.find("://");
  return colon != text.npos && is_scheme(text.substr(0, colon)) ? text.substr(colon + 3) : std::string_view();
}

std::string_view url_part(std::string_view rest) {
  rest = rest.substr(0, rest.find_first_of("?#"));
  const size_t at = rest.substr(0, rest.find('/')).rfind('@');
  if (at != rest.npos) rest.remove_prefix(at + 1);
  if (rest.starts_with("www.")) rest.remove_prefix(4);
  return rest;
}

std::string_view file_part(std::string_view path) {
  const size_t last = path.find_last_not_of('/');
  if (last == path.npos) return {};
  path = path.substr(0, last + 1);
  const size_t slash = path.rfind('/');
  return slash == path.npos ? path : path.substr(slash + 1);
}

bool is_kept(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
  const auto character = static_cast<UChar32>(c);
  return (U_MASK(u_charType(character)) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)) != 0 &&
         !u_hasBinaryProperty(character, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

std::string with_hyphens(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const auto [value, size] = character_at(text, at);
    if (is_kept(value) && value != '-')
      out += text.substr(at, size);
    else if (!out.ends_with('-'))
      out += '-';
    at += size;
  }
  return out;
}

std::string_view without_ends(std::string_view text) {
  const size_t first = text.find_first_not_of(ends);
  return first == text.npos ? std::string_view()
                            : text.substr(first, text.find_last_not_of(ends) - first + 1);
}

std::string_view stripped(std::string_view text) {
  for (;;) {
    text = without_ends(text);
    const auto ending =
        std::find_if(endings.begin(), endings.end(), [&](std::string_view e) { return text.ends_with(e); });
    if (ending == endings.end()) return text;
    text.remove_suffix(ending->size());
  }
}

std::string shortened(std::string_view text) {
  if (text.size() <= max_article_id) return std::string(text);
  size_t cut = max_article_id - hash_digits - 1;
  while ((static_cast<unsigned char>(text[cut]) & 0xc0) == 0x80) --cut;
  return std::string(without_ends(text.substr(0, cut))) + '-' + sha256_hex(text).substr(0, hash_digits);
}

std::string padded(uint32_t number, size_t digits) {
  const std::string text = std::to_string(number);
  return std::string(text.size() < digits ? digits - text.size() : 0, '0') + text;
}

}  // namespace

std::string article_id(std::string_view url_or_name) {
  if (first_not_utf8(url_or_name)) throw std::runtime_error("an article's name is not UTF-8");
  const std::string text = folded(url_or_name);
  const auto rest = without_scheme(text);
  const std::string id = with_hyphens(rest.data() ? url_part(rest) : file_part(text));
  const auto kept = stripped(id);
  if (kept.empty())
    throw std::runtime_error("\"" + std::string(url_or_name) + "\" leaves nothing to name an article by");
  return shortened(kept);
}

std::string article_path(std::string_view article) {
  const auto digest = sha256(article);
  std::string path = "articles/";
  for (const char digit : hex({reinterpret_cast<const char*>(digest.data()), 2})) (path += digit) += '/';
  return path.append(article);
}

std::string entry_path(std::string_view article, uint32_t revision, std::string_view suffix) {
  const std::string bucket = padded((revision - 1) / revisions_in_bucket, 4);
  return article_path(article) + '/' + bucket + "/r" + padded(revision, 5) + std::string(suffix);
}

}  // namespace stet
