// What an article is called in the ledger, and where its files lie in the tree.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace stet {

inline constexpr size_t max_article_id = 200;  // bytes
inline constexpr uint32_t revisions_in_bucket = 32;

// Turns a URL, a file name or an id into an id. In this order:
//   1. Unicode NFC; ASCII letters become lower case; NFC again.
//   2. A URL (a scheme and "://") loses scheme, user and password, a leading "www.", query and fragment
//      and the slashes at its end. Anything else is a file name and loses its folder.
//   3. '-' takes the place of every character that is not '.', '-', '_' or alphanumeric: an ASCII letter
//      or digit, or any other character of general category L, M or N that is not default-ignorable.
//      A run of '-' becomes one.
//   4. Until none is left: '-' and '.' at both ends are dropped, and so are the endings .txt, .text, .md,
//      .markdown, .htm, .html, .git and .lock, in URLs too.
//   5. What is longer than 200 bytes is cut to at most 183 on a character's boundary, loses '-' and '.'
//      at its end, and gets '-' and the first 16 hex digits of SHA-256 over what it was before the cut.
// An id maps to itself. Different names can map to one id ("A b.md" and "a-b.txt").
// Throws std::runtime_error when nothing is left or the name is not UTF-8.
std::string article_id(std::string_view url_or_name);

// Path of an entry's file in the tree; `suffix` is "", ".text", ".report", ".sig",
// ".redacted", ".redacted.sig" or one of redaction_signatures():
// articles/<n>/<n>/<n>/<n>/<id>/<bucket>/r<revision><suffix>, where the <n> are the first four hex digits
// of SHA-256(id), <bucket> is (revision - 1) / 32 in at least 4 decimal digits and the revision has at
// least 5.
std::string entry_path(std::string_view article, uint32_t revision, std::string_view suffix);

// The folder of all of an article's revisions, without a slash at its end.
std::string article_path(std::string_view article);

}  // namespace stet
