// A source of documents that a test wrote, and a ledger to import them into.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "import.hpp"
#include "keyring.hpp"
#include "ledger_attacks.hpp"
#include "ledger_log.hpp"
#include "scratch.hpp"
#include "timestamp.hpp"
#include "verify.hpp"

namespace stet::testing {

// Seconds since 1970 of day 1, 2, ... of the samples, and the same as text.
inline int64_t day(int number) {
  return 1763900000 + 86400 * int64_t{number};
}

struct Row {
  std::string article;
  int observed;  // see day()
  std::string text;
};

inline std::string story(const std::string& text) {
  return "Talks resume\n\n“We made " + text + " progress,” Ana Ruiz said on Monday.\n";
}

class RowSource : public ImportSource {
 public:
  explicit RowSource(std::vector<Row> rows) : rows_(std::move(rows)) {}

  std::optional<Incoming> next(const Fault& fault) override {
    while (at_ < rows_.size()) {
      const auto& row = rows_[at_++];
      const std::string where = "row " + std::to_string(at_);
      if (row.text == "unreadable") {
        fault(where, "is no row");
        continue;
      }
      Incoming in;
      in.where = where;
      in.article = row.article;
      in.name = row.article + ".txt";
      in.bytes = row.text;
      in.observed = format_timestamp(day(row.observed));
      return in;
    }
    return std::nullopt;
  }
  Progress progress() const override { return {at_, rows_.size()}; }

 private:
  std::vector<Row> rows_;
  size_t at_ = 0;
};

// `articles` articles of `revisions` revisions each, all first ones before all second ones.
inline std::vector<Row> rounds(int articles, int revisions) {
  std::vector<Row> rows;
  for (int r = 1; r <= revisions; ++r)
    for (int a = 0; a < articles; ++a) rows.push_back({"a" + std::to_string(a), r, story(std::to_string(r))});
  return rows;
}

// What a ledger holds of an article, from its first revision to its newest.
inline std::vector<std::string> documents(const Ledger& ledger, const std::string& article) {
  std::vector<std::string> all;
  for (uint32_t n = 1; n <= ledger.revisions(article); ++n) all.push_back(ledger.read(article, n).document);
  return all;
}
inline std::vector<std::string> documents(const std::filesystem::path& ledger, const std::string& article) {
  return documents(Ledger::open(ledger), article);
}

inline int commits(const std::filesystem::path& ledger) {
  return std::stoi(git(ledger, "rev-list --count main"));
}

inline std::string articles_tree(const std::filesystem::path& ledger) {
  return git(ledger, "rev-parse main:articles");
}

inline bool holds(const std::filesystem::path& ledger) {
  return verify(Ledger::open(ledger)).holds();
}

// A ledger with a log. Two of the same keys that import the same at the same time hold the same objects.
struct ImportDesk {
  Scratch scratch;
  PrivateKey key = PrivateKey::generate(), log_key = PrivateKey::generate();
  std::filesystem::path folder = scratch / "L";
  std::vector<std::string> told;  // "where: why"

  ImportDesk() { make(folder); }

  void make(const std::filesystem::path& place) const {
    const std::string origin = "desk.example";
    const auto key_line = stet::vkey({origin, NoteKeyType::ed25519, log_key.public_key()});
    const auto about = R"({"format":1,"log":")" + key_line + R"(","origin":")" + origin + "\"}";
    Ledger::create(place,
                   first_files(origin, log_key, about, key_file(key.public_key(), format_timestamp(day(0)))),
                   day(0), commit_signer(key));
  }

  ImportSetup setup() {
    ImportSetup setup{Signers(key, &log_key), [] { return Run({}); }};
    setup.threads = 2;
    setup.clock = [] { return day(1000); };
    setup.tell = [this](const std::string& where, const std::string& why) {
      told.push_back(where + ": " + why);
    };
    return setup;
  }

  ImportResult import(std::vector<Row> rows, size_t batch = 1000) {
    auto ledger = Ledger::open(folder);
    auto with = setup();
    with.batch_revisions = batch;
    RowSource source(std::move(rows));
    return import_all(source, ledger, with);
  }
};

}  // namespace stet::testing
