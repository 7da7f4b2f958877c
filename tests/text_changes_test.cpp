#include "text_changes.hpp"

#include <catch2/catch.hpp>

#include "edits.hpp"

namespace {

using Lines = std::vector<std::string>;

std::vector<stet::Change> compared(std::string_view before, std::string_view after) {
  return stet::text_changes(stet::Comparison(before, after));
}

Lines messages(const std::vector<stet::Change>& changes) {
  Lines out;
  for (const auto& c : changes) out.push_back(c.change + ": " + c.message);
  return out;
}

}  // namespace

TEST_CASE("edits a few words apart in one sentence are one change") {
  CHECK(messages(compared("The points were 26 or 28, depending on whom one asked, and more.",
                          "The points were 28, and more.")) ==
        Lines{"text-replaced: \"26 or 28, depending on whom one asked\" became \"28\""});
}

TEST_CASE("edits in two sentences are two changes") {
  CHECK(messages(compared("It was old. Rain fell then.", "It was new. Snow fell then.")) ==
        Lines{"text-replaced: \"old\" became \"new\"", "text-replaced: \"Rain\" became \"Snow\""});
}

TEST_CASE("a number that lost its point is a change") {
  CHECK(messages(compared("It cost 3.5 million.", "It cost 35 million.")) ==
        Lines{"text-replaced: \"3.5\" became \"35\""});
  CHECK(messages(compared("It cost 26 or 28.", "It cost 26 or 29.")) ==
        Lines{"text-replaced: \"28\" became \"29\""});
}

TEST_CASE("the typography of one paragraph is one change") {
  const auto changes =
      compared("He said ‘so’ – and left.\nDon’t go.\n", "He said 'so' - and left.\nDon't go.\n");
  CHECK(messages(changes) == Lines{"typography: typography alone: ‘ … ’ … – became ' … ' … -",
                                   "typography: typography alone: Don’t became Don't"});
}

TEST_CASE("white space that grew or turned into a line break is no change") {
  CHECK(compared("One two. Three four.", "One  two.\nThree\u00A0four.\n").empty());
}

TEST_CASE("a space missing before a mark is a change of typography") {
  CHECK(messages(compared("So Ann\"We go\" then.", "So Ann \"We go\" then.")) ==
        Lines{"typography: typography alone: white space between words"});
}

TEST_CASE("a move of several sentences is one change, even when its typography changed") {
  const std::string tail = "Rain fell on the old weir all day.\nBoats lay low.\nNobody came that night.\n";
  const auto changes =
      compared("The miller’s dog kept still all night. So it was. He never asked it why, did he?\n" + tail,
               tail + "The miller's dog kept still all night. So it was. He never asked it why, did he?\n");
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].change == "text-moved");
  CHECK(changes[0].before->begin == 0);
  CHECK(changes[0].after->begin == tail.size());
}

TEST_CASE("messages shorten long words, evidence is cut at 2,000 bytes between characters and says so") {
  std::string added;
  for (int i = 0; i < 900; ++i) added += "été ";
  const auto changes = compared("Rain fell.", "Rain fell. " + added + "over.");
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].message.size() < 250);
  CHECK(changes[0].message.find("…") != std::string::npos);
  const auto kept = changes[0].evidence["after"].get<std::string>();
  CHECK(kept.size() <= 2000);
  CHECK(kept.size() > 1990);
  CHECK(changes[0].evidence["truncated"] == true);
  CHECK_NOTHROW(changes[0].evidence.dump());  // throws for half a character
}

TEST_CASE("messages are one line") {
  const auto changes = compared("Rain fell.\n", "Rain fell.\nOne line.\nAnother line.\n");
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].message == "\"One line. Another line.\" was added");
  CHECK(changes[0].evidence["after"] == "One line.\nAnother line.");
}

TEST_CASE("an excerpt holds about 80 characters and ends between words") {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "漢字語 ";
  const auto cut = stet::excerpt(text);
  CHECK(cut.size() < 4 * 90);
  CHECK(cut.ends_with("漢字語…"));
  CHECK(stet::excerpt(" a\n b ") == "a b");
  CHECK(stet::excerpt(std::string(3000, 'x')) == std::string(80, 'x') + "…");
}

TEST_CASE("edges of edits are the words that differ") {
  const auto edits = stet::edits_between("a b c d", "a x c");
  REQUIRE(edits.size() == 2);
  CHECK(edits[0].before == stet::Range{2, 3});
  CHECK(edits[0].after == stet::Range{2, 3});
  CHECK(edits[1].before == stet::Range{6, 7});
  CHECK(edits[1].after == stet::Range{5, 5});
  CHECK(stet::edits_between("a  “b”", "a \"b\"").empty());
  CHECK(stet::edits_between("", "").empty());
}
