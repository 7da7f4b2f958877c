// What a commit takes away from a ledger or puts in the place of what was recorded.
#include <catch2/catch.hpp>

#include "office.hpp"

using namespace stet;
using namespace stet::testing;
using Catch::Contains;

TEST_CASE("a file replaced by an altered one in a new commit is found, with the commit that did it") {
  Office office;
  office.record_all();
  const auto path = GENERATE(entry_path("alder", 2, ""), entry_path("alder", 2, ".report"),
                             entry_path("alder", 3, ".sig"), entry_path("birch", 2, ".text"));
  std::string bytes = *office.ledger.file(path);
  bytes[bytes.size() / 2] ^= 1;
  office.put(path, bytes);
  const auto v = office.verified();
  INFO(listed(v));
  CHECK(names(v, path, "was changed by commit "));
  CHECK(v.problems.size() <= 3);
}

TEST_CASE("reports of two articles cannot change places") {
  Office office;
  office.record_all();
  const auto swap = [](const std::string& suffix) {
    const auto a = entry_path("alder", 1, suffix), b = entry_path("birch", 1, suffix);
    return "git mv " + a + " t && git mv " + b + " " + a + " && git mv t " + b;
  };
  rewrite(office.folder, swap(".report") + " && " + swap(".sig"));
  const auto v = office.verified();
  INFO(listed(v));
  CHECK(names(v, entry_path("alder", 1, ".report"), "is the report of birch@1, expected that of alder@1"));
  CHECK(names(v, entry_path("birch", 1, ".report"), "is the report of alder@1, expected that of birch@1"));
}

TEST_CASE("a revision that was dropped is missed, in the middle and at the end") {
  Office office;
  office.record_all();
  const uint32_t dropped = GENERATE(1, 2, 3);
  rewrite(office.folder, "git rm -q " + entry_path("alder", dropped, "") + "*");
  const auto v = office.verified();
  INFO(listed(v));
  CHECK(names(v, entry_path("alder", dropped, ""), "was removed by commit "));
  CHECK(names(v, entry_path("alder", dropped, ""), "is missing, though there is a revision after it") ==
        (dropped < 3));
  CHECK(v.problems.size() <= 4);
}

TEST_CASE("an article that was dropped is missed once") {
  Office office;
  office.record_all();
  rewrite(office.folder, "git rm -qr " + article_path("birch"));
  const auto v = office.verified();
  REQUIRE(v.problems.size() == 1);
  CHECK_THAT(v.problems[0].message, Contains("was removed by commit"));
}

TEST_CASE("a long gap is one problem") {
  Office office;
  for (uint32_t n = 1; n <= 34; ++n) office.record("alder", n);
  rewrite(office.folder, "git rm -qr " + article_path("alder") + "/0000");
  const auto v = office.verified();
  INFO(listed(v));
  CHECK(v.problems.size() == 2);
  CHECK(names(v, entry_path("alder", 1, ""), "is missing, and all revisions to 32"));
  CHECK(names(v, article_path("alder") + "/0000", "was removed by commit"));
}
