// Whether a ledger's transparency log is whole, and whether it and the ledger's revisions say the same.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "leaf.hpp"
#include "ledger.hpp"
#include "merkle.hpp"
#include "verify.hpp"

namespace stet {

class LogVerifier {
 public:
  // Whether the path is one of the log's; then its bytes are kept. A file that could not be read is a problem
  // already.
  bool take(const StoredFile& file);
  // A revision of the ledger and the path that a problem with it is said of.
  void take(const Leaf& leaf, const std::string& path);
  // A revision that cannot be read, so that what the log says of it is not known.
  void take_unreadable() { ++unreadable_; }

  // All taken, adds to `result` what does not hold. `ledger_json` names the log's key. `against`: the bytes
  // of a checkpoint kept elsewhere, which the log must be a continuation of.
  void finish(const std::string& ledger_json, const std::optional<std::string>& against,
              Verification& result);

 private:
  struct Revision {
    Hash leaf;
    std::string path;
  };
  std::optional<std::vector<Hash>> leaves(uint64_t size, Verification& result) const;
  void check_tiles(const std::vector<Hash>& leaves, const Hash& root, Verification& result) const;
  void match(const std::vector<Hash>& leaves, Verification& result) const;

  std::map<std::string, std::string> files_;  // of log/, by path in the ledger's tree
  std::vector<Revision> revisions_;
  size_t unreadable_ = 0;
  bool is_damaged_ = false;  // a file of the log could not be read
};

}  // namespace stet
