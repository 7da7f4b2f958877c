#include <catch2/catch.hpp>

#include <chrono>
#include <stdexcept>

#include "document_outline.hpp"

using namespace stet;

namespace {

Document read(const std::string& body) {
  return read_document("x.html", "<!doctype html><html><body>" + body + "</body></html>", Format::html);
}

std::string fault(const std::string& bytes) {
  try {
    read_document("x.html", bytes, Format::html);
  } catch (const std::runtime_error& e) {
    return e.what();
  }
  return "none";
}

// A page as outlets make them: the article amid what is on every page.
constexpr const char* page = R"(<!doctype html>
<html lang="en"><head>
<title>Ferry to Aldmoor stops for the winter | The Harbour Courier</title>
<meta property="og:title" content="Ferry to Aldmoor stops for the winter">
<link rel="canonical" href="https://courier.example/ferry">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Ferry stops", "datePublished": "2025-11-23T09:00:00+01:00",
"author": [{"@type": "Person", "name": "Ada Lund"}, {"@type": "Person", "name": "Bo Frey"}]}</script>
<style>p { color: black }</style>
</head><body>
<header><h1 class="logo"><a href="/">The Harbour Courier</a></h1>
<nav><ul><li><a href="/a">Harbour news</a></li><li><a href="/b">Weather at sea today</a></li></ul></nav></header>
<div class="page-with-sidebar"><main>
<h1>Ferry to Aldmoor stops for&nbsp;the winter</h1>
<div class="meta">By Ada Lund | <time datetime="2025-11-23">23 November</time></div>
<div class="share-tools">Share this article with everyone you know on one of these many networks, please do</div>
<div class="story">
<p>The ferry that has carried islanders to Aldmoor since 1921 makes its last crossing of the year on Sunday.</p>
<figure><img src="ferry.jpg"><figcaption>The ferry leaving Aldmoor pier in October, seen from the old lighthouse.</figcaption></figure>
<p>&ldquo;We will miss it, as we miss it every winter,&rdquo; said <a href="https://courier.example/roe">Jane
Roe</a>, who runs the island&#8217;s only shop &amp; post office.</p>
<p><a href="/other">READ MORE: Five walks on Aldmoor</a></p>
<blockquote><p>The pier is not safe above wind force seven.</p></blockquote>
<h2>What islanders can do</h2>
<ul><li>Take the mail boat, which goes on Tuesdays when the weather lets it.</li><li>Wait for March.</li></ul>
</div>
<div class="newsletter-signup"><p>Sign up for our newsletter and get the best of the harbour in your inbox every single morning.</p></div>
</main>
<div class="sidebar"><p>The most read stories of this week are all about the whale that swam into the harbour on Monday.</p></div>
</div>
<footer><p>Copyright The Harbour Courier. All rights are reserved, and nothing may be copied without leave.</p></footer>
</body></html>
)";

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("an article is read from amid its page") {
  const auto d = read_document("x.html", page, Format::html);
  CHECK(outline(d) == Lines{"title|Ferry to Aldmoor stops for\u00A0the winter",
                            "paragraph|The ferry that has carried islanders to Aldmoor since 1921 makes its "
                            "last crossing of the year on "
                            "Sunday.",
                            "paragraph|“We will miss it, as we miss it every winter,” said Jane Roe, who "
                            "runs the island’s only shop & "
                            "post office.",
                            " link=https://courier.example/roe|Jane Roe",
                            "quote|The pier is not safe above wind force seven.",
                            "heading=2|What islanders can do",
                            "item|Take the mail boat, which goes on Tuesdays when the weather lets it.",
                            "item|Wait for March."});
  CHECK(d.metadata.title == "Ferry to Aldmoor stops for\u00A0the winter");
  CHECK(d.metadata.byline == "Ada Lund and Bo Frey");
  CHECK(d.metadata.published == "2025-11-23T09:00:00+01:00");
  CHECK(d.metadata.url == "https://courier.example/ferry");
  CHECK(d.notices == Lines{"of the page's 185 words, 76 were read as its article"});
}

TEST_CASE("words of a page map to where they are spelled") {
  const auto d = read_document("x.html", page, Format::html);
  CHECK(source_of(d, "“We will") == "&ldquo;We will");
  CHECK(source_of(d, "the winter") == "the winter");
  CHECK(source_of(d, "stops for\u00A0the") == "stops for&nbsp;the");
  CHECK(source_of(d, "Jane Roe") == "Jane\nRoe");
  CHECK(source_of(d, "island’s only") == "island&#8217;s only");
  CHECK(source_of(d, "shop & post") == "shop &amp; post");
  CHECK(source_of(d, "winter,” said Jane") ==
        "winter,&rdquo; said <a href=\"https://courier.example/roe\">Jane");
  CHECK(source_of(d, "March.") == "March.");
}

TEST_CASE("CR LF in a page does not shift its places") {
  const auto d = read_document("x.html", "<p>One\r\ntwo &amp;\r\n three</p>", Format::html);
  CHECK(d.text == "One two & three");
  CHECK(source_of(d, "two & three") == "two &amp;\r\n three");
}

TEST_CASE("white space is read as a browser shows it") {
  CHECK(read("<p> One\n <b> two </b>\tthree </p>\n<p>\n</p><p>Four</p>").text == "One two three\nFour");
  CHECK(read("<div>One<br>two<br><br>three<br></div>").text == "One\ntwo\nthree");
  CHECK(outline(read("<div>One<br>two<br> <br>three</div>")) ==
        Lines{"paragraph|One\ntwo", "paragraph|three"});
  CHECK(read("<pre>\nif\n  so\n</pre>").text == "if\n  so");
  CHECK(read("<p>a<wbr>b <i>c</i><b>d</b></p>").text == "ab cd");
}

TEST_CASE("what an element of quotation quotes gets the marks a browser gives it") {
  CHECK(read("<p>She said <q>never again</q>.</p>").text == "She said “never again”.");
}

TEST_CASE("a paragraph that is all of an item or a quotation is the item or the quotation itself") {
  CHECK(outline(read("<ul><li><p>One</p></li><li><p>Two</p><p>Three</p></li></ul>")) ==
        Lines{"item|One", "item|Two\nThree", " paragraph|Two", " paragraph|Three"});
  CHECK(outline(read("<blockquote><div><p>One</p></div></blockquote>")) == Lines{"quote|One"});
  CHECK(outline(read("<ul><li>One<ul><li>Two</li></ul></li></ul>")) == Lines{"item|One\nTwo", " item|Two"});
}

TEST_CASE("a link goes around blocks, and written-out addresses are links") {
  CHECK(outline(read("<p>So it was.</p><a href='/x'><p>One.</p><p>Two.</p></a>")) ==
        Lines{"paragraph|So it was.", "paragraph|One.", " link=/x|One.", "paragraph|Two.", " link=/x|Two."});
  CHECK(outline(read("<p>See https://a.example/b. Bye.</p>")) ==
        Lines{"paragraph|See https://a.example/b. Bye.", " link=https://a.example/b|https://a.example/b"});
}

TEST_CASE("a link means what it means in the page's address") {
  const std::string head = "<link rel=canonical href='https://a.example/news/ferry'>";
  const auto link = [](const std::string& bytes) {
    return read_document("x.html", bytes + "<p>It <a href='../b?c'>left</a> at dawn.", Format::html)
        .nodes[1]
        .value;
  };
  CHECK(link(head) == "https://a.example/b?c");
  CHECK(link(head + "<base href='/old/x/'>") == "https://a.example/old/b?c");
  CHECK(link("") == "../b?c");
}

TEST_CASE("text that was moved to before a table keeps its order, and the table its places") {
  const auto d = read("<table><tr><td>In the table.</td></tr>Before it.</table>");
  CHECK(d.text == "Before it.\nIn the table.");
  CHECK(source_of(d, "In the table.") == "In the table.");
}

TEST_CASE("a heading of the outlet is not the article's title") {
  const std::string stated = "<meta property='og:title' content='Ferry stops'>";
  for (const char* logo : {"<header role=banner><h1>The Courier</h1></header>",
                           "<h1><a href=/><svg><title>The Courier</title></svg></a></h1>"})
    CHECK(
        outline(read_document("x.html", stated + logo + "<div>It left at dawn with all who had waited.</div>",
                              Format::html)) ==
        Lines{"title|Ferry stops", "paragraph|It left at dawn with all who had waited."});
}

TEST_CASE("a title is looked for up to the first paragraph that is one") {
  const std::string long_one =
      "It left at dawn with all who had waited for it on the pier since the day before.";
  CHECK(outline(read("<article><p class=kick>Coast</p><h1>Ferry sails</h1><p>" + long_one +
                     "</p></article>")) == Lines{"title|Ferry sails", "paragraph|" + long_one});
  CHECK(outline(read("<div>Coast<h1>Ferry sails</h1>" + long_one + "<br><br>" + long_one + "</div>")) ==
        Lines{"title|Ferry sails", "paragraph|" + long_one, "paragraph|" + long_one});
  CHECK(outline(read("<h1>Ferry sails</h1><div>" + long_one + "</div><h1>What next</h1><div>" + long_one +
                     "</div>")) ==
        Lines{"title|Ferry sails", "paragraph|" + long_one, "heading=1|What next", "paragraph|" + long_one});
}

TEST_CASE("a title stands on one line") {
  CHECK(outline(read("<h1><span>Ferry</span><div>sails</div><br>late</h1><p>It left at dawn.</p>")) ==
        Lines{"title|Ferry sails late", "paragraph|It left at dawn."});
}

TEST_CASE("what stands in the body before its heading is left out") {
  CHECK(outline(read(
            "<div>Coast <span>Live</span><h1>The ferry</h1><p>It left at dawn.</p><h2>Why</h2></div>")) ==
        Lines{"title|The ferry", "paragraph|It left at dawn.", "heading=2|Why"});
}

TEST_CASE("the heading that says what the page states as its title is the title") {
  const auto d =
      read_document("x.html",
                    "<title>The ferry sails | Courier</title><h1>Courier</h1><h2>The ferry sails</h2>"
                    "<p>It left at dawn.</p>",
                    Format::html);
  CHECK(outline(d) == Lines{"title|The ferry sails", "paragraph|It left at dawn."});
}

TEST_CASE("a page without a heading has its stated title") {
  const auto d = read_document(
      "x.html", "<title>The ferry &amp; the pier</title><p>It left at dawn, they said.</p>", Format::html);
  CHECK(outline(d) == Lines{"title|The ferry & the pier", "paragraph|It left at dawn, they said."});
  CHECK(source_of(d, "The ferry & the pier") == "The ferry &amp; the pier");
}

TEST_CASE("a page without an article is refused") {
  CHECK(fault("<html><body><script>x()</script></body></html>") ==
        "x.html: the page holds no article that could be read");
  CHECK(fault("<p>caf\xE9</p>") == "x.html: byte 6 is not UTF-8");
}

TEST_CASE("a page made to exhaust the machine is refused or read in time") {
  const auto repeated = [](std::string_view words, size_t times) {
    std::string out;
    for (size_t i = 0; i < times; ++i) out += words;
    return out;
  };
  const std::vector<std::string> pages = {
      repeated("<div>", 200'000),
      repeated("<b>", 200'000) + repeated("<p>x", 100'000),
      repeated("<ul><li>", 100'000),
      repeated("<table>", 100'000) + "x",
      repeated("<span></span>", 50'000) + repeated("<p>x", 50'000),
      "<ul><li>" + repeated("<i></i>", 50'000) + repeated("<p>x</p>", 25'000),
      repeated("<p>word</p>", 75'000),
      repeated("&amp", 125'000),
      repeated("&ampx<", 125'000),
      "<p>" + repeated("x</x>", 100'000),
      "<link rel=canonical href='https://a.example/" + std::string(100'000, 'a') + "'>" +
          repeated("<p><a href=x>y</a> z", 20'000),
      "<title>" + std::string(400'000, 'a') + "</title><h1>" + std::string(200'000, 'a') + "b</h1><p>x",
      "<figure>" + repeated("<figcaption>x</figcaption>", 50'000),
      repeated("&", 500'000),
      repeated("<!--", 500'000),
      repeated("<script>", 200'000),
      "<p class='" + repeated("a ", 250'000) + "'>x",
      repeated("<a href=x>", 100'000),
      "<script type='application/ld+json'>" + repeated("[", 1'000'000)};
  for (const auto& page : pages) {
    const auto before = std::chrono::steady_clock::now();
    const std::string why = fault(page);
    INFO(page.substr(0, 60) << ": " << why);
    CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(60));
  }
}
