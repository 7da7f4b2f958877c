// An import in which a revision's report would be longer than any that is read.
#include <catch2/catch.hpp>

#include "import_samples.hpp"
#include "sandbox.hpp"

using namespace stet;
using Catch::Contains;
using testing::documents;
using testing::holds;
using testing::ImportDesk;
using testing::Row;
using testing::RowSource;
using testing::story;

namespace {

// Rows of the text `endless` have a title that alone is longer than a report may be.
class TitledSource : public RowSource {
 public:
  using RowSource::RowSource;
  std::optional<Incoming> next(const Fault& fault) override {
    auto in = RowSource::next(fault);
    if (in && in->bytes == endless()) in->title = std::string(max_report_bytes, 'x');
    return in;
  }
  static std::string endless() { return story("endless"); }
};

ImportResult import_titled(ImportDesk& desk, const std::vector<Row>& rows, size_t batch) {
  auto ledger = Ledger::open(desk.folder);
  auto setup = desk.setup();
  setup.batch_revisions = batch;
  TitledSource source(rows);
  return import_all(source, ledger, setup);
}

const std::string endless = TitledSource::endless();

}  // namespace

TEST_CASE("a report that would be too long is its row's fault, and the other rows are recorded") {
  ImportDesk desk;
  const auto result = import_titled(
      desk, {{"a", 1, story("A")}, {"b", 1, endless}, {"a", 3, story("B")}, {"c", 1, story("C")}}, 100);
  CHECK_FALSE(result.error);
  CHECK(result.counts.recorded == 3);
  CHECK(result.counts.faults == 1);
  REQUIRE(desk.told.size() == 1);
  CHECK_THAT(desk.told[0], Catch::StartsWith("row 2: the report of it would have 16") &&
                               Contains(" bytes, and at most 16777216 are read"));
  CHECK(documents(desk.folder, "a") == std::vector{story("A"), story("B")});
  CHECK(Ledger::open(desk.folder).articles() == std::vector<std::string>{"a", "c"});
  CHECK(holds(desk.folder));
}

TEST_CASE("what comes behind a row whose report is too long is judged as if that row were not there") {
  ImportDesk desk, without;
  std::vector<Row> rows{{"a", 1, story("A")}, {"a", 2, endless},    {"a", 3, story("A")},
                        {"a", 4, story("B")}, {"b", 1, story("A")}, {"a", 5, story("A")},
                        {"a", 5, endless},    {"a", 5, story("A")}, {"a", 5, story("B")},
                        {"a", 6, story("C")}, {"b", 2, story("B")}};
  const auto batch = GENERATE(3u, 1u, 100u);
  if (sandbox::built_with_sanitizers() && batch != 3) return;  // 16 MiB are much, there
  INFO("batches of " << batch);
  const auto result = import_titled(desk, rows, batch);
  CHECK_FALSE(result.error);
  CHECK(result.counts.faults == 2);
  std::erase_if(rows, [](const Row& row) { return row.text == endless; });
  const auto expected = without.import(rows, batch);
  CHECK(result.counts.recorded == expected.counts.recorded);
  CHECK(result.counts.known == expected.counts.known);
  CHECK(documents(desk.folder, "a") == documents(without.folder, "a"));
  CHECK(documents(desk.folder, "b").size() == 2);
  CHECK(holds(desk.folder));
  CHECK(desk.import(rows, batch).counts.recorded == 0);
}
