// The pieces that all renderings share.
#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

#include "render/difference.hpp"
#include "render/fill.hpp"
#include "render/marks.hpp"
#include "render/places.hpp"
#include "render/verdict.hpp"
#include "render/view.hpp"
#include "render/visible.hpp"
#include "render_samples.hpp"

using namespace samples;

TEST_CASE("escape sequences and other controls are shown as code points") {
  CHECK(visible("a\x1b[31mb\x07") == "a<U+001B>[31mb<U+0007>");
  CHECK(visible("\x7f\u0085\u009B") == "<U+007F><U+0085><U+009B>");
}

TEST_CASE("what would reorder or hide text is shown as its code point") {
  CHECK(visible("a\u202Eb\u2066c\u200Fd\u061Ce") == "a<U+202E>b<U+2066>c<U+200F>d<U+061C>e");
  CHECK(visible("a\u200Bb\uFEFFc\u00ADd\u2028e") == "a<U+200B>b<U+FEFF>c<U+00AD>d<U+2028>e");
  CHECK(visible("\uFFFE\U000E0041") == "<U+FFFE><U+E0041>");
}

TEST_CASE("letters, marks, joiners and signs of any script are kept") {
  const std::string text = "été — “ja” Ж 日本 नमस्\u200Dते \u0600\U0001F600";
  CHECK(visible(text) == text);
}

TEST_CASE("white space of any kind is a space") {
  CHECK(visible("a\tb\r\nc\u00A0d") == "a b  c d");
}

TEST_CASE("a byte that is not UTF-8 is shown as the replacement character") {
  CHECK(visible("a\xFFz\xE2\x80") == "a\uFFFDz\uFFFD");
  CHECK(visible("\xC0\xAF").find('/') == std::string::npos);
}

TEST_CASE("columns are those of a terminal") {
  CHECK(columns("abc") == 3);
  CHECK(columns("日本") == 4);
  CHECK(columns("e\u0301te\u0301") == 3);
  CHECK(columns("\x1b") == 8);  // <U+001B>
  CHECK(columns("\u1100\u1161\u11A8") == 2);
  CHECK(columns("") == 0);
}

TEST_CASE("clipped text keeps its limit and says that it was cut") {
  CHECK(clipped("ferry", 5) == "ferry");
  CHECK(clipped("ferries", 5) == "ferr…");
  CHECK(clipped("日本語", 5) == "日本…");
  for (const std::string text : {"日a本b語c", "e\u0301\u0301e\u0301xyz", "\x1b\x1b\x1b", "plain words"})
    for (unsigned limit = 1; limit < 20; ++limit) CHECK(columns(clipped(text, limit)) <= limit);
}

TEST_CASE("reading glyphs backwards gives the same glyphs") {
  const std::string text = "aé日\u202E\xFF\xE2\x80x\U0001F600\xC0";
  std::vector<std::string> forwards, backwards;
  for (size_t i = 0; i < text.size();) forwards.push_back(next_glyph(text, i).shown);
  for (size_t i = text.size(); i > 0;) backwards.push_back(previous_glyph(text, i).shown);
  std::ranges::reverse(backwards);
  CHECK(forwards == backwards);
}

TEST_CASE("a range is cut to the text and to whole characters") {
  const std::string text = "aé日b";
  CHECK(within(text, {0, 99}) == Range{0, 7});
  CHECK(within(text, {50, 99}) == Range{7, 7});
  CHECK(within(text, {2, 4}) == Range{1, 6});
  CHECK(within(text, {5, 2}).begin <= within(text, {5, 2}).end);
}

TEST_CASE("positions found in one pass are those that position_of gives") {
  const std::string text = "één\n\n日本 x\nlast “line”";
  std::vector<uint32_t> offsets;
  for (uint32_t i = static_cast<uint32_t>(text.size()) + 1; i-- > 0;)
    if (i == text.size() || (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) offsets.push_back(i);
  const auto found = positions(text, offsets);
  REQUIRE(found.size() == offsets.size());
  for (size_t i = 0; i < offsets.size(); ++i) {
    const auto expected = position_of(text, offsets[i]);
    CHECK(to_string(found[i]) == to_string(expected));
  }
  CHECK(to_string(positions(text, {10'000}).front()) == to_string(found.front()));
}

TEST_CASE("an excerpt fits its columns and shows its range, wherever that stands") {
  const std::string text = "first line\nThe ferry 日本丸 left “at\x1b dawn” and e\u0301te\u0301 came\nlast";
  for (uint32_t begin = 0; begin < text.size(); ++begin)
    for (uint32_t end = begin; end <= text.size(); end += 3)
      for (const unsigned limit : {8u, 20u, 200u}) {
        const auto e = excerpt(text, {begin, end}, limit);
        INFO("range " << begin << ".." << end << " in " << limit << ": " << e.before << "|" << e.marked << "|"
                      << e.after);
        REQUIRE(columns(e.before) + columns(e.marked) + columns(e.after) <= limit);
        REQUIRE(e.before.find('\n') == std::string::npos);
        if (end > begin && text[begin] != '\n') REQUIRE_FALSE(e.marked.empty());
      }
}

TEST_CASE("an excerpt of a short line is the whole line, of a long one what surrounds the range") {
  const std::string text = "one two three four five six seven";
  const auto whole = excerpt(text, {8, 13}, 40);
  CHECK(whole.before + "[" + whole.marked + "]" + whole.after == "one two [three] four five six seven");
  const auto part = excerpt(text, {14, 18}, 16);
  CHECK(part.before + "[" + part.marked + "]" + part.after == "…hree [four] five…");
  const auto end = excerpt(text, {28, 33}, 16);
  CHECK(end.before + "[" + end.marked + "]" + end.after == "… five six [seven]");
}

TEST_CASE("findings are numbered in text order, the longer and the more severe first") {
  Sample s("The ferry left.\n\nIt came back.\n");
  const auto later = at(s.document, "back"), word = at(s.document, "ferry");
  s.outcome().findings = {finding(later, "later"), finding(word, "short note", Severity::note),
                          finding(word, "short error"), finding({word.begin, word.end + 5}, "long"),
                          finding({0, 0}, "whole", Severity::note)};
  std::vector<std::string> messages;
  for (const auto& p : placed_findings(s.document, s.report.report.plugins)) {
    messages.push_back(p.finding->message);
    CHECK(p.number == messages.size());
  }
  CHECK(messages == std::vector<std::string>{"whole", "long", "short error", "short note", "later"});
}

TEST_CASE("places in Markdown are places in the file, not in the text without markup") {
  Sample s("---\ntitle: The ferry\n---\n\nIt **left** at dawn.\n", Format::markdown);
  s.outcome().findings = {finding(at(s.document, "dawn"), "when?")};
  const auto placed = placed_findings(s.document, s.report.report.plugins);
  CHECK(to_string(placed.at(0).at) == "5:16");
  CHECK(excerpt(source_text(s.document), placed[0].in_source, 60).before == "It **left** at ");
}

TEST_CASE("overlapping marks are cut as a simple model cuts them") {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<Mark> marks;
    for (uint32_t i = 0; i < 12; ++i) {
      const uint32_t begin = random() % 40, end = begin + random() % 20;
      marks.push_back({static_cast<Layer>(random() % layer_count), {begin, end}, i});
    }
    Pieces pieces(marks);
    for (uint32_t block = 0; block < 60; block += 15) {
      uint32_t next = block;
      for (const auto& piece : pieces.cut({block, block + 15})) {
        REQUIRE(piece.range.begin == next);
        REQUIRE(piece.range.end > piece.range.begin);
        next = piece.range.end;
        for (size_t layer = 0; layer < layer_count; ++layer) {
          const auto shown = piece.marks[layer];
          for (uint32_t i = piece.range.begin; i < piece.range.end; ++i) {
            uint32_t newest = 0;
            bool any = false;
            for (const auto& m : marks)
              if (static_cast<size_t>(m.layer) == layer && m.range.begin <= i && i < m.range.end) {
                any = true;
                newest = std::max(newest, m.range.begin);
              }
            REQUIRE((shown != no_mark) == any);
            if (any) REQUIRE(marks[shown].range.begin == newest);
          }
        }
      }
      REQUIRE(next == block + 15);
    }
  }
}

TEST_CASE("a difference shows the words that changed and what stands around them") {
  const auto d = difference("And we made good progress today", "And we made great progress today");
  CHECK(d.lead == "And we made ");
  CHECK(d.removed == "good");
  CHECK(d.added == "great");
  CHECK(d.tail == " progress today");
}

TEST_CASE("a difference never splits a word or a character") {
  const auto accents = difference("un été", "un étè");
  CHECK(accents.removed == "été");
  CHECK(accents.added == "étè");
  const auto longer = difference("seven ferries", "seventy ferries");
  CHECK(longer.removed == "seven");
  CHECK(longer.added == "seventy");
  const auto repeated = difference("no no", "no no no");
  CHECK(repeated.lead + repeated.added + repeated.tail == "no no no");
  CHECK(repeated.removed.empty());
  const auto everything = difference("", "came");
  CHECK((everything.removed.empty() && everything.added == "came"));
}

TEST_CASE("a long difference is cut on all sides") {
  const std::string many(500, 'x');
  const auto d = difference(many + " a " + many, many + " b " + many);
  CHECK(columns(d.lead) <= 40);
  CHECK(columns(d.tail) <= 40);
  CHECK(columns(difference(many, many + "y").removed) <= 160);
}

TEST_CASE("the verdict counts findings and plugins") {
  Sample s("The ferry left.");
  s.outcome().findings = {finding({0, 3}, "a"), finding({0, 3}, "b"),
                          finding({0, 3}, "c", Severity::warning)};
  s.report.report.plugins.push_back(plugin("b.c", Outcome::Kind::crashed, "gone"));
  s.report.report.plugins.push_back(plugin("b.d", Outcome::Kind::timed_out, "late"));
  const auto v = verdict(s.report.report.plugins);
  CHECK(v.findings == "2 errors, 1 warning");
  CHECK(v.coverage == "1 of 3 plugins checked it; 1 crashed; 1 timed out");
  CHECK_FALSE(v.complete());
}

TEST_CASE("not checked never reads like nothing found") {
  CHECK(verdict({plugin("a.b")}).findings == "nothing found");
  CHECK(verdict({plugin("a.b")}).coverage == "1 plugin checked it");
  for (const auto kind : {Outcome::Kind::failed, Outcome::Kind::crashed, Outcome::Kind::timed_out,
                          Outcome::Kind::forbidden, Outcome::Kind::not_run}) {
    const auto v = verdict({plugin("a.b", kind)});
    CHECK(v.findings == "not checked");
    CHECK(v.coverage == "0 of 1 plugin checked it; 1 " + std::string(name(kind)));
  }
  CHECK(verdict({}).findings == "not checked");
  CHECK(verdict({}).coverage == "no plugin ran");
  CHECK_FALSE(verdict({}).complete());
}

TEST_CASE("a plugin's short name is the last part of its id") {
  CHECK(short_name("org.example.quotes") == "quotes");
  CHECK(short_name("quotes") == "quotes");
  CHECK(short_name("odd.") == "odd.");
}

TEST_CASE("times are readable, and what is no time is left alone") {
  CHECK(readable_time("2031-03-04T09:05:00Z") == "4 March 2031, 09:05 UTC");
  CHECK(readable_time("2031-12-24") == "24 December 2031");
  CHECK(readable_time("yesterday") == "yesterday");
}

TEST_CASE("a shell word is quoted unless it is plain") {
  CHECK(shell_word("ferry-2031.txt@2") == "ferry-2031.txt@2");
  CHECK(shell_word("a; rm -rf b") == "'a; rm -rf b'");
  CHECK(shell_word("it's") == "'it'\\''s'");
  CHECK(shell_word("-rf") == "'-rf'");
  CHECK(shell_word("") == "''");
}

TEST_CASE("a template shows no section for what is empty, and escapes by the given function") {
  const auto shout = [](const std::string& text) { return "<" + text + ">"; };
  const json values{{"none", ""}, {"list", json::array()}, {"no", false}, {"null", nullptr}, {"one", "1"},
                    {"n", 7}};
  CHECK(fill("{{#none}}a{{/none}}{{#list}}b{{/list}}{{#no}}c{{/no}}{{#null}}d{{/null}}", values, shout)
            .empty());
  CHECK(fill("{{one}}{{{one}}}{{n}}", values, shout) == "<1>1<7>");
  CHECK_THROWS_AS(fill("{{#open}}", values, shout), std::logic_error);
}
