// document + what plugins said of it + the revision before -> report -> entry. One record and an import of
// many make their revisions here; nothing is read from the ledger, and nothing written.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "document.hpp"
#include "leaf.hpp"
#include "ledger.hpp"
#include "redaction.hpp"
#include "report.hpp"
#include "shared_document.hpp"
#include "signature.hpp"

namespace stet {

// A stored revision, read back.
struct StoredRevision {
  Entry entry;
  ReadReport report;
  Document document;
};
// Throws std::runtime_error naming article and revision when its report is none.
StoredRevision parse_entry(Entry entry);

// A revision, as far as the one after it needs it.
struct Predecessor {
  uint32_t revision = 0;
  std::string observed;  // RFC 3339
  std::string document_sha256, report_sha256;
  std::shared_ptr<const Document> document;  // null when it was redacted
  std::vector<PluginRun> plugins;            // their facts
  nlohmann::json sources = nlohmann::json::array();
};
// `whole`: whether the document's structure is wanted too, and not its text alone. Throws as parse_entry().
Predecessor predecessor_of(const Entry& entry, bool whole);

Predecessor predecessor_of(const Redaction& redaction);
PreviousRevision previous_of(const Predecessor& before);

// What a plugin reads of a document that comes after `before` (null: of a first revision). Borrows both.
Reading reading_of(const Document& document, const nlohmann::json& sources, const Predecessor* before);

// Facts of all plugins in a report, in the order of the plugins.
std::vector<Fact> facts_of(const std::vector<PluginRun>& plugins);

// What became of `document`, of which the plugins said this, since `before`.
std::vector<Change> changes_since(const Predecessor& before, const Document& document,
                                  const std::vector<PluginRun>& plugins,
                                  std::span<const Manifest* const> manifests);

// An entry that is not signed yet, and what the log holds of it.
struct MadeEntry {
  Entry entry;
  Leaf leaf;
};
// Throws std::runtime_error naming the article when the report would be too long to be read (report.hpp).
MadeEntry make_entry(const Document& document, const DocumentDigests& digests, const Report& report);

// The entry's signatures file.
std::string sign_report(const PrivateKey& key, const std::string& keyid, std::string_view report);

}  // namespace stet
