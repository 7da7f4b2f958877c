#include "findings.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace text_integrity {

using stet::sdk::Severity;

namespace {

constexpr size_t most_of_one_check = 50;
constexpr size_t most_places = 200;  // of the rest; the host takes 1,024

}  // namespace

bool Findings::takes(std::string_view check, stet::sdk::Range range, Severity severity) {
  Count& count = counts_[check];
  if (count.kept < most_of_one_check) {
    ++count.kept;
    return true;
  }
  ++count.more;
  const bool outranked = count.severity == Severity::by_manifest || severity == Severity::by_manifest;
  count.severity = outranked ? Severity::by_manifest : std::max(count.severity, severity);
  if (count.places.size() < most_places) count.places.push_back(range);
  return false;
}

void Findings::add(stet::sdk::Finding finding) {
  kept_.push_back(std::move(finding));
}

void Findings::report(stet::sdk::Host& host) {
  for (const auto& [check, count] : counts_) {
    if (count.more == 0) continue;
    stet::sdk::Finding f{check, count.places.front(), {}, count.severity};
    f.message =
        std::to_string(count.more) + " more of this check are not listed one by one; the first is here";
    f.related.assign(count.places.begin() + 1, count.places.end());
    kept_.push_back(std::move(f));
  }
  std::stable_sort(kept_.begin(), kept_.end(),
                   [](const auto& a, const auto& b) { return a.range.begin < b.range.begin; });
  for (const auto& finding : kept_) host.report(finding);
}

stet::sdk::Finding mended(stet::sdk::Finding finding, std::string text) {
  finding.has_fix = true;
  finding.fix_range = finding.range;
  finding.fix_text = std::move(text);
  return finding;
}

}  // namespace text_integrity
