#include "ledger_walk.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>

#include "ledger_attacks.hpp"
#include "ledger_samples.hpp"

using namespace stet;
using namespace stet::testing;
using Catch::Contains;
using Catch::StartsWith;

TEST_CASE("a damaged object is named by its path and the rest can still be read") {
  const Scratch scratch;
  {
    auto ledger = Ledger::create(scratch / "l", first_files, sample_time);
    append_sample(ledger, {short_entry("a", 1)});
    append_sample(ledger, {short_entry("b", 1)});
  }
  const std::string path = entry_path("a", 1, ".report");
  damage(scratch / "l", "main:" + path);
  const auto ledger = Ledger::open(scratch / "l");
  CHECK_THROWS_WITH(ledger.read("a", 1), Contains(path + ": cannot be read: "));
  CHECK(ledger.read("b", 1).report == short_entry("b", 1).report);
  size_t broken = 0;
  for (const auto& file : files(ledger)) {
    CHECK(file.error.empty() == (file.path != path));
    broken += !file.error.empty();
  }
  CHECK(broken == 1);
}

TEST_CASE("a damaged folder is named, hides no other, and is never taken for an absent article") {
  const Scratch scratch;
  {
    auto ledger = Ledger::create(scratch / "l", first_files, sample_time);
    append_sample(ledger, {short_entry("a", 1), short_entry("b", 1)});
  }
  const auto folder = GENERATE(as<std::string>{}, article_path("a"), article_path("a").substr(0, 12));
  if (GENERATE(false, true))
    lose(scratch / "l", "main:" + folder);
  else
    damage(scratch / "l", "main:" + folder);
  auto ledger = Ledger::open(scratch / "l");
  CHECK_THROWS_WITH(ledger.revisions("a"), Contains(folder + ": cannot be read: "));
  if (folder != article_path("a"))
    CHECK_THROWS_WITH(ledger.articles(), Contains(folder + ": cannot be read: "));
  CHECK_THROWS_WITH(append_sample(ledger, {short_entry("a", 1)}), Contains(folder + ": cannot be read: "));
  CHECK(ledger.read("b", 1).document == short_entry("b", 1).document);
  const auto all = files(ledger);
  REQUIRE(all.size() == 3 + 1 + first_files.size());
  CHECK(std::count_if(all.begin(), all.end(),
                      [&](auto& f) { return f.path == folder && !f.error.empty(); }) == 1);
}

TEST_CASE("a damaged newest commit or root is reported, and the ledger opens for it") {
  const Scratch scratch;
  Ledger::create(scratch / "l", first_files, sample_time);
  SECTION("commit") {
    damage(scratch / "l", "main");
    const auto all = files(Ledger::open(scratch / "l"));
    REQUIRE(all.size() == 1);
    CHECK_THAT(all[0].path, Contains("commit "));
    CHECK_FALSE(all[0].error.empty());
  }
  SECTION("root") {
    damage(scratch / "l", "main^{tree}");
    const auto all = files(Ledger::open(scratch / "l"));
    REQUIRE(all.size() == 1);
    CHECK(all[0].path == "/");
  }
  SECTION("ledger.json") {
    damage(scratch / "l", "main:ledger.json");
    CHECK_THROWS_WITH(Ledger::open(scratch / "l").file("ledger.json"),
                      Contains("ledger.json: cannot be read"));
  }
  SECTION("reference") {
    std::ofstream(scratch / "l/refs/heads/main") << "garbage\n";
    CHECK_THROWS_WITH(Ledger::open(scratch / "l").newest_commit(),
                      StartsWith("refs/heads/main: cannot be read: "));
  }
}

TEST_CASE("files are visited in path order") {
  const Scratch scratch;
  auto ledger = Ledger::create(scratch / "l", first_files, sample_time);
  std::vector<Entry> batch;
  for (int i = 0; i < 20; ++i) batch.push_back(short_entry("x" + std::to_string(i), 1));
  append_sample(ledger, batch);
  std::vector<std::string> paths;
  for (const auto& file : files(ledger)) paths.push_back(file.path);
  CHECK(std::is_sorted(paths.begin(), paths.end()));
  CHECK(paths.size() == first_files.size() + 20 * 3);
}

TEST_CASE("a link, a program and a submodule are no plain files") {
  const Scratch scratch;
  Ledger::create(scratch / "l", first_files, sample_time);
  rewrite(scratch / "l",
          "mkdir articles && ln -s ../ledger.json articles/link && echo x > articles/tool && "
          "chmod +x articles/tool");
  for (const auto& file : files(Ledger::open(scratch / "l")))
    CHECK(file.error.empty() == !file.path.starts_with("articles/"));
}

TEST_CASE("what a commit changed or removed is named, what it added is not") {
  const Scratch scratch;
  auto ledger = Ledger::create(scratch / "l", first_files, sample_time);
  for (uint32_t n = 1; n <= 3; ++n) append_sample(ledger, {short_entry("a", n)});
  CHECK(rewrites(ledger).empty());
  rewrite(scratch / "l", "echo x >> " + entry_path("a", 1, ""));
  rewrite(scratch / "l", "git rm -q " + entry_path("a", 2, ".sig") + " && echo y > articles/new");
  const auto found = rewrites(ledger);
  REQUIRE(found.size() == 2);
  CHECK(found[0].path == entry_path("a", 2, ".sig"));
  CHECK_THAT(found[0].what, Contains("was removed by commit ") &&
                                Contains(git(scratch / "l", "rev-parse main").substr(0, 40)));
  CHECK(found[1].path == entry_path("a", 1, ""));
  CHECK_THAT(found[1].what, Contains("was changed by commit "));
}

TEST_CASE("walking over a ledger and its past reads each object once") {
  const Scratch scratch;
  auto ledger = Ledger::create(scratch / "l", first_files, sample_time);
  for (uint32_t n = 1; n <= 40; ++n) append_sample(ledger, {short_entry("a", n), short_entry("b", n)});
  ObjectReader objects(ledger.objects());
  const auto commits = commits_of(objects, ledger.newest_commit(), [](const StoredFile&) {});
  size_t files = 0;
  const auto none = [](const Rewrite& rewrite) { FAIL(rewrite.path + " " + rewrite.what); };
  walk(objects, commits, whole_tree(commits), {[&](const StoredFile&) { ++files; }, none});
  CHECK(files == 2 * 40 * 3 + first_files.size());
  CHECK(std::to_string(objects.objects_read()) + "\n" ==
        git(scratch / "l", "rev-list --objects main | wc -l"));
}

TEST_CASE("what was changed in a folder that is gone, or back again, is named all the same") {
  const Scratch scratch;
  auto ledger = Ledger::create(scratch / "l", first_files, sample_time);
  for (uint32_t n = 1; n <= 3; ++n) append_sample(ledger, {short_entry("a", n)});
  const auto folder = article_path("a"), file = entry_path("a", 1, "");
  rewrite(scratch / "l", "echo x >> " + file);
  rewrite(scratch / "l", "git rm -qr " + folder);
  const auto gone = rewrites(ledger);
  REQUIRE(gone.size() == 2);
  CHECK_THAT(gone[0].what, Contains("was removed by commit "));
  CHECK(gone[1].path == file);
  CHECK(gone[1].commit == 1);
  rewrite(scratch / "l", "git checkout -q main~1 -- " + folder);
  rewrite(scratch / "l", "echo y >> " + file);
  const auto back = rewrites(ledger);
  REQUIRE(back.size() == 3);
  CHECK(back[0].path == file);
  CHECK(back[0].commit == 0);
  CHECK(back[1].commit == 2);
  CHECK(back[2].commit == 3);
}

TEST_CASE("a damaged or lost older commit or tree is found") {
  const Scratch scratch;
  {
    auto ledger = Ledger::create(scratch / "l", first_files, sample_time);
    for (uint32_t n = 1; n <= 3; ++n) append_sample(ledger, {short_entry("a", n)});
  }
  const auto what = GENERATE(as<std::string>{}, "main~1", "main~3", "main~1^{tree}", "main~2:articles");
  damage(scratch / "l", what);
  CHECK(files(Ledger::open(scratch / "l")).size() == 9 + first_files.size());
  CHECK_FALSE(rewrites(Ledger::open(scratch / "l")).empty());
}
