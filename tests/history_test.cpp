#include "history.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <sstream>

#include "ledger_attacks.hpp"
#include "ledger_samples.hpp"
#include "repository.hpp"

using namespace stet;
using namespace stet::testing;
using Catch::Contains;
namespace fs = std::filesystem;

namespace {

std::set<std::string> lines(const std::string& text) {
  std::istringstream in(text);
  std::set<std::string> all;
  for (std::string line; std::getline(in, line);) all.insert(line.substr(0, line.find(' ')));
  return all;
}

std::set<std::string> hex_of(const ReachedObjects& objects) {
  std::set<std::string> all;
  for (const auto& object : objects.all()) all.insert(hex(object.id));
  return all;
}

}  // namespace

TEST_CASE("what a branch, a merge and a tag reach is what git lists") {
  const Scratch scratch;
  const fs::path folder = scratch / "l";
  sample_ledger(folder, 3, 3);
  const auto tree = git(folder, "rev-parse main~1^{tree}").substr(0, 40);
  const auto merge =
      git(folder, "-c user.name=x -c user.email=x@example.org commit-tree -p main -p main~2 -m x " + tree);
  git(folder, "update-ref refs/heads/merge " + merge.substr(0, 40));
  git(folder, "-c user.name=x -c user.email=x@example.org tag -a -m x v1 merge");
  ObjectReader objects(folder / "objects");
  History history(objects);
  std::vector<std::string> visited;
  for (const auto& [name, id] : Repository(folder).references())
    history.reach(id, [&](const CommitChanges& commit) { visited.push_back(hex(commit.id)); });
  CHECK(hex_of(history.reached()) == lines(git(folder, "rev-list --objects --all")));
  CHECK(std::set(visited.begin(), visited.end()) == lines(git(folder, "rev-list --all")));
  CHECK(visited.size() == lines(git(folder, "rev-list --all")).size());
  const auto position = [&](const std::string& id) { return std::find(visited.begin(), visited.end(), id); };
  for (const auto& id : visited)
    for (const auto& parent : lines(git(folder, "rev-parse '" + id + "^@'")))
      CHECK(position(parent) < position(id));
}

TEST_CASE("the paths that a commit changed are those that git says") {
  const Scratch scratch;
  const fs::path folder = scratch / "l";
  sample_ledger(folder, 3, 3);
  ObjectReader objects(folder / "objects");
  History history(objects);
  history.reach(*Repository(folder).newest_commit(), [&](const CommitChanges& commit) {
    const std::set<std::string> paths(commit.paths.begin(), commit.paths.end());
    CHECK(paths == lines(git(folder, "diff-tree --root -r -t --no-commit-id --name-only " + hex(commit.id))));
  });
}

TEST_CASE("a history with a lost object is refused with its path, a tip that is none with its id") {
  const Scratch scratch;
  const fs::path folder = scratch / "l";
  sample_ledger(folder, 2, 2);
  ObjectReader whole(folder / "objects");
  CHECK_THROWS_WITH(History(whole).reach({}), Contains("commit 0000000000000000000000000000000000000000: "));
  const auto lost = git(folder, "rev-parse main:articles").substr(0, 40);
  unpack(folder);
  fs::remove(folder / "objects" / lost.substr(0, 2) / lost.substr(2));
  ObjectReader objects(folder / "objects");
  History history(objects);
  CHECK_THROWS_WITH(history.reach(*Repository(folder).newest_commit()), Contains("articles: cannot be read"));
}

TEST_CASE("versions of one thing have one place, and an article's places are together") {
  const std::string a = "articles/0/1/2/3/alder/0000/", b = "articles/0/1/2/3/birch/0000/";
  CHECK(place_of(a + "r00001", false) == place_of(a + "r00002", false));
  CHECK(place_of("log/tile/0/000.p/3", false) == place_of("log/tile/0/000.p/4", false));
  CHECK(kind_of_place(place_of(a + "r00001", false)) == PlaceKind::document);
  CHECK(kind_of_place(place_of(a + "r00001.text", false)) == PlaceKind::text);
  CHECK(kind_of_place(place_of(a + "r00001.report", false)) == PlaceKind::report);
  CHECK(kind_of_place(place_of(a + "r00001.sig", false)) == PlaceKind::signature);
  CHECK(kind_of_place(place_of("ledger.json", false)) == PlaceKind::other);
  const auto article = [](const std::string& path, bool is_folder) {
    return place_of(path, is_folder) >> article_bits;
  };
  CHECK(article(a + "r00001", false) == article("articles/0/1/2/3/alder", true));
  CHECK(article(a + "r00001", false) != article(b + "r00001", false));
}
