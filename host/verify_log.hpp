// Whether a ledger's transparency log is whole, and whether it and what the ledger holds say the same.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checkpoint.hpp"
#include "keyring.hpp"
#include "leaf.hpp"
#include "ledger.hpp"
#include "logged_files.hpp"
#include "merkle.hpp"
#include "verify.hpp"
#include "witness_policy.hpp"

namespace stet {

// Of what has no leaf.
inline constexpr const char* not_logged = "is not what the log says was recorded, or is not in it";

// Adds to `result` that the log, of `size` leaves now, is a continuation of the checkpoint `kept`, or why
// not. `has_root`: whether the first of its leaves, as many as the checkpoint says and at most `size`, give
// its root.
void check_continuation(const std::string& kept, const NoteKey& key, uint64_t size,
                        const std::function<bool(const Checkpoint&)>& has_root, Verification& result);

// The same for `witnessed`, the bytes of the last checkpoint that the witnesses saw: it is behind the newest,
// and no more is asked of it than that the log goes on from there and that the policy is content with it.
void check_witnessed(const std::string& witnessed, const WitnessPolicy& policy, const NoteKey& key,
                     uint64_t size, const std::function<bool(const Checkpoint&)>& has_root,
                     Verification& result);

// What the ledger holds and the log must have leaves of; 48 bytes each, since there may be millions.
class RecordedLeaves {
 public:
  using Signers = std::vector<const ListedKey*>;
  // `signers`: of those who signed it the keys whose signatures count for a range of the log. They must live
  // as long as this.
  void add(const Leaf& leaf, const Signers& signers);
  // A file that says what counts, see leaf.hpp; one that cannot be read counts as unreadable.
  void add(const StoredFile& file, const Signers& signers = {});
  // Something that cannot be read, so that what the log says of it is not known.
  void add_unreadable() { ++unreadable_; }

 private:
  friend class LogVerifier;
  struct Recorded {
    Hash leaf;
    uint32_t name;            // in names_
    uint32_t revision;        // 0 of a file
    const ListedKey* signer;  // one of those; what several have signed is here once for each
  };
  std::string path(const Recorded& recorded) const;
  void add(const Hash& leaf, const std::string& name, uint32_t revision, const Signers& signers);

  std::vector<std::string> names_;  // of articles, and paths of files
  std::vector<Recorded> recorded_;
  size_t unreadable_ = 0;
};

class LogVerifier {
 public:
  // Whether the path is one of the log's; then its bytes are kept. A file that could not be read is a problem
  // already.
  bool take(const StoredFile& file);
  void take(RecordedLeaves&& leaves);

  // All taken, adds to `result` what does not hold. `ledger_json` names the log's key. `against`: the bytes
  // of a checkpoint kept elsewhere, which the log must be a continuation of.
  // `files`: those that say what counts, in order.
  void finish(const std::string& ledger_json, const LoggedFiles& files,
              const std::optional<std::string>& against, Verification& result);

 private:
  std::optional<std::vector<Hash>> leaves(uint64_t size, Verification& result) const;
  void check_tiles(const std::vector<Hash>& leaves, const Hash& root, Verification& result) const;
  void match(const std::vector<Hash>& leaves, Verification& result);
  void judge(const RecordedLeaves::Recorded& recorded, uint64_t leaf, Verification& result) const;

  std::map<std::string, std::string> files_;  // of log/, by path in the ledger's tree
  RecordedLeaves recorded_;
  bool is_damaged_ = false;  // a file of the log could not be read
};

}  // namespace stet
