// Documents of an import -> entries, many at a time.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "homoglyph.hpp"
#include "import.hpp"
#include "import_history.hpp"
#include "new_revision.hpp"

namespace stet {

// What plugins and comparing said of one revision, by severity.
struct ImportTally {
  std::array<uint64_t, 4> findings{}, changes{};
  std::vector<std::string> unchecked;  // "org.example.check did not check it: reason"
};

// A document of an import, and what becomes of it.
struct ImportItem {
  enum class State { open, recorded, known, fault };

  Incoming incoming;
  ObjectId id{};         // git's, of the bytes
  int64_t observed = 0;  // seconds since 1970
  ImportSource::Progress read;
  State state = State::open;
  // When it is to be recorded:
  std::shared_ptr<const Document> document;
  std::shared_ptr<const KnownRevision> before;  // null for a first revision
  std::shared_ptr<KnownRevision> revision;      // itself, while it is made
  DocumentDigests digests;
  Report report;
  Run::Pending answers;
  MadeEntry made;
  ImportTally tally;
  std::optional<ObjectId> report_before;  // git's id of the report that its own names
};

// Makes entries of items in two steps, so that the plugins can be at the next batch while this one's reports
// are written. Items of one article come in their order. One thread at a time.
class BatchMaker {
 public:
  // `reading`: the ledger, for this thread's own use.
  BatchMaker(const ImportSetup& setup, const Ledger& reading);

  // Whether it is known, by what is in the ledger and on the way there.
  bool is_known(const ImportItem& item);
  // Reads the documents, says which are to be recorded and gives those to the plugins.
  void begin(std::span<ImportItem* const> items, uint64_t batch);
  // Waits for the plugins, compares, writes reports and signs them. What later ones of their articles need is
  // kept as long as they need it, and no longer: facts are most of the memory of a batch.
  void finish(std::span<ImportItem* const> items);
  // Something else was recorded of these: they are to be begun again.
  void begin_again(std::span<ImportItem* const> items, uint64_t batch);
  // Others have written to the ledger: what is kept of it is read anew. Not of what is on its way.
  void forget();
  // Batches up to this one are in the ledger: what was kept of their articles may go.
  void written(uint64_t batch) { written_ = batch; }

 private:
  struct Kept {
    ArticleHistory history;
    uint64_t batch = 0;  // that added to it last
  };

  // A revision that is in the ledger and that the next one comes after.
  struct Unread {
    std::shared_ptr<KnownRevision> revision;  // itself, while it is made
    Entry entry;
  };

  Kept& kept(const std::string& article);
  void fault(ImportItem& item, const std::string& why) const;
  void read_documents(std::span<ImportItem* const> items) const;
  std::vector<ImportItem*> choose(std::span<ImportItem* const> items, uint64_t batch);
  bool choose(ImportItem& item, uint64_t batch, const std::string& recorded);
  // Whether it is the first of its article, whose id looks like another's.
  bool is_look_alike(ImportItem& item);
  void read_newest(const std::string& article, ArticleHistory& history);
  void read_predecessors();
  void start_checks(std::span<ImportItem* const> items);

  const ImportSetup& setup_;
  const Ledger& ledger_;
  std::string keyid_;
  std::vector<Run> runs_;
  std::unordered_map<std::string, Kept> articles_;
  uint64_t written_ = 0;
  std::optional<LookAlikes> looks_;  // of all articles, once an id is not ASCII throughout
  std::vector<Unread> unread_;
};

}  // namespace stet
