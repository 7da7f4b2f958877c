// Outcomes and changes -> one in-toto Statement, and back. Its shape is report.schema.json and
// FORMATS.md; its bytes are canonical (RFC 8785).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "changes.hpp"
#include "document.hpp"
#include "finding.hpp"
#include "manifest.hpp"

namespace stet {

inline constexpr std::string_view predicate_type = "urn:stet:report:v1";
inline constexpr size_t max_report_bytes = 16u << 20;  // the values of one take up to 40 times as much

// One plugin's part in a report.
struct PluginRun {
  std::string id, version, sha256;
  Outcome outcome;
  nlohmann::json options = nlohmann::json::object();  // as recorded_options() gives them
};

struct PreviousRevision {
  uint32_t revision;
  std::string document_sha256, report_sha256;
  bool redacted = false;  // it could not be compared with: its content had been taken down

  bool operator==(const PreviousRevision&) const = default;
};
nlohmann::json to_json(const PreviousRevision& previous);
PreviousRevision previous_from_json(const nlohmann::json& value);  // throws as finding_from_json()

struct Report {
  std::string article;  // id
  uint32_t revision = 1;
  std::optional<PreviousRevision> previous;
  std::string observed;  // RFC 3339 UTC: when the document was seen
  std::string recorded;  // RFC 3339 UTC: when the report was made
  std::vector<PluginRun> plugins;
  std::vector<Change> changes;                       // against the previous revision
  nlohmann::json sources = nlohmann::json::array();  // what stet.sources/1 listed (see plugin.h)
};

// What names a document's bytes and text, in hex.
struct DocumentDigests {
  std::string sha256, text_sha256, git_blob;
};
DocumentDigests digests_of(const Document& document);
DocumentDigests digests_of(const Document& document, std::string git_blob);  // which is known

// The statement about `document`: its canonical bytes, which is what is stored and signed.
std::string write_statement(const Document& document, const DocumentDigests& digests, const Report& report);

// The same as JSON.
nlohmann::json statement(const Document& document, const Report& report);

// The parts of a statement that others need. Throws std::runtime_error when a required member is
// missing or of another type, naming it, and when members say different things of one: what is signed can
// still be a lie. Members that this version does not know are passed over.
struct ReadReport {
  Report report;
  std::string document_sha256, text_sha256;
  nlohmann::json document;  // predicate.document
};
ReadReport parse_statement(std::string_view bytes);

}  // namespace stet
