// Reads a repository's objects, each checked against the id that it is asked
// for by. Knows packs and loose objects, and needs no libgit2.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "git_object.hpp"
#include "pack_reader.hpp"

namespace stet {

// Packs may hold an object twice, and one copy may be other bytes than its id says. Which must be right?
enum class Copies {
  any,    // one of them
  first,  // the one that is found first, as for whoever looks at the others elsewhere
  all,    // those in packs
};

// One thread at a time; for many threads, one each.
class ObjectReader {
 public:
  // `objects`: the repository's folder of that name. Readers of one repository may share their lookups.
  explicit ObjectReader(std::filesystem::path objects,
                        std::shared_ptr<SharedLookups> lookups = std::make_shared<SharedLookups>(),
                        Copies right = Copies::any);

  using Bytes = std::shared_ptr<const std::string>;
  // Throws std::runtime_error with one clause, "cannot be read: ...": the
  // object is lost, damaged, or of another type.
  Bytes read(const ObjectId& id, ObjectType type);
  uint64_t objects_read() const { return read_; }

 private:
  Bytes find(const ObjectId& id, ObjectType type, bool is_fresh = false);
  Bytes loose(const ObjectId& id, ObjectType type);
  Bytes demand_right(const ObjectId& id, ObjectType type, Bytes bytes);
  Bytes right_copy(const ObjectId& id, ObjectType type);
  void demand_right_copies(const ObjectId& id);

  std::filesystem::path objects_;
  PackReader packs_;
  Copies right_;
  Sha1 sha1_;
  uint64_t read_ = 0;
};

}  // namespace stet
