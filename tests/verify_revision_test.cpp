#include "verify_revision.hpp"

#include <catch2/catch.hpp>

#include "office.hpp"

using namespace stet;
using namespace stet::testing;
using nlohmann::json;

TEST_CASE("an altered document is told from its report by both digests") {
  Office office;
  office.record_all();
  office.put(entry_path("alder", 2, ""), "Something else\n");
  const auto v = office.verified();
  CHECK(v.problems.size() == 1);
  CHECK(names(v, entry_path("alder", 2, ""),
              "has SHA-256 " + sha256_hex("Something else\n") + ", the report says " +
                  sha256_hex(text_of("alder", 2))));
  CHECK(v.documents == 4);
}

TEST_CASE("a listed key cannot rewrite the past: the next revision names the old report") {
  Office office;
  office.record_all();
  auto changed = json::parse(*office.ledger.file(entry_path("alder", 2, ".report")));
  changed["predicate"]["observedAt"] = "2025-11-23T12:13:21Z";
  const auto report = canonical(changed);
  office.put(entry_path("alder", 2, ".report"), report);
  office.put(entry_path("alder", 2, ".sig"), signed_by(office.key, report));
  const auto v = office.verified();
  INFO(listed(v));
  CHECK(names(v, entry_path("alder", 3, ".report"), "names a report of revision 2 with SHA-256 "));
  CHECK(names(v, entry_path("alder", 3, ".report"), "the one in the ledger has " + sha256_hex(report)));
}

TEST_CASE("the previous revision must be named, rightly, and by none that is the first") {
  Office office;
  office.record("alder", 1);
  const auto previous = [](json& s) -> json& { return s["predicate"]["article"]["previous"]; };
  office.record("alder", 2, [&](json& s) { s["predicate"]["article"].erase("previous"); });
  office.record("alder", 3, [&](json& s) { previous(s)["revision"] = 1; });
  office.record("alder", 4, [&](json& s) { previous(s)["reportSha256"] = sha256_hex("x"); });
  office.record("alder", 5, [&](json& s) { previous(s)["documentSha256"] = sha256_hex("x"); });
  office.record("alder", 6);
  office.record("birch", 1, [&](json& s) {
    previous(s) = {{"revision", 0}, {"documentSha256", sha256_hex("x")}, {"reportSha256", sha256_hex("x")}};
  });
  const auto v = office.verified();
  INFO(listed(v));
  CHECK(v.problems.size() == 5);
  CHECK(names(v, entry_path("alder", 2, ".report"), "names no previous revision, expected 1"));
  CHECK(names(v, entry_path("alder", 3, ".report"), "names revision 1 as the previous one, expected 2"));
  CHECK(names(v, entry_path("alder", 4, ".report"),
              "names a report of revision 3 with SHA-256 " + sha256_hex("x")));
  CHECK(names(v, entry_path("alder", 5, ".report"),
              "names a document of revision 4 with SHA-256 " + sha256_hex("x")));
  CHECK(names(v, entry_path("birch", 1, ".report"), "names a revision before the first"));
}

TEST_CASE("what a report says of the document must be so") {
  Office office;
  const auto document = [](json& s) -> json& { return s["predicate"]["document"]; };
  office.record("alder", 1, [&](json& s) { document(s)["size"] = 7; });
  office.record("birch", 1, [&](json& s) { document(s).erase("size"); });
  office.record("cedar", 1, [&](json& s) { s["subject"][0]["digest"]["sha256"] = sha256_hex("x"); });
  office.record("dogwood", 1, [&](json& s) {
    const auto other = git_blob_hex("x");
    document(s)["gitBlob"] = other;
    s["subject"][0]["digest"]["gitBlob"] = other;
  });
  office.record("elder", 1, [&](json& s) { s["predicateType"] = "urn:other"; });
  office.record("fir", 1, [&](json& s) { s["predicate"].erase("article"); });
  const auto v = office.verified();
  INFO(listed(v));
  CHECK(v.problems.size() == 6);
  CHECK(names(v, entry_path("alder", 1, ".report"), "gives size 7, the document has "));
  CHECK(names(v, entry_path("birch", 1, ".report"), "gives size null"));
  CHECK(names(v, entry_path("cedar", 1, ".report"), "different digests"));
  CHECK(names(v, entry_path("dogwood", 1, ".report"), "gives gitBlob"));
  CHECK(names(v, entry_path("elder", 1, ".report"), "predicateType"));
  CHECK(names(v, entry_path("fir", 1, ".report"), "article"));
}

TEST_CASE("a report that is signed but not canonical is found") {
  Office office;
  const auto report = office.statement_of("alder", 1, text_of("alder", 1)).dump(1);
  office.append({"alder", 1, text_of("alder", 1), {}, report, signed_by(office.key, report)});
  const auto v = office.verified();
  CHECK(v.problems.size() == 1);
  CHECK(names(v, entry_path("alder", 1, ".report"), "is not canonical JSON"));
  CHECK(v.reports == 0);
}

TEST_CASE("a text is stored when it differs from the document, and only then") {
  Office office;
  office.record_all();
  SECTION("too much") {
    office.put(entry_path("alder", 1, ".text"), text_of("alder", 1));
    CHECK(names(office.verified(), entry_path("alder", 1, ".text"),
                "though the report says that the text is the document"));
  }
  SECTION("missing") {
    rewrite(office.folder, "git rm -q " + entry_path("birch", 2, ".text"));
    CHECK(names(office.verified(), entry_path("birch", 2, ".text"), "is missing"));
  }
  SECTION("another") {
    office.put(entry_path("birch", 2, ".text"), "x");
    CHECK(names(office.verified(), entry_path("birch", 2, ".text"), "has SHA-256 " + sha256_hex("x")));
  }
  CHECK(office.verified().problems.size() == 1);
}

TEST_CASE("a report by a plugin that is not among the trusted is found when they are given") {
  Office office;
  office.record("alder", 1, [](json& s) {
    s["predicate"]["plugins"] = {{{"id", "org.example.quotes"},
                                  {"version", "1.0"},
                                  {"sha256", sha256_hex("plugin")},
                                  {"outcome", "checked"}}};
  });
  VerifyOptions options;
  CHECK(verify(office.ledger, options).holds());
  options.trusted = {sha256_hex("plugin"), sha256_hex("other")};
  CHECK(verify(office.ledger, options).holds());
  options.trusted = {sha256_hex("other")};
  const auto v = verify(office.ledger, options);
  CHECK(v.problems.size() == 1);
  CHECK(names(v, entry_path("alder", 1, ".report"),
              "names a plugin org.example.quotes 1.0 with SHA-256 " + sha256_hex("plugin") +
                  ", which is not one of those that are trusted"));
}

TEST_CASE("a digest that is none is a problem, not the end") {
  Office office;
  office.record("alder", 1, [](json& s) {
    for (const char* name : {"sha256", "textSha256"}) s["predicate"]["document"][name] = "x";
    s["subject"][0]["digest"]["sha256"] = "x";
  });
  const auto v = office.verified();
  CHECK(v.problems.size() == 1);
  CHECK(names(v, entry_path("alder", 1, ""), "the report says x"));
}
