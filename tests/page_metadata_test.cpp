#include <catch2/catch.hpp>

#include "page_metadata.hpp"

using namespace stet;

namespace {

PageMetadata read(const std::string& head) {
  return read_page_metadata(HtmlPage(head, "x.html"));
}

std::string described(const std::string& members) {
  return R"(<script type="application/ld+json">{"@type":"NewsArticle",)" + members + "}</script>";
}

}  // namespace

TEST_CASE("what a page states of itself in meta elements") {
  const std::string head =
      R"(<title>A | B</title><meta property="og:title" content="The &amp; ferry"><meta name=author content=" Ada  Lund ">)"
      R"(<meta property="article:published_time" content="2025-11-23T09:00:00Z"><meta name="LastMod" content="2025-11-24">)"
      R"(<link rel="Canonical" href="https://a.example/x">)";
  const HtmlPage page(head, "x.html");
  const auto [metadata, title, source, notices] = read_page_metadata(page);
  CHECK(metadata.title == "The & ferry");
  CHECK(title == "The & ferry");
  CHECK(head.substr(source.begin, source.end - source.begin) == "The &amp; ferry");
  CHECK(metadata.byline == "Ada Lund");
  CHECK(metadata.published == "2025-11-23T09:00:00Z");
  CHECK(metadata.modified == "2025-11-24");
  CHECK(metadata.url == "https://a.example/x");
  CHECK(notices.empty());
}

TEST_CASE("the description of an article in JSON-LD goes before meta elements") {
  const auto page =
      read(R"(<meta name="author" content="Other"><meta name="date" content="2024-01-01">)" +
           described(
               R"("author":[{"name":"Ada Lund"},"Bo Frey",{"name":"Cy Ott"}],"datePublished":"2025-11-23")"));
  CHECK(page.metadata.byline == "Ada Lund, Bo Frey and Cy Ott");
  CHECK(page.metadata.published == "2025-11-23");
}

TEST_CASE("an article is found in a list or a graph of things, and other things are not taken for one") {
  const std::string graph = R"({"@graph":[{"@type":"WebSite","datePublished":"2001-01-01"},)"
                            R"({"@type":["Thing","BlogPosting"],"datePublished":"2025-11-23"}]})";
  CHECK(read("<script type='application/ld+json'>[" + graph + "]</script>").metadata.published ==
        "2025-11-23");
  CHECK(
      !read(R"(<script type="application/ld+json">{"@type":"WebSite","datePublished":"2001-01-01"}</script>)")
           .metadata.published);
}

TEST_CASE("a page's own description serves where it describes no article") {
  const std::string web_page =
      R"(<script type="application/ld+json">{"@type":"WebPage","datePublished":"2025-11-22"}</script>)";
  CHECK(read(web_page).metadata.published == "2025-11-22");
  CHECK(read(web_page + described(R"("datePublished":"2025-11-23")")).metadata.published == "2025-11-23");
  CHECK(read(described(R"("datePublished":"2025-11-23")") + web_page).metadata.published == "2025-11-23");
}

TEST_CASE("a placeholder is no time") {
  const auto page = read(described(R"("datePublished":"0001-01-01T00:00:00Z")"));
  CHECK(!page.metadata.published);
  CHECK(page.notices.empty());
}

TEST_CASE("JSON-LD that is not JSON is passed over") {
  CHECK(
      read(R"(<script type="application/ld+json">{"@type":</script><meta name="date" content="2025-11-23">)")
          .metadata.published == "2025-11-23");
  CHECK(!read(described(R"("author":7,"datePublished":["2025-11-23"],"url":null)")).metadata.published);
}

TEST_CASE("the first time that can be read counts, and what cannot be read is told") {
  CHECK(read(R"(<meta name="date" content="03/04/2025"><meta name="pubdate" content="2025-04-03">)")
            .notices.empty());
  const auto page = read(R"(<meta name="date" content="03/04/2025">)");
  CHECK(!page.metadata.published);
  CHECK(page.notices ==
        std::vector<std::string>{"the page's date (\"03/04/2025\") cannot be read as a date with "
                                 "certainty and is left out"});
  CHECK(read(R"(<time itemprop="datePublished" datetime="2025-11-23">then</time>)").metadata.published ==
        "2025-11-23");
}

TEST_CASE("a page may name several authors in elements of their own") {
  CHECK(read(R"(<meta name="author" content="Ada Lund"><meta name="author" content="Bo Frey">)")
            .metadata.byline == "Ada Lund and Bo Frey");
}

TEST_CASE("an address that is no web address is not the page's") {
  CHECK(read(R"(<link rel="canonical" href="/ferry"><meta property="og:url" content="http://a.example/">)")
            .metadata.url == "http://a.example/");
  CHECK(!read(R"x(<link rel="canonical" href="javascript:alert(1)">)x").metadata.url);
}

TEST_CASE("the title of a page without Open Graph is its title element's") {
  const auto page = read("<title>\n The ferry </title><svg><title>Icon</title></svg>");
  CHECK(page.metadata.title == "The ferry");
  CHECK(!read("<title> </title>").metadata.title);
  CHECK(!read("<p>x").metadata.title);
}
