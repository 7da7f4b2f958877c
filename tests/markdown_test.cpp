#include <catch2/catch.hpp>

#include <stdexcept>

#include "document_outline.hpp"

using namespace stet;

namespace {

Document read(const std::string& bytes) {
  return read_document("x.md", bytes, Format::markdown);
}

std::string fault(const std::string& bytes) {
  try {
    read(bytes);
  } catch (const std::runtime_error& e) {
    return e.what();
  }
  return "none";
}

std::string repeated(std::string_view words, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += words;
  return out;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("markup is removed and blocks stand on lines of their own") {
  const auto d = read("A *long* `code` ~~struck~~ **line**\nthat goes on\\\nhard.\n\n***\n\nNext.");
  CHECK(d.text == "A long code struck line that goes on\nhard.\nNext.");
  CHECK(d.notices.empty());
}

TEST_CASE("a first heading of level 1 is the title") {
  CHECK(outline(read("# The *title*\n\n## Section\n\nText.")) ==
        Lines{"title|The title", "heading=2|Section", "paragraph|Text."});
  CHECK(read("# The *title*\n\nText.").metadata.title == "The title");
  CHECK(outline(read("Text.\n\n# Late")) == Lines{"paragraph|Text.", "heading=1|Late"});
  CHECK(outline(read("Set\ntext\n===\n\nText."))[0] == "title|Set text");
}

TEST_CASE("the front matter's title is put in front when the body has none") {
  const auto d = read("---\ntitle: 'The title'\n---\n\nText with [a](b).\n");
  CHECK(outline(d) == Lines{"title|The title", "paragraph|Text with a.", " link=b|a"});
  CHECK(d.text == "The title\nText with a.");
  CHECK(source_of(d, "The title") == "The title");
  CHECK(source_of(d, "Text") == "Text");
  CHECK(source_of(d, "a.") == "a](b).");
}

TEST_CASE("with a title in both places the heading is the node and the front matter the metadata") {
  const auto d = read("---\ntitle: Long title\n---\n# Short\n\nText.");
  CHECK(outline(d)[0] == "title|Short");
  CHECK(d.metadata.title == "Long title");
  CHECK(d.text == "Short\nText.");
}

TEST_CASE("front matter alone is a document of a title") {
  CHECK(outline(read("---\ntitle: Alone\n---\n")) == Lines{"title|Alone"});
}

TEST_CASE("a list item or quotation of one paragraph is that paragraph, of several holds them") {
  CHECK(outline(read("- one\n- two\n\n  more\n")) ==
        Lines{"item|one", "item|two\nmore", " paragraph|two", " paragraph|more"});
  CHECK(outline(read("> said\n> she\n")) == Lines{"quote|said she"});
  CHECK(outline(read("> a\n>\n> b\n")) == Lines{"quote|a\nb", " paragraph|a", " paragraph|b"});
  CHECK(outline(read("1. a\n   - b\n")) == Lines{"item|a\nb", " paragraph|a", " item|b"});
  CHECK(outline(read("> - a\n> - b\n")) == Lines{"quote|a\nb", " item|a", " item|b"});
}

TEST_CASE("cells and code are paragraphs") {
  CHECK(outline(read("| a **b** | c\\|d |\n|---|---|\n| `x\\|y` |  |\n")) ==
        Lines{"paragraph|a b", "paragraph|c|d", "paragraph|x|y"});
  CHECK(outline(read("```py\nfoo\n\n  bar\n```\n")) == Lines{"paragraph|foo\n\n  bar"});
  CHECK(outline(read("Text:\n\n    code\n")) == Lines{"paragraph|Text:", "paragraph|code"});
}

TEST_CASE("links keep their targets") {
  CHECK(
      outline(read("See [the *paper*](http://a.b \"t\"), [ref] and <http://c.d>.\n\n[ref]: http://e.f\n")) ==
      Lines{"paragraph|See the paper, ref and http://c.d.", " link=http://a.b|the paper",
            " link=http://e.f|ref", " link=http://c.d|http://c.d"});
}

TEST_CASE("addresses written out are links, but not in code or in links") {
  CHECK(outline(read("At https://a.b/c_d_e, `http://no.no` [http://x.y](http://z.z)")) ==
        Lines{"paragraph|At https://a.b/c_d_e, http://no.no http://x.y",
              " link=https://a.b/c_d_e|https://a.b/c_d_e", " link=http://z.z|http://x.y"});
}

TEST_CASE("raw HTML is left out with a notice that counts it") {
  const auto d = read("---\ntitle: T\n---\nText <b>bold</b>.\n\n<div>\nblock\n</div>\n");
  CHECK(d.text == "T\nText bold.");
  REQUIRE(d.notices.size() == 1);
  CHECK(d.notices[0] == "raw HTML was left out of the text in 3 places, the first on line 4");
}

TEST_CASE("a <br> parts words") {
  const auto d = read("one<br>two<br/>three");
  CHECK(d.text == "one\ntwo\nthree");
  CHECK(source_of(d, "\nt") == "<br>t");
  CHECK(d.notices.empty());
}

TEST_CASE("images leave nothing behind") {
  CHECK(outline(read("![alt *text*](x.png)\n\n![alt](y.png) Caption ![z](z)\n")) ==
        Lines{"paragraph|Caption"});
  CHECK(outline(read("[![alt](y.png)](http://a.b)\n\nText")) == Lines{"paragraph|Text"});
}

TEST_CASE("entities and escapes map to all of their source") {
  const auto d = read("Caf&eacute; &amp; \\*bar\\* &#x1F4AC; &nGt; &bogus;");
  CHECK(d.text == "Café & *bar* 💬 ≫⃒ &bogus;");
  CHECK(source_of(d, "é") == "&eacute;");
  CHECK(source_of(d, "Café") == "Caf&eacute;");
  CHECK(source_of(d, "*bar*") == "\\*bar\\*");
  CHECK(source_of(d, "💬") == "&#x1F4AC;");
  CHECK(source_of(d, "≫⃒") == "&nGt;");
  CHECK(source_of(d, "&bogus;") == "&bogus;");
}

TEST_CASE("text maps back through quotations, lists, lazy lines, code and CR LF") {
  const auto d = read(
      "> A *long* [link](http://x \"long\") and\r\n> second \\*line* `co\r\n> de`\r\nlazy **line** "
      "long\r\n\r\n"
      "- item\r\n  more *here*\r\n\r\n```\r\nfoo\r\n\tbar\r\n```\r\n");
  CHECK(d.text == "A long link and second *line* co de lazy line long\nitem more here\nfoo\n\tbar");
  CHECK(source_of(d, "long") == "long");
  CHECK(source_of(d, " and") == " and");
  CHECK(source_of(d, "second *line*") == "second \\*line*");
  CHECK(source_of(d, "co de") == "co\r\n> de");
  CHECK(source_of(d, "lazy") == "lazy");
  CHECK(source_of(d, "line long") == "line** long");
  CHECK(d.to_bytes({static_cast<uint32_t>(d.text.find("line long")), static_cast<uint32_t>(d.text.size())})
            .end == d.bytes.find("\r\n```\r\n", d.bytes.find("foo")));
  CHECK(source_of(d, "more here") == "more *here");
  CHECK(source_of(d, "foo\n\tbar") == "foo\r\n\tbar");
}

TEST_CASE("text behind a reference definition and in a table that ends a paragraph is found") {
  const auto d =
      read("[r]: http://q\npara after [r].\n\nintro\n| head | two |\n|---|---|\n| cell | `x\\|y` |\n");
  CHECK(source_of(d, "para after") == "para after");
  CHECK(source_of(d, "intro") == "intro");
  CHECK(source_of(d, "head") == "head");
  CHECK(source_of(d, "cell") == "cell");
  CHECK(source_of(d, "x|y") == "x\\|y");
}

TEST_CASE("byline and dateline are found behind the title") {
  const auto d = read("# T\n\nBy **Ada Quill**\n\nGENEVA, 23 November 2025 — Talks began.\n");
  CHECK(outline(d) == Lines{"title|T", "byline|By Ada Quill",
                            "paragraph|GENEVA, 23 November 2025 — Talks began.",
                            " dateline|GENEVA, 23 November 2025 —"});
  CHECK(d.metadata.byline == "Ada Quill");
  CHECK(d.metadata.published == "2025-11-23");
}

TEST_CASE("deep nesting is read without recursion") {
  CHECK(read(repeated(">", 100'000) + "a").nodes.size() == 100'000);
  CHECK(read(repeated("- ", 50'000) + "a").nodes.size() == 50'000);
  CHECK(read(repeated("[", 200'000)).text.size() == 200'000);
  CHECK(read(repeated("![[](", 100'000)).text.size() > 0);
  CHECK(read(repeated("*a ", 100'000)).text.size() > 0);
  CHECK(read(repeated("_a*b", 50'000)).text.size() > 0);
}

TEST_CASE("sources that would exhaust the machine are refused") {
  CHECK(fault("a\n\n" + repeated(">", 2000) + "a\n" + repeated("b\n", 200'000)) ==
        "x.md: line 3 nests its blocks up to 2000 deep");
  CHECK(fault(repeated("a|", 20'000) + "\n" + repeated("-|", 20'000) + "\n") ==
        "x.md: a table has 20000 columns");
  const std::string too_many = "x.md: its tables, references or nested blocks are too many to be read";
  CHECK(fault(repeated("a|", 100) + "\n" + repeated("-|", 100) + "\n" + repeated("a\n", 160'000)) ==
        too_many);
  CHECK(fault("[a]: " + repeated("u", 100'000) + "\n\n" + repeated("[a] ", 100'000)) == too_many);
  CHECK(read("Still *reads*.").text == "Still reads.");
}

TEST_CASE("a long rule is no nesting") {
  CHECK(read("a\n\n" + repeated("- ", 60'000) + "\n" + repeated("b\n", 2000)).text.size() > 2000);
  CHECK(read("a\n\n" + repeated("-", 600'000) + "\n").text == "a");
}
