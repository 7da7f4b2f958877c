// What is seen of an article at one time is told apart by its order.
#include <catch2/catch.hpp>
#include <map>

#include "import_samples.hpp"

using namespace stet;
using testing::articles_tree;
using testing::documents;
using testing::ImportDesk;
using testing::Row;
using testing::story;
namespace fs = std::filesystem;

namespace {

using Rows = std::vector<Row>;

// Every list of up to `most` rows of `texts` texts at two times, by the article that it is of: "1a-1b-2a". A
// text that is new in its list is the next letter: two lists that only call their texts otherwise are one.
std::map<std::string, Rows> all_lists(int most, int texts) {
  std::map<std::string, Rows> all;
  std::vector<std::pair<std::string, Rows>> longest{{"", {}}};
  for (int length = 1; length <= most; ++length) {
    std::vector<std::pair<std::string, Rows>> longer;
    for (const auto& [name, rows] : longest)
      for (int time = rows.empty() ? 1 : rows.back().observed; time <= 2; ++time)
        for (char text = 'a'; text < 'a' + texts; ++text) {
          auto& [next_name, next] = longer.emplace_back(name, rows);
          next_name += (name.empty() ? "" : "-") + std::to_string(time) + text;
          next.push_back({"", time, story({text})});
          if (name.find(text) == name.npos) break;
        }
    for (auto& [name, rows] : longer) {
      for (auto& row : rows) row.article = name;
      all.emplace(name, rows);
    }
    longest = std::move(longer);
  }
  return all;
}

// The first `most` rows of each list. `in_turn`: the first ones of all articles before all second ones.
Rows joined(const std::map<std::string, Rows>& lists, size_t most, bool in_turn) {
  Rows all;
  if (!in_turn)
    for (const auto& [name, rows] : lists)
      all.insert(all.end(), rows.begin(), rows.begin() + static_cast<long>(std::min(most, rows.size())));
  for (size_t i = 0; in_turn && i < most; ++i)
    for (const auto& [name, rows] : lists)
      if (i < rows.size()) all.push_back(rows[i]);
  return all;
}

// Equal rows that follow each other are one revision.
std::vector<std::string> runs(const Rows& rows) {
  std::vector<std::string> texts;
  for (const auto& row : rows)
    if (texts.empty() || texts.back() != row.text) texts.push_back(row.text);
  return texts;
}

}  // namespace

TEST_CASE(
    "of every list of observations the runs are recorded, once, and the newest text is the last row's") {
  const auto lists = all_lists(5, 3);
  CHECK(lists.size() == 344);
  const bool in_turn = GENERATE(false, true);
  const size_t batch = in_turn ? 1000 : 7;
  ImportDesk desk;
  REQUIRE(desk.import(joined(lists, 5, in_turn), batch).counts.faults == 0);
  const auto ledger = Ledger::open(desk.folder);
  for (const auto& [name, rows] : lists) {
    INFO(name);
    REQUIRE(documents(ledger, name) == runs(rows));
  }
  const auto again = desk.import(joined(lists, 5, !in_turn), batch);
  CHECK(again.counts.recorded == 0);
  CHECK(again.counts.faults == 0);
}

TEST_CASE("a list whose beginning is recorded goes on to the same ledger, wherever it was cut") {
  const auto lists = all_lists(5, 2);
  CHECK(lists.size() == 160);
  ImportDesk whole;
  whole.import(joined(lists, 5, true));
  for (size_t most = 1; most < 5; ++most) {
    const auto folder = whole.scratch / std::to_string(most);
    whole.make(folder);
    const auto into = [&](size_t rows) {
      auto ledger = Ledger::open(folder);
      testing::RowSource source(joined(lists, rows, true));
      return import_all(source, ledger, whole.setup());
    };
    CHECK(into(most).counts.faults == 0);
    CHECK(into(5).counts.faults == 0);
    INFO("the first " << most);
    CHECK(articles_tree(folder) == articles_tree(whole.folder));
  }
}

TEST_CASE("what was seen at the very time of a change, before it, is known") {
  ImportDesk desk;
  const Rows rows{{"a", 1, story("A")}, {"a", 2, story("A")}, {"a", 2, story("B")}};
  CHECK(desk.import(rows).counts.recorded == 2);
  const auto again = desk.import(rows);
  CHECK(again.counts.recorded == 0);
  CHECK(again.counts.known == 3);
  CHECK(again.counts.faults == 0);
}

TEST_CASE("a list that begins later, or has rows at times between, is the same history") {
  ImportDesk desk;
  desk.import({{"a", 1, story("A")}, {"a", 3, story("B")}, {"a", 3, story("A")}, {"a", 5, story("C")}});
  const auto other = GENERATE(values<Rows>({
      {{"a", 3, story("B")}, {"a", 3, story("A")}, {"a", 4, story("A")}, {"a", 5, story("C")}},
      {{"a", 1, story("A")},
       {"a", 2, story("A")},
       {"a", 3, story("A")},
       {"a", 3, story("B")},
       {"a", 3, story("A")},
       {"a", 5, story("A")},
       {"a", 5, story("C")},
       {"a", 6, story("C")}},
      {{"a", 4, story("A")}, {"a", 7, story("C")}},
  }));
  const auto result = desk.import(other);
  CHECK(result.counts.recorded == 0);
  CHECK(result.counts.known == other.size());
  CHECK(result.counts.faults == 0);
}

TEST_CASE("where a source is in an article outlives what is kept of the article") {
  // Between the rows of one article come more others than are kept.
  Rows rows{{"z", 1, story("A")}, {"z", 1, story("B")}};
  for (int n = 0; n < 1600; ++n) rows.push_back({"a" + std::to_string(n), 1, story("A")});
  rows.push_back({"z", 1, story("A")});
  ImportDesk desk;
  desk.import(rows, 100);
  const std::vector<std::string> all{story("A"), story("B"), story("A")};
  CHECK(documents(Ledger::open(desk.folder), "z") == all);
  CHECK(desk.import(rows, 100).counts.recorded == 0);
}

TEST_CASE("a text that comes back at one time comes back too where another process wrote meanwhile") {
  ImportDesk desk;
  auto ledger = Ledger::open(desk.folder), other = Ledger::open(desk.folder);
  Run run({});
  auto setup = desk.setup();
  setup.batch_revisions = 1;
  bool done = false;
  setup.progress = [&](const ImportCounts& counts) {
    if (counts.recorded < 2 || std::exchange(done, true)) return;
    record(other, {desk.key, &desk.log_key}, run, read_document("a.txt", story("X"), Format::text),
           {"a", desk.scratch.path(), format_timestamp(testing::day(1)), {}});
  };
  testing::RowSource source({{"a", 1, story("A")}, {"a", 1, story("B")}, {"a", 1, story("A")}});
  CHECK(import_all(source, ledger, setup).counts.recorded == 3);
  CHECK(documents(ledger, "a") == std::vector<std::string>{story("A"), story("B"), story("X"), story("A")});
}
