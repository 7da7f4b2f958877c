#include "pack_copies.hpp"

#include <stdexcept>
#include <system_error>

#include "pack_check.hpp"
#include "pack_merge.hpp"

namespace stet {
namespace {

namespace fs = std::filesystem;

constexpr size_t cache_bytes = 2u << 20;

class CopyCheck {
 public:
  CopyCheck(const fs::path& objects, const std::shared_ptr<SharedLookups>& lookups,
            const std::function<void(const std::string&, const std::string&)>& found)
      : found_(found), reader_(objects, cache_bytes, lookups) {
    for (const auto& pack : packs_of(objects)) add(pack, *lookups);
  }

  void run() {
    if (indexes_.size() < 2) return;  // an index in order has no id twice
    PackMerge merge(indexes_);
    for (auto copies = merge.next(); !copies.empty(); copies = merge.next())
      if (copies.size() > 1)
        for (const auto& copy : copies) check(merge.id(), copy);
  }

 private:
  // A pack may go meanwhile, when another process has put its objects into another.
  void add(const fs::path& pack, SharedLookups& lookups) try {
    auto index = lookups.open(fs::path(pack).replace_extension(".idx"));
    for (size_t i = 1; i < index->size(); ++i)
      if (index->id(i - 1) >= index->id(i)) return say(pack.stem(), order_fault(*index, i));
    names_.push_back(pack.stem());
    indexes_.push_back(std::move(index));
  } catch (const std::runtime_error&) {
  }

  static std::string order_fault(const PackLookup& index, size_t at) {
    return index.id(at - 1) == index.id(at) ? "has object " + hex(index.id(at)) + " twice"
                                            : "is out of order at object " + hex(index.id(at));
  }

  void check(const ObjectId& id, const PackMerge::Copy& copy) try {
    const PackReader::Copy place{names_[copy.pack], indexes_[copy.pack]->place(copy.object)};
    if (const auto fault = copy_fault(reader_, place, id, sha1_)) say(place.pack, *fault);
  } catch (const BadIndex& e) {
    say(names_[copy.pack], e.what());
  }

  void say(const std::string& pack, const std::string& fault) const {
    found_("objects/pack/" + pack + ".idx", fault);
  }

  const std::function<void(const std::string&, const std::string&)>& found_;
  PackReader reader_;
  Sha1 sha1_;
  std::vector<std::string> names_;
  std::vector<std::shared_ptr<const PackLookup>> indexes_;
};

}  // namespace

std::optional<std::string> copy_fault(PackReader& packs, const PackReader::Copy& copy, const ObjectId& id,
                                      Sha1& sha1) try {
  const auto object = packs.read_copy(copy);
  if (!object || object_id(static_cast<ObjectType>(object->type), object->bytes, sha1) == id)
    return std::nullopt;
  return "gives the id " + hex(id) + " to another object";
} catch (const std::system_error& e) {
  if (e.code() == std::errc::no_such_file_or_directory) return std::nullopt;
  return "gives the id " + hex(id) + " to an object that cannot be read: " + e.code().message();
} catch (const std::runtime_error& e) {
  return "gives the id " + hex(id) + " to an object that cannot be read: " + e.what();
}

void check_copies(const fs::path& objects, const std::shared_ptr<SharedLookups>& lookups,
                  const std::function<void(const std::string&, const std::string&)>& found) {
  CopyCheck(objects, lookups, found).run();
}

}  // namespace stet
