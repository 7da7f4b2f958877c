#include "../import.hpp"

#include <signal.h>

#include <atomic>
#include <cstdio>
#include <iostream>
#include <memory>
#include <mutex>

#include "../parallel.hpp"
#include "../render/visible.hpp"
#include "commands.hpp"
#include "progress_line.hpp"

namespace stet::commands {
namespace {

using Clock = std::chrono::steady_clock;

constexpr uint64_t most_told = 20;     // faults, one by one
constexpr size_t most_in_json = 100;   // of these
constexpr unsigned most_jobs = 512;    // more threads than any machine has use for
constexpr int exit_interrupted = 130;  // what a shell says of a program that Ctrl-C has ended
constexpr unsigned bar_width = 20;

struct Arguments {
  std::vector<std::string> paths;
  std::optional<std::string> history;
  unsigned jobs = 0;
  bool force = false;
  LedgerOption ledger;
  KeyOptions key;
  PluginOptions plugins;
  FormatOption format;
  FailOnOption fail_on;
};

std::atomic<bool> stop_wanted = false;

// The second one ends the program where it is; the ledger stands that.
void on_signal(int number) {
  stop_wanted = true;
  signal(number, SIG_DFL);
}

// All of them since the program began.
struct Total {
  ImportCounts counts;
  nlohmann::json first_faults = nlohmann::json::array();
  std::optional<std::string> error;
  Clock::time_point start = Clock::now();

  double seconds() const { return std::chrono::duration<double>(Clock::now() - start).count(); }
};

ImportCounts operator+(ImportCounts a, const ImportCounts& b) {
  a.recorded += b.recorded;
  a.known += b.known;
  a.faults += b.faults;
  a.new_articles += b.new_articles;
  a.unchecked += b.unchecked;
  a.passed_over += b.passed_over;
  for (size_t i = 0; i < a.findings.size(); ++i) a.findings[i] += b.findings[i], a.changes[i] += b.changes[i];
  a.read = b.read;
  return a;
}

size_t at(Severity severity) {
  return static_cast<size_t>(severity);
}

std::string by_severity(const std::array<uint64_t, 4>& counts) {
  return counted(counts[at(Severity::error)], "error") + ", " +
         counted(counts[at(Severity::warning)], "warning") + ", " +
         counted(counts[at(Severity::note)], "note");
}

nlohmann::json json_by_severity(const std::array<uint64_t, 4>& counts) {
  nlohmann::json all;
  for (const auto s : {Severity::note, Severity::warning, Severity::error})
    all[std::string(name(s))] = counts[at(s)];
  return all;
}

// What stands on the terminal while an import goes on.
class Display {
 public:
  explicit Display(Total& total) : total_(total) {}

  void progress(const ImportCounts& now) {
    const std::lock_guard lock(mutex_);
    if (line_.is_due()) line_.show(text_of(now));
  }
  // Only so many are told one by one.
  void tell(const std::string& where, const std::string& why) {
    const std::lock_guard lock(mutex_);
    if (total_.first_faults.size() < most_in_json)
      total_.first_faults.push_back({{"where", where}, {"why", why}});
    if (++told_ > most_told) return;
    line_.clear();
    std::cerr << "stet: " << visible(where) << ": " << visible(why) << "\n";
    if (told_ == most_told) std::cerr << "stet: further ones are counted, and not shown\n";
  }
  void notice(const std::string& message) {
    const std::lock_guard lock(mutex_);
    line_.clear();
    std::cerr << "stet: " << message << "\n";
  }
  void look_at(const std::vector<PluginRun>& runs) {
    const std::lock_guard lock(mutex_);
    line_.clear();
    confinement_.look_at(runs);
  }
  void clear() { line_.clear(); }

 private:
  std::string text_of(const ImportCounts& now) const {
    const auto all = total_.counts + now;
    const double here = std::chrono::duration<double>(Clock::now() - start_).count();
    const auto& [done, size] = now.read;
    std::string text;
    if (size > 0) text = bar(static_cast<double>(done) / static_cast<double>(size), bar_width) + "  ";
    text += std::to_string(all.recorded) + " recorded, " +
            std::to_string(static_cast<uint64_t>(static_cast<double>(now.recorded + now.known) / here)) +
            "/s";
    if (size > 0 && done > 0)
      text += ", " + duration(here * static_cast<double>(size - done) / static_cast<double>(done)) + " left";
    text += "  " + counted(all.findings[at(Severity::error)], "error") + ", " +
            counted(all.findings[at(Severity::warning)], "warning");
    if (all.known > 0) text += "  " + std::to_string(all.known) + " known";
    if (all.faults > 0) text += "  " + counted(all.faults, "fault");
    return text;
  }

  Total& total_;
  Clock::time_point start_ = Clock::now();
  std::mutex mutex_;
  ProgressLine line_;
  ConfinementNotice confinement_;
  uint64_t told_ = 0;
};

ImportSetup setup_for(const Arguments& a, const Signers& keys, Display& display) {
  ImportSetup setup{keys, [&a] { return a.plugins.run(); }};
  setup.threads = threads_or_all(a.jobs);
  // A plugin's process keeps one processor busy; all of them together some four.
  setup.runs = a.plugins.in_process ? setup.threads : std::max(setup.threads / 4, 1u);
  setup.progress = [&](const ImportCounts& counts) { display.progress(counts); };
  setup.tell = [&](const std::string& where, const std::string& why) { display.tell(where, why); };
  setup.waiting = [&] {
    display.notice("another process is writing to " + a.ledger.folder + "; waiting for it");
  };
  setup.checked = [&](const std::vector<PluginRun>& runs) { display.look_at(runs); };
  setup.stop = &stop_wanted;
  setup.allow_look_alikes = a.force;
  return setup;
}

// What was recorded of the paths before is told whatever happens to this one.
void import_path(const std::string& path, const Arguments& a, Ledger& ledger, const Signers& keys,
                 Total& total) try {
  Display display(total);
  const auto source = open_import_source(path, a.history, &stop_wanted);
  const auto result = import_all(*source, ledger, setup_for(a, keys, display));
  display.clear();
  total.counts = total.counts + result.counts;
  if (result.error) total.error = result.error;
} catch (const std::runtime_error& e) {
  total.error = e.what();
}

void print(const Total& total, const Arguments& a) {
  const auto& c = total.counts;
  if (a.format.json()) {
    nlohmann::json all{{"recorded", c.recorded},
                       {"known", c.known},
                       {"faults", c.faults},
                       {"firstFaults", total.first_faults},
                       {"newArticles", c.new_articles},
                       {"findings", json_by_severity(c.findings)},
                       {"changes", json_by_severity(c.changes)},
                       {"unchecked", c.unchecked},
                       {"passedOver", c.passed_over},
                       {"stopped", stop_wanted.load()},
                       {"seconds", total.seconds()}};
    if (total.error) all["error"] = *total.error;
    print_json(all);
    return;
  }
  std::cout << "recorded " << counted(c.recorded, "revision") << " in " << a.ledger.folder << ", of "
            << counted(c.new_articles, "new article") << "\n";
  if (c.known > 0) std::cout << "known already: " << c.known << "\n";
  if (c.faults > 0) std::cout << "not recorded: " << c.faults << "\n";
  if (c.passed_over > 0)
    std::cout << "passed over: " << counted(c.passed_over, "file") << ", no articles by name, or links\n";
  if (c.recorded > 0) {
    std::cout << "findings: " << by_severity(c.findings) << "\n";
    std::cout << "changes: " << by_severity(c.changes) << "\n";
  }
  if (c.unchecked > 0)
    std::cout << "not checked by every plugin: " << counted(c.unchecked, "revision") << "\n";
}

int exit_code(const Total& total, const FailOnOption& fail_on) {
  const auto& c = total.counts;
  if (stop_wanted) return exit_interrupted;
  if (total.error || c.faults > 0) return 2;
  if (const auto least = severity_named(fail_on.severity))
    for (size_t s = at(*least); s < c.findings.size(); ++s)
      if (c.findings[s] + c.changes[s] > 0) return 1;
  return c.unchecked > 0 ? 2 : 0;
}

int import(const Arguments& a) {
  for (const auto& path : a.paths) demand_import_source(path, a.history);
  auto ledger = a.ledger.open();
  const auto keys = a.key.load_all(ledger.folder());
  for (const int number : {SIGINT, SIGTERM}) signal(number, on_signal);
  Total total;
  for (const auto& path : a.paths)
    if (!stop_wanted && !total.error) import_path(path, a, ledger, keys.signers(), total);
  print(total, a);
  std::cout << std::flush;
  if (stop_wanted) std::cerr << "stet: stopped; the same command goes on from here\n";
  if (total.error) std::cerr << "stet: " << visible(*total.error) << "\n";
  const double seconds = total.seconds();
  const auto rate = static_cast<double>(total.counts.recorded + total.counts.known) / seconds;
  char line[64];
  std::snprintf(line, sizeof line, "stet: %.1f s, %.0f revisions a second\n", seconds, rate);
  std::cerr << line;
  return exit_code(total, a.fail_on);
}

constexpr const char* footer =
    R"(What is known already is passed over: an import that was stopped, by Ctrl-C or otherwise, goes on when it is
started again. Ctrl-C ends the reading; what was given to the plugins is written. A second one ends at once, and loses
that, and nothing else.
Of a repository's --history only first parents are followed: what a merge brought is seen when it was merged.
Exit codes: 0; 2 an error, or a document that was not recorded: it is none, or comes too late; else 1 findings or
changes at or above --fail-on; else 2 a plugin that did not check one; 130 stopped. The JSON names the first 100 faults.
Example: stet import archive.jsonl.gz --ledger news.ledger)";

}  // namespace

void add_import(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand("import", import_summary);
  const auto a = std::make_shared<Arguments>();
  command->add_option("PATH", a->paths, "folders of articles, .jsonl or .jsonl.gz files")->required();
  a->ledger.add_to(command);
  command
      ->add_option("--history", a->history, "PATH is a git repository: import the history of this path in it")
      ->type_name("PATH");
  command->add_flag("--force", a->force, "record new articles though their ids look like others'");
  command->add_option("--jobs,-j", a->jobs, "processors to use; default: all")
      ->type_name("N")
      ->check(CLI::Range(1u, most_jobs));
  a->key.add_to(command);
  a->plugins.add_to(command);
  a->format.add_to(command);
  a->fail_on.severity = "never";
  a->fail_on.add_to(command);
  command->footer(footer);
  command->callback([a, &exit_code] { exit_code = import(*a); });
}

}  // namespace stet::commands
