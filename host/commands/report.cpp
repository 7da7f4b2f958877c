#include "../report.hpp"

#include <iostream>
#include <memory>

#include "../digest.hpp"
#include "../files.hpp"
#include "../record.hpp"
#include "../redaction.hpp"
#include "../render/render.hpp"
#include "../revision_check.hpp"
#include "commands.hpp"

namespace stet::commands {
namespace {

struct Arguments {
  std::string article, format = "html", output;
  LedgerOption ledger;
};

std::vector<HistoryEntry> history(const Ledger& ledger, const std::string& article) {
  std::vector<HistoryEntry> all;
  RevisionCheck check(ledger);
  for (uint32_t n = 1; n <= ledger.revisions(article); ++n) {
    if (const auto fault = check.fault(article, n)) {
      all.push_back({n, "", "", 0, {}, "Does NOT hold: " + fault->path + ": " + fault->message, false});
      continue;
    }
    if (const auto gone = redaction_of(ledger, article, n)) {
      all.push_back({n,
                     gone->observed,
                     gone->leaf.document_sha256,
                     0,
                     {},
                     "Redacted on " + gone->redacted + ": " + gone->reason,
                     false});
      continue;
    }
    const auto read = parse_statement(ledger.read(article, n).report);
    HistoryEntry entry{n, read.report.observed, read.document_sha256, 0, read.report.changes, {}};
    if (read.report.previous && read.report.previous->redacted)
      entry.remark = "Not compared: the revision before it had been redacted.";
    for (const auto& run : read.report.plugins) entry.findings += run.outcome.findings.size();
    all.push_back(std::move(entry));
  }
  return all;
}

std::string rendered(const Ledger& ledger, const Reference& at, const std::string& format) {
  const auto stored = stored_revision(ledger, at.article, at.revision);
  const auto signatures = parse_signatures_file(stored.entry.signatures);
  if (format == "json") return stored.entry.report;
  if (format == "dsse") return envelope(stored.entry.report, signatures);
  Rendering rendering{
      stored.document, stored.report, sha256_hex(stored.entry.report), {}, history(ledger, at.article)};
  for (const auto& s : signatures) rendering.keyids.push_back(s.keyid);
  return format == "html" ? render_html(rendering) : render_markdown(rendering);
}

int report(const Arguments& a) {
  const auto ledger = a.ledger.open();
  const auto at = resolve(ledger, a.article);
  if (!holds(ledger, at)) return 1;
  const auto bytes = rendered(ledger, at, a.format);
  if (a.output.empty())
    std::cout << bytes;
  else
    write_file(a.output, bytes);
  return 0;
}

}  // namespace

void add_report(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand("report", "write a recorded report out");
  const auto a = std::make_shared<Arguments>();
  command->add_option("ARTICLE[@N]", a->article, "an article, or one revision of it")->required();
  command
      ->add_option("--format,-f", a->format,
                   "json: the signed bytes; dsse: the signed envelope; html and md: for people")
      ->check(CLI::IsMember({"json", "dsse", "html", "md"}))
      ->capture_default_str();
  command->add_option("--output,-o", a->output, "write to this file; default: standard output")
      ->type_name("FILE");
  a->ledger.add_to(command);
  command->footer("Example: stet report council-budget --format html -o report.html --ledger news.ledger");
  command->callback([a, &exit_code] { exit_code = report(*a); });
}

}  // namespace stet::commands
