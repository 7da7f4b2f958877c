// The results of the test kit, each as it comes, for people and for machines.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "../plugin_cases.hpp"

namespace stet {

// At most `width` columns (0: no limit), whole lines.
std::string render_case(const CaseResult& result, unsigned width, bool colour);
std::string render_hard(const HardResult& result, unsigned width, bool colour);

// What all of it comes to.
struct PluginVerdict {
  std::vector<CaseResult> cases;
  std::vector<HardResult> hard;
  std::vector<std::string> unseen;  // checks that no case saw report anything
  size_t failed() const;            // cases and hard inputs
};
nlohmann::json to_json(const PluginVerdict& verdict);
std::string render_verdict(const PluginVerdict& verdict, unsigned width, bool colour);

}  // namespace stet
