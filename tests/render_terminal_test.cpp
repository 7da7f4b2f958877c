#include <catch2/catch.hpp>

#include <algorithm>

#include "render/visible.hpp"
#include "render_samples.hpp"

using namespace samples;

namespace {

std::string without_colour(const std::string& text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\x1b')
      i = text.find('m', i);
    else
      out += text[i];
  }
  return out;
}

Sample harbour() {
  Sample s("The harbour\n\nThe ferry left “at dawn.\n");
  s.outcome().findings = {finding(at(s.document, "“"), "This mark is never closed.")};
  return s;
}

}  // namespace

TEST_CASE("a finding is printed as a compiler prints an error") {
  auto s = harbour();
  s.outcome().findings[0].fix = Fix{at(s.document, "dawn."), "dawn.”"};
  CHECK(s.terminal() ==
        "ferry.txt:3:16: error: This mark is never closed. [test/test-check]\n"
        "    The ferry left “at dawn.\n"
        "                   ^\n"
        "    fix: replace 'dawn.' by 'dawn.”'\n"
        "1 error in ferry.txt (1 plugin checked it)\n");
}

TEST_CASE("fixes that only insert or delete say so") {
  auto s = harbour();
  const auto mark = at(s.document, "“");
  s.outcome().findings[0].fix = Fix{{mark.begin, mark.begin}, "so "};
  CHECK(has(s.terminal(), "    fix: insert 'so '\n"));
  s.outcome().findings[0].fix = Fix{mark, ""};
  CHECK(has(s.terminal(), "    fix: delete '“'\n"));
}

TEST_CASE("the caret stands under the range when wide and combining characters come before it") {
  Sample s("The harbour\n\n日本 e\u0301te\u0301 left 海岸 late\n");
  s.outcome().findings = {finding(at(s.document, "海岸"), "Where?")};
  const auto printed = lines(s.terminal());
  REQUIRE(printed.size() == 4);
  const auto before = printed[1].substr(0, printed[1].find("海岸"));
  CHECK(printed[2] == std::string(columns(before), ' ') + "^~~~");
}

TEST_CASE("no line is wider than asked for, whatever the words are") {
  Sample s("The harbour\n\n" + std::string(300, 'x') +
           " 日本日本日本日本日本日本日本日本 the end of a long line " + std::string(100, 'y') + "\n");
  s.document.name = "a/rather/long/path/to/an/article/in/a/folder.txt";
  s.outcome().findings = {
      finding(at(s.document, "日本日本"), std::string(90, 'm') + " and 日本日本日本日本日本日本日本"),
      finding(at(s.document, "xxx"), "short"), finding({13, 500}, "long range")};
  s.outcome().findings[1].fix = Fix{{13, 300}, hostile};
  s.report.report.plugins.push_back(plugin("org.example.gone", Outcome::Kind::crashed, hostile));
  for (unsigned width = 20; width <= 100; ++width)
    for (const auto& line : lines(s.terminal(width))) {
      INFO(width << ": " << line);
      REQUIRE(columns(line) <= width);
    }
}

TEST_CASE("a message wraps with an indent at 40 columns") {
  auto s = harbour();
  s.outcome().findings[0].message = "This mark is never closed in its paragraph, nor in the next.";
  const auto printed = lines(s.terminal(40));
  CHECK(printed[0] == "ferry.txt:3:16: error: This mark is");
  CHECK(printed[1] == "    never closed in its paragraph, nor");
  CHECK(printed[2] == "    in the next. [test/test-check]");
}

TEST_CASE("without a width nothing wraps") {
  auto s = harbour();
  s.outcome().findings[0].message = std::string(400, 'm') + " " + std::string(400, 'n');
  CHECK(lines(s.terminal(0)).size() == 4);
}

TEST_CASE("no control character reaches the terminal") {
  Sample s("The harbour\n\nThe \x1b]0;title\x07 ferry \u202Eleft\n");
  s.document.name = "evil\x1b[2J.txt";
  s.outcome().findings = {finding(at(s.document, "ferry"), hostile + "\n\x1b[2Jsecond line\r")};
  s.outcome().findings[0].check = "check\x1b";
  s.report.report.plugins.push_back(plugin("org.example\x1b", Outcome::Kind::failed, hostile));
  for (const unsigned width : {0u, 40u, 80u})
    for (const auto& line : lines(s.terminal(width))) {
      INFO(line);
      CHECK(std::ranges::none_of(line, [](unsigned char c) { return c < 0x20 || c == 0x7F; }));
      CHECK_FALSE(has(line, "\u202E"));
    }
  CHECK(has(s.terminal(), "The <U+001B>]0;title<U+0007> ferry <U+202E>left"));
}

TEST_CASE("colour comes when asked for, and changes no word") {
  auto s = harbour();
  s.outcome().findings[0].fix = Fix{at(s.document, "dawn."), "dawn.”"};
  s.report.report.plugins.push_back(plugin("org.example.gone", Outcome::Kind::crashed, "It fell over."));
  CHECK_FALSE(has(s.terminal(80, false), "\x1b"));
  CHECK(has(s.terminal(80, true), "\x1b[1;31merror:\x1b[0m"));
  CHECK(without_colour(s.terminal(80, true)) == s.terminal(80, false));
}

TEST_CASE("each plugin that did not check gets a line with its reason") {
  Sample s("The harbour\n\nThe ferry left.\n");
  s.report.report.plugins.push_back(plugin("org.example.gone", Outcome::Kind::crashed, "Signal 11."));
  s.report.report.plugins.push_back(plugin("org.example.slow", Outcome::Kind::timed_out, "2 s went by."));
  CHECK(s.terminal() ==
        "ferry.txt: not checked by org.example.gone: crashed: Signal 11.\n"
        "ferry.txt: not checked by org.example.slow: timed out: 2 s went by.\n"
        "nothing found in ferry.txt (1 of 3 plugins checked it; 1 crashed; 1 timed out)\n");
}

TEST_CASE("a document that no plugin checked is said to be not checked") {
  Sample s("The harbour\n\nThe ferry left.\n");
  s.report.report.plugins.clear();
  CHECK(s.terminal() == "not checked in ferry.txt (no plugin ran)\n");
}

TEST_CASE("what a plugin found before it crashed is printed") {
  auto s = harbour();
  s.outcome().kind = Outcome::Kind::crashed;
  const auto printed = s.terminal();
  CHECK(has(printed, "This mark is never closed."));
  CHECK(has(printed, "1 error in ferry.txt (0 of 1 plugin checked it; 1 crashed)"));
}

TEST_CASE("a finding about the whole document shows no line of it") {
  Sample s("The harbour\n\nThe ferry left.\n");
  s.outcome().findings = {finding({0, 0}, "There is no date.", Severity::warning)};
  CHECK(s.terminal() ==
        "ferry.txt:1:1: warning: There is no date. [test/test-check]\n"
        "1 warning in ferry.txt (1 plugin checked it)\n");
}

TEST_CASE("findings come in text order, whichever plugin made them") {
  auto s = harbour();
  s.report.report.plugins.push_back(plugin("org.example.other"));
  s.report.report.plugins[1].outcome.findings = {finding(at(s.document, "ferry"), "First.")};
  const auto printed = s.terminal();
  CHECK(printed.find("First.") < printed.find("This mark"));
}

TEST_CASE("a range over several lines is underlined to the end of its first") {
  Sample s("The harbour\n\nThe ferry left.\nIt came back.\n");
  const auto begin = at(s.document, "left").begin;
  s.outcome().findings = {finding({begin, at(s.document, "back").end}, "Both.")};
  const auto printed = lines(s.terminal());
  CHECK(printed[1] == "    The ferry left.");
  CHECK(printed[2] == "              ^~~~~");
}
