#include "pack_reader.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <set>
#include <stdexcept>
#include <system_error>

#include "delta.hpp"
#include "descriptor.hpp"
#include "loose_object.hpp"
#include "pack_entry.hpp"
#include "pack_lookup.hpp"

namespace stet {
namespace {

namespace fs = std::filesystem;

constexpr size_t most_open = 64;
constexpr size_t checksum_bytes = 20;
constexpr size_t first_window = 8192;   // most objects fit
constexpr size_t longest_chain = 4096;  // of deltas; git makes at most 4095

}  // namespace

struct PackReader::Pack {
  explicit Pack(fs::path pack) : file(std::move(pack)) {}

  fs::path file;
  std::optional<PackLookup> lookup;
  bool bad_index = false;
  Descriptor fd;
  uint64_t end = 0;  // of the objects

  // Null when the index is of no use.
  const PackLookup* index() {
    if (!lookup && !bad_index) try {
        lookup.emplace(fs::path(file).replace_extension(".idx"));
      } catch (const BadIndex&) {
        bad_index = true;
      }
    return lookup ? &*lookup : nullptr;
  }

  void open() {
    fd = Descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat about {};
    if (!fd || fstat(fd.get(), &about) != 0)
      throw std::system_error(errno, std::generic_category(), file.string());
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

PackReader::PackReader(const fs::path& objects, size_t cache_bytes)
    : folder_(objects / "pack"), cache_(cache_bytes) {
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
  for (const auto& pack : packs_) by_name.emplace(pack->file.stem(), pack.get());
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
  std::erase_if(packs_, [&](const auto& pack) {
    const std::string name = pack->file.filename();
    const bool gone = !there.contains(name);
    if (gone && last_found_ == pack.get()) last_found_ = nullptr;
    if (gone) cache_.clear();  // which knows packs by their address
    if (!gone) known.insert(name);
    return gone;
  });
  for (const auto& name : there)
    if (name.ends_with(".pack") && !known.contains(name) &&
        there.contains(fs::path(name).replace_extension(".idx")))
      packs_.push_back(std::make_unique<Pack>(folder_ / name));
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
  last_found_ = pack;
  return made({pack, found->offset}, found->crc32);
}

PackReader::Pack* PackReader::hint(const ObjectId& id) const {
  const auto number = hints_ ? hints_->find(id) : std::nullopt;
  return number ? hinted_[*number] : nullptr;
}

// What is wanted next lies mostly where the last one did. The newest packs come before older ones, since most
// of what is looked for was written lately.
PackReader::Object PackReader::look_up(const ObjectId& id) {
  Pack* const last = last_found_;
  if (last)
    if (auto object = look_up_in(last, id)) return object;
  Pack* const hinted = hint(id);
  if (hinted && hinted != last)
    if (auto object = look_up_in(hinted, id)) return object;
  for (auto pack = packs_.rbegin(); pack != packs_.rend(); ++pack)
    if (pack->get() != last && pack->get() != hinted)
      if (auto object = look_up_in(pack->get(), id)) return object;
  return nullptr;
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
  for (; !deltas.empty(); deltas.pop_back()) {
    const auto& [at, delta] = deltas.back();
    object = std::make_shared<const PackedBytes>(
        PackedBytes{object->type, apply_delta(object->bytes, delta, max_object_bytes)});
    cache_.put(at, object);
  }
  return object;
}

PackReader::Stored PackReader::stored(const Place& place, std::optional<uint32_t> crc32) {
  std::string bytes = window(place, first_window);
  std::string_view rest = bytes;
  const PackedHeader header = take_object_header(rest);
  Stored object{header.type, std::string(header.size, '\0'), {}};
  if (header.type == offset_delta || header.type == named_delta)
    object.base = base_of(place, header.type, rest);
  else if (header.type < 1 || header.type > 4)
    refuse_packed("it is of no known type");
  const size_t size = inflate(place, bytes.size() - rest.size(), bytes, object);
  if (crc32 && crc32_of(std::string_view(bytes).substr(0, size)) != *crc32)
    refuse_packed("it does not match its CRC-32");
  return object;
}

// Inflates what stands behind the header, for which `bytes` may have to grow. Returns where it ends.
size_t PackReader::inflate(const Place& place, size_t header, std::string& bytes, Stored& object) {
  const size_t likely = header + longest_stream(object.bytes.size());
  for (const size_t most : {likely, 4 * likely + 65536}) {  // a stream may be made to be long
    if (bytes.size() < most && bytes.size() + place.offset < place.pack->end) bytes = window(place, most);
    if (const size_t used =
            inflater_.inflate(std::string_view(bytes).substr(header), object.bytes.size(), object.bytes))
      return header + used;
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

// Up to `size` bytes of the pack; fewer at its end only.
std::string PackReader::window(const Place& place, size_t size) {
  Pack& pack = *place.pack;
  if (!pack.fd) {
    if (open_ == most_open)
      for (const auto& other : packs_) other->fd.reset();
    open_ = open_ % most_open + 1;
    pack.open();
  }
  if (place.offset >= pack.end) refuse_packed("its place is beyond the pack's end");
  std::string bytes(std::min<uint64_t>(size, pack.end - place.offset), '\0');
  for (size_t have = 0; have < bytes.size();) {
    const ssize_t n = pread(pack.fd.get(), bytes.data() + have, bytes.size() - have,
                            static_cast<off_t>(place.offset + have));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) throw std::system_error(errno, std::generic_category(), pack.file.string());
    if (n == 0) refuse_packed("the pack was cut short");
    have += static_cast<size_t>(n);
  }
  return bytes;
}

}  // namespace stet
