#include "fold.hpp"

#include <catch2/catch.hpp>

using stet::fold;

TEST_CASE("quotation marks of any shape fold to one") {
  for (const char* mark : {"“", "”", "„", "«", "»", "\""}) CHECK(fold(mark) == "\"");
  for (const char* mark : {"‘", "’", "‚", "`", "'"}) CHECK(fold(mark) == "'");
}

TEST_CASE("dashes fold to one, and so does the minus sign") {
  for (const char* dash : {"-", "‐", "‑", "–", "—", "−"}) CHECK(fold(dash) == "-");
}

TEST_CASE("an ellipsis is three dots") {
  CHECK(fold("well…") == "well...");
}

TEST_CASE("white space collapses to one space, whatever it was") {
  CHECK(fold("a \t\n\u00A0\u2003b") == "a b");
  CHECK(fold("a b") == "a b");
  CHECK(fold("") == "");
}

TEST_CASE("soft hyphens and zero-width spaces are gone, also between a letter and its accent") {
  CHECK(fold("har\u00ADbour\u200B") == "harbour");
  CHECK(fold("e\u200B\u0301") == "é");
}

TEST_CASE("composed and decomposed letters are equal, and so are ligatures and wide forms") {
  CHECK(fold("cafe\u0301") == fold("café"));
  CHECK(fold("ﬁsh") == "fish");
  CHECK(fold("ＡＢＣ") == "ABC");
}

TEST_CASE("letter case and letters that only look alike stay different") {
  CHECK(fold("May") != fold("may"));
  CHECK(fold("TOP") != fold("ТОР"));
}

TEST_CASE("a raised digit or a fraction never becomes another number") {
  CHECK(fold("10²") == "10²");
  CHECK(fold("5½") == "5½");
  CHECK(fold("10²") != fold("102"));
  CHECK(fold("“10²”") == "\"10²\"");
}

TEST_CASE("folding twice is folding once") {
  for (const char* text : {"“a”  –\u00AD b…", "e\u0301² ﬁ", " \u200B ", "¨ ´ ˚", "漢字　かな", "👩\u200D🚀"}) {
    CAPTURE(text);
    CHECK(fold(fold(text)) == fold(text));
  }
}

TEST_CASE("bytes that are not UTF-8 fold to the replacement character") {
  CHECK(fold("a\xFFz") == "a\uFFFDz");
  CHECK(fold("\xE2\x80") == "\uFFFD");
}
