#include "object_reader.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "forged_pack.hpp"
#include "ledger_attacks.hpp"

using namespace stet;
using Catch::Contains;
using testing::git;
using testing::Scratch;
namespace fs = std::filesystem;

namespace {

struct Repository {
  Scratch scratch;
  fs::path folder = scratch / "r";

  Repository() { testing::shell("git init -q --bare '" + folder.string() + "'"); }

  // The blob's id is what the reader is asked by.
  ObjectId blob(const std::string& text) const {
    std::ofstream(scratch / "blob", std::ios::binary) << text;
    git(folder, "hash-object -w '" + (scratch / "blob").string() + "'");
    return object_id(ObjectType::blob, text);
  }
  void pack(const ObjectId& id) const {
    testing::shell("cd '" + folder.string() + "' && echo " + hex(id) +
                   " | git pack-objects -q objects/pack/pack && git prune-packed");
  }
  ObjectReader reader() const { return ObjectReader(folder / "objects"); }
};

}  // namespace

TEST_CASE("an object is read by its id, loose or packed") {
  const Repository repository;
  const auto id = repository.blob("a text\n");
  CHECK(*repository.reader().read(id, ObjectType::blob) == "a text\n");
  repository.pack(id);
  CHECK(*repository.reader().read(id, ObjectType::blob) == "a text\n");
}

TEST_CASE("an object of another type, and one that is not there, are told apart") {
  const Repository repository;
  const auto id = repository.blob("a text\n");
  const bool packed = GENERATE(false, true);
  if (packed) repository.pack(id);
  auto reader = repository.reader();
  CHECK_THROWS_WITH(reader.read(id, ObjectType::tree),
                    "cannot be read: the object " + hex(id) + " is not a tree");
  CHECK_THROWS_WITH(reader.read(ObjectId{}, ObjectType::tree),
                    "cannot be read: the object " + hex(ObjectId{}) + " is lost");
}

TEST_CASE("an object that is another than its id says is not given") {
  const Repository repository;
  const auto id = repository.blob("a text\n"), other = repository.blob("another\n");
  const auto file = [&](const ObjectId& object) {
    return repository.folder / "objects" / hex(object).substr(0, 2) / hex(object).substr(2);
  };
  fs::rename(file(other), file(id));
  CHECK_THROWS_WITH(repository.reader().read(id, ObjectType::blob),
                    Contains("cannot be read: the object is not what its id " + hex(id)));
}

TEST_CASE("an object that another process packs meanwhile is found") {
  const Repository repository;
  const auto id = repository.blob("a text\n");
  auto reader = repository.reader();
  repository.pack(id);
  CHECK(*reader.read(id, ObjectType::blob) == "a text\n");
}

TEST_CASE("of several copies in packs, those that are asked to be right must be") {
  const Repository r;
  const auto id = r.blob("words\n");
  r.pack(id);
  testing::plant_pack(r.folder, {{id, "forged"}});
  const auto read = [&](Copies right) {
    return *ObjectReader(r.folder / "objects", std::make_shared<SharedLookups>(), right)
                .read(id, ObjectType::blob);
  };
  CHECK(read(Copies::any) == "words\n");
  CHECK_THROWS_WITH(read(Copies::first), Contains("is not what its id"));
  CHECK_THROWS_WITH(read(Copies::all), Contains("cannot be read: "));
}

TEST_CASE("of a shallow clone it is said that it is one") {
  const Repository r;
  std::ofstream(r.folder / "shallow") << std::string(40, '1') << "\n";
  CHECK_THROWS_WITH(r.reader().read(object_id(ObjectType::blob, "absent"), ObjectType::blob),
                    Contains("is not here: this is a shallow clone"));
}
