#include <catch2/catch.hpp>

#include <string>

#include "html_spelling.hpp"

using namespace stet;

namespace {

// "decoded<spelled>" for each piece, "decoded" alone where both are the same, "decoded<?>" where it is not
// found.
std::string pieces(std::string_view text, const std::string& source) {
  std::string out;
  each_piece(text, source, {0, static_cast<uint32_t>(source.size())}, [&](std::string_view decoded, Range r) {
    const std::string spelled = source.substr(r.begin, r.end - r.begin);
    out += decoded;
    if (spelled != decoded) out += spelled.empty() ? "<?>" : "<" + spelled + ">";
    out += "|";
  });
  return out;
}

}  // namespace

TEST_CASE("character references are found where they are spelled") {
  CHECK(pieces("a & b", "a &amp; b") == "a |&<&amp;>| b|");
  CHECK(pieces("é—x", "&eacute;&#8212;x") == "é<&eacute;>|—<&#8212;>|x|");
  CHECK(pieces("\u2242\u0338!", "&NotEqualTilde;!") == "\u2242\u0338<&NotEqualTilde;>|!|");
  CHECK(pieces("&amp;", "&amp;amp;") == "&<&amp;>|amp;|");
}

TEST_CASE("a reference may lack its semicolon") {
  CHECK(pieces("©right x", "&copyright x") == "©<&copy>|right x|");
  CHECK(pieces("a&b", "a&ampb") == "a|&<&amp>|b|");
  CHECK(pieces("x©", "x&copy") == "x|©<&copy>|");
}

TEST_CASE("an ampersand that begins no reference stands for itself") {
  CHECK(pieces("AT&T & &nosuch; &", "AT&T & &nosuch; &") == "AT|&T| & |&nosuch|; &|");
  CHECK(pieces("&nosuch;", "&nosuch;<b>") == "&nosuch|;|");
}

TEST_CASE("references are found to be none where none are read") {
  CHECK(pieces("&eacute;&#65;", "&eacute;&#65;") == "&eacute|;|&#65|;|");
}

TEST_CASE("tags that the parser passed over stand in no piece") {
  CHECK(pieces("one two", "one </b>two") == "one |two|");
  CHECK(pieces("a < b", "a < b") == "a < b|");
}

TEST_CASE("what is not found is one piece without a place") {
  CHECK(pieces("one two", "one other") == "one |two<?>|");
  CHECK(pieces("one", "") == "one<?>|");
}

TEST_CASE("only the given place of the source is looked at") {
  std::string seen;
  each_piece("b", "ab", {1, 2}, [&](std::string_view decoded, Range r) {
    seen += std::string(decoded) + std::to_string(r.begin) + "-" + std::to_string(r.end);
  });
  CHECK(seen == "b1-2");
}
