#include "text_changes.hpp"

#include <algorithm>

#include "edits.hpp"
#include "words.hpp"

namespace stet {
namespace {

using Kind = Segment::Kind;

constexpr size_t most_words_between = 2;
constexpr size_t most_bytes_between = 60;

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

// Segments that make one change.
struct Group {
  enum class Type { edit, move, typography } type;
  std::vector<const Segment*> parts;  // without the same ones between them
  Range before, after;                // from the first part to the last
};

Group::Type type_of(const Segment& s) {
  if (s.kind == Kind::moved) return Group::Type::move;
  return s.kind == Kind::typography ? Group::Type::typography : Group::Type::edit;
}

class Grouping {
 public:
  explicit Grouping(const Comparison& texts) : texts_(texts) {}

  std::vector<Group> groups() {
    const auto& all = texts_.alignment.segments;
    for (size_t i = 0; i < all.size(); ++i)
      if (all[i].kind != Kind::same && !is_white(i)) place(all[i]);
    std::stable_sort(groups_.begin(), groups_.end(),
                     [](const Group& a, const Group& b) { return a.after.begin < b.after.begin; });
    return std::move(groups_);
  }

 private:
  std::string_view before(Range r) const { return texts_.before.substr(r.begin, size(r)); }
  std::string_view after(Range r) const { return texts_.after.substr(r.begin, size(r)); }

  // White space alone says nothing, except where it parts or joins what stands side by side.
  bool is_white(size_t i) const {
    const auto& all = texts_.alignment.segments;
    const Segment& s = all[i];
    if (!words_of(before(s.before)).empty() || !words_of(after(s.after)).empty()) return false;
    const bool between =
        i > 0 && i + 1 < all.size() && all[i - 1].kind == Kind::same && all[i + 1].kind == Kind::same;
    return !between || s.kind != Kind::typography || (size(s.before) > 0 && size(s.after) > 0);
  }

  void place(const Segment& s) {
    const auto type = type_of(s);
    if (Group* group = group_for(type, s)) {
      group->parts.push_back(&s);
      group->before = {std::min(group->before.begin, s.before.begin),
                       std::max(group->before.end, s.before.end)};
      group->after.end = s.after.end;
      return;
    }
    open_[size_t(type)] = groups_.size();
    groups_.push_back({type, {&s}, s.before, s.after});
  }

  // The group of this type that `s` goes on with. A move goes over its own typography, an edit over
  // typography between its words.
  Group* group_for(Group::Type type, const Segment& s) {
    if (type == Group::Type::typography) {
      Group* const move = last(Group::Type::move);
      if (move && move->before.end == s.before.begin && move->after.end == s.after.begin) return move;
    }
    Group* const group = last(type);
    if (!group) return nullptr;
    switch (type) {
      case Group::Type::move:
        return group->before.end == s.before.begin && group->after.end == s.after.begin ? group : nullptr;
      case Group::Type::typography: return same_paragraph(*group, s) ? group : nullptr;
      case Group::Type::edit: return same_passage(*group, s) ? group : nullptr;
    }
    return nullptr;
  }

  Group* last(Group::Type type) {
    const size_t i = open_[size_t(type)];
    return i < groups_.size() ? &groups_[i] : nullptr;
  }

  bool same_paragraph(const Group& group, const Segment& s) const {
    if (group.after.end > s.after.begin || group.before.end > s.before.begin) return false;
    return after({group.after.begin, s.after.end}).find('\n') == std::string_view::npos &&
           before({group.before.begin, s.before.end}).find('\n') == std::string_view::npos;
  }

  // At most two words apart, on both sides, with no end of a sentence or paragraph between.
  bool same_passage(const Group& group, const Segment& s) const {
    if (group.after.end > s.after.begin || group.before.end > s.before.begin) return false;
    return is_short_way(before({group.before.end, s.before.begin})) &&
           is_short_way(after({group.after.end, s.after.begin}));
  }

  static bool is_short_way(std::string_view between) {
    if (between.size() > most_bytes_between) return false;
    if (between.find_first_of("\n.!?") != between.npos) return false;
    return count_words(between) <= most_words_between;
  }

  const Comparison& texts_;
  std::vector<Group> groups_;
  size_t open_[3] = {SIZE_MAX, SIZE_MAX, SIZE_MAX};
};

// Without the white space at its ends.
Range without_space(std::string_view text, Range r) {
  while (r.begin < r.end && is_space(text[r.begin])) ++r.begin;
  while (r.begin < r.end && is_space(text[r.end - 1])) --r.end;
  return r;
}

// Without the white space at the ends and, for an edit, the marks that both sides end with: words may have
// been tied to either of two commas.
void trim(const Comparison& texts, Group& group) {
  Range &b = group.before, &a = group.after;
  const auto is_shared = [](char c) { return is_space(c) || c == ',' || c == '.' || c == ';' || c == ':'; };
  while (group.type == Group::Type::edit && size(b) > 1 && size(a) > 1 &&
         texts.before[b.end - 1] == texts.after[a.end - 1] && is_shared(texts.before[b.end - 1]))
    --b.end, --a.end;
  b = without_space(texts.before, b);
  a = without_space(texts.after, a);
}

// The differing marks and words one after the other; "" when white space is all there is.
std::string joined(const Group& group, std::string_view text, Range Segment::*side) {
  std::string out;
  for (const Segment* part : group.parts) {
    const auto piece = text.substr((part->*side).begin, size(part->*side));
    if (words_of(piece).empty()) continue;
    if (!out.empty()) out += " … ";
    out += piece;
    if (out.size() > most_evidence) break;
  }
  return out;
}

Change typography(const Comparison& texts, const Group& group) {
  const auto before = joined(group, texts.before, &Segment::before);
  const auto after = joined(group, texts.after, &Segment::after);
  Change change{"",           "typography", "text", Severity::note,
                group.before, group.after,  "",     nlohmann::json::object()};
  set_evidence(change.evidence, "before", before);
  set_evidence(change.evidence, "after", after);
  change.message = "typography alone: ";
  change.message +=
      before.empty() ? "white space between words" : excerpt(before) + " became " + excerpt(after);
  return change;
}

Change move(const Comparison& texts, const Group& group) {
  const auto words = texts.after.substr(group.after.begin, size(group.after));
  Change change{"",           "text-moved", "text", Severity::note,
                group.before, group.after,  "",     nlohmann::json::object()};
  set_evidence(change.evidence, "before", texts.before.substr(group.before.begin, size(group.before)));
  set_evidence(change.evidence, "after", words);
  change.message = '"' + excerpt(words) + "\" was moved";
  return change;
}

Change edit(const Comparison& texts, const Group& group) {
  const auto before = texts.before.substr(group.before.begin, size(group.before));
  const auto after = texts.after.substr(group.after.begin, size(group.after));
  Change change{
      "", "text-replaced", "text", Severity::note, {}, {}, became(before, after), nlohmann::json::object()};
  if (before.empty()) change.change = "text-added";
  if (after.empty()) change.change = "text-removed";
  if (!before.empty()) {
    change.before = group.before;
    set_evidence(change.evidence, "before", before);
  }
  if (!after.empty()) {
    change.after = group.after;
    set_evidence(change.evidence, "after", after);
  }
  return change;
}

}  // namespace

std::vector<Change> text_changes(const Comparison& texts) {
  std::vector<Change> changes;
  for (Group& group : Grouping(texts).groups()) {
    if (group.type != Group::Type::typography) trim(texts, group);
    switch (group.type) {
      case Group::Type::edit: changes.push_back(edit(texts, group)); break;
      case Group::Type::move: changes.push_back(move(texts, group)); break;
      case Group::Type::typography: changes.push_back(typography(texts, group)); break;
    }
  }
  return changes;
}

}  // namespace stet
