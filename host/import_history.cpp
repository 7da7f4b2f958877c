#include "import_history.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "json_view.hpp"
#include "timestamp.hpp"

namespace stet {
namespace {

// Of a report as stet writes it, without reading the rest.
std::optional<std::string> observed_at(std::string_view report) {
  const auto text = JsonText::read(report);
  const auto predicate = text ? text->root().find("predicate") : std::nullopt;
  const auto member = predicate ? predicate->find("observedAt") : std::nullopt;
  const auto observed = member ? member->text() : std::nullopt;
  return observed ? std::optional<std::string>(*observed) : std::nullopt;
}

}  // namespace

int64_t observed_in(std::string_view report) {
  const auto stated = observed_at(report);
  const auto observed = parse_timestamp(stated ? *stated : parse_statement(report).report.observed);
  if (!observed) throw std::runtime_error("does not say when its document was observed");
  return *observed;
}

ArticleHistory::ArticleHistory(const Ledger& ledger, std::string article)
    : ledger_(ledger), article_(std::move(article)) {
  for (const auto& ids : ledger.stored_ids(article_)) {
    revisions_.push_back({ids, ids.document.value_or(ObjectId{}), std::nullopt});
    if (ids.redacted) remember_redacted(revisions_.back(), static_cast<uint32_t>(revisions_.size()));
  }
}

// What was taken down is known all the same, lest the next import bring it back.
void ArticleHistory::remember_redacted(Revision& revision, uint32_t number) {
  const auto gone = redaction_of(ledger_, article_, number);
  if (!gone) return;
  revision.document = gone->blob;
  revision.observed = parse_timestamp(gone->observed);
}

std::string ArticleHistory::stored(const std::optional<ObjectId>& id, size_t index,
                                   std::string_view suffix) const {
  const auto path = entry_path(article_, static_cast<uint32_t>(index + 1), suffix);
  if (!id) throw std::runtime_error(path + ": is missing");
  return ledger_.stored(*id, path);
}

int64_t ArticleHistory::observed(size_t index) {
  auto& revision = revisions_[index];
  if (revision.observed) return *revision.observed;
  auto report = stored(revision.ids.report, index, ".report");
  try {
    revision.observed = observed_in(report);
  } catch (const std::runtime_error& e) {
    throw std::runtime_error(entry_path(article_, static_cast<uint32_t>(index + 1), ".report") + ": " +
                             e.what());
  }
  if (index + 1 == revisions_.size()) newest_report_ = std::move(report);
  return *revision.observed;
}

Entry ArticleHistory::newest_entry() {
  const auto& ids = newest_ids();
  const size_t index = revisions_.size() - 1;
  Entry entry{article_, newest(), stored(ids.document, index, ""), std::nullopt, {}, {}};
  if (ids.text) entry.text = stored(ids.text, index, ".text");
  entry.report = std::exchange(newest_report_, {});
  if (entry.report.empty()) entry.report = stored(ids.report, index, ".report");
  return entry;
}

Standing ArticleHistory::judge(const ObjectId& document, int64_t time) {
  if (revisions_.empty()) return Standing::next;
  // From the newest on: most often what comes is what came last.
  for (size_t i = revisions_.size(); i-- > 0;) {
    if (revisions_[i].document != document || observed(i) > time) continue;
    const bool is_last_by_then = i + 1 == revisions_.size() || observed(i + 1) > time;
    if (observed(i) == time || is_last_by_then) return Standing::known;
  }
  return observed(revisions_.size() - 1) <= time ? Standing::next : Standing::late;
}

std::string ArticleHistory::why_late(const std::string& time) {
  return "observed " + time + " is before revision " + std::to_string(newest()) + ", observed " +
         format_timestamp(observed(revisions_.size() - 1));
}

void ArticleHistory::add(const ObjectId& document, int64_t time,
                         std::shared_ptr<const KnownRevision> revision) {
  revisions_.push_back({{}, document, time});
  kept_ = std::move(revision);
}

KnownArticles::KnownArticles(const std::filesystem::path& ledger, size_t most)
    : ledger_(Ledger::open(ledger)), most_(std::max<size_t>(most, 4)) {}

KnownArticles::Article& KnownArticles::at(const std::string& article) {
  const auto found = articles_.find(article);
  if (found != articles_.end()) return found->second;
  if (articles_.size() >= most_ && articles_.size() % (most_ / 4) == 0) forget();
  return articles_.emplace(article, Article{ArticleHistory(ledger_, article)}).first->second;
}

void KnownArticles::forget() {
  std::erase_if(articles_, [&](const auto& article) { return article.second.batch <= written_; });
}

std::vector<std::string> KnownArticles::names() const {
  std::vector<std::string> names;
  for (const auto& [name, article] : articles_)
    if (article.history.newest() > 0) names.push_back(name);
  return names;
}

}  // namespace stet
