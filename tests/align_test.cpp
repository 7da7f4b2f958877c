#include "align.hpp"

#include <algorithm>
#include <chrono>
#include <random>

#include <catch2/catch.hpp>

#include "sandbox.hpp"
#include "words.hpp"

using Kind = stet::Segment::Kind;
using stet::Range;

namespace {

std::string_view part(std::string_view text, Range r) {
  return text.substr(r.begin, r.end - r.begin);
}

Range find(std::string_view text, std::string_view words) {
  const auto at = text.find(words);
  REQUIRE(at != text.npos);
  return {static_cast<uint32_t>(at), static_cast<uint32_t>(at + words.size())};
}

std::string shown(Kind kind, const std::string& before, const std::string& after) {
  switch (kind) {
    case Kind::same: return "";
    case Kind::typography: return "~" + before + ">" + after + "|";
    case Kind::replaced: return before + ">" + after + "|";
    case Kind::removed: return "-" + before + "|";
    case Kind::added: return "+" + after + "|";
    case Kind::moved: return "^" + after + "|";
  }
  return "no kind";
}

// One line for each segment that is not `same`: "-gone", "+came", "a>b", "~a>b" typography, "^moved".
std::string shown(std::string_view before, std::string_view after) {
  std::string out;
  for (const auto& s : stet::align(before, after).segments)
    out += shown(s.kind, std::string(part(before, s.before)), std::string(part(after, s.after)));
  return out;
}

std::string without_space(std::string_view text) {
  std::string left(text);
  std::erase_if(left, [](char c) { return c == ' ' || c == '\n'; });
  return left;
}

std::string shown_without_space(std::string_view before, std::string_view after) {
  std::string out;
  for (const auto& s : stet::align(before, after).segments) {
    const auto b = without_space(part(before, s.before)), a = without_space(part(after, s.after));
    if (!b.empty() || !a.empty()) out += shown(s.kind, b, a);
  }
  return out;
}

bool is_white(std::string_view text) {
  return stet::words_of(text).empty();
}

std::string fault_of(std::string_view before, std::string_view after, const stet::Segment& s) {
  const auto b = part(before, s.before), a = part(after, s.after);
  switch (s.kind) {
    case Kind::same:
    case Kind::moved: return b == a ? "" : "differs to the byte";
    case Kind::typography:
      return stet::fold(b) == stet::fold(a) || (is_white(b) && is_white(a))
                 ? ""
                 : "differs in more than typography";
    case Kind::replaced: return b.empty() || a.empty() ? "replaced has an empty side" : "";
    case Kind::removed: return b.empty() || !a.empty() ? "removed is not on the older side alone" : "";
    case Kind::added: return !b.empty() || a.empty() ? "added is not on the newer side alone" : "";
  }
  return "no kind";
}

// What is wrong with the alignment of two texts; empty when every promise holds.
std::string fault(std::string_view before, std::string_view after) {
  const auto alignment = stet::align(before, after);
  uint32_t at = 0;
  for (const auto& s : alignment.segments) {
    if (s.after.begin != at) return "the newer text is not covered";
    at = s.after.end;
    if (auto wrong = fault_of(before, after, s); !wrong.empty()) return wrong;
  }
  if (at != after.size()) return "the end of the newer text is not covered";
  at = 0;
  for (const uint32_t i : alignment.by_before) {
    if (alignment.segments[i].before.begin != at) return "the older text is not covered";
    at = alignment.segments[i].before.end;
  }
  return at == before.size() ? "" : "the end of the older text is not covered";
}

std::string random_text(std::mt19937& random, const std::vector<std::string>& pieces, size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i) text += pieces[random() % pieces.size()];
  return text;
}

const std::vector<std::string> pieces{"a ",
                                      "b",
                                      "the ",
                                      "go. ",
                                      "\n",
                                      "  ",
                                      "“",
                                      "”",
                                      "\"",
                                      "\u00AD",
                                      "é",
                                      "e\u0301",
                                      "漢",
                                      "字",
                                      "🙂",
                                      "👩\u200D🚀",
                                      "3.5 ",
                                      "35",
                                      "…",
                                      "...",
                                      "\xFF",
                                      "\xE2\x80",
                                      "–",
                                      "\u202E",
                                      "We row there now and then. ",
                                      "No. ",
                                      "So say all of them, too. ",
                                      "\n\n"};

double seconds(std::string_view before, std::string_view after) {
  const auto start = std::chrono::steady_clock::now();
  CHECK_FALSE(stet::align(before, after).segments.empty());
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

TEST_CASE("identical texts are one segment") {
  const std::string text = "Mud rose.\nThe weir held.\n";
  CHECK(stet::align(text, text).segments == std::vector<stet::Segment>{{Kind::same, {0, 25}, {0, 25}}});
}

TEST_CASE("an empty text against another is all added or all removed") {
  CHECK(stet::align("", "").segments.empty());
  CHECK(shown("", "The weir held.") == "+The weir held.|");
  CHECK(shown("The weir held.", "") == "-The weir held.|");
}

TEST_CASE("one word for another is one replaced word") {
  CHECK(shown("The weir held well.", "The weir held badly.") == "well>badly|");
}

TEST_CASE("a point inside a number is not lost") {
  CHECK(shown("It cost 3.5 million.", "It cost 35 million.") == "3.5>35|");
  CHECK(shown("June 7-8 it was", "June 78 it was") == "7-8>78|");
}

TEST_CASE("typography is not a change of words") {
  CHECK(shown("He said “so”.", "He said \"so\".") == "~“>\"|~”>\"|");
  CHECK(shown("It was don’t – so", "It was don't - so") == "~don’t>don't|~–>-|");
  CHECK(shown("the cafe\u0301 is", "the café is") == "~cafe\u0301>café|");
}

TEST_CASE("white space that differs between words is typography") {
  CHECK(shown("a  b", "a b") == "~  > |");
  CHECK(shown("Ann“We go", "Ann “We go") == "~> |");
}

TEST_CASE("words put in and left out are where they stand") {
  CHECK(shown("as was heard there", "as was reportedly heard there") == "+reportedly |");
  CHECK(shown("the very old weir", "the old weir") == "-very |");
}

TEST_CASE("a letter of another script is another word") {
  CHECK(shown("TOP deck", "ТОР deck") == "TOP>ТОР|");
}

TEST_CASE("a paragraph that stands elsewhere has moved") {
  const std::string before =
      "One came first.\nThe miller kept his own counsel.\nThree came last.\nFour too.\n";
  const std::string after =
      "One came first.\nThree came last.\nFour too.\nThe miller kept his own counsel.\n";
  CHECK(shown(before, after) == "^The miller kept his own counsel.\n|");
}

TEST_CASE("a sentence that moves into another paragraph has moved") {
  const std::string before =
      "Rain fell. The miller kept his own counsel. Ducks swam.\nNight came at last over it.";
  const std::string after =
      "Rain fell. Ducks swam.\nNight came at last over it. The miller kept his own counsel.";
  CHECK(shown(before, after).find("^The miller kept his own counsel.") != std::string::npos);
  CHECK(fault(before, after) == "");
}

TEST_CASE("a moved sentence may change its quotation marks on the way") {
  const std::string before =
      "“We shall row there,” she told him.\nRain fell on the old weir all day.\nOne.\nTwo.\n";
  const std::string after =
      "Rain fell on the old weir all day.\nOne.\nTwo.\n\"We shall row there,\" she told him.\n";
  CHECK(shown(before, after) == "~“>\"|^We shall row there,|~”>\"|^ she told him.\n|");
}

TEST_CASE("short sentences move along with a long one, and not alone") {
  const std::string tail = "Rain fell on the old weir all day.\nBoats lay low.\n";
  CHECK(shown("Yes. The miller kept his own counsel. No.\n" + tail,
              tail + "Yes. The miller kept his own counsel. No.\n") ==
        "^Yes. The miller kept his own counsel. No.\n|");
  CHECK(shown("Yes, we go.\n" + tail, tail + "Yes, we go.\n") == "-Yes, we go.\n|+Yes, we go.\n|");
}

TEST_CASE("short sentences on either side of a moved sentence move along into another paragraph") {
  const std::string moving = "Yes. The miller kept his own counsel. No.";
  CHECK(shown("Rain fell. " + moving + " Ducks swam. Mud rose. Geese slept.\nNight came at last over it.\n",
              "Rain fell. Ducks swam. Mud rose. Geese slept.\nNight came at last over it. " + moving + "\n")
            .find("^Yes. The miller kept his own counsel. No.") != std::string::npos);
}

TEST_CASE("a word that two rewritten sentences happen to share does not tie them together") {
  CHECK(shown("Old boats lay low under the grey bridge all day.",
              "Nobody saw who took the last two barges away.") ==
        "Old boats lay low under the grey bridge all day>Nobody saw who took the last two barges away|");
}

TEST_CASE("a range is found again on the other side") {
  const std::string before = "Rain fell. She said we go now and left.",
                    after = "She said we run now and left.";
  const auto alignment = stet::align(before, after);
  const auto there = alignment.to_after(find(before, "we go now"));
  REQUIRE(there);
  CHECK(part(after, *there) == "we run now");
  CHECK(part(before, *alignment.to_before(*there)) == "we go now");
  CHECK_FALSE(alignment.to_after(find(before, "Rain fell.")));
  CHECK_FALSE(alignment.to_after(find(before, "go")));
}

TEST_CASE("a range is found again across a move") {
  const std::string tail = "Rain fell on the old weir all day.\nBoats lay low.\n";
  const std::string before = "The miller kept his own counsel.\n" + tail;
  const std::string after = tail + "The miller kept his own counsel.\n";
  const auto there = stet::align(before, after).to_after(find(before, "own counsel"));
  REQUIRE(there);
  CHECK(part(after, *there) == "own counsel");
}

TEST_CASE("odd ranges map to nothing and touch nothing") {
  const auto alignment = stet::align("a b", "a c");
  for (const Range odd : {Range{0, 0}, Range{9, 20}, Range{3, 1}, Range{UINT32_MAX, UINT32_MAX}}) {
    CHECK_FALSE(alignment.to_after(odd));
    CHECK_FALSE(alignment.to_before(odd));
  }
  CHECK(alignment.at_before(3) == nullptr);
  CHECK(alignment.at_before(2)->kind == Kind::replaced);
}

TEST_CASE("every byte is in one segment, and every segment is what it says") {
  std::mt19937 random(21);
  for (int round = 0; round < 5000; ++round) {
    const std::string before = random_text(random, pieces, random() % 25);
    std::string after = before;
    for (int edit = int(random() % 5); edit > 0; --edit) {
      const size_t at = random() % (after.size() + 1);
      if (random() % 2)
        after.insert(at, pieces[random() % pieces.size()]);
      else
        after.erase(at, random() % 9);
    }
    if (random() % 5 == 0) after = random_text(random, pieces, random() % 25);
    if (const auto wrong = fault(before, after); !wrong.empty())
      FAIL(wrong << "\n--- before\n" << before << "\n--- after\n" << after);
  }
}

// A line that white space begins is always taken apart into words, and its words are the same.
TEST_CASE("lines that are aligned whole are aligned as their words would be") {
  const std::vector<std::string> begin{"The weir held on Monday ", "The weir held “here” ",
                                       "The weir held \"here\" ", "We row there now and then, ", "“No.” "},
      middle{"and it’s said ", "and it's said ", "and nobody saw the mud rise. ", "漢字 "},
      end{"by night.", "by night”", "by night …", "no. \"", "again\u00AD", "\""};
  std::mt19937 random(11);
  const auto one_of = [&](const auto& all) { return all[random() % all.size()]; };
  const auto line = [&] {
    return one_of(begin) + one_of(middle) + std::to_string(random() % 9) + one_of(end);
  };
  const auto joined = [](const std::vector<std::string>& lines, const std::string& indent) {
    std::string text;
    for (const auto& l : lines) text += indent + l + "\n";
    return text;
  };
  for (int i = 0; i < 3000; ++i) {
    std::vector<std::string> before(random() % 9 + 1), after;
    for (auto& l : before) l = line();
    for (const auto& l : before) {
      if (random() % 8 > 0) after.push_back(random() % 5 == 0 ? line() : l);
      if (random() % 8 == 0) after.push_back(one_of(before));
    }
    if (after.size() > 1 && random() % 3 == 0) std::swap(after.front(), after[random() % after.size()]);
    const auto whole = shown_without_space(joined(before, ""), joined(after, ""));
    const auto apart = shown_without_space(joined(before, " "), joined(after, " "));
    INFO(joined(before, "") << "----\n" << joined(after, ""));
    CHECK(whole == apart);
  }
}

TEST_CASE("CJK without spaces aligns character by character") {
  CHECK(shown("今日は雨が降った。", "今日は雪が降った。") == "雨>雪|");
}

TEST_CASE("joined emoji are replaced as a whole") {
  CHECK(shown("so 👩\u200D🚀 x", "so 👩\u200D🌾 x") == "👩\u200D🚀>👩\u200D🌾|");
}

TEST_CASE("hostile texts are aligned in time that does not explode") {
  // Sanitizers see a quarter of it.
  constexpr size_t size = stet::sandbox::built_with_sanitizers() ? 250000 : 1000000;
  std::mt19937 random(22);
  const auto text = [&](uint32_t kinds, const char* between) {
    std::string out;
    while (out.size() < size) out += "w" + std::to_string(random() % kinds) + between;
    return out;
  };
  // Sanitizers and busy machines take their share; what is guarded against would take hours.
  constexpr double limit = 30;
  CHECK(seconds(text(2, " "), text(2, " ")) < limit);
  CHECK(seconds(text(1000000, " "), text(1000000, " ")) < limit);
  CHECK(seconds(text(100, "\n"), text(100, "\n")) < limit);
  CHECK(seconds(text(3, ". "), text(3, ". ")) < limit);
  std::string the, quotes;
  for (size_t i = 0; i < size / 10; ++i) the += "the ", quotes += "“";
  CHECK(seconds(the, "a " + the.substr(0, size / 10 * 3) + "b") < limit);
  CHECK(seconds(quotes, std::string(size, '.')) < limit);
  CHECK(seconds(std::string(size, '\''), std::string(size / 2, 'a')) < limit);
}
