#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>

#include "page_reader.hpp"
#include "render/article_html.hpp"
#include "render/marked_text.hpp"
#include "render/templates.hpp"
#include "render_samples.hpp"

using namespace samples;

namespace {

std::string article_of(const Sample& s) {
  const auto& plugins = s.report.report.plugins;
  return article_html(s.document, plugins, placed_findings(s.document, plugins));
}

std::map<std::string, double> luminances(std::string_view sheet) {
  std::map<std::string, double> out;
  for (size_t i = sheet.find("--"); i != sheet.npos; i = sheet.find("--", i + 2)) {
    const auto colon = sheet.find(':', i), end = sheet.find(';', i);
    const auto value = sheet.substr(colon + 2, end - colon - 2);
    if (value.size() != 7 || value[0] != '#') continue;
    double sum = 0;
    const double weights[] = {0.2126, 0.7152, 0.0722};
    for (size_t channel = 0; channel < 3; ++channel) {
      const double c = std::stoi(std::string(value.substr(1 + 2 * channel, 2)), nullptr, 16) / 255.0;
      sum += weights[channel] * (c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4));
    }
    out[std::string(sheet.substr(i + 2, colon - i - 2))] = sum;
  }
  return out;
}

double contrast(double a, double b) {
  return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

Sample ferry() {
  Sample s("The ferry is late\n\n“We left at dawn,” said Ada Quill on 4 March.\n\nNobody else was asked.\n");
  s.outcome().facts = {quote(at(s.document, "“We left at dawn,”"), "Ada Quill"),
                       date(at(s.document, "4 March"), "2031-03-04")};
  s.outcome().findings = {finding(at(s.document, "dawn"), "Dawn was at six."),
                          finding(at(s.document, "Nobody"), "Who was asked?", Severity::warning)};
  return s;
}

}  // namespace

TEST_CASE("the page is one well-formed file that fetches nothing and runs nothing") {
  const auto page = ferry().html();
  CHECK(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
  for (const auto& tag : tags_of(page)) {
    CHECK_FALSE((tag.name == "script" || tag.name == "link" || tag.name == "img" || tag.name == "iframe"));
    for (const auto& [key, value] : tag.attributes) {
      CHECK_FALSE((key == "src" || key == "style" || key.starts_with("on")));
      if (tag.name == "meta" && has(tag.attribute("http-equiv"), "Content-Security-Policy"))
        CHECK(has(tag.attribute("content"), "default-src 'none'; style-src 'unsafe-inline'"));
    }
  }
  CHECK(count(page, "Content-Security-Policy") == 1);
  CHECK(has(page, "<meta charset=\"utf-8\">"));
  CHECK(has(page, "name=\"viewport\" content=\"width=device-width"));
  CHECK_FALSE(has(std::string(style_sheet), "url("));
  CHECK_FALSE(has(std::string(style_sheet), "@import"));
}

TEST_CASE("ids are unique and every link within the page has its target") {
  const auto tags = tags_of(ferry().html());
  std::set<std::string> ids;
  for (const auto& tag : tags)
    if (const auto id = tag.attribute("id"); !id.empty()) CHECK(ids.insert(id).second);
  for (const auto& tag : tags)
    if (const auto target = tag.attribute("href"); target.starts_with("#")) {
      INFO(target);
      CHECK(ids.contains(target.substr(1)));
    }
}

TEST_CASE("each finding is numbered in the text, linked to its row and back") {
  const auto page = ferry().html();
  for (const std::string n : {"1", "2"}) {
    CHECK(count(page, "id=\"m" + n + "\"") == 1);
    CHECK(count(page, "<tr id=\"f" + n + "\"") == 1);
    CHECK(count(page, "href=\"#f" + n + "\"") >= 1);
    CHECK(count(page, "href=\"#m" + n + "\"") >= 1);
  }
  CHECK(has(page, "aria-label=\"Finding 1, error\">E1</a>"));
  CHECK(has(page, "aria-label=\"Finding 2, warning\">W2</a>"));
  CHECK(has(page, ">3:13</a>"));
}

TEST_CASE("quotations show their speaker and dates their value") {
  const auto article = article_of(ferry());
  CHECK(has(article, "<span class=\"quote\" title=\"Quotation: Ada Quill\">“We left at </span>"));
  CHECK(has(article, "<span class=\"label quote-label\">Ada Quill</span>"));
  CHECK(has(article, "4 March</span><span class=\"label date-label\">2031-03-04</span>"));
}

TEST_CASE("a quotation without a speaker says so") {
  Sample s("The ferry\n\n“We left.”\n");
  s.outcome().facts = {quote(at(s.document, "“We left.”"), "")};
  CHECK(has(article_of(s), "<span class=\"label quote-label\">speaker?</span>"));
  CHECK(has(s.html(), "no speaker found"));
}

TEST_CASE("a source is marked, and listed with what was captured of it") {
  Sample s("The ferry\n\nThe Harbour Log says so.\n");
  s.outcome().facts = {
      {"org.example.test",
       "source",
       at(s.document, "Harbour Log"),
       {{"name", "Harbour Log"},
        {"url", "https://log.example/4"},
        {"captures", {{{"sha256", std::string(64, 'e')}, {"time", "2031-03-04T08:00:00Z"}}}}}},
      {"org.example.test", "source", {0, 0}, {{"name", "minutes.txt"}, {"captures", json::array()}}}};
  const auto page = s.html();
  CHECK(has(page, "<span class=\"source\" title=\"Source: https://log.example/4\">Harbour Log</span>"));
  CHECK(has(page, std::string(64, 'e') + "</code>, read 4 March 2031, 08:00 UTC"));
  CHECK(has(page, "minutes.txt<br><small>not captured"));
}

TEST_CASE("a fact of a kind that the page does not know is listed") {
  Sample s("The ferry\n\nIt carried 40 cars.\n");
  s.outcome().facts = {{"org.example.test", "quantity", at(s.document, "40 cars"), {{"unit", "car"}}}};
  const auto page = s.html();
  CHECK(has(page, "1 other fact"));
  CHECK(has(page, "quantity: <bdi>40 cars</bdi> <code>{&quot;unit&quot;:&quot;car&quot;}</code>"));
}

TEST_CASE("overlapping facts, links and findings nest, and the article's words stay what they are") {
  std::mt19937 random(11);
  const std::string source =
      "# The ferry & the <harbour>\n\nIt left [at dawn](https://a.example/?a=1&b=2) for “the *islands*”.\n\n"
      "> Nobody asked.\n>\n> - one [link](http://b.example)\n> - two\n\n1. first\n2. second\n   - "
      "nested\n\nThe end.\n";
  for (int round = 0; round < 300; ++round) {
    Sample s(source, Format::markdown);
    const auto size = static_cast<uint32_t>(s.document.text.size());
    const auto range = [&] {
      const uint32_t begin = random() % (size + 1);
      return Range{begin, begin + static_cast<uint32_t>(random() % 25)};
    };
    for (int i = 0; i < 4; ++i) {
      s.outcome().facts.push_back(quote(range(), "Ada \"<Quill>\""));
      s.outcome().facts.push_back(date(range(), "2031"));
      s.outcome().findings.push_back(finding(range(), "found", static_cast<Severity>(1 + random() % 3)));
    }
    const auto article = article_of(s);
    INFO(article);
    REQUIRE_NOTHROW(tags_of(article));
    REQUIRE(without_space(own_words(article)) == without_space(s.document.text));
    for (size_t n = 1; n <= 4; ++n) REQUIRE(count(article, "id=\"m" + std::to_string(n) + "\"") == 1);
  }
}

TEST_CASE("plain text keeps every word too, list markers included") {
  Sample s(
      "The ferry is late\nBy Ada Quill\n\nHARBOUR, March 4 - It left.\n\nAsked:\n- one;\n- two.\n\n1. "
      "first\n\nEnd.\n");
  s.outcome().findings = {finding(at(s.document, "one"), "Which?")};
  const auto article = article_of(s);
  CHECK(without_space(own_words(article)) == without_space(s.document.text));
  CHECK(has(article, "<ul>"));
  CHECK(has(article, "class=\"headline\""));
}

TEST_CASE("text outside every block is shown, and so are findings in it") {
  Sample s("The ferry\n\nIt left.\n\nIt came back.\n");
  s.outcome().findings = {finding(at(s.document, "came"), "When?"),
                          finding(at(s.document, "\n\nIt left"), "Gap.")};
  s.document.nodes.clear();
  const auto article = article_of(s);
  CHECK(without_space(own_words(article)) == without_space(s.document.text));
  CHECK(count(article, "<p class=\"remark error\">") == 2);
}

TEST_CASE("structure that overlaps or nests without end does no harm") {
  Sample s("The ferry\n\nIt left.\n\nIt came back.\n");
  const auto size = static_cast<uint32_t>(s.document.text.size());
  s.document.nodes.assign(1, {NodeKind::block_quote, no_parent, {0, size}, ""});
  for (uint32_t i = 1; i < 5000; ++i)
    s.document.nodes.push_back({NodeKind::block_quote, i - 1, {0, size}, ""});
  s.document.nodes.push_back({NodeKind::paragraph, no_parent, {3, 12}, ""});
  s.document.nodes.push_back({NodeKind::list_item, 9'999'999, {5, size + 40}, ""});
  const auto article = article_of(s);
  CHECK_NOTHROW(tags_of(article));
  CHECK(without_space(own_words(article)) == without_space(s.document.text));
  CHECK(count(article, "<blockquote") < 100);
}

TEST_CASE("a finding at the very end, or in a break between paragraphs, has its number and its note") {
  Sample s("The ferry\n\nIt left.\n\nIt came back.");
  const auto size = static_cast<uint32_t>(s.document.text.size());
  const auto gap = at(s.document, "\n\nIt came").begin;
  s.outcome().findings = {finding({size, size}, "No line end."), finding({gap, gap + 2}, "An odd break."),
                          finding({gap, gap}, "No full stop."), finding({0, 0}, "No date.")};
  const auto article = article_of(s);
  for (const std::string n : {"1", "2", "3", "4"}) CHECK(count(article, "id=\"m" + n + "\"") == 1);
  CHECK(count(article, "<p class=\"remark error\">") == 4);
  CHECK(article.starts_with("<div class=\"notes whole\">"));
  const auto first_ends = article.find("</p>\n", article.find("It left"));
  CHECK(article.find("id=\"m3\"") < first_ends);  // no full stop
  CHECK(article.find("id=\"m2\"") > first_ends);  // the break belongs to what follows it
}

TEST_CASE("nothing from an article, a plugin or a report leaves its place") {
  Sample s("The ferry " + hostile + "\n\nIt left " + hostile + " at dawn.\n");
  s.document.name = hostile;
  s.outcome().kind = Outcome::Kind::crashed;
  s.outcome().reason = s.outcome().confinement = hostile;
  auto found = finding(at(s.document, "dawn"), hostile);
  found.check = found.plugin = hostile;
  found.evidence = {{hostile, hostile}, {"nested", {{hostile, {hostile}}}}};
  found.fix = Fix{found.range, hostile};
  s.outcome().findings = {found, finding({0, 0}, hostile)};
  s.outcome().facts = {
      quote(at(s.document, "It left"), hostile),
      date(at(s.document, "left"), hostile),
      {"p", hostile, {3, 9}, {{hostile, hostile}}},
      {"p",
       "source",
       {1, 5},
       {{"name", hostile}, {"url", hostile}, {"captures", {{{"sha256", hostile}, {"time", hostile}}, 7}}}}};
  auto& run = s.report.report.plugins.front();
  run.id = run.version = run.sha256 = hostile;
  s.report.report.article = s.report.report.observed = s.report.report.recorded = hostile;
  s.report.report.previous = PreviousRevision{1, hostile, hostile};
  s.report.document_sha256 = s.report.text_sha256 = hostile;
  for (const char* key : {"title", "byline", "published", "modified", "url", "gitBlob", "size", "name"})
    s.report.document[key] = hostile;
  s.report.document["notices"] = s.report.document["sources"] = {hostile, {{"odd", hostile}}};
  s.keyids = {hostile};
  Change change{
      hostile, hostile, hostile, Severity::error,
      {},      {},      hostile, {{"before", hostile}, {"after", "x"}, {"subject", {{"a", hostile}}}}};
  s.history = {{1, hostile, hostile, 2, {change}}};

  const auto page = s.html();
  std::vector<Tag> tags;
  REQUIRE_NOTHROW(tags = tags_of(page));
  for (const auto& tag : tags) {
    CHECK_FALSE((tag.name == "script" || tag.name == "img"));
    CHECK_FALSE(has(tag.attribute("href"), "javascript"));
    for (const auto& [key, value] : tag.attributes) CHECK_FALSE(key.starts_with("on"));
  }
  CHECK(count(page, "</style>") == 1);
  CHECK(std::ranges::none_of(page, [](unsigned char c) { return c < 0x20 && c != '\n'; }));
  for (const std::string hidden : {"\u202E", "\u202C", "\u0085", "\x7f"}) CHECK_FALSE(has(page, hidden));
  CHECK(has(page, "&lt;U+202E&gt;evil"));
  CHECK_FALSE(has(page,
                  "{{"
                  "{style}}}{"));
}

TEST_CASE("only web addresses become links") {
  CHECK(is_web_address("https://example.org/a?b=c"));
  CHECK(is_web_address("HTTP://example.org"));
  for (const std::string bad :
       {"javascript:alert(1)", " https://a.example", "https://a.example/ b", "data:text/html,x",
        "//a.example", "ftp://a.example", "mailto:a@b.example", "photo.jpg", "", "https://a.example/\x1b",
        "https://a.example/\u202E", "java\nscript:x", "https:/"})
    CHECK_FALSE(is_web_address(bad));
}

TEST_CASE("links in the article keep their target when it may be followed, and show it when not") {
  Sample s(
      "# The ferry\n\n[good](https://a.example/?x=1&y=\"2\") [bad](javascript:alert%281%29) "
      "[file](minutes.txt)\n",
      Format::markdown);
  const auto article = article_of(s);
  CHECK(has(article, "rel=\"noopener nofollow noreferrer\" href=\"https://a.example/?x=1&amp;y="));
  CHECK(has(article, "<span class=\"dead-link\" title=\"Not followed: javascript:alert"));
  CHECK(has(article, "<span class=\"dead-link\" title=\"Not followed: minutes.txt\">file</span>"));
  CHECK_FALSE(has(article, "href=\"javascript"));
}

TEST_CASE("plugins that did not check stand out, at the top and in the table") {
  auto s = ferry();
  s.report.report.plugins.push_back(plugin("org.example.gone", Outcome::Kind::crashed, "Signal 11."));
  const auto page = s.html();
  CHECK(has(page, "<strong>1 error, 1 warning</strong>; 1 of 2 plugins checked it; 1 crashed."));
  CHECK(has(page, "<b>Not checked</b> by <code>org.example.gone</code>: crashed: Signal 11."));
  CHECK(count(page, "<tr class=\"unchecked\">") == 1);
  CHECK(has(page, "<b>crashed &#8211; not checked</b>"));
}

TEST_CASE("a page without findings says for which plugins that holds") {
  Sample s("The ferry\n\nIt left.\n");
  CHECK(has(s.html(), "This holds for those plugins alone"));
  CHECK(has(s.html(), "class=\"verdict clean\""));
  s.outcome().kind = Outcome::Kind::timed_out;
  CHECK(has(s.html(), "class=\"verdict unchecked\""));
  CHECK(has(s.html(), "<strong>not checked</strong>"));
  s.report.report.plugins.clear();
  CHECK(has(s.html(), "no plugin ran, so nothing is known about this article"));
}

TEST_CASE("the history shows every revision, marks this one, and names what changed") {
  auto s = ferry();
  const Change altered{"org.example.test",
                       "quote-altered",
                       "quote",
                       Severity::error,
                       Range{1, 2},
                       Range{1, 2},
                       "A quotation was altered.",
                       {{"field", "text"},
                        {"before", "We left at dawn"},
                        {"after", "We left at noon"},
                        {"subject", "Ada Quill"}}};
  Change moved = altered;
  moved.severity = Severity::note;
  moved.change = "text-moved";
  moved.evidence = nullptr;
  s.history = {{1, "2031-03-04T09:00:00Z", std::string(64, '1'), 0, {}},
               {2, "2031-03-04T10:20:30Z", std::string(64, '2'), 3, {moved, altered}},
               {3, "2031-03-05T10:20:30Z", std::string(64, '3'), 1, {}}};
  const auto page = s.html();
  CHECK(has(page, "revision 2 of 3"));
  CHECK(has(page, "We left at <del>dawn</del><span class=\"arrow\"> &#8594; </span><ins>noon</ins>"));
  CHECK(has(page, "<cite>Ada Quill</cite>"));
  CHECK(page.find("quote-altered") < page.find("text-moved"));
  CHECK(count(page, "aria-current=\"true\"") == 1);
  CHECK(page.find("this report") > page.find("<b>r2</b>"));
  CHECK(page.find("this report") < page.find("<b>r3</b>"));
  CHECK(count(page, "First revision on record.") == 1);
  CHECK(count(page, "No change of text or facts.") == 1);
  for (const char digit : {'1', '2', '3'}) CHECK(has(page, std::string(64, digit)));
}

TEST_CASE("the page gives the digests, the keys and the commands that verify it") {
  auto s = ferry();
  s.report.report.previous = PreviousRevision{1, std::string(64, '7'), std::string(64, '8')};
  auto page = s.html();
  for (const std::string& digest :
       {std::string(64, 'c'), std::string(64, 'd'), std::string(64, '8'), std::string(40, 'b')})
    CHECK(has(page, digest));
  CHECK(has(page, "SHA256:abcdefg"));
  CHECK(has(page, "stet report ferry@2 --format dsse"));
  CHECK(has(page, "openssl pkeyutl -verify"));
  s.keyids.clear();
  CHECK(has(s.html(), "this report carries no signature"));
}

TEST_CASE("all text keeps a contrast of 4.5 to its ground, in light and in dark") {
  const auto dark_at = style_sheet.find("@media screen and (prefers-color-scheme: dark)");
  REQUIRE(dark_at != style_sheet.npos);
  const auto light = luminances(style_sheet.substr(0, dark_at));
  const auto dark = luminances(style_sheet.substr(dark_at, style_sheet.find("* {", dark_at) - dark_at));
  REQUIRE(light.size() == 14);
  REQUIRE(dark.size() == 14);
  for (const auto& theme : {light, dark})
    for (const std::string text : {"ink", "soft", "error", "warning", "note", "quote", "date"})
      for (const std::string ground : {"paper", "wash", "quote-wash"}) {
        INFO(text << " on " << ground);
        CHECK(contrast(theme.at(text), theme.at(ground)) >= 4.5);
      }
  for (const auto& theme : {light, dark})
    for (const std::string shade : {"error", "warning", "note"}) {
      CHECK(contrast(theme.at("ink"), theme.at(shade + "-wash")) >= 4.5);
      CHECK(contrast(theme.at(shade), theme.at(shade + "-wash")) >= 4.5);
    }
}

TEST_CASE("a long article with thousands of findings takes time that grows with its length") {
  std::string text = "The ferry\n\n";
  while (text.size() < 4'000'000) text += "It left “at dawn” for the islands, ";
  Sample s(text);
  const auto size = static_cast<uint32_t>(s.document.text.size());
  for (uint32_t i = 0; i < 5000; ++i)
    s.outcome().findings.push_back(finding({i * (size / 5000), size}, "All of the rest."));
  // One finding over another to the end: 5,000 marks deep if each were an element of its own, 40 GB to
  // walk if each place were counted from the text's begin.
  const auto page = s.html();
  CHECK(page.size() < 3 * text.size());
  CHECK(count(page, "<tr id=\"f") == 5000);
  CHECK(lines(s.terminal()).size() == 5000 * 3 + 1);
}
