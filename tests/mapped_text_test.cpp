#include <catch2/catch.hpp>

#include "mapped_text.hpp"

using namespace stet;

namespace {

std::vector<std::vector<uint32_t>> runs(const MappedText& text) {
  std::vector<std::vector<uint32_t>> out;
  for (const auto& run : text.map.runs) out.push_back({run.text, run.bytes, run.size});
  return out;
}

using Runs = std::vector<std::vector<uint32_t>>;

}  // namespace

TEST_CASE("neighbouring verbatim text is one run") {
  MappedText t;
  t.append("ab", 5);
  t.append("cd", 7);
  t.append_added("\n");
  t.append("ef", 9);
  t.append_decoded("&", {11, 16});
  t.append("g", 16);
  CHECK(t.text == "abcd\nef&g");
  CHECK(runs(t) == Runs{{0, 5, 4}, {5, 9, 2}, {7, 11, 1}, {8, 16, 0}, {8, 16, 1}});
}

TEST_CASE("cutting a text cuts its map") {
  MappedText t;
  t.append("abcd", 5);
  t.append_decoded("&", {9, 14});
  t.append("ef", 14);
  t.truncate(6);
  CHECK(runs(t) == Runs{{0, 5, 4}, {4, 9, 1}, {5, 14, 0}, {5, 14, 1}});
  t.truncate(5);
  CHECK(runs(t) == Runs{{0, 5, 4}, {4, 9, 1}, {5, 14, 0}});
  t.truncate(2);
  CHECK(runs(t) == Runs{{0, 5, 2}});
  t.truncate(0);
  CHECK(t.map.runs.empty());
}

TEST_CASE("a map over line feeds becomes one over CR LF") {
  const auto lines = with_line_feeds("ab\r\ncd\re", 0);
  CHECK(lines.text == "ab\ncd\ne");
  CHECK(runs(lines) == Runs{{0, 0, 2}, {2, 3, 5}});
  MappedText t;
  t.append("ab", 0);
  t.append("b\ncd", 1);
  rebase(t, lines.map);
  CHECK(runs(t) == Runs{{0, 0, 2}, {2, 1, 1}, {3, 3, 3}});
}

TEST_CASE("lines are joined with both maps") {
  MappedText first, second;
  first.append("ab", 3);
  second.append("cd", 9);
  const auto both = join_lines(first, second);
  CHECK(both.text == "ab\ncd");
  CHECK(runs(both) == Runs{{0, 3, 2}, {3, 9, 2}});
}
