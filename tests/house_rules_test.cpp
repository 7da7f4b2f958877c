// The bundled plugin house_rules: what is wrong with a rule file, and how much it says at most. What its
// checks find stands in plugins/house_rules/cases.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "plugin.hpp"
#include "plugin_image.hpp"

namespace {

const std::filesystem::path file = std::filesystem::path(STET_PLUGIN_DIR) / "house_rules.so";

std::string options(const std::string& rules) {
  return nlohmann::json{{"rules", {{{"name", "house.toml"}, {"sha256", ""}, {"text", rules}}}}}.dump();
}

// The reason why there is no plugin with these rules.
std::string error(const std::string& rules) {
  const auto manifest = stet::PluginImage(file).manifest();
  const stet::Plugin plugin(file);
  try {
    stet::Session(plugin, manifest, options(rules));
  } catch (const std::runtime_error& e) {
    return e.what();
  }
  return "";
}

stet::Outcome check(const std::string& rules, const std::string& text) {
  const auto manifest = stet::PluginImage(file).manifest();
  const stet::Plugin plugin(file);
  const auto given = options(rules);
  stet::Session session(plugin, manifest, given);
  stet::Document document;
  document.text = text;
  if (!text.empty())
    document.nodes = {
        {stet::NodeKind::paragraph, stet::no_parent, {0, static_cast<uint32_t>(text.size())}, ""}};
  const auto packed = stet::pack({document, nlohmann::json::array()});
  return stet::verify_in_process(session, manifest, stet::DocumentView(packed));
}

std::string repeated(const std::string& text, size_t times) {
  std::string all;
  for (size_t i = 0; i < times; ++i) all += text;
  return all;
}

}  // namespace

TEST_CASE("a mistake in a rule file is one sentence with file, line and rule") {
  const std::string term = "[[forbidden-term]]\nid = \"pier\"\n";
  CHECK(error(term + "terms = \"jetty\"\n").empty());
  CHECK(error(term) == "house.toml:1: rule \"pier\": it has no \"terms\"");
  CHECK(error("[[forbidden-term]]\nterms = \"jetty\"\n") ==
        "house.toml:1: this [[forbidden-term]] has no id");
  CHECK(error(term + "term = \"jetty\"\n") ==
        "house.toml:3: rule \"pier\": a [[forbidden-term]] has no key \"term\"; the nearest is \"terms\"");
  CHECK(error(term + "terms = \"jetty\"\nreplace = \"pier\"\n") ==
        "house.toml:4: rule \"pier\": a [[forbidden-term]] has no key \"replace\"; the nearest is "
        "\"replace_with\"");
  CHECK(error(term + "terms = [\"jetty\", \" \"]\n") ==
        "house.toml:3: rule \"pier\": \"terms\" holds an empty text");
  CHECK(error(term + "terms = [\"jetty\", \"jetty\"]\n") ==
        "house.toml:3: rule \"pier\": \"terms\" holds \"jetty\" twice");
  CHECK(error(term + "terms = 7\n") ==
        "house.toml:3: rule \"pier\": \"terms\" is not a text or a list of texts");
  CHECK(error(term + "terms = 7.5\n") ==
        "house.toml:3: \"terms\" is neither a text, nor a list of texts, nor a "
        "whole number, nor true or false");
  CHECK(error(term + "terms = \"jetty\"\nseverity = \"fatal\"\n") ==
        "house.toml:4: rule \"pier\": \"severity\" cannot be \"fatal\"; it is one of \"note\", \"warning\", "
        "\"error\"");
  CHECK(error(term + "terms = \"jetty\"\nmessage = 'No \\1.'\n") ==
        "house.toml:4: rule \"pier\": \"message\" speaks of \\1, but there are 0 groups");
  CHECK(error("\n[[forbiden-term]]\nid = \"pier\"\n") ==
        "house.toml:2: there is no kind of rule [[forbiden-term]]; the nearest is [[forbidden-term]]");
  CHECK(error("id = \"pier\"\n") ==
        "house.toml:1: \"id\" is not within a rule; a rule begins with a line such as [[spelling]]");
  CHECK_THAT(error(term + "terms = \"jetty\n"), Catch::StartsWith("house.toml:3: not TOML: "));
  CHECK(error(term + "terms = \"a\"\n" + term + "terms = \"b\"\n") ==
        "house.toml:4: rule \"pier\": house.toml:1 has the same id");
  CHECK(error("[[spelling]]\nid = \"Pier\"\n") ==
        "house.toml:2: the id \"Pier\" is not made of small letters, digits "
        "and hyphens, at most 64");
  CHECK(error("[[spelling]]\nid = \"pier\"\nvariants = \"peer\"\n") ==
        "house.toml:1: rule \"pier\": it needs at least two spellings: two \"variants\", or one and "
        "\"prefer\"");
}

TEST_CASE("a pattern that is none, or matches everywhere, is a mistake at its line") {
  const std::string rule = "[[pattern]]\nid = \"digits\"\nmessage = \"No digits.\"\n";
  CHECK(error(rule + "pattern = '\\d+'\n").empty());
  CHECK(error(rule + "pattern = '(\\d+'\n") ==
        "house.toml:4: rule \"digits\": \"pattern\" is no pattern: missing ): (\\d+");
  CHECK(error(rule + "case = \"ignore\"\npattern = 'a)(b'\n") ==
        "house.toml:5: rule \"digits\": \"pattern\" is no pattern: unexpected ): a)(b");
  CHECK(error(rule + "pattern = '\\d*'\n") ==
        "house.toml:4: rule \"digits\": \"pattern\" is no pattern: it matches "
        "the empty text, so it would match everywhere");
  CHECK_THAT(error(rule + "pattern = '((\\pL{500}){500})'\n"),
             Catch::StartsWith("house.toml:4: rule \"digits\": "));
  CHECK(error("[[pattern]]\nid = \"digits\"\npattern = '\\d'\n") ==
        "house.toml:1: rule \"digits\": a [[pattern]] needs a \"message\": no other says what is wrong");
  CHECK(error("[[section-format]]\nid = \"short\"\nsection = \"titel\"\n") ==
        "house.toml:3: rule \"short\": \"section\" cannot be \"titel\"; it is one of \"title\", \"byline\", "
        "\"dateline\", \"heading\", \"paragraph\", \"list-item\", \"block-quote\", \"link\", \"published\", "
        "\"modified\"");
  CHECK(error("[[section-format]]\nid = \"short\"\nsection = \"title\"\n") ==
        "house.toml:1: rule \"short\": it needs a \"pattern\", a \"min_length\" or a \"max_length\"");
  CHECK(error("[[section-format]]\nid = \"short\"\nsection = \"title\"\nmax_length = 0\n") ==
        "house.toml:4: rule \"short\": \"max_length\" is not from 1 to 1000000");
}

TEST_CASE("no rules, nothing to say") {
  const auto outcome = check("# Nothing yet.\n", "Some words.");
  CHECK(outcome.kind == stet::Outcome::Kind::checked);
  CHECK(outcome.findings.empty());
}

TEST_CASE("an empty document has no section and no term") {
  const auto outcome = check(
      "[[required-section]]\nid = \"byline\"\nsection = \"byline\"\n"
      "[[required-term]]\nid = \"pier\"\nterms = \"pier\"\n"
      "[[pattern]]\nid = \"any\"\npattern = '.'\nmessage = \"x\"\n",
      "");
  CHECK(outcome.kind == stet::Outcome::Kind::checked);
  CHECK(outcome.findings.size() == 2);
}

TEST_CASE("a finding names its rule, the file and the rule's help") {
  const auto outcome =
      check("[[forbidden-term]]\nid = \"pier\"\nterms = \"jetty\"\nhelp = \"Section 4.\"\n", "A jetty.");
  REQUIRE(outcome.findings.size() == 1);
  CHECK(outcome.findings[0].evidence ==
        nlohmann::json{{"rule", "pier"}, {"file", "house.toml"}, {"help", "Section 4."}});
}

TEST_CASE("a rule lists a hundred findings and counts the others") {
  const std::string rule = "[[forbidden-term]]\nid = \"pier\"\nterms = \"jetty\"\n";
  CHECK(check(rule, repeated("jetty ", 100)).findings.size() == 100);
  const auto few = check(rule, repeated("jetty ", 103));
  REQUIRE(few.findings.size() == 101);
  CHECK(few.findings.back().message == "Rule \"pier\" found 3 more, from here on.");
  CHECK(few.findings.back().range.begin == 600);
  CHECK(check(rule, repeated("jetty ", 5000)).findings.back().message ==
        "Rule \"pier\" found at least 1000 more, from here on.");
}

TEST_CASE("all rules together stay below what the host takes") {
  std::string rules;
  for (int i = 0; i < 1200; ++i)
    rules += "[[forbidden-term]]\nid = \"pier-" + std::to_string(i) + "\"\nterms = \"jetty\"\nmessage = \"" +
             std::string(900, 'x') + "\"\nhelp = \"" + std::string(900, 'y') + "\"\n";
  const auto outcome = check(rules, repeated("jetty ", 150));
  CHECK(outcome.kind == stet::Outcome::Kind::checked);
  CHECK(outcome.findings.size() > 5000);
  CHECK(outcome.findings.size() < 10000);
}

TEST_CASE("a pattern that splits characters is widened to whole ones") {
  const auto outcome = check("[[pattern]]\nid = \"byte\"\npattern = '\\C'\nmessage = '\\0'\n", "é€");
  CHECK(outcome.kind == stet::Outcome::Kind::checked);
  CHECK(outcome.findings.size() == 2);
}

TEST_CASE("a pattern that looks far ahead for every match ends in time") {
  const auto outcome =
      check("[[pattern]]\nid = \"far\"\npattern = 'x*y|x'\nmessage = \"x\"\n", std::string(200000, 'x'));
  CHECK(outcome.kind == stet::Outcome::Kind::checked);
  CHECK(outcome.findings.size() == 101);
}
