// What a verification found, as tests look at it.
#pragma once

#include <algorithm>
#include <string>

#include "verify.hpp"

namespace stet::testing {

// Every problem on a line.
inline std::string listed(const Verification& v) {
  std::string all;
  for (const auto& p : v.problems) all += p.path + ": " + p.message + "\n";
  return all;
}

// Whether there is one at that path that says so.
inline bool names(const Verification& v, const std::string& path, const std::string& words = "") {
  return std::any_of(v.problems.begin(), v.problems.end(), [&](const auto& p) {
    return p.path == path && p.message.find(words) != std::string::npos;
  });
}

}  // namespace stet::testing
