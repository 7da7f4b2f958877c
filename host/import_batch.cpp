#include "import_batch.hpp"

#include <algorithm>
#include <stdexcept>

#include "digest.hpp"
#include "parallel.hpp"
#include "sources.hpp"
#include "timestamp.hpp"

namespace stet {
namespace {

using State = ImportItem::State;

constexpr size_t most_kept = 1000;  // articles that are not on their way
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

std::string without_name(const std::string& message, const std::string& name) {
  return message.starts_with(name + ": ") ? message.substr(name.size() + 2) : message;
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
  item.before.reset();
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

BatchMaker::BatchMaker(const ImportSetup& setup, const Ledger& reading)
    : setup_(setup), ledger_(reading), keyid_(setup.keys.reports.public_key().keyid()) {
  for (unsigned n = 0; n < std::max(setup.runs, 1u); ++n) runs_.push_back(setup.make_run());
}

BatchMaker::Kept& BatchMaker::kept(const std::string& article) {
  const auto found = articles_.find(article);
  if (found != articles_.end()) return found->second;
  if (articles_.size() >= most_kept && articles_.size() % (most_kept / 4) == 0) forget();
  return articles_.emplace(article, Kept{ArticleHistory(ledger_, article)}).first->second;
}

void BatchMaker::forget() {
  std::erase_if(articles_, [&](const auto& article) { return article.second.batch <= written_; });
}

bool BatchMaker::is_known(const ImportItem& item) try {
  return kept(item.incoming.article).history.judge(item.id, item.observed) == Standing::known;
} catch (const std::runtime_error&) {
  return false;  // choose() meets it again, and says so
}

void BatchMaker::fault(ImportItem& item, const std::string& why) const {
  item.state = State::fault;
  if (setup_.tell) setup_.tell(item.incoming.where, why);
}

void BatchMaker::read_documents(std::span<ImportItem* const> items) const {
  std::vector<std::string> faults(items.size());
  parallel_for(items.size(), setup_.threads, [&](size_t i) {
    const auto& incoming = items[i]->incoming;
    if (items[i]->document) return;
    try {
      auto document = read_document(incoming.name, incoming.bytes, incoming.format);
      take_what_the_row_says(incoming, document.metadata);
      items[i]->digests = digests_of(document);
      items[i]->document = std::make_shared<const Document>(std::move(document));
    } catch (const std::runtime_error& e) {
      faults[i] = without_name(e.what(), incoming.name);
    }
  });
  for (size_t i = 0; i < items.size(); ++i)
    if (!faults[i].empty()) fault(*items[i], faults[i]);
}

bool BatchMaker::is_look_alike(ImportItem& item) {
  const auto& id = item.incoming.article;
  if (setup_.allow_look_alikes || (is_ascii(id) && !looks_)) return false;
  if (!looks_) {
    looks_.emplace(ledger_.articles());
    for (const auto& [known, kept] : articles_)
      if (kept.history.newest() > 0) looks_->add(known);
  }
  try {
    demand_distinct(id, *looks_);
    looks_->add(id);
    return false;
  } catch (const std::runtime_error& e) {
    fault(item, e.what());
    return true;
  }
}

void BatchMaker::read_newest(const std::string& article, ArticleHistory& history) {
  const auto newest = std::make_shared<KnownRevision>();
  if (const auto gone = redaction_of(ledger_, article, history.newest()))
    static_cast<Predecessor&>(*newest) = predecessor_of(*gone);
  else
    unread_.push_back({newest, ledger_.read(article, history.newest())});
  newest->report_id = history.newest_report().value();
  history.keep(newest);
}

// A revision in the ledger that cannot be read is a fault of those that come after it, and of no others.
bool BatchMaker::choose(ImportItem& item, uint64_t batch, const std::string& recorded) try {
  auto& [history, last_batch] = kept(item.incoming.article);
  const auto standing = history.judge(item.id, item.observed);
  if (standing == Standing::late) fault(item, history.why_late(item.incoming.observed));
  if (standing == Standing::known) item.state = State::known;
  if (standing != Standing::next) return false;
  if (history.newest() == 0 && is_look_alike(item)) return false;
  if (history.newest() > 0 && !history.kept()) read_newest(item.incoming.article, history);
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
  return true;
} catch (const std::runtime_error& e) {
  fault(item, e.what());
  return false;
}

void BatchMaker::read_predecessors() {
  parallel_for(unread_.size(), setup_.threads, [&](size_t i) {
    static_cast<Predecessor&>(*unread_[i].revision) =
        predecessor_of(unread_[i].entry, runs_.front().wants_previous());
  });
  unread_.clear();
}

std::vector<ImportItem*> BatchMaker::choose(std::span<ImportItem* const> items, uint64_t batch) {
  const auto recorded = format_timestamp(setup_.clock());
  std::vector<ImportItem*> chosen;
  for (auto* item : items)
    if (item->state == State::open && choose(*item, batch, recorded)) chosen.push_back(item);
  read_predecessors();
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
  start_checks(choose(items, batch));
}

void BatchMaker::begin_again(std::span<ImportItem* const> items, uint64_t batch) {
  for (auto* item : items) {
    if (item->state != State::fault) item->state = State::open;
    articles_.erase(item->incoming.article);
  }
  begin(items, batch);
}

void BatchMaker::finish(std::span<ImportItem* const> all) {
  const auto items = in_state(all, State::recorded);
  const auto each = [&](const std::function<void(ImportItem&)>& work) {
    parallel_for(items.size(), setup_.threads, [&](size_t i) { work(*items[i]); });
  };
  each([&](ImportItem& item) { item.revision->plugins = item.answers.get(); });
  each([&](ImportItem& item) {
    if (item.before)
      item.report.changes =
          changes_since(*item.before, *item.document, item.revision->plugins, runs_.front().manifests());
  });
  const auto articles = by_article(items);
  parallel_for(articles.size(), setup_.threads, [&](size_t i) {
    for (auto* item : articles[i]) write_report(*item);
  });
  each([&](ImportItem& item) {
    item.made.entry.signatures = sign_report(setup_.keys.reports, keyid_, item.made.entry.report);
    item.tally = tally_of(item.revision->plugins, item.report.changes);
  });
  if (setup_.checked && !items.empty()) setup_.checked(items.front()->revision->plugins);
  for (auto* item : items) {
    item->revision.reset();
    item->report.changes = {};
  }
}

}  // namespace stet
