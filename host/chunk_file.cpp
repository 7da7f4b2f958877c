#include "chunk_file.hpp"

#include <stdexcept>

#include "big_endian.hpp"
#include "files.hpp"
#include "git_object.hpp"

namespace stet {
namespace {

constexpr size_t table_entry = 12, checksum_bytes = 20;
constexpr size_t count_place = 6;  // of the number of chunks, in both files' headers

// Beside its place; one that a killed process left goes first.
std::filesystem::path temporary(const Disk& disk, const std::filesystem::path& place) {
  std::filesystem::path file = place.string() + ".stet";
  if (is_taken(file)) disk.remove(file);
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

ChunkView::ChunkView(std::string_view file, size_t header_bytes) : file_(file) {
  const size_t table = file.size() > count_place
                           ? (static_cast<unsigned char>(file[count_place]) + size_t{1}) * table_entry
                           : 0;
  if (table == 0 || header_bytes + table + checksum_bytes > file.size())
    throw std::runtime_error("is cut short");
  table_ = file.substr(header_bytes, table);
}

// A chunk ends where the next one begins.
std::optional<std::string_view> ChunkView::find(std::string_view name) const {
  for (size_t at = 0; at + table_entry < table_.size(); at += table_entry) {
    if (table_.substr(at, name.size()) != name) continue;
    const uint64_t begin = big_endian_at(table_, at + 4, 8),
                   end = big_endian_at(table_, at + 4 + table_entry, 8);
    if (begin > end || end > file_.size() - checksum_bytes) return std::nullopt;
    return file_.substr(begin, end - begin);
  }
  return std::nullopt;
}

bool ChunkView::matches_checksum() const {
  const size_t end = file_.size() - checksum_bytes;
  Sha1 sha1;
  sha1.update(file_.substr(0, end));
  return bytes_of(sha1.finish()) == file_.substr(end);
}

}  // namespace stet
