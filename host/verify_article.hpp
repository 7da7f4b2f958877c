// Recomputes what the stored revisions of articles claim of themselves and of each other.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "keyring.hpp"
#include "verify_log.hpp"
#include "verify_revision.hpp"

namespace stet {

// What is verified of some of a ledger's files.
struct PartResult {
  Verification found;
  RecordedLeaves leaves;
};

// Of files below articles/, in path order, so that those of a revision, and of an article, follow each other.
class ArticleVerifier {
 public:
  // Borrows its arguments.
  ArticleVerifier(Keyring& keys, const std::optional<std::string>& signer);

  void take(StoredFile file);
  PartResult finish();

 private:
  void problem(const std::string& path, const std::string& message);
  void finish_revision();
  void finish_article();
  void take_leaf(uint32_t revision, const Link& link);
  void say_gap(uint32_t first, uint32_t end);
  void check_previous(uint32_t revision, const std::optional<PreviousRevision>& previous, const Link* before);

  Keyring& keys_;
  const std::optional<std::string>& signer_;
  PartResult result_;
  StoredParts parts_;               // of the revision at hand
  std::map<uint32_t, Link> chain_;  // of the article at hand
  bool incomplete_ = false;         // a folder of the article at hand cannot be read
};

}  // namespace stet
