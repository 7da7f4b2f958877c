#include <catch2/catch.hpp>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <memory>

#include "render_samples.hpp"

using namespace samples;

namespace {

// The report as a code host would show it.
std::string shown(const std::string& markdown) {
  cmark_gfm_core_extensions_ensure_registered();
  const std::unique_ptr<cmark_parser, decltype(&cmark_parser_free)> parser(
      cmark_parser_new(CMARK_OPT_DEFAULT), &cmark_parser_free);
  for (const char* name : {"table", "strikethrough"})
    cmark_parser_attach_syntax_extension(parser.get(), cmark_find_syntax_extension(name));
  cmark_parser_feed(parser.get(), markdown.data(), markdown.size());
  const std::unique_ptr<cmark_node, decltype(&cmark_node_free)> root(cmark_parser_finish(parser.get()),
                                                                     &cmark_node_free);
  const std::unique_ptr<char, decltype(&free)> html(
      cmark_render_html(root.get(), CMARK_OPT_UNSAFE, cmark_parser_get_syntax_extensions(parser.get())),
      &free);
  return html.get();
}

Sample ferry() {
  Sample s("The ferry is late\n\nIt left “at dawn.\n");
  s.outcome().findings = {finding(at(s.document, "“"), "This mark is never closed.")};
  return s;
}

}  // namespace

TEST_CASE("the Markdown report has the verdict, and a row for each finding and plugin") {
  auto s = ferry();
  s.outcome().findings[0].fix = Fix{at(s.document, "dawn."), "dawn.”"};
  s.outcome().findings[0].evidence = {{"opened", "3:9"}};
  s.report.report.plugins.push_back(plugin("org.example.gone", Outcome::Kind::crashed, "Signal 11."));
  const auto report = s.markdown();
  CHECK(report.starts_with("# The ferry is late\n\n**1 error**; 1 of 2 plugins checked it; 1 crashed.\n"));
  CHECK(has(report,
            "| E1 | error | test-check | 3:9 | This mark is never closed.<br>It left <b>\\[</b>“<b>\\]</b>at "
            "dawn. | "
            "Fix: replace <del>dawn.</del> by <ins>dawn.”</ins><br>opened: 3:9 |\n"));
  CHECK(has(report, "\n- **Not checked** by org.example.gone: crashed: Signal 11.\n"));
  CHECK(has(report, "| org.example.gone | 1.2.3 | **crashed, not checked** | Signal 11. |"));
  const auto html = shown(report);
  CHECK(count(html, "<table>") == 2);
  CHECK(count(html, "<tr>") == 2 + 3);
}

TEST_CASE("the Markdown history is one list, with what changed and whose words") {
  auto s = ferry();
  s.history = {{1, "2031-03-04T09:00:00Z", std::string(64, '1'), 0, {}},
               {2,
                "2031-03-04T10:20:30Z",
                std::string(64, '2'),
                1,
                {{"p",
                  "quote-altered",
                  "quote",
                  Severity::error,
                  {},
                  {},
                  "A quotation was altered.",
                  {{"before", "at dawn"}, {"after", "at noon"}, {"subject", "Ada Quill"}}}}}};
  const auto report = s.markdown();
  CHECK(has(report, "- **r1**, 4 March 2031, 09:00 UTC: 0 findings, sha256 1111"));
  CHECK(has(report, "- **r2**, 4 March 2031, 10:20 UTC (**this report**): 1 finding, sha256 2222"));
  CHECK(has(report,
            "  - error, quote-altered: A quotation was altered. at <del>dawn</del> → <ins>noon</ins> (Ada "
            "Quill)\n"));
  CHECK_FALSE(has(shown(report), "<li>\n<p>"));
}

TEST_CASE("nothing from an article or a plugin becomes markup in Markdown") {
  Sample s("The ferry " + hostile + "\n\nIt left " + hostile + " at dawn.\n");
  auto found = finding(at(s.document, "dawn"), hostile + "\n\n# heading\n\n<script>alert(1)</script>");
  found.check = found.plugin = hostile;
  found.evidence = {{hostile, hostile}};
  found.fix = Fix{found.range, hostile + "\\"};
  s.outcome().findings = {found};
  s.report.report.article = "a'; touch evil #```\n```";
  auto& run = s.report.report.plugins.front();
  run.id = run.version = run.sha256 = hostile;
  run.outcome.kind = Outcome::Kind::failed;
  run.outcome.reason = run.outcome.confinement = hostile;
  s.report.document["title"] = hostile;
  s.keyids = {hostile};
  s.history = {{2,
                hostile,
                hostile,
                1,
                {{hostile,
                  hostile,
                  hostile,
                  Severity::note,
                  {},
                  {},
                  hostile,
                  {{"before", hostile}, {"after", nullptr}}}}}};
  const auto report = s.markdown();
  const auto html = shown(report);
  for (const std::string tag : {"<script", "<img", "<style", "<a ", "</title", "<em>", "<code>a"}) {
    INFO(tag);
    CHECK_FALSE(has(html, tag));
  }
  CHECK(count(html, "<table>") == 2);
  CHECK(count(html, "<tr>") == 4);
  CHECK(count(html, "<h1>") == 1);
  CHECK(count(html, "<pre>") == 2);
  CHECK_FALSE(has(report, "\x1b"));
  CHECK_FALSE(has(report, "\u202E"));
}

TEST_CASE("a bar in a message stays in its cell") {
  auto s = ferry();
  s.outcome().findings[0].message = "left | right";
  s.outcome().findings[0].evidence = {{"both", "a|b\\|c"}};
  CHECK(has(shown(s.markdown()), "<td>left | right<br>"));
  CHECK(has(shown(s.markdown()), "<td>both: a|b\\|c</td>"));
}

TEST_CASE("a command in the report never runs what an article's id says") {
  auto s = ferry();
  s.report.report.article = "a'; touch evil #";
  CHECK(has(s.markdown(), "stet report 'a'\\''; touch evil #@2' --format dsse"));
}

TEST_CASE("a Markdown report of an unchecked article says so") {
  auto s = ferry();
  s.report.report.plugins.clear();
  const auto report = s.markdown();
  CHECK(has(report, "**not checked**; no plugin ran."));
  CHECK(has(report, "**No plugin ran. Nothing was checked.**"));
  s.keyids.clear();
  CHECK(has(s.markdown(), "this report carries no signature"));
}

TEST_CASE("Markdown report of a clean article says for which plugins that holds") {
  Sample s("The ferry\n\nIt left.\n");
  CHECK(
      has(s.markdown(), "This holds for those plugins alone that checked the article: 1 plugin checked it."));
}
