// What the golden cases of the plugin do not show: its fixes, its evidence, its limit.
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "document.hpp"
#include "plugin.hpp"
#include "plugin_image.hpp"

namespace {

stet::Outcome check(const std::string& text) {
  const std::filesystem::path file = std::filesystem::path(STET_PLUGIN_DIR) / "text_integrity.so";
  static const auto manifest = stet::PluginImage(file).manifest();
  static const stet::Plugin plugin(file);
  static stet::Session session(plugin, manifest, "{}");
  const auto document = stet::read_document("a.txt", text, stet::Format::text);
  const auto packed = stet::pack({document});
  return stet::verify_in_process(session, manifest, stet::DocumentView(packed));
}

// `text` with every fix put in.
std::string mended(std::string text) {
  auto findings = check(text).findings;
  std::sort(findings.begin(), findings.end(),
            [](const auto& a, const auto& b) { return a.range.begin > b.range.begin; });
  for (const auto& finding : findings)
    if (finding.fix)
      text.replace(finding.fix->range.begin, finding.fix->range.end - finding.fix->range.begin,
                   finding.fix->text);
  return text;
}

}  // namespace

TEST_CASE("a fix gives the text that was meant") {
  CHECK(mended("The road to P\u0430ris and Bj\u04E7rk's house.") ==
        "The road to Paris and Bj\u00F6rk's house.");
  CHECK(mended("M\u043E\u0441\u043A\u0432\u0430") == "\u041C\u043E\u0441\u043A\u0432\u0430");
  CHECK(mended("The pier\u200B is \uFEFFshut.") == "The pier is shut.");
  CHECK(mended("A \u202Aname\u202C, a \u2066half\u200E one.") == "A name, a half one.");
  CHECK(mended("One cafe\u0301 here.") == "One caf\u00E9 here.");
  CHECK(mended("“We go,”said Varga.") == "“We go,” said Varga.");
  CHECK(mended("The mayorâ€™s cafÃ© at MÃ¼ller’s.") == "The mayor’s café at Müller’s.");
}

TEST_CASE("a fix once put in leaves nothing to fix") {
  for (const char* text : {"P\u0430ris\u200B and “so,”said he â€“ there.", "Twice: Ã¢â‚¬â„¢."}) {
    const auto once = mended(text);
    CHECK(check(once).findings.empty());
  }
}

TEST_CASE("what is lost or could be meant otherwise has no fix") {
  const auto has_fix = [](const std::string& text) {
    const auto findings = check(text).findings;
    REQUIRE(findings.size() == 1);
    return findings[0].fix.has_value();
  };
  CHECK_FALSE(has_fix("A lo\uFFFDt word."));
  CHECK_FALSE(has_fix("A logo \uF8FF of its own."));
  CHECK_FALSE(has_fix("The file \u202Egpj.exe\u202C was sent."));
  CHECK_FALSE(has_fix("The OCA and \u041E\u0421\u0410 in it.\n\n\u041F\u0440\u0430\u0432\u0434\u0430"));
  CHECK(has_fix("The OCA and \u041E\u0421\u0410 in it."));
}

TEST_CASE("evidence names the code points") {
  const auto mixed = check("The road to P\u0430ris.").findings;
  REQUIRE(mixed.size() == 1);
  CHECK(mixed[0].evidence.at("letters") == nlohmann::json{"U+0430 CYRILLIC SMALL LETTER A"});
  CHECK(mixed[0].evidence.at("meant") == "Paris");
  const auto hidden = check("A word\U000E0041\U000E0042 more.").findings;
  REQUIRE(hidden.size() == 1);
  CHECK(hidden[0].evidence.at("hidden") == "AB");
}

TEST_CASE("a defect on every line gives fifty findings and one that counts the rest") {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "P\u0430ris, once more.\n";
  const auto outcome = check(text);
  CHECK(outcome.kind == stet::Outcome::Kind::checked);
  REQUIRE(outcome.findings.size() == 51);
  CHECK(outcome.findings.back().message.rfind("4950 more", 0) == 0);
}
