// The main job: document -> outcomes -> changes -> report -> signature -> ledger entry.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "document.hpp"
#include "ledger.hpp"
#include "logged_commit.hpp"
#include "new_revision.hpp"
#include "report.hpp"
#include "run.hpp"
#include "signature.hpp"
#include "sources.hpp"

namespace stet {

struct RecordRequest {
  std::string article;           // id
  std::filesystem::path folder;  // where the article lies, for its source files
  std::string observed;          // RFC 3339 UTC
  std::vector<NamedSource> sources;
  LockWait wait = {};
  bool allow_look_alike = false;  // whether a new id may look like one that the ledger has, see homoglyph.hpp
  bool is_last = false;           // whether the plugins may end once they have checked it
};

struct Recorded {
  uint32_t revision;
  bool already;   // the newest revision holds these very bytes: nothing was written
  Report report;  // of that revision
};

// Records `document` as the next revision of its article. The ledger is locked while it is written and no
// longer, unless another process records the same article meanwhile. Throws std::runtime_error with one
// sentence, and leaves the ledger as it was (but see Ledger::append): a key is missing, ended or not the
// ledger's, a new id looks like a known one,
// the time is before the newest revision's, a source cannot be read, the ledger cannot be written.
Recorded record(Ledger& ledger, const Signers& keys, Run& run, const Document& document,
                const RecordRequest& request);

// Reads a revision back. Throws std::runtime_error naming article and revision when it is not there or its
// report is none.
StoredRevision stored_revision(const Ledger& ledger, const std::string& article, uint32_t revision);

}  // namespace stet
