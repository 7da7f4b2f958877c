#include "import.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <thread>

#include "import_samples.hpp"

using namespace stet;
using Catch::Contains;
using testing::commits;
using testing::day;
using testing::documents;
using testing::git;
using testing::holds;
using testing::ImportDesk;
using testing::rounds;
using testing::Row;
using testing::RowSource;
using testing::story;
namespace fs = std::filesystem;

namespace {

ChosenPlugin chosen(const fs::path& file) {
  const auto image = std::make_shared<const PluginImage>(file);
  return {file, image->manifest().id, image->manifest().version, image, "", "", true};
}

Run quotes(bool in_process = false) {
  return Run({chosen(fs::path(STET_PLUGIN_DIR) / "quote_attribution.so")}, in_process);
}

}  // namespace

TEST_CASE("revisions are recorded in batches, each article's in their order, as one chain") {
  ImportDesk desk;
  const auto result = desk.import(rounds(7, 5), 4);
  CHECK(result.counts.recorded == 35);
  CHECK(result.counts.new_articles == 7);
  CHECK(result.counts.read.done == 35);
  CHECK_FALSE(result.error);
  CHECK(commits(desk.folder) == 1 + 9);
  for (int a = 0; a < 7; ++a)
    CHECK(documents(desk.folder, "a" + std::to_string(a)) ==
          std::vector<std::string>{story("1"), story("2"), story("3"), story("4"), story("5")});
  CHECK(holds(desk.folder));
  CHECK(git(desk.folder, "fsck --full --strict").empty());
}

TEST_CASE("a batch of one article alone is a chain too") {
  ImportDesk desk;
  CHECK(desk.import(rounds(1, 40), 100).counts.recorded == 40);
  CHECK(commits(desk.folder) == 2);
  CHECK(holds(desk.folder));
}

TEST_CASE("what is imported is what record() records") {
  ImportDesk imported, recorded;
  const auto rows = rounds(2, 3);
  auto setup = imported.setup();
  const bool in_process = GENERATE(false, true);
  setup.make_run = [=] { return quotes(in_process); };
  setup.runs = 2;
  auto ledger = Ledger::open(imported.folder);
  RowSource source(rows);
  const auto result = import_all(source, ledger, setup);
  CHECK(result.counts.recorded == 6);
  CHECK(result.counts.changes[3] == 4);  // each later revision alters the quotation

  auto other = Ledger::open(recorded.folder);
  Run run = quotes();
  for (const auto& row : rows)
    record(other, {recorded.key, &recorded.log_key}, run,
           read_document(row.article + ".txt", row.text, Format::text),
           {row.article, recorded.scratch.path(), format_timestamp(day(row.observed)), {}});
  for (int a = 0; a < 2; ++a)
    for (uint32_t n = 1; n <= 3; ++n) {
      const auto article = "a" + std::to_string(a);
      auto mine = stored_revision(ledger, article, n).report.report;
      auto theirs = stored_revision(other, article, n).report.report;
      CHECK(facts_of(mine.plugins).size() == 1);
      CHECK(mine.observed == theirs.observed);
      CHECK(mine.previous.has_value() == theirs.previous.has_value());
      REQUIRE(mine.changes.size() == theirs.changes.size());
      for (size_t i = 0; i < mine.changes.size(); ++i)
        CHECK(to_json(mine.changes[i]) == to_json(theirs.changes[i]));
      // The confinement apart, which a plugin in this process has not.
      for (size_t i = 0; i < mine.plugins.size(); ++i) {
        CHECK(mine.plugins[i].outcome.kind == theirs.plugins[i].outcome.kind);
        CHECK(mine.plugins[i].sha256 == theirs.plugins[i].sha256);
      }
    }
  CHECK(holds(imported.folder));
}

TEST_CASE("an import that is begun again records nothing, whatever the batches were") {
  ImportDesk desk;
  const auto rows = rounds(5, 4);
  desk.import(rows, 3);
  const auto head = git(desk.folder, "rev-parse main");
  const auto again = desk.import(rows, 7);
  CHECK(again.counts.recorded == 0);
  CHECK(again.counts.known == 20);
  CHECK(again.counts.faults == 0);
  CHECK(git(desk.folder, "rev-parse main") == head);
}

TEST_CASE("what comes back after something else is a revision, wherever batches end") {
  for (const size_t batch : {1, 2, 3, 100}) {
    ImportDesk desk;
    desk.import({{"a", 1, story("A")}});
    const auto result = desk.import(
        {{"a", 2, story("A")}, {"a", 3, story("B")}, {"a", 4, story("A")}, {"a", 5, story("A")}}, batch);
    CHECK(result.counts.recorded == 2);
    CHECK(result.counts.known == 2);
    CHECK(documents(desk.folder, "a") == std::vector<std::string>{story("A"), story("B"), story("A")});
  }
}

TEST_CASE("what was seen at a time is known already") {
  ImportDesk desk;
  desk.import({{"a", 10, story("A")}, {"a", 20, story("B")}, {"a", 30, story("A")}});
  struct Claim {
    const char* what;
    Row row;
    uint64_t recorded, known, faults;
  };
  const auto claim = GENERATE(values<Claim>({
      {"the same at the same time", {"a", 10, story("A")}, 0, 1, 0},
      {"it still said so before it changed", {"a", 15, story("A")}, 0, 1, 0},
      {"the middle one, at its time", {"a", 20, story("B")}, 0, 1, 0},
      {"the middle one, before the next", {"a", 29, story("B")}, 0, 1, 0},
      {"the newest, which goes back to the first", {"a", 30, story("A")}, 0, 1, 0},
      {"the newest, later", {"a", 40, story("A")}, 0, 1, 0},
      {"back to the middle one, later", {"a", 40, story("B")}, 1, 0, 0},
      {"another one at the time of the newest", {"a", 30, story("C")}, 1, 0, 0},
      {"a new one, later", {"a", 40, story("C")}, 1, 0, 0},
      {"the first while the middle one was there", {"a", 25, story("A")}, 0, 0, 1},
      {"the middle one before it was there", {"a", 15, story("B")}, 0, 0, 1},
      {"something else in between", {"a", 25, story("C")}, 0, 0, 1},
      {"before the first", {"a", 5, story("A")}, 0, 0, 1},
      {"another article", {"b", 5, story("A")}, 1, 0, 0},
  }));
  INFO(claim.what);
  const auto result = desk.import({claim.row});
  CHECK(result.counts.recorded == claim.recorded);
  CHECK(result.counts.known == claim.known);
  CHECK(result.counts.faults == claim.faults);
  if (claim.faults > 0)
    CHECK_THAT(desk.told.at(0), Contains("row 1: observed ") && Contains(" is before revision 3, observed "));
  CHECK(desk.import({claim.row}).counts.recorded == 0);
}

TEST_CASE("the same holds of revisions on their way, in one batch or in two") {
  ImportDesk desk;
  const std::vector<Row> rows{{"a", 10, story("A")}, {"a", 10, story("A")}, {"a", 20, story("B")},
                              {"a", 15, story("A")}, {"a", 30, story("A")}, {"a", 25, story("C")}};
  const size_t batch = GENERATE(1u, 2u, 3u, 100u);
  const auto result = desk.import(rows, batch);
  CHECK(result.counts.recorded == 3);
  CHECK(result.counts.known == 2);
  CHECK(result.counts.faults == 1);
  CHECK(documents(desk.folder, "a") == std::vector<std::string>{story("A"), story("B"), story("A")});
  CHECK(holds(desk.folder));
}

TEST_CASE("revisions seen at one moment are recorded once each") {
  ImportDesk desk;
  const std::vector<Row> rows{{"a", 10, story("A")}, {"a", 10, story("B")}, {"a", 10, story("C")}};
  CHECK(desk.import(rows).counts.recorded == 3);
  CHECK(desk.import(rows, 1).counts.known == 3);
}

TEST_CASE("a document that is none is told and counted, and the others are recorded") {
  ImportDesk desk;
  const auto result = desk.import({{"a", 1, story("A")},
                                   {"b", 1, "unreadable"},
                                   {"c", 1, std::string("one\0two", 7)},
                                   {"a/../b", 1, story("A")},
                                   {"A", 1, story("A")},
                                   {"d", 1, " \n"},
                                   {"a", 2, story("B")}},
                                  2);
  CHECK(result.counts.recorded == 2);
  CHECK(result.counts.faults == 5);
  CHECK_FALSE(result.error);
  std::sort(desk.told.begin(), desk.told.end());
  REQUIRE(desk.told.size() == 5);
  CHECK(desk.told[0] == "row 2: is no row");
  CHECK_THAT(desk.told[1], Contains("row 3: ") && Contains("byte 3"));
  CHECK(desk.told[2] == "row 4: \"a/../b\" is not an article's id");
  CHECK(desk.told[3] == "row 5: \"A\" is not an article's id");
  CHECK(Ledger::open(desk.folder).articles() == std::vector<std::string>{"a"});
}

TEST_CASE("a key that is not the ledger's imports nothing") {
  ImportDesk desk;
  auto ledger = Ledger::open(desk.folder);
  const auto other = PrivateKey::generate();
  ImportSetup setup{Signers(other, &desk.log_key), [] { return Run({}); }};
  RowSource source(rounds(1, 1));
  CHECK_THROWS_WITH(import_all(source, ledger, setup), Contains("is not one of this ledger's keys"));
  ImportSetup without{Signers(desk.key), [] { return Run({}); }};
  RowSource again(rounds(1, 1));
  CHECK_THAT(import_all(again, ledger, without).error.value(), Contains("the key of its log is needed"));
  CHECK(commits(desk.folder) == 1);
}

TEST_CASE("a plugin that crashes is counted and told, and its revision recorded") {
  ImportDesk desk;
  auto ledger = Ledger::open(desk.folder);
  auto setup = desk.setup();
  setup.make_run = [] { return Run({chosen(fs::path(STET_HOSTILE_DIR) / "segfault.so")}); };
  RowSource source(rounds(1, 2));
  const auto result = import_all(source, ledger, setup);
  CHECK(result.counts.recorded == 2);
  CHECK(result.counts.unchecked == 2);
  REQUIRE(desk.told.size() == 2);
  CHECK_THAT(desk.told[0], Contains("row 1: ") && Contains("did not check it: "));
}

TEST_CASE("articles that another process records meanwhile are made again, and the rest is not") {
  ImportDesk desk;
  auto ledger = Ledger::open(desk.folder), other = Ledger::open(desk.folder);
  Run run({});
  auto setup = desk.setup();
  setup.batch_revisions = 4;
  // Between two batches: revision 2 of a0 is the very document that is on its way, of a1 another one.
  bool done = false;
  setup.progress = [&](const ImportCounts& counts) {
    if (std::exchange(done, true) || counts.recorded == 0) return;
    for (const auto& [article, text] :
         {std::pair("a0", story("2")), std::pair("a1", story("something else"))})
      record(other, {desk.key, &desk.log_key}, run, read_document("a.txt", text, Format::text),
             {article, desk.scratch.path(), format_timestamp(day(2)), {}});
  };
  RowSource source(rounds(3, 4));
  const auto result = import_all(source, ledger, setup);
  CHECK_FALSE(result.error);
  CHECK(result.counts.recorded + result.counts.known == 12);
  CHECK(documents(desk.folder, "a0") ==
        std::vector<std::string>{story("1"), story("2"), story("3"), story("4")});
  CHECK(documents(desk.folder, "a2") ==
        std::vector<std::string>{story("1"), story("2"), story("3"), story("4")});
  const auto a1 = documents(desk.folder, "a1");
  CHECK(a1.size() == 5);
  CHECK(std::count(a1.begin(), a1.end(), story("something else")) == 1);
  CHECK(holds(desk.folder));
}

TEST_CASE("what is on its way is followed, though another process has recorded the very same before it") {
  ImportDesk desk;
  auto ledger = Ledger::open(desk.folder);
  auto setup = desk.setup();
  setup.batch_revisions = 1;
  const auto rows = rounds(1, 12);
  // The same first report, of the same moment: batches that were made to follow it hold, and those that are
  // made from then on have to follow them.
  setup.checked = [&, done = false](const std::vector<PluginRun>&) mutable {
    if (!std::exchange(done, true)) CHECK(desk.import({rows.front()}).counts.recorded == 1);
  };
  RowSource source(rows);
  const auto result = import_all(source, ledger, setup);
  CHECK(result.error.value_or("none") == "none");
  CHECK(result.counts.recorded == 11);
  CHECK(result.counts.known == 1);
  CHECK(documents(desk.folder, "a0").size() == 12);
  CHECK(holds(desk.folder));
}

TEST_CASE("several imports into one ledger at once, of the same articles and of others, all come through") {
  ImportDesk desk;
  std::vector<std::jthread> threads;
  std::array<ImportResult, 3> results;
  for (size_t n = 0; n < results.size(); ++n)
    threads.emplace_back([&, n] {
      auto ledger = Ledger::open(desk.folder);
      auto setup = desk.setup();
      setup.tell = {};
      setup.batch_revisions = 5;
      auto rows = rounds(6, 4);
      for (auto& row : rows) row.observed = 1;
      for (size_t i = 0; i < rows.size(); i += 2) rows[i].article += "-" + std::to_string(n);
      RowSource source(std::move(rows));
      results[n] = import_all(source, ledger, setup);
    });
  threads.clear();
  uint64_t recorded = 0;
  for (const auto& result : results) {
    CHECK(result.error.value_or("none") == "none");
    CHECK(result.counts.recorded + result.counts.known == 24);
    recorded += result.counts.recorded;
  }
  CHECK(recorded == 3 * 12 + 12);
  CHECK(holds(desk.folder));
}

TEST_CASE("what is on its way at a time does not grow with the source") {
  ImportDesk desk;
  auto ledger = Ledger::open(desk.folder);
  struct Endless : ImportSource {
    std::atomic<size_t> given = 0;
    size_t most = 0;
    std::optional<Incoming> next(const Fault&) override {
      if (given == most) return std::nullopt;
      ++given;
      Incoming in;
      in.where = in.article = "a" + std::to_string(given);
      in.name = "a.txt";
      in.bytes = std::string(10000, 'x');
      in.observed = "2025-11-24";
      return in;
    }
    Progress progress() const override { return {given, 0}; }
  } source;
  source.most = 2500;
  auto setup = desk.setup();
  setup.batch_revisions = 100;
  size_t furthest = 0;
  setup.progress = [&](const ImportCounts& counts) {
    furthest = std::max(furthest, source.given.load() - counts.recorded);
  };
  CHECK(import_all(source, ledger, setup).counts.recorded == 2500);
  // 8 MiB wait to be looked at, at 10 kB each, and a chunk is being filled; then four batches.
  CHECK(furthest <= 8 * 1024 * 1024 / 11000 + 2 * 64 + 4 * 100 + 64);
}

TEST_CASE("what was seen more than a day from now is a fault, and locks no article") {
  ImportDesk desk;  // whose clock stands at day 1000
  const auto result = desk.import({{"a", 999, story("A")}, {"a", 1002, story("B")}, {"a", 1001, story("C")}});
  CHECK(result.counts.recorded == 2);
  CHECK(result.counts.faults == 1);
  REQUIRE(desk.told.size() == 1);
  CHECK_THAT(desk.told[0], Contains("row 2: observed ") && Contains(" is more than a day ahead of "));
  CHECK(documents(desk.folder, "a") == std::vector<std::string>{story("A"), story("C")});
}
