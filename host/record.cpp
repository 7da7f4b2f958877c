#include "record.hpp"

#include <stdexcept>

#include "digest.hpp"
#include "homoglyph.hpp"
#include "keyring.hpp"
#include "redaction.hpp"
#include "timestamp.hpp"

namespace stet {
namespace {

void demand_order(const std::string& article, const Predecessor& newest, const std::string& observed) {
  if (*parse_timestamp(observed) < parse_timestamp(newest.observed).value_or(0))
    throw std::runtime_error(article + ": observed " + observed + " is before revision " +
                             std::to_string(newest.revision) + ", observed " + newest.observed);
}

// What was taken down does not come back under another number unnoticed.
void demand_other_bytes(const Redaction& gone, const Document& document) {
  if (gone.leaf.document_sha256 == sha256_hex(document.bytes))
    throw std::runtime_error(gone.leaf.article + ": these bytes are those of revision " +
                             std::to_string(gone.leaf.revision) + ", which was redacted on " + gone.redacted +
                             ": " + gone.reason);
}

void demand_new_look(const Ledger& ledger, const RecordRequest& request) {
  if (!request.allow_look_alike && !is_ascii(request.article))
    demand_distinct(request.article, LookAlikes(ledger.articles()));
}

// What the next revision of an article comes after, and whether that is the article's newest still.
class Newest {
 public:
  Newest(const Ledger& ledger, const std::string& article, bool whole)
      : ledger_(ledger), article_(article), revision_(ledger.revisions(article)) {
    if (revision_ == 0) return;
    redaction_ = redaction_of(ledger, article, revision_);
    if (redaction_) {
      predecessor_ = predecessor_of(*redaction_);
      return;
    }
    entry_ = ledger.read(article, revision_);
    predecessor_ = predecessor_of(entry_, whole);
  }
  const std::optional<Redaction>& redaction() const { return redaction_; }
  const Entry& entry() const { return entry_; }  // unless it was redacted
  const Predecessor* predecessor() const { return predecessor_ ? &*predecessor_ : nullptr; }
  bool is_newest() const { return ledger_.revisions(article_) == revision_; }

 private:
  const Ledger& ledger_;
  const std::string& article_;
  uint32_t revision_;
  std::optional<Redaction> redaction_;
  Entry entry_;
  std::optional<Predecessor> predecessor_;
};

Report make_report(Run& run, const Document& document, const RecordRequest& request,
                   const Predecessor* before) {
  Report report;
  report.article = request.article;
  report.revision = before ? before->revision + 1 : 1;
  report.observed = request.observed;
  report.recorded = format_timestamp(now());
  report.sources = list_sources(document, request.folder, request.sources,
                                before ? before->sources : nlohmann::json::array(),
                                before ? before->revision : 0, report.recorded);
  report.plugins = run.check(reading_of(document, report.sources, before));
  if (request.is_last) run.rest();
  if (before) {
    report.previous = previous_of(*before);
    report.changes = changes_since(*before, document, report.plugins, run.manifests());
  }
  return report;
}

}  // namespace

StoredRevision stored_revision(const Ledger& ledger, const std::string& article, uint32_t revision) {
  return parse_entry(ledger.read(article, revision));
}

// Made without the lock. Whoever finds another revision recorded meanwhile makes it again, and keeps the
// lock for that, so that it is the last time.
Recorded record(Ledger& ledger, const Signers& keys, Run& run, const Document& document,
                const RecordRequest& request) {
  demand_usable_key(ledger, keys.reports.public_key());
  for (std::shared_ptr<void> lock;;) {
    const Newest newest(ledger, request.article, run.wants_previous());
    const auto* before = newest.predecessor();
    if (!before) demand_new_look(ledger, request);
    if (newest.redaction()) demand_other_bytes(*newest.redaction(), document);
    if (before) {
      if (!newest.redaction() && newest.entry().document == document.bytes)
        return {before->revision, true, parse_statement(newest.entry().report).report};
      demand_order(request.article, *before, request.observed);
    }
    Report report = make_report(run, document, request, before);
    auto made = make_entry(document, digests_of(document), report);
    made.entry.signatures = sign_report(keys.reports, keys.reports.public_key().keyid(), made.entry.report);
    lock = ledger.lock(request.wait);
    if (!newest.is_newest()) continue;
    const auto message = request.article + " revision " + std::to_string(report.revision);
    commit_revisions(ledger, keys, {made.entry}, {&made.leaf, 1}, message, now());
    return {report.revision, false, std::move(report)};
  }
}

}  // namespace stet
