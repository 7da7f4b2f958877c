// Recomputes what one stored revision claims of itself.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "keyring.hpp"
#include "report.hpp"
#include "verify.hpp"

namespace stet {

struct StoredParts {
  std::string article;
  uint32_t revision = 0;
  std::map<std::string, StoredFile> files;  // by suffix: "", ".text", ".report", ".sig"; or
                                            // ".redacted", ".redacted.sig", ".redacted.sig.2", ...
};

// What the chain of revisions needs of one.
struct Link {
  std::string report_sha256;  // of the stored bytes; empty when they cannot be read
  bool read = false;          // whether they are a report, which says:
  std::string document_sha256;
  std::optional<PreviousRevision> previous;
  // Those whose signature over the report, or, of the last that there are, over the statement of its
  // redaction, holds and counts for a range of the log.
  std::vector<const ListedKey*> signers, redactors;
};

// Adds those of its files ".redacted.sig.2", ... that follow each other. `file`: the one at a path.
void add_later_signatures(StoredParts& parts,
                          const std::function<std::optional<StoredFile>(const std::string& path)>& file);

// The files of a redaction that are leaves of the log, each with the keys by whose signature its place there
// is judged: that of the last file of signatures alone.
std::vector<std::pair<const StoredFile*, std::vector<const ListedKey*>>> redaction_files(
    const StoredParts& parts, const Link& link);

// Adds to `result` every problem of this revision and what was verified. A check whose input is damaged
// or missing is left out, since that is a problem already.
Link verify_revision(const StoredParts& parts, Keyring& keys, const VerifyOptions& options,
                     Verification& result);

}  // namespace stet
