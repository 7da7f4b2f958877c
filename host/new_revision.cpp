#include "new_revision.hpp"

#include <stdexcept>

#include "changes.hpp"
#include "digest.hpp"
#include "report_outline.hpp"

namespace stet {
namespace {

const std::string& text_of(const Entry& entry) {
  return entry.text ? *entry.text : entry.document;
}

// A text that this version would read differently from the one recorded keeps the recorded text, since
// the report's ranges are offsets into that.
Document document_of(const Entry& entry, const ReadReport& report) {
  const auto format = format_named(report.document.at("format").get<std::string>()).value_or(Format::text);
  const std::string name = report.document.at("name");
  Document document = read_document(name, entry.document, format);
  return document.text == text_of(entry) ? document : read_document(name, text_of(entry), Format::text);
}

[[noreturn]] void fail(const Entry& entry, const std::exception& e) {
  throw std::runtime_error(entry.article + "@" + std::to_string(entry.revision) + ": " + e.what());
}

}  // namespace

StoredRevision parse_entry(Entry entry) try {
  ReadReport report = parse_statement(entry.report);
  Document document = document_of(entry, report);
  return {std::move(entry), std::move(report), std::move(document)};
} catch (const std::exception& e) {
  fail(entry, e);
}

Predecessor predecessor_of(const Entry& entry, bool whole) try {
  auto outline = outline_of(entry.report, true);
  ReadReport read = outline ? std::move(*outline) : parse_statement(entry.report);
  Document document;
  if (whole)
    document = document_of(entry, read);
  else
    document.text = text_of(entry);
  return {entry.revision,
          std::move(read.report.observed),
          sha256_hex(entry.document),
          sha256_hex(entry.report),
          std::make_shared<const Document>(std::move(document)),
          std::move(read.report.plugins),
          std::move(read.report.sources)};
} catch (const std::exception& e) {
  fail(entry, e);
}

Predecessor predecessor_of(const Redaction& r) {
  return {r.leaf.revision, r.observed, r.leaf.document_sha256, r.leaf.report_sha256,
          nullptr,         {},         nlohmann::json::array()};
}

PreviousRevision previous_of(const Predecessor& before) {
  return {before.revision, before.document_sha256, before.report_sha256, !before.document};
}

Reading reading_of(const Document& document, const nlohmann::json& sources, const Predecessor* before) {
  Reading reading{document, sources, std::nullopt, std::nullopt};
  if (before && before->document)
    reading.previous = {before->document.get(), before->revision, before->observed};
  return reading;
}

std::vector<Fact> facts_of(const std::vector<PluginRun>& plugins) {
  std::vector<Fact> all;
  for (const auto& run : plugins) all.insert(all.end(), run.outcome.facts.begin(), run.outcome.facts.end());
  return all;
}

std::vector<Change> changes_since(const Predecessor& before, const Document& document,
                                  const std::vector<PluginRun>& plugins,
                                  std::span<const Manifest* const> manifests) {
  if (!before.document) return {};
  const auto facts = [](const std::vector<PluginRun>& runs) {
    FactLists all;
    for (const auto& run : runs) all.add(run.outcome.facts);
    return all;
  };
  return compare({before.document->text, facts(before.plugins)}, {document.text, facts(plugins)}, manifests);
}

MadeEntry make_entry(const Document& document, const DocumentDigests& digests, const Report& report) {
  Entry entry{report.article,
              report.revision,
              document.bytes,
              std::nullopt,
              write_statement(document, digests, report),
              ""};
  if (entry.report.size() > max_report_bytes)
    throw std::runtime_error(report.article + ": the report of it would have " +
                             std::to_string(entry.report.size()) + " bytes, and at most " +
                             std::to_string(max_report_bytes) +
                             " are read: too many facts, findings or changes");
  if (document.text != document.bytes) entry.text = document.text;
  Leaf leaf{report.article, report.revision, digests.sha256, sha256_hex(entry.report)};
  return {std::move(entry), std::move(leaf)};
}

std::string sign_report(const PrivateKey& key, const std::string& keyid, std::string_view report) {
  return signatures_file({{keyid, key.sign(pre_authentication_encoding(report))}});
}

}  // namespace stet
