// The transparency log of a ledger: files under log/ of its tree, signed by a key of its own. FORMATS.md says
// what they hold. With a checkpoint kept elsewhere nobody can cut revisions off, or put others in their
// place, and go unnoticed.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "checkpoint.hpp"
#include "consistency.hpp"
#include "leaf.hpp"
#include "ledger.hpp"
#include "merkle.hpp"
#include "note.hpp"
#include "tiles.hpp"

namespace stet {

inline constexpr const char* checkpoint_path = "log/checkpoint";

// Where the ledger's tree keeps a file of the log, such as "tile/0/000".
std::string log_path(const std::string& path);

using NamedBytes = std::pair<std::string, std::string>;  // path in the ledger's tree, and bytes

// The files of a new ledger: these two, and those of its log. That begins with ledger.json and the file of
// the key that signs the first commit, so that nobody without the log's key can make another beginning.
// `origin` must be a key name, see note.hpp.
inline constexpr uint64_t place_of_first_key = 1, leaves_at_first = 2;
std::vector<NamedBytes> first_files(const std::string& origin, const PrivateKey& key,
                                    const std::string& ledger_json, const NamedBytes& key_file);

// Why this cannot be the checkpoint of a ledger's first commit, which has these files; nothing if it can.
std::optional<std::string> first_checkpoint_fault(const std::string& note, const NoteKey& log,
                                                  const std::string& ledger_json, const NamedBytes& key_file);

// The leaf of an entry.
Leaf leaf_of(const Entry& entry);

// As the ledger was when it was opened. Borrows the ledger.
class LedgerLog {
 public:
  // Nothing for a ledger that was made without a log. Throws std::runtime_error naming the file that is
  // missing, damaged or not signed by the key that ledger.json names.
  static std::optional<LedgerLog> open(const Ledger& ledger);

  const NoteKey& key() const { return key_; }
  const Checkpoint& checkpoint() const { return checkpoint_; }
  const std::string& note() const { return note_; }  // the checkpoint as it is stored

  // What changes in the ledger's tree when these are appended. Throws std::runtime_error when `key` is not
  // the log's.
  SideFiles append(std::span<const Hash> leaves, const PrivateKey& key) const;

  // That the log holds this leaf. Throws std::runtime_error when it does not.
  std::string proof(const Leaf& leaf) const;
  // Why a checkpoint of this log is not what it was at that size; nothing if it is.
  std::optional<std::string> beginning_fault(const Checkpoint& old) const;
  // That the log has only grown since it had that many leaves.
  ConsistencyProof consistency(uint64_t old_size) const;
  // Of all of them, in the order of recording.
  std::vector<Hash> leaves() const;

 private:
  LedgerLog(const Ledger& ledger, NoteKey key, std::string note);
  FileReader reader() const;

  const Ledger* ledger_;
  NoteKey key_;
  std::string note_;
  Checkpoint checkpoint_;
};

// The key of the log that ledger.json names; nothing where it names none. Throws as parse_vkey() does.
std::optional<NoteKey> log_key_in(const std::string& ledger_json);

}  // namespace stet
