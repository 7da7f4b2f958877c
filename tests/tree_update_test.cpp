#include "tree_update.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>
#include <stdexcept>

#include "ledger_attacks.hpp"
#include "pack.hpp"

using namespace stet;
using Catch::Contains;
using testing::git;
using testing::Scratch;
using testing::shell;

namespace {

const ObjectId blob = object_id(ObjectType::blob, "x"), other = object_id(ObjectType::blob, "y");

// Trees in memory, and which of them were read and written.
struct Store {
  std::map<ObjectId, std::string> trees;
  std::vector<std::string> read;
  std::vector<ObjectId> written;

  TreeCache cache(size_t limit = 1 << 20) {
    return {limit, [this](const ObjectId& id, const std::string& path) {
              read.push_back(path);
              const auto found = trees.find(id);
              if (found == trees.end()) throw std::runtime_error(path + ": is lost");
              return std::make_shared<const std::string>(found->second);
            }};
  }
  WriteTree write() {
    return [this](std::string_view bytes) {
      const auto id = object_id(ObjectType::tree, bytes);
      trees[id] = bytes;
      written.push_back(id);
      return id;
    };
  }
  ObjectId update(TreeCache& cache, const std::optional<ObjectId>& root, std::vector<AddedFile> files) {
    read.clear();
    written.clear();
    return update_tree(cache, root, std::move(files), write());
  }
};

std::vector<AddedFile> files(const std::vector<std::string>& paths) {
  std::vector<AddedFile> all;
  for (const auto& path : paths) all.push_back({path, blob, false});
  return all;
}

// Paths with their modes, as git ls-tree -r shows them.
void list(const Store& store, const ObjectId& id, const std::string& before, std::vector<std::string>& all) {
  std::string_view rest = store.trees.at(id);
  while (!rest.empty()) {
    const auto entry = take_entry(rest);
    if (entry.is_folder())
      list(store, entry.id, before + std::string(entry.name) + '/', all);
    else
      all.push_back(before + std::string(entry.name));
  }
}

std::vector<std::string> listed(const Store& store, const ObjectId& id) {
  std::vector<std::string> all;
  list(store, id, "", all);
  return all;
}

}  // namespace

TEST_CASE("a tree grows by the files that are added, and only changed folders are read and written, once") {
  Store store;
  auto cache = store.cache();
  const auto first = store.update(cache, std::nullopt, files({"a/b/1", "a/c/1", "d/1", "e"}));
  CHECK(store.written.size() == 5);
  CHECK(store.read.empty());
  auto fresh = store.cache();
  const auto second = store.update(fresh, first, files({"a/b/2", "a/b/3", "f/g/h/1"}));
  CHECK(store.read == std::vector<std::string>{"/", "a", "a/b"});
  CHECK(store.written.size() == 6);
  CHECK(listed(store, second) ==
        std::vector<std::string>{"a/b/1", "a/b/2", "a/b/3", "a/c/1", "d/1", "e", "f/g/h/1"});
  store.update(fresh, second, files({"a/b/4"}));
  CHECK(store.read.empty());
}

TEST_CASE("nothing added changes nothing; of nothing it is the empty tree") {
  Store store;
  auto cache = store.cache();
  const auto empty = store.update(cache, std::nullopt, {});
  CHECK(empty == object_id(ObjectType::tree, ""));
  CHECK(store.update(cache, empty, {}) == empty);
  CHECK(store.written.empty());
  CHECK(listed(store, store.update(cache, empty, files({"a"}))) == std::vector<std::string>{"a"});
}

TEST_CASE("what cannot be added is refused and named") {
  Store store;
  auto cache = store.cache();
  const auto root = store.update(cache, std::nullopt, files({"a/b", "c"}));
  const auto refused = [&](const std::vector<std::string>& paths, const std::string& why) {
    CHECK_THROWS_WITH(store.update(cache, root, files(paths)), Contains(why));
  };
  refused({"a/b"}, "a/b: is there already");
  refused({"x", "y", "x"}, "x: is added twice");
  refused({"a"}, "a: cannot be added: something else");
  refused({"c/d"}, "c/d: cannot be added: something else");
  refused({"x", "x-y", "x/z"}, "beside a folder or file of one name");
  for (const char* path : {"", "/", "/x", "x/", "x//y", ".", "..", "x/../y", "x/.", ".git", "x/.git/y"})
    refused({path}, "is not a path in a tree");
  CHECK_THROWS_AS(store.update(cache, root, files({std::string("x\0y", 3)})), std::runtime_error);
}

TEST_CASE("a file that may be replaced is, and is not doubled") {
  Store store;
  auto cache = store.cache();
  const auto root = store.update(cache, std::nullopt, files({"log/checkpoint", "log/checkpoint-2"}));
  const auto next = store.update(cache, root, {{"log/checkpoint", other, true}, {"new", other, true}});
  CHECK(listed(store, next) == std::vector<std::string>{"log/checkpoint", "log/checkpoint-2", "new"});
  CHECK(find_entry(*cache.folder(next, "log"), "checkpoint")->id == other);
  CHECK_THROWS_WITH(store.update(cache, root, {{"log", other, true}}), Contains("something else"));
}

TEST_CASE("a tree that is lost or is none is named") {
  Store store;
  auto cache = store.cache();
  const auto root = store.update(cache, std::nullopt, files({"a/b/1"}));
  const auto middle = find_entry(store.trees.at(root), "a")->id;
  store.trees[middle] = "no tree";
  auto fresh = store.cache();
  CHECK_THROWS_WITH(store.update(fresh, root, files({"a/b/2"})), Contains("a: is not a tree"));
  CHECK_THROWS_WITH(fresh.folder(root, "a/b"), Contains("a: is not a tree"));
  store.trees.erase(middle);
  auto again = store.cache();
  CHECK_THROWS_WITH(store.update(again, root, files({"a/b/2"})), Contains("a: is lost"));
}

TEST_CASE("folders are found by their path") {
  Store store;
  auto cache = store.cache();
  const auto root = store.update(cache, std::nullopt, files({"a/b/1", "c"}));
  CHECK(*cache.folder(root, "") == store.trees.at(root));
  CHECK(find_entry(*cache.folder(root, "a/b"), "1")->id == blob);
  for (const char* path : {"b", "c", "c/d", "a/b/1", "a/x"}) CHECK(cache.folder(root, path) == nullptr);
}

TEST_CASE("a cache keeps to its limit, and what somebody holds stays whole") {
  Store store;
  auto cache = store.cache(20000);
  const auto root = store.update(cache, std::nullopt, files({"a/b/1"}));
  const auto held = cache.folder(root, "a/b");
  const std::string bytes = *held;
  for (int i = 0; i < 500; ++i) {
    store.update(cache, std::nullopt, files({"x" + std::to_string(i) + "/y"}));
    REQUIRE(cache.bytes() <= 20000);
  }
  CHECK(*held == bytes);
  store.read.clear();
  CHECK(*cache.folder(root, "a/b") == bytes);
  CHECK(store.read == std::vector<std::string>{"/", "a", "a/b"});
}

TEST_CASE("trees made in many random steps are those that git makes of the same files") {
  const Scratch scratch;
  const auto folder = scratch / "r";
  shell("git init -q --bare '" + folder.string() + "'");
  Store store;
  auto cache = store.cache(3000);
  std::mt19937 random(5);
  std::set<std::string> paths;
  std::optional<ObjectId> root;
  const Disk disk;
  PackWriter pack(disk, folder / "objects");
  pack.add(ObjectType::blob, "x");
  for (int step = 0; step < 40; ++step) {
    std::vector<std::string> added;
    for (unsigned n = random() % 20; n > 0; --n) {
      std::string path;
      // Names of folders end in letters, of files in digits, so that none is both.
      for (unsigned depth = random() % 4; depth > 0; --depth)
        path += std::string(1 + random() % 2, "ab-.0"[random() % 5]) + "k/";
      path += std::string(1 + random() % 3, "ab-.0"[random() % 5]) + "7";
      if (paths.insert(path).second) added.push_back(path);
    }
    root = update_tree(cache, root, files(added), [&](std::string_view bytes) {
      store.trees[object_id(ObjectType::tree, bytes)] = bytes;
      return pack.add(ObjectType::tree, bytes);
    });
  }
  pack.finish();
  std::string index;
  for (const auto& path : paths) index += "100644 " + hex(blob) + "\t" + path + "\n";
  std::ofstream(scratch / "index") << index;
  shell("git --git-dir '" + folder.string() + "' update-index --index-info < '" +
        (scratch / "index").string() + "'");
  CHECK(git(folder, "write-tree") == hex(*root) + "\n");
  CHECK_NOTHROW(git(folder, "fsck --full --strict --no-dangling"));
}

TEST_CASE("a file or a whole folder is removed, and a folder that is empty then goes too") {
  Store store;
  auto cache = store.cache();
  const auto root =
      store.update(cache, std::nullopt, files({"a/b/c", "a/d", "log/tile/000.p/1", "log/tile/001"}));
  const auto shown = [&](const ObjectId& id) {
    std::vector<std::string> all;
    list(store, id, "", all);
    std::string text;
    for (const auto& line : all) text += line.substr(line.find_first_of("alz")) + "\n";
    return text;
  };
  const auto removed = [&](const std::string& path) {
    return shown(store.update(cache, root, {{path, {}, false, true}}));
  };
  CHECK(removed("a/b/c") ==
        shown(store.update(cache, std::nullopt, files({"a/d", "log/tile/000.p/1", "log/tile/001"}))));
  CHECK(removed("a") ==
        shown(store.update(cache, std::nullopt, files({"log/tile/000.p/1", "log/tile/001"}))));
  auto changes = files({"log/tile/000"});
  changes.push_back({"log/tile/000.p", {}, false, true});
  CHECK(shown(store.update(cache, root, changes)) ==
        shown(store.update(cache, std::nullopt, files({"a/b/c", "a/d", "log/tile/000", "log/tile/001"}))));
  CHECK_THROWS_WITH(removed("a/x"), Contains("a/x: cannot be removed: it is not there"));
  CHECK_THROWS_WITH(removed("z/x"), Contains("z/x: cannot be removed: it is not there"));
}
