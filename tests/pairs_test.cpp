#include "pairs.hpp"

#include <catch2/catch.hpp>

using stet::Fact;
using stet::Range;

namespace {

Fact fact(std::string_view text, std::string_view words, nlohmann::json fields = nlohmann::json::object()) {
  const auto at = text.find(words);
  REQUIRE(at != text.npos);
  return {"p", "k", {uint32_t(at), uint32_t(at + words.size())}, std::move(fields)};
}

struct Counts {
  size_t pairs, only_before, only_after;
  bool operator==(const Counts&) const = default;
};

// Pairs, and the facts that they point to.
struct Paired : stet::FactPairs {
  std::vector<Fact> older, newer;
};

std::vector<const Fact*> pointers(const std::vector<Fact>& facts) {
  std::vector<const Fact*> out;
  for (const Fact& f : facts) out.push_back(&f);
  return out;
}

Paired paired(std::string_view before, std::vector<Fact> older, std::string_view after,
              std::vector<Fact> newer, const stet::FactSpec& spec = {}) {
  Paired p{{}, std::move(older), std::move(newer)};
  const auto b = pointers(p.older), a = pointers(p.newer);
  static_cast<stet::FactPairs&>(p) = stet::pair_facts(stet::Comparison(before, after), b, a, spec);
  return p;
}

Counts counts(const stet::FactPairs& p) {
  return {p.pairs.size(), p.only_before.size(), p.only_after.size()};
}

}  // namespace

TEST_CASE("every fact is in one pair or left over, and in no second pair") {
  const std::string before = "One boat came, two boats left.",
                    after = "One boat came, three boats left then.";
  const auto p = paired(before, {fact(before, "One boat"), fact(before, "two boats"), fact(before, "came")},
                        after, {fact(after, "One boat"), fact(after, "three boats"), fact(after, "then")});
  CHECK(counts(p) == Counts{2, 1, 1});
  CHECK(p.before[p.only_before[0]].fact->range == Range{9, 13});
}

TEST_CASE("a fact that was cut to a part of itself, or grew, is the same fact") {
  const std::string before =
      "She said: “The weir will hold for as long as anybody keeps an eye on its old oak gate.”";
  const std::string after = "She said: “The weir will hold.”";
  CHECK(counts(paired(before, {fact(before, before.substr(10))}, after, {fact(after, after.substr(10))})) ==
        Counts{1, 0, 0});
  CHECK(counts(paired(after, {fact(after, after.substr(10))}, before, {fact(before, before.substr(10))})) ==
        Counts{1, 0, 0});
}

TEST_CASE("of several facts that share words, those that share most are paired") {
  const std::string before = "They saw the long grey barge there.",
                    after = "They saw the long green barge there.";
  const auto p = paired(before, {fact(before, "the long grey barge")}, after,
                        {fact(after, "They saw the long green"), fact(after, "the long green barge")});
  REQUIRE(counts(p) == Counts{1, 0, 1});
  CHECK(p.after[p.pairs[0].second].fact->range == fact(after, "the long green barge").range);
}

TEST_CASE("nested facts are paired with those of their own extent") {
  const std::string text = "It runs from 3 to 9 March, rain or not.";
  const std::vector<Fact> facts{fact(text, "from 3 to 9 March"), fact(text, "3 to 9 March"),
                                fact(text, "9 March")};
  const auto p = paired(text, facts, text, facts);
  REQUIRE(counts(p) == Counts{3, 0, 0});
  for (const auto& [b, a] : p.pairs) CHECK(p.before[b].range == p.after[a].range);
}

TEST_CASE("of facts on one range, those with equal fields are paired") {
  const std::string text = "On Monday then.";
  std::vector<Fact> older, newer;
  for (int i = 0; i < 5; ++i) older.push_back(fact(text, "Monday", {{"n", i}}));
  for (int i = 4; i >= 0; --i) newer.push_back(fact(text, "Monday", {{"n", i}}));
  for (const auto& p = paired(text, older, text, newer); const auto& [b, a] : p.pairs)
    CHECK(p.before[b].fact->fields == p.after[a].fact->fields);
}

TEST_CASE("ten thousand facts on one long range all find partners") {
  std::string text;
  for (int i = 0; i < 500; ++i) text += "It opens then. ";
  const std::vector<Fact> facts(10000, Fact{"p", "k", {0, uint32_t(text.size())}, nlohmann::json::object()});
  CHECK(counts(paired(text, facts, text, facts)) == Counts{10000, 0, 0});
}

TEST_CASE("words in another order are one fact only near where it stood") {
  const std::string older = "boats and nets and sails and oars", newer = "oars and sails and nets and boats";
  const std::string before = "He sold “" + older + "” there.", after = "He sold “" + newer + "” there.";
  CHECK(counts(paired(before, {fact(before, older)}, after, {fact(after, newer)})) == Counts{1, 0, 0});
  std::string between;
  for (int i = 0; i < 300; ++i) between += "Line " + std::to_string(i) + " stands.\n";
  const std::string top = before + "\n" + between, bottom = between + after + "\n";
  CHECK(counts(paired(top, {fact(top, older)}, bottom, {fact(bottom, newer)})) == Counts{0, 1, 1});
}

TEST_CASE("facts that share fewer than six words in ten are two facts, however near") {
  const std::string before = "He said: “Boats lie low under old bridges.”",
                    after = "He said: “Nobody rows under old oaks now, ever.”";
  CHECK(counts(paired(before, {fact(before, "Boats lie low under old bridges")}, after,
                      {fact(after, "Nobody rows under old oaks now, ever")})) == Counts{0, 1, 1});
}

TEST_CASE("an identity field that is missing on both sides is shared, on one side it is not") {
  stet::FactSpec spec;
  spec.identity = {"type"};
  const std::string text = "On Monday then.";
  const auto bare = fact(text, "Monday"), null = fact(text, "Monday", {{"type", nullptr}}),
             typed = fact(text, "Monday", {{"type", "DATE"}});
  CHECK(counts(paired(text, {bare}, text, {null}, spec)) == Counts{1, 0, 0});
  CHECK(counts(paired(text, {bare}, text, {typed}, spec)) == Counts{0, 1, 1});
}

TEST_CASE("facts without words are paired by their identity") {
  stet::FactSpec spec;
  spec.identity = {"name"};
  const std::string text = "Rain fell.";
  const Fact a{"p", "k", {0, 0}, {{"name", "Alder Press"}}}, b{"p", "k", {0, 0}, {{"name", "Birch Post"}}};
  const auto p = paired(text, {a, b}, "Snow fell.", {b, a}, spec);
  REQUIRE(counts(p) == Counts{2, 0, 0});
  for (const auto& [i, j] : p.pairs) CHECK(p.before[i].fact->fields == p.after[j].fact->fields);
}
