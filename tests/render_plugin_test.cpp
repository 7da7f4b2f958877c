// Pages of plugins and results of the test kit, for a terminal.
#include <catch2/catch.hpp>

#include <sstream>

#include "render/plugin_page.hpp"
#include "render/plugin_verdict.hpp"
#include "render/visible.hpp"

namespace {

std::filesystem::path bundled(const std::string& name) {
  return std::filesystem::path(STET_PLUGIN_DIR) / (name + ".so");
}

size_t widest(const std::string& text) {
  std::istringstream in(text);
  size_t most = 0;
  for (std::string line; std::getline(in, line);) most = std::max(most, stet::columns(line));
  return most;
}

stet::CaseResult unexpected() {
  stet::CaseResult result;
  result.name = "quiet";
  result.document = stet::read_document("quiet.txt", "The harbour\n\nShe left.\n", stet::Format::text);
  result.outcome.kind = stet::Outcome::Kind::checked;
  result.time = stet::PluginTestTime(12);
  result.problems = {{"quiet.findings: not what was expected (- expected, + found)",
                      {{true, "3:5 note odd \"left\": Odd\x1b[2J.", stet::Range{17, 21}}},
                      true}};
  return result;
}

}  // namespace

TEST_CASE("a page tells checks, rules for facts in words, services, limits, digest and trust") {
  const stet::PluginImage image(bundled("source_hashing"));
  const auto page = stet::render_plugin({image, {stet::TrustState::Kind::bundled, ""}, "a box"}, 0, false);
  for (const char* words :
       {"org.stet.source-hashing 0.1.0 (bundled)\n",
        "  source-missing (warning): ", "    another url: source-url-changed (warning)\n",
        "    a new one: source-added (note)\n", "it stays the same one while it keeps its name",
        "  stet.sources/1\n", "2000 ms and 256 MB", "on this machine\n  a box\n", "it ships with stet"})
    CHECK_THAT(page, Catch::Contains(words));
  CHECK_THAT(page, Catch::Contains(image.sha256()));
}

TEST_CASE("a page of a plugin that changed shows both digests") {
  const stet::PluginImage image(bundled("source_hashing"));
  const std::string pinned(64, 'a');
  const stet::PluginPage page{image, {stet::TrustState::Kind::changed, pinned}, ""};
  CHECK_THAT(stet::render_plugin(page, 0, false), Catch::Contains(pinned) && Catch::Contains(image.sha256()));
  CHECK(stet::to_json(page)["trust"] == nlohmann::json{{"state", "changed"}, {"pinned", pinned}});
}

TEST_CASE("no line of a page, a list or a result is wider than the terminal") {
  const stet::PluginImage image(bundled("quote_attribution"));
  const auto chosen = stet::bundled_plugins();
  for (const unsigned width : {20u, 40u, 60u, 80u}) {
    const stet::PluginPage page{image, {stet::TrustState::Kind::not_trusted, ""}, "process, rlimits"};
    CHECK(widest(stet::render_plugin(page, width, false)) <= width);
    CHECK(widest(stet::render_plugin_list(chosen, width, false)) <= width);
    CHECK(widest(stet::render_case(unexpected(), width, false)) <= width);
  }
}

TEST_CASE("a list says why a plugin may not run") {
  stet::ChosenPlugin gone{"/nowhere/x.so",
                          "org.example.x",
                          "unknown",
                          nullptr,
                          "/nowhere/x.so: no such file",
                          std::string(64, 'b'),
                          false};
  const auto list = stet::render_plugin_list({gone}, 80, false);
  CHECK_THAT(list, Catch::StartsWith("org.example.x  unknown  missing") &&
                       Catch::EndsWith("    /nowhere/x.so: no such file\n"));
  CHECK(stet::to_json(std::vector<stet::ChosenPlugin>{gone})[0]["trust"] == "missing");
}

TEST_CASE("what should not have been found stands in its line, with a caret, and is safe to look at") {
  CHECK(stet::render_case(unexpected(), 0, false) ==
        "FAIL  quiet (12 ms)\n"
        "    quiet.findings: not what was expected (- expected, + found)\n"
        "    + 3:5 note odd \"left\": Odd<U+001B>[2J.\n"
        "        She left.\n"
        "            ^~~~\n");
}

TEST_CASE("the verdict counts cases and hard inputs, and names checks that no case shows") {
  stet::PluginVerdict verdict;
  verdict.cases = {unexpected()};
  verdict.hard = {{"an empty text", {}, {}, true}};
  verdict.unseen = {"odd"};
  CHECK(verdict.failed() == 1);
  CHECK(stet::render_verdict(verdict, 0, false) ==
        "0 of 1 case and 1 of 1 hard input hold\n"
        "no case makes odd report anything\n");
  CHECK(stet::to_json(verdict)["holds"] == false);
  verdict.cases[0].problems.clear();
  CHECK(verdict.failed() == 0);
}
