#include "line_reader.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "files.hpp"
#include "scratch.hpp"

using namespace stet;
using Catch::Contains;
using stet::testing::Scratch;
using stet::testing::shell;

namespace {

std::vector<std::string> lines_of(const std::filesystem::path& file, size_t limit = 1000) {
  LineReader reader(file);
  std::vector<std::string> lines;
  while (auto line = reader.next(limit)) lines.push_back(*line);
  return lines;
}

}  // namespace

TEST_CASE("a file gives its lines, the last one without a line feed too") {
  Scratch scratch;
  write_file(scratch / "a", "one\n\ntwo\r\nthree");
  CHECK(lines_of(scratch / "a") == std::vector<std::string>{"one", "", "two\r", "three"});
  write_file(scratch / "b", "one\n");
  CHECK(lines_of(scratch / "b") == std::vector<std::string>{"one"});
  write_file(scratch / "c", "");
  CHECK(lines_of(scratch / "c").empty());
}

TEST_CASE("a file compressed with gzip gives the same lines, long ones too") {
  Scratch scratch;
  const std::vector<std::string> lines{std::string(200000, 'x'), "", std::string("a\0b", 3)};
  write_file(scratch / "a", lines[0] + "\n\n" + lines[2] + "\n");
  shell("gzip -k '" + (scratch / "a").string() + "'");
  CHECK(lines_of(scratch / "a", 300000) == lines);
  CHECK(lines_of(scratch / "a.gz", 300000) == lines);
}

TEST_CASE("a line over the limit is cut, and the next one is whole") {
  Scratch scratch;
  write_file(scratch / "a", std::string(100000, 'x') + "\nnext\n");
  CHECK(lines_of(scratch / "a", 10) == std::vector<std::string>{std::string(11, 'x'), "next"});
}

TEST_CASE("what was read is counted as it lies on the disk") {
  Scratch scratch;
  write_file(scratch / "a", "one\ntwo\n");
  LineReader reader(scratch / "a");
  CHECK(reader.size() == 8);
  while (reader.next(10)) {
  }
  CHECK(reader.done() == 8);
}

TEST_CASE("a compressed file that was cut off, or altered, is named") {
  Scratch scratch;
  std::string text;
  for (int i = 0; i < 20000; ++i) text += std::to_string(i * 7919 % 10007) + "\n";
  write_file(scratch / "a", text);
  shell("gzip -k '" + (scratch / "a").string() + "'");
  const auto whole = read_file(scratch / "a.gz", 1 << 20);
  write_file(scratch / "cut.gz", whole.substr(0, whole.size() / 2));
  CHECK_THROWS_WITH(lines_of(scratch / "cut.gz"), Contains("cut.gz: cannot be read on: "));
  auto altered = whole;
  altered[whole.size() - 6] ^= 1;  // in the CRC-32 at the end
  write_file(scratch / "altered.gz", altered);
  CHECK_THROWS_WITH(lines_of(scratch / "altered.gz"), Contains("altered.gz: cannot be read on: "));
  CHECK_THROWS_WITH(lines_of(scratch / "none"), Contains("none: No such file"));
}
