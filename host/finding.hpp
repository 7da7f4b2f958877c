// What plugins say, as plain values: the words of DESIGN that every other file uses.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace stet {

// Half-open range of byte offsets into a document's text, on character boundaries.
struct Range {
  uint32_t begin = 0;
  uint32_t end = 0;
  auto operator<=>(const Range&) const = default;
};

enum class Severity { note = 1, warning = 2, error = 3 };

// Replacing `range` by `text` mends the finding for certain.
struct Fix {
  Range range;
  std::string text;
};

// Something that does not hold.
struct Finding {
  std::string plugin;  // id of the plugin that reports it
  std::string check;
  Severity severity = Severity::note;
  Range range;
  std::string message;  // one sentence for an editor
  std::vector<Range> related;
  nlohmann::json evidence;  // object, or null
  std::optional<Fix> fix;
};

// Something a plugin read in the document.
struct Fact {
  std::string plugin;
  std::string kind;
  Range range;
  nlohmann::json fields;  // object; never holds "kind", "range" or "plugin"
};

// What became of one plugin on one document.
struct Outcome {
  enum class Kind { checked, failed, crashed, timed_out, forbidden, not_run };
  Kind kind = Kind::not_run;
  std::string reason;             // one sentence, for every kind but `checked`
  std::string confinement;        // how the worker was confined; says so when something was missing
  std::vector<Finding> findings;  // what was reported before the end, whatever the kind
  std::vector<Fact> facts;        // likewise
};

// "checked", "failed", "crashed", "timed out", "forbidden", "not run".
std::string_view name(Outcome::Kind kind);
// "note", "warning", "error"; the reverse gives nullopt for any other word.
std::string_view name(Severity severity);
std::optional<Severity> severity_named(std::string_view name);

// The JSON forms that reports and `stet stream` share (host/FORMATS.md). from_json throws
// nlohmann::json::exception or std::runtime_error on any other shape.
nlohmann::json to_json(const Finding& finding);
nlohmann::json to_json(const Fact& fact);
Finding finding_from_json(const nlohmann::json& value);
Fact fact_from_json(const nlohmann::json& value);

}  // namespace stet
