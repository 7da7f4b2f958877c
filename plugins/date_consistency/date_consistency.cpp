// States every expression of time as a `date` fact with its TIMEX3 value, and reports dates that
// contradict the calendar or themselves.
#include <algorithm>

#include <stet/plugin.hpp>

#include "checks.hpp"
#include "document_time.hpp"
#include "number_facts.hpp"
#include "resolve.hpp"
#include "scan.hpp"
#include "value.hpp"

namespace {

constexpr auto page_checks = {check_impossible,   check_ranges,        check_tense,  check_durations,
                              check_spans,        check_ages,          check_births, check_order,
                              check_sequence,     check_numeric_dates, check_zones,  check_counts,
                              check_enumerations, check_totals,        check_parts,  check_percentages,
                              check_ratios,       check_headline,      check_title};

std::string fields(const Expression& e, const std::string& value) {
  std::string json = "{\"type\":\"";
  // "the year-earlier period" is a length where the text reports lengths
  json += type_name(e.period && value[0] == 'P' && value[1] != 'A' ? Type::duration : e.type);
  json += "\",\"value\":\"" + value + "\"";
  if (e.mod != Mod::none) json += std::string(",\"mod\":\"") + mod_name(e.mod) + "\"";
  return json + "}";
}

class DateConsistency {
 public:
  explicit DateConsistency(std::string_view) {}

  void verify(const stet::sdk::Document& document, stet::sdk::Host& host) {
    std::vector<Expression> all;
    Findings findings;
    const DocumentTime time = document_time(document);
    const std::string_view gap = paragraph_break(document.text());
    scan(document.text(), [&](const Reader& reader, std::vector<Expression>& stretch) {
      const Page page{document.text(), reader, stretch, time, document, gap};
      for (const auto check : page_checks) check(page, findings);
      state_numbers(page, host);
      all.insert(all.end(), stretch.begin(), stretch.end());
    });
    const bool narrative = is_narrative(all, time);
    check_weekdays(document.text(), all, time, narrative, findings);
    check_anchor(document.text(), all, time, findings);
    Resolver resolver(time, narrative);
    for (const auto& e : all) host.state("date", {e.begin, e.end}, fields(e, resolver.value(e)));
    std::stable_sort(findings.begin(), findings.end(),
                     [](const auto& a, const auto& b) { return a.range.begin < b.range.begin; });
    for (const auto& finding : findings) host.report(finding);
  }
};

}  // namespace

STET_PLUGIN(DateConsistency)
