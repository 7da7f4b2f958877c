#include "changes.hpp"

#include <algorithm>
#include <chrono>
#include <random>

#include <catch2/catch.hpp>


using nlohmann::json;
using stet::Change;
using stet::Fact;
using stet::Severity;

namespace {

const std::string plugin = "org.example.quotes";

stet::Manifest quotes() {
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

stet::Manifest dates() {
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

json speaker(const char* name) {
  return {{"speaker", {{"name", name}}}};
}

// The n-th place of `words` as a fact; fails when there is none.
Fact fact(std::string_view text, std::string_view words, json fields = json::object(), size_t nth = 0,
          const char* kind = "quote", const std::string& of = plugin) {
  size_t at = text.find(words);
  for (; nth > 0 && at != text.npos; --nth) at = text.find(words, at + 1);
  REQUIRE(at != text.npos);
  return {of, kind, {uint32_t(at), uint32_t(at + words.size())}, std::move(fields)};
}

Fact date(std::string_view text, std::string_view words, const char* value, size_t nth = 0) {
  return fact(text, words, {{"type", "DATE"}, {"value", value}}, nth, "date", "org.example.dates");
}

// Everything between “ and ” is a quotation by nobody.
std::vector<Fact> quotations(std::string_view text) {
  std::vector<Fact> facts;
  for (size_t at = 0; (at = text.find("“", at)) != text.npos;) {
    const size_t end = text.find("”", at);
    if (end == text.npos) break;
    facts.push_back({plugin, "quote", {uint32_t(at), uint32_t(end + 3)}, json::object()});
    at = end;
  }
  return facts;
}

std::vector<Change> compared(std::string_view before, const std::vector<Fact>& older, std::string_view after,
                             const std::vector<Fact>& newer) {
  static const auto q = quotes(), d = dates();
  const stet::Manifest* const manifests[] = {&q, &d};
  return stet::compare({before, older}, {after, newer}, manifests);
}

std::vector<Change> compared(std::string_view before, std::string_view after) {
  return compared(before, quotations(before), after, quotations(after));
}

std::vector<Change> of_facts(std::vector<Change> changes) {
  changes.erase(
      std::remove_if(changes.begin(), changes.end(), [](const Change& c) { return c.plugin.empty(); }),
      changes.end());
  return changes;
}

std::vector<std::string> messages(const std::vector<Change>& changes) {
  std::vector<std::string> out;
  for (const auto& c : changes) out.push_back(c.change + ": " + c.message);
  return out;
}

using Lines = std::vector<std::string>;

}  // namespace

// ---- quotations ----

TEST_CASE("one word altered in a quotation is named, with both words and the speaker") {
  const std::string before = "“We made good speed,” said Ann Lee.",
                    after = "“We made great speed,” said Ann Lee.";
  const auto changes = compared(before, {fact(before, "“We made good speed,”", speaker("Ann Lee"))}, after,
                                {fact(after, "“We made great speed,”", speaker("Ann Lee"))});
  REQUIRE(messages(changes) == Lines{"quote-altered: quotation by Ann Lee altered: \"good\" became \"great\"",
                                     "text-replaced: \"good\" became \"great\""});
  CHECK(changes[0].severity == Severity::error);
  CHECK(changes[0].evidence ==
        json{{"field", "text"}, {"before", "good"}, {"after", "great"}, {"subject", "Ann Lee"}});
  CHECK(changes[0].before == stet::Range{0, 25});
  CHECK(changes[0].after == stet::Range{0, 26});
  CHECK(changes[1].kind == "text");
  CHECK(changes[1].severity == Severity::note);
}

TEST_CASE("words put into a quotation or taken out of it are named alone") {
  CHECK(messages(of_facts(compared("“We will go home,” he said.", "“We will not go home,” he said."))) ==
        Lines{"quote-altered: quotation altered: \"not\" was added"});
  CHECK(messages(of_facts(compared("“We will not go home,” he said.", "“We will go home,” he said."))) ==
        Lines{"quote-altered: quotation altered: \"not\" was removed"});
}

TEST_CASE("several alterations of one quotation are one change that lists them") {
  const auto changes = of_facts(compared("“The old boats left the grey harbour before night came,” he said.",
                                         "“The new boats left the grey harbour before rain came,” he said."));
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].message == "quotation altered: \"old\" became \"new\"; \"night\" became \"rain\"");
  CHECK(changes[0].evidence["before"] == "old … night");
  CHECK(changes[0].evidence["edits"] ==
        json::array({json::array({"old", "new"}), json::array({"night", "rain"})}));
}

TEST_CASE("typography, edge punctuation and white space alter no quotation") {
  const std::string before = "She said “we don’t know”. Then  rain.";
  const std::string after = "She said \"we don't know.\" Then rain.";
  CHECK(of_facts(
            compared(before, {fact(before, "“we don’t know”")}, after, {fact(after, "\"we don't know.\"")}))
            .empty());
}

TEST_CASE("a changed speaker is named with the quotation") {
  const std::string before = "“We go now,” said Ann Lee.", after = "“We go now,” said Bo Lee.";
  const auto changes = of_facts(compared(before, {fact(before, "“We go now,”", speaker("Ann Lee"))}, after,
                                         {fact(after, "“We go now,”", speaker("Bo Lee"))}));
  REQUIRE(messages(changes) ==
          Lines{"attribution-changed: attribution changed: \"Ann Lee\" became \"Bo Lee\" for "
                "the quotation \"We go now\""});
  CHECK(changes[0].evidence ==
        json{{"field", "speaker.name"}, {"before", "Ann Lee"}, {"after", "Bo Lee"}, {"subject", "Bo Lee"}});
}

TEST_CASE("a speaker that went missing is a changed speaker, and null is missing") {
  const std::string text = "“We go now,” said Ann Lee.";
  const auto with = fact(text, "“We go now,”", speaker("Ann Lee"));
  const auto null = fact(text, "“We go now,”", {{"speaker", nullptr}});
  const auto bare = fact(text, "“We go now,”");
  const auto lost = compared(text, {with}, text, {null});
  REQUIRE(lost.size() == 1);
  CHECK(lost[0].message == "attribution changed: \"Ann Lee\" became nothing for the quotation \"We go now\"");
  CHECK_FALSE(lost[0].evidence.contains("after"));
  CHECK(compared(text, {bare}, text, {with}).size() == 1);
  CHECK(compared(text, {null}, text, {bare}).empty());
}

TEST_CASE("a name spelt with other typography is the same name") {
  const std::string text = "“We go now,” said Ann O’Dea.";
  CHECK(compared(text, {fact(text, "“We go now,”", speaker("Ann O’Dea"))}, text,
                 {fact(text, "“We go now,”", speaker("Ann O'Dea"))})
            .empty());
}

TEST_CASE("a quotation that came with its words is added, one that went is removed") {
  const auto added = of_facts(compared("Rain fell.", "Rain fell. “We saw nothing of it,” said a guard."));
  CHECK(messages(added) == Lines{"quote-added: quotation added: \"We saw nothing of it\""});
  CHECK_FALSE(added[0].before);
  const auto removed = of_facts(compared("Rain fell. “We saw nothing of it,” said a guard.", "Rain fell."));
  CHECK(messages(removed) == Lines{"quote-removed: quotation removed: \"We saw nothing of it\""});
  CHECK_FALSE(removed[0].after);
  CHECK(removed[0].evidence["before"] == "We saw nothing of it");
}

TEST_CASE("marks put around words that stood there, or taken away, are told from words that came or went") {
  CHECK(messages(of_facts(
            compared("He said that the plan failed badly.", "He said that “the plan failed” badly."))) ==
        Lines{"quote-marked: \"the plan failed\" now counts as quotation; the words stood there before"});
  CHECK(messages(of_facts(
            compared("He said that “the plan failed” badly.", "He said that the plan failed badly."))) ==
        Lines{"quote-unmarked: \"the plan failed\" no longer counts as quotation; the words still stand"});
}

TEST_CASE("a repaired orphan mark alters no quotation") {
  const auto changes = of_facts(compared("It must hold, the weir must stand.” Rain “fell” on.",
                                         "It must hold, “the weir must stand.” Rain “fell” on."));
  CHECK(messages(changes) ==
        Lines{"quote-marked: \"the weir must stand\" now counts as quotation; the words stood there before"});
}

TEST_CASE("a quotation that moved with its paragraph is neither removed nor added") {
  const std::string tail =
      "Rain fell on the old weir all day.\nBoats lay “low” there.\nNobody rowed that night.\n";
  const std::string quote = "“We shall keep our own counsel,” the miller said.\n";
  const auto changes = compared(quote + tail, tail + quote);
  CHECK(messages(changes) ==
        Lines{"text-moved: \"“We shall keep our own counsel,” the miller said.\" was moved"});
}

TEST_CASE("a quotation carried into a new sentence elsewhere is still the same") {
  const std::string before =
      "“We shall keep our counsel,” the miller said.\nRain fell all day on the town.\n";
  const std::string after =
      "Rain fell all day on the town.\nAsked again, he wrote: “We shall keep our counsel.”\n";
  CHECK(of_facts(compared(before, after)).empty());
}

TEST_CASE("a quotation cut in two, or joined, by its attribution is not altered") {
  const std::string one = "“We shall row there. Nobody will stop us now,” said Ann.";
  const std::string two = "“We shall row there,” said Ann. “Nobody will stop us now.”";
  CHECK(of_facts(compared(one, two)).empty());
  CHECK(of_facts(compared(two, one)).empty());
}

TEST_CASE("words lost when a quotation is cut in two are still named") {
  const auto changes =
      of_facts(compared("“We shall row there at dawn. Nobody will ever stop us now,” said Ann.",
                        "“We shall row there at dawn,” said Ann. “Nobody will stop us now.”"));
  CHECK_FALSE(changes.empty());
  CHECK(std::any_of(changes.begin(), changes.end(),
                    [](const Change& c) { return c.message.find("ever") != std::string::npos; }));
}

TEST_CASE("a quotation rewritten where it stood is altered, another in its place is not") {
  const auto rewritten =
      of_facts(compared("She said: “Our boats left harbour before the storm came.”",
                        "Harbour staff say “boats before the storm left our harbour”, all of them."));
  REQUIRE(rewritten.size() == 1);
  CHECK(rewritten[0].change == "quote-altered");
  const auto other = of_facts(compared("“Our boats left harbour before the storm,” she said.",
                                       "“Nobody knows who paid for it all,” a clerk wrote."));
  CHECK(messages(other) ==
        Lines{"quote-removed: quotation removed: \"Our boats left harbour before the storm\"",
              "quote-added: quotation added: \"Nobody knows who paid for it all\""});
}

TEST_CASE("equal quotations are paired in their order") {
  const std::string text = "“No,” said A. “No,” said B. “No,” said C.";
  std::vector<Fact> older, newer;
  for (size_t i = 0; i < 3; ++i) {
    older.push_back(fact(text, "“No,”", speaker(i == 1 ? "B" : "A"), i));
    newer.push_back(fact(text, "“No,”", speaker(i == 1 ? "Z" : "A"), i));
  }
  const auto changes = compared(text, older, text, newer);
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].before == older[1].range);
  CHECK(changes[0].after == older[1].range);
}

// ---- other facts ----

TEST_CASE("a date put in another's place is a changed date") {
  const std::string before = "It opens on Tuesday at noon.", after = "It opens on Friday at noon.";
  const auto changes = of_facts(compared(before, {date(before, "Tuesday", "2031-03-04")}, after,
                                         {date(after, "Friday", "2031-03-07")}));
  CHECK(messages(changes) ==
        Lines{"date-changed: date changed: \"2031-03-04\" became \"2031-03-07\" for the date "
              "\"Friday\""});
  CHECK_FALSE(changes[0].evidence.contains("subject"));
}

TEST_CASE("a value that changed behind the same words is a change without a change of text") {
  const std::string text = "It opens on Tuesday at noon.";
  CHECK(messages(compared(text, {date(text, "Tuesday", "2031-03-04")}, text,
                          {date(text, "Tuesday", "2031-03-11")})) ==
        Lines{"date-changed: date changed: \"2031-03-04\" became \"2031-03-11\" for the date \"Tuesday\""});
}

TEST_CASE("facts that differ in an identity field are never one fact") {
  const std::string text = "It opens on Tuesday at noon.";
  auto duration = date(text, "Tuesday", "P1D");
  duration.fields["type"] = "DURATION";
  const auto changes = compared(text, {date(text, "Tuesday", "2031-03-04")}, text, {duration});
  CHECK(std::none_of(changes.begin(), changes.end(),
                     [](const Change& c) { return c.change == "date-changed"; }));
}

TEST_CASE("a short word far away with another value is another fact") {
  const std::string before = "On Monday it rained hard in town.\nThe boats lay low all through the night.\n";
  const std::string after =
      "The boats lay low all through the night.\nNobody rowed out; the sale is on Monday then.\n";
  const auto changes = of_facts(
      compared(before, {date(before, "Monday", "2031-03-03")}, after, {date(after, "Monday", "2031-03-10")}));
  CHECK(messages(changes) ==
        Lines{"date-removed: date removed: \"Monday\"", "date-added: date added: \"Monday\""});
}

TEST_CASE("a rule that the manifest has not is not reported") {
  auto silent = quotes();
  silent.facts[0].added = silent.facts[0].removed = silent.facts[0].marked = silent.facts[0].unmarked =
      std::nullopt;
  const stet::Manifest* const manifests[] = {&silent};
  const std::string before = "“We saw nothing,” he said. It “fell” then.",
                    after = "It fell then. “Go on home,” she said.";
  const auto older = quotations(before), newer = quotations(after);
  CHECK(of_facts(stet::compare({before, older}, {after, newer}, manifests)).empty());
}

TEST_CASE("facts of a plugin or kind that no manifest declares are not compared") {
  const std::string before = "“We go.”", after = "“We ran.”";
  CHECK(of_facts(compared(before, {fact(before, "“We go.”", {}, 0, "shout")}, after, {})).empty());
  CHECK(of_facts(compared(before, {fact(before, "“We go.”", {}, 0, "quote", "org.example.other")}, after, {}))
            .empty());
  CHECK(stet::compare({before, {}}, {after, {}}, {}).size() == 1);
}

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
  std::string before, after;
  for (int i = 0; i < 8000; ++i) {
    before += "word" + std::to_string(i % 97) + (i % 9 ? " " : ". ");
    after += "word" + std::to_string(i % 89 == 5 ? 3 : i % 97) + (i % 9 ? " " : ". ");
  }
  std::vector<Fact> older, newer;
  for (uint32_t i = 0; i < 5000; ++i) {
    older.push_back({plugin, "quote", {i, uint32_t(before.size()) - i}, json::object()});
    newer.push_back({plugin, "quote", {i + 1, uint32_t(after.size()) - i}, json::object()});
  }
  const auto start = std::chrono::steady_clock::now();
  const auto changes = of_facts(compared(before, older, after, newer));
  // What is guarded against took minutes; sanitizers and busy machines take their share.
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(30));
  CHECK(changes.size() >= 4000);
}
