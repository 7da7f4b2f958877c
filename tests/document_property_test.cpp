// What holds for every document, tried on fixtures, random bytes and random markup.
#include <catch2/catch.hpp>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>

#include "document.hpp"
#include "utf8.hpp"

using namespace stet;

namespace {

class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15u + 1) {}
  uint32_t below(uint32_t limit) {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return static_cast<uint32_t>(state_ >> 33) % limit;
  }

 private:
  uint64_t state_;
};

bool is_boundary(std::string_view text, uint32_t at) {
  return at == text.size() || (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80);
}

// The first broken promise about `d`'s nodes, or an empty string.
std::string fault_of_nodes(const Document& d) {
  std::map<std::pair<uint32_t, int>, uint32_t> end_of_last;  // by parent; a link may hold a dateline
  for (uint32_t i = 0; i < d.nodes.size(); ++i) {
    const Node& n = d.nodes[i];
    const auto where = "node " + std::to_string(i) + " ";
    if (n.range.begin >= n.range.end || n.range.end > d.text.size())
      return where + "is empty or out of bounds";
    if (!is_boundary(d.text, n.range.begin) || !is_boundary(d.text, n.range.end))
      return where + "splits a character";
    if (i > 0 && n.range.begin < d.nodes[i - 1].range.begin) return where + "is out of order";
    if (n.parent != no_parent) {
      if (n.parent >= i) return where + "stands before its parent";
      const Range around = d.nodes[n.parent].range;
      if (n.range.begin < around.begin || n.range.end > around.end) return where + "leaves its parent";
    }
    const int sort = n.kind == NodeKind::link ? 1 : n.kind == NodeKind::dateline ? 2 : 0;
    uint32_t& end = end_of_last[{n.parent, sort}];
    if (n.range.begin < end) return where + "overlaps its neighbour";
    end = n.range.end;
    if (n.kind == NodeKind::heading ? n.value.size() != 1 : n.kind != NodeKind::link && !n.value.empty())
      return where + "has the value \"" + n.value + "\"";
  }
  return {};
}

std::string fault_of_map(const Document& d) {
  uint32_t text = 0, bytes = 0;
  for (const auto& run : d.map.runs) {
    if (run.text < text || run.bytes < bytes) return "runs descend at text " + std::to_string(run.text);
    if (run.text + run.size > d.text.size() || run.bytes + run.size > d.bytes.size())
      return "a run leaves the text";
    text = run.text + run.size;
    bytes = run.bytes;
    for (uint32_t i = 0; run.size > 1 && i < run.size; ++i) {
      const char in_text = d.text[run.text + i], in_bytes = d.bytes[run.bytes + i];
      const bool line_break = (in_text == ' ' && in_bytes == '\n') || in_bytes == '\r';
      if (in_text != in_bytes && !line_break)
        return "a run maps other bytes at text " + std::to_string(run.text + i);
    }
  }
  uint32_t last = 0;
  for (uint32_t at = 0; at <= d.text.size(); ++at) {
    const uint32_t to = d.map.to_bytes(at);
    if (to < last || to > d.bytes.size()) return "offsets descend at text " + std::to_string(at);
    if (is_boundary(d.text, at) && !is_boundary(d.bytes, to)) return "a character of the bytes is split";
    last = to;
  }
  return {};
}

std::string with_line_feeds(std::string_view bytes) {
  std::string out;
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] != '\r') out += bytes[i];
    if (bytes[i] == '\r' && (i + 1 == bytes.size() || bytes[i + 1] != '\n')) out += '\n';
  }
  return out;
}

std::string fault_of_plain_map(const Document& d, Random& random) {
  const auto size = static_cast<uint32_t>(d.text.size());
  for (int i = 0; i < 20; ++i) {
    Range range{random.below(size), random.below(size + 1)};
    while (!is_boundary(d.text, range.begin)) --range.begin;
    while (!is_boundary(d.text, range.end)) ++range.end;
    if (range.end <= range.begin) continue;
    const Range to = d.to_bytes(range);
    if (with_line_feeds(std::string_view(d.bytes).substr(to.begin, to.end - to.begin)) !=
        d.text.substr(range.begin, range.end - range.begin))
      return "the bytes of " + std::to_string(range.begin) + ".." + std::to_string(range.end) + " are others";
  }
  return {};
}

// Reads `bytes` and checks all that is promised; a document that is refused must be refused in one sentence.
void require_promises(const std::string& bytes, Format format, Random& random) {
  try {
    const Document d = read_document("x", bytes, format);
    INFO("bytes: " << bytes);
    INFO("text: " << d.text);
    REQUIRE(fault_of_nodes(d) == "");
    REQUIRE(fault_of_map(d) == "");
    REQUIRE(d.text.find('\0') == std::string::npos);
    REQUIRE(d.text.find('\r') == std::string::npos);
    REQUIRE(!first_not_utf8(d.text));
    REQUIRE(d.bytes == bytes);
    if (format == Format::text) REQUIRE(fault_of_plain_map(d, random) == "");
  } catch (const std::runtime_error& e) {
    REQUIRE(std::string(e.what()).starts_with("x: "));
    REQUIRE(std::string(e.what()).find('\n') == std::string::npos);
  }
}

std::string random_from(Random& random, const std::vector<std::string>& tokens, uint32_t most) {
  std::string out;
  for (uint32_t n = random.below(most) + 1; n > 0; --n)
    out += tokens[random.below(static_cast<uint32_t>(tokens.size()))];
  return out;
}

const std::vector<std::string> text_tokens = {"word",
                                              "Word",
                                              " ",
                                              " ",
                                              "\n",
                                              "\n\n",
                                              "\r\n",
                                              "\r",
                                              "- ",
                                              "* ",
                                              "• ",
                                              "1. ",
                                              "2. ",
                                              "3) ",
                                              "> ",
                                              ">",
                                              ".",
                                              ",",
                                              "“",
                                              "”",
                                              "é",
                                              "💬",
                                              "\xEF\xBB\xBF",
                                              "http://a.b/c",
                                              "https://a.b/(c)",
                                              "<http://x.y>",
                                              "By Jane Roe",
                                              "Updated 2025-11-23",
                                              "\t",
                                              "GENEVA, Nov. 23 (Agency) — ",
                                              "LONDON - ",
                                              "\u00A0",
                                              "\u200B",
                                              "Heading",
                                              "—",
                                              "a long stretch of words that wraps "};

const std::vector<std::string> markdown_tokens = {"word",
                                                  "x",
                                                  "é",
                                                  "“",
                                                  "💬",
                                                  " ",
                                                  " ",
                                                  "  ",
                                                  "\n",
                                                  "\n",
                                                  "\n\n",
                                                  "  \n",
                                                  "\\\n",
                                                  "\r\n",
                                                  "# ",
                                                  "## ",
                                                  "> ",
                                                  "- ",
                                                  "1. ",
                                                  "    ",
                                                  "\t",
                                                  "*",
                                                  "**",
                                                  "_",
                                                  "`",
                                                  "``",
                                                  "~~",
                                                  "[",
                                                  "]",
                                                  "(",
                                                  ")",
                                                  "](http://a.b \"t\")",
                                                  "![",
                                                  "<br>",
                                                  "<b>",
                                                  "<!-- c -->",
                                                  "&amp;",
                                                  "&eacute;",
                                                  "&#65;",
                                                  "&nGt;",
                                                  "&bogus;",
                                                  "&",
                                                  "\\*",
                                                  "\\[",
                                                  "\\\\",
                                                  "\\|",
                                                  "|",
                                                  "|a|b|\n|-|-|\n",
                                                  "```\n",
                                                  "~~~\n",
                                                  "---\n",
                                                  "===\n",
                                                  "http://a.b/c",
                                                  "<http://a.b>",
                                                  "[r]: http://q\n",
                                                  "[r]",
                                                  "By Jane Roe\n\n",
                                                  "---\ntitle: A &amp; b\n---\n",
                                                  "GENEVA (Agency) — Word "};

const std::vector<std::string> html_tokens = {
    "word",
    "x",
    "é",
    "“",
    "💬",
    " ",
    " ",
    "\n",
    "\r\n",
    "\t",
    "\u00A0",
    "<p>",
    "</p>",
    "<p>",
    "<div>",
    "</div>",
    "<div class=\"related-links\">",
    "<section id='article-body'>",
    "</section>",
    "<article>",
    "</article>",
    "<ul>",
    "</ul>",
    "<li>",
    "</li>",
    "<ol><li>",
    "<blockquote>",
    "</blockquote>",
    "<h1>",
    "</h1>",
    "<h2>",
    "</h2>",
    "<h3 hidden>",
    "<br>",
    "<br/>",
    "<hr>",
    "<a href=\"http://a.b/c\">",
    "<a>",
    "</a>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<q>",
    "</q>",
    "<pre>",
    "</pre>",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</table>",
    "<span>",
    "</span>",
    "<svg>",
    "</svg>",
    "<title>",
    "</title>",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<!--",
    "-->",
    "<head>",
    "<body>",
    "</body>",
    "</html>",
    "<template>",
    "</template>",
    "<select><option>",
    "<textarea>",
    "</textarea>",
    "<plaintext>",
    "<my-tag>",
    "</my-tag>",
    "&amp;",
    "&amp",
    "&eacute;",
    "&NotEqualTilde;",
    "&#8212;",
    "&#13;",
    "&#0;",
    "&#x80;",
    "&nosuch;",
    "&",
    "<",
    ">",
    "</",
    "<!",
    "\"",
    "'",
    "<meta property=\"og:title\" content=\"A &amp; b\">",
    "<meta property=\"og:title\" content=\"word\">",
    "<meta name=\"date\" content=\"2025-11-23\">",
    "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\"}</script>",
    "http://a.b/c",
    "By Jane Roe",
    "GENEVA (Agency) — Word ",
    "a long stretch of words that make a paragraph of their own, however it is cut. "};

// A page's title that stands behind its body has no place of its own.
uint32_t behind_title(const Document& d) {
  const bool titled = !d.nodes.empty() && d.nodes.front().kind == NodeKind::title;
  return d.format == Format::html && titled ? d.nodes.front().range.end : 0;
}

// Nearly all small letters of random documents stand where the map says.
void require_found(const std::vector<std::string>& tokens, Format format) {
  size_t all = 0, found = 0;
  for (uint64_t seed = 1; seed <= 2000; ++seed) {
    Random random(seed);
    try {
      const Document d = read_document("x", random_from(random, tokens, 40), format);
      for (uint32_t i = behind_title(d); i < d.text.size(); ++i) {
        if (d.text[i] < 'a' || d.text[i] > 'z') continue;
        ++all;
        found += d.bytes[d.map.to_bytes(i)] == d.text[i];
      }
    } catch (const std::runtime_error&) {
    }
  }
  CAPTURE(all, found);
  REQUIRE(all > 10000);
  REQUIRE(static_cast<double>(found) / static_cast<double>(all) > 0.99);
}

}  // namespace

TEST_CASE("every article among the fixtures keeps the promises") {
  Random random(1);
  size_t read = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(STET_SOURCE_DIR) + "/fixtures/articles")) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    for (Format format : {Format::text, Format::markdown}) {
      REQUIRE_NOTHROW(read_document("x", bytes, format));
      require_promises(bytes, format, random);
    }
    ++read;
  }
  REQUIRE(read >= 3);
}

TEST_CASE("random text keeps the promises") {
  for (uint64_t seed = 1; seed <= 4000; ++seed) {
    Random random(seed);
    CAPTURE(seed);
    require_promises(random_from(random, text_tokens, 40), Format::text, random);
  }
}

TEST_CASE("random Markdown keeps the promises") {
  for (uint64_t seed = 1; seed <= 8000; ++seed) {
    Random random(seed);
    CAPTURE(seed);
    require_promises(random_from(random, markdown_tokens, 40), Format::markdown, random);
  }
}

TEST_CASE("random pages keep the promises") {
  for (uint64_t seed = 1; seed <= 12000; ++seed) {
    Random random(seed);
    CAPTURE(seed);
    require_promises(random_from(random, html_tokens, 60), Format::html, random);
  }
}

TEST_CASE("random bytes are read or refused, never worse") {
  for (uint64_t seed = 1; seed <= 4000; ++seed) {
    Random random(seed);
    std::string bytes;
    for (uint32_t n = random.below(60) + 1; n > 0; --n)
      bytes += static_cast<char>(random.below(8) == 0 ? random.below(256)
                                                      : " \n#>*_-[]()a\"'|`~\\&;<!"[random.below(23)]);
    CAPTURE(seed);
    require_promises(bytes, std::array{Format::text, Format::markdown, Format::html}[random.below(3)],
                     random);
  }
}

TEST_CASE("almost all text of random Markdown and pages is found in its source") {
  require_found(markdown_tokens, Format::markdown);
  require_found(html_tokens, Format::html);
}
