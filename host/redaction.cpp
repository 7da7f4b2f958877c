#include "redaction.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "canonical.hpp"
#include "digest.hpp"
#include "foreign_json.hpp"
#include "history_rewrite.hpp"
#include "keyring.hpp"
#include "ledger_log.hpp"
#include "reason.hpp"
#include "record.hpp"
#include "revision_check.hpp"
#include "timestamp.hpp"
#include "verify.hpp"

namespace stet {
namespace {

using nlohmann::json;

std::string name_of(const std::string& article, uint32_t revision) {
  return article + '@' + std::to_string(revision);
}

json article_json(const Redaction& r) {
  json article{{"id", r.leaf.article}, {"revision", r.leaf.revision}};
  if (r.previous) article["previous"] = to_json(*r.previous);
  return article;
}

ObjectId blob_from(const json& hexadecimal) {
  const auto text = hexadecimal.get<std::string>();
  ObjectId id{};
  if (text.size() != 2 * id.size() || text.find_first_not_of("0123456789abcdef") != text.npos)
    throw std::runtime_error("gives gitBlob \"" + text + "\", which is no id of git's");
  for (size_t i = 0; i < id.size(); ++i)
    id[i] = static_cast<unsigned char>(std::stoi(text.substr(2 * i, 2), nullptr, 16));
  return id;
}

Redaction read_statement(const json& s) {
  const json& p = s.at("predicate");
  const json& article = p.at("article");
  Redaction r{{article.at("id"), article.at("revision"), p.at("documentSha256"), p.at("reportSha256")},
              blob_from(s.at("subject").at(0).at("digest").at("gitBlob")),
              std::nullopt,
              p.at("observedAt"),
              p.at("recordedAt"),
              p.at("redactedAt"),
              p.at("reason"),
              std::nullopt};
  if (article.contains("previous")) r.previous = previous_from_json(article["previous"]);
  if (p.contains("logSize")) r.log_size = p["logSize"].get<uint64_t>();
  return r;
}

Redaction redaction_for(const Ledger& ledger, const RevisionName& name, const std::string& reason,
                        const std::optional<LedgerLog>& log, int64_t time) {
  const auto stored = stored_revision(ledger, name.article, name.revision);
  const Report& report = stored.report.report;
  Redaction r{leaf_of(stored.entry),
              object_id(ObjectType::blob, stored.entry.document),
              report.previous,
              report.observed,
              report.recorded,
              format_timestamp(time),
              reason,
              std::nullopt};
  if (log) r.log_size = log->checkpoint().size;
  return r;
}

void take_down(const Ledger& ledger, const Redaction& r, const PrivateKey& key, SideFiles& side) {
  const auto path = [&](const char* suffix) { return entry_path(r.leaf.article, r.leaf.revision, suffix); };
  for (const char* suffix : {"", ".text", ".report", ".sig"})
    if (ledger.file(path(suffix))) side.removed.push_back(path(suffix));
  const auto statement = redaction_statement(r);
  side.written.emplace_back(path(".redacted.sig"), sign_report(key, key.public_key().keyid(), statement));
  side.written.emplace_back(path(".redacted"), statement);
}

// Whoever has stolen a key redacts with it, and once it is revoked nothing of that counts: without another
// signature the ledger would never hold again, and nothing could be purged from it.
void sign_again(const Ledger& ledger, const RevisionName& name, const PrivateKey& key, SideFiles& side) {
  const auto path = [&](const std::string& suffix) {
    return entry_path(name.article, name.revision, suffix);
  };
  const auto statement = ledger.file(path(".redacted")).value_or("");
  const auto fault = RevisionCheck(ledger).fault(name.article, name.revision);
  if (!fault)
    throw std::runtime_error(redaction_sentence(name.article, name.revision, statement,
                                                ledger.file(path(".redacted.sig")).value_or("")));
  uint32_t n = 2;
  while (ledger.file(path(redaction_signatures(n)))) ++n;
  const auto signature = sign_report(key, key.public_key().keyid(), statement);
  const StoredFile next{path(redaction_signatures(n)), signature, "", object_id(ObjectType::blob, signature)};
  // Nobody is to sign what another has forged.
  if (const auto left = RevisionCheck(ledger, next).fault(name.article, name.revision))
    throw std::runtime_error(name_of(name.article, name.revision) +
                             ": its redaction is not put right by another signature: " + left->path + ": " +
                             left->message);
  side.written.emplace_back(next.path, next.bytes);
}

// A purge signs every commit anew and destroys what the statements name: whatever a stranger wrote into the
// ledger would be the owner's word from then on. Gives the commit that was looked at.
ObjectId demand_that_it_holds(const Ledger& ledger) {
  const auto newest = ledger.newest_commit();
  const auto problems = verify(ledger, {}).problems;
  if (problems.empty()) return newest;
  throw std::runtime_error(ledger.folder().string() + ": does not hold, so that nothing is purged: " +
                           problems.front().path + ": " + problems.front().message);
}

}  // namespace

std::string redaction_statement(const Redaction& r) {
  json predicate{{"article", article_json(r)},
                 {"documentSha256", r.leaf.document_sha256},
                 {"reportSha256", r.leaf.report_sha256},
                 {"observedAt", r.observed},
                 {"recordedAt", r.recorded},
                 {"redactedAt", r.redacted},
                 {"reason", r.reason}};
  if (r.log_size) predicate["logSize"] = *r.log_size;
  return canonical({{"_type", "https://in-toto.io/Statement/v1"},
                    {"subject",
                     {{{"name", name_of(r.leaf.article, r.leaf.revision)},
                       {"digest", {{"sha256", r.leaf.document_sha256}, {"gitBlob", hex(r.blob)}}}}}},
                    {"predicateType", redaction_type},
                    {"predicate", predicate}});
}

Redaction parse_redaction(std::string_view statement) try {
  Redaction r = read_statement(parse_stored_json(statement));
  if (!parse_timestamp(r.redacted))
    throw std::runtime_error("was redacted at \"" + r.redacted + "\", which is not a time");
  leaf_data(r.leaf);
  if (redaction_statement(r) != statement)
    throw std::runtime_error("is not the canonical statement of a redaction");
  return r;
} catch (const json::exception&) {
  throw std::runtime_error("is not the statement of a redaction: JSON of another shape");
} catch (const std::invalid_argument& e) {
  throw std::runtime_error(std::string("is not the statement of a redaction: ") + e.what());
}

std::string redaction_sentence(const std::string& article, uint32_t revision, std::string_view statement,
                               std::string_view signatures) {
  std::string sentence = name_of(article, revision) + " was redacted";
  try {
    const auto redaction = parse_redaction(statement);
    sentence += " on " + redaction.redacted;
    const auto by = parse_signatures_file(signatures);
    if (!by.empty()) sentence += " by " + by.front().keyid;
    return sentence + ": " + redaction.reason;
  } catch (const std::runtime_error&) {
    return sentence;
  }
}

std::string redaction_signatures(uint32_t n) {
  return n == 1 ? ".redacted.sig" : ".redacted.sig." + std::to_string(n);
}

std::optional<uint32_t> later_signatures(std::string_view suffix) {
  constexpr std::string_view beginning = ".redacted.sig.";
  if (!suffix.starts_with(beginning)) return std::nullopt;
  uint32_t n = 0;
  std::from_chars(suffix.data() + beginning.size(), suffix.data() + suffix.size(), n);
  return n > 1 && redaction_signatures(n) == suffix ? std::optional(n) : std::nullopt;
}

std::optional<Redaction> redaction_of(const Ledger& ledger, const std::string& article, uint32_t revision) {
  const auto path = entry_path(article, revision, ".redacted");
  const auto statement = ledger.file(path);
  if (!statement) return std::nullopt;
  try {
    return parse_redaction(*statement);
  } catch (const std::runtime_error& e) {
    throw std::runtime_error(ledger.folder().string() + ": " + path + ": " + e.what());
  }
}

void redact(Ledger& ledger, const Signers& keys, std::span<const RevisionName> revisions,
            const std::string& reason, int64_t time) {
  const auto locked = ledger.lock();
  demand_usable_key(ledger, keys.reports.public_key());
  const auto log = LedgerLog::open(ledger);
  SideFiles side;
  std::string names;
  for (const auto& revision : revisions) {
    names += ' ' + name_of(revision.article, revision.revision);
    if (redaction_of(ledger, revision.article, revision.revision)) {
      sign_again(ledger, revision, keys.reports, side);
      names += " again";
    } else {
      demand_reason("a redaction", reason);
      take_down(ledger, redaction_for(ledger, revision, reason, log, time), keys.reports, side);
    }
  }
  commit_files(ledger, keys, std::move(side), "redact" + names, time);
}

size_t purge_history(Ledger& ledger, const PrivateKey& key, int64_t time) {
  demand_usable_key(ledger, key.public_key());
  const auto verified = demand_that_it_holds(ledger);  // which takes long: others may go on meanwhile
  const auto locked = ledger.lock();
  if (ledger.newest_commit() != verified) demand_that_it_holds(ledger);
  demand_usable_key(ledger, key.public_key());
  HistoryEdit edit{{}, "", time, commit_signer(key)};
  for (const auto& article : ledger.articles()) {
    const auto ids = ledger.stored_ids(article);
    for (uint32_t n = 1; n <= ids.size(); ++n)
      if (!ids[n - 1].document && redaction_of(ledger, article, n))
        for (const char* suffix : {"", ".text", ".report", ".sig"})
          edit.gone.push_back(entry_path(article, n, suffix));
  }
  edit.note = "Made anew on " + format_timestamp(time) + " without what was redacted.";
  return edit.gone.empty() ? 0 : ledger.edit_history(edit);
}

}  // namespace stet
