// The frame that git's multi-pack-index and commit-graph share (gitformat-chunk(5)): a header, a table of the
// chunks (name and place) with an end, the chunks, SHA-1 of all that.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "digest.hpp"
#include "disk.hpp"

namespace stet {

// Takes the place of one that is there when finish() has returned, synced, and not before. Errors as
// disk.hpp's.
class ChunkFile {
 public:
  using Sizes = std::vector<std::pair<std::string_view, uint64_t>>;
  // `header` without the table; names of chunks have four bytes. `disk` must outlive this.
  ChunkFile(const Disk& disk, const std::filesystem::path& place, std::string_view header,
            const Sizes& chunks);

  void write(std::string_view bytes);  // what follows, chunk after chunk
  void finish();

 private:
  const Disk& disk_;
  std::filesystem::path place_;
  NewFile file_;
  Sha1 sha1_;
};

// The chunks of one that is there, which may be damaged, or anybody's. Borrows the bytes.
class ChunkView {
 public:
  // `header_bytes` stand before the table. Throws std::runtime_error when there is no room for that.
  ChunkView(std::string_view file, size_t header_bytes);

  // Nothing when there is none of that name, or not within the file.
  std::optional<std::string_view> find(std::string_view name) const;
  // Whether the file is as it was written, by the checksum at its end.
  bool matches_checksum() const;

 private:
  std::string_view file_, table_;
};

}  // namespace stet
