#include <iostream>
#include <memory>

#include "../render/render.hpp"
#include "../timestamp.hpp"
#include "commands.hpp"

namespace stet::commands {
namespace {

struct Arguments {
  std::vector<std::string> files;
  std::string published;
  std::vector<std::string> sources;
  PluginOptions plugins;
  FormatOption format;
  FailOnOption fail_on;
};

nlohmann::json result_json(const Document& document, const std::vector<PluginRun>& runs) {
  Report report;
  report.plugins = runs;
  auto predicate = statement(document, report)["predicate"];
  for (const char* of_a_ledger : {"article", "observedAt", "recordedAt", "changes"})
    predicate.erase(of_a_ledger);
  return predicate;
}

int check(const Arguments& a) {
  std::vector<NamedSource> sources;
  for (const auto& s : a.sources) sources.push_back(parse_source(s));
  // All are read before the first is checked: a wrong name must not cost the run.
  std::vector<Document> documents;
  for (const auto& file : a.files) documents.push_back(read_article(file, a.published));
  Run run = a.plugins.run();
  ConfinementNotice confinement;
  auto results = nlohmann::json::array();
  int exit_code = 0;
  for (const auto& document : documents) {
    const auto folder = std::filesystem::absolute(document.name).parent_path();
    const auto list =
        list_sources(document, folder, sources, nlohmann::json::array(), 0, format_timestamp(now()));
    const auto runs = run.check({document, list});
    if (&document == &documents.back()) run.rest();
    confinement.look_at(runs);
    exit_code = a.fail_on.exit_code(runs, exit_code);
    if (a.format.json())
      results.push_back(result_json(document, runs));
    else
      std::cout << render_terminal(document, runs, terminal_width(), coloured()) << std::flush;
  }
  if (a.format.json()) print_json(results);
  return exit_code;
}

}  // namespace

void add_check(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand("check", "check articles and print the findings; touches no ledger");
  const auto a = std::make_shared<Arguments>();
  command->add_option("FILE", a->files, "articles: plain text, Markdown (.md) or web pages (.html)")
      ->required();
  command
      ->add_option("--published", a->published, "when the article was published, for dates such as \"today\"")
      ->type_name("TIME");
  command->add_option("--source", a->sources, "a source of the article: FILE, or URL=FILE for a saved copy")
      ->allow_extra_args(false);
  a->plugins.add_to(command);
  a->format.add_to(command);
  a->fail_on.add_to(command);
  command->footer("Example: stet check article.md --published 2025-11-23");
  command->callback([a, &exit_code] { exit_code = check(*a); });
}

}  // namespace stet::commands
