#include "changes.hpp"

#include <chrono>
#include <random>

#include "changes_samples.hpp"
#include "sandbox.hpp"

using namespace stet::samples;
using nlohmann::json;
using stet::Change;
using stet::Fact;
using stet::Severity;

TEST_CASE("identical texts have no changes, whatever their facts") {
  const std::string text = "“We go,” she said. “We go,” he said.";
  auto facts = quotations(text);
  facts.push_back(facts[0]);
  facts.push_back({plugin, "quote", {0, uint32_t(text.size())}, json::object()});
  facts.push_back({plugin, "quote", {4, 4}, json::object()});
  CHECK(compared(text, facts, text, facts).empty());
}

// ---- the form of changes ----

TEST_CASE("facts come first, most severe first, then in text order; text follows in text order") {
  const std::string before =
      "Rain fell. “We saw nothing of it,” said A. “We had good luck,” said B. It was old.";
  const std::string after =
      "Snow fell. “We had great luck,” said B. “Nobody told us then,” said C. It was new.";
  const auto changes = compared(before, after);
  Lines order;
  for (const auto& c : changes) order.push_back(c.change);
  REQUIRE(order.size() > 4);
  CHECK(Lines(order.begin(), order.begin() + 3) == Lines{"quote-altered", "quote-removed", "quote-added"});
  uint32_t place = 0;
  for (size_t i = 3; i < changes.size(); ++i) {
    CHECK(changes[i].plugin.empty());
    if (!changes[i].after) continue;
    CHECK(changes[i].after->begin >= place);
    place = changes[i].after->begin;
  }
}

TEST_CASE("a change of one plugin's fact stands before a milder one of another's") {
  const std::string before = "It opens on Tuesday at noon.",
                    after = "It opens on Friday at noon. “So be it, then,” said A.";
  auto newer = quotations(after);
  newer.push_back(date(after, "Friday", "2031-03-07"));
  const auto changes = of_facts(compared(before, {date(before, "Tuesday", "2031-03-04")}, after, newer));
  REQUIRE(changes.size() == 2);
  CHECK(changes[0].change == "date-changed");
  CHECK(changes[1].change == "quote-added");
}

TEST_CASE("a change survives its JSON form") {
  const std::string before = "“We made good speed,” said Ann. Old.",
                    after = "“We made great speed,” said Ann. Rain fell.";
  const auto changes = compared(before, after);
  REQUIRE(changes.size() >= 2);
  for (const auto& change : changes) {
    const auto form = stet::to_json(change);
    CHECK(form.contains("plugin") == !change.plugin.empty());
    CHECK(form.contains("before") == change.before.has_value());
    const auto back = stet::change_from_json(form);
    CHECK(stet::to_json(back) == form);
    CHECK(back.after == change.after);
    CHECK(back.severity == change.severity);
  }
}

TEST_CASE("JSON that is no change is refused") {
  const json good{{"change", "text-added"},
                  {"kind", "text"},
                  {"severity", "note"},
                  {"message", "m"},
                  {"evidence", json::object()}};
  CHECK_NOTHROW(stet::change_from_json(good));
  for (const char* key : {"change", "kind", "severity", "message"}) {
    auto bad = good;
    bad.erase(key);
    CHECK_THROWS(stet::change_from_json(bad));
  }
  const std::pair<const char*, json> faults[] = {
      {"severity", "fatal"}, {"severity", 3},           {"before", {1}},      {"before", {1, -2}},
      {"after", {0.5, 2}},   {"after", "0-2"},          {"evidence", {1, 2}}, {"message", 1},
      {"plugin", 7},         {"after", {1, 5000000000}}};
  for (const auto& [key, value] : faults) {
    auto bad = good;
    bad[key] = value;
    CAPTURE(key, value);
    CHECK_THROWS(stet::change_from_json(bad));
  }
  CHECK_THROWS(stet::change_from_json(json::array()));
}

// ---- hostile facts ----

TEST_CASE("facts with odd ranges are compared without harm") {
  const std::string before = "“We go,” she said. 漢字 🙂.",
                    after = "“We ran,” she said. 漢 🙂.";
  const auto end = uint32_t(before.size());
  std::vector<Fact> odd;
  for (const stet::Range r : {stet::Range{0, 0},
                              {0, end},
                              {0, end},
                              {end, end},
                              {5, 2},
                              {0, 4000000000u},
                              {4000000000u, 4100000000u},
                              {0, 11},
                              {3, 8},
                              {3, 8}})
    odd.push_back({plugin, "quote", r, json::object()});
  for (const auto& [older, newer] : {std::pair{odd, odd}, {odd, {}}, {{}, odd}})
    for (const auto& change : compared(before, older, after, newer)) {
      CHECK((change.before || change.after));
      CHECK_FALSE(change.message.empty());
      CHECK_NOTHROW(stet::to_json(change).dump());
    }
  CHECK(compared("", {odd[0]}, "", {odd[0]}).empty());
}

TEST_CASE("the same input gives the same changes, and no change against itself") {
  const std::vector<std::string> pieces{"a ", "the ", "“",  "”",    ". ",
                                        "\n", "é",    "漢", "3.5 ", "We row there now and then. "};
  std::mt19937 random(31);
  const auto pick = [&](size_t n) { return random() % n; };
  for (int round = 0; round < 500; ++round) {
    std::string before, after;
    for (size_t i = pick(20); i > 0; --i) before += pieces[pick(pieces.size())];
    after = before;
    for (size_t i = pick(3); i > 0; --i) after += pieces[pick(pieces.size())];
    after = pieces[pick(pieces.size())] + after;
    Lines first, second;
    for (const auto& c : compared(before, after)) first.push_back(stet::to_json(c).dump());
    for (const auto& c : compared(before, after)) second.push_back(stet::to_json(c).dump());
    REQUIRE(first == second);
    REQUIRE(compared(before, before).empty());
  }
}

TEST_CASE("very many nested facts are compared in time that does not explode") {
  // Sanitizers see a quarter of them.
  constexpr uint32_t facts = stet::sandbox::built_with_sanitizers() ? 1250 : 5000;
  std::string before, after;
  for (int i = 0; i < 8000; ++i) {
    before += "word" + std::to_string(i % 97) + (i % 9 ? " " : ". ");
    after += "word" + std::to_string(i % 89 == 5 ? 3 : i % 97) + (i % 9 ? " " : ". ");
  }
  std::vector<Fact> older, newer;
  for (uint32_t i = 0; i < facts; ++i) {
    older.push_back({plugin, "quote", {i, uint32_t(before.size()) - i}, json::object()});
    newer.push_back({plugin, "quote", {i + 1, uint32_t(after.size()) - i}, json::object()});
  }
  const auto start = std::chrono::steady_clock::now();
  const auto changes = of_facts(compared(before, older, after, newer));
  // What is guarded against took minutes; sanitizers and busy machines take their share.
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(30));
  CHECK(changes.size() >= facts / 5 * 4);
  // The first ones are compared word by word, in several places each; then it is all or nothing.
  const auto detailed = std::count_if(changes.begin(), changes.end(),
                                      [](const Change& c) { return c.evidence.contains("edits"); });
  CHECK(detailed > 0);
  CHECK(detailed < 100);
}
