// What the checks found, bounded: a document with one defect on every line gives some findings, and one that
// counts the rest.
#pragma once

#include <stet/plugin.hpp>

#include <map>
#include <string_view>
#include <vector>

namespace text_integrity {

class Findings {
 public:
  // Whether one more finding of `check` is to be added; if not, it is counted. Ask before building it.
  bool takes(std::string_view check, stet::sdk::Range range,
             stet::sdk::Severity severity = stet::sdk::Severity::by_manifest);
  void add(stet::sdk::Finding finding);

  // All of them, by place.
  void report(stet::sdk::Host& host);

 private:
  struct Count {
    size_t kept = 0, more = 0;
    stet::sdk::Severity severity = stet::sdk::Severity::note;  // by_manifest outranks
    std::vector<stet::sdk::Range> places;
  };

  std::vector<stet::sdk::Finding> kept_;
  std::map<std::string_view, Count> counts_;  // by check
};

// A finding whose fix puts `text` in the place of its range.
stet::sdk::Finding mended(stet::sdk::Finding finding, std::string text);

}  // namespace text_integrity
