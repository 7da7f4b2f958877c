// The threads of an import, and what passes between them:
//
//   reader -- documents --> preparer (all processors) -- a batch --> writer
//
// The preparer begins a batch before it finishes the one before, so that the plugins never wait. Should the
// writer find that other processes recorded articles of its batch, it makes those again itself, which the
// preparer waits for. Batches that were made from what is gone are found out in their turn.
#include "import.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>
#include <unordered_set>

#include "bounded_queue.hpp"
#include "import_batch.hpp"
#include "keyring.hpp"

namespace stet {
namespace {

using State = ImportItem::State;

constexpr unsigned longest_wait_ms = 600'000;  // for the ledger's lock
constexpr size_t chunk_documents = 64, chunk_bytes = 1u << 20, most_waiting_bytes = 8u << 20;

bool is_recorded(const ImportItem& item) {
  return item.state == State::recorded;
}

struct WaitingBatch {
  uint64_t number = 0;
  std::vector<ImportItem> items;
  std::unordered_set<std::string> articles;  // of these
  size_t bytes = 0;

  std::vector<ImportItem*> pointers() {
    std::vector<ImportItem*> all;
    for (auto& item : items) all.push_back(&item);
    return all;
  }
  std::vector<ImportItem*> pointers(const std::unordered_set<std::string>& of_articles) {
    auto some = pointers();
    std::erase_if(some, [&](const auto* item) { return !of_articles.contains(item->incoming.article); });
    return some;
  }
  bool brings_any() const { return std::any_of(items.begin(), items.end(), is_recorded); }
};

std::string message_of(size_t revisions) {
  return "import of " + std::to_string(revisions) + (revisions == 1 ? " revision" : " revisions");
}

class Import {
 public:
  Import(ImportSource& source, Ledger& ledger, const ImportSetup& setup)
      : source_(source), ledger_(ledger), setup_(setup), maker_(setup_, ledger.folder()) {
    setup_.tell = [this, tell = setup.tell](const std::string& where, const std::string& why) {
      const std::lock_guard lock(telling_);
      if (tell) tell(where, why);
    };
  }

  ImportResult run() {
    {
      const std::jthread reader([this] { read(), documents_.close(); });
      const std::jthread writer([this] { guarded([this] { write(); }), batches_.abandon(); });
      guarded([this] { prepare(); });
      documents_.abandon();
      batches_.close();
    }
    counts_.passed_over = source_.passed_over();
    return {counts_, stop_wanted(), error_};
  }

 private:
  bool stop_wanted() const { return setup_.stop && *setup_.stop; }
  bool is_over() const { return stop_wanted() || failed_; }

  void note_error(const std::exception& e) {
    const std::lock_guard lock(telling_);
    if (!error_) error_ = e.what();
  }
  // What one thread throws ends all.
  void guarded(const std::function<void()>& work) try { work(); } catch (const std::exception& e) {
    note_error(e);
    failed_ = true;
    documents_.abandon();
    batches_.abandon();
  }

  void count(const std::function<void(ImportCounts&)>& add) {
    const std::lock_guard lock(counting_);
    add(counts_);
    if (setup_.progress) setup_.progress(counts_);
  }
  void fault(const std::string& where, const std::string& why) {
    setup_.tell(where, why);
    count([](ImportCounts& counts) { ++counts.faults; });
  }

  // ---- the reader ----

  void read() try {
    Sha1 sha1;
    std::vector<ImportItem> chunk;
    size_t bytes = 0;
    const ImportSource::Fault tell = [this](auto& where, auto& why) { fault(where, why); };
    for (bool more = true; more && !is_over();) {
      auto incoming = next(tell);
      more = incoming.has_value();
      if (auto item = more ? make_item(std::move(*incoming), sha1) : std::nullopt) {
        bytes += item->incoming.bytes.size();
        chunk.push_back(std::move(*item));
      }
      if (more && chunk.size() < chunk_documents && bytes < chunk_bytes) continue;
      if (!documents_.push(std::exchange(chunk, {}), std::exchange(bytes, 0))) return;
    }
  } catch (const std::exception& e) {
    note_error(e);
  }

  // Nothing at the end, and where nothing more can be read: what was read before is recorded.
  std::optional<Incoming> next(const ImportSource::Fault& tell) try {
    return source_.next(tell);
  } catch (const std::exception& e) {
    note_error(e);
    return std::nullopt;
  }

  std::optional<ImportItem> make_item(Incoming incoming, Sha1& sha1) {
    const auto observed = parse_timestamp(incoming.observed);
    if (!observed) return fault(incoming.where, "\"" + incoming.observed + "\" is not a time"), std::nullopt;
    if (article_id(incoming.article) != incoming.article)
      return fault(incoming.where, "\"" + incoming.article + "\" is not an article's id"), std::nullopt;
    if (far_ahead(*observed, setup_.clock()))
      return fault(incoming.where, "observed " + format_timestamp(*observed) +
                                       " is more than a day ahead of this machine's clock"),
             std::nullopt;
    ImportItem item;
    item.incoming = std::move(incoming);
    item.incoming.observed = format_timestamp(*observed);
    item.observed = *observed;
    item.id = object_id(ObjectType::blob, item.incoming.bytes, sha1);
    item.read = source_.progress();
    return item;
  }

  // ---- the preparer ----

  void prepare() {
    WaitingBatch batch;
    while (auto chunk = documents_.pop()) {
      if (failed_) return;
      take_known_out(*chunk, batch.articles);
      for (auto& item : *chunk) {
        batch.bytes += item.incoming.bytes.size();
        batch.articles.insert(item.incoming.article);
        batch.items.push_back(std::move(item));
        const bool is_full =
            batch.items.size() >= setup_.batch_revisions || batch.bytes >= setup_.batch_bytes;
        if (is_full && !begin(std::exchange(batch, {}))) return;
      }
      if (stop_wanted()) break;
    }
    // When it is stopped, nothing of a batch that is not full was checked yet. But the first is made: whoever
    // stops it again and again gets on all the same.
    const bool is_dropped = stop_wanted() && last_number_ > 0;
    if (!batch.items.empty() && !is_dropped && !begin(std::move(batch))) return;
    finish_begun();
  }

  void take_known_out(std::vector<ImportItem>& items, const std::unordered_set<std::string>& undecided) {
    if (items.empty()) return;
    {
      const std::lock_guard lock(making_);
      maker_.mark_known(items, undecided);
    }
    const auto read = items.back().read;
    const auto known = std::erase_if(items, [](const auto& item) { return item.state == State::known; });
    if (known > 0) count([&](ImportCounts& counts) { counts.known += known, counts.read = read; });
  }

  // False when it is over.
  bool begin(WaitingBatch batch) {
    batch.number = ++last_number_;
    {
      const std::lock_guard lock(making_);
      maker_.begin(batch.pointers(), batch.number);
    }
    const bool goes_on = finish_begun(&batch);
    begun_ = std::move(batch);
    return goes_on;
  }

  // `next`: what was begun since.
  bool finish_begun(WaitingBatch* next = nullptr) {
    if (failed_) return false;
    if (!begun_) return true;
    {
      const std::lock_guard lock(making_);
      const auto failed = maker_.finish(begun_->pointers(), begun_->number);
      if (next && !failed.empty()) maker_.begin_behind(next->pointers(failed), next->number);
    }
    return batches_.push(*std::exchange(begun_, std::nullopt));
  }

  // ---- the writer ----

  void write() {
    while (auto batch = batches_.pop()) {
      if (failed_) return;
      write(*batch);
    }
  }

  // What is stale is made again without the lock, and if it is stale once more, with it, for the last time.
  // Once others have written, every batch is looked at: one that holds as it is may have been forgotten by
  // those begun since.
  void write(WaitingBatch& batch) {
    std::shared_ptr<void> lock;
    bool others_wrote = false;
    for (bool keeps_lock = false; batch.brings_any(); keeps_lock = true) {
      lock = ledger_.lock({longest_wait_ms, setup_.waiting});
      others_wrote |= ledger_.newest_commit() != own_head_;
      alone_ &= !others_wrote;
      const auto stale = alone_ ? std::vector<ImportItem*>() : stale_items(batch);
      if (stale.empty()) break;
      if (!keeps_lock) lock.reset();
      make_again(stale, batch.number);
    }
    const auto unsynced = append(batch);
    lock.reset();
    count_written(batch, others_wrote);
    if (unsynced) throw *unsynced;
  }

  void make_again(const std::vector<ImportItem*>& stale, uint64_t batch) {
    const std::lock_guard making(making_);
    maker_.forget();
    maker_.begin_again(stale, batch);
    maker_.finish(stale, batch);
  }

  // Those of articles whose newest revision is another than the one that they were made to follow.
  std::vector<ImportItem*> stale_items(WaitingBatch& batch) {
    std::set<std::string_view> seen, stale;
    for (const auto& item : batch.items) {
      const auto& article = item.incoming.article;
      if (!is_recorded(item) || !seen.insert(article).second) continue;
      const auto there = ledger_.stored_ids(article);
      if (there.size() + 1 != item.report.revision ||
          (!there.empty() && there.back().report != item.report_before))
        stale.insert(article);
    }
    std::vector<ImportItem*> items;
    for (auto& item : batch.items)
      if (stale.contains(item.incoming.article)) items.push_back(&item);
    return items;
  }

  std::optional<Unsynced> append(WaitingBatch& batch) {
    std::vector<Entry> entries;
    std::vector<Leaf> leaves;
    for (auto& item : batch.items) {
      if (!is_recorded(item)) continue;
      leaves.push_back(item.made.leaf);
      entries.push_back(std::move(item.made.entry));
    }
    if (entries.empty()) return std::nullopt;
    std::optional<Unsynced> unsynced;
    try {
      commit_revisions(ledger_, setup_.keys, entries, leaves, message_of(entries.size()), setup_.clock());
    } catch (const Unsynced& e) {
      unsynced = e;
    }
    own_head_ = ledger_.newest_commit();
    return unsynced;
  }

  void count_written(const WaitingBatch& batch, bool others_wrote) {
    count([&](ImportCounts& counts) {
      for (const auto& item : batch.items) count_item(item, counts);
      counts.read = batch.items.back().read;
    });
    const std::lock_guard making(making_);
    if (others_wrote) maker_.forget();
    maker_.written(batch.number);
  }

  void count_item(const ImportItem& item, ImportCounts& counts) {
    counts.known += item.state == State::known;
    counts.faults += item.state == State::fault;
    if (!is_recorded(item)) return;
    ++counts.recorded;
    counts.new_articles += item.report.revision == 1;
    for (size_t s = 0; s < counts.findings.size(); ++s) {
      counts.findings[s] += item.tally.findings[s];
      counts.changes[s] += item.tally.changes[s];
    }
    counts.unchecked += !item.tally.unchecked.empty();
    for (const auto& why : item.tally.unchecked) setup_.tell(item.incoming.where, why);
  }

  ImportSource& source_;
  Ledger& ledger_;
  ImportSetup setup_;
  BatchMaker maker_;
  std::mutex making_;  // guards maker_
  BoundedQueue<std::vector<ImportItem>> documents_{most_waiting_bytes};
  BoundedQueue<WaitingBatch> batches_{1};
  std::optional<WaitingBatch> begun_;
  uint64_t last_number_ = 0;
  ObjectId own_head_ = ledger_.newest_commit();  // after the last batch; the writer's own
  bool alone_ = true;  // nobody else has written since the import began; the writer's own
  std::mutex counting_, telling_;
  ImportCounts counts_;
  std::optional<std::string> error_;
  std::atomic<bool> failed_ = false;
};

}  // namespace

ImportResult import_all(ImportSource& source, Ledger& ledger, const ImportSetup& setup) {
  demand_usable_key(ledger, setup.keys.reports.public_key());
  return Import(source, ledger, setup).run();
}

}  // namespace stet
