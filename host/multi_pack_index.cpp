// "MIDX", versions of format and hash, number of chunks, no base files, number of packs; then as in
// chunk_file.hpp:
//   PNAM  names of the packs' indexes, sorted, each ended by a NUL
//   OIDF  256 counts of the ids up to each first byte
//   OIDL  the ids, sorted
//   OOFF  for each its pack and its offset there; with the top bit set, its place in
//   LOFF  offsets of 8 bytes, if one does not fit into 32 bits
#include "multi_pack_index.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "big_endian.hpp"
#include "chunk_file.hpp"
#include "files.hpp"
#include "pack_lookup.hpp"
#include "pack_merge.hpp"

namespace stet {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view magic("MIDX\1\1", 6);
constexpr size_t header_bytes = 12, id_bytes = 20;
constexpr size_t counts_bytes = size_t{256} * 4, place_bytes = 8;
constexpr uint32_t in_table_of_large = 0x80000000;

fs::path place_in(const fs::path& objects) {
  return objects / "pack/multi-pack-index";
}

class Writer {
 public:
  Writer(const Disk& disk, const fs::path& objects, std::vector<std::string> packs)
      : disk_(disk), place_(place_in(objects)), names_(std::move(packs)) {
    std::sort(names_.begin(), names_.end());
    for (const auto& name : names_)
      packs_.push_back(std::make_shared<const PackLookup>(objects / "pack" / (name + ".idx")));
  }

  void write() {
    scan();
    const std::string names = pack_names();
    ChunkFile::Sizes chunks{{"PNAM", names.size()},
                            {"OIDF", counts_.size()},
                            {"OIDL", objects_ * id_bytes},
                            {"OOFF", places_.size()}};
    if (!large_.empty()) chunks.emplace_back("LOFF", large_.size());
    std::string header(magic);
    append_big_endian(header, chunks.size(), 1);
    append_big_endian(header, 0, 1);
    append_big_endian(header, names_.size(), 4);
    ChunkFile file(disk_, place_, header, chunks);
    file.write(names);
    file.write(counts_);
    PackMerge merge(packs_);
    while (!merge.next().empty()) file.write(bytes_of(merge.id()));
    file.write(places_);
    file.write(large_);
    file.finish();
  }

 private:
  // All but the ids, which are most of it.
  void scan() {
    bool any_large = false;
    std::vector<size_t> counts(256);
    PackMerge merge(packs_);
    for (auto copies = merge.next(); !copies.empty(); copies = merge.next()) {
      const auto& [pack, object] = copies.front();
      const uint64_t offset = packs_[pack]->place(object).offset;
      any_large |= offset >> 32 != 0;
      append_big_endian(places_, pack, 4);
      append_big_endian(places_, offset, place_bytes);
      ++counts[merge.id()[0]];
    }
    objects_ = places_.size() / (4 + place_bytes);
    shorten_places(any_large);
    size_t sum = 0;
    for (const size_t count : counts) append_big_endian(counts_, sum += count, 4);
  }

  // Offsets to 4 bytes, in place.
  void shorten_places(bool any_large) {
    size_t to = 0;
    for (size_t from = 0; from < places_.size(); from += 4 + place_bytes, to += place_bytes) {
      uint64_t offset = big_endian_at(places_, from + 4, place_bytes);
      if (any_large && offset >= in_table_of_large) {
        append_big_endian(large_, offset, 8);
        offset = in_table_of_large | (large_.size() / 8 - 1);
      }
      std::string low;
      append_big_endian(low, offset, 4);
      std::memmove(places_.data() + to, places_.data() + from, 4);
      std::memcpy(places_.data() + to + 4, low.data(), low.size());
    }
    places_.resize(to);
  }

  std::string pack_names() const {
    std::string names;
    for (const auto& name : names_) names += name + ".idx" + '\0';
    return names.append((4 - names.size() % 4) % 4, '\0');
  }

  const Disk& disk_;
  fs::path place_;
  std::vector<std::string> names_;
  std::vector<std::shared_ptr<const PackLookup>> packs_;
  size_t objects_ = 0;
  std::string counts_, places_, large_;
};

[[noreturn]] std::string_view refuse() {
  throw std::runtime_error("is no multi-pack-index");
}

}  // namespace

void write_multi_pack_index(const Disk& disk, const fs::path& objects, std::vector<std::string> packs) {
  const auto place = place_in(objects);
  if (packs.empty()) return is_taken(place) ? disk.remove(place) : void();
  Writer(disk, objects, std::move(packs)).write();
}

std::unique_ptr<const MultiPackLookup> MultiPackLookup::open(const fs::path& objects) try {
  return std::unique_ptr<const MultiPackLookup>(new MultiPackLookup(place_in(objects)));
} catch (const std::runtime_error&) {
  return nullptr;
}

MultiPackLookup::MultiPackLookup(const fs::path& file) : mapping_(map_file(file)), bytes_(mapping_.bytes()) {
  if (!bytes_.starts_with(magic)) refuse();
  const ChunkView chunks(bytes_, header_bytes);
  const auto needed = [&](std::string_view name) {
    const auto chunk = chunks.find(name);
    return chunk ? *chunk : refuse();
  };
  counts_ = needed("OIDF");
  ids_ = needed("OIDL");
  places_ = needed("OOFF");
  large_ = chunks.find("LOFF").value_or("");
  if (counts_.size() != counts_bytes) refuse();
  const size_t objects = big_endian_at(counts_, counts_bytes - 4, 4);
  if (ids_.size() != objects * id_bytes || places_.size() != objects * place_bytes) refuse();
  for (size_t at = 0, before = 0; at < counts_bytes; at += 4) {
    const size_t count = big_endian_at(counts_, at, 4);
    if (count < before || count > objects) refuse();
    before = count;
  }
  read_names(needed("PNAM"), big_endian_at(bytes_, 8, 4));
}

bool MultiPackLookup::matches_checksum() const {
  return ChunkView(bytes_, header_bytes).matches_checksum();
}

size_t MultiPackLookup::size() const {
  return ids_.size() / id_bytes;
}

MultiPackLookup::Object MultiPackLookup::object(size_t number) const {
  Object object{{},
                big_endian_at(places_, number * place_bytes, 4),
                big_endian_at(places_, number * place_bytes + 4, 4)};
  std::memcpy(object.id.data(), ids_.data() + number * id_bytes, id_bytes);
  const uint64_t large = object.offset & ~uint64_t{in_table_of_large};
  if (object.offset == large || large_.empty()) return object;
  object.offset = large < large_.size() / 8 ? big_endian_at(large_, large * 8, 8) : UINT64_MAX;
  return object;
}

void MultiPackLookup::read_names(std::string_view names, size_t count) {
  for (; count > 0; --count) {
    const size_t end = names.find('\0');
    if (end == names.npos || !names.substr(0, end).ends_with(".idx")) refuse();
    packs_.emplace_back(names.substr(0, end - 4));
    names.remove_prefix(end + 1);
  }
}

std::optional<size_t> MultiPackLookup::find(const ObjectId& id) const {
  const auto object = find_id(counts_, ids_, id);
  if (!object) return std::nullopt;
  const size_t pack = big_endian_at(places_, *object * place_bytes, 4);
  return pack < packs_.size() ? std::optional(pack) : std::nullopt;
}

}  // namespace stet
