#include "record.hpp"

#include <stdexcept>

#include "canonical.hpp"
#include "changes.hpp"
#include "digest.hpp"
#include "keyring.hpp"
#include "ledger_log.hpp"
#include "sshsig.hpp"
#include "timestamp.hpp"

namespace stet {
namespace {

void demand_known_key(const Ledger& ledger, const PrivateKey& key) {
  if (!ledger.file(key_path(key.public_key().keyid())))
    throw std::runtime_error(ledger.folder().string() + ": the key " + key.public_key().keyid() +
                             " is not one of this ledger's keys");
}

void demand_order(const std::string& article, const ReadReport& newest, const std::string& observed) {
  if (*parse_timestamp(observed) < parse_timestamp(newest.report.observed).value_or(0))
    throw std::runtime_error(article + ": observed " + observed + " is before revision " +
                             std::to_string(newest.report.revision) + ", observed " + newest.report.observed);
}

Entry signed_entry(const PrivateKey& key, const Document& document, const Report& report) {
  Entry entry{report.article,
              report.revision,
              document.bytes,
              std::nullopt,
              canonical(statement(document, report)),
              ""};
  if (document.text != document.bytes) entry.text = document.text;
  entry.signatures =
      signatures_file({{key.public_key().keyid(), key.sign(pre_authentication_encoding(entry.report))}});
  return entry;
}

SideFiles log_changes(const Ledger& ledger, const Entry& entry, const Signers& keys) {
  const auto log = LedgerLog::open(ledger);
  if (!log) return {};
  if (!keys.log)
    throw std::runtime_error(
        ledger.folder().string() +
        ": the key of its log is needed; it was made as stet/log-key.pem, see --log-key");
  return log->append({&entry, 1}, *keys.log);
}

// A text that this version would read differently from the one recorded keeps the recorded text, since
// the report's ranges are offsets into that.
Document document_of(const Entry& entry, const ReadReport& report) {
  const auto format = report.document.at("format") == "markdown" ? Format::markdown : Format::text;
  const std::string name = report.document.at("name");
  Document document = read_document(name, entry.document, format);
  const std::string& recorded = entry.text ? *entry.text : entry.document;
  return document.text == recorded ? document : read_document(name, recorded, Format::text);
}

}  // namespace

SignCommit commit_signer(const PrivateKey& key) {
  return
      [&key](std::string_view unsigned_commit) { return ssh_signature(key, git_namespace, unsigned_commit); };
}

std::vector<Fact> facts_of(const std::vector<PluginRun>& plugins) {
  std::vector<Fact> all;
  for (const auto& run : plugins) all.insert(all.end(), run.outcome.facts.begin(), run.outcome.facts.end());
  return all;
}

StoredRevision stored_revision(const Ledger& ledger, const std::string& article, uint32_t revision) {
  Entry entry = ledger.read(article, revision);
  try {
    ReadReport report = parse_statement(entry.report);
    Document document = document_of(entry, report);
    return {std::move(entry), std::move(report), std::move(document)};
  } catch (const std::exception& e) {
    throw std::runtime_error(article + "@" + std::to_string(revision) + ": " + e.what());
  }
}

Recorded record(Ledger& ledger, const Signers& keys, Run& run, const Document& document,
                const RecordRequest& request) {
  demand_known_key(ledger, keys.reports);
  const auto locked = ledger.lock();
  const uint32_t newest = ledger.revisions(request.article);
  std::optional<StoredRevision> before;
  if (newest > 0) {
    before = stored_revision(ledger, request.article, newest);
    if (before->entry.document == document.bytes) return {newest, true, std::move(before->report.report)};
    demand_order(request.article, before->report, request.observed);
  }
  Report report;
  report.article = request.article;
  report.revision = newest + 1;
  report.observed = request.observed;
  report.recorded = format_timestamp(now());
  report.sources =
      list_sources(document, request.folder, request.sources,
                   before ? before->report.report.sources : nlohmann::json::array(), newest, report.recorded);
  Reading reading{document, report.sources, std::nullopt, std::nullopt};
  if (before) reading.previous = {&before->document, newest, before->report.report.observed};
  report.plugins = run.check(reading);
  if (before) {
    report.previous = {newest, sha256_hex(before->entry.document), sha256_hex(before->entry.report)};
    const auto old_facts = facts_of(before->report.report.plugins);
    const auto new_facts = facts_of(report.plugins);
    report.changes = compare({before->document.text, old_facts}, {document.text, new_facts}, run.manifests());
  }
  Entry entry = signed_entry(keys.reports, document, report);
  ledger.append({entry}, request.article + " revision " + std::to_string(report.revision), now(),
                log_changes(ledger, entry, keys), commit_signer(keys.reports));
  return {report.revision, false, std::move(report)};
}

}  // namespace stet
