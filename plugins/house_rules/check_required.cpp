// What the article must have: terms, sections, and sections of a certain form.
#include <algorithm>

#include "checks.hpp"
#include "message.hpp"
#include "words.hpp"

namespace house_rules {
namespace {

// What makes the rule ask: what `when` found first, or nothing where there is no such condition.
struct Demand {
  bool made = false;
  Span cause;  // empty for the whole document
};

Demand demand(const Rule& rule, const Search& search) {
  const auto stands = [&](const Phrase& phrase) { return search.first(phrase, whole_text).has_value(); };
  if (std::any_of(rule.unless.begin(), rule.unless.end(), stands)) return {};
  if (rule.when.empty()) return {true, {}};
  Demand result;
  for (const Phrase& phrase : rule.when)
    if (const auto found = search.first(phrase, whole_text))
      if (!result.made || found->range.begin < result.cause.begin) result = {true, found->range};
  return result;
}

void report(const Rule& rule, const Reading& reading, Span range, const std::string& otherwise) {
  const auto words = shortened(slice(reading.article.text(), range));
  reading.findings.add(rule, {range, rule.message.empty() ? otherwise : fill(rule.message, {words})});
}

std::string listed(const std::vector<Phrase>& phrases) {
  std::string list;
  for (size_t i = 0; i < phrases.size(); ++i)
    list += (i == 0 ? "" : i + 1 == phrases.size() ? " or " : ", ") + in_marks(phrases[i].words);
  return list;
}

// "list-item" -> "list item".
std::string in_words(std::string section) {
  std::replace(section.begin(), section.end(), '-', ' ');
  return section;
}

std::string missing(const Rule& rule, size_t count) {
  const auto section = in_words(rule.section);
  if (rule.at_least > 1)
    return "The article has " + std::to_string(count) + " " + section + (count == 1 ? "" : "s") +
           (rule.form ? " of the form that the house asks for; it takes " : "; the house asks for ") +
           std::to_string(rule.at_least) + ".";
  if (rule.form) return "The article has no " + section + " of the form that the house asks for.";
  if (rule.where == part_published || rule.where == part_modified)
    return "The article does not say when it was " + rule.section + ".";
  return "The article has no " + section + ".";
}

std::string wrong_length(const Rule& rule, size_t length) {
  const bool is_long = length > rule.max_length;
  return "This " + in_words(rule.section) + " has " + std::to_string(length) +
         (length == 1 ? " character" : " characters") + "; the house asks for at " +
         (is_long ? "most " : "least ") + std::to_string(is_long ? rule.max_length : rule.min_length) + ".";
}

}  // namespace

void check_required_term(const Rule& rule, const Reading& reading) {
  const auto& search = reading.search;
  const Demand asked = demand(rule, search);
  if (!asked.made || std::any_of(rule.phrases.begin(), rule.phrases.end(), [&](const Phrase& phrase) {
        return search.first(phrase, rule.where).has_value();
      }))
    return;
  const auto lacking = listed(rule.phrases);
  const auto cause = slice(reading.article.text(), asked.cause);
  report(rule, reading, asked.cause,
         cause.empty() ? "The article does not say " + lacking + " where it should."
                       : "The article says " + in_marks(cause) + ", but not " + lacking + ".");
}

void check_required_section(const Rule& rule, const Reading& reading) {
  const Demand asked = demand(rule, reading.search);
  if (!asked.made) return;
  const auto sections = reading.article.sections(rule.where);
  const auto count =
      static_cast<size_t>(std::count_if(sections.begin(), sections.end(), [&](const Section& section) {
        return !rule.form || rule.form->found_in(section.words);
      }));
  if (count < rule.at_least) report(rule, reading, asked.cause, missing(rule, count));
}

void check_section_format(const Rule& rule, const Reading& reading) {
  for (const Section& section : reading.article.sections(rule.where)) {
    const auto stands = [&](const Phrase& phrase) { return occurs(phrase, section.words); };
    if (!rule.when.empty() && std::none_of(rule.when.begin(), rule.when.end(), stands)) continue;
    if (std::any_of(rule.unless.begin(), rule.unless.end(), stands)) continue;
    const size_t length = count_characters(section.words);
    if (length < rule.min_length || length > rule.max_length)
      report(rule, reading, section.range, wrong_length(rule, length));
    else if (rule.form && !rule.form->found_in(section.words))
      report(rule, reading, section.range,
             "This " + in_words(rule.section) + " has not the form that the house asks for.");
  }
}

}  // namespace house_rules
