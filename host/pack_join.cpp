#include "pack_join.hpp"

#include <algorithm>
#include <limits>
#include <memory>
#include <set>
#include <stdexcept>
#include <unordered_map>

#include "deflate.hpp"
#include "file_lock.hpp"
#include "multi_pack_index.hpp"
#include "pack_copies.hpp"
#include "pack_entry.hpp"
#include "pack_list.hpp"
#include "pack_lookup.hpp"

namespace stet {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t most_joined_bytes = 256u << 20;
constexpr size_t checksum_bytes = 20;
constexpr size_t cache_bytes = 2u << 20;

// An object as a pack holds it.
struct RawObject {
  ObjectId id{};
  PackLookup::Place place;
  PackedHeader header;
  std::optional<uint64_t> base;  // where in the pack its base begins, for a delta of type offset_delta
  std::string_view rest;         // what stands behind
};

// A pack's objects in the order in which they stand there, each checked against its CRC-32.
class RawPack {
 public:
  RawPack(const fs::path& folder, const std::string& name)
      : index_(folder / (name + ".idx")),
        mapping_(map_file(folder / (name + ".pack"))),
        bytes_(mapping_.bytes()) {
    for (size_t i = 0; i < index_.size(); ++i) order_.emplace_back(index_.place(i).offset, i);
    std::sort(order_.begin(), order_.end());
    order_.emplace_back(bytes_.size() < checksum_bytes ? 0 : bytes_.size() - checksum_bytes, 0);
  }

  std::optional<RawObject> next() {
    if (at_ + 1 >= order_.size()) return std::nullopt;
    const auto [begin, number] = order_[at_++];
    const uint64_t end = order_[at_].first;
    if (begin >= end || end > bytes_.size()) refuse_packed("its place is beyond the pack's end");
    RawObject object{index_.id(number), index_.place(number), {}, {}, bytes_.substr(begin, end - begin)};
    if (crc32_of(object.rest) != object.place.crc32) refuse_packed("it does not match its CRC-32");
    object.header = take_object_header(object.rest);
    if (object.header.type == offset_delta) object.base = begin - take_distance(object.rest);
    return object;
  }

  void rewind() { at_ = 0; }

 private:
  PackLookup index_;
  Mapping mapping_;
  std::string_view bytes_;
  std::vector<std::pair<uint64_t, size_t>> order_;  // offset and number in the index
  size_t at_ = 0;
};

class Joiner {
 public:
  Joiner(const Disk& disk, const fs::path& objects)
      : folder_(objects / "pack"), reader_(objects, cache_bytes), out_(disk, objects, PackOwner::keeper) {}

  void add(const std::string& name) try {
    RawPack pack(folder_, name);
    demand_true(pack, name);
    std::unordered_map<uint64_t, uint64_t> moved;  // where in the new pack its objects are
    while (const auto object = pack.next()) {
      const auto [place, is_new] = places_.try_emplace(object->id, out_.size());
      moved.emplace(object->place.offset, place->second);
      if (is_new) copy(*object, moved);
    }
  } catch (const std::runtime_error& e) {
    throw std::runtime_error("objects/pack/" + name + ": " + e.what());
  }

  // Whether it could be added; if not, it is to stay as it is. Throws when some of it was.
  bool adds(const std::string& name) {
    const uint64_t before = out_.size();
    try {
      add(name);
    } catch (const std::runtime_error&) {
      if (out_.size() != before) throw;
      return false;
    }
    return true;
  }

  PackSummary finish() { return out_.finish(deltas_); }

 private:
  // Of two packs that give one id the first one's object stays, so each must be what its id says. Nothing is
  // copied before that is known.
  void demand_true(RawPack& pack, const std::string& name) {
    while (const auto object = pack.next())
      if (const auto fault = copy_fault(reader_, {name, object->place}, object->id, sha1_))
        throw std::runtime_error("its index " + *fault);
    pack.rewind();
  }

  void copy(const RawObject& object, const std::unordered_map<uint64_t, uint64_t>& moved) {
    stored_.clear();
    append_object_header(stored_, object.header);
    if (object.base) {
      const auto base = moved.find(*object.base);
      if (base == moved.end()) throw std::runtime_error("a delta's base is not there");
      append_distance(stored_, out_.size() - base->second);
    }
    stored_ += object.rest;
    deltas_ += object.header.type == offset_delta || object.header.type == named_delta;
    out_.append(object.id, stored_);
  }

  fs::path folder_;
  PackReader reader_;
  Sha1 sha1_;
  PackFile out_;
  std::unordered_map<ObjectId, uint64_t, ObjectIdHash> places_;
  std::string stored_;
  size_t deltas_ = 0;
};

// That a multi-pack-index names must stay as they are, until it is written anew.
std::vector<ListedPack> free_packs(const fs::path& objects) {
  auto packs = list_packs(objects);
  std::set<std::string> named;
  if (const auto index = MultiPackLookup::open(objects))
    named.insert(index->packs().begin(), index->packs().end());
  else if (fs::exists(objects / "pack/multi-pack-index"))
    return {};  // whatever it names
  std::erase_if(packs, [&](const ListedPack& pack) { return pack.is_kept || named.contains(pack.name); });
  std::sort(packs.begin(), packs.end(), [](auto& a, auto& b) { return a.bytes < b.bytes; });
  return packs;
}

}  // namespace

PackSummary join_packs(const Disk& disk, const fs::path& objects, const std::vector<std::string>& names) {
  Joiner joiner(disk, objects);
  for (const auto& name : names) joiner.add(name);
  return joiner.finish();
}

size_t small_packs_to_join(const std::vector<uint64_t>& sorted_bytes) {
  if (sorted_bytes.size() <= most_small_packs) return 0;
  size_t taken = 0;
  uint64_t total = 0;
  for (const uint64_t bytes : sorted_bytes) {
    const bool is_large = bytes > total && sorted_bytes.size() - taken < most_small_packs / 2;
    if (is_large || total + bytes > most_joined_bytes) break;
    total += bytes;
    ++taken;
  }
  return taken < 2 ? 0 : taken;
}

// What goes wrong here is no fault of the recording that it follows: all packs are still there, or twice.
void join_small_packs(const Disk& disk, const fs::path& repository) try {
  const fs::path objects = repository / "objects";
  if (count_packs(objects) <= most_small_packs) return;
  const auto lock = try_lock_file(repository / keeper_lock);
  if (!lock) return;
  auto packs = free_packs(objects);
  std::vector<uint64_t> sizes;
  for (const auto& pack : packs) sizes.push_back(pack.bytes);
  packs.resize(small_packs_to_join(sizes));
  if (packs.empty()) return;
  remove_pack_leftovers(disk, objects, PackOwner::keeper);
  remove_stray_indexes(disk, objects);
  Joiner joiner(disk, objects);
  std::erase_if(packs, [&](const ListedPack& pack) { return !joiner.adds(pack.name); });
  const auto joined = joiner.finish();
  std::erase_if(packs, [&](const ListedPack& pack) { return pack.name == joined.name; });
  remove_packs(disk, objects, packs);
} catch (const std::runtime_error&) {
}

}  // namespace stet
