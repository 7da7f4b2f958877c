#include <catch2/catch.hpp>

#include "source_cursor.hpp"

using namespace stet;

namespace {

std::vector<std::vector<uint32_t>> runs(const MappedText& text) {
  std::vector<std::vector<uint32_t>> out;
  for (const auto& run : text.map.runs) out.push_back({run.text, run.bytes, run.size});
  return out;
}

using Runs = std::vector<std::vector<uint32_t>>;

std::string decode(std::string_view entity) {
  return entity == "&amp;" ? "&" : entity == "&eacute;" ? "é" : "";
}

// Runs of `literal` as found in `source`.
Runs found(std::string_view source, std::string_view literal, std::optional<uint32_t> hint = std::nullopt,
           SourceCursor::Spelling spelling = SourceCursor::Spelling::escaped) {
  SourceCursor cursor(source, decode);
  cursor.enter({0, static_cast<uint32_t>(source.size())});
  MappedText out;
  cursor.append(out, literal, hint, spelling);
  CHECK(out.text == literal);
  return runs(out);
}

}  // namespace

TEST_CASE("a literal is found verbatim, escaped, or as an entity") {
  CHECK(found("x abc", "abc") == Runs{{0, 2, 3}});
  CHECK(found("a\\*b", "a*b") == Runs{{0, 0, 1}, {1, 1, 1}, {2, 3, 0}, {2, 3, 1}});
  CHECK(found("a&eacute;b", "aéb") == Runs{{0, 0, 1}, {1, 1, 1}, {3, 9, 0}, {3, 9, 1}});
  CHECK(found("a&b&c;", "a&b&c;") == Runs{{0, 0, 6}});
}

TEST_CASE("the hint decides between two places, but only where the literal stands") {
  CHECK(found("ab ab ab", "ab", 3) == Runs{{0, 3, 2}});
  CHECK(found("ab ab ab", "ab", 4) == Runs{{0, 0, 2}});
  CHECK(found("ab ab ab", "ab", 4000) == Runs{{0, 0, 2}});
}

TEST_CASE("code is not unescaped and may go on in the next line") {
  const auto code = SourceCursor::Spelling::code;
  CHECK(found("`a\\*b`", "a\\*b", std::nullopt, code) == Runs{{0, 1, 4}});
  CHECK(found("`a\n> b`", "a b", std::nullopt, code) == Runs{{0, 1, 1}, {1, 2, 1}, {2, 5, 0}, {2, 5, 1}});
  CHECK(found("`a\\|b`", "a|b", std::nullopt, code) == Runs{{0, 1, 1}, {1, 2, 1}, {2, 4, 0}, {2, 4, 1}});
}

TEST_CASE("what is not found stays near the cursor, which goes on") {
  SourceCursor cursor("abc def", decode);
  cursor.enter({0, 7});
  MappedText out;
  cursor.append(out, "abc", std::nullopt, SourceCursor::Spelling::escaped);
  cursor.append(out, "zzz", std::nullopt, SourceCursor::Spelling::escaped);
  cursor.append(out, "def", std::nullopt, SourceCursor::Spelling::escaped);
  CHECK(runs(out) == Runs{{0, 0, 3}, {3, 3, 0}, {6, 4, 3}});
}

TEST_CASE("a search that finds nothing is given up in linear time") {
  const std::string source(200'000, 'a');
  SourceCursor cursor(source, decode);
  cursor.enter({0, 200'000});
  MappedText out;
  for (int i = 0; i < 100; ++i)
    cursor.append(out, std::string(100'000, 'a') + "b", std::nullopt, SourceCursor::Spelling::escaped);
  CHECK(out.text.size() == 100u * 100'001);
}
