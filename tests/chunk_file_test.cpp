#include "chunk_file.hpp"

#include <catch2/catch.hpp>

#include "files.hpp"
#include "scratch.hpp"

using namespace stet;
using testing::Scratch;
namespace fs = std::filesystem;

namespace {

constexpr std::string_view header("TEST\1\1\2\0", 8);

std::string written(const Scratch& scratch) {
  const Disk disk;
  ChunkFile file(disk, scratch / "f", header, {{"AAAA", 3}, {"BBBB", 0}});
  file.write("abc");
  file.finish();
  return read_file(scratch / "f", 1 << 20);
}

}  // namespace

TEST_CASE("chunks are read as they were written, under a checksum") {
  const Scratch scratch;
  const auto bytes = written(scratch);
  const ChunkView chunks(bytes, header.size());
  CHECK(chunks.matches_checksum());
  CHECK(chunks.find("AAAA") == "abc");
  CHECK(chunks.find("BBBB") == "");
  CHECK_FALSE(chunks.find("CCCC"));
}

TEST_CASE("whatever byte of a file of chunks is changed, no chunk leads out of it and the sum differs") {
  const Scratch scratch;
  const auto whole = written(scratch);
  for (size_t at = 0; at < whole.size(); ++at) {
    auto bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x81);
    try {
      const ChunkView chunks(bytes, header.size());
      CHECK_FALSE(chunks.matches_checksum());
      if (const auto chunk = chunks.find("AAAA"))
        CHECK(chunk->data() + chunk->size() <= bytes.data() + bytes.size());
    } catch (const std::runtime_error&) {
      CHECK(at == 6);  // more chunks than there is room for
    }
  }
  for (size_t size = 0; size < header.size() + 3 * 12 + 20; ++size)
    CHECK_THROWS_AS(ChunkView(std::string_view(whole).substr(0, size), header.size()), std::runtime_error);
}

TEST_CASE("a file of chunks takes the place of one that is there when it is finished, and not before") {
  const Scratch scratch;
  const auto before = written(scratch);
  {
    const Disk disk;
    ChunkFile unfinished(disk, scratch / "f", header, {{"AAAA", 1}});
    unfinished.write("x");
  }
  CHECK(read_file(scratch / "f", 1 << 20) == before);
  CHECK(written(scratch) == before);
  CHECK_FALSE(fs::exists(scratch / "f.stet"));
}
