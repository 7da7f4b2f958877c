// Manifests and facts for the tests of changes.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "changes.hpp"

namespace stet::samples {

using nlohmann::json;

inline const std::string plugin = "org.example.quotes";

inline stet::Manifest quotes() {
  stet::Manifest m;
  m.id = plugin;
  stet::FactSpec spec;
  spec.kind = "quote";
  spec.label = "quotation";
  spec.subject = "speaker.name";
  spec.changes = {{"text", "quote-altered", Severity::error},
                  {"speaker.name", "attribution-changed", Severity::error}};
  spec.added = {"", "quote-added", Severity::note};
  spec.removed = {"", "quote-removed", Severity::warning};
  spec.marked = {"", "quote-marked", Severity::note};
  spec.unmarked = {"", "quote-unmarked", Severity::error};
  m.facts = {spec};
  return m;
}

inline stet::Manifest dates() {
  stet::Manifest m;
  m.id = "org.example.dates";
  stet::FactSpec spec;
  spec.kind = "date";
  spec.label = "date";
  spec.identity = {"type"};
  spec.changes = {{"value", "date-changed", Severity::error}};
  spec.removed = {"", "date-removed", Severity::note};
  spec.added = {"", "date-added", Severity::note};
  m.facts = {spec};
  return m;
}

inline json speaker(const char* name) {
  return {{"speaker", {{"name", name}}}};
}

// The n-th place of `words` as a fact; fails when there is none.
inline Fact fact(std::string_view text, std::string_view words, json fields = json::object(), size_t nth = 0,
                 const char* kind = "quote", const std::string& of = plugin) {
  size_t at = text.find(words);
  for (; nth > 0 && at != text.npos; --nth) at = text.find(words, at + 1);
  REQUIRE(at != text.npos);
  return {of, kind, {uint32_t(at), uint32_t(at + words.size())}, std::move(fields)};
}

inline Fact date(std::string_view text, std::string_view words, const char* value, size_t nth = 0) {
  return fact(text, words, {{"type", "DATE"}, {"value", value}}, nth, "date", "org.example.dates");
}

// Everything between “ and ” is a quotation by nobody.
inline std::vector<Fact> quotations(std::string_view text) {
  std::vector<Fact> facts;
  for (size_t at = 0; (at = text.find("“", at)) != text.npos;) {
    const size_t end = text.find("”", at);
    if (end == text.npos) break;
    facts.push_back({plugin, "quote", {uint32_t(at), uint32_t(end + 3)}, json::object()});
    at = end;
  }
  return facts;
}

inline std::vector<Change> compared(std::string_view before, const std::vector<Fact>& older,
                                    std::string_view after, const std::vector<Fact>& newer) {
  static const auto q = quotes(), d = dates();
  const stet::Manifest* const manifests[] = {&q, &d};
  return stet::compare({before, older}, {after, newer}, manifests);
}

inline std::vector<Change> compared(std::string_view before, std::string_view after) {
  return compared(before, quotations(before), after, quotations(after));
}

inline std::vector<Change> of_facts(std::vector<Change> changes) {
  changes.erase(
      std::remove_if(changes.begin(), changes.end(), [](const Change& c) { return c.plugin.empty(); }),
      changes.end());
  return changes;
}

inline std::vector<std::string> messages(const std::vector<Change>& changes) {
  std::vector<std::string> out;
  for (const auto& c : changes) out.push_back(c.change + ": " + c.message);
  return out;
}

using Lines = std::vector<std::string>;

}  // namespace stet::samples
