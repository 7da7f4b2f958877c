// log, show: what the ledger holds. Its words reach a terminal through visible() alone.
#include <iostream>
#include <memory>

#include "../digest.hpp"
#include "../record.hpp"
#include "../redaction.hpp"
#include "../render/visible.hpp"
#include "../revision_check.hpp"
#include "commands.hpp"

namespace stet::commands {
namespace {

struct Arguments {
  std::string article;
  LedgerOption ledger;
  FormatOption format;
  bool bytes = false;
};

nlohmann::json revision_json(const Entry& entry, const ReadReport& r) {
  nlohmann::json plugins = nlohmann::json::array();
  size_t findings = 0;
  for (const auto& run : r.report.plugins) {
    findings += run.outcome.findings.size();
    plugins.push_back({{"id", run.id}, {"outcome", name(run.outcome.kind)}});
  }
  return {{"article", entry.article},
          {"revision", entry.revision},
          {"observedAt", r.report.observed},
          {"recordedAt", r.report.recorded},
          {"documentSha256", r.document_sha256},
          {"reportSha256", sha256_hex(entry.report)},
          {"findings", findings},
          {"changes", r.report.changes.size()},
          {"title", r.document.value("title", "")},
          {"plugins", plugins}};
}

nlohmann::json redacted_json(const Redaction& r) {
  return {{"article", r.leaf.article},
          {"revision", r.leaf.revision},
          {"observedAt", r.observed},
          {"recordedAt", r.recorded},
          {"documentSha256", r.leaf.document_sha256},
          {"reportSha256", r.leaf.report_sha256},
          {"redactedAt", r.redacted},
          {"reason", r.reason}};
}

nlohmann::json problem_json(const Reference& at, const Verification::Problem& problem) {
  return {{"article", at.article},
          {"revision", at.revision},
          {"problem", {{"path", problem.path}, {"message", problem.message}}}};
}

nlohmann::json one_json(const Ledger& ledger, RevisionCheck& check, const Reference& at) {
  if (const auto fault = check.fault(at.article, at.revision)) return problem_json(at, *fault);
  if (const auto gone = redaction_of(ledger, at.article, at.revision)) return redacted_json(*gone);
  const auto entry = ledger.read(at.article, at.revision);
  return revision_json(entry, parse_statement(entry.report));
}

nlohmann::json revisions_json(const Ledger& ledger, const std::string& article) {
  auto all = nlohmann::json::array();
  RevisionCheck check(ledger);
  for (uint32_t n = 1; n <= ledger.revisions(article); ++n)
    all.push_back(one_json(ledger, check, {article, n}));
  return all;
}

void print_revision(const nlohmann::json& r) {
  const auto text = [&](const char* member) { return visible(r.at(member).get<std::string>()); };
  std::cout << text("article") << "@" << r.at("revision");
  if (r.contains("problem")) {
    const auto& problem = r.at("problem");
    std::cout << " does NOT hold: " << visible(problem.at("path").get<std::string>()) << ": "
              << visible(problem.at("message").get<std::string>()) << "\n";
    return;
  }
  std::cout << "  " << text("observedAt") << "  " << text("documentSha256").substr(0, 12) << "  ";
  if (r.contains("redactedAt")) {
    std::cout << "redacted on " << text("redactedAt") << ": " << text("reason") << "\n";
    return;
  }
  std::cout << counted(r.at("findings"), "finding") << ", " << counted(r.at("changes"), "change");
  for (const auto& plugin : r.at("plugins"))
    if (plugin.at("outcome") != "checked")
      std::cout << "; " << visible(plugin.at("id").get<std::string>()) << " "
                << plugin.at("outcome").get<std::string>();
  std::cout << "\n";
}

void list_articles(const Ledger& ledger, bool json) {
  auto all = nlohmann::json::array();
  for (const auto& id : ledger.articles())
    // A stranger's folder has none.
    if (const uint32_t revisions = ledger.revisions(id))
      all.push_back({{"article", id}, {"revisions", revisions}});
  if (json) return print_json(all);
  for (const auto& a : all)
    std::cout << visible(a["article"].get<std::string>()) << "  " << counted(a["revisions"], "revision")
              << "\n";
}

int log(const Arguments& a) {
  const auto ledger = a.ledger.open();
  if (a.article.empty()) return list_articles(ledger, a.format.json()), 0;
  const auto all = revisions_json(ledger, resolve(ledger, a.article).article);
  if (a.format.json()) print_json(all);
  bool hold = true;
  for (const auto& revision : all) {
    if (!a.format.json()) print_revision(revision);
    hold &= !revision.contains("problem");
  }
  return hold ? 0 : 1;
}

void print_text(const std::string& text) {
  std::cout << "\n";
  print_exactly(text);
  if (!text.ends_with('\n')) std::cout << "\n";
}

void show(const Arguments& a, const Ledger& ledger, const Reference& at) {
  if (a.bytes) {
    std::cout << ledger.read(at.article, at.revision).document;
    return;
  }
  const auto stored = stored_revision(ledger, at.article, at.revision);
  auto about = revision_json(stored.entry, stored.report);
  about["text"] = stored.document.text;
  if (a.format.json()) return print_json(about);
  print_revision(about);
  std::cout << "document  sha256 " << stored.report.document_sha256 << ", " << stored.entry.document.size()
            << " bytes\nreport    sha256 " << sha256_hex(stored.entry.report) << "\n";
  for (const auto& s : parse_signatures_file(stored.entry.signatures))
    std::cout << "signed by " << visible(s.keyid) << "\n";
  print_text(stored.document.text);
}

}  // namespace

void add_log(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand("log", "list an article's revisions, or the ledger's articles");
  const auto a = std::make_shared<Arguments>();
  command->add_option("ARTICLE", a->article, "the article's id; without it, all articles are listed");
  a->ledger.add_to(command);
  a->format.add_to(command);
  command->footer("Example: stet log council-budget --ledger news.ledger");
  command->callback([a, &exit_code] { exit_code = log(*a); });
}

void add_show(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand("show", "show one revision");
  const auto a = std::make_shared<Arguments>();
  command->add_option("ARTICLE[@N]", a->article, "an article, or one revision of it")->required();
  a->ledger.add_to(command);
  a->format.add_to(command);
  command->add_flag("--bytes", a->bytes, "print the document exactly as it was received, and nothing else");
  command->footer("Example: stet show council-budget@2 --ledger news.ledger");
  command->callback([a, &exit_code] {
    const auto ledger = a->ledger.open();
    const auto at = resolve(ledger, a->article);
    exit_code = holds(ledger, at) ? 0 : 1;
    if (exit_code == 0) show(*a, ledger, at);
  });
}

}  // namespace stet::commands
