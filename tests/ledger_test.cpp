#include "ledger.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <set>

#include "ledger_attacks.hpp"
#include "ledger_samples.hpp"

using namespace stet;
using namespace stet::testing;
using Catch::Contains;
namespace fs = std::filesystem;

TEST_CASE("a new ledger holds its first files in one commit that git accepts") {
  const Scratch scratch;
  const auto ledger = Ledger::create(scratch / "l", first_files, sample_time);
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
  CHECK(Ledger::create(scratch / "empty", first_files, sample_time).file("ledger.json"));
  CHECK_THROWS_WITH(Ledger::create(scratch / "empty", first_files, sample_time),
                    Contains("empty: already exists"));
  std::ofstream(scratch / "file") << "x";
  CHECK_THROWS_WITH(Ledger::create(scratch / "file", first_files, sample_time),
                    Contains("file: already exists"));
  CHECK(Ledger::create(scratch / "deep/er/l/", first_files, sample_time).file("ledger.json"));
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
  CHECK_THROWS_WITH(Ledger::create(scratch / "other", {{"readme", "x"}}, sample_time),
                    Contains("not a stet ledger (no ledger.json)"));
  CHECK_THROWS_WITH(Ledger::create(scratch / "later", {{"ledger.json", R"({"format":2})"}}, sample_time),
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
  auto ledger = Ledger::create(scratch / "l", first_files, sample_time);
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  append_sample(ledger, {{"b", 1, all, "", "", all + all}});
  append_sample(ledger, {{"a", 1, "", std::nullopt, "r", "s"}});
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
    auto ledger = Ledger::create(scratch / "l", first_files, sample_time);
    for (uint32_t n = 1; n <= 70; n += 10) {
      std::vector<Entry> batch;
      for (uint32_t i = n; i < n + 10; ++i) batch.push_back(short_entry("story", i));
      append_sample(ledger, batch, sample_time + n);
    }
  }
  const auto ledger = Ledger::open(scratch / "l");
  CHECK(ledger.revisions("story") == 70);
  for (uint32_t n = 1; n <= 70; ++n)
    CHECK(ledger.read("story", n).document == short_entry("story", n).document);
  const auto folder = article_path("story");
  CHECK(git(scratch / "l", "ls-tree --name-only main:" + folder) == "0000\n0001\n0002\n");
  CHECK(git(scratch / "l", "ls-tree --name-only main:" + folder + "/0002 | wc -l") == "18\n");
  CHECK(git(scratch / "l", "fsck --strict --full").empty());
  CHECK(git(scratch / "l", "rev-list --count main") == "8\n");
  CHECK(rewrites(ledger).empty());
}

TEST_CASE("one commit can hold many articles and several revisions of one") {
  const Scratch scratch;
  auto ledger = Ledger::create(scratch / "l", first_files, sample_time);
  std::vector<Entry> batch;
  std::set<std::string> ids;
  for (int i = 0; i < 20; ++i)
    for (uint32_t n = 1; n <= 3; ++n) {
      batch.push_back(short_entry("a" + std::string(i % 3, '-') + "b" + std::to_string(i), n));
      batch.back().article = article_id(batch.back().article);
      ids.insert(batch.back().article);
    }
  append_sample(ledger, batch);
  CHECK(ledger.articles() == std::vector<std::string>(ids.begin(), ids.end()));
  for (const auto& id : ids) CHECK(ledger.revisions(id) == 3);
  CHECK(git(scratch / "l", "fsck --strict --full").empty());
  CHECK(git(scratch / "l", "rev-list --count main") == "2\n");
  CHECK(files(ledger).size() == first_files.size() + 3 * batch.size());
}

TEST_CASE("an id that is a beginning of another, or sorts around a slash, keeps its own folder") {
  const Scratch scratch;
  auto ledger = Ledger::create(scratch / "l", first_files, sample_time);
  for (const char* id : {"a", "a.b", "a-b", "ab", "a0"}) append_sample(ledger, {short_entry(id, 1)});
  append_sample(ledger,
                {short_entry("a", 2), short_entry("a-b", 2), short_entry("a.b", 2), short_entry("a", 3)});
  CHECK(ledger.revisions("a") == 3);
  CHECK(ledger.revisions("a.b") == 2);
  CHECK(ledger.revisions("ab") == 1);
  CHECK(git(scratch / "l", "fsck --strict --full").empty());
}

TEST_CASE("what stands among the articles and is none is not listed with them") {
  const Scratch scratch;
  auto ledger = Ledger::create(scratch / "l", first_files, sample_time);
  append_sample(ledger, {short_entry("a", 1)});
  const auto leaf = fs::path(article_path("a")).parent_path().string();
  rewrite(scratch / "l", "echo x > " + leaf +
                             "/note && mkdir -p articles/ab/0/0/0/b articles/0/0/g/0/c && "
                             "echo x | tee articles/d articles/ab/0/0/0/b/f articles/0/0/g/0/c/f");
  CHECK(ledger.articles() == std::vector<std::string>{"a"});
}

TEST_CASE("an entry that is not the next revision is refused and nothing of its batch is written") {
  const Scratch scratch;
  auto ledger = Ledger::create(scratch / "l", first_files, sample_time);
  append_sample(ledger, {short_entry("a", 1)});
  const auto before = git(scratch / "l", "rev-parse main");
  CHECK_THROWS_WITH(append_sample(ledger, {short_entry("a", 1)}),
                    Contains("a: revision 1 cannot be recorded, 2 is next"));
  CHECK_THROWS_WITH(append_sample(ledger, {short_entry("a", 3)}), Contains("2 is next"));
  CHECK_THROWS_WITH(append_sample(ledger, {short_entry("a", 0)}), Contains("2 is next"));
  CHECK_THROWS_WITH(append_sample(ledger, {short_entry("b", 2)}),
                    Contains("b: revision 2 cannot be recorded, 1 is next"));
  CHECK_THROWS_WITH(append_sample(ledger, {short_entry("c", 1), short_entry("a", 2), short_entry("a", 2)}),
                    Contains("3 is next"));
  CHECK(git(scratch / "l", "rev-parse main") == before);
  CHECK(ledger.articles() == std::vector<std::string>{"a"});
}

TEST_CASE("a name that is no id is refused and nothing is written") {
  const Scratch scratch;
  auto ledger = Ledger::create(scratch / "l", first_files, sample_time);
  const auto before = git(scratch / "l", "rev-parse main");
  for (const char* name : {"A", "a/b", "../x", ".git", "a.lock", "a b", "a.txt"})
    CHECK_THROWS_WITH(append_sample(ledger, {short_entry(name, 1)}), Contains("is not an article's id"));
  for (const char* name : {"", ".", ".."})
    CHECK_THROWS_AS(append_sample(ledger, {short_entry(name, 1)}), std::runtime_error);
  CHECK(git(scratch / "l", "rev-parse main") == before);
}

TEST_CASE("an empty batch makes no commit") {
  const Scratch scratch;
  auto ledger = Ledger::create(scratch / "l", first_files, sample_time);
  const auto before = git(scratch / "l", "rev-parse main");
  append_sample(ledger, {});
  CHECK(git(scratch / "l", "rev-parse main") == before);
}

TEST_CASE("nothing is written without the lock") {
  const Scratch scratch;
  auto ledger = Ledger::create(scratch / "l", first_files, sample_time);
  CHECK_THROWS_WITH(ledger.append({short_entry("a", 1)}, "x", sample_time), Contains("without its lock"));
  { const auto locked = ledger.lock(); }
  CHECK_THROWS_WITH(ledger.append({short_entry("a", 1)}, "x", sample_time), Contains("without its lock"));
  CHECK(ledger.articles().empty());
}

TEST_CASE("a stock clone, bare or not and packed, can be read") {
  const Scratch scratch;
  auto ledger = Ledger::create(scratch / "l", first_files, sample_time);
  append_sample(ledger, {short_entry("a", 1)});
  shell("cd '" + scratch.path().string() +
        "' && git clone -q --bare l bare && git clone -q l work && git -C bare gc -q");
  for (const char* name : {"bare", "work"})
    CHECK(Ledger::open(scratch / name).read("a", 1).report == short_entry("a", 1).report);
  git(scratch / "l", "gc -q --prune=now");
  append_sample(ledger, {short_entry("a", 2)});
  CHECK(Ledger::open(scratch / "l").revisions("a") == 2);
}

TEST_CASE("a revision that is not there is named and so is a part that is missing") {
  const Scratch scratch;
  auto ledger = Ledger::create(scratch / "l", first_files, sample_time);
  append_sample(ledger, {short_entry("a", 1), short_entry("a", 2)});
  CHECK_THROWS_WITH(ledger.read("a", 3), "a: no revision 3 in the ledger");
  CHECK_THROWS_WITH(ledger.read("a", 0), "a: no revision 0 in the ledger");
  CHECK_THROWS_WITH(ledger.read("b", 1), "b: no revision 1 in the ledger");
  rewrite(scratch / "l", "git rm -q " + entry_path("a", 1, ".report"));
  CHECK_THROWS_WITH(ledger.read("a", 1), Contains(entry_path("a", 1, ".report") + ": is missing"));
}
