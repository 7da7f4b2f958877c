#include "pack_reader.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <map>
#include <set>
#include <stdexcept>
#include <system_error>

#include "delta.hpp"
#include "descriptor.hpp"
#include "loose_object.hpp"
#include "pack_entry.hpp"

namespace stet {
namespace {

namespace fs = std::filesystem;

constexpr size_t most_open = 64;
constexpr size_t checksum_bytes = 20;
constexpr size_t longest_header = 32;   // of an object: its size and where its base is
constexpr size_t longest_chain = 4096;  // of deltas; git makes at most 4095
// What the objects of one chain may take together: each delta is applied to the one before. Fifty revisions
// of the largest document take less.
constexpr size_t most_made_bytes = 4 * max_object_bytes;

}  // namespace

struct PackReader::Pack {
  Pack(fs::path pack, SharedLookups& shared) : file(std::move(pack)), name(file.stem()), lookups(shared) {}

  fs::path file;
  std::string name;
  SharedLookups& lookups;
  std::shared_ptr<const PackLookup> lookup;
  bool bad_index = false;
  Descriptor fd;
  uint64_t end = 0;          // of the objects
  Pack* followed = nullptr;  // where the next object that was not here was found

  // Null when the index is of no use.
  const PackLookup* index() {
    if (!lookup && !bad_index) try {
        lookup = lookups.open(fs::path(file).replace_extension(".idx"));
      } catch (const std::system_error&) {
        throw;
      } catch (const std::runtime_error&) {
        bad_index = true;
      }
    return lookup.get();
  }

  void open() {
    fd = open_regular(file);
    struct stat about {};
    if (fstat(fd.get(), &about) != 0) throw std::system_error(errno, std::generic_category(), file.string());
    const auto size = static_cast<uint64_t>(about.st_size);
    end = size < checksum_bytes ? 0 : size - checksum_bytes;
  }
};

// An object as the pack holds it.
struct PackReader::Stored {
  unsigned type;
  std::string bytes;  // a delta, if it has a base
  std::optional<Place> base;
};

size_t PackReader::PlaceHash::operator()(const Place& place) const {
  return reinterpret_cast<uintptr_t>(place.pack) * 31 + place.offset;
}

PackReader::PackReader(const fs::path& objects, size_t cache_bytes, std::shared_ptr<SharedLookups> lookups)
    : folder_(objects / "pack"), lookups_(std::move(lookups)), cache_(cache_bytes) {
  refresh();
}
PackReader::~PackReader() = default;

void PackReader::refresh() {
  list_packs();
  read_hints();
}

void PackReader::read_hints() {
  hints_ = MultiPackLookup::open(folder_.parent_path());
  hinted_.clear();
  if (!hints_) return;
  std::map<std::string, Pack*> by_name;
  for (const auto& pack : packs_) by_name.emplace(pack->name, pack.get());
  for (const auto& name : hints_->packs()) {
    const auto found = by_name.find(name);
    hinted_.push_back(found == by_name.end() ? nullptr : found->second);
  }
}

void PackReader::list_packs() {
  std::set<std::string> there;
  std::error_code none;
  for (const auto& file : fs::directory_iterator(folder_, none)) there.insert(file.path().filename());
  std::set<std::string> known;
  const size_t gone = std::erase_if(packs_, [&](const auto& pack) {
    const std::string name = pack->file.filename();
    if (there.contains(name)) known.insert(name);
    return !there.contains(name);
  });
  if (gone > 0) forget_places();
  std::vector<std::pair<fs::file_time_type, std::unique_ptr<Pack>>> added;
  for (const auto& name : there)
    if (name.ends_with(".pack") && !known.contains(name) &&
        there.contains(fs::path(name).replace_extension(".idx")))
      added.emplace_back(fs::last_write_time(folder_ / name, none),
                         std::make_unique<Pack>(folder_ / name, *lookups_));
  std::stable_sort(added.begin(), added.end(), [](auto& a, auto& b) { return a.first < b.first; });
  for (auto& [written, pack] : added) packs_.push_back(std::move(pack));
}

// All that knows packs by their address.
void PackReader::forget_places() {
  last_found_ = last_named_ = nullptr;
  for (const auto& pack : packs_) pack->followed = nullptr;
  cache_.clear();
  windows_.clear();
}

// A pack that another process took away has been replaced by one that holds the same.
std::shared_ptr<const PackedBytes> PackReader::read(const ObjectId& id) try {
  return look_up(id);
} catch (const std::system_error& e) {
  if (e.code() != std::errc::no_such_file_or_directory) throw;
  refresh();
  return look_up(id);
}

PackReader::Object PackReader::look_up_in(Pack* pack, const ObjectId& id) {
  const auto* index = pack->index();
  const auto found = index ? index->find(id) : std::nullopt;
  if (!found) return nullptr;
  if (last_found_ && last_found_ != pack) last_found_->followed = pack;
  last_found_ = pack;
  return made({pack, found->offset}, found->crc32);
}

PackReader::Pack* PackReader::hint(const ObjectId& id) const {
  const auto number = hints_ ? hints_->find(id) : std::nullopt;
  return number ? hinted_[*number] : nullptr;
}

// What is wanted next lies mostly where the last one did, or where the next one lay after the last time that
// one was there: revisions of an article, read one after the other, lie in the packs of their batches. The
// newest packs come before older ones, since most of what is looked for was written lately; but for the very
// oldest, which has what a ledger began with and hardly ever changes.
PackReader::Object PackReader::look_up(const ObjectId& id) {
  std::array<Pack*, 5> looked_into{};
  size_t count = 0;
  const auto object_in = [&](Pack* pack) {
    const bool is_new = pack && std::find(looked_into.begin(), looked_into.end(), pack) == looked_into.end();
    if (is_new && count < looked_into.size()) looked_into[count++] = pack;
    return is_new ? look_up_in(pack, id) : nullptr;
  };
  Pack* const last = last_found_;
  if (auto object = object_in(last)) return object;
  if (auto object = object_in(last ? last->followed : nullptr)) return object;
  if (auto object = object_in(hint(id))) return object;
  if (packs_.empty()) return nullptr;
  if (auto object = object_in(packs_.back().get())) return object;
  if (auto object = object_in(packs_.front().get())) return object;
  for (auto pack = packs_.rbegin(); pack != packs_.rend(); ++pack)
    if (auto object = object_in(pack->get())) return object;
  return nullptr;
}

std::vector<PackReader::Copy> PackReader::copies(const ObjectId& id) {
  std::vector<Copy> all;
  for (const auto& pack : packs_)
    if (const auto* index = pack->index())
      for (const auto& place : index->find_all(id)) all.push_back({pack->name, place});
  return all;
}

PackReader::Object PackReader::read_copy(const Copy& copy) {
  if (!last_named_ || last_named_->name != copy.pack) {
    const auto found =
        std::find_if(packs_.begin(), packs_.end(), [&](auto& pack) { return pack->name == copy.pack; });
    if (found == packs_.end()) return nullptr;
    last_named_ = found->get();
  }
  return made({last_named_, copy.place.offset}, copy.place.crc32);
}

PackReader::Object PackReader::made(Place place, uint32_t crc32) {
  std::vector<std::pair<Place, std::string>> deltas;
  size_t bytes = 0;
  auto object = cache_.find(place);
  for (std::optional<uint32_t> check = crc32; !object; check.reset()) {
    Stored found = stored(place, check);
    if (!found.base) {
      object = std::make_shared<const PackedBytes>(PackedBytes{found.type, std::move(found.bytes)});
      if (!deltas.empty()) cache_.put(place, object);
      break;
    }
    bytes += found.bytes.size();
    deltas.emplace_back(place, std::move(found.bytes));
    if (deltas.size() > longest_chain || bytes > max_object_bytes)
      refuse_packed("its chain of deltas has no end");
    place = *found.base;
    object = cache_.find(place);
  }
  for (size_t made = 0; !deltas.empty(); deltas.pop_back()) {
    const auto& [at, delta] = deltas.back();
    if ((made += object->bytes.size()) > most_made_bytes)
      refuse_packed("its chain of deltas makes more bytes than are read");
    object = std::make_shared<const PackedBytes>(
        PackedBytes{object->type, apply_delta(object->bytes, delta, max_object_bytes)});
    cache_.put(at, object);
  }
  return object;
}

PackReader::Stored PackReader::stored(const Place& place, std::optional<uint32_t> crc32) {
  const auto bytes = window(place, longest_header);
  std::string_view rest = bytes;
  const PackedHeader header = take_object_header(rest);
  Stored object{header.type, std::string(header.size, '\0'), {}};
  if (header.type == offset_delta || header.type == named_delta)
    object.base = base_of(place, header.type, rest);
  else if (header.type < 1 || header.type > 4)
    refuse_packed("it is of no known type");
  const auto whole = inflate(place, bytes.size() - rest.size(), object);
  if (crc32 && crc32_of(whole) != *crc32) refuse_packed("it does not match its CRC-32");
  return object;
}

// Inflates what stands behind the header. Returns all of it, as the pack has it.
std::string_view PackReader::inflate(const Place& place, size_t header, Stored& object) {
  const size_t likely = header + longest_stream(object.bytes.size());
  for (const size_t most : {likely, 4 * likely + 65536}) {  // a stream may be made to be long
    const auto bytes = window(place, most);
    if (bytes.size() < header) break;
    if (const size_t used = inflater_.inflate(bytes.substr(header), object.bytes.size(), object.bytes))
      return bytes.substr(0, header + used);
  }
  refuse_packed("it cannot be inflated");
}

PackReader::Place PackReader::base_of(const Place& place, unsigned type, std::string_view& header) {
  if (type == offset_delta) {
    const uint64_t distance = take_distance(header);
    if (distance == 0 || distance >= place.offset) refuse_packed("its base is nowhere");
    return {place.pack, place.offset - distance};
  }
  ObjectId id;
  if (header.size() < id.size()) refuse_packed("it is cut short");
  std::memcpy(id.data(), header.data(), id.size());
  header.remove_prefix(id.size());
  const auto* index = place.pack->index();
  const auto found = index ? index->find(id) : std::nullopt;
  if (!found) refuse_packed("its base is nowhere");
  return {place.pack, found->offset};
}

// `size` bytes of the pack at least; fewer at its end only. They are there until the next call.
std::string_view PackReader::window(const Place& place, size_t size) {
  Pack& pack = *place.pack;
  if (!pack.fd) {
    if (open_ == most_open)
      for (const auto& other : packs_) other->fd.reset();
    open_ = open_ % most_open + 1;
    pack.open();
  }
  if (place.offset >= pack.end) refuse_packed("its place is beyond the pack's end");
  return windows_.read({&pack.file, pack.fd.get(), pack.end}, place.offset, size);
}

}  // namespace stet
