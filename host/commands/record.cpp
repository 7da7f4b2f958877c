#include "../record.hpp"

#include <signal.h>

#include <algorithm>
#include <iostream>
#include <memory>

#include "../digest.hpp"
#include "../files.hpp"
#include "../keyring.hpp"
#include "../render/render.hpp"
#include "../render/visible.hpp"
#include "../sentence.hpp"
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
    std::cout << "  " << name(c.severity) << ": " << visible(c.message) << " [" << c.change << "]\n";
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
    std::cout << "recorded " << visible(document.name) << " as " << report.article << "@" << done.revision
              << " in " << ledger.folder().string() << "\n";
  if (a.files.size() > 1) std::cout << "\n";
  std::cout << std::flush;
}

nlohmann::json json_of(const Recorded& done, const Document& document) {
  auto result = statement(document, done.report)["predicate"];
  result["article"] = done.report.article;
  result["revision"] = done.revision;
  result["recorded"] = !done.already;
  result["documentSha256"] = sha256_hex(document.bytes);
  return result;
}

// Changes count once, when the revision that brought them is recorded.
int exit_code_of(const Recorded& done, const FailOnOption& fail_on, int before) {
  const auto& changes = done.report.changes;
  const auto counts = [&](const Change& change) { return fail_on.counts(change.severity); };
  if (!done.already && std::any_of(changes.begin(), changes.end(), counts)) return 1;
  return fail_on.exit_code(done.report.plugins, before);
}

// What is wrong for every file is told before the first.
void demand_sense(const Arguments& a) {
  const auto observed = parse_timestamp(a.observed);
  if (!a.observed.empty() && !observed)
    throw std::runtime_error("--observed " + a.observed + ": not an RFC 3339 time or date");
  // No revision may come before the newest one: a slip would lock the article until then.
  if (observed && far_ahead(*observed, now()) && !a.force)
    throw std::runtime_error("--observed " + a.observed + ": is more than a day ahead of the clock, " +
                             format_timestamp(now()) + " (--force records it all the same)");
  if (!a.published.empty() && !parse_timestamp(a.published))
    throw std::runtime_error("--published " + a.published + ": not an RFC 3339 time or date");
  if (!a.article.empty() && a.files.size() > 1)
    throw std::runtime_error("--article names one article, but " + std::to_string(a.files.size()) +
                             " files are given");
  for (const auto& s : a.sources) parse_source(s);
}

void tell(const std::string& file, const std::string& why) {
  std::cerr << "stet: " << visible(naming(file, why)) << "\n";
}

int record_all(const Arguments& a) {
  demand_sense(a);
  Run run = a.plugins.run();
  auto ledger = a.ledger.open();
  const auto keys = a.key.load_all(ledger.folder());
  demand_usable_key(ledger, keys.key.public_key());
  signal(SIGPIPE, SIG_IGN);  // all files are recorded, though nobody reads on
  ConfinementNotice confinement;
  auto results = nlohmann::json::array();
  int exit_code = 0;
  bool all_recorded = true;
  for (const auto& file : a.files) try {
      const auto document = read_article(file, a.published);
      auto request = request_for(a, document);
      request.is_last = &file == &a.files.back();
      const auto done = record(ledger, keys.signers(), run, document, request);
      confinement.look_at(done.report.plugins);
      exit_code = exit_code_of(done, a.fail_on, exit_code);
      if (a.format.json())
        results.push_back(json_of(done, document));
      else
        print(done, document, a, ledger);
    } catch (const std::exception& e) {
      all_recorded = false;
      tell(file, e.what());
    }
  if (a.format.json()) print_json(results);
  return all_recorded ? exit_code : 2;
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
  command->add_flag(
      "--force", a->force,
      "record a new article though its id looks like another one's, and a time ahead of the clock");
  a->key.add_to(command);
  a->plugins.add_to(command);
  a->format.add_to(command);
  a->fail_on.add_to(command, "exit with 1 from this severity on, of findings and of changes");
  command->footer("Example: stet record article.md --ledger news.ledger --observed 2025-11-23T19:40:00Z");
  command->callback([a, &exit_code] { exit_code = record_all(*a); });
}

}  // namespace stet::commands
