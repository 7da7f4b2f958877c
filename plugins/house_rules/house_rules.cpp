// Checks a document against rule files. Rules are read and compiled once, when the plugin is made; then for
// each document: article -> search -> checks, rule by rule -> findings.
#include <stet/plugin.hpp>

#include "checks.hpp"
#include "json.hpp"
#include "rule_file.hpp"

namespace house_rules {
namespace {

void check(const Rule& rule, const Reading& reading) {
  switch (rule.kind) {
    case Kind::forbidden_term: return check_forbidden_term(rule, reading);
    case Kind::required_term: return check_required_term(rule, reading);
    case Kind::spelling: return check_spelling(rule, reading);
    case Kind::required_section: return check_required_section(rule, reading);
    case Kind::section_format: return check_section_format(rule, reading);
    case Kind::pattern: return check_pattern(rule, reading);
  }
}

class HouseRules {
 public:
  explicit HouseRules(std::string_view options_json) : rules_(read_rules(read_options(options_json))) {
    for (Rule& rule : rules_)
      for (auto* phrases : {&rule.phrases, &rule.exceptions, &rule.when, &rule.unless})
        for (Phrase& phrase : *phrases) phrase.number = static_cast<uint32_t>(phrases_.add(phrase.pattern));
    phrases_.compile();
  }

  void verify(const stet::sdk::Document& document, stet::sdk::Host& host) {
    if (rules_.empty()) return;
    const Article article(document);
    const Search search(phrases_, article);
    Findings findings;
    for (const Rule& rule : rules_) check(rule, {article, search, findings});
    findings.report(host);
  }

 private:
  std::vector<Rule> rules_;
  PatternSet phrases_;
};

}  // namespace
}  // namespace house_rules

STET_PLUGIN(house_rules::HouseRules)
