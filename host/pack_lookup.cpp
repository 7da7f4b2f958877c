// Parts of an index: 8 bytes of header, 256 counts of the ids up to each first byte, the ids, their CRC-32s,
// their offsets, the offsets that take 8 bytes, two checksums.
#include "pack_lookup.hpp"

#include <cstring>

#include "big_endian.hpp"

namespace stet {
namespace {

constexpr size_t header = 8, counts_end = header + size_t{256} * 4, id_bytes = 20, checksums = 2 * id_bytes;
constexpr std::string_view magic("\377tOc\0\0\0\2", header);

uint32_t number_in(std::string_view bytes, size_t at) {
  return static_cast<uint32_t>(big_endian_at(bytes, at, 4));
}

}  // namespace

// Ids are hashes and spread evenly, so that where one stands can be guessed closely from its bytes; guesses
// that do not come to an end, in an index that somebody made up, give way to halving.
std::optional<size_t> find_id(std::string_view counts, std::string_view ids, const ObjectId& id) {
  constexpr int most_guesses = 8;
  const size_t count = id[0] * size_t{4};
  size_t begin = id[0] == 0 ? 0 : number_in(counts, count - 4), end = number_in(counts, count);
  const auto height = [](std::string_view of, size_t at) { return uint64_t{number_in(of, at + 1)}; };
  const uint64_t wanted = height(bytes_of(id), 0);
  uint64_t low = 0, high = uint64_t{1} << 32;  // no id from begin to end is below or above
  for (int guesses = 0; begin < end; ++guesses) {
    const bool can_guess = guesses < most_guesses && low <= wanted && wanted < high;
    const size_t middle =
        begin + (can_guess ? (wanted - low) * (end - begin) / (high - low) : (end - begin) / 2);
    const int order = std::memcmp(ids.data() + middle * id_bytes, id.data(), id_bytes);
    if (order == 0) return middle;
    if (order < 0) {
      begin = middle + 1;
      low = height(ids, middle * id_bytes);
    } else {
      end = middle;
      high = height(ids, middle * id_bytes) + 1;
    }
  }
  return std::nullopt;
}

PackLookup::PackLookup(const std::filesystem::path& index)
    : mapping_(map_file(index)), bytes_(mapping_.bytes()) {
  demand_whole();
}

void PackLookup::demand_whole() {
  if (bytes_.size() < counts_end + checksums || !bytes_.starts_with(magic))
    throw BadIndex("is not the index of a pack");
  for (size_t at = header, before = 0; at < counts_end; at += 4, before = objects_) {
    objects_ = number(at);
    if (objects_ < before) throw BadIndex("is damaged: its counts fall");
  }
  const size_t least = counts_end + objects_ * (id_bytes + 8) + checksums;
  if (bytes_.size() < least || (bytes_.size() - least) % 8 != 0)
    throw BadIndex("is damaged: it has another size than its objects take");
  large_offsets_ = (bytes_.size() - least) / 8;
}

uint32_t PackLookup::number(size_t at) const {
  return number_in(bytes_, at);
}

uint64_t PackLookup::offset(size_t object) const {
  const size_t offsets = counts_end + objects_ * (id_bytes + 4);
  const uint32_t value = number(offsets + object * 4);
  if (value < 0x80000000) return value;
  const size_t large = value & 0x7fffffff;
  if (large >= large_offsets_) throw BadIndex("its pack's index is damaged: an offset is not there");
  const size_t at = offsets + objects_ * 4 + large * 8;
  return static_cast<uint64_t>(number(at)) << 32 | number(at + 4);
}

ObjectId PackLookup::id(size_t object) const {
  ObjectId id;
  std::memcpy(id.data(), bytes_.data() + counts_end + object * id_bytes, id_bytes);
  return id;
}

PackLookup::Place PackLookup::place(size_t object) const {
  return {offset(object), number(counts_end + objects_ * id_bytes + object * 4)};
}

std::optional<PackLookup::Place> PackLookup::find(const ObjectId& id) const {
  const auto object = find_id(bytes_.substr(header), bytes_.substr(counts_end), id);
  return object ? std::optional(place(*object)) : std::nullopt;
}

std::vector<PackLookup::Place> PackLookup::find_all(const ObjectId& id) const {
  std::vector<Place> places;
  const auto found = find_id(bytes_.substr(header), bytes_.substr(counts_end), id);
  if (!found) return places;
  size_t at = *found;
  while (at > 0 && this->id(at - 1) == id) --at;
  for (; at < objects_ && this->id(at) == id; ++at) places.push_back(place(at));
  return places;
}

std::shared_ptr<const PackLookup> SharedLookups::open(const std::filesystem::path& index) {
  const std::lock_guard lock(mutex_);
  auto& known = open_[index];
  auto lookup = known.lock();
  if (!lookup) known = lookup = std::make_shared<const PackLookup>(index);
  return lookup;
}

}  // namespace stet
