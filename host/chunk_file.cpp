#include "chunk_file.hpp"

#include "pack_index.hpp"

namespace stet {
namespace {

constexpr size_t table_entry = 12;

// Beside its place; one that a killed process left goes first.
std::filesystem::path temporary(const Disk& disk, const std::filesystem::path& place) {
  const std::filesystem::path file = place.string() + ".stet";
  if (std::filesystem::exists(file)) disk.remove(file);
  return file;
}

}  // namespace

ChunkFile::ChunkFile(const Disk& disk, const std::filesystem::path& place, std::string_view header,
                     const Sizes& chunks)
    : disk_(disk), place_(place), file_(disk, temporary(disk, place), 0444u) {
  std::string table(header);
  uint64_t at = header.size() + (chunks.size() + 1) * table_entry;
  for (const auto& [name, size] : chunks) {
    table += name;
    append_big_endian(table, at, 8);
    at += size;
  }
  append_big_endian(table, 0, 4);
  append_big_endian(table, at, 8);
  write(table);
}

void ChunkFile::write(std::string_view bytes) {
  sha1_.update(bytes);
  file_.write(bytes);
}

void ChunkFile::finish() {
  file_.write(bytes_of(sha1_.finish()));
  file_.sync();
  file_.rename_to(place_);
  disk_.sync_folder(place_.parent_path());
}

}  // namespace stet
