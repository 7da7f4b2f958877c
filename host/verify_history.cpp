#include "verify_history.hpp"

#include <stdexcept>

#include "sshsig.hpp"
#include "timestamp.hpp"

namespace stet {
namespace {

// Of a signed commit.
std::optional<std::string> signature_fault(const CommitParts& commit, Keyring& keys) try {
  const auto keyid = ssh_signer(commit.signature);
  const auto& found = keys.find(keyid);
  if (found.state == Keyring::State::damaged) return std::nullopt;  // which is a problem of the key's file
  if (found.state == Keyring::State::unknown)
    return "is signed by " + keyid + ", which is not one of the ledger's keys";
  const auto fault =
      ssh_signature_fault(found.listed.key, git_namespace, commit.signed_text, commit.signature);
  if (fault) return "has a signature of " + keyid + " that does not hold: " + *fault;
  if (!has_timestamp(commit.unix_time))
    return "is dated " + std::to_string(commit.unix_time) +
           " (seconds since 1970), which is not of the years 1 to 9999";
  if (commit.unix_time < found.listed.valid_from)
    return "was signed at " + format_timestamp(commit.unix_time) + " by " + keyid +
           ", which is valid only from " + format_timestamp(found.listed.valid_from);
  // A key that was retired made the commit that says so; since when it may have been stolen is no matter of
  // commits, which follow each other, but of what they brought to the log.
  const auto& end = found.listed.retired ? found.listed.retired : found.listed.revoked;
  if (end && commit.unix_time > end->time)
    return "was signed at " + format_timestamp(commit.unix_time) + " by " + keyid + ", which was " +
           end_of(found.listed);
  return std::nullopt;
} catch (const std::runtime_error& e) {
  return std::string("has a signature that is none: ") + e.what();
}

}  // namespace

std::optional<std::string> commit_fault(const LedgerCommit& commit, Keyring& keys, bool must_be_signed) {
  if (!commit.parts.signature.empty()) return signature_fault(commit.parts, keys);
  if (must_be_signed) return "is not signed, as every commit of this ledger must be";
  return std::nullopt;
}

HistoryResult verify_history(const CommitSpan& history, Keyring& keys) {
  HistoryResult result;
  for (size_t i = history.begin; i < history.end; ++i) {
    const auto& commit = history.commits[i];
    const auto say = [&](const std::string& what) {
      result.problems.push_back({i, "commit " + hex(commit.id), what});
    };
    if (const auto fault = commit_fault(commit, keys, history.must_be_signed(i)))
      say(*fault);
    else if (!commit.parts.signature.empty())
      ++result.signatures;
    if (i + 1 == history.commits.size()) break;
    const auto& parent = history.commits[i + 1];
    const bool have_dates = has_timestamp(commit.parts.unix_time) && has_timestamp(parent.parts.unix_time);
    if (have_dates && commit.parts.unix_time < parent.parts.unix_time)
      say("is dated " + format_timestamp(commit.parts.unix_time) + ", before its parent, " +
          format_timestamp(parent.parts.unix_time));
  }
  return result;
}

}  // namespace stet
