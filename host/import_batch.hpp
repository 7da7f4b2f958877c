// Documents of an import -> entries, many at a time.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_set>
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
  std::string why;                   // of a fault, until it was told
  std::optional<SourcePlace> place;  // of the source in its article, before this one
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
  explicit BatchMaker(const ImportSetup& setup, const std::filesystem::path& ledger);

  // Says which are known, by what is in the ledger and on the way there. What comes behind one of its article
  // that nothing is decided of yet stays open, as do all items of the articles `undecided`.
  void mark_known(std::span<ImportItem> items, const std::unordered_set<std::string>& undecided);
  // Reads the documents, says which are to be recorded and gives those to the plugins.
  void begin(std::span<ImportItem* const> items, uint64_t batch);
  // Waits for the plugins, compares, writes reports and signs them. What later ones of their articles need is
  // kept as long as they need it, and no longer: facts are most of the memory of a batch. One whose report
  // cannot be made is a fault, and those behind it follow the one before it. Gives the articles of such:
  // where more of them was begun since, begin_behind() is to be called.
  std::unordered_set<std::string> finish(std::span<ImportItem* const> items, uint64_t batch);
  // What these, which were begun and not finished, were to follow is gone.
  void begin_behind(std::span<ImportItem* const> items, uint64_t batch);
  // Something else was recorded of these: they are to be begun again.
  void begin_again(std::span<ImportItem* const> items, uint64_t batch);
  // Others have written to the ledger: what is kept of it is read anew. Not of what is on its way.
  void forget();
  // Batches up to this one are in the ledger.
  void written(uint64_t batch);

 private:
  // The articles that one thread looks after.
  struct Share {
    KnownArticles articles;
    // Revisions in the ledger that the next one comes after; each itself, while it is made.
    std::vector<std::pair<std::shared_ptr<KnownRevision>, Entry>> unread;
  };

  Share& share_of(const ImportItem& item);
  // Calls `work` for each item, those of a share in their order, the shares at the same time.
  void each_in_shares(std::span<ImportItem* const> items,
                      const std::function<void(Share&, ImportItem&)>& work);
  void read_documents(std::span<ImportItem* const> items) const;
  std::vector<ImportItem*> choose(std::span<ImportItem* const> items, uint64_t batch);
  void choose(Share& share, ImportItem& item, uint64_t batch, const std::string& recorded);
  bool may_look_alike(const ImportItem& item) const;
  // Throws when it is the first of its article, whose id looks like another's.
  void demand_distinct_look(const ImportItem& item);
  void read_newest(Share& share, const std::string& article, ArticleHistory& history);
  void read_predecessors();
  void tell_faults(std::span<ImportItem* const> items) const;
  void start_checks(std::span<ImportItem* const> items);
  void make_entries(std::span<ImportItem* const> items);
  std::vector<ImportItem*> behind_failed(std::span<ImportItem* const> items,
                                         std::unordered_set<std::string>& all_failed);

  const ImportSetup& setup_;
  std::string keyid_;
  std::vector<Run> runs_;
  std::vector<Share> shares_;
  std::optional<LookAlikes> looks_;  // of all articles, once an id is not ASCII throughout
};

}  // namespace stet
