#include "verify.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "office.hpp"

using namespace stet;
using namespace stet::testing;
using Catch::Contains;

TEST_CASE("a ledger that was only ever added to holds, and what was verified is counted") {
  Office office;
  CHECK(office.verified().holds());
  office.record_all();
  const auto v = office.verified(office.key.public_key().keyid());
  INFO(listed(v));
  CHECK(v.holds());
  CHECK(v.articles == 2);
  CHECK(v.documents == 5);
  CHECK(v.reports == 5);
  CHECK(v.signatures == 5);
  CHECK(v.keyids == std::vector<std::string>{office.key.public_key().keyid()});
  size_t bytes = 3;
  for (uint32_t n = 1; n <= 3; ++n)
    bytes += text_of("alder", n).size() + (n < 3 ? text_of("birch", n).size() : 0);
  CHECK(v.bytes == bytes);
}

TEST_CASE("revisions over several buckets hold, and so does a ledger that git has packed") {
  Office office;
  for (uint32_t n = 1; n <= 34; ++n) office.record("alder", n);
  git(office.folder, "gc -q --prune=now");
  const auto v = office.verified();
  INFO(listed(v));
  CHECK(v.holds());
  CHECK(v.signatures == 34);
}

TEST_CASE("a damaged reference is the one problem") {
  Office office;
  office.record("alder", 1);
  const auto ledger = Ledger::open(office.folder);
  std::ofstream(office.folder / "refs/heads/main") << "garbage\n";
  const auto v = verify(ledger);
  REQUIRE(v.problems.size() == 1);
  CHECK(v.problems[0].path == "refs/heads/main");
  CHECK_THAT(v.problems[0].message, Catch::StartsWith("cannot be read: "));
}

TEST_CASE("one thread and many say the same of many damages") {
  Office office;
  for (const char* article : {"alder", "birch", "cedar", "dogwood", "elder", "fir", "gorse", "hazel"})
    for (uint32_t n = 1; n <= 3; ++n) office.record(article, n);
  office.put(entry_path("alder", 2, ""), "Something else\n");
  office.put(entry_path("birch", 1, ".sig"), "");
  office.put("articles/x", "x");
  rewrite(office.folder, "git rm -qr " + article_path("cedar") + " " + entry_path("dogwood", 2, ".report"));
  damage(office.folder, "main:" + entry_path("elder", 3, ""));
  damage(office.folder, "main:" + article_path("fir"));
  damage(office.folder, "main~5");
  const auto one = office.verified({}, 1);
  CHECK(one.problems.size() > 8);
  for (const unsigned threads : {2u, 8u}) {
    const auto many = office.verified({}, threads);
    CHECK(listed(many) == listed(one));
    CHECK(many.documents == one.documents);
    CHECK(many.keyids == one.keyids);
  }
}

TEST_CASE("a file that has no place in a ledger is named") {
  Office office;
  office.record_all();
  const std::string folder = article_path("alder") + "/0000/";
  for (const auto& path :
       {std::string("readme"), std::string("articles/x"), std::string("articles/0/0/0/0/alder/0000/r00001"),
        article_path("alder") + "/r00001", article_path("alder") + "/0001/r00001", folder + "r00001.html",
        folder + "r1", folder + "r000001", folder + "r00000", folder + "r99999999999", folder + "x",
        std::string("keys/x.json")}) {
    Office fresh;
    fresh.record("alder", 1);
    fresh.put(path, "x");
    const auto v = fresh.verified();
    INFO(path << "\n" << listed(v));
    CHECK(v.problems.size() == 1);
    CHECK(names(v, path));
  }
}

TEST_CASE("a folder that has no place in a ledger is named, and not what is in it") {
  const std::string bucket = article_path("alder") + "/0000/";
  for (const auto& folder :
       {std::string("drafts"), std::string("keys/x"), bucket + "r00001.sig", bucket + "x"}) {
    Office fresh;
    if (!folder.ends_with("sig")) fresh.record("alder", 1);
    fresh.put(folder + "/y", "x");
    fresh.put(folder + "/z", "x");
    const auto v = fresh.verified();
    INFO(folder << "\n" << listed(v));
    CHECK(v.problems.size() == (folder.ends_with("sig") ? 3 : 1));  // a document and a report are missing
    CHECK(names(v, folder, "is not part of a ledger"));
  }
}

TEST_CASE("ledger.json must say what it is") {
  Office office;
  office.record("alder", 1);
  for (const char* bytes : {"", "[]", "{}", "{\"format\":1"}) {
    office.put("ledger.json", bytes);
    const auto v = office.verified();
    CHECK(v.problems.size() == 1);
    CHECK(names(v, "ledger.json", "is not what describes a ledger of format 1"));
  }
  office.put("ledger.json", "{\"format\":\"1\"}");
  CHECK_THROWS_WITH(Ledger::open(office.folder), Contains("a ledger of format \"1\", this stet reads 1"));
}

TEST_CASE("a ledger whose folder of articles was replaced by a link or a file does not hold") {
  Office office;
  office.record("alder", 1);
  rewrite(office.folder, "git rm -qr articles && ln -s /etc articles");
  CHECK(names(office.verified(), "articles", "is neither a plain file nor a folder"));
}
