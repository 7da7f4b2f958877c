// What a plugin may say of one document. Both sides of a worker's socket apply it: the worker, so
// that the plugin is told at once, and the host, because a worker is not to be trusted.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include <stet/plugin.h>

#include "finding.hpp"
#include "manifest.hpp"

namespace stet {

// Something outside the contract; what() is one sentence that says what.
struct Breach : std::runtime_error {
  using std::runtime_error::runtime_error;
};

inline constexpr size_t max_findings = 10000, max_facts = 10000;  // of one plugin on one document
inline constexpr size_t max_statement_bytes = 64u << 10;          // all texts of one finding or fact
inline constexpr size_t max_related = 1024;
inline constexpr size_t max_answer_bytes = 16u << 20;  // all statements on one document

// Holds the counts for one call; both arguments are borrowed.
class Contract {
 public:
  Contract(const Manifest& manifest, std::string_view text) : manifest_(manifest), text_(text) {}

  // The value that was said, with the manifest's severity where the plugin left it open. What lies behind a
  // statement's own size must be zero. Throws Breach.
  Finding accept(const stet_finding& finding);
  Fact accept(const stet_fact& fact);
  // The same judgement, without making the value.
  void check(const stet_finding& finding);
  void check(const stet_fact& fact);

 private:
  const CheckSpec& judge(const stet_finding& finding);  // of all but its JSON
  void judge(const stet_fact& fact);
  void count(size_t& statements, size_t most, const char* plural, size_t bytes);
  void checked(stet_range range, const char* statement) const;

  const Manifest& manifest_;
  std::string_view text_;
  size_t findings_ = 0, facts_ = 0, bytes_ = 0;
};

// A plugin's own words as one line of UTF-8, at most 1,000 bytes; `otherwise` when it said nothing.
std::string one_line(std::string_view reason, std::string_view otherwise);

}  // namespace stet
