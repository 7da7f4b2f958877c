// Repositories made to lead whoever walks over them, or looks into them with git, astray.
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "forged_pack.hpp"
#include "maintenance.hpp"
#include "newsroom.hpp"
#include "pack.hpp"
#include "raw_tree.hpp"

using namespace stet;
using namespace stet::testing;
using Catch::Contains;
namespace fs = std::filesystem;

namespace {

// Trees in one pack.
struct Trees {
  Disk disk;
  PackWriter pack;
  explicit Trees(const fs::path& folder) : pack(disk, folder / "objects") {}

  ObjectId of(const std::vector<RawEntry>& entries) {
    std::string bytes;
    for (const auto& entry : entries) append_entry(bytes, entry);
    return pack.add(ObjectType::tree, bytes);
  }
  // `depth` trees in each other, that each hold the next one under all of `names`.
  ObjectId nested(int depth, std::string_view names) {
    ObjectId tree = of({{file_mode, "f", pack.add(ObjectType::blob, "x")}});
    for (; depth > 0; --depth) {
      std::vector<RawEntry> entries;
      for (size_t i = 0; i < names.size(); ++i) entries.push_back({folder_mode, names.substr(i, 1), tree});
      tree = of(entries);
    }
    return tree;
  }
};

// Puts the tree into the root of the newest one, in the place of what has its name.
void plant(const fs::path& folder, const ObjectId& tree, const std::string& name) {
  const std::string in = "--git-dir '" + folder.string() + "' ";
  shell("t=$( (git " + in + "ls-tree main | grep -v '\t" + name + "$'; printf '040000 tree " + hex(tree) +
        "\\t" + name + "\\n') | git " + in + "mktree) && c=$(git -c user.name=x -c user.email=x " + in +
        "commit-tree -p main -m x $t) && git " + in + "update-ref refs/heads/main $c");
}

ObjectId plant_nested(const fs::path& folder, int depth, std::string_view names, const std::string& name) {
  Trees trees(folder);
  const auto tree = trees.nested(depth, names);
  trees.pack.finish();
  plant(folder, tree, name);
  return tree;
}

}  // namespace

TEST_CASE("folders that no ledger has are told once and not gone into") {
  Newsroom room;
  room.record("a");
  plant_nested(room.folder(), 12, "0123456789", "bomb");
  const auto v = room.verified();
  INFO(listed(v));
  CHECK(names(v, "bomb", "is not part of a ledger"));
  CHECK(v.problems.size() < 5);
  CHECK_NOTHROW(maintain(room.ledger));
}

TEST_CASE("one folder in many places of the articles is told and not gone into again") {
  Newsroom room;
  room.record("a");
  plant_nested(room.folder(), 14, "0123456789abcdef", "articles");
  const auto v = room.verified();
  INFO(listed(v));
  CHECK(names(v, "articles/1", "is the same folder as another one"));
  CHECK_THAT(listed(v), Contains("is not part of a ledger"));
  CHECK(v.problems.size() < 200);
  CHECK_THROWS_WITH(room.ledger.articles(), Contains("is the same folder as another one"));
  CHECK_THAT(room.problems_fast(), Contains("articles/0/0/0/0/0/0/0 is not part of a ledger"));
}

TEST_CASE("folders as deep as no stack is are told") {
  Newsroom room;
  room.record("a");
  const std::string place = GENERATE("deep", "articles");
  plant_nested(room.folder(), 50'000, "d", place);
  CHECK_THAT(room.problems(), Contains("is not part of a ledger"));
  CHECK_NOTHROW(room.problems_fast());
  CHECK_THROWS_WITH(maintain(room.ledger), Contains("is too deep"));
}

TEST_CASE("an id that packs give to two objects is told, whichever copy is read") {
  Newsroom room;
  room.record_all();
  const auto id = room.ledger.stored_ids("alder").at(2).document.value();
  const std::string index = "objects/pack/" + plant_pack(room.folder(), {{id, "forged"}}) + ".idx";
  CHECK(names(room.verified(), index, "to another object"));
  CHECK_THAT(room.problems_fast(), Contains(entry_path("alder", 3, "")));
  git(room.folder(), "multi-pack-index write");
  CHECK(names(room.verified(), index, "to another object"));
}

TEST_CASE("an index that has an id twice is told, and copies that are the same are not") {
  Newsroom room;
  room.record_all();
  const auto stored = room.ledger.read("alder", 3);
  const auto id = room.ledger.stored_ids("alder").at(2).document.value();
  plant_pack(room.folder(), {{id, stored.document}});
  CHECK(room.problems() == "");
  CHECK(room.problems_fast() == "");
  const auto twice = plant_pack(room.folder(), {{id, stored.document}, {id, "forged"}});
  CHECK(names(room.verified(), "objects/pack/" + twice + ".idx", "twice"));
  CHECK_THAT(room.problems_fast(), Contains(entry_path("alder", 3, "")));
}

TEST_CASE("whatever has git show another ledger is told, a user's own branches are not") {
  Newsroom room;
  room.record("a");
  room.record("b");
  const auto folder = room.folder();
  const auto says = [&](const std::string& path, const std::string& words) {
    const std::string line = path + ": ";
    CHECK_THAT(room.problems(), Contains(line) && Contains(words));
    CHECK_THAT(room.problems_fast(), Contains(line) && Contains(words));
  };
  git(folder, "branch mine main~1");
  git(folder, "tag v1 main~1");
  CHECK(room.problems() == "");
  CHECK(room.problems_fast() == "");

  const auto id = hex(room.ledger.stored_ids("a").at(0).document.value());
  git(folder, "replace " + id + " " + hex(room.ledger.stored_ids("b").at(0).document.value()));
  says("refs/replace/" + id, "has git show another object in the place of " + id);
  git(folder, "pack-refs --all");
  says("refs/replace/" + id, "has git show another object");
  git(folder, "replace -d " + id);

  fs::create_directories(folder / "info");
  std::ofstream(folder / "info/grafts") << git(folder, "rev-parse main");
  says("info/grafts", "other parents");
  fs::remove(folder / "info/grafts");

  git(folder, "symbolic-ref HEAD refs/heads/mine");
  says("HEAD", "is not refs/heads/main");
  git(folder, "symbolic-ref HEAD refs/heads/main");

  git(folder, "tag main main~1");
  says("refs/tags/main", "takes for main");
  git(folder, "tag -d main");
  CHECK(room.problems() == "");
}

TEST_CASE("a shallow clone is told to be one") {
  Newsroom room;
  room.record("a");
  room.record("a");
  const auto clone = room.scratch / "clone";
  shell("git clone -q --bare --depth 1 'file://" + room.folder().string() + "' '" + clone.string() +
        "' 2>&1");
  const auto v = verify(Ledger::open(clone));
  CHECK(names(v, "shallow", "is a shallow clone"));
}

TEST_CASE("a purge leaves nothing that git would show otherwise") {
  Newsroom room;
  room.record("a");
  room.record("a");
  MaintenanceOptions purge;
  purge.purge = true;
  maintain(room.ledger, purge);
  CHECK(room.problems() == "");
}

TEST_CASE("a number that leaves room for billions before it is refused") {
  Newsroom room;
  room.record("a");
  const std::string folder = article_path("a"), newest = git(room.folder(), "rev-parse main").substr(0, 40);
  rewrite(room.folder(), "echo x > " + folder + "/0000/r4294967295");
  CHECK_THROWS_WITH(Ledger::open(room.folder()).stored_ids("a"), Contains("4294967295"));
  CHECK_THROWS_WITH(Ledger::open(room.folder()).revisions("a"), Contains("4294967295"));
  git(room.folder(), "update-ref refs/heads/main " + newest);
  rewrite(room.folder(), "mkdir " + folder + "/134217728 && echo x > " + folder + "/134217728/r00001");
  CHECK_THROWS_WITH(Ledger::open(room.folder()).revisions("a"), Contains(folder));
}

TEST_CASE("what stands in the place of a pack and is none is told and not waited for") {
  Newsroom room;
  room.record("a");
  for (const char* ending : {".pack", ".idx"}) {
    const auto file = room.folder() / "objects/pack" / ("pack-" + std::string(40, '1') + ending);
    if (ending[1] == 'p')
      REQUIRE(mkfifo(file.c_str(), 0600) == 0);
    else
      fs::create_symlink("/dev/zero", file);
  }
  const auto v = room.verified();
  CHECK(names(v, "objects/pack/pack-" + std::string(40, '1') + ".pack", "is not a regular file"));
  CHECK(names(v, "objects/pack/pack-" + std::string(40, '1') + ".idx", "is not a regular file"));
  CHECK_NOTHROW(room.problems_fast());
}

TEST_CASE("a pack that may not be read says nothing about the ledger") {
  Newsroom room;
  room.record("a");
  fs::permissions(packs(room.folder()).at(0), fs::perms::none);
  const bool is_root = geteuid() == 0;
  constexpr uid_t somebody = 65534;
  auto ledger = Ledger::open(room.folder());
  if (is_root) REQUIRE(seteuid(somebody) == 0);
  CHECK_THROWS_WITH(verify(ledger), Contains("cannot be read: Permission denied"));
  CHECK_THROWS_WITH(verify_newest(ledger, {}, 10), Contains("Permission denied"));
  if (is_root) REQUIRE(seteuid(0) == 0);
}
