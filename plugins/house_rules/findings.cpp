#include "findings.hpp"

#include <algorithm>

#include "json.hpp"

namespace house_rules {
namespace {

// The host takes 10,000 findings and 16 MiB; the difference is for the counts of unlisted findings.
constexpr size_t most_of_rule = 100, most_listed = 9000, most_bytes = 12u << 20;
constexpr size_t most_counts = 900;
constexpr size_t longest_fix = 16u << 10;
constexpr size_t most_related = 100;

stet::sdk::Range range(Span span) {
  return {span.begin, span.end};
}

size_t bytes_of(const Rule& rule, const Remark& remark) {
  return remark.message.size() + remark.fix.size() + rule.help.size() + rule.file.size() + 200;
}

}  // namespace

bool Findings::add(const Rule& rule, Remark remark) {
  auto& count = counts_[&rule];
  if (remark.fix.size() > longest_fix) remark.fix.clear();
  const size_t bytes = bytes_of(rule, remark);
  if (count.unlisted == 0 && count.listed < most_of_rule && listed_.size() < most_listed &&
      bytes_ + bytes <= most_bytes) {
    ++count.listed;
    bytes_ += bytes;
    listed_.push_back({&rule, std::move(remark)});
    return true;
  }
  if (count.unlisted == 0) count.first_unlisted = remark.range;
  return ++count.unlisted < most_counted;
}

// A finding for each rule that has unlisted ones; the last of too many speaks for the rest.
void Findings::add_counts() {
  size_t made = 0;
  for (const auto& [rule, count] : counts_) {
    if (count.unlisted == 0) continue;
    const auto number = (count.unlisted >= most_counted ? "at least " : "") + std::to_string(count.unlisted);
    const bool is_last = ++made == most_counts;
    listed_.push_back(
        {rule,
         {count.first_unlisted, "Rule \"" + rule->id + "\" found " + number + " more, from here on" +
                                    (is_last ? "; the same is true of further rules." : ".")}});
    if (is_last) return;
  }
}

void Findings::report(stet::sdk::Host& host) {
  add_counts();
  std::stable_sort(listed_.begin(), listed_.end(), [](const Listed& a, const Listed& b) {
    return a.remark.range.begin < b.remark.range.begin;
  });
  for (const auto& [rule, remark] : listed_) {
    stet::sdk::Finding finding{name_of(rule->kind), range(remark.range), remark.message, rule->severity};
    finding.evidence_json = evidence({{"rule", rule->id}, {"file", rule->file}, {"help", rule->help}});
    for (const Span& place : remark.related)
      if (finding.related.size() < most_related) finding.related.push_back(range(place));
    finding.has_fix = !remark.fix.empty();
    finding.fix_range = range(remark.range);
    finding.fix_text = remark.fix;
    host.report(finding);
  }
}

}  // namespace house_rules
