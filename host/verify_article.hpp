// Recomputes what the stored revisions of articles claim of themselves and of each other.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "keyring.hpp"
#include "ledger_walk.hpp"
#include "verify_log.hpp"
#include "verify_revision.hpp"

namespace stet {

// What is verified of some of a ledger's files.
struct PartResult {
  Verification found;
  RecordedLeaves leaves;
  std::vector<Rewrite> rewrites;  // of their past
};

// articles/n/n/n/n/ID/BUCKET/NAME
struct StoredPlace {
  std::string article;    // empty when the path ends before
  uint32_t revision = 0;  // 0 for whatever is not a revision's file in its right place
  std::string suffix;
};
StoredPlace place_of(const std::string& path);

// What the names of a revision's files end in, but for what signs a redaction again, see redaction.hpp.
inline constexpr std::array<const char*, 6> revision_suffixes{"",     ".text",     ".report",
                                                              ".sig", ".redacted", ".redacted.sig"};

// Why a revision's report does not name the revision before it as it is; nothing if it does. `before` is null
// when that is missing.
std::optional<std::string> chain_fault(uint32_t revision, const std::optional<PreviousRevision>& previous,
                                       const Link* before);

// Of files below articles/, in path order, so that those of a revision, and of an article, follow each other.
class ArticleVerifier {
 public:
  // Borrows its arguments. `revisions` is counted up.
  ArticleVerifier(Keyring& keys, const VerifyOptions& options, std::atomic<uint64_t>& revisions);

  void take(StoredFile file);
  PartResult finish();

 private:
  void problem(const std::string& path, const std::string& message);
  void finish_revision();
  void finish_article();
  void take_leaf(uint32_t revision, const Link& link);
  void say_gap(uint32_t first, uint32_t end);

  Keyring& keys_;
  const VerifyOptions& options_;
  std::atomic<uint64_t>& revisions_;
  PartResult result_;
  StoredParts parts_;               // of the revision at hand
  std::map<uint32_t, Link> chain_;  // of the article at hand
  bool incomplete_ = false;         // a folder of the article at hand cannot be read
};

}  // namespace stet
