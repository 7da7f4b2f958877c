#include "rule_file.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>
#include <string>

#include "message.hpp"
#include "nearest.hpp"
#include "toml_file.hpp"
#include "words.hpp"

namespace house_rules {
namespace {

using Names = std::vector<std::string_view>;

struct KindSpec {
  Kind kind;
  std::string_view name;
  Names keys;  // besides those that every rule has
};

const std::array<KindSpec, 6>& kinds() {
  static const std::array<KindSpec, 6> all = {
      {{Kind::forbidden_term,
        "forbidden-term",
        {"terms", "replace_with", "except", "case", "whole_words", "where", "in_quotations", "in_addresses"}},
       {Kind::required_term, "required-term", {"terms", "case", "whole_words", "where"}},
       {Kind::spelling,
        "spelling",
        {"variants", "prefer", "except", "case", "whole_words", "where", "in_quotations", "in_addresses"}},
       {Kind::required_section, "required-section", {"section", "pattern", "at_least"}},
       {Kind::section_format, "section-format", {"section", "pattern", "min_length", "max_length"}},
       {Kind::pattern,
        "pattern",
        {"pattern", "replace_with", "case", "whole_words", "where", "in_quotations", "in_addresses"}}}};
  return all;
}

const Names common_keys = {"id",   "severity",     "message", "help",
                           "when", "when_pattern", "unless",  "unless_pattern"};

template <class Value>
using Choices = std::vector<std::pair<std::string_view, Value>>;

const Choices<Parts> places = {{"text", whole_text},
                               {"title", part(STET_TITLE)},
                               {"byline", part(STET_BYLINE)},
                               {"dateline", part(STET_DATELINE)},
                               {"heading", part(STET_HEADING)},
                               {"paragraph", part(STET_PARAGRAPH)},
                               {"list-item", part(STET_LIST_ITEM)},
                               {"block-quote", part(STET_BLOCK_QUOTE)}};

const Choices<Parts> sections = {{"title", part(STET_TITLE)},
                                 {"byline", part(STET_BYLINE)},
                                 {"dateline", part(STET_DATELINE)},
                                 {"heading", part(STET_HEADING)},
                                 {"paragraph", part(STET_PARAGRAPH)},
                                 {"list-item", part(STET_LIST_ITEM)},
                                 {"block-quote", part(STET_BLOCK_QUOTE)},
                                 {"link", part(STET_LINK)},
                                 {"published", part_published},
                                 {"modified", part_modified}};

const Choices<stet::sdk::Severity> severities = {{"note", stet::sdk::Severity::note},
                                                 {"warning", stet::sdk::Severity::warning},
                                                 {"error", stet::sdk::Severity::error}};

const Choices<Case> cases = {{"smart", Case::smart}, {"exact", Case::exact}, {"ignore", Case::ignore}};

constexpr size_t longest_text = 1000;  // bytes of a message or help: a sentence or two

std::string quoted(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

bool is_kebab(std::string_view id) {
  return !id.empty() && id.size() <= 64 && id.front() != '-' && id.back() != '-' &&
         id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

// Makes one rule of one table.
class Maker {
 public:
  Maker(const std::string& file, const RuleTable& table) : file_(file), table_(table), spec_(kind()) {}

  Rule make() {
    Rule rule{};
    rule.kind = spec_.kind;
    rule.file = file_;
    rule.id = id();
    check_keys();
    rule.message = short_text("message");
    rule.help = short_text("help");
    rule.severity = choice("severity", severities, stet::sdk::Severity::warning);
    rule.when = conditions("when", "when_pattern");
    rule.unless = conditions("unless", "unless_pattern");
    if (rule.kind == Kind::required_section || rule.kind == Kind::section_format)
      read_section(rule);
    else
      read_search(rule);
    check_message(rule);
    return rule;
  }

 private:
  [[noreturn]] void fail(unsigned line, const std::string& sentence) const {
    throw std::runtime_error(
        placed(file_, line, (id_.empty() ? "" : "rule " + quoted(id_) + ": ") + sentence));
  }
  [[noreturn]] void fail(const Setting& setting, const std::string& sentence) const {
    fail(setting.line, sentence);
  }

  const KindSpec& kind() const {
    Names names;
    for (const auto& spec : kinds()) {
      if (spec.name == table_.kind) return spec;
      names.push_back(spec.name);
    }
    fail(table_.line, "there is no kind of rule [[" + table_.kind + "]]; the nearest is [[" +
                          std::string(nearest(table_.kind, names)) + "]]");
  }

  std::string id() {
    const auto* setting = table_.find("id");
    if (!setting) fail(table_.line, "this [[" + table_.kind + "]] has no id");
    const auto id = text(*setting);
    if (!is_kebab(id))
      fail(*setting,
           "the id " + quoted(id) + " is not made of small letters, digits and hyphens, at most 64");
    return id_ = id;
  }

  void check_keys() const {
    Names keys = spec_.keys;
    keys.insert(keys.end(), common_keys.begin(), common_keys.end());
    for (const auto& setting : table_.settings)
      if (std::find(keys.begin(), keys.end(), setting.key) == keys.end())
        fail(setting, "a [[" + table_.kind + "]] has no key " + quoted(setting.key) + "; the nearest is " +
                          quoted(nearest(setting.key, keys)));
  }

  // ---- values of one type ----

  template <class Type>
  const Type& as(const Setting& setting, const char* what) const {
    const auto* value = std::get_if<Type>(&setting.value);
    if (!value) fail(setting, quoted(setting.key) + " is not " + what);
    return *value;
  }

  std::string text(const Setting& setting) const {
    const auto& value = as<std::string>(setting, "a text");
    if (is_blank(value)) fail(setting, quoted(setting.key) + " is empty");
    return value;
  }

  std::string text_or_nothing(std::string_view key) const {
    const auto* setting = table_.find(key);
    return setting ? text(*setting) : "";
  }

  std::string short_text(std::string_view key) const {
    auto value = text_or_nothing(key);
    if (value.size() > longest_text)
      fail(*table_.find(key), quoted(key) + " is longer than " + std::to_string(longest_text) + " bytes");
    return value;
  }

  // One text, or a list of them; an absent key is an empty list.
  std::vector<std::string> texts(std::string_view key) const {
    const auto* setting = table_.find(key);
    if (!setting) return {};
    if (std::holds_alternative<std::string>(setting->value)) return {text(*setting)};
    auto all = as<std::vector<std::string>>(*setting, "a text or a list of texts");
    if (all.empty()) fail(*setting, quoted(key) + " is empty");
    for (auto one = all.begin(); one != all.end(); ++one) {
      if (is_blank(*one)) fail(*setting, quoted(key) + " holds an empty text");
      if (std::find(all.begin(), one, *one) != one)
        fail(*setting, quoted(key) + " holds " + quoted(*one) + " twice");
    }
    return all;
  }

  bool flag(std::string_view key, bool otherwise) const {
    const auto* setting = table_.find(key);
    return setting ? as<bool>(*setting, "true or false") : otherwise;
  }

  uint32_t number(std::string_view key, uint32_t otherwise) const {
    constexpr int64_t most = 1000000;
    const auto* setting = table_.find(key);
    if (!setting) return otherwise;
    const auto value = as<int64_t>(*setting, "a whole number");
    if (value < 1 || value > most) fail(*setting, quoted(key) + " is not from 1 to " + std::to_string(most));
    return static_cast<uint32_t>(value);
  }

  template <class Value>
  Value chosen(const Setting& setting, const std::string& name, const Choices<Value>& choices) const {
    std::string names;
    for (const auto& [choice, value] : choices) {
      if (choice == name) return value;
      names += (names.empty() ? "" : ", ") + quoted(choice);
    }
    fail(setting, quoted(setting.key) + " cannot be " + quoted(name) + "; it is one of " + names);
  }

  template <class Value>
  Value choice(std::string_view key, const Choices<Value>& choices, Value otherwise) const {
    const auto* setting = table_.find(key);
    return setting ? chosen(*setting, text(*setting), choices) : otherwise;
  }

  // ---- what is searched for ----

  Phrase term(std::string_view words, Case mode, bool whole_words) const {
    return {Pattern(expression_of(words, mode, whole_words)), std::string(words), whole_words};
  }

  std::vector<Phrase> terms(std::string_view key, Case mode, bool whole_words) const {
    std::vector<Phrase> phrases;
    for (const auto& words : texts(key)) phrases.push_back(term(words, mode, whole_words));
    return phrases;
  }

  Pattern pattern(const Setting& setting, bool ignore_case) const {
    try {
      const Pattern as_written(text(setting));
      return ignore_case ? Pattern("(?i:" + as_written.expression() + ")") : as_written;
    } catch (const std::invalid_argument& e) {
      fail(setting, quoted(setting.key) + " is no pattern: " + e.what());
    }
  }

  // Conditions are terms in any case and whole words, or a pattern.
  std::vector<Phrase> conditions(std::string_view of_terms, std::string_view of_pattern) const {
    auto phrases = terms(of_terms, Case::smart, true);
    if (const auto* setting = table_.find(of_pattern))
      phrases.push_back({pattern(*setting, false), "", false});
    return phrases;
  }

  Parts where() const {
    const auto* setting = table_.find("where");
    Parts parts = setting ? 0 : whole_text;
    for (const auto& name : texts("where")) parts |= chosen(*setting, name, places);
    // A dateline is the beginning of a paragraph; it is not to be searched twice.
    return (parts & part(STET_PARAGRAPH)) != 0 ? parts & ~part(STET_DATELINE) : parts;
  }

  void read_search(Rule& rule) const {
    rule.where = where();
    rule.in_quotations = flag("in_quotations", false);
    rule.in_addresses = flag("in_addresses", false);
    if (rule.kind == Kind::pattern) return read_pattern(rule);
    const Case mode = choice("case", cases, Case::smart);
    const bool whole_words = flag("whole_words", true);
    rule.exceptions = terms("except", mode, whole_words);
    if (rule.kind == Kind::spelling) return read_variants(rule, mode, whole_words);
    rule.phrases = terms("terms", mode, whole_words);
    if (rule.phrases.empty()) fail(table_.line, "it has no \"terms\"");
    rule.replacement = text_or_nothing("replace_with");
    // "people who are blind" for "blind": the term within its own replacement is in order.
    if (!rule.replacement.empty()) rule.exceptions.push_back(term(rule.replacement, mode, whole_words));
  }

  void read_variants(Rule& rule, Case mode, bool whole_words) const {
    rule.replacement = text_or_nothing("prefer");
    if (!rule.replacement.empty()) rule.phrases.push_back(term(rule.replacement, mode, whole_words));
    for (auto& variant : terms("variants", mode, whole_words))
      if (variant.words != rule.replacement) rule.phrases.push_back(std::move(variant));
    if (rule.phrases.size() < 2)
      fail(table_.line, "it needs at least two spellings: two \"variants\", or one and \"prefer\"");
  }

  void read_pattern(Rule& rule) const {
    const auto* setting = table_.find("pattern");
    if (!setting) fail(table_.line, "it has no \"pattern\"");
    if (!table_.find("message"))
      fail(table_.line, "a [[pattern]] needs a \"message\": no other says what is wrong");
    const Case mode = choice("case", cases, Case::exact);
    if (mode == Case::smart)
      fail(*table_.find("case"), "the \"case\" of a pattern is \"exact\" or \"ignore\"");
    rule.phrases.push_back({pattern(*setting, mode == Case::ignore), "", flag("whole_words", false)});
    rule.replacement = text_or_nothing("replace_with");
    check_groups(table_.find("replace_with"), rule.phrases[0].pattern.group_count());
  }

  void read_section(Rule& rule) const {
    const auto* setting = table_.find("section");
    if (!setting) fail(table_.line, "it has no \"section\"");
    rule.section = text(*setting);
    rule.where = chosen(*setting, rule.section, sections);
    if (const auto* form = table_.find("pattern")) rule.form = pattern(*form, false);
    rule.at_least = number("at_least", 1);
    rule.min_length = number("min_length", 0);
    rule.max_length = number("max_length", UINT32_MAX);
    if (rule.min_length > rule.max_length)
      fail(*table_.find("min_length"), "\"min_length\" is above \"max_length\"");
    const bool says_how = rule.form || rule.min_length > 0 || rule.max_length < UINT32_MAX;
    if (rule.kind == Kind::section_format && !says_how)
      fail(table_.line, "it needs a \"pattern\", a \"min_length\" or a \"max_length\"");
  }

  void check_message(const Rule& rule) const {
    check_groups(table_.find("message"),
                 rule.kind == Kind::pattern ? rule.phrases[0].pattern.group_count() : 0);
  }

  void check_groups(const Setting* setting, size_t groups) const {
    if (!setting) return;
    const int highest = highest_group(text(*setting));
    if (highest > static_cast<int>(groups))
      fail(*setting, quoted(setting->key) + " speaks of \\" + std::to_string(highest) + ", but there " +
                         (groups == 1 ? "is 1 group" : "are " + std::to_string(groups) + " groups"));
  }

  const std::string& file_;
  const RuleTable& table_;
  std::string id_;  // as soon as it is known
  const KindSpec& spec_;
};

}  // namespace

const char* name_of(Kind kind) {
  const auto& all = kinds();
  return std::find_if(all.begin(), all.end(), [&](const KindSpec& spec) { return spec.kind == kind; })
      ->name.data();
}

std::vector<Rule> read_rules(const std::vector<RuleFile>& files) {
  std::vector<Rule> rules;
  std::map<std::string, std::string> taken;  // id -> where
  for (const auto& file : files)
    for (const auto& table : read_toml(file.name, file.text)) {
      rules.push_back(Maker(file.name, table).make());
      const auto here = file.name + ":" + std::to_string(table.line);
      const auto [other, is_new] = taken.emplace(rules.back().id, here);
      if (!is_new)
        throw std::runtime_error(here + ": rule " + quoted(rules.back().id) + ": " + other->second +
                                 " has the same id");
    }
  return rules;
}

}  // namespace house_rules
