#include "../record.hpp"

#include <signal.h>

#include <iostream>
#include <memory>

#include "../digest.hpp"
#include "../render/render.hpp"
#include "../timestamp.hpp"
#include "commands.hpp"

namespace stet::commands {
namespace {

struct Arguments {
  std::vector<std::string> files;
  std::string article, observed, published;
  std::vector<std::string> sources;
  LedgerOption ledger;
  KeyOptions key;
  PluginOptions plugins;
  FormatOption format;
  FailOnOption fail_on;
  bool force = false;
};

RecordRequest request_for(const Arguments& a, const Document& document) {
  RecordRequest r;
  const auto name = document.metadata.url.value_or(std::filesystem::path(document.name).filename().string());
  r.article = article_id(a.article.empty() ? name : a.article);
  r.folder = std::filesystem::absolute(document.name).parent_path();
  const auto observed = a.observed.empty() ? now() : parse_timestamp(a.observed).value();
  r.observed = format_timestamp(observed);
  r.allow_look_alike = a.force;
  for (const auto& s : a.sources) r.sources.push_back(parse_source(s));
  return r;
}

void print_changes(const std::vector<Change>& changes) {
  for (const auto& c : changes)
    std::cout << "  " << name(c.severity) << ": " << c.message << " [" << c.change << "]\n";
}

void print(const Recorded& done, const Document& document, const Arguments& a, const Ledger& ledger) {
  const auto& report = done.report;
  std::cout << render_terminal(document, report.plugins, terminal_width(), coloured());
  if (!done.already && report.previous) {
    std::cout << "changes since revision " << report.previous->revision << ": ";
    if (report.previous->redacted)
      std::cout << "not compared, it was redacted\n";
    else
      std::cout << report.changes.size() << "\n";
    print_changes(report.changes);
  }
  if (done.already)
    std::cout << "unchanged since revision " << done.revision << " of " << report.article
              << "; nothing to record\n";
  else
    std::cout << "recorded " << document.name << " as " << report.article << "@" << done.revision << " in "
              << ledger.folder().string() << "\n";
  if (a.files.size() > 1) std::cout << "\n";
  std::cout << std::flush;
}

int record_all(const Arguments& a) {
  if (!a.observed.empty() && !parse_timestamp(a.observed))
    throw std::runtime_error("--observed " + a.observed + ": not an RFC 3339 time or date");
  if (!a.article.empty() && a.files.size() > 1)
    throw std::runtime_error("--article names one article, but " + std::to_string(a.files.size()) +
                             " files are given");
  std::vector<Document> documents;
  for (const auto& file : a.files) documents.push_back(read_article(file, a.published));
  Run run = a.plugins.run();
  auto ledger = a.ledger.open();
  const auto key = a.key.load(ledger.folder());
  const auto log_key = a.key.load_log(ledger.folder());
  const Signers keys(key, log_key ? &*log_key : nullptr);
  signal(SIGPIPE, SIG_IGN);  // all files are recorded, though nobody reads on
  ConfinementNotice confinement;
  auto results = nlohmann::json::array();
  int exit_code = 0;
  for (const auto& document : documents) {
    auto request = request_for(a, document);
    request.is_last = &document == &documents.back();
    const auto done = record(ledger, keys, run, document, request);
    confinement.look_at(done.report.plugins);
    exit_code = a.fail_on.exit_code(done.report.plugins, exit_code);
    if (a.format.json())
      results.push_back({{"article", done.report.article},
                         {"revision", done.revision},
                         {"recorded", !done.already},
                         {"documentSha256", sha256_hex(document.bytes)}});
    else
      print(done, document, a, ledger);
  }
  if (a.format.json()) print_json(results);
  return exit_code;
}

}  // namespace

void add_record(CLI::App& app, int& exit_code) {
  auto* command =
      app.add_subcommand("record", "check articles, compare with the previous revision, sign and record");
  const auto a = std::make_shared<Arguments>();
  command->add_option("FILE", a->files, "articles: plain text, Markdown (.md) or web pages (.html)")
      ->required();
  a->ledger.add_to(command);
  command->add_option("--article", a->article, "the article's id; default: from its url or file name")
      ->type_name("ID");
  command->add_option("--observed", a->observed, "when the document was seen; default: now")
      ->type_name("TIME");
  command->add_option("--published", a->published, "when the article was published")->type_name("TIME");
  command->add_option("--source", a->sources, "a source of the article: FILE, or URL=FILE for a saved copy")
      ->allow_extra_args(false);
  command->add_flag("--force", a->force, "record a new article though its id looks like another one's");
  a->key.add_to(command);
  a->plugins.add_to(command);
  a->format.add_to(command);
  a->fail_on.add_to(command);
  command->footer("Example: stet record article.md --ledger news.ledger --observed 2025-11-23T19:40:00Z");
  command->callback([a, &exit_code] { exit_code = record_all(*a); });
}

}  // namespace stet::commands
