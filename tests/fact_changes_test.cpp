#include "fact_changes.hpp"

#include "changes_samples.hpp"

using namespace stet::samples;
using nlohmann::json;
using stet::Change;
using stet::Fact;
using stet::Severity;

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
