#include "logged_commit.hpp"

#include <stdexcept>

#include "keyring.hpp"
#include "ledger_log.hpp"
#include "sshsig.hpp"

namespace stet {
namespace {

// What the log's files become with these leaves, the checkpoint last.
SideFiles log_changes(const Ledger& ledger, const std::optional<LedgerLog>& log, std::span<const Hash> leaves,
                      const Signers& keys) {
  if (!log || leaves.empty()) return {};
  if (!keys.log)
    throw std::runtime_error(
        ledger.folder().string() +
        ": the key of its log is needed; it was made as stet/log-key.pem, see --log-key");
  if (keys.last) keys.last->demand_continuation(ledger, *log);
  return log->append(leaves, *keys.log);
}

void commit(Ledger& ledger, const Signers& keys, const std::vector<Entry>& entries,
            std::span<const Hash> leaves, SideFiles side, const std::string& message, int64_t time) {
  // Asked again, since it may have been revoked while the revisions were made.
  demand_usable_key(ledger, keys.reports.public_key());
  const auto log = LedgerLog::open(ledger);
  auto grown = log_changes(ledger, log, leaves, keys);
  const auto checkpoint = grown.written.empty() ? "" : grown.written.back().second;
  std::move(grown.written.begin(), grown.written.end(), std::back_inserter(side.written));
  std::move(grown.removed.begin(), grown.removed.end(), std::back_inserter(side.removed));
  ledger.append(entries, message, time, side, commit_signer(keys.reports));
  if (keys.last && !checkpoint.empty()) keys.last->keep(checkpoint, log->key());
}

}  // namespace

void commit_revisions(Ledger& ledger, const Signers& keys, const std::vector<Entry>& entries,
                      std::span<const Leaf> leaves, const std::string& message, int64_t time) {
  std::vector<Hash> hashes;
  for (const auto& leaf : leaves) hashes.push_back(leaf_hash(leaf));
  commit(ledger, keys, entries, hashes, {}, message, time);
}

void commit_files(Ledger& ledger, const Signers& keys, SideFiles side, const std::string& message,
                  int64_t time) {
  std::vector<Hash> leaves;
  for (const auto& [path, bytes] : side.written)
    if (is_logged_file(path)) leaves.push_back(leaf_hash(file_leaf(path, bytes)));
  commit(ledger, keys, {}, leaves, std::move(side), message, time);
}

SignCommit commit_signer(const PrivateKey& key) {
  return
      [&key](std::string_view unsigned_commit) { return ssh_signature(key, git_namespace, unsigned_commit); };
}

}  // namespace stet
