#include <algorithm>
#include <iostream>
#include <memory>

#include "../plugin_cases.hpp"
#include "../render/plugin_verdict.hpp"
#include "../render/view.hpp"
#include "commands.hpp"
#include "plugin.hpp"

namespace stet::commands {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  std::string file, cases;
  FormatOption format;
  bool bless = false;
};

std::vector<std::string> unseen_checks(const Manifest& manifest, const std::vector<CaseResult>& cases) {
  std::vector<std::string> unseen;
  for (const auto& check : manifest.checks) {
    const auto reports = [&](const Finding& f) { return f.check == check.id; };
    if (std::none_of(cases.begin(), cases.end(), [&](const CaseResult& c) {
          return std::any_of(c.outcome.findings.begin(), c.outcome.findings.end(), reports);
        }))
      unseen.push_back(check.id);
  }
  return unseen;
}

bool blessable(const std::vector<CaseResult>& cases) {
  return std::any_of(cases.begin(), cases.end(), [](const CaseResult& c) {
    return std::any_of(c.problems.begin(), c.problems.end(), [](const auto& p) { return p.blessable; });
  });
}

int test(const Arguments& a) {
  const auto plugin = std::make_shared<const PluginImage>(a.file);
  const auto width = terminal_width();
  const auto say = [&](const std::string& text) {
    if (!a.format.json()) std::cout << text << std::flush;
  };
  PluginVerdict verdict;
  for (const auto& file : case_files(a.cases)) {
    verdict.cases.push_back(run_case(plugin, file));
    say(render_case(verdict.cases.back(), width, coloured()));
  }
  for (const auto& input : hard_inputs()) {
    verdict.hard.push_back(run_hard_input(plugin, input, a.cases));
    say(render_hard(verdict.hard.back(), width, coloured()));
  }
  verdict.unseen = unseen_checks(plugin->manifest(), verdict.cases);
  say(render_verdict(verdict, width, coloured()));
  if (blessable(verdict.cases))
    say("if what was found is right: stet plugin test " + shell_word(a.file) + " " + shell_word(a.cases) +
        " --bless\n");
  if (a.format.json()) print_json(to_json(verdict));
  return verdict.failed() == 0 ? 0 : 1;
}

// Shows what it accepts, and does not accept what comes out differently each time.
int bless_all(const Arguments& a) {
  const auto plugin = std::make_shared<const PluginImage>(a.file);
  size_t changed = 0, refused = 0;
  for (const auto& file : case_files(a.cases)) {
    const auto result = run_case(plugin, file);
    if (result.holds()) continue;
    std::cout << render_case(result, terminal_width(), coloured());
    if (std::all_of(result.problems.begin(), result.problems.end(),
                    [](const auto& p) { return p.blessable; }))
      bless(result, file), ++changed;
    else
      ++refused;
  }
  std::cout << counted(changed, "expectation") << " written";
  if (refused) std::cout << "; " << refused << " not, because two runs differ";
  std::cout << "\n";
  return refused ? 1 : 0;
}

}  // namespace

void add_plugin_test(CLI::App& plugin, int& exit_code) {
  auto* command = plugin.add_subcommand("test", "run a plugin's golden cases, and the standard hard inputs");
  const auto a = std::make_shared<Arguments>();
  command->add_option("FILE", a->file, "the plugin; it is run, trusted or not")->required();
  command->add_option("CASES", a->cases, "a folder with NAME.txt or NAME.md beside NAME.findings")
      ->required();
  command->add_flag("--bless", a->bless, "write what the plugin says as the expectation");
  a->format.add_to(command);
  command->footer("Example: stet plugin test build/no_clickbait.so cases");
  command->callback([a, &exit_code] { exit_code = a->bless ? bless_all(*a) : test(*a); });
}

}  // namespace stet::commands
