#include "record.hpp"

#include <stdexcept>

#include "digest.hpp"
#include "keyring.hpp"
#include "ledger_log.hpp"
#include "sshsig.hpp"
#include "timestamp.hpp"

namespace stet {
namespace {

void demand_order(const std::string& article, const Predecessor& newest, const std::string& observed) {
  if (*parse_timestamp(observed) < parse_timestamp(newest.observed).value_or(0))
    throw std::runtime_error(article + ": observed " + observed + " is before revision " +
                             std::to_string(newest.revision) + ", observed " + newest.observed);
}

// What the next revision of an article comes after, and whether that is the article's newest still.
class Newest {
 public:
  Newest(const Ledger& ledger, const std::string& article, bool whole)
      : ledger_(ledger), article_(article), revision_(ledger.revisions(article)) {
    if (revision_ == 0) return;
    entry_ = ledger.read(article, revision_);
    predecessor_ = predecessor_of(entry_, whole);
  }
  const Entry& entry() const { return entry_; }
  const Predecessor* predecessor() const { return predecessor_ ? &*predecessor_ : nullptr; }
  bool is_newest() const { return ledger_.revisions(article_) == revision_; }

 private:
  const Ledger& ledger_;
  const std::string& article_;
  uint32_t revision_;
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
  if (before) {
    report.previous = {before->revision, before->document_sha256, before->report_sha256};
    report.changes = changes_since(*before, document, report.plugins, run.manifests());
  }
  return report;
}

}  // namespace

void demand_known_key(const Ledger& ledger, const PrivateKey& key) {
  if (!ledger.file(key_path(key.public_key().keyid())))
    throw std::runtime_error(ledger.folder().string() + ": the key " + key.public_key().keyid() +
                             " is not one of this ledger's keys");
}

SideFiles log_changes(const Ledger& ledger, std::span<const Leaf> leaves, const Signers& keys) {
  const auto log = LedgerLog::open(ledger);
  if (!log) return {};
  if (!keys.log)
    throw std::runtime_error(
        ledger.folder().string() +
        ": the key of its log is needed; it was made as stet/log-key.pem, see --log-key");
  return log->append(leaves, *keys.log);
}

SignCommit commit_signer(const PrivateKey& key) {
  return
      [&key](std::string_view unsigned_commit) { return ssh_signature(key, git_namespace, unsigned_commit); };
}

StoredRevision stored_revision(const Ledger& ledger, const std::string& article, uint32_t revision) {
  return parse_entry(ledger.read(article, revision));
}

// Made without the lock. Whoever finds another revision recorded meanwhile makes it again, and keeps the
// lock for that, so that it is the last time.
Recorded record(Ledger& ledger, const Signers& keys, Run& run, const Document& document,
                const RecordRequest& request) {
  demand_known_key(ledger, keys.reports);
  for (std::shared_ptr<void> lock;;) {
    const Newest newest(ledger, request.article, run.wants_previous());
    const auto* before = newest.predecessor();
    if (before) {
      if (newest.entry().document == document.bytes)
        return {before->revision, true, parse_statement(newest.entry().report).report};
      demand_order(request.article, *before, request.observed);
    }
    Report report = make_report(run, document, request, before);
    auto made = make_entry(document, digests_of(document), report);
    made.entry.signatures = sign_report(keys.reports, keys.reports.public_key().keyid(), made.entry.report);
    lock = ledger.lock(request.wait);
    if (!newest.is_newest()) continue;
    const auto message = request.article + " revision " + std::to_string(report.revision);
    ledger.append({made.entry}, message, now(), log_changes(ledger, {&made.leaf, 1}, keys),
                  commit_signer(keys.reports));
    return {report.revision, false, std::move(report)};
  }
}

}  // namespace stet
