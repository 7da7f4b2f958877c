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
  return parts;
}

}  // namespace

std::optional<Problem> RevisionCheck::fault(const std::string& article, uint32_t revision) {
  const auto parts = stored_parts(ledger_, article, revision);
  Verification found;
  const Link link = verify_revision(parts, keys_, {}, found);
  if (!found.holds()) return found.problems.front();
  if (const auto statement = parts.files.find(".redacted"); statement != parts.files.end()) {
    const auto& [path, bytes, error, id] = statement->second;
    return log_fault(path, leaf_hash(file_leaf(path, bytes)), link.redactors);
  }
  // To verify() a damaged key is a problem of that key's file.
  if (found.signatures == 0)
    return Problem{entry_path(article, revision, ".sig"), "is by a key whose file is damaged"};
  return log_fault(entry_path(article, revision, ".report"),
                   leaf_hash(Leaf{article, revision, link.document_sha256, link.report_sha256}),
                   link.signers);
}

std::optional<Problem> RevisionCheck::log_fault(const std::string& path, const Hash& leaf,
                                                const std::vector<const ListedKey*>& signers) {
  if (signers.empty()) return std::nullopt;
  if (!places_) {
    places_.emplace();
    const auto log = LedgerLog::open(ledger_);
    const auto leaves = log ? log->leaves() : std::vector<Hash>();
    for (uint64_t i = 0; i < leaves.size(); ++i) places_->emplace(leaves[i], i);
  }
  const auto place = places_->find(leaf);
  if (place == places_->end()) return Problem{path, not_logged};
  for (const auto* signer : signers)
    if (const auto fault = leaf_fault(*signer, place->second)) return Problem{path, *fault};
  return std::nullopt;
}

}  // namespace stet
