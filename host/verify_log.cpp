#include "verify_log.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <tuple>

#include "ledger_log.hpp"
#include "sentence.hpp"
#include "tiles.hpp"

namespace stet {
namespace {

constexpr uint64_t hashes_in_tile = 256;

void problem(Verification& result, const std::string& path, const std::string& message) {
  result.problems.push_back({path, message});
}

// Nothing is recorded twice: one more leaf of it makes the log look longer than the ledger. `order` is that
// of the leaves' hashes.
void drop_repeated(std::vector<uint64_t>& order, const std::vector<Hash>& leaves, Verification& result) {
  const auto same = [&](uint64_t a, uint64_t b) { return leaves[a] == leaves[b]; };
  const auto twice = std::adjacent_find(order.begin(), order.end(), same);
  if (twice == order.end()) return;
  const size_t size = order.size();
  const std::string numbers =
      std::to_string(twice[0] + 1) + " and " + std::to_string(twice[1] + 1) + " of the log";
  order.erase(std::unique(order.begin(), order.end(), same), order.end());
  problem(result, checkpoint_path,
          "is of " + counted_entries(size) + ", and " + std::to_string(size - order.size()) +
              " of them are there more than once, such as numbers " + numbers);
}

}  // namespace

void check_continuation(const std::string& note, const NoteKey& key, uint64_t size,
                        const std::function<bool(const Checkpoint&)>& has_root, Verification& result) {
  Checkpoint kept;
  try {
    kept = open_checkpoint(parse_note(note), key);
  } catch (const std::runtime_error& e) {
    return problem(result, checkpoint_path,
                   std::string("is of another log than the checkpoint kept elsewhere: ") + e.what());
  }
  if (kept.size > size)
    return problem(result, checkpoint_path,
                   "is of " + counted_entries(size) + ", the checkpoint kept elsewhere of " +
                       std::to_string(kept.size) + ": entries were cut off");
  if (!has_root(kept))
    return problem(result, checkpoint_path,
                   "is no continuation of the checkpoint kept elsewhere, of " + counted_entries(kept.size) +
                       ": what was recorded by then is not what the ledger holds now");
  result.continues = kept.size;
}

void check_witnessed(const std::string& bytes, const WitnessPolicy& policy, const NoteKey& key, uint64_t size,
                     const std::function<bool(const Checkpoint&)>& has_root, Verification& result) try {
  const auto note = parse_note(bytes);
  const auto checkpoint = open_checkpoint(note, key);
  if (checkpoint.size > size)
    return problem(result, witnessed_path,
                   "is of " + counted_entries(checkpoint.size) + ", and the log of " + std::to_string(size) +
                       ": entries were cut off");
  if (!has_root(checkpoint)) return problem(result, witnessed_path, "is of another past than the log's");
  const auto found = witnessed(policy, note);
  // When other witnesses were named, or more required, it counted.
  if (checkpoint.size <= policy.from_size) return;
  if (found.fault) return problem(result, witnessed_path, "does not count: " + *found.fault);
  if (found.by.empty())
    return problem(result, witnessed_path, "is cosigned by none of the ledger's witnesses");
  result.witnessed = checkpoint.size;
  for (const auto& by : found.by) result.witnesses.push_back(by.witness);
} catch (const std::runtime_error& e) {
  problem(result, witnessed_path, e.what());
}

bool LogVerifier::take(const StoredFile& file) {
  if (!file.path.starts_with("log/") && file.path != "log") return false;
  if (!file.error.empty()) is_damaged_ = true;
  files_.emplace(file.path, file.bytes);
  return true;
}

void RecordedLeaves::add(const Leaf& leaf, const Signers& signers) {
  Hash hash{};  // of a report whose digests are none: nothing in the log has it
  try {
    hash = leaf_hash(leaf);
  } catch (const std::invalid_argument&) {
  }
  add(hash, leaf.article, leaf.revision, signers);
}

void RecordedLeaves::add(const StoredFile& file, const Signers& signers) {
  if (!file.error.empty()) return add_unreadable();
  Hash hash{};  // of a path that is none
  try {
    hash = leaf_hash(file_leaf(file.path, file.bytes));
  } catch (const std::invalid_argument&) {
  }
  add(hash, file.path, 0, signers);
}

void RecordedLeaves::add(const Hash& leaf, const std::string& name, uint32_t revision,
                         const Signers& signers) {
  if (names_.empty() || names_.back() != name) names_.push_back(name);
  Recorded recorded{leaf, static_cast<uint32_t>(names_.size() - 1), revision, nullptr};
  if (signers.empty()) recorded_.push_back(recorded);
  for (const auto* signer : signers) {
    recorded.signer = signer;
    recorded_.push_back(recorded);
  }
}

std::string RecordedLeaves::path(const Recorded& recorded) const {
  const auto& name = names_[recorded.name];
  return recorded.revision > 0 ? entry_path(name, recorded.revision, ".report") : name;
}

void LogVerifier::take(RecordedLeaves&& leaves) {
  const auto first = static_cast<uint32_t>(recorded_.names_.size());
  for (auto& name : leaves.names_) recorded_.names_.push_back(std::move(name));
  for (auto recorded : leaves.recorded_) {
    recorded.name += first;
    recorded_.recorded_.push_back(recorded);
  }
  recorded_.unreadable_ += leaves.unreadable_;
}

// Those that the lowest level of tiles gives, in their order; nothing where one of those tiles is missing.
std::optional<std::vector<Hash>> LogVerifier::leaves(uint64_t size, Verification& result) const {
  std::vector<Hash> all;
  for (uint64_t at = 0; at < size; at += hashes_in_tile) {
    const auto width = static_cast<uint32_t>(std::min(hashes_in_tile, size - at));
    const auto path = log_path(tile_path({0, at / hashes_in_tile, width}));
    const auto file = files_.find(path);
    if (file == files_.end()) {
      problem(result, path, "is missing, though the log is of " + counted_entries(size));
      return std::nullopt;
    }
    const std::string_view bytes = file->second;
    if (bytes.size() != width * sizeof(Hash)) {
      problem(
          result, path,
          "has " + std::to_string(bytes.size()) + " bytes, expected " + std::to_string(width * sizeof(Hash)));
      return std::nullopt;
    }
    for (size_t i = 0; i < bytes.size(); i += sizeof(Hash))
      all.push_back(*hash_from(bytes.substr(i, sizeof(Hash))));
  }
  return all;
}

// The files of the log are made again from its leaves.
void LogVerifier::check_tiles(const std::vector<Hash>& leaves, const Hash& root, Verification& result) const {
  TileAppender tiles;
  const auto made = tiles.append(leaves);
  if (tiles.root() != root)
    problem(result, checkpoint_path, "has another root than its " + counted_entries(leaves.size()) + " give");
  std::map<std::string, std::string_view> expected;
  for (const auto& file : made.written) expected.emplace(log_path(file.path), file.bytes);
  for (const auto& [path, bytes] : expected) {
    const auto found = files_.find(path);
    if (found == files_.end())
      problem(result, path, "is missing");
    else if (found->second != bytes)
      problem(result, path, "does not fit the tiles below it");
  }
  for (const auto& [path, bytes] : files_)
    if (path != checkpoint_path && path != witnessed_path && !expected.contains(path))
      problem(result, path, "is not part of the log");
}

// What a key signs that was stolen says whatever time the thief likes, and yet stands where it does in the
// log.
void LogVerifier::judge(const RecordedLeaves::Recorded& recorded, uint64_t leaf, Verification& result) const {
  const auto fault = recorded.signer ? leaf_fault(*recorded.signer, leaf) : std::nullopt;
  if (fault) problem(result, recorded_.path(recorded), *fault);
}

// All that was recorded must be in the log, and each leaf of the log be recorded: both in the order of their
// hashes.
void LogVerifier::match(const std::vector<Hash>& leaves, Verification& result) {
  std::vector<uint64_t> order(leaves.size());
  std::iota(order.begin(), order.end(), uint64_t{0});
  std::sort(order.begin(), order.end(),
            [&](uint64_t a, uint64_t b) { return std::tie(leaves[a], a) < std::tie(leaves[b], b); });
  drop_repeated(order, leaves, result);
  auto& all = recorded_.recorded_;
  std::sort(all.begin(), all.end(), [](auto& a, auto& b) { return a.leaf < b.leaf; });
  std::vector<uint64_t> unmatched;
  auto recorded = all.begin();
  const auto unlogged = [&] {
    problem(result, recorded_.path(*recorded), not_logged);
    ++recorded;
  };
  for (const uint64_t index : order) {
    while (recorded != all.end() && recorded->leaf < leaves[index]) unlogged();
    if (recorded == all.end() || recorded->leaf != leaves[index]) unmatched.push_back(index);
    for (; recorded != all.end() && recorded->leaf == leaves[index]; ++recorded)
      judge(*recorded, index, result);
  }
  while (recorded != all.end()) unlogged();
  if (unmatched.size() <= recorded_.unreadable_) return;
  problem(result, checkpoint_path,
          "is of " + counted_entries(leaves.size()) + ", and " + std::to_string(unmatched.size()) +
              " of them, the first as number " +
              std::to_string(*std::min_element(unmatched.begin(), unmatched.end()) + 1) +
              ", the ledger does not hold as recorded");
}

void LogVerifier::finish(const std::string& ledger_json, const LoggedFiles& files,
                         const std::optional<std::string>& against, Verification& result) {
  std::optional<NoteKey> key;
  WitnessPolicy policy;
  try {
    key = log_key_in(ledger_json);
    policy = policy_in(ledger_json);
    result.witnesses_named = policy.witnesses.size(), result.witnesses_required = policy.required;
  } catch (const std::runtime_error& e) {
    return problem(result, "ledger.json", e.what());
  }
  if (!key) {
    for (const auto& [path, bytes] : files_) problem(result, path, "is not part of a ledger without a log");
    if (against)
      problem(result, "ledger.json", "names no log, so that no checkpoint can be compared with it");
    return;
  }
  if (is_damaged_) return;
  const auto note = files_.find(checkpoint_path);
  if (note == files_.end()) return problem(result, checkpoint_path, "is missing");
  try {
    const auto checkpoint = open_checkpoint(parse_note(note->second), *key);
    const auto all = leaves(checkpoint.size, result);
    if (!all) return;
    check_tiles(*all, checkpoint.root, result);
    match(*all, result);
    files.check(*all, result);
    result.logged = all->size();
    const auto has_root = [&](const Checkpoint& old) {
      return root_of_leaves(std::span(*all).first(old.size)) == old.root;
    };
    if (const auto file = files_.find(witnessed_path); file != files_.end())
      check_witnessed(file->second, policy, *key, all->size(), has_root, result);
    if (against) check_continuation(*against, *key, all->size(), has_root, result);
  } catch (const std::runtime_error& e) {
    problem(result, checkpoint_path, e.what());
  }
}

}  // namespace stet
