// An import that is stopped, and begun again.
#include <catch2/catch.hpp>

#include <atomic>

#include "import_samples.hpp"

using namespace stet;
using testing::articles_tree;
using testing::commits;
using testing::documents;
using testing::holds;
using testing::ImportDesk;
using testing::rounds;
using testing::Row;
using testing::RowSource;

TEST_CASE("stopped at any batch, it is at a whole one, and goes on to the same ledger") {
  ImportDesk desk;
  const auto rows = rounds(4, 3);
  desk.import(rows, 2);
  const auto whole = articles_tree(desk.folder);
  for (int stop_after = 0; stop_after < 6; ++stop_after) {
    const auto folder = desk.scratch / ("L" + std::to_string(stop_after));
    desk.make(folder);
    auto ledger = Ledger::open(folder);
    std::atomic<bool> stop = false;
    auto setup = desk.setup();
    setup.batch_revisions = 2;
    setup.stop = &stop;
    setup.progress = [&](const ImportCounts& counts) { stop = counts.recorded >= 2u * stop_after; };
    RowSource source(rows);
    stop = stop_after == 0;
    const auto result = import_all(source, ledger, setup);
    CHECK(result.stopped);
    CHECK_FALSE(result.error);
    CHECK(result.counts.recorded % 2 == 0);
    CHECK(commits(folder) == 1 + static_cast<int>(result.counts.recorded) / 2);
    RowSource again(rows);
    setup.stop = nullptr;
    const auto rest = import_all(again, ledger, setup);
    CHECK(rest.counts.known == result.counts.recorded);
    CHECK(rest.counts.recorded == 12 - result.counts.recorded);
    CHECK(articles_tree(folder) == whole);
  }
}

TEST_CASE("what was given to the plugins when it is stopped is recorded, and nothing more is read") {
  ImportDesk desk;
  auto ledger = Ledger::open(desk.folder);
  std::atomic<bool> stop = false;
  auto setup = desk.setup();
  setup.batch_revisions = 64;  // what the reader hands over together
  setup.stop = &stop;
  size_t checked = 0;
  setup.checked = [&](const std::vector<PluginRun>&) { ++checked, stop = true; };
  auto rows = rounds(4, 500);
  // More than the 8 MiB that may wait to be looked at.
  for (auto& row : rows) row.text += std::string(10000, 'x');
  RowSource source(rows);
  const auto result = import_all(source, ledger, setup);
  CHECK(result.stopped);
  CHECK_FALSE(result.error);
  CHECK(checked == 2);  // one had been finished, the next one begun
  CHECK(result.counts.recorded == 64 * checked);
  CHECK(source.progress().done < 2000);
  CHECK(documents(desk.folder, "a0").size() == 16 * checked);
  CHECK(holds(desk.folder));
}

TEST_CASE("one that is stopped before its first batch is full gets on all the same") {
  ImportDesk desk;
  std::atomic<bool> stop = false;
  struct StoppedSource : RowSource {
    std::atomic<bool>& stop;
    StoppedSource(std::vector<Row> rows, std::atomic<bool>& stop) : RowSource(std::move(rows)), stop(stop) {}
    std::optional<Incoming> next(const Fault& fault) override {
      stop = stop || progress().done == 200;
      return RowSource::next(fault);
    }
  };
  auto setup = desk.setup();
  setup.stop = &stop;
  uint64_t recorded = 0;
  for (int again = 0; again < 2; ++again) {
    stop = false;
    auto ledger = Ledger::open(desk.folder);
    StoppedSource source(rounds(1, 5000), stop);
    const auto result = import_all(source, ledger, setup);
    CHECK(result.stopped);
    recorded += result.counts.recorded;
    CHECK(recorded >= 64);
  }
  CHECK(documents(desk.folder, "a0").size() == recorded);
}
