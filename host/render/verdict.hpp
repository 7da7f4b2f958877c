// What a check came to, in words. "Not checked" never reads like "nothing found".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "../report.hpp"

namespace stet {

struct Verdict {
  size_t errors = 0, warnings = 0, notes = 0;
  size_t checked = 0, plugins = 0;
  std::string findings;  // "3 errors, 1 warning"; "nothing found"; "not checked" when no plugin checked it
  std::string coverage;  // "3 of 4 plugins checked it; 1 crashed"; "no plugin ran"
  bool complete() const { return plugins > 0 && checked == plugins; }
};

Verdict verdict(const std::vector<PluginRun>& plugins);

std::string counted(size_t count, std::string_view singular);  // "1 error", "2 errors"

}  // namespace stet
