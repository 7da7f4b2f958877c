#include "revision_check.hpp"

#include <stdexcept>

#include "leaf.hpp"
#include "ledger_log.hpp"
#include "sentence.hpp"
#include "verify_article.hpp"

namespace stet {
namespace {

using Problem = Verification::Problem;

// Nothing if there is none; damage is told in the file.
std::optional<StoredFile> stored_file(const Ledger& ledger, const std::string& path) try {
  auto bytes = ledger.file(path);
  if (!bytes) return std::nullopt;
  const auto id = object_id(ObjectType::blob, *bytes);
  return StoredFile{path, std::move(*bytes), "", id};
} catch (const std::runtime_error& e) {
  return StoredFile{path, "", without_name(e.what(), path)};
}

StoredParts stored_parts(const Ledger& ledger, const std::string& article, uint32_t revision) {
  StoredParts parts{article, revision, {}};
  for (const char* suffix : revision_suffixes)
    if (auto file = stored_file(ledger, entry_path(article, revision, suffix)))
      parts.files.emplace(suffix, std::move(*file));
  add_later_signatures(parts, [&](const std::string& path) { return stored_file(ledger, path); });
  return parts;
}

}  // namespace

std::optional<Problem> RevisionCheck::fault(const std::string& article, uint32_t revision) {
  auto parts = stored_parts(ledger_, article, revision);
  if (next_) parts.files.emplace(place_of(next_->path).suffix, *next_);
  Verification found;
  const Link link = verify_revision(parts, keys_, {}, found);
  if (!found.holds()) return found.problems.front();
  if (parts.files.contains(".redacted")) return redaction_fault(parts, link);
  // To verify() a damaged key is a problem of that key's file.
  if (found.signatures == 0)
    return Problem{entry_path(article, revision, ".sig"), "is by a key whose file is damaged"};
  if (link.signers.empty()) return std::nullopt;
  return log_fault(entry_path(article, revision, ".report"),
                   leaf_hash(Leaf{article, revision, link.document_sha256, link.report_sha256}),
                   link.signers);
}

std::optional<Problem> RevisionCheck::redaction_fault(const StoredParts& parts, const Link& link) {
  if (link.redactors.empty()) return std::nullopt;
  for (const auto& [file, signers] : redaction_files(parts, link))
    if (auto fault = log_fault(file->path, leaf_hash(file_leaf(file->path, file->bytes)), signers))
      return fault;
  return std::nullopt;
}

std::optional<Problem> RevisionCheck::log_fault(const std::string& path, const Hash& leaf,
                                                const std::vector<const ListedKey*>& signers) {
  if (!places_) {
    places_.emplace();
    const auto log = LedgerLog::open(ledger_);
    const auto leaves = log ? log->leaves() : std::vector<Hash>();
    for (uint64_t i = 0; i < leaves.size(); ++i) places_->emplace(leaves[i], i);
    if (next_) places_->emplace(leaf_hash(file_leaf(next_->path, next_->bytes)), leaves.size());
  }
  const auto place = places_->find(leaf);
  if (place == places_->end()) return Problem{path, not_logged};
  for (const auto* signer : signers)
    if (const auto fault = leaf_fault(*signer, place->second)) return Problem{path, *fault};
  return std::nullopt;
}

}  // namespace stet
