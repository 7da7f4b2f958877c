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

// The first with these bytes of: the last revision seen before that time, and those seen at it, as far as the
// source has not passed them. From the newest on: most often what comes is what came last.
std::optional<size_t> ArticleHistory::first_match(const ObjectId& document, int64_t time) {
  const size_t passed = place_ && place_->time == time ? place_->index : 0;
  std::optional<size_t> found;
  for (size_t i = revisions_.size(); i-- > passed;) {
    if (revisions_[i].document != document || observed(i) > time) continue;
    const bool is_before = observed(i) < time;
    if (!is_before || i + 1 == revisions_.size() || observed(i + 1) >= time) found = i;
    if (is_before) break;
  }
  return found;
}

Standing ArticleHistory::judge(const ObjectId& document, int64_t time) {
  if (const auto found = first_match(document, time)) {
    if (!place_ || place_->time <= time) place_ = {time, *found};
    return Standing::known;
  }
  return revisions_.empty() || observed(revisions_.size() - 1) <= time ? Standing::next : Standing::late;
}

std::string ArticleHistory::why_late(const std::string& time) {
  return "observed " + time + " is before revision " + std::to_string(newest()) + ", observed " +
         format_timestamp(observed(revisions_.size() - 1));
}

void ArticleHistory::add(const ObjectId& document, int64_t time,
                         std::shared_ptr<const KnownRevision> revision) {
  revisions_.push_back({{}, document, time});
  place_ = {time, revisions_.size() - 1};
  kept_ = std::move(revision);
}

void ArticleHistory::take_back(uint32_t number, std::shared_ptr<const KnownRevision> before,
                               const std::optional<SourcePlace>& place) {
  place_ = place;
  // It may have been read anew since, after others had written.
  const bool is_on_its_way = newest() >= number && !revisions_[number - 1].ids.report;
  if (!is_on_its_way) return;
  revisions_.resize(number - 1);
  kept_ = std::move(before);
}

KnownArticles::KnownArticles(const std::filesystem::path& ledger, size_t most)
    : ledger_(Ledger::open(ledger)), most_(std::max<size_t>(most, 4)) {}

KnownArticles::Article& KnownArticles::at(const std::string& article) {
  const auto found = articles_.find(article);
  if (found != articles_.end()) return found->second;
  if (articles_.size() >= most_ && articles_.size() % (most_ / 4) == 0) forget();
  auto& known = articles_.emplace(article, Article{ArticleHistory(ledger_, article)}).first->second;
  if (const auto place = places_.find(article); place != places_.end()) {
    known.history.go_on_from(place->second);
    places_.erase(place);
  }
  return known;
}

void KnownArticles::begin_again(const std::string& article, const std::optional<SourcePlace>& place) {
  articles_.erase(article);
  places_.erase(article);
  if (place) places_.emplace(article, *place);
}

void KnownArticles::forget() {
  std::erase_if(articles_, [&](const auto& article) {
    const auto& [history, batch] = article.second;
    if (batch > written_) return false;
    if (history.place()) places_.insert_or_assign(article.first, *history.place());
    return true;
  });
}

std::vector<std::string> KnownArticles::names() const {
  std::vector<std::string> names;
  for (const auto& [name, article] : articles_)
    if (article.history.newest() > 0) names.push_back(name);
  return names;
}

}  // namespace stet
