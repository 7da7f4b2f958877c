// The last checkpoint that the key of a log has signed, kept beside the key. Recording into a ledger that was
// set back, or into an old copy of it, would make two pasts of one log.
#pragma once

#include <filesystem>
#include <string>

#include "ledger_log.hpp"

namespace stet {

class LastSigned {
 public:
  // In the folder of the key: its name with `.checkpoint` in the place of its ending.
  explicit LastSigned(const std::filesystem::path& key_file);

  // Throws std::runtime_error with one sentence unless `log` is that checkpoint's, or goes on from it. A file
  // that is missing, damaged or of another log says nothing: it guards against mistakes, and whoever can
  // alter it can use the key.
  void demand_continuation(const Ledger& ledger, const LedgerLog& log) const;
  // Not synced, since an older one, or none, refuses nothing that is right. Where it cannot be written, as on
  // a medium that is read only, nothing is kept.
  void keep(const std::string& note) const;

 private:
  std::filesystem::path file_;
};

}  // namespace stet
