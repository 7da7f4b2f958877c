// Two revisions compared: their texts aligned once, facts paired through the alignment, changes named.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "align.hpp"
#include "finding.hpp"
#include "manifest.hpp"

namespace stet {

// Facts that lie in several places. Borrows them.
class FactLists {
 public:
  FactLists() = default;
  FactLists(const std::vector<Fact>& facts) : lists_{facts} {}  // implicit: most often they lie in one
  FactLists(std::span<const Fact> facts) : lists_{facts} {}
  void add(std::span<const Fact> facts) { lists_.push_back(facts); }
  std::span<const std::span<const Fact>> lists() const { return lists_; }

 private:
  std::vector<std::span<const Fact>> lists_;
};

// One revision, as far as comparing needs it.
struct Version {
  std::string_view text;
  FactLists facts;
};

// A difference between two revisions.
struct Change {
  std::string plugin;  // whose fact changed; empty for the text itself
  std::string change;  // "quote-altered"; for text: "text-replaced", "text-added",
                       // "text-removed", "text-moved", "typography"
  std::string kind;    // fact kind; "text" for the text itself
  Severity severity = Severity::note;
  std::optional<Range> before;  // in the older text
  std::optional<Range> after;   // in the newer text
  std::string message;          // one sentence: what, where, from what to what, by whom
  nlohmann::json evidence;      // object, see below
};

// Evidence of a change of facts: `before` and `after` are the words or the value that changed, or all that
// the fact covers when it came or went; `field` is the rule's field, `subject` the value the manifest names.
// Where a fact changed in several places, these are joined by " … " and listed as `edits`, [before, after]
// each. Evidence of a change of the text: `before` and `after`. A string is cut at 2,000 bytes, and
// "truncated": true says so; what was not there is absent.
//
// Changes of the text are stretches of readable size: words that came and went in one sentence are one
// change when at most two words between them stayed; one paragraph's typography is one change; a move is
// one change however many sentences moved together. White space that merely grew, shrank or turned into
// a line break is no change.

// Changes of facts by the manifests' rules, most severe first and then in text order, followed by
// the changes of the text in text order. The same input gives the same output. Facts of a plugin
// that is not in `manifests` are not compared.
std::vector<Change> compare(const Version& before, const Version& after,
                            std::span<const Manifest* const> manifests);

// {"change", "kind", "plugin"?, "severity", "before"?: [begin, end], "after"?, "message", "evidence"}.
// change_from_json throws nlohmann::json::exception or std::runtime_error on any other shape.
nlohmann::json to_json(const Change& change);
Change change_from_json(const nlohmann::json& value);

}  // namespace stet
