#include <catch2/catch.hpp>

#include <string>

#include "article_part.hpp"

using namespace stet;

namespace {

constexpr const char* paragraph =
    "<p>The harbour was full of ice that morning, and nobody who could stay at home went down to the "
    "pier.</p>";
constexpr const char* other =
    "<p>Three more boats were sold this autumn, and the yard that built them will close before the year "
    "ends.</p>";

// The words that are left, with "/" between texts.
std::string left(const std::string& body) {
  const HtmlPage page("<body>" + body + "</body>", "x.html");
  const auto part = find_article(page);
  const auto nodes = page.nodes();
  std::string out;
  for (uint32_t i = part.body; i < nodes[part.body].end; i = part.left_out[i] ? nodes[i].end : i + 1)
    if (!part.left_out[i] && nodes[i].is_text()) out += std::string(nodes[i].text.substr(0, 20)) + "/";
  return out;
}

std::string in(const std::string& attributes, const std::string& content) {
  return "<div " + attributes + ">" + content + "</div>";
}

const std::string one = "The harbour was full/", two = "Three more boats wer/";

}  // namespace

TEST_CASE("what a class, an id or a role names as something else is set aside") {
  for (const char* name :
       {"class='related-stories'", "class='newsletterSignup'", "id='comments'", "class='x ad'",
        "role='navigation'", "hidden", "aria-hidden='true'", "style='display:none'"})
    CHECK(left(in("class=story", paragraph + std::string(paragraph)) + in(name, other)) == one + one);
}

TEST_CASE("a name that only resembles such a word is none") {
  for (const char* name : {"class='shadow'", "class='header-reader'", "class='navy2'", "id='dated'"}) {
    INFO(name);
    CHECK(left(in(name, "<p>Short words here.</p>") + paragraph) ==
          (std::string_view(name).find("navy") == std::string_view::npos ? "Short words here./" + one : one));
  }
}

TEST_CASE("what holds much of the page is its article whatever it is called") {
  CHECK(left(in("class='page-with-sidebar'", paragraph)) == one);
  CHECK(left(in("id='sponsored'", paragraph + std::string(other))) == one + two);
}

TEST_CASE("the element named as the article's body is it, though more stands around it") {
  const std::string many = std::string(other) + other + other;
  CHECK(left(in("class='article__body'", paragraph) + in("", many)) == one);
  CHECK(left(in("itemprop='articleBody'", paragraph) + in("", many)) == one);
  CHECK(left("<article>" + std::string(paragraph) + "</article>" + in("", many)) == one);
}

TEST_CASE("a teaser named like an article's body is not it") {
  CHECK(left(in("class='post-content'", "<p>Read on.</p>") + in("", paragraph + std::string(other))) ==
        one + two);
}

TEST_CASE("lists and paragraphs of links lead away, and sentences with links do not") {
  CHECK(left(paragraph +
             std::string("<ul><li><a href=x>Five walks</a></li><li><a href=y>Ten boats</a></li></ul>")) ==
        one);
  CHECK(left(paragraph + std::string("<p><a href=x>More about the harbour</a></p>")) == one);
  CHECK(left(paragraph + std::string("<p><a href=x>It closed in March.</a></p>")) ==
        one + "It closed in March./");
}

TEST_CASE("captions, asides and fields of forms hold no words of an article") {
  CHECK(left(std::string("<figure><figcaption>A pier.</figcaption></figure>") + paragraph +
             "<aside>Did you know?</aside><button>More</button><select><option>One</select>") == one);
}

TEST_CASE("an article in pieces that are named alike is all of them") {
  CHECK(left("<p class='bodytext'>" + std::string(paragraph).substr(3) + "<p class='bodytext'>" +
             std::string(other).substr(3) + "<p class='bodytext'>" + std::string(paragraph).substr(3)) ==
        one + two + one);
  const std::string ad = in("class='ad'", other);
  CHECK(left("<main>" + in("class='article-text'", paragraph) + ad + in("class='article-text'", paragraph) +
             ad + in("class='article-text'", paragraph) + "</main>") == one + one + one);
}

TEST_CASE("parts of a sentence and headings belong to it whatever they are called") {
  CHECK(left(std::string(paragraph) +
             "<p>On <time class='date'>Monday</time> <a class='author-link'>Jane Roe</a> left.</p>"
             "<h2 id='railway-strike'>The strike</h2>") == one + "On /Monday/ /Jane Roe/ left./The strike/");
}

TEST_CASE("headings, cells and sentences in quotation marks that are links stay") {
  CHECK(left(std::string(paragraph) +
             "<h2><a href=x>Why</a></h2><table><tr><td><a href=x>Jane Roe</a></td><td>4,211</td></tr>"
             "<tr><td>Bo Frey</td><td>1,200 votes</td></tr></table><p><a href=x>“Not yet.”</a></p>") ==
        one + "Why/Jane Roe/4,211/Bo Frey/1,200 votes/“Not yet.”/");
}

TEST_CASE("who said what a block quote quotes stays") {
  CHECK(left(std::string(paragraph) +
             "<blockquote><p>The pier is not safe.</p><footer>Jane Roe</footer></blockquote>"
             "<figure><blockquote>Nor is it dry.</blockquote><figcaption>Bo Frey</figcaption></figure>") ==
        one + "The pier is not safe/Jane Roe/Nor is it dry./Bo Frey/");
}

TEST_CASE("what is hidden or named so is set aside on a page without long paragraphs too") {
  CHECK(left("<p>It has stopped for good.</p><p hidden>Old text.</p><div class='share'>Share this</div>") ==
        "It has stopped for g/");
}

TEST_CASE("a page without paragraphs is all there is") {
  CHECK(left("<div>Short.</div>") == "Short./");
}

TEST_CASE("blocks and headings are known by their tags") {
  CHECK(is_block("p"));
  CHECK(is_block("ul"));
  CHECK(!is_block("span"));
  CHECK(!is_block(""));
  CHECK(is_heading("h1"));
  CHECK(!is_heading("hr"));
  CHECK(!is_heading("h7"));
}
