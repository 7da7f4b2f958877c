#include <catch2/catch.hpp>

#include <stdexcept>

#include "html_page.hpp"

using namespace stet;

namespace {

// "tag(" children ")" and texts in quotes.
std::string shape(const HtmlPage& page) {
  std::string out;
  std::vector<uint32_t> ends;
  const auto nodes = page.nodes();
  for (uint32_t i = 0; i < nodes.size(); ++i) {
    for (; !ends.empty() && ends.back() <= i; ends.pop_back()) out += ")";
    if (nodes[i].is_text()) {
      out += '"' + std::string(nodes[i].text) + '"';
      continue;
    }
    out += std::string(nodes[i].tag) + "(";
    ends.push_back(nodes[i].end);
  }
  return out + std::string(ends.size(), ')');
}

}  // namespace

TEST_CASE("a page's elements and texts come in document order") {
  CHECK(shape(HtmlPage("<!-- no --><P Class=a>One <b>two", "x.html")) ==
        R"(html(head()body(p("One "b("two")))))");
  CHECK(shape(HtmlPage("", "x.html")) == "html(head()body())");
}

TEST_CASE("elements that HTML does not know, and those of drawings, are told apart") {
  CHECK(shape(HtmlPage("<my-part>x</my-part><svg><title>y</title></svg>", "x.html")) ==
        R"(html(head()body(custom("x")svg(svg("y")))))");
}

TEST_CASE("attributes are decoded and say where they stand") {
  const std::string source = R"(<a HREF="?a&amp;b" title='q' hidden id=x>)";
  const HtmlPage page(source, "x.html");
  const auto& link = page.nodes().back();
  REQUIRE(link.attributes.size() == 4);
  CHECK(link.attribute("href") == "?a&b");
  CHECK(link.attribute("hidden").empty());
  CHECK(link.attribute("none").empty());
  const auto spelled = [&](size_t i) {
    const Range r = link.attributes[i].source;
    return source.substr(r.begin, r.end - r.begin);
  };
  CHECK(spelled(0) == "?a&amp;b");
  CHECK(spelled(1) == "q");
  CHECK(spelled(3) == "x");
}

TEST_CASE("parents stand before children and an end behind the last descendant") {
  const HtmlPage page("<div><p>a</p><p>b</p></div><p>c</p>", "x.html");
  const auto nodes = page.nodes();
  CHECK(nodes[0].parent == 0);
  CHECK(nodes[0].end == nodes.size());
  for (uint32_t i = 1; i < nodes.size(); ++i) {
    CHECK(nodes[i].parent < i);
    CHECK(nodes[i].end <= nodes[nodes[i].parent].end);
  }
}

TEST_CASE("elements nested too deep are refused, and deep ones are read without recursion") {
  std::string deep;
  for (int i = 0; i < 200'000; ++i) deep += "<div>";
  CHECK_THROWS_WITH(HtmlPage(deep, "x.html"), "x.html: its elements nest up to 200000 deep");
  std::string steps;
  for (int i = 0; i < 8'000; ++i) steps += "<div>";
  CHECK(HtmlPage(steps, "x.html").nodes().size() == 8'003);
}

TEST_CASE("elements that nest deep by end tags which close nothing are refused") {
  std::string deep;
  for (int i = 0; i < 25'000; ++i) deep += "<x><div></x></div>";
  CHECK_THROWS_WITH(HtmlPage(deep, "x.html"), "x.html: its elements nest too deep to be read");
}

TEST_CASE("tags in scripts and comments do not count as nested") {
  std::string page = "<script>";
  for (int i = 0; i < 100'000; ++i) page += "<div>";
  page += "</SCRIPT><!--";
  for (int i = 0; i < 100'000; ++i) page += "<div>";
  CHECK_NOTHROW(HtmlPage(page + "--><p>x", "x.html"));
}
