#include "import_batch.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

#include "digest.hpp"
#include "parallel.hpp"
#include "sentence.hpp"
#include "sources.hpp"
#include "timestamp.hpp"

namespace stet {
namespace {

using State = ImportItem::State;

constexpr size_t most_kept = 1000;  // articles that are not on their way, all shares together
constexpr unsigned most_shares = 8;
constexpr size_t handed_over = 64;  // documents, together to a plugin

void take_what_the_row_says(const Incoming& incoming, Metadata& metadata) {
  if (incoming.published) metadata.published = incoming.published;
  if (incoming.url) metadata.url = incoming.url;
  if (incoming.title) metadata.title = incoming.title;
}

// Items by article, each group in order.
std::vector<std::vector<ImportItem*>> by_article(std::span<ImportItem* const> items) {
  std::unordered_map<std::string_view, size_t> numbers;
  std::vector<std::vector<ImportItem*>> groups;
  for (auto* item : items) {
    const auto [found, is_new] = numbers.try_emplace(item->incoming.article, groups.size());
    if (is_new) groups.emplace_back();
    groups[found->second].push_back(item);
  }
  return groups;
}

std::vector<ImportItem*> in_state(std::span<ImportItem* const> items, State state) {
  std::vector<ImportItem*> some;
  std::copy_if(items.begin(), items.end(), std::back_inserter(some),
               [&](const ImportItem* item) { return item->state == state; });
  return some;
}

// The report's JSON and what depends on it: in the order of the article, since each names the one before.
void write_report(ImportItem& item) {
  if (item.before) {
    item.report.previous = previous_of(*item.before);
    item.report_before = item.before->report_id;
  }
  // They are the revision's again when the report is written: the next one is compared with their facts.
  item.report.plugins = std::move(item.revision->plugins);
  item.made = make_entry(*item.document, item.digests, item.report);
  item.revision->report_sha256 = item.made.leaf.report_sha256;
  item.revision->plugins = std::move(item.report.plugins);
  item.revision->report_id = object_id(ObjectType::blob, item.made.entry.report);
  item.made.entry.document_id = item.id;
  item.made.entry.report_id = item.revision->report_id;
  item.before.reset();
}

void fail(ImportItem& item, std::string why) {
  item.state = State::fault;
  item.why = std::move(why);
}

// To be judged anew, unless it is at fault itself.
void reopen(ImportItem& item) {
  if (item.state == State::fault) return;
  item.state = State::open;
  item.revision.reset();
}

bool can_be_made(ImportItem& item) try {
  write_report(item);
  return true;
} catch (const std::runtime_error& e) {
  fail(item, without_name(e.what(), item.incoming.article));
  return false;
}

// Of one article: none behind one that cannot be made, which they would name.
void write_reports(std::span<ImportItem* const> items) {
  const auto failed =
      std::find_if_not(items.begin(), items.end(), [](auto* item) { return can_be_made(*item); });
  std::for_each(failed, items.end(), [](auto* item) { reopen(*item); });
}

ImportTally tally_of(const std::vector<PluginRun>& plugins, const std::vector<Change>& changes) {
  ImportTally tally;
  for (const auto& run : plugins) {
    for (const auto& finding : run.outcome.findings)
      ++tally.findings.at(static_cast<size_t>(finding.severity));
    if (run.outcome.kind != Outcome::Kind::checked)
      tally.unchecked.push_back(run.id + " did not check it: " + run.outcome.reason);
  }
  for (const auto& change : changes) ++tally.changes.at(static_cast<size_t>(change.severity));
  return tally;
}

}  // namespace

BatchMaker::BatchMaker(const ImportSetup& setup, const std::filesystem::path& ledger)
    : setup_(setup), keyid_(setup.keys.reports.public_key().keyid()) {
  for (unsigned n = 0; n < std::max(setup.runs, 1u); ++n) runs_.push_back(setup.make_run());
  const unsigned shares = std::clamp(setup.threads, 1u, most_shares);
  for (unsigned n = 0; n < shares; ++n) shares_.push_back({KnownArticles(ledger, most_kept / shares), {}});
}

BatchMaker::Share& BatchMaker::share_of(const ImportItem& item) {
  return shares_[std::hash<std::string>()(item.incoming.article) % shares_.size()];
}

void BatchMaker::each_in_shares(std::span<ImportItem* const> items,
                                const std::function<void(Share&, ImportItem&)>& work) {
  parallel_for(shares_.size(), static_cast<unsigned>(shares_.size()), [&](size_t n) {
    for (auto* item : items)
      if (auto& share = share_of(*item); &share == &shares_[n]) work(share, *item);
  });
}

void BatchMaker::forget() {
  for (auto& share : shares_) share.articles.forget();
}

void BatchMaker::written(uint64_t batch) {
  for (auto& share : shares_) share.articles.written(batch);
}

void BatchMaker::mark_known(std::span<ImportItem> items, const std::unordered_set<std::string>& undecided) {
  std::vector<ImportItem*> asked;
  for (auto& item : items)
    if (!undecided.contains(item.incoming.article)) asked.push_back(&item);
  std::vector<std::set<std::string_view>> open(shares_.size());
  each_in_shares(asked, [&](Share& share, ImportItem& item) {
    auto& waiting = open[static_cast<size_t>(&share - shares_.data())];
    const auto& article = item.incoming.article;
    if (waiting.contains(article)) return;
    try {
      if (share.articles.at(article).history.judge(item.id, item.observed) == Standing::known)
        item.state = State::known;
    } catch (const std::runtime_error&) {
      // choose() meets it again, and says so
    }
    if (item.state == State::open) waiting.insert(article);
  });
}

void BatchMaker::tell_faults(std::span<ImportItem* const> items) const {
  for (auto* item : items)
    if (const auto why = std::exchange(item->why, {}); !why.empty() && setup_.tell)
      setup_.tell(item->incoming.where, why);
}

void BatchMaker::read_documents(std::span<ImportItem* const> items) const {
  parallel_for(items.size(), setup_.threads, [&](size_t i) {
    auto& item = *items[i];
    const auto& incoming = item.incoming;
    if (item.document) return;
    try {
      auto document = read_document(incoming.name, incoming.bytes, incoming.format);
      take_what_the_row_says(incoming, document.metadata);
      item.digests = digests_of(document, hex(item.id));
      item.document = std::make_shared<const Document>(std::move(document));
    } catch (const std::runtime_error& e) {
      fail(item, without_name(e.what(), incoming.name));
    }
  });
}

bool BatchMaker::may_look_alike(const ImportItem& item) const {
  return !setup_.allow_look_alikes && (looks_ || !is_ascii(item.incoming.article));
}

void BatchMaker::demand_distinct_look(const ImportItem& item) {
  if (!may_look_alike(item)) return;
  if (!looks_) {
    looks_.emplace(shares_.front().articles.ledger().articles());
    for (const auto& share : shares_)
      for (const auto& known : share.articles.names()) looks_->add(known);
  }
  demand_distinct(item.incoming.article, *looks_);
  looks_->add(item.incoming.article);
}

void BatchMaker::read_newest(Share& share, const std::string& article, ArticleHistory& history) {
  const auto newest = std::make_shared<KnownRevision>();
  if (history.newest_ids().redacted)
    static_cast<Predecessor&>(*newest) =
        predecessor_of(redaction_of(share.articles.ledger(), article, history.newest()).value());
  else
    share.unread.push_back({newest, history.newest_entry()});
  newest->report_id = history.newest_ids().report.value();
  history.keep(newest);
}

// A revision in the ledger that cannot be read is a fault of those that come after it, and of no others.
void BatchMaker::choose(Share& share, ImportItem& item, uint64_t batch, const std::string& recorded) try {
  auto& [history, last_batch] = share.articles.at(item.incoming.article);
  item.place = history.place();
  const auto standing = history.judge(item.id, item.observed);
  if (standing == Standing::late) fail(item, history.why_late(item.incoming.observed));
  if (standing == Standing::known) item.state = State::known;
  if (standing != Standing::next) return;
  if (history.newest() == 0) demand_distinct_look(item);
  if (history.newest() > 0 && !history.kept()) read_newest(share, item.incoming.article, history);
  item.state = State::recorded;
  item.before = history.kept();
  item.revision = std::make_shared<KnownRevision>();
  item.revision->revision = history.newest() + 1;
  item.revision->observed = item.incoming.observed;
  item.revision->document_sha256 = item.digests.sha256;
  item.revision->document = item.document;
  item.report = {};
  item.report.article = item.incoming.article;
  item.report.revision = item.revision->revision;
  item.report.observed = item.incoming.observed;
  item.report.recorded = recorded;
  history.add(item.id, item.observed, item.revision);
  last_batch = batch;
} catch (const std::runtime_error& e) {
  fail(item, e.what());
}

void BatchMaker::read_predecessors() {
  std::vector<std::pair<std::shared_ptr<KnownRevision>, Entry>> unread;
  for (auto& share : shares_)
    std::move(share.unread.begin(), share.unread.end(), std::back_inserter(unread)), share.unread.clear();
  parallel_for(unread.size(), setup_.threads, [&](size_t i) {
    auto& [revision, entry] = unread[i];
    static_cast<Predecessor&>(*revision) = predecessor_of(entry, runs_.front().wants_previous());
  });
}

std::vector<ImportItem*> BatchMaker::choose(std::span<ImportItem* const> items, uint64_t batch) {
  const auto recorded = format_timestamp(setup_.clock());
  const auto open = in_state(items, State::open);
  // Which of two that look alike is the first is seen in no share alone.
  if (std::any_of(open.begin(), open.end(), [&](auto* item) { return may_look_alike(*item); }))
    for (auto* item : open) choose(share_of(*item), *item, batch, recorded);
  else
    each_in_shares(open, [&](Share& share, ImportItem& item) { choose(share, item, batch, recorded); });
  read_predecessors();
  const auto chosen = in_state(open, State::recorded);
  for (auto* item : chosen) {
    const auto none = nlohmann::json::array();
    const auto& earlier = item->before ? item->before->sources : none;
    item->report.sources = item->revision->sources =
        list_sources(*item->document, item->incoming.folder, {}, earlier,
                     item->before ? item->before->revision : 0, recorded);
  }
  return chosen;
}

void BatchMaker::start_checks(std::span<ImportItem* const> items) {
  const size_t share = (items.size() + runs_.size() - 1) / runs_.size();
  const auto check_share = [&](size_t n) {
    const size_t end = std::min((n + 1) * share, items.size());
    for (size_t first = n * share; first < end; first += handed_over) {
      const auto some = items.subspan(first, std::min(handed_over, end - first));
      std::vector<Reading> readings;
      for (const auto* item : some)
        readings.push_back(reading_of(*item->document, item->report.sources, item->before.get()));
      auto answers = runs_[n].start(readings);
      for (size_t i = 0; i < some.size(); ++i) some[i]->answers = std::move(answers[i]);
    }
  };
  parallel_for(runs_.size(), static_cast<unsigned>(runs_.size()), check_share);
}

void BatchMaker::begin(std::span<ImportItem* const> items, uint64_t batch) {
  read_documents(items);
  const auto chosen = choose(items, batch);
  tell_faults(items);
  start_checks(chosen);
}

void BatchMaker::begin_behind(std::span<ImportItem* const> items, uint64_t batch) {
  for (auto* item : items) reopen(*item);
  begin(items, batch);
}

void BatchMaker::begin_again(std::span<ImportItem* const> items, uint64_t batch) {
  for (auto* item : items) reopen(*item);
  for (const auto& group : by_article(in_state(items, State::open))) {
    const auto& first = *group.front();
    share_of(first).articles.begin_again(first.incoming.article, first.place);
  }
  begin(items, batch);
}

void BatchMaker::make_entries(std::span<ImportItem* const> items) {
  const auto each = [&](const std::vector<ImportItem*>& some, const std::function<void(ImportItem&)>& work) {
    parallel_for(some.size(), setup_.threads, [&](size_t i) { work(*some[i]); });
  };
  const auto chosen = in_state(items, State::recorded);
  each(chosen, [&](ImportItem& item) { item.revision->plugins = item.answers.get(); });
  each(chosen, [&](ImportItem& item) {
    if (item.before)
      item.report.changes =
          changes_since(*item.before, *item.document, item.revision->plugins, runs_.front().manifests());
  });
  const auto articles = by_article(chosen);
  parallel_for(articles.size(), setup_.threads, [&](size_t i) { write_reports(articles[i]); });
  each(in_state(chosen, State::recorded), [&](ImportItem& item) {
    item.made.entry.signatures = sign_report(setup_.keys.reports, keyid_, item.made.entry.report);
    item.tally = tally_of(item.revision->plugins, item.report.changes);
  });
}

// Takes back what was added to the histories for those whose reports could not be made, and gives what stands
// behind them, to be judged anew.
std::vector<ImportItem*> BatchMaker::behind_failed(std::span<ImportItem* const> items,
                                                   std::unordered_set<std::string>& all_failed) {
  std::set<std::string_view> articles;
  std::vector<ImportItem*> behind;
  for (auto* item : items) {
    const auto& article = item->incoming.article;
    const bool has_failed = item->state == State::fault && item->revision;
    if (has_failed) {
      share_of(*item).articles.at(article).history.take_back(item->report.revision, item->before,
                                                             item->place);
      item->revision.reset();
      articles.insert(article);
      all_failed.insert(article);
    } else if (articles.contains(article) && item->state != State::fault) {
      reopen(*item);
      behind.push_back(item);
    }
  }
  return behind;
}

std::unordered_set<std::string> BatchMaker::finish(std::span<ImportItem* const> all, uint64_t batch) {
  std::unordered_set<std::string> failed;
  make_entries(all);
  for (auto behind = behind_failed(all, failed); !behind.empty(); behind = behind_failed(all, failed)) {
    begin(behind, batch);
    make_entries(behind);
  }
  tell_faults(all);
  const auto items = in_state(all, State::recorded);
  if (setup_.checked && !items.empty()) setup_.checked(items.front()->revision->plugins);
  for (auto* item : items) {
    item->revision.reset();
    item->report.changes = {};
  }
  return failed;
}

}  // namespace stet
