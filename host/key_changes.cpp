#include "key_changes.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include "digest.hpp"
#include "ledger_log.hpp"
#include "reason.hpp"
#include "record.hpp"
#include "redaction.hpp"
#include "timestamp.hpp"

namespace stet {
namespace {

[[noreturn]] void fail(const Ledger& ledger, const std::string& why) {
  throw std::runtime_error(ledger.folder().string() + ": " + why);
}

std::optional<uint64_t> log_size(const Ledger& ledger) {
  const auto log = LedgerLog::open(ledger);
  return log ? std::optional(log->checkpoint().size) : std::nullopt;
}

ListedKey listed(const Ledger& ledger, const std::string& keyid) {
  for (auto& key : listed_keys(ledger))
    if (key.key.keyid() == keyid) return key;
  fail(ledger, "the key " + keyid + " is not one of this ledger's keys");
}

// No commit is dated before its parent, and a key's end is not before the commit that says so. Where a clock
// was wrong once that is ahead of the time, from which alone on the next key counts.
int64_t commit_time(const Ledger& ledger, int64_t time) {
  const int64_t newest = ledger.newest_time();
  if (!has_timestamp(newest)) fail(ledger, "its newest commit is dated beyond the year 9999");
  return std::max(time, newest);
}

std::pair<std::string, std::string> new_key_file(const Ledger& ledger, const PrivateKey& by,
                                                 const PublicKey& key, int64_t time) {
  if (ledger.file(key_path(key.keyid()))) fail(ledger, "lists the key " + key.keyid() + " already");
  ListedKey added{key, time};
  if (const auto size = log_size(ledger); size > 0) added.from_size = size;
  added.listed_by = Signature{by.public_key().keyid(), by.sign(admission(added))};
  return key_file(added);
}

// What was signed: its place in the log, and the time that it says.
struct LoggedEntry {
  uint64_t leaf;
  int64_t time;
};

class LoggedEntries {
 public:
  explicit LoggedEntries(const Ledger& ledger) : ledger_(ledger) {
    if (const auto log = LedgerLog::open(ledger)) {
      const auto leaves = log->leaves();
      for (uint64_t i = 0; i < leaves.size(); ++i) places_.emplace(leaves[i], i);
      size_ = leaves.size();
    }
  }

  std::optional<uint64_t> size() const { return size_; }

  LoggedEntry find(const std::string& article, uint32_t revision) const {
    const auto gone = redaction_of(ledger_, article, revision);
    const auto entry = gone ? std::nullopt : std::optional(ledger_.read(article, revision));
    const auto leaf = gone ? gone->leaf : leaf_of(*entry);
    const auto recorded = gone ? gone->recorded : parse_statement(entry->report).report.recorded;
    return entry_of(leaf, recorded, article + "@" + std::to_string(revision));
  }

  std::vector<LoggedEntry> all() const {
    std::vector<LoggedEntry> all;
    for (const auto& article : ledger_.articles())
      for (uint32_t n = 1; n <= ledger_.revisions(article); ++n) {
        all.push_back(find(article, n));
        if (const auto gone = redaction_of(ledger_, article, n)) all.push_back(find(*gone));
      }
    for (const auto& key : listed_keys(ledger_))
      if (key.from_size) all.push_back({*key.from_size, key.valid_from});
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.leaf < b.leaf; });
    return all;
  }

 private:
  LoggedEntry find(const Redaction& gone) const {
    const auto path = entry_path(gone.leaf.article, gone.leaf.revision, ".redacted");
    return entry_of(file_leaf(path, redaction_statement(gone)), gone.redacted, path);
  }

  template <class AnyLeaf>
  LoggedEntry entry_of(const AnyLeaf& leaf, const std::string& time, const std::string& name) const {
    const auto place = places_.find(leaf_hash(leaf));
    if (place == places_.end()) fail(ledger_, name + " is not in its log");
    return {place->second, parse_timestamp(time).value_or(0)};
  }

  const Ledger& ledger_;
  std::map<Hash, uint64_t> places_;
  std::optional<uint64_t> size_;
};

KeyEnd end_before(const LoggedEntry& entry) {
  return {entry.time, entry.leaf};
}

}  // namespace

void add_key(Ledger& ledger, const Signers& by, const PublicKey& next, int64_t time) {
  const auto locked = ledger.lock();
  demand_usable_key(ledger, by.reports.public_key());
  commit_files(ledger, by, {{new_key_file(ledger, by.reports, next, time)}, {}}, "add key " + next.keyid(),
               time);
}

void rotate_key(Ledger& ledger, const Signers& old, const PublicKey& next, int64_t time) {
  const auto locked = ledger.lock();
  demand_usable_key(ledger, old.reports.public_key());
  ListedKey retired = listed(ledger, old.reports.public_key().keyid());
  retired.retired = KeyEnd{commit_time(ledger, time), log_size(ledger)};
  commit_files(ledger, old, {{new_key_file(ledger, old.reports, next, time), key_file(retired)}, {}},
               "key " + next.keyid() + " takes the place of " + retired.key.keyid(), time);
}

bool has_rotated(const Ledger& ledger, const PublicKey& old, const PublicKey& next) {
  if (!is_listed(ledger, old) || !is_listed(ledger, next)) return false;
  const auto before = listed(ledger, old.keyid()), after = listed(ledger, next.keyid());
  return before.retired && before.retired->log_size == after.from_size && !after.ended() && after.listed_by &&
         after.listed_by->keyid == old.keyid();
}

void revoke_key(Ledger& ledger, const Signers& by, const std::string& keyid, const KeyEnd& end,
                const std::string& reason, int64_t time) {
  demand_reason("a revocation", reason);
  const auto locked = ledger.lock();
  demand_usable_key(ledger, by.reports.public_key());
  if (by.reports.public_key().keyid() == keyid)
    fail(ledger, keyid + " is the key that would sign this: rotate to a new one first (stet key rotate)");
  ListedKey revoked = listed(ledger, keyid);
  if (revoked.revoked) fail(ledger, "the key " + keyid + " was " + end_of(revoked) + " already");
  revoked.revoked = end;
  revoked.reason = reason;
  commit_files(ledger, by, {{key_file(revoked)}, {}}, "revoke key " + keyid, time);
}

std::vector<std::string> let_in_after_the_end(const Ledger& ledger, const std::string& keyid,
                                              const PublicKey& own) {
  const auto end = listed(ledger, keyid).revoked;
  std::set<std::string> suspects;
  std::vector<std::string> keys;
  for (const auto& key : listed_keys(ledger)) {
    if (!end || !key.listed_by || key.key.keyid() == own.keyid()) continue;
    const bool is_after = end->log_size ? key.from_size >= end->log_size : key.valid_from >= end->time;
    const auto& by = key.listed_by->keyid;
    if (!suspects.contains(by) && !(by == keyid && is_after)) continue;
    suspects.insert(key.key.keyid());
    if (!key.revoked) keys.push_back(key.key.keyid());
  }
  return keys;
}

KeyEnd key_end(const Ledger& ledger, const std::string& since, int64_t now) {
  if (since.empty()) return {now, log_size(ledger)};
  const auto time = parse_timestamp(since);
  if (time && *time > now)
    throw std::runtime_error("--since " + since + ": is ahead of the clock, " + format_timestamp(now));
  if (time && !log_size(ledger)) return {*time, std::nullopt};
  const LoggedEntries log(ledger);
  if (!log.size()) fail(ledger, "has no log, so that --since can only be a time");
  if (const size_t at = since.rfind('@'); at != since.npos) {
    const auto revision = parse_decimal(since.substr(at + 1));
    if (revision && *revision <= UINT32_MAX)
      return end_before(log.find(since.substr(0, at), static_cast<uint32_t>(*revision)));
  }
  const auto size = parse_decimal(since);
  if (!time && (!size || *size > *log.size()))
    throw std::runtime_error("--since " + since +
                             ": neither a time, nor ARTICLE@N, nor a number of entries up to " +
                             std::to_string(*log.size()));
  for (const auto& entry : log.all())
    if (time ? entry.time >= *time : entry.leaf >= *size)
      return {time.value_or(entry.time), size.value_or(entry.leaf)};
  return {time.value_or(now), size ? size : log.size()};
}

}  // namespace stet
