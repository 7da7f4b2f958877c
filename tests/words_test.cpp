#include "words.hpp"

#include <catch2/catch.hpp>

using stet::Range;

namespace {

// Words in brackets, marks without.
std::string shown(std::string_view text) {
  std::string out;
  for (const auto& w : stet::words_of(text)) {
    const auto view = text.substr(w.range.begin, w.range.end - w.range.begin);
    out += w.mark ? std::string(view) : "[" + std::string(view) + "]";
  }
  return out;
}

std::string core(std::string_view text) {
  const auto r = stet::without_edges(text, {0, static_cast<uint32_t>(text.size())});
  return std::string(text.substr(r.begin, r.end - r.begin));
}

}  // namespace

TEST_CASE("words and marks are told apart, and white space is in neither") {
  CHECK(shown("We go, now.") == "[We][go],[now].");
  CHECK(shown(" \n\t ") == "");
  CHECK(shown("") == "");
}

TEST_CASE("punctuation inside a number belongs to it") {
  CHECK(shown("3.5 million") == "[3.5][million]");
  CHECK(shown("35 million") == "[35][million]");
  CHECK(shown("1,200 of 7-8 at 10:30, 2031-04-05.") == "[1,200][of][7-8][at][10:30],[2031-04-05].");
  CHECK(shown("7–8 or 5.") == "[7–8][or][5].");
}

TEST_CASE("an apostrophe inside a word belongs to it, one at its edge does not") {
  CHECK(shown("don’t don't") == "[don’t][don't]");
  CHECK(shown("‘go’") == "‘[go]’");
  CHECK(shown("the boys' hats") == "[the][boys]'[hats]");
}

TEST_CASE("a row of dots is one mark") {
  CHECK(stet::words_of("well...").size() == 2);
}

TEST_CASE("ideographs are words each; accents and joined emoji are not") {
  CHECK(stet::words_of("漢字").size() == 2);
  CHECK(stet::words_of("cafe\u0301s").size() == 1);
  CHECK(stet::words_of("👩\u200D🚀").size() == 1);
  CHECK(stet::words_of("👍🏽").size() == 1);
  CHECK(stet::words_of("har\u00ADbour").size() == 1);
}

TEST_CASE("letters and digits together are one word") {
  CHECK(shown("G20 18F") == "[G20][18F]");
}

TEST_CASE("every byte that is not white space is in exactly one word") {
  for (const std::string text :
       {"a“b”c", "\u0301a", "\xFF\xE2\x80z", "\u202Eab", "1.", ".1", "'", "👩\u200D"}) {
    size_t covered = 0;
    uint32_t end = 0;
    for (const auto& w : stet::words_of(text)) {
      CHECK(w.range.begin >= end);
      CHECK(w.range.begin < w.range.end);
      covered += w.range.end - w.range.begin;
      end = w.range.end;
    }
    CAPTURE(text);
    CHECK(covered == text.size());
  }
}

TEST_CASE("ranges count from the offset given") {
  CHECK(stet::words_of("a b", 10)[1].range == Range{12, 13});
}

TEST_CASE("quotation marks, dashes and stops at the edges are set aside, other marks are not") {
  CHECK(core("“We go,”") == "We go");
  CHECK(core("– ‘So.’ ") == "So");
  CHECK(core("50%") == "50%");
  CHECK(core("$3.5") == "$3.5");
  CHECK(core("[The] plan?") == "[The] plan?");
  CHECK(core("“…”") == "");
  CHECK(core("") == "");
}

TEST_CASE("edges of a range beyond the text are pulled in") {
  CHECK(stet::without_edges("abc", {1, 900}) == Range{1, 3});
  CHECK(stet::without_edges("abc", {900, 901}) == Range{3, 3});
  CHECK(stet::without_edges("abc", {2, 1}) == Range{1, 1});
}

TEST_CASE("words equal after folding get one number, others never do") {
  stet::Numbering numbering;
  const auto plain = numbering.folded("don't");
  CHECK(numbering.folded("don’t") == plain);
  CHECK(numbering.folded("don’t") == plain);
  CHECK(numbering.folded("Don't") != plain);
  CHECK(numbering.folded("“") == numbering.folded("\""));
  CHECK(numbering.folded("3.5") != numbering.folded("35"));
}

TEST_CASE("only words count as words") {
  CHECK(stet::count_words("“We go – 3.5 km!”") == 4);
}
