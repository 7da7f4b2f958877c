// What a verification found, as tests look at it.
#pragma once

#include <string>

#include "verify.hpp"

namespace stet::testing {

// Every problem on a line.
inline std::string listed(const Verification& v) {
  std::string all;
  for (const auto& p : v.problems) all += p.path + ": " + p.message + "\n";
  return all;
}

}  // namespace stet::testing
