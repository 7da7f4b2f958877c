// Which fact of the newer revision is which fact of the older one.
#pragma once

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "finding.hpp"
#include "manifest.hpp"
#include "standing.hpp"

namespace stet {

// A fact in its revision.
struct FactReading {
  const Fact* fact = nullptr;
  Range range;                 // fact->range, pulled into the text
  Range core;                  // without quotation marks and punctuation at its edges
  std::optional<Range> image;  // where `core` stands in the other text: see Alignment::to_after
};

struct FactPairs {
  std::vector<FactReading> before, after;            // in the order of their ranges
  std::vector<std::pair<uint32_t, uint32_t>> pairs;  // indices into them, in the order of `before`
  std::vector<uint32_t> only_before, only_after;     // ascending
};

// Pairs facts of one kind; every pair shares the values of all identity fields. In this order:
// 1. a fact whose words stand exactly where the other's do;
// 2. facts that share at least half the words of the shorter one, those that share most first;
// 3. facts of four words at most that were put in each other's place: a date where a date stood;
// 4. equal words in another place, if the fields are equal too or there are three words at least;
// 5. three words or more in a place near by (2,000 bytes), of which at least 0.6 are the same.
FactPairs pair_facts(const Comparison& texts, std::span<const Fact* const> before,
                     std::span<const Fact* const> after, const FactSpec& spec);

}  // namespace stet
