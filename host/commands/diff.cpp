#include <iostream>
#include <memory>
#include <optional>
#include <utility>

#include "../record.hpp"
#include "../render/visible.hpp"
#include "../timestamp.hpp"
#include "commands.hpp"

namespace stet::commands {
namespace {

struct Arguments {
  std::string before, after;
  std::string published;
  LedgerOption ledger;
  PluginOptions plugins;
  FormatOption format;
  FailOnOption fail_on;
};

struct Side {
  std::string name;
  Document document;
  std::vector<Fact> facts;
};

Side from_ledger(const Ledger& ledger, const Reference& at) {
  auto stored = stored_revision(ledger, at.article, at.revision);
  auto facts = facts_of(stored.report.report.plugins);
  return {at.article + "@" + std::to_string(at.revision), std::move(stored.document), std::move(facts)};
}

Side from_file(Run& run, const std::string& file, const std::string& published) {
  auto document = read_article(file, published);
  auto facts = facts_of(run.check({document}));
  return {file, std::move(document), std::move(facts)};
}

// The two revisions of the ledger that are compared.
std::pair<Reference, Reference> named_revisions(const Arguments& a, const Ledger& ledger) {
  const auto first = resolve(ledger, a.before);
  if (!a.after.empty()) return {first, resolve(ledger, a.after)};
  if (first.revision == 1)
    throw std::runtime_error(a.before + ": revision 1 has none before it to compare with");
  return {{first.article, first.revision - 1}, first};
}

// Nothing after saying which of the two does not hold.
std::optional<std::pair<Side, Side>> sides(const Arguments& a, Run& run) {
  if (a.ledger.folder.empty()) {
    if (a.after.empty())
      throw std::runtime_error("diff of one name needs --ledger; two files are compared without");
    return {{from_file(run, a.before, a.published), from_file(run, a.after, a.published)}};
  }
  const auto ledger = a.ledger.open();
  const auto [before, after] = named_revisions(a, ledger);
  const bool before_holds = holds(ledger, before);
  if (!holds(ledger, after) || !before_holds) return std::nullopt;
  return {{from_ledger(ledger, before), from_ledger(ledger, after)}};
}

std::string place(const Change& change, const Side& before, const Side& after) {
  const auto& side = change.after ? after : before;
  const auto range = change.after ? change.after : change.before;
  if (!range) return visible(side.name);
  const auto at = position_of(side.document.text, range->begin);
  return visible(side.name) + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

int diff(const Arguments& a) {
  Run run = a.plugins.run();
  const auto both = sides(a, run);
  if (!both) return 1;
  const auto& [before, after] = *both;
  const auto changes =
      compare({before.document.text, before.facts}, {after.document.text, after.facts}, run.manifests());
  auto list = nlohmann::json::array();
  int exit_code = 0;
  for (const auto& change : changes) {
    if (a.fail_on.counts(change.severity)) exit_code = 1;
    if (a.format.json())
      list.push_back(to_json(change));
    else
      std::cout << place(change, before, after) << ": " << name(change.severity) << ": "
                << visible(change.message) << " [" << change.change << "]\n";
  }
  if (a.format.json())
    print_json({{"before", before.name}, {"after", after.name}, {"changes", list}});
  else
    std::cout << counted(changes.size(), "change") << " from " << visible(before.name) << " to "
              << visible(after.name) << "\n";
  return exit_code;
}

}  // namespace

void add_diff(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand("diff", "compare two revisions, word by word and fact by fact");
  const auto a = std::make_shared<Arguments>();
  command->add_option("A", a->before, "ARTICLE or ARTICLE@N of the ledger; without --ledger, a file")
      ->required();
  command->add_option("B", a->after, "the newer one; without it, A is compared with the revision before it");
  command->add_option("--published", a->published, "when the article was published (files only)")
      ->type_name("TIME");
  a->ledger.add_to(command, false);
  a->plugins.add_to(command);
  a->format.add_to(command);
  a->fail_on.severity = "never";
  a->fail_on.add_to(command);
  command->footer("Example: stet diff council-budget@1 council-budget@2 --ledger news.ledger");
  command->callback([a, &exit_code] { exit_code = diff(*a); });
}

}  // namespace stet::commands
