// The limits in this file keep a revision with very many facts, or facts nested in each other, from taking
// time that grows with the square of their number.
#include "pairs.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <string>
#include <tuple>

#include "fields.hpp"
#include "fold.hpp"
#include "words.hpp"

namespace stet {
namespace {

constexpr size_t most_equal_ranges = 64;   // facts on one range that are looked through for equal fields
constexpr size_t most_overlapping = 1024;  // facts looked through for those that share words with one
constexpr size_t most_candidates = 8;      // of which the best are remembered
constexpr size_t most_near = 64;           // facts near by that are compared word by word
constexpr uint32_t longest_alone = 4000;   // bytes of a fact that is looked for without the alignment
constexpr uint32_t near = 2000;            // bytes
constexpr size_t most_words_replaced = 4;  // of a fact that another may replace wholly
constexpr size_t fewest_words = 3;         // that tell a fact from others wherever it stands

struct Side {
  std::vector<FactReading>& readings;
  std::vector<bool> paired;

  explicit Side(std::vector<FactReading>& r) : readings(r), paired(r.size(), false) {}
  // Those without a partner, of at most `longest` bytes.
  std::vector<uint32_t> left(uint32_t longest = UINT32_MAX) const {
    std::vector<uint32_t> left;
    for (uint32_t i = 0; i < paired.size(); ++i)
      if (!paired[i] && size(readings[i].core) <= longest) left.push_back(i);
    return left;
  }
};

struct Candidate {
  double share;  // of the shorter one
  bool equal_fields;
  uint32_t size_difference, before, after;
  auto rank() const { return std::tuple(-share, !equal_fields, size_difference, before, after); }
};

std::vector<FactReading> readings_of(std::string_view text, std::span<const Fact* const> facts) {
  std::vector<FactReading> readings;
  readings.reserve(facts.size());
  const auto end = static_cast<uint32_t>(text.size());
  for (const Fact* fact : facts) {
    const uint32_t begin = std::min(fact->range.begin, end);
    const Range range{begin, std::clamp(fact->range.end, begin, end)};
    readings.push_back({fact, range, without_edges(text, range), {}});
  }
  std::stable_sort(readings.begin(), readings.end(),
                   [](const FactReading& a, const FactReading& b) { return a.range < b.range; });
  return readings;
}

// Sorted words of a text, and how much two such lists share: twice the common ones over all of them.
std::vector<std::string> bag_of_words(std::string_view text) {
  std::vector<std::string> bag;
  for (const Word& word : words_of(text))
    if (!word.mark) bag.push_back(fold(text.substr(word.range.begin, size(word.range))));
  std::sort(bag.begin(), bag.end());
  return bag;
}

double likeness(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  size_t common = 0;
  for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
    const int order = x->compare(*y);
    common += order == 0;
    if (order <= 0) ++x;
    if (order >= 0) ++y;
  }
  return a.empty() && b.empty() ? 0 : 2.0 * double(common) / double(a.size() + b.size());
}

class Pairing {
 public:
  Pairing(const Comparison& texts, const FactSpec& spec, FactPairs& out)
      : texts_(texts), spec_(spec), out_(out), before_(out.before), after_(out.after) {
    locate(out.before, [&](Range core) { return texts.alignment.to_after(core); });
    locate(out.after, [&](Range core) { return texts.alignment.to_before(core); });
  }

  void run() {
    pair_equal_places();
    if (!is_done()) pair_overlapping();
    if (!is_done()) pair_replaced();
    if (!is_done()) pair_equal_words();
    if (!is_done()) pair_near();
    std::sort(out_.pairs.begin(), out_.pairs.end());
    out_.only_before = before_.left();
    out_.only_after = after_.left();
  }

 private:
  const FactReading& older(uint32_t i) const { return before_.readings[i]; }
  const FactReading& newer(uint32_t i) const { return after_.readings[i]; }
  bool equal_fields(uint32_t b, uint32_t a) const { return older(b).fact->fields == newer(a).fact->fields; }
  bool is_done() const {
    return out_.pairs.size() == std::min(before_.readings.size(), after_.readings.size());
  }

  bool may_pair(uint32_t b, uint32_t a) const {
    if (before_.paired[b] || after_.paired[a]) return false;
    return std::all_of(spec_.identity.begin(), spec_.identity.end(), [&](const std::string& field) {
      return same_value(field_at(older(b).fact->fields, field), field_at(newer(a).fact->fields, field));
    });
  }

  template <typename Map>
  static void locate(std::vector<FactReading>& readings, Map map) {
    const FactReading* last = nullptr;
    for (FactReading& r : readings) {
      r.image = last && last->core == r.core ? last->image : map(r.core);
      last = &r;
    }
  }

  void pair(uint32_t b, uint32_t a) {
    before_.paired[b] = after_.paired[a] = true;
    out_.pairs.emplace_back(b, a);
  }

  void pair_equal_places() {
    std::map<Range, std::deque<uint32_t>> by_core;
    for (uint32_t a = 0; a < after_.readings.size(); ++a) by_core[newer(a).core].push_back(a);
    for (uint32_t b = 0; b < before_.readings.size(); ++b) {
      const auto found = older(b).image ? by_core.find(*older(b).image) : by_core.end();
      if (found == by_core.end()) continue;
      while (!found->second.empty() && after_.paired[found->second.front()]) found->second.pop_front();
      if (const auto a = best_on_range(b, found->second)) pair(b, *a);
    }
  }

  // Of facts on the range where `b` went: one with equal fields, else the first.
  std::optional<uint32_t> best_on_range(uint32_t b, const std::deque<uint32_t>& facts) const {
    std::optional<uint32_t> first;
    for (size_t i = 0; i < std::min(facts.size(), most_equal_ranges); ++i) {
      const uint32_t a = facts[i];
      if (newer(a).image != older(b).core || !may_pair(b, a)) continue;
      if (equal_fields(b, a)) return a;
      if (!first) first = a;
    }
    return first;
  }

  void pair_overlapping() {
    std::vector<Candidate> candidates;
    for (const uint32_t b : before_.left())
      if (older(b).image) collect_overlapping(b, candidates);
    std::sort(candidates.begin(), candidates.end(),
              [](const Candidate& x, const Candidate& y) { return x.rank() < y.rank(); });
    for (const Candidate& c : candidates)
      if (may_pair(c.before, c.after)) pair(c.before, c.after);
  }

  // Facts are in the order of their beginnings, so those that overlap end before one that begins later.
  void collect_overlapping(uint32_t b, std::vector<Candidate>& candidates) const {
    const Range image = *older(b).image;
    const auto past =
        std::lower_bound(after_.readings.begin(), after_.readings.end(), image.end,
                         [](const FactReading& r, uint32_t end) { return r.range.begin < end; });
    std::vector<Candidate> own;
    auto a = static_cast<uint32_t>(past - after_.readings.begin());
    for (size_t looked = 0; a-- > 0 && looked < most_overlapping; ++looked) {
      const double share = newer(a).image ? shared(older(b), newer(a)) : 0;
      if (share < 0.5 || !may_pair(b, a)) continue;
      const uint32_t b_size = size(older(b).core), a_size = size(newer(a).core);
      own.push_back({share, equal_fields(b, a), std::max(b_size, a_size) - std::min(b_size, a_size), b, a});
    }
    const auto best = own.begin() + long(std::min(own.size(), most_candidates));
    std::partial_sort(own.begin(), best, own.end(),
                      [](const Candidate& x, const Candidate& y) { return x.rank() < y.rank(); });
    candidates.insert(candidates.end(), own.begin(), best);
  }

  // The words that stand in both, as a share of the shorter one.
  double shared(const FactReading& b, const FactReading& a) const {
    const uint32_t in_before = texts_.standing_before(intersection(b.core, *a.image));
    const uint32_t in_after = texts_.standing_after(intersection(a.core, *b.image));
    const uint32_t shorter = std::min(size(b.core), size(a.core));
    return shorter ? double(std::min(in_before, in_after)) / shorter : 0;
  }

  // Facts that fill most of one replaced stretch, in their order, if there are as many on either side.
  void pair_replaced() {
    std::map<const Segment*, std::pair<std::vector<uint32_t>, std::vector<uint32_t>>> stretches;
    for (const uint32_t b : before_.left())
      if (const Segment* s = texts_.alignment.at_before(older(b).core.begin);
          s && fills(older(b), s->before, *s, texts_.before))
        stretches[s].first.push_back(b);
    const auto& segments = texts_.alignment.segments;
    for (const uint32_t a : after_.left()) {
      const auto s = std::upper_bound(segments.begin(), segments.end(), newer(a).core.begin,
                                      [](uint32_t at, const Segment& x) { return at < x.after.end; });
      if (s != segments.end() && fills(newer(a), s->after, *s, texts_.after))
        stretches[&*s].second.push_back(a);
    }
    for (const auto& [segment, facts] : stretches)
      if (facts.first.size() == facts.second.size())
        for (size_t i = 0; i < facts.first.size(); ++i)
          if (may_pair(facts.first[i], facts.second[i])) pair(facts.first[i], facts.second[i]);
  }

  bool fills(const FactReading& r, Range stretch, const Segment& segment, std::string_view text) const {
    return segment.kind == Segment::Kind::replaced &&
           2 * size(intersection(r.core, stretch)) >= size(stretch) && size(r.core) <= longest_alone &&
           count_words(words(r, text)) <= most_words_replaced;
  }

  std::string_view words(const FactReading& r, std::string_view text) const {
    return text.substr(r.core.begin, size(r.core));
  }

  void pair_equal_words() {
    std::map<std::string, std::deque<uint32_t>> places;
    for (const uint32_t a : after_.left(longest_alone))
      places[fold(words(newer(a), texts_.after))].push_back(a);
    for (const uint32_t b : before_.left(longest_alone)) {
      const auto text = words(older(b), texts_.before);
      const auto found = places.find(fold(text));
      if (found == places.end()) continue;
      auto& in = found->second;
      while (!in.empty() && after_.paired[in.front()]) in.pop_front();
      const bool tells = count_words(text) >= fewest_words;
      const auto last = in.begin() + long(std::min(in.size(), most_equal_ranges));
      const auto a = std::find_if(
          in.begin(), last, [&](uint32_t i) { return may_pair(b, i) && (tells || equal_fields(b, i)); });
      if (a != last) pair(b, *a);
    }
  }

  void pair_near() {
    const std::vector<uint32_t> left = after_.left(longest_alone);
    std::map<uint32_t, std::vector<std::string>> bags;
    for (const uint32_t a : left) bags[a] = bag_of_words(words(newer(a), texts_.after));
    for (const uint32_t b : before_.left(longest_alone)) {
      const auto bag = bag_of_words(words(older(b), texts_.before));
      if (bag.size() < fewest_words) continue;
      std::pair<double, std::optional<uint32_t>> best{0.6, {}};
      for (const uint32_t a : near_by(b, left)) {
        if (bags[a].size() < fewest_words || !may_pair(b, a)) continue;
        const double like = likeness(bag, bags[a]);
        if (like > best.first || (like == best.first && !best.second)) best = {like, a};
      }
      if (best.second) pair(b, *best.second);
    }
  }

  std::span<const uint32_t> near_by(uint32_t b, std::span<const uint32_t> left) const {
    const uint32_t place = place_of(older(b));
    const auto begins_before = [&](uint32_t a, uint32_t at) { return newer(a).range.begin < at; };
    const auto first =
        std::lower_bound(left.begin(), left.end(), place - std::min(place, near), begins_before);
    const auto last = std::lower_bound(first, left.end(), place + near + 1, begins_before);
    return {first, first + std::min<std::ptrdiff_t>(last - first, most_near)};
  }

  // Where the fact would stand in the newer text.
  uint32_t place_of(const FactReading& b) const {
    if (b.image) return b.image->begin;
    const Segment* segment = texts_.alignment.at_before(b.core.begin);
    return segment ? segment->after.begin : static_cast<uint32_t>(texts_.after.size());
  }

  const Comparison& texts_;
  const FactSpec& spec_;
  FactPairs& out_;
  Side before_, after_;
};

}  // namespace

FactPairs pair_facts(const Comparison& texts, std::span<const Fact* const> before,
                     std::span<const Fact* const> after, const FactSpec& spec) {
  FactPairs out{readings_of(texts.before, before), readings_of(texts.after, after), {}, {}, {}};
  Pairing(texts, spec, out).run();
  return out;
}

}  // namespace stet
