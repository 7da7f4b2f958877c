#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "document.hpp"
#include "sandbox.hpp"

using namespace stet;
using namespace std::string_literals;

namespace {

std::string fault(const std::string& bytes, Format format = Format::text) {
  try {
    read_document("x.txt", bytes, format);
  } catch (const std::runtime_error& e) {
    return e.what();
  }
  return "none";
}

Document text(const std::string& bytes) {
  return read_document("x.txt", bytes, Format::text);
}

std::string bytes_of(const Document& d, std::string_view words) {
  const auto at = static_cast<uint32_t>(d.text.find(words));
  const Range r = d.to_bytes({at, at + static_cast<uint32_t>(words.size())});
  return d.bytes.substr(r.begin, r.end - r.begin);
}

double seconds_to_read(const std::string& bytes, Format format) {
  const auto begin = std::chrono::steady_clock::now();
  try {
    read_document("x", bytes, format);
  } catch (const std::runtime_error&) {
  }
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

std::string repeated(std::string_view words, size_t times) {
  std::string out;
  out.reserve(words.size() * times);
  for (size_t i = 0; i < times; ++i) out += words;
  return out;
}

}  // namespace

TEST_CASE("a document without text is refused") {
  CHECK(fault("") == "x.txt: the document is empty");
  CHECK(fault(" \n\t\r\n") == "x.txt: the document is blank");
  CHECK(fault("\xEF\xBB\xBF") == "x.txt: the document is blank");
  CHECK(fault("\u00A0\u200B\u2003") == "x.txt: the document is blank");
  CHECK(fault("<!-- nothing -->\n\n![](x.png)", Format::markdown) ==
        "x.txt: the document is blank but for its markup");
}

TEST_CASE("a document over the limit is refused with both sizes") {
  CHECK(fault(std::string(max_document_bytes, 'a')) == "none");
  CHECK(fault(std::string(max_document_bytes + 1, 'a')) ==
        "x.txt: the document has 16777217 bytes; at most 16777216 are read");
}

TEST_CASE("the first byte that is not UTF-8 is named") {
  CHECK(fault("abc\xFF") == "x.txt: byte 3 is not UTF-8");
  CHECK(fault(std::string(1042, 'a') + "\xC3(") == "x.txt: byte 1042 is not UTF-8");
  CHECK(fault("a\xC0\xAF") == "x.txt: byte 1 is not UTF-8");
}

TEST_CASE("a NUL byte is named, and so is whatever fault comes first") {
  CHECK(fault("abcd\0e"s) == "x.txt: byte 4 is NUL");
  CHECK(fault("a\0\xFF"s) == "x.txt: byte 1 is NUL");
  CHECK(fault("a\xFF\0"s) == "x.txt: byte 1 is not UTF-8");
}

TEST_CASE("UTF-16 and UTF-32 are recognised by their byte order marks") {
  CHECK(fault("\xFF\xFEh\0i\0"s).find("UTF-16") != std::string::npos);
  CHECK(fault("\xFE\xFF\0h\0i"s).find("UTF-16") != std::string::npos);
  CHECK(fault("\xFF\xFE\0\0h\0\0\0"s).find("UTF-32") != std::string::npos);
  CHECK(fault("\0\0\xFE\xFF\0\0\0h"s).find("UTF-32") != std::string::npos);
}

TEST_CASE("a byte order mark is dropped from the text, kept in the bytes, and told") {
  const auto d = text("\xEF\xBB\xBFTitle\n\nBody.");
  CHECK(d.text == "Title\n\nBody.");
  CHECK(d.bytes.size() == d.text.size() + 3);
  CHECK(d.map.to_bytes(0) == 3);
  CHECK(bytes_of(d, "Body") == "Body");
  REQUIRE(d.notices.size() == 1);
  CHECK(d.notices[0].find("byte order mark") != std::string::npos);
}

TEST_CASE("a second byte order mark is text") {
  CHECK(text("\xEF\xBB\xBF\xEF\xBB\xBFTitle\nBody").text == "\xEF\xBB\xBFTitle\nBody");
}

TEST_CASE("CR LF and CR are read as LF, told, and map to where they stand") {
  const auto d = text("One\r\nTwo\rThree\nFour\r\r\nFive");
  CHECK(d.text == "One\nTwo\nThree\nFour\n\nFive");
  CHECK(bytes_of(d, "Two") == "Two");
  CHECK(bytes_of(d, "One\nTwo\nThree") == "One\r\nTwo\rThree");
  CHECK(bytes_of(d, "Five") == "Five");
  CHECK(d.notices.size() == 1);
  CHECK(text("One\nTwo").notices.empty());
}

TEST_CASE("the text of a plain document is its bytes, and the map one run") {
  const auto d = text("Title\n\nThe “body”.\n");
  CHECK(d.text == d.bytes);
  REQUIRE(d.map.runs.size() == 1);
  CHECK(d.map.runs[0].size == d.text.size());
  CHECK(d.to_bytes({3, 9}) == Range{3, 9});
}

TEST_CASE("an offset that the text added maps to the end of what stands before") {
  const auto d = read_document("x.md", "One\n\n\n\nTwo", Format::markdown);
  REQUIRE(d.text == "One\nTwo");
  CHECK(d.map.to_bytes(3) == 3);
  CHECK(d.map.to_bytes(4) == 7);
  CHECK(d.to_bytes({0, 4}) == Range{0, 3});
  CHECK(d.to_bytes({4, 4}) == Range{7, 7});
  CHECK(ByteMap{}.to_bytes(5) == 0);
}

TEST_CASE("markup after a range is not part of it") {
  const auto d = read_document("x.md", "A **bold** word &amp; more", Format::markdown);
  CHECK(bytes_of(d, "bold") == "bold");
  CHECK(bytes_of(d, " word") == " word");
  CHECK(bytes_of(d, "&") == "&amp;");
  CHECK(bytes_of(d, "bold word") == "bold** word");
}

TEST_CASE("the format goes by the extension") {
  CHECK(format_of("a.md") == Format::markdown);
  CHECK(format_of("a.b/c.Markdown") == Format::markdown);
  CHECK(format_of("a.txt") == Format::text);
  CHECK(format_of("md") == Format::text);
  CHECK(format_of("a.md.txt") == Format::text);
  CHECK(format_of("") == Format::text);
}

TEST_CASE("positions count lines and characters from 1") {
  const std::string_view words = "ab\nc“d”\n\nx";
  const auto at = [&](std::string_view what) {
    const auto p = position_of(words, static_cast<uint32_t>(words.find(what)));
    return std::pair(p.line, p.column);
  };
  CHECK(at("a") == std::pair(1u, 1u));
  CHECK(at("b") == std::pair(1u, 2u));
  CHECK(at("d") == std::pair(2u, 3u));
  CHECK(at("”") == std::pair(2u, 4u));
  CHECK(at("x") == std::pair(4u, 1u));
  CHECK(position_of(words, static_cast<uint32_t>(words.size())).column == 2);
}

TEST_CASE("metadata that is not known is absent from its JSON") {
  CHECK(to_json(Metadata{}) == nlohmann::json::object());
  Metadata m;
  m.title = "T";
  m.published = "2025-11-23";
  m.sources = {"a", "b"};
  CHECK(to_json(m).dump() == R"({"published":"2025-11-23","sources":["a","b"],"title":"T"})");
}

TEST_CASE("the title, byline and date of a plain text become its metadata") {
  const auto d = text("The title\nBy Ada Quill\n\nPublished 23 November 2025\n\nThe body of it.\n");
  CHECK(d.metadata.title == "The title");
  CHECK(d.metadata.byline == "Ada Quill");
  CHECK(d.metadata.published == "2025-11-23");
}

// Each would take minutes if a step of the work were quadratic. Sanitizers, which take tens of times as long,
// see a quarter of it.
TEST_CASE("a large document is read in linear time") {
  constexpr size_t part = stet::sandbox::built_with_sanitizers() ? 4 : 1;
  const auto [bytes, format] = GENERATE(table<std::string, Format>({
      {repeated("word ", 2'000'000 / part), Format::text},
      {repeated("A short line.\n", 1'000'000 / part), Format::text},
      {repeated("- item\n", 1'000'000 / part), Format::text},
      {repeated("> quoted\n", 1'000'000 / part), Format::text},
      {"a" + repeated("\n", 8'000'000 / part), Format::text},
      {repeated("http://a.b/(((( ", 400'000 / part), Format::text},
      {repeated("http://", 1'000'000 / part), Format::text},
      {"http://a.b/" + repeated(")", 2'000'000 / part), Format::text},
      {repeated("word ", 2'000'000 / part), Format::markdown},
      {repeated("A short line.\n", 500'000 / part), Format::markdown},
      {repeated("www.a.b", 1) + repeated(")", 1'000'000 / part), Format::markdown},
      {repeated("a@b.c", 100'000 / part), Format::markdown},
      {"x [a](http://b.c \"" + repeated("a", 1'000'000 / part) + "\")\n" + repeated("a", 1'000'000 / part),
       Format::markdown},
  }));
  CAPTURE(bytes.substr(0, 30), bytes.size());
  CHECK(seconds_to_read(bytes, format) < 20);
}

TEST_CASE("the articles among the fixtures have the structure they were written with") {
  const auto article = [](const std::string& name) {
    const auto file = std::filesystem::path(STET_SOURCE_DIR) / "fixtures" / "articles" / name;
    std::ifstream in(file, std::ios::binary);
    return read_document(name, std::string(std::istreambuf_iterator<char>(in), {}), format_of(name));
  };
  const auto count = [](const Document& d, NodeKind kind) {
    return std::count_if(d.nodes.begin(), d.nodes.end(), [&](const Node& n) { return n.kind == kind; });
  };
  const auto budget = article("council-budget.md");
  CHECK(budget.metadata.published == "2025-11-18T21:40:00Z");
  CHECK(budget.metadata.sources.size() == 3);
  CHECK(count(budget, NodeKind::title) == 1);
  CHECK(count(budget, NodeKind::dateline) == 1);
  CHECK(count(budget, NodeKind::heading) == 2);
  CHECK(count(budget, NodeKind::list_item) == 4);
  CHECK(count(budget, NodeKind::block_quote) == 1);
  CHECK(count(budget, NodeKind::link) == 3);
  const auto ferry = article("ferry-inquiry.txt");
  CHECK(ferry.metadata.byline == "Lowri Pemberton and Jonas Achterberg");
  CHECK(ferry.metadata.published == "2025-10-17");
  CHECK(count(ferry, NodeKind::heading) == 1);
  CHECK(count(ferry, NodeKind::link) == 2);
  CHECK(article("library-roof.txt").metadata.published == "2025-10-06");
  const auto tram = article("tram-depot.txt");  // wrapped at 72 columns
  CHECK(tram.metadata.byline == "Ruben Halvorsen");
  CHECK(count(tram, NodeKind::heading) == 2);
  CHECK(count(tram, NodeKind::list_item) == 4);
  CHECK(count(tram, NodeKind::block_quote) == 1);
  CHECK(count(tram, NodeKind::paragraph) == 11);
}
