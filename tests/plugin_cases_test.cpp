#include "plugin_cases.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

#include "files.hpp"
#include "scratch.hpp"

using stet::testing::Scratch;
namespace fs = std::filesystem;

namespace {

std::shared_ptr<const stet::PluginImage> hostile(const std::string& name) {
  return std::make_shared<const stet::PluginImage>(fs::path(STET_HOSTILE_DIR) / (name + ".so"));
}

constexpr const char* article = "A title\n\nShe left.\n";
constexpr const char* right = "3:1 note paragraph \"She left.\": Paragraph 1.\n";

fs::path article_in(const Scratch& scratch) {
  stet::write_file(scratch / "one.txt", article);
  return scratch / "one.txt";
}

std::string text_of(const fs::path& file) {
  return stet::read_file(file, 1 << 20);
}

}  // namespace

TEST_CASE("a case holds when the plugin says what is expected, twice") {
  const Scratch scratch;
  const auto file = article_in(scratch);
  stet::write_file(scratch / "one.findings", right);
  stet::write_file(scratch / "one.facts", "3:1 paragraph \"She left.\" {\"number\":1}\n");
  const auto result = stet::run_case(hostile("echo"), file);
  CHECK(result.holds());
  CHECK(result.name == "one");
  CHECK(result.time.count() > 0);
}

TEST_CASE("a finding too many and one too few are both named, the one too many with its place") {
  const Scratch scratch;
  const auto file = article_in(scratch);
  stet::write_file(scratch / "one.findings", "1:1 note paragraph \"A\": Old.\n");
  const auto result = stet::run_case(hostile("echo"), file);
  REQUIRE(result.problems.size() == 1);
  const auto& problem = result.problems[0];
  CHECK(problem.blessable);
  REQUIRE(problem.lines.size() == 2);
  CHECK_FALSE(problem.lines[0].found);
  CHECK(problem.lines[0].text == "1:1 note paragraph \"A\": Old.");
  CHECK(problem.lines[1].found);
  CHECK(problem.lines[1].text + "\n" == right);
  CHECK(problem.lines[1].place == stet::Range{9, 18});
}

TEST_CASE("facts are compared where they are expected") {
  const Scratch scratch;
  const auto file = article_in(scratch);
  stet::write_file(scratch / "one.findings", right);
  stet::write_file(scratch / "one.facts", "");
  CHECK_FALSE(stet::run_case(hostile("echo"), file).holds());
  fs::remove(scratch / "one.facts");
  CHECK(stet::run_case(hostile("echo"), file).holds());
}

TEST_CASE("an expectation that is not there does not hold, even if nothing is found") {
  const Scratch scratch;
  stet::write_file(scratch / "one.txt", "A title\n");
  const auto result = stet::run_case(hostile("echo"), scratch / "one.txt");
  REQUIRE(result.problems.size() == 1);
  CHECK_THAT(result.problems[0].sentence, Catch::StartsWith("there is no one.findings"));
}

TEST_CASE("a plugin that says something else each time does not hold, and cannot be blessed into it") {
  const Scratch scratch;
  const auto file = article_in(scratch);
  stet::write_file(scratch / "one.findings", "");
  const auto result = stet::run_case(hostile("wavers"), file);
  REQUIRE_FALSE(result.holds());
  const auto& problem = result.problems[0];
  CHECK_THAT(problem.sentence, Catch::StartsWith("two runs on the same text give other findings"));
  CHECK(problem.lines.size() == 2);
  CHECK_FALSE(problem.blessable);
}

TEST_CASE("a plugin that crashes is a line of its own") {
  const Scratch scratch;
  const auto file = article_in(scratch);
  stet::write_file(scratch / "one.findings", "");
  const auto result = stet::run_case(hostile("segfault"), file);
  REQUIRE_FALSE(result.holds());
  CHECK_THAT(result.problems[0].lines.back().text, Catch::StartsWith("crashed: "));
}

TEST_CASE("what was blessed holds") {
  const Scratch scratch;
  const auto file = article_in(scratch);
  stet::write_file(scratch / "one.facts", "");
  stet::bless(stet::run_case(hostile("echo"), file), file);
  CHECK(text_of(scratch / "one.findings") == right);
  CHECK(text_of(scratch / "one.facts") == "3:1 paragraph \"She left.\" {\"number\":1}\n");
  CHECK(stet::run_case(hostile("echo"), file).holds());
}

TEST_CASE("a case gets the options beside it, else those of the folder") {
  const Scratch scratch;
  const auto file = article_in(scratch);
  const auto word = [&] {
    const auto result = stet::run_case(hostile("echo"), file);
    return result.outcome.findings.at(0).evidence.at("options").value("word", "none");
  };
  CHECK(word() == "none");
  stet::write_file(scratch / "stet.toml", "[plugin.echo]\nword = \"common\"\n");
  CHECK(word() == "common");
  stet::write_file(scratch / "one.stet.toml", "[plugin.echo]\nword = \"own\"\n");
  CHECK(word() == "own");
  stet::write_file(scratch / "one.stet.toml", "[plugin.echo]\nwrod = \"own\"\n");
  CHECK_THROWS_WITH(word(), Catch::Contains("wrod"));
}

TEST_CASE("cases come by name, and a folder without one is an error") {
  const Scratch scratch;
  CHECK_THROWS_WITH(stet::case_files(scratch.path()), Catch::Contains("no cases (NAME.txt or NAME.md)"));
  CHECK_THROWS_WITH(stet::case_files(scratch / "none"), Catch::Contains("none: No such file"));
  for (const char* name : {"b.txt", "a.md", "a.findings"}) stet::write_file(scratch / name, "x");
  CHECK(stet::case_files(scratch.path()) == std::vector<fs::path>{scratch / "a.md", scratch / "b.txt"});
}

TEST_CASE("metadata that is not UTF-8 reaches the plugin as it is") {
  const Scratch scratch;
  auto input = stet::hard_inputs().back();
  REQUIRE(input.metadata);
  // echo puts the metadata into its evidence, which the host then refuses.
  const auto result = stet::run_hard_input(hostile("echo"), input, scratch.path());
  CHECK(result.outcome.kind == stet::Outcome::Kind::failed);
  CHECK_THAT(result.outcome.reason, Catch::Contains("its evidence is not JSON"));
  CHECK(result.holds);
  input.metadata.reset();
  CHECK(stet::run_hard_input(hostile("echo"), input, scratch.path()).outcome.kind ==
        stet::Outcome::Kind::checked);
}

TEST_CASE("a plugin that crashes or fails on a hard input does not hold, one that checks it does") {
  const Scratch scratch;
  const auto inputs = stet::hard_inputs();
  const auto holds = [&](const char* plugin, const char* input) {
    const auto at =
        std::find_if(inputs.begin(), inputs.end(), [&](const auto& i) { return i.name == input; });
    REQUIRE(at != inputs.end());
    return stet::run_hard_input(hostile(plugin), *at, scratch.path()).holds;
  };
  CHECK(holds("echo", "an empty text"));
  CHECK_FALSE(holds("segfault", "every quotation mark"));
  CHECK_FALSE(holds("throws", "every quotation mark"));
  CHECK(holds("throws", "metadata that is not UTF-8"));
  CHECK_FALSE(holds("segfault", "metadata that is not UTF-8"));
}
