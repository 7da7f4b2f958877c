#include "tree_lookup.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "ledger_attacks.hpp"
#include "ledger_samples.hpp"

using namespace stet;
using namespace stet::testing;
using Catch::Contains;

namespace {

struct Lookup {
  Scratch scratch;
  Ledger ledger = Ledger::create(scratch / "l", first_files, sample_time);
  ObjectReader objects{ledger.objects()};

  ObjectId tree(const std::string& commit) {
    return parse_commit(git(scratch / "l", "cat-file commit " + commit)).tree;
  }
  std::vector<std::string> lines(const std::string& arguments) {
    std::istringstream text(git(scratch / "l", arguments));
    std::vector<std::string> all;
    for (std::string line; std::getline(text, line);) all.push_back(line);
    return all;
  }
};

}  // namespace

TEST_CASE("every file of a tree is found, and each of its trees is read once") {
  Lookup l;
  for (uint32_t n = 1; n <= 40; ++n) append_sample(l.ledger, {short_entry("a", n), short_entry("b", n)});
  TreeLookup lookup(l.objects);
  const auto root = l.tree("main");
  const auto paths = l.lines("ls-tree -r --name-only main");
  REQUIRE(paths.size() == 2 * 40 * 3 + first_files.size());
  for (const auto& path : paths) {
    const auto file = lookup.file(root, path);
    REQUIRE(file);
    CHECK(file->path == path);
    CHECK(file->error.empty());
    CHECK(file->bytes == l.ledger.file(path));
    CHECK(hex(file->id) + "\n" == git(l.scratch / "l", "rev-parse main:" + path));
  }
  CHECK(l.objects.objects_read() == 1 + l.lines("ls-tree -r -t main").size());
}

TEST_CASE("a path that leads nowhere is no file") {
  Lookup l;
  append_sample(l.ledger, {short_entry("a", 1)});
  TreeLookup lookup(l.objects);
  for (const auto& path : {std::string("x"), std::string("x/y"), std::string("ledger.json/x"),
                           entry_path("a", 2, ""), article_path("b") + "/0000/r00001"})
    CHECK_FALSE(lookup.file(l.tree("main"), path));
}

TEST_CASE("what cannot be read is told, and the rest is found all the same") {
  Lookup l;
  append_sample(l.ledger, {short_entry("a", 1), short_entry("b", 1)});
  const auto what = GENERATE(as<std::string>{}, article_path("a"), entry_path("a", 1, ""));
  damage(l.scratch / "l", "main:" + what);
  TreeLookup lookup(l.objects);
  const auto root = l.tree("main");
  const auto file = lookup.file(root, entry_path("a", 1, ""));
  REQUIRE(file);
  CHECK_THAT(file->error, Catch::StartsWith("cannot be read: "));
  CHECK(file->bytes.empty());
  CHECK(lookup.file(root, entry_path("b", 1, ""))->bytes == short_entry("b", 1).document);
}

TEST_CASE("a link, a program and a folder are no plain files") {
  Lookup l;
  rewrite(l.scratch / "l",
          "mkdir x && ln -s ../ledger.json x/link && echo x > x/tool && chmod +x x/tool && mkdir x/y && "
          "echo x > x/y/z");
  TreeLookup lookup(l.objects);
  for (const char* path : {"x/link", "x/tool", "x/y"}) {
    const auto file = lookup.file(l.tree("main"), path);
    REQUIRE(file);
    CHECK(file->error == "is not a plain file");
  }
}

TEST_CASE("what a commit added is told in path order, until enough was") {
  Lookup l;
  append_sample(l.ledger, {short_entry("a", 1), short_entry("b", 1)});
  append_sample(l.ledger, {short_entry("a", 2), short_entry("c", 1)});
  TreeLookup lookup(l.objects);
  std::vector<std::string> wanted = l.lines("diff --diff-filter=A --name-only main~1 main"), found;
  size_t most = 100;
  const auto take = [&](const std::string& path) {
    found.push_back(path);
    return found.size() < most;
  };
  lookup.each_added(l.tree("main~1"), l.tree("main"), take);
  REQUIRE(wanted.size() == 6);
  CHECK(found == wanted);
  const auto read = l.objects.objects_read();
  found.clear(), most = 2;
  lookup.each_added(l.tree("main~1"), l.tree("main"), take);
  CHECK(found == std::vector(wanted.begin(), wanted.begin() + 2));
  CHECK(l.objects.objects_read() == read);
  found.clear();
  lookup.each_added(l.tree("main"), l.tree("main"), take);
  CHECK(found.empty());
}

TEST_CASE("what was added to a folder that cannot be read is an error") {
  Lookup l;
  append_sample(l.ledger, {short_entry("a", 1)});
  append_sample(l.ledger, {short_entry("a", 2)});
  const auto after = l.tree("main"), before = l.tree("main~1");
  damage(l.scratch / "l", GENERATE(as<std::string>{}, "main:", "main~1:") + article_path("a"));
  TreeLookup lookup(l.objects);
  CHECK_THROWS_WITH(lookup.each_added(before, after, [](auto&) { return true; }),
                    Contains("cannot be read: "));
}
