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
  CHECK_THROWS_WITH(LineReader(scratch / "cut.gz"),
                    Contains("cut.gz: is damaged, nothing of it was read: byte ") &&
                        Contains("is the end, in the middle of what is compressed"));
  CHECK_THROWS_WITH(lines_of(scratch / "none"), Contains("none: No such file"));
  write_file(scratch / "empty.gz", "");
  CHECK_THROWS_WITH(LineReader(scratch / "empty.gz"), Contains("empty.gz: is empty"));
}

namespace {

std::string compressed(const Scratch& scratch, const std::string& text) {
  write_file(scratch / "a", text);
  shell("gzip -nfk '" + (scratch / "a").string() + "'");
  return read_file(scratch / "a.gz", 1 << 20);
}

}  // namespace

TEST_CASE("of a compressed file in which any bit is another, no line is given out that it did not hold") {
  Scratch scratch;
  std::string text;
  for (int i = 0; i < 40; ++i) text += "line " + std::to_string(i * 7919 % 10007) + "\n";
  write_file(scratch / "whole", text);
  const auto lines = lines_of(scratch / "whole");
  const auto whole = compressed(scratch, text);
  const auto file = scratch / "altered.gz";
  int refused = 0;
  for (size_t at = 1; at < whole.size(); ++at) {  // without its first byte it is no compressed file
    auto altered = whole;
    altered[at] ^= static_cast<char>(1 << at % 8);
    write_file(file, altered);
    try {
      const auto read = lines_of(file);
      CHECK(read == lines);  // a time was altered, or the name of the system that it was made on
    } catch (const std::runtime_error& e) {
      CHECK_THAT(e.what(), Contains("altered.gz: is damaged, nothing of it was read: byte "));
      ++refused;
    }
  }
  CHECK(refused >= static_cast<int>(whole.size()) - 12);
}

TEST_CASE("a compressed file may have several members and zeros at its end, and nothing else") {
  Scratch scratch;
  const auto one = compressed(scratch, "one\n"), two = compressed(scratch, "two\n");
  const auto file = scratch / "b.gz";
  const std::vector<std::string> both{"one", "two"};
  write_file(file, one + two);
  CHECK(lines_of(file) == both);
  write_file(file, one + two + std::string(100000, '\0'));
  CHECK(lines_of(file) == both);
  write_file(file, one + two + "garbage");
  CHECK_THROWS_WITH(LineReader(file), Contains("byte " + std::to_string(one.size() + two.size() + 1) +
                                               " is not the beginning of a further member"));
  auto broken = two;
  broken[0] ^= 1;
  write_file(file, one + broken);
  CHECK_THROWS_WITH(LineReader(file), Contains("is not the beginning of a further member"));
  broken = two;
  broken[1] ^= 1;
  write_file(file, one + broken);
  CHECK_THROWS_WITH(LineReader(file), Contains("b.gz: is damaged"));
  write_file(file, one + std::string(3, '\0') + two);
  CHECK_THROWS_WITH(LineReader(file), Contains("is not the beginning of a further member"));
}

TEST_CASE("a check that is stopped ends where it is, and what was not checked has no lines") {
  Scratch scratch;
  std::string text;
  for (int i = 0; i < 20000; ++i) text += std::to_string(i * 7919 % 10007) + "\n";
  const auto whole = compressed(scratch, text);
  // Had it gone on, it would have met the end.
  write_file(scratch / "cut.gz", whole.substr(0, whole.size() - 1));
  std::atomic<bool> stop = false;
  CHECK_THROWS_WITH(LineReader(scratch / "cut.gz", &stop), Contains("is the end"));
  CHECK(LineReader(scratch / "a.gz", &stop).next(1000) == "0");
  stop = true;
  CHECK_FALSE(LineReader(scratch / "cut.gz", &stop).next(1000));
  CHECK_FALSE(LineReader(scratch / "a.gz", &stop).next(1000));
}
