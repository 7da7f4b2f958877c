// A plugin called in this process: the same outcomes as a worker's, for one that neither crashes nor
// loops.
#include "plugin.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "plugin_image.hpp"

namespace {

std::filesystem::path hostile(const std::string& name) {
  return std::filesystem::path(STET_HOSTILE_DIR) / (name + ".so");
}

std::string packed_text(const std::string& text) {
  stet::Document document;
  document.text = text;
  document.nodes = {
      {stet::NodeKind::paragraph, stet::no_parent, {0, static_cast<uint32_t>(text.size())}, ""}};
  return stet::pack({document, {{{"reference", "a"}}}});
}

stet::Outcome run(const std::string& name, const std::string& text = "Some words.") {
  const auto manifest = stet::PluginImage(hostile(name)).manifest();
  const stet::Plugin plugin(hostile(name));
  stet::Session session(plugin, manifest, "{}");
  const auto packed = packed_text(text);
  return stet::verify_in_process(session, manifest, stet::DocumentView(packed));
}

}  // namespace

TEST_CASE("a plugin run in process gives the same findings and facts") {
  const auto outcome = run("echo");
  CHECK(outcome.kind == stet::Outcome::Kind::checked);
  CHECK(outcome.confinement == "none: in the host's own process");
  REQUIRE(outcome.findings.size() == 1);
  CHECK(outcome.findings[0].evidence.at("sources") == nlohmann::json{{{"reference", "a"}}});
  REQUIRE(outcome.facts.size() == 1);
  CHECK(outcome.facts[0].fields == nlohmann::json{{"number", 0}});
}

TEST_CASE("a plugin that fails in process is a failed check with its reason") {
  CHECK(run("throws").reason == "the date table is empty");
  CHECK(run("throws-raw").reason == "an exception left through the C ABI: left through the C ABI");
  CHECK(run("raw", "x").reason == "the text is too short");
}

TEST_CASE("the host's refusal outranks what the plugin makes of it") {
  for (const char* what : {"undeclared-check", "range-beyond", "not-json", "deep-json", "huge"}) {
    const auto outcome = run("says", what);
    CHECK(outcome.kind == stet::Outcome::Kind::failed);
    CHECK_THAT(outcome.reason, Catch::StartsWith("a finding outside the contract: "));
    CHECK(outcome.findings.empty());
  }
  const auto flood = run("floods");
  CHECK(flood.reason == "more than 10000 findings");
  CHECK(flood.findings.size() == 10000);
}

TEST_CASE("after one refusal everything is refused, and the next call begins anew") {
  const auto manifest = stet::PluginImage(hostile("echo")).manifest();
  const stet::Plugin plugin(hostile("echo"));
  stet::Session session(plugin, manifest, "{}");
  const auto packed = packed_text("Words.");
  const stet::DocumentView document(packed);
  int calls = 0;
  const auto failure = session.verify(document, {[&](const stet_finding&) {
                                                   ++calls;
                                                   throw std::runtime_error("enough");
                                                 },
                                                 [&](const stet_fact&) { ++calls; }});
  CHECK(failure == "enough");
  CHECK(calls == 1);
  CHECK(stet::verify_in_process(session, manifest, document).kind == stet::Outcome::Kind::checked);
}

TEST_CASE("a service is there only for a plugin whose manifest asks for it") {
  auto manifest = stet::PluginImage(hostile("echo")).manifest();
  manifest.services.clear();
  const stet::Plugin plugin(hostile("echo"));
  stet::Session session(plugin, manifest, "{}");
  const auto packed = packed_text("Words.");
  const auto outcome = stet::verify_in_process(session, manifest, stet::DocumentView(packed));
  REQUIRE(outcome.findings.size() == 1);
  CHECK(outcome.findings[0].evidence.at("sources").is_null());
}

TEST_CASE("what cannot be loaded or created says why") {
  CHECK_THROWS_WITH(stet::Plugin(hostile("wrong-abi")), "needs plugin ABI 2, this stet has 1");
  CHECK_THROWS_WITH(stet::Plugin(hostile("small-struct")), "its stet_plugin has 16 bytes, version 1 has 32");
  CHECK_THROWS_WITH(stet::Plugin("/no/such.so"),
                    Catch::StartsWith("does not load: cannot open shared object file"));
  CHECK_THROWS_WITH(run("no-instance"), "its word list is missing");
}
