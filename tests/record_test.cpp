#include "record.hpp"

#include <catch2/catch.hpp>

#include <fstream>

#include "canonical.hpp"
#include "digest.hpp"
#include "keyring.hpp"
#include "scratch.hpp"
#include "verify.hpp"

using stet::testing::Scratch;
namespace fs = std::filesystem;

namespace {

constexpr int64_t made_at = 1'700'000'000;

stet::ChosenPlugin chosen(const fs::path& file) {
  const auto image = std::make_shared<const stet::PluginImage>(file);
  return {file, image->manifest().id, image->manifest().version, image, "", "", false};
}

// A ledger with one key, and the good plugins.
struct Desk {
  Scratch scratch;
  stet::PrivateKey key = stet::PrivateKey::generate();
  stet::Ledger ledger = stet::Ledger::create(
      scratch / "L",
      {{"ledger.json", R"({"format":1})"}, stet::key_file(key.public_key(), "2001-01-01T00:00:00Z")},
      made_at);
  stet::Run run{{chosen(fs::path(STET_PLUGIN_DIR) / "quote_attribution.so")}};

  stet::Recorded record(const std::string& text, const std::string& observed = "2031-03-04T10:00:00Z") {
    return record_by(key, text, observed);
  }
  stet::Recorded record_by(const stet::PrivateKey& by, const std::string& text, const std::string& observed) {
    const auto document = stet::read_document("a.txt", text, stet::Format::text);
    return stet::record(ledger, by, run, document, {"a", scratch.path(), observed, {}});
  }
};

const std::string first = "Talks resume\n“We made good progress,” Ana Ruiz said.\n";
const std::string second = "Talks resume\n“We made great progress,” Ana Ruiz said.\n";

}  // namespace

TEST_CASE("a recorded document is read back byte for byte, with its report, and verifies") {
  Desk desk;
  const auto done = desk.record(first);
  CHECK(done.revision == 1);
  CHECK_FALSE(done.already);
  const auto stored = stet::stored_revision(desk.ledger, "a", 1);
  CHECK(stored.entry.document == first);
  CHECK(stored.report.document_sha256 == stet::sha256_hex(first));
  CHECK(stet::is_canonical(stored.entry.report));
  CHECK_FALSE(stet::facts_of(stored.report.report.plugins).empty());
  const auto v = stet::verify(desk.ledger);
  CHECK(v.holds());
  CHECK((v.documents == 1 && v.signatures == 1));
}

TEST_CASE("the second revision names the first by its digests and says which word of the quotation changed") {
  Desk desk;
  desk.record(first);
  const auto done = desk.record(second, "2031-03-04T11:00:00Z");
  REQUIRE(done.report.previous.has_value());
  CHECK(done.report.previous->report_sha256 == stet::sha256_hex(desk.ledger.read("a", 1).report));
  CHECK(done.report.previous->document_sha256 == stet::sha256_hex(first));
  REQUIRE_FALSE(done.report.changes.empty());
  const auto& change = done.report.changes[0];
  CHECK(change.change == "quote-altered");
  CHECK(change.evidence.at("before") == "good");
  CHECK(change.evidence.at("after") == "great");
  CHECK_THAT(change.message, Catch::Contains("Ana Ruiz"));
}

TEST_CASE("the same bytes again are not recorded twice") {
  Desk desk;
  desk.record(first);
  const auto again = desk.record(first, "2031-03-05T10:00:00Z");
  CHECK(again.already);
  CHECK(again.revision == 1);
  CHECK(desk.ledger.revisions("a") == 1);
}

TEST_CASE("a document that goes back to an older wording is a revision of its own") {
  Desk desk;
  desk.record(first);
  desk.record(second);
  CHECK(desk.record(first).revision == 3);
  CHECK(stet::verify(desk.ledger).holds());
}

TEST_CASE("a key that is not the ledger's records nothing") {
  Desk desk;
  CHECK_THROWS_WITH(desk.record_by(stet::PrivateKey::generate(), first, "2031-03-04T10:00:00Z"),
                    Catch::Contains("is not one of this ledger's keys"));
  CHECK(desk.ledger.revisions("a") == 0);
}

TEST_CASE("a revision observed before the newest one is refused") {
  Desk desk;
  desk.record(first);
  CHECK_THROWS_WITH(desk.record(second, "2031-03-04T09:59:59Z"), Catch::Contains("is before revision 1"));
  CHECK(desk.ledger.revisions("a") == 1);
}

TEST_CASE("a byte order mark and CR LF are kept in the bytes, and the text is stored beside them") {
  Desk desk;
  const std::string bytes = "\xEF\xBB\xBFTitle\r\n“Go,” Ana Ruiz said.\r\n";
  desk.record(bytes);
  const auto entry = desk.ledger.read("a", 1);
  CHECK(entry.document == bytes);
  CHECK(entry.text == "Title\n“Go,” Ana Ruiz said.\n");
  CHECK(stet::verify(desk.ledger).holds());
}

TEST_CASE("a plugin that crashes is in the report, and the others' facts are complete") {
  Desk desk;
  stet::Run both{{chosen(fs::path(STET_HOSTILE_DIR) / "segfault.so"),
                  chosen(fs::path(STET_PLUGIN_DIR) / "quote_attribution.so")}};
  const auto document = stet::read_document("a.txt", first, stet::Format::text);
  const auto done = stet::record(desk.ledger, desk.key, both, document,
                                 {"a", desk.scratch.path(), "2031-03-04T10:00:00Z", {}});
  const auto& plugins = done.report.plugins;
  REQUIRE(plugins.size() == 2);
  CHECK(plugins[0].outcome.kind == stet::Outcome::Kind::crashed);
  CHECK_FALSE(plugins[0].outcome.reason.empty());
  CHECK(plugins[1].outcome.kind == stet::Outcome::Kind::checked);
  CHECK(plugins[1].outcome.facts.size() == 1);
}

TEST_CASE("a plugin that may not run is in the report as not run, with the reason") {
  Desk desk;
  stet::Run run{
      {{"gone.so", "org.example.gone", "1", nullptr, "the file changed", std::string(64, '0'), false}}};
  const auto document = stet::read_document("a.txt", first, stet::Format::text);
  const auto runs = run.check({document});
  REQUIRE(runs.size() == 1);
  CHECK(runs[0].outcome.kind == stet::Outcome::Kind::not_run);
  CHECK(runs[0].outcome.reason == "the file changed");
}
