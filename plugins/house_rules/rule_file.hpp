// Rule files -> rules.
#pragma once

#include <vector>

#include "json.hpp"
#include "rule.hpp"

namespace house_rules {

// In the order of the files. Throws std::runtime_error with one sentence that names file, line and rule:
// an unknown key, a value of the wrong type, an id that is taken, a pattern that is none.
std::vector<Rule> read_rules(const std::vector<RuleFile>& files);

}  // namespace house_rules
