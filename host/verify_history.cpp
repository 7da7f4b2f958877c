#include "verify_history.hpp"

#include <algorithm>
#include <stdexcept>

#include "ledger_log.hpp"
#include "sshsig.hpp"
#include "timestamp.hpp"

namespace stet {

Keyring::Lookup CommitSigners::find(const ObjectId& tree, const std::string& keyid) {
  const auto path = key_path(keyid);
  const auto file = path.empty() ? std::nullopt : lookup_.file(tree, path);
  if (!file) return {};
  if (!file->error.empty()) return {Keyring::State::damaged, {}, file->error};
  const auto [place, is_new] = read_.try_emplace(file->id);
  if (is_new) place->second = Keyring::read(path, file->bytes);
  return place->second;
}

Keyring::Lookup CommitSigners::let_in(const ObjectId& tree, const std::string& keyid, unsigned most_steps) {
  auto key = newest_.find(keyid);
  if (key.state != Keyring::State::listed || !key.listed.listed_by || most_steps == 0) return {};
  const auto& by = *key.listed.listed_by;
  auto other = find(tree, by.keyid);
  if (other.state == Keyring::State::listed && other.listed.ended()) return {};
  if (other.state == Keyring::State::unknown) other = let_in(tree, by.keyid, most_steps - 1);
  if (other.state != Keyring::State::listed) return {};
  if (!other.listed.key.verifies(admission(key.listed), by.bytes)) return {};
  // It had not ended when it made the old commits anew, or the commit behind them were not its own.
  key.listed.retired = key.listed.revoked = std::nullopt;
  return key;
}

std::optional<std::string> CommitSigners::fault(const CommitParts& commit, const std::string& keyid,
                                                const Keyring::Lookup& key) const {
  if (key.state == Keyring::State::unknown)
    return "is signed by " + keyid + ", which is not one of the ledger's keys" +
           (newest_.find(keyid).state == Keyring::State::unknown ? "" : " in the commit before it");
  if (key.state == Keyring::State::damaged) return "is signed by " + keyid + ", whose file " + key.error;
  const auto& listed = key.listed;
  if (const auto bad = ssh_signature_fault(listed.key, git_namespace, commit.signed_text, commit.signature))
    return "has a signature of " + keyid + " that does not hold: " + *bad;
  const auto signed_at = "was signed at " + format_timestamp(commit.unix_time) + " by " + keyid + ", which ";
  if (commit.unix_time < listed.valid_from)
    return signed_at + "is valid only from " + format_timestamp(listed.valid_from);
  // A key that was retired made the commit that says so; since when it may have been stolen is no matter of
  // commits, which follow each other, but of what they brought to the log.
  if (listed.ended()) return signed_at + "was " + end_of(listed);
  return std::nullopt;
}

CommitSigners::Judgement CommitSigners::judge(const CommitParts& commit, const ObjectId& before) try {
  constexpr unsigned most_steps = 1000;
  const auto keyid = ssh_signer(commit.signature);
  if (newest_.find(keyid).state == Keyring::State::damaged) return {};
  auto key = find(before, keyid);
  if (key.state == Keyring::State::unknown) key = let_in(before, keyid, most_steps);
  const auto why = fault(commit, keyid, key);
  return {!why, why};
} catch (const std::runtime_error& e) {
  return {false, std::string("has a signature that is none: ") + e.what()};
}

std::optional<std::string> CommitSigners::beginning_fault(const CommitParts& first) try {
  if (lookup_.holds(first.tree, "articles"))
    return "is the first of this ledger and brings revisions: what came before it is gone";
  const auto bytes = [&](const std::string& path) {
    const auto file = lookup_.file(first.tree, path);
    return file ? file->bytes : "";
  };
  const auto about = bytes("ledger.json");
  const auto log = log_key_in(about);
  if (!log || first.signature.empty()) return std::nullopt;
  const auto key = key_path(ssh_signer(first.signature));
  return first_checkpoint_fault(bytes(checkpoint_path), *log, about, {key, bytes(key)});
} catch (const std::runtime_error& e) {
  return e.what();
}

HistoryResult verify_history(const CommitSpan& history, CommitSigners& signers) {
  HistoryResult result;
  for (size_t i = history.begin; i < history.end; ++i) {
    const auto& commit = history.commits[i];
    const auto say = [&](const std::string& what) {
      result.problems.push_back({i, "commit " + hex(commit.id), what});
    };
    const auto& parts = commit.parts;
    if (parts.parents.size() > 1) say("has more than one parent: what another one brought is not looked at");
    if (parts.parents.empty())
      if (const auto fault = signers.beginning_fault(parts)) say(*fault);
    if (!has_timestamp(parts.unix_time)) {
      say("is dated " + std::to_string(parts.unix_time) +
          " (seconds since 1970), which is not of the years 1 to 9999");
      continue;
    }
    const auto& before = history.commits[std::min(i + 1, history.commits.size() - 1)].parts;
    if (parts.signature.empty()) {
      if (history.must_be_signed()) say("is not signed, as every commit of this ledger must be");
    } else {
      const auto judgement = signers.judge(parts, before.tree);
      if (judgement.fault) say(*judgement.fault);
      result.signatures += judgement.counts;
    }
    if (parts.unix_time < before.unix_time && has_timestamp(before.unix_time))
      say("is dated " + format_timestamp(parts.unix_time) + ", before its parent, " +
          format_timestamp(before.unix_time));
  }
  return result;
}

}  // namespace stet
