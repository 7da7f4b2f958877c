// What is found, kept within what the host takes.
#pragma once

#include <stet/plugin.hpp>

#include <map>
#include <string>
#include <vector>

#include "rule.hpp"
#include "span.hpp"

namespace house_rules {

struct Remark {
  Span range;  // empty at 0 for the whole document
  std::string message;
  std::vector<Span> related = {};
  std::string fix = {};  // what to put in place of `range`; empty for none
};

// Findings of one document. Of each rule the first hundred are listed; of all rules 9,000 or 12 MiB. What
// goes beyond is counted, and a last finding of the rule says how much that is.
class Findings {
 public:
  // A rule whose unlisted findings have come to this many need not look further.
  static constexpr size_t most_counted = 1000;

  // False when the rule need not look further. The rule is borrowed.
  bool add(const Rule& rule, Remark remark);
  // In text order.
  void report(stet::sdk::Host& host);

 private:
  struct Listed {
    const Rule* rule;
    Remark remark;
  };
  struct Count {
    size_t listed = 0, unlisted = 0;
    Span first_unlisted;
  };
  void add_counts();

  std::vector<Listed> listed_;
  std::map<const Rule*, Count> counts_;
  size_t bytes_ = 0;
};

}  // namespace house_rules
