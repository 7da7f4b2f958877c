// The last checkpoint that the key of a log has signed, kept beside the key. Recording into a ledger that was
// set back, or into an old copy of it, would make two pasts of one log.
#pragma once

#include <filesystem>
#include <string>

#include "ledger_log.hpp"

namespace stet {

class LastSigned {
 public:
  // In the folder of the key: its whole name and `.checkpoint`, so that no other key has the same.
  explicit LastSigned(const std::filesystem::path& key_file);

  // Throws std::runtime_error with one sentence unless `log` is that checkpoint's, or goes on from it. A file
  // that is missing, damaged or not signed by the key of `log` says nothing: it guards against mistakes, and
  // whoever can alter it can use the key.
  void demand_continuation(const Ledger& ledger, const LedgerLog& log) const;
  // Not synced, since an older one, or none, refuses nothing that is right. Where it cannot be written, as on
  // a medium that is read only, nothing is kept; nor in the place of a file that is something else than what
  // this log's key signed: it is not ours, and may be a key.
  void keep(const std::string& note, const NoteKey& log) const;

 private:
  std::filesystem::path file_;
};

}  // namespace stet
