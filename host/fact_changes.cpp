// Two rules decide what is said: whatever differs in typography alone is no change of a fact, and words that
// merely passed from one fact to another of its kind (a quotation that was cut in two) are no change of
// either.
#include "fact_changes.hpp"

#include <algorithm>
#include <array>

#include "edits.hpp"
#include "fields.hpp"
#include "words.hpp"

namespace stet {
namespace {

using nlohmann::json;

constexpr double nearly_all = 0.9;      // of a fact's words
constexpr size_t most_containing = 64;  // facts looked through for one that holds a range
constexpr size_t most_edits_listed = 20;
constexpr size_t most_edits_told = 3;

// One kind of facts in two revisions.
class Naming {
 public:
  Naming(const Comparison& texts, const std::string& plugin, const FactSpec& spec, const FactPairs& facts,
         size_t& budget, std::vector<Change>& out)
      : texts_(texts), plugin_(plugin), spec_(spec), facts_(facts), budget_(budget), out_(out) {}

  void name_changes() {
    b_partner_.assign(facts_.before.size(), none);
    a_partner_.assign(facts_.after.size(), none);
    for (const auto& [b, a] : facts_.pairs) b_partner_[b] = a, a_partner_[a] = b;
    for (const auto& [b, a] : facts_.pairs)
      for (const ChangeRule& rule : spec_.changes)
        rule.field == "text" ? compare_text(rule, b, a) : compare_field(rule, b, a);
    for (const uint32_t b : facts_.only_before) went(b);
    for (const uint32_t a : facts_.only_after) came(a);
  }

 private:
  using Edits = std::vector<std::array<std::string_view, 2>>;  // before, after
  static constexpr uint32_t none = UINT32_MAX;

  std::string_view words(const FactReading& r, std::string_view text) const {
    return text.substr(r.core.begin, size(r.core));
  }

  std::string subject(const FactReading* newer, const FactReading* older) const {
    if (spec_.subject.empty()) return {};
    for (const FactReading* r : {newer, older})
      if (const json* value = r ? field_at(r->fact->fields, spec_.subject) : nullptr) return words_for(value);
    return {};
  }

  // "quotation by Ann Lee", "source (https://...)": a field called name names somebody.
  std::string labelled(const std::string& subject) const {
    if (subject.empty()) return spec_.label;
    return spec_.label +
           (spec_.subject.ends_with("name") ? " by " + excerpt(subject) : " (" + excerpt(subject) + ")");
  }

  Change change(const ChangeRule& rule, const FactReading* older, const FactReading* newer,
                std::string message) const {
    Change c{plugin_, rule.change, spec_.kind, rule.severity, {}, {}, std::move(message), json::object()};
    if (older) c.before = older->range;
    if (newer) c.after = newer->range;
    if (!rule.field.empty()) c.evidence["field"] = rule.field;
    if (const auto who = subject(newer, older); !who.empty()) set_evidence(c.evidence, "subject", who);
    return c;
  }

  void compare_text(const ChangeRule& rule, uint32_t b, uint32_t a) {
    const FactReading& older = facts_.before[b];
    const FactReading& newer = facts_.after[a];
    const Edits edits = edits_of(older, newer);
    if (edits.empty()) return;
    Change c = change(rule, &older, &newer, labelled(subject(&newer, &older)) + " altered: " + told(edits));
    for (const size_t side : {0, 1})
      if (const auto text = joined(edits, side); !text.empty())
        set_evidence(c.evidence, side == 0 ? "before" : "after", text);
    if (edits.size() > 1) list(edits, c.evidence);
    out_.push_back(std::move(c));
  }

  Edits edits_of(const FactReading& older, const FactReading& newer) {
    const auto before = words(older, texts_.before), after = words(newer, texts_.after);
    if (before == after) return {};
    if (before.size() + after.size() > budget_) return coarse_edits(older, newer);
    budget_ -= before.size() + after.size();
    Edits edits;
    for (const Edit& edit : edits_between(before, after))
      if (!passed_on(edit, older, newer))
        edits.push_back({before.substr(edit.before.begin, size(edit.before)),
                         after.substr(edit.after.begin, size(edit.after))});
    return edits;
  }

  // All of it or nothing, as the alignment of the whole texts has it.
  Edits coarse_edits(const FactReading& older, const FactReading& newer) const {
    if (texts_.standing_before(older.core) == size(older.core) &&
        texts_.standing_after(newer.core) == size(newer.core))
      return {};
    return {{words(older, texts_.before), words(newer, texts_.after)}};
  }

  // Words that one of the two facts lacks, but another fact of the kind has on that side.
  bool passed_on(const Edit& edit, const FactReading& older, const FactReading& newer) const {
    if (size(edit.before) > 0 && size(edit.after) > 0) return false;
    const bool is_new = size(edit.after) > 0;
    const uint32_t offset = is_new ? newer.core.begin : older.core.begin;
    const Range words = is_new ? edit.after : edit.before;
    const Range here =
        without_edges(is_new ? texts_.after : texts_.before, {words.begin + offset, words.end + offset});
    const auto there = is_new ? texts_.alignment.to_before(here) : texts_.alignment.to_after(here);
    const uint32_t standing = is_new ? texts_.standing_after(here) : texts_.standing_before(here);
    if (!there || standing < nearly_all * size(here)) return false;
    const FactReading& own = is_new ? older : newer;
    return any_holding(is_new ? facts_.before : facts_.after, *there,
                       [&](const FactReading& r) { return &r != &own; });
  }

  // Whether a fact holds `range` and meets `condition`.
  template <typename Condition>
  static bool any_holding(const std::vector<FactReading>& readings, Range range, Condition condition) {
    auto r = std::upper_bound(readings.begin(), readings.end(), range.begin,
                              [](uint32_t begin, const FactReading& x) { return begin < x.range.begin; });
    for (size_t looked = 0; r != readings.begin() && looked < most_containing; ++looked)
      if (holds((--r)->range, range) && condition(*r)) return true;
    return false;
  }

  static std::string told(const Edits& edits) {
    std::string out;
    for (size_t i = 0; i < std::min(edits.size(), most_edits_told); ++i)
      out += (i ? "; " : "") + became(edits[i][0], edits[i][1]);
    if (edits.size() > most_edits_told)
      out += "; and " + std::to_string(edits.size() - most_edits_told) + " more";
    return out;
  }

  static std::string joined(const Edits& edits, size_t side) {
    std::string out;
    for (const auto& edit : edits) {
      if (edit[side].empty()) continue;
      if (!out.empty()) out += " … ";
      out += edit[side];
      if (out.size() > most_evidence) break;
    }
    return out;
  }

  static void list(const Edits& edits, json& evidence) {
    size_t room = most_evidence;
    json listed = json::array();
    for (const auto& [before, after] : edits) {
      if (listed.size() == most_edits_listed || before.size() + after.size() > room) {
        evidence["truncated"] = true;
        break;
      }
      room -= before.size() + after.size();
      listed.push_back(json::array({before, after}));
    }
    evidence["edits"] = std::move(listed);
  }

  void compare_field(const ChangeRule& rule, uint32_t b, uint32_t a) {
    const FactReading& older = facts_.before[b];
    const FactReading& newer = facts_.after[a];
    const json* was = field_at(older.fact->fields, rule.field);
    const json* is = field_at(newer.fact->fields, rule.field);
    if (same_value(was, is)) return;
    const auto before = words_for(was), after = words_for(is);
    Change c = change(rule, &older, &newer,
                      spoken(rule.change) + ": " + value(before) + " became " + value(after) + " for the " +
                          spec_.label + ' ' + quoted(newer, texts_.after));
    if (was) set_evidence(c.evidence, "before", before);
    if (is) set_evidence(c.evidence, "after", after);
    out_.push_back(std::move(c));
  }

  static std::string value(const std::string& text) {
    return text.empty() ? "nothing" : '"' + excerpt(text) + '"';
  }

  static std::string spoken(std::string id) {
    std::replace(id.begin(), id.end(), '-', ' ');
    return id;
  }

  void went(uint32_t b) {
    const FactReading& older = facts_.before[b];
    const bool stands = older.image && texts_.standing_before(older.core) >= nearly_all * size(older.core);
    if (stands && joined_another(older, facts_.after, a_partner_, facts_.before)) return;
    if (const auto& rule = stands ? spec_.unmarked : spec_.removed) {
      const auto what = labelled(subject(nullptr, &older)), text = quoted(older, texts_.before);
      const auto message = stands ? text + " no longer counts as " + what + "; the words still stand"
                                  : what + " removed: " + text;
      out_.push_back(change(*rule, &older, nullptr, message));
      set_evidence(out_.back().evidence, "before", words(older, texts_.before));
    }
  }

  void came(uint32_t a) {
    const FactReading& newer = facts_.after[a];
    const bool stood = newer.image && texts_.standing_after(newer.core) >= nearly_all * size(newer.core);
    if (stood && joined_another(newer, facts_.before, b_partner_, facts_.after)) return;
    if (const auto& rule = stood ? spec_.marked : spec_.added) {
      const auto what = labelled(subject(&newer, nullptr)), text = quoted(newer, texts_.after);
      const auto message = stood ? text + " now counts as " + what + "; the words stood there before"
                                 : what + " added: " + text;
      out_.push_back(change(*rule, nullptr, &newer, message));
      set_evidence(out_.back().evidence, "after", words(newer, texts_.after));
    }
  }

  // Whether the words of a fact without a partner are part of a fact on the other side, whose own partner did
  // not hold them: a quotation in two pieces that became one, or the reverse.
  static bool joined_another(const FactReading& fact, const std::vector<FactReading>& others,
                             const std::vector<uint32_t>& partners,
                             const std::vector<FactReading>& own_side) {
    return any_holding(others, *fact.image, [&](const FactReading& other) {
      const uint32_t partner = partners[size_t(&other - others.data())];
      return partner != none && !holds(own_side[partner].range, fact.range);
    });
  }

  std::string quoted(const FactReading& r, std::string_view text) const {
    return '"' + excerpt(words(r, text)) + '"';
  }

  const Comparison& texts_;
  const std::string& plugin_;
  const FactSpec& spec_;
  const FactPairs& facts_;
  size_t& budget_;
  std::vector<Change>& out_;
  std::vector<uint32_t> b_partner_, a_partner_;
};

}  // namespace

void name_fact_changes(const Comparison& texts, const std::string& plugin, const FactSpec& spec,
                       const FactPairs& facts, size_t& budget, std::vector<Change>& changes) {
  Naming(texts, plugin, spec, facts, budget, changes).name_changes();
}

}  // namespace stet
