// What an import knows of articles while it goes on: their revisions in the ledger, and those on the way
// there.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger.hpp"
#include "new_revision.hpp"

namespace stet {

// A revision that later ones of an import come after, and git's id of its report.
struct KnownRevision : Predecessor {
  ObjectId report_id{};
};

// What was seen of an article at a time is either known, or the next revision, or too late: something else,
// seen later, is recorded already.
enum class Standing { known, next, late };

// Where in an article's history its source is: the revision that what came last from it is, or was recorded
// as. Of what was seen at one time the order is all that tells a text that came back from one that came
// twice.
struct SourcePlace {
  int64_t time = 0;  // of what came last
  size_t index = 0;  // of that revision; the first is 0
};

// The revisions of one article, by what git calls their documents.
class ArticleHistory {
 public:
  ArticleHistory(const Ledger& ledger, std::string article);

  // Of the source's next document, with this id in git, seen at this time (seconds since 1970). It is known
  // when these bytes are those of the last revision that was seen before, or of one that was seen at that
  // very time, and in the latter case the revision does not stand before the one that the source is at. What
  // is known moves the source on. Reads no more of the ledger than the times of a few revisions.
  Standing judge(const ObjectId& document, int64_t observed);
  // Where the source is; nothing before its first document.
  const std::optional<SourcePlace>& place() const { return place_; }
  void go_on_from(const std::optional<SourcePlace>& place) { place_ = place; }

  uint32_t newest() const { return static_cast<uint32_t>(revisions_.size()); }
  // "observed T is before revision N, observed T"; of a document that comes late.
  std::string why_late(const std::string& observed);

  // A revision is on its way to the ledger, as the next one. What is not said of it here is filled in later.
  void add(const ObjectId& document, int64_t observed, std::shared_ptr<const KnownRevision> revision);
  // The revision with this number was added, and does not get to the ledger, nor do those behind it: the
  // newest is `before` again, and the source where it was.
  void take_back(uint32_t number, std::shared_ptr<const KnownRevision> before,
                 const std::optional<SourcePlace>& place);
  // The newest, as it was added or kept here; null when it is in the ledger, or there is none.
  const std::shared_ptr<const KnownRevision>& kept() const { return kept_; }
  void keep(std::shared_ptr<const KnownRevision> newest) { kept_ = std::move(newest); }
  // What the ledger has of the newest; there is one, and it is not on its way.
  const StoredIds& newest_ids() const { return revisions_.back().ids; }
  // The same, read, without its signatures. Throws std::runtime_error naming the path of what is damaged.
  Entry newest_entry();

 private:
  struct Revision {
    StoredIds ids;
    ObjectId document{};              // also of one that was redacted
    std::optional<int64_t> observed;  // once it was read, or where it was added
  };
  std::string stored(const std::optional<ObjectId>& id, size_t index, std::string_view suffix) const;
  int64_t observed(size_t index);
  std::optional<size_t> first_match(const ObjectId& document, int64_t time);
  void remember_redacted(Revision& revision, uint32_t number);

  const Ledger& ledger_;
  std::string article_;
  std::vector<Revision> revisions_;
  std::optional<SourcePlace> place_;
  std::string newest_report_;  // once it was read
  std::shared_ptr<const KnownRevision> kept_;
};

// The articles that an import is at, or was lately: a share of them, with a ledger of its own to read, so
// that a thread can look after each share. One thread at a time.
class KnownArticles {
 public:
  struct Article {
    ArticleHistory history;
    uint64_t batch = 0;  // that added to it last
  };

  // `most`: about how many are kept that are not on their way to the ledger.
  KnownArticles(const std::filesystem::path& ledger, size_t most);

  const Ledger& ledger() const { return ledger_; }
  // Throws std::runtime_error naming the path of what cannot be read.
  Article& at(const std::string& article);
  // Read anew, for a source that is at this place of it.
  void begin_again(const std::string& article, const std::optional<SourcePlace>& place);
  // What is in the ledger is read anew when it is wanted again. Where the source is in it is kept, for a
  // source may come back to an article at any time: a hundred bytes an article.
  void forget();
  // Batches up to this one are in the ledger: what was kept of their articles may go.
  void written(uint64_t batch) { written_ = batch; }
  std::vector<std::string> names() const;  // of those that have a revision, in the ledger or on the way

 private:
  Ledger ledger_;
  size_t most_;
  uint64_t written_ = 0;
  std::unordered_map<std::string, Article> articles_;
  std::unordered_map<std::string, SourcePlace> places_;  // in articles that were forgotten
};

// When the document of a report was observed. Throws std::runtime_error when the report does not say.
int64_t observed_in(std::string_view report);

}  // namespace stet
