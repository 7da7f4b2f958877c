#include "in_process.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <string>

#include "worker.hpp"

namespace {

std::shared_ptr<const stet::PluginImage> image(const std::string& folder, const std::string& name) {
  return std::make_shared<const stet::PluginImage>(std::filesystem::path(folder) / (name + ".so"));
}

stet::Document sample() {
  stet::Document d;
  d.text = "“We stay,” said Ana Ruiz on 31 April 2025.";
  d.nodes = {{stet::NodeKind::paragraph, stet::no_parent, {0, static_cast<uint32_t>(d.text.size())}, ""}};
  return d;
}

}  // namespace

TEST_CASE("a plugin in this process says the same as in a worker") {
  const auto document = sample();
  const stet::SharedDocument shared({document});
  for (const char* name : {"quote_attribution", "date_consistency"}) {
    const auto plugin = image(STET_PLUGIN_DIR, name);
    stet::InProcess here(plugin, nlohmann::json::object());
    stet::Worker worker({plugin});
    const auto mine = here.verify(shared);
    const auto theirs =
        worker.verify(std::make_shared<const stet::SharedDocument>(stet::Reading{document})).get();
    CHECK(mine.kind == stet::Outcome::Kind::checked);
    REQUIRE(mine.facts.size() == theirs.facts.size());
    CHECK(mine.facts.size() > 0);
    for (size_t i = 0; i < mine.facts.size(); ++i) CHECK(to_json(mine.facts[i]) == to_json(theirs.facts[i]));
    CHECK(mine.findings.size() == theirs.findings.size());
  }
}

TEST_CASE("a plugin is not taken for another one that was here before it") {
  const auto document = sample();
  const stet::SharedDocument shared({document});
  for (int i = 0; i < 3; ++i)
    for (const char* name : {"quote_attribution", "date_consistency", "source_hashing"}) {
      const auto plugin = image(STET_PLUGIN_DIR, name);
      CHECK(stet::InProcess(plugin, nlohmann::json::object()).verify(shared).kind ==
            stet::Outcome::Kind::checked);
    }
}

TEST_CASE("a plugin that makes no instance in this process fails with its reason") {
  const auto document = sample();
  stet::InProcess here(image(STET_HOSTILE_DIR, "no-instance"), nlohmann::json::object());
  const auto outcome = here.verify(stet::SharedDocument({document}));
  CHECK(outcome.kind == stet::Outcome::Kind::failed);
  CHECK(outcome.reason == "its word list is missing");
}
