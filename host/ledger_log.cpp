#include "ledger_log.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "digest.hpp"
#include "files.hpp"
#include "foreign_json.hpp"
#include "merkle.hpp"
#include "sentence.hpp"
#include "tlog_proof.hpp"

namespace stet {
namespace {

[[noreturn]] void fail(const Ledger& ledger, const std::string& path, const std::string& why) {
  throw std::runtime_error(ledger.folder().string() + ": " + naming(path, why));
}

std::vector<Hash> first_leaves(const std::string& ledger_json, const NamedBytes& key_file) {
  return {leaf_hash(file_leaf("ledger.json", ledger_json)),
          leaf_hash(file_leaf(key_file.first, key_file.second))};
}

// As it is in the tree when the log has grown from one size to another.
SideFiles log_files(TileChanges changes, const Checkpoint& grown, const PrivateKey& key) {
  SideFiles side;
  for (auto& file : changes.written) side.written.emplace_back(log_path(file.path), std::move(file.bytes));
  // The tree of a commit holds the partial tiles of its own size alone: a reader of an older one reads the
  // commit that made it.
  for (const auto* paths : {&changes.superseded, &changes.obsolete})
    for (const auto& path : *paths) side.removed.push_back(log_path(path));
  side.written.emplace_back(checkpoint_path, write_note(sign_checkpoint(grown, key)));
  return side;
}

// The place of a leaf among those of the log.
std::optional<uint64_t> index_of(const Hash& leaf, uint64_t size, const HashReader& read) {
  for (uint64_t i = 0; i < size; ++i)
    if (read({0, i}) == leaf) return i;
  return std::nullopt;
}

}  // namespace

std::string log_path(const std::string& path) {
  return "log/" + path;
}

std::vector<NamedBytes> first_files(const std::string& origin, const PrivateKey& key,
                                    const std::string& ledger_json, const NamedBytes& key_file) {
  TileAppender tiles;
  auto changes = tiles.append(first_leaves(ledger_json, key_file));
  auto files = log_files(std::move(changes), {origin, tiles.size(), tiles.root()}, key).written;
  files.insert(files.end(), {{"ledger.json", ledger_json}, key_file});
  return files;
}

std::optional<std::string> first_checkpoint_fault(const std::string& note, const NoteKey& log,
                                                  const std::string& ledger_json,
                                                  const NamedBytes& key_file) try {
  const auto first = open_checkpoint(parse_note(note), log);
  const auto leaves = first_leaves(ledger_json, key_file);
  if (first.size > leaves_at_first) return "has a log that has begun before it";
  if (first.root == root_of_leaves(leaves)) return std::nullopt;
  return "has a log that does not begin with ledger.json and " + key_file.first + ", the key that signed it";
} catch (const std::runtime_error& e) {
  return std::string("has a log that does not hold: ") + e.what();
}

Leaf leaf_of(const Entry& entry) {
  return {entry.article, entry.revision, sha256_hex(entry.document), sha256_hex(entry.report)};
}

std::optional<NoteKey> log_key_in(const std::string& ledger_json) {
  const auto about = parse_stored_json(ledger_json, NoJson::discarded);
  if (!about.is_object() || !about.contains("log")) return std::nullopt;
  if (!about["log"].is_string()) throw std::runtime_error("log is not a verifier key");
  return parse_vkey(about["log"].get<std::string>());
}

LedgerLog::LedgerLog(const Ledger& ledger, NoteKey key, std::string note)
    : ledger_(&ledger),
      key_(std::move(key)),
      note_(std::move(note)),
      checkpoint_(open_checkpoint(parse_note(note_), key_)) {}

std::optional<LedgerLog> LedgerLog::open(const Ledger& ledger) {
  const char* path = "ledger.json";
  try {
    auto key = log_key_in(ledger.file(path).value_or(""));
    if (!key) return std::nullopt;
    path = checkpoint_path;
    auto note = ledger.file(path);
    if (!note) throw std::runtime_error("is missing");
    return LedgerLog(ledger, std::move(*key), std::move(*note));
  } catch (const std::runtime_error& e) {
    fail(ledger, path, without_name(e.what(), path));
  }
}

FileReader LedgerLog::reader() const {
  return [ledger = ledger_](const std::string& path) { return ledger->file(log_path(path)); };
}

SideFiles LedgerLog::append(std::span<const Hash> leaves, const PrivateKey& key) const {
  if (key.public_key().raw() != key_.key.raw())
    throw std::runtime_error(ledger_->folder().string() +
                             ": the key of its log is another than the one given");
  TileAppender tiles(checkpoint_.size, checkpoint_.root, reader());
  auto changes = tiles.append(leaves);
  return log_files(std::move(changes), {checkpoint_.origin, tiles.size(), tiles.root()}, key);
}

std::optional<std::string> LedgerLog::beginning_fault(const Checkpoint& old) const {
  if (old.size > checkpoint_.size)
    return "the log has " + std::to_string(checkpoint_.size) + " entries, and the checkpoint is of " +
           std::to_string(old.size);
  if (old.size == checkpoint_.size && old.root == checkpoint_.root) return std::nullopt;
  if (root_of(old.size, tile_reader(checkpoint_.size, checkpoint_.root, reader())) != old.root)
    return "the first " + std::to_string(old.size) + " entries of the log are not those of the checkpoint";
  return std::nullopt;
}

ConsistencyProof LedgerLog::consistency(uint64_t old_size) const {
  const auto read = tile_reader(checkpoint_.size, checkpoint_.root, reader());
  return {old_size, consistency_proof(old_size, checkpoint_.size, read), parse_note(note_)};
}

std::vector<Hash> LedgerLog::leaves() const {
  const auto read = tile_reader(checkpoint_.size, checkpoint_.root, reader());
  std::vector<Hash> all;
  for (uint64_t i = 0; i < checkpoint_.size; ++i) all.push_back(read({0, i}));
  return all;
}

std::string LedgerLog::proof(const Leaf& leaf) const {
  const auto read = tile_reader(checkpoint_.size, checkpoint_.root, reader());
  const auto index = index_of(leaf_hash(leaf), checkpoint_.size, read);
  if (!index)
    throw std::runtime_error(leaf.article + "@" + std::to_string(leaf.revision) +
                             " is not in the ledger's log; see: stet verify " + ledger_->folder().string());
  return write_tlog_proof(
      {*index, std::nullopt, inclusion_proof(*index, checkpoint_.size, read), parse_note(note_)});
}

}  // namespace stet
