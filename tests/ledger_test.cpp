#include "ledger.hpp"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <set>
#include <thread>

#include "ledger_attacks.hpp"
#include "ledger_walk.hpp"

using namespace stet;
using Catch::Contains;
using Catch::StartsWith;
using testing::damage;
using testing::git;
using testing::lose;
using testing::rewrite;
using testing::Scratch;
using testing::shell;
namespace fs = std::filesystem;

namespace {

constexpr int64_t time_0 = 1763900000;  // 2025-11-23T12:13:20Z
const std::vector<std::pair<std::string, std::string>> first_files{
    {"keys/aa.json", "{}"}, {"ledger.json", R"({"format":1,"origin":"test"})"}};

Entry entry(const std::string& article, uint32_t revision) {
  const std::string n = article + " " + std::to_string(revision);
  return {article, revision, "document " + n, std::nullopt, "report " + n, "signatures " + n};
}

void append(Ledger& ledger, const std::vector<Entry>& entries, int64_t time = time_0) {
  const auto locked = ledger.lock();
  ledger.append(entries, "test", time);
}

std::string head(const fs::path& folder) {
  return git(folder, "rev-parse main");
}

std::vector<StoredFile> files(const Ledger& ledger) {
  std::vector<StoredFile> all;
  ObjectReader objects(ledger.objects());
  const auto take = [&](StoredFile file) { all.push_back(std::move(file)); };
  std::vector<StoredFile> damaged;
  const auto commits = commits_of(objects, ledger.newest_commit(),
                                  [&](StoredFile file) { damaged.push_back(std::move(file)); });
  if (commits.empty()) return damaged;
  walk(objects, commits, whole_tree(commits), {take});
  return all;
}

// Of the newest commit first.
std::vector<Rewrite> rewrites(const Ledger& ledger) {
  std::vector<Rewrite> all;
  ObjectReader objects(ledger.objects());
  const auto commits = commits_of(objects, ledger.newest_commit(), [&](const StoredFile& lost) {
    all.push_back({0, lost.path, lost.error});
  });
  walk(objects, commits, whole_tree(commits),
       {[](const StoredFile&) {}, [&](Rewrite rewrite) { all.push_back(std::move(rewrite)); }});
  std::stable_sort(all.begin(), all.end(), [](auto& a, auto& b) { return a.commit < b.commit; });
  return all;
}

}  // namespace

TEST_CASE("a new ledger holds its first files in one commit that git accepts") {
  const Scratch scratch;
  const auto ledger = Ledger::create(scratch / "l", first_files, time_0);
  CHECK(ledger.folder() == scratch / "l");
  CHECK(ledger.file("ledger.json") == first_files[1].second);
  CHECK(ledger.file("keys/aa.json") == "{}");
  CHECK(ledger.file("keys/bb.json") == std::nullopt);
  CHECK(ledger.file("ledger.json/x") == std::nullopt);
  CHECK(ledger.articles().empty());
  CHECK(ledger.revisions("nothing") == 0);
  CHECK(git(scratch / "l", "fsck --strict --full").empty());
  CHECK(git(scratch / "l", "symbolic-ref HEAD") == "refs/heads/main\n");
  CHECK(git(scratch / "l", "rev-parse --is-bare-repository") == "true\n");
  CHECK(git(scratch / "l", "log --format='%an <%ae> %cn %ad' --date=raw") ==
        "stet <stet@localhost> stet 1763900000 +0000\n");
  CHECK(std::distance(fs::directory_iterator(scratch.path()), fs::directory_iterator()) == 1);
}

TEST_CASE("a ledger takes the place of an empty folder and of nothing else") {
  const Scratch scratch;
  fs::create_directory(scratch / "empty");
  CHECK(Ledger::create(scratch / "empty", first_files, time_0).file("ledger.json"));
  CHECK_THROWS_WITH(Ledger::create(scratch / "empty", first_files, time_0),
                    Contains("empty: already exists"));
  std::ofstream(scratch / "file") << "x";
  CHECK_THROWS_WITH(Ledger::create(scratch / "file", first_files, time_0), Contains("file: already exists"));
  CHECK(Ledger::create(scratch / "deep/er/l/", first_files, time_0).file("ledger.json"));
}

TEST_CASE("what is no ledger is refused with the reason") {
  const Scratch scratch;
  CHECK_THROWS_WITH(Ledger::open(scratch / "x"), Contains("x: no such ledger"));
  fs::create_directory(scratch / "folder");
  CHECK_THROWS_WITH(Ledger::open(scratch / "folder"), Contains("folder: not a git repository"));
  std::ofstream(scratch / "file") << "x";
  CHECK_THROWS_WITH(Ledger::open(scratch / "file"), Contains("file: a file, not a ledger"));
  shell("git init -q --bare -b main '" + (scratch / "bare").string() + "'");
  CHECK_THROWS_WITH(Ledger::open(scratch / "bare"), Contains("bare: a git repository but not a stet ledger"));
}

TEST_CASE("a repository without ledger.json and one of a later format are told apart") {
  const Scratch scratch;
  CHECK_THROWS_WITH(Ledger::create(scratch / "other", {{"readme", "x"}}, time_0),
                    Contains("not a stet ledger (no ledger.json)"));
  CHECK_THROWS_WITH(Ledger::create(scratch / "later", {{"ledger.json", R"({"format":2})"}}, time_0),
                    Contains("later: a ledger of format 2, this stet reads 1"));
}

TEST_CASE("a folder inside a git work tree is not taken for it") {
  const Scratch scratch;
  shell("git init -q '" + scratch.path().string() + "'");
  fs::create_directory(scratch / "inside");
  CHECK_THROWS_WITH(Ledger::open(scratch / "inside"), Contains("not a git repository"));
}

TEST_CASE("entries come back byte for byte, empty and binary ones too") {
  const Scratch scratch;
  auto ledger = Ledger::create(scratch / "l", first_files, time_0);
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  append(ledger, {{"b", 1, all, "", "", all + all}});
  append(ledger, {{"a", 1, "", std::nullopt, "r", "s"}});
  const Entry b = ledger.read("b", 1), a = ledger.read("a", 1);
  CHECK(b.document == all);
  CHECK(b.text == "");
  CHECK(b.report.empty());
  CHECK(b.signatures == all + all);
  CHECK(a.text == std::nullopt);
  CHECK(ledger.articles() == std::vector<std::string>{"a", "b"});
  CHECK(ledger.file(entry_path("b", 1, "")) == all);
}

TEST_CASE("seventy revisions fill three buckets and are all there in a fresh open") {
  const Scratch scratch;
  {
    auto ledger = Ledger::create(scratch / "l", first_files, time_0);
    for (uint32_t n = 1; n <= 70; n += 10) {
      std::vector<Entry> batch;
      for (uint32_t i = n; i < n + 10; ++i) batch.push_back(entry("story", i));
      append(ledger, batch, time_0 + n);
    }
  }
  const auto ledger = Ledger::open(scratch / "l");
  CHECK(ledger.revisions("story") == 70);
  for (uint32_t n = 1; n <= 70; ++n) CHECK(ledger.read("story", n).document == entry("story", n).document);
  const auto folder = article_path("story");
  CHECK(git(scratch / "l", "ls-tree --name-only main:" + folder) == "0000\n0001\n0002\n");
  CHECK(git(scratch / "l", "ls-tree --name-only main:" + folder + "/0002 | wc -l") == "18\n");
  CHECK(git(scratch / "l", "fsck --strict --full").empty());
  CHECK(git(scratch / "l", "rev-list --count main") == "8\n");
  CHECK(rewrites(ledger).empty());
}

TEST_CASE("one commit can hold many articles and several revisions of one") {
  const Scratch scratch;
  auto ledger = Ledger::create(scratch / "l", first_files, time_0);
  std::vector<Entry> batch;
  std::set<std::string> ids;
  for (int i = 0; i < 20; ++i)
    for (uint32_t n = 1; n <= 3; ++n) {
      batch.push_back(entry("a" + std::string(i % 3, '-') + "b" + std::to_string(i), n));
      batch.back().article = article_id(batch.back().article);
      ids.insert(batch.back().article);
    }
  append(ledger, batch);
  CHECK(ledger.articles() == std::vector<std::string>(ids.begin(), ids.end()));
  for (const auto& id : ids) CHECK(ledger.revisions(id) == 3);
  CHECK(git(scratch / "l", "fsck --strict --full").empty());
  CHECK(git(scratch / "l", "rev-list --count main") == "2\n");
  CHECK(files(ledger).size() == first_files.size() + 3 * batch.size());
}

TEST_CASE("an id that is a beginning of another, or sorts around a slash, keeps its own folder") {
  const Scratch scratch;
  auto ledger = Ledger::create(scratch / "l", first_files, time_0);
  for (const char* id : {"a", "a.b", "a-b", "ab", "a0"}) append(ledger, {entry(id, 1)});
  append(ledger, {entry("a", 2), entry("a-b", 2), entry("a.b", 2), entry("a", 3)});
  CHECK(ledger.revisions("a") == 3);
  CHECK(ledger.revisions("a.b") == 2);
  CHECK(ledger.revisions("ab") == 1);
  CHECK(git(scratch / "l", "fsck --strict --full").empty());
}

TEST_CASE("an entry that is not the next revision is refused and nothing of its batch is written") {
  const Scratch scratch;
  auto ledger = Ledger::create(scratch / "l", first_files, time_0);
  append(ledger, {entry("a", 1)});
  const auto before = head(scratch / "l");
  CHECK_THROWS_WITH(append(ledger, {entry("a", 1)}), Contains("a: revision 1 cannot be recorded, 2 is next"));
  CHECK_THROWS_WITH(append(ledger, {entry("a", 3)}), Contains("2 is next"));
  CHECK_THROWS_WITH(append(ledger, {entry("a", 0)}), Contains("2 is next"));
  CHECK_THROWS_WITH(append(ledger, {entry("b", 2)}), Contains("b: revision 2 cannot be recorded, 1 is next"));
  CHECK_THROWS_WITH(append(ledger, {entry("c", 1), entry("a", 2), entry("a", 2)}), Contains("3 is next"));
  CHECK(head(scratch / "l") == before);
  CHECK(ledger.articles() == std::vector<std::string>{"a"});
}

TEST_CASE("a name that is no id is refused and nothing is written") {
  const Scratch scratch;
  auto ledger = Ledger::create(scratch / "l", first_files, time_0);
  const auto before = head(scratch / "l");
  for (const char* name : {"A", "a/b", "../x", ".git", "a.lock", "a b", "a.txt"})
    CHECK_THROWS_WITH(append(ledger, {entry(name, 1)}), Contains("is not an article's id"));
  for (const char* name : {"", ".", ".."})
    CHECK_THROWS_AS(append(ledger, {entry(name, 1)}), std::runtime_error);
  CHECK(head(scratch / "l") == before);
}

TEST_CASE("an empty batch makes no commit") {
  const Scratch scratch;
  auto ledger = Ledger::create(scratch / "l", first_files, time_0);
  const auto before = head(scratch / "l");
  append(ledger, {});
  CHECK(head(scratch / "l") == before);
}

TEST_CASE("nothing is written without the lock") {
  const Scratch scratch;
  auto ledger = Ledger::create(scratch / "l", first_files, time_0);
  CHECK_THROWS_WITH(ledger.append({entry("a", 1)}, "x", time_0), Contains("without its lock"));
  { const auto locked = ledger.lock(); }
  CHECK_THROWS_WITH(ledger.append({entry("a", 1)}, "x", time_0), Contains("without its lock"));
  CHECK(ledger.articles().empty());
}

TEST_CASE("a second holder waits as long as it was told and then says why") {
  const Scratch scratch;
  const auto ledger = Ledger::create(scratch / "l", first_files, time_0);
  const auto other = Ledger::open(scratch / "l");
  auto locked = ledger.lock();
  CHECK(ledger.lock() == locked);
  CHECK_THROWS_WITH(other.lock(50), Contains("l: another process is writing to it (waited 50 ms)"));
  std::thread release([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    locked.reset();
  });
  CHECK(other.lock(5000));
  release.join();
}

TEST_CASE("a lock file that libgit2 left behind is cleared under the ledger's lock") {
  const Scratch scratch;
  auto ledger = Ledger::create(scratch / "l", first_files, time_0);
  std::ofstream(scratch / "l/refs/heads/main.lock") << "";
  append(ledger, {entry("a", 1)});
  CHECK(ledger.revisions("a") == 1);
}

TEST_CASE("a write that fails half-way leaves the ledger as it was") {
  const Scratch scratch;
  auto ledger = Ledger::create(scratch / "l", first_files, time_0);
  append(ledger, {entry("a", 1)});
  const auto before = head(scratch / "l");
  const auto locked = ledger.lock();
  SECTION("at the reference") {
    std::ofstream(scratch / "l/refs/heads/main.lock") << "";
    CHECK_THROWS_WITH(ledger.append({entry("a", 2)}, "x", time_0), Contains("refs/heads/main"));
    fs::remove(scratch / "l/refs/heads/main.lock");
  }
  SECTION("at the objects") {
    fs::rename(scratch / "l/objects", scratch / "l/gone");
    std::ofstream(scratch / "l/objects") << "";
    CHECK_THROWS_AS(ledger.append({entry("a", 2)}, "x", time_0), std::runtime_error);
    fs::remove(scratch / "l/objects");
    fs::rename(scratch / "l/gone", scratch / "l/objects");
  }
  CHECK(head(scratch / "l") == before);
  CHECK(Ledger::open(scratch / "l").revisions("a") == 1);
  ledger.append({entry("a", 2)}, "x", time_0);
  CHECK(ledger.revisions("a") == 2);
}

TEST_CASE("two processes that append at once lose nothing") {
  const Scratch scratch;
  Ledger::create(scratch / "l", first_files, time_0);
  constexpr uint32_t each = 10;
  std::vector<pid_t> children;
  for (int child = 0; child < 2; ++child) {
    const pid_t pid = fork();
    REQUIRE(pid >= 0);
    if (pid > 0) {
      children.push_back(pid);
      continue;
    }
    try {
      auto ledger = Ledger::open(scratch / "l");
      for (uint32_t i = 0; i < each; ++i) {
        const auto locked = ledger.lock(60000);
        auto shared = entry("shared", ledger.revisions("shared") + 1);
        ledger.append({shared, entry("own-" + std::to_string(child), i + 1)}, "x", time_0);
      }
    } catch (...) {
      _exit(1);
    }
    _exit(0);
  }
  for (const pid_t pid : children) {
    int status = 0;
    REQUIRE(waitpid(pid, &status, 0) == pid);
    CHECK(status == 0);
  }
  const auto ledger = Ledger::open(scratch / "l");
  CHECK(ledger.revisions("shared") == 2 * each);
  CHECK(ledger.revisions("own-0") == each);
  CHECK(ledger.revisions("own-1") == each);
  CHECK(git(scratch / "l", "fsck --strict --full").empty());
  CHECK(git(scratch / "l", "rev-list --count main") == std::to_string(1 + 2 * each) + "\n");
}

TEST_CASE("a writer killed at any instant leaves a whole ledger that can be written to") {
  const Scratch scratch;
  Ledger::create(scratch / "l", first_files, time_0);
  int appended = 0;
  for (int round = 0; round < 15; ++round) {
    const pid_t pid = fork();
    REQUIRE(pid >= 0);
    if (pid == 0) {
      auto ledger = Ledger::open(scratch / "l");
      for (uint32_t n = ledger.revisions("a") + 1;; ++n) append(ledger, {entry("a", n)});
    }
    std::this_thread::sleep_for(std::chrono::microseconds(3000 + round * 1700));
    kill(pid, SIGKILL);
    waitpid(pid, nullptr, 0);
    auto ledger = Ledger::open(scratch / "l");
    const uint32_t newest = ledger.revisions("a");
    for (uint32_t n = 1; n <= newest; ++n) REQUIRE(ledger.read("a", n).document == entry("a", n).document);
    append(ledger, {entry("a", newest + 1)});
    appended += newest > 0;
  }
  CHECK(appended > 0);
  // Leftovers of the killed writers are in nobody's way: fsck finds dangling objects at most.
  CHECK_NOTHROW(git(scratch / "l", "fsck --strict --full"));
}

TEST_CASE("a stock clone, bare or not and packed, can be read") {
  const Scratch scratch;
  auto ledger = Ledger::create(scratch / "l", first_files, time_0);
  append(ledger, {entry("a", 1)});
  shell("cd '" + scratch.path().string() +
        "' && git clone -q --bare l bare && git clone -q l work && git -C bare gc -q");
  for (const char* name : {"bare", "work"})
    CHECK(Ledger::open(scratch / name).read("a", 1).report == entry("a", 1).report);
  git(scratch / "l", "gc -q --prune=now");
  append(ledger, {entry("a", 2)});
  CHECK(Ledger::open(scratch / "l").revisions("a") == 2);
}

TEST_CASE("a revision that is not there is named and so is a part that is missing") {
  const Scratch scratch;
  auto ledger = Ledger::create(scratch / "l", first_files, time_0);
  append(ledger, {entry("a", 1), entry("a", 2)});
  CHECK_THROWS_WITH(ledger.read("a", 3), "a: no revision 3 in the ledger");
  CHECK_THROWS_WITH(ledger.read("a", 0), "a: no revision 0 in the ledger");
  CHECK_THROWS_WITH(ledger.read("b", 1), "b: no revision 1 in the ledger");
  rewrite(scratch / "l", "git rm -q " + entry_path("a", 1, ".report"));
  CHECK_THROWS_WITH(ledger.read("a", 1), Contains(entry_path("a", 1, ".report") + ": is missing"));
}

TEST_CASE("a damaged object is named by its path and the rest can still be read") {
  const Scratch scratch;
  {
    auto ledger = Ledger::create(scratch / "l", first_files, time_0);
    append(ledger, {entry("a", 1)});
    append(ledger, {entry("b", 1)});
  }
  const std::string path = entry_path("a", 1, ".report");
  damage(scratch / "l", "main:" + path);
  const auto ledger = Ledger::open(scratch / "l");
  CHECK_THROWS_WITH(ledger.read("a", 1), Contains(path + ": cannot be read: "));
  CHECK(ledger.read("b", 1).report == entry("b", 1).report);
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
    auto ledger = Ledger::create(scratch / "l", first_files, time_0);
    append(ledger, {entry("a", 1), entry("b", 1)});
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
  CHECK_THROWS_WITH(append(ledger, {entry("a", 1)}), Contains(folder + ": cannot be read: "));
  CHECK(ledger.read("b", 1).document == entry("b", 1).document);
  const auto all = files(ledger);
  REQUIRE(all.size() == 3 + 1 + first_files.size());
  CHECK(std::count_if(all.begin(), all.end(),
                      [&](auto& f) { return f.path == folder && !f.error.empty(); }) == 1);
}

TEST_CASE("a damaged newest commit or root is reported, and the ledger opens for it") {
  const Scratch scratch;
  Ledger::create(scratch / "l", first_files, time_0);
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
  auto ledger = Ledger::create(scratch / "l", first_files, time_0);
  std::vector<Entry> batch;
  for (int i = 0; i < 20; ++i) batch.push_back(entry("x" + std::to_string(i), 1));
  append(ledger, batch);
  std::vector<std::string> paths;
  for (const auto& file : files(ledger)) paths.push_back(file.path);
  CHECK(std::is_sorted(paths.begin(), paths.end()));
  CHECK(paths.size() == first_files.size() + 20 * 3);
}

TEST_CASE("a link, a program and a submodule are no plain files") {
  const Scratch scratch;
  Ledger::create(scratch / "l", first_files, time_0);
  rewrite(scratch / "l",
          "mkdir articles && ln -s ../ledger.json articles/link && echo x > articles/tool && "
          "chmod +x articles/tool");
  for (const auto& file : files(Ledger::open(scratch / "l")))
    CHECK(file.error.empty() == !file.path.starts_with("articles/"));
}

TEST_CASE("what a commit changed or removed is named, what it added is not") {
  const Scratch scratch;
  auto ledger = Ledger::create(scratch / "l", first_files, time_0);
  for (uint32_t n = 1; n <= 3; ++n) append(ledger, {entry("a", n)});
  CHECK(rewrites(ledger).empty());
  rewrite(scratch / "l", "echo x >> " + entry_path("a", 1, ""));
  rewrite(scratch / "l", "git rm -q " + entry_path("a", 2, ".sig") + " && echo y > articles/new");
  const auto found = rewrites(ledger);
  REQUIRE(found.size() == 2);
  CHECK(found[0].path == entry_path("a", 2, ".sig"));
  CHECK_THAT(found[0].what,
             Contains("was removed by commit ") && Contains(head(scratch / "l").substr(0, 40)));
  CHECK(found[1].path == entry_path("a", 1, ""));
  CHECK_THAT(found[1].what, Contains("was changed by commit "));
}

TEST_CASE("walking over a ledger and its past reads each object once") {
  const Scratch scratch;
  auto ledger = Ledger::create(scratch / "l", first_files, time_0);
  for (uint32_t n = 1; n <= 40; ++n) append(ledger, {entry("a", n), entry("b", n)});
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
  auto ledger = Ledger::create(scratch / "l", first_files, time_0);
  for (uint32_t n = 1; n <= 3; ++n) append(ledger, {entry("a", n)});
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
    auto ledger = Ledger::create(scratch / "l", first_files, time_0);
    for (uint32_t n = 1; n <= 3; ++n) append(ledger, {entry("a", n)});
  }
  const auto what = GENERATE(as<std::string>{}, "main~1", "main~3", "main~1^{tree}", "main~2:articles");
  damage(scratch / "l", what);
  CHECK(files(Ledger::open(scratch / "l")).size() == 9 + first_files.size());
  CHECK_FALSE(rewrites(Ledger::open(scratch / "l")).empty());
}
