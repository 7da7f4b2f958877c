#include <iostream>
#include <memory>

#include "../plugin_cases.hpp"
#include "../trust.hpp"
#include "commands.hpp"

namespace stet::commands {
namespace {

struct Arguments {
  std::string file, cases;
  FormatOption format;
  bool bless = false;
};

nlohmann::json manifest_json(const PluginImage& image) {
  const auto& m = image.manifest();
  nlohmann::json j{{"id", m.id},
                   {"version", m.version},
                   {"abi", m.abi},
                   {"summary", m.summary},
                   {"file", image.file().string()},
                   {"sha256", image.sha256()},
                   {"services", m.services},
                   {"limits", {{"deadline_ms", m.limits.deadline_ms}, {"memory_mb", m.limits.memory_mb}}},
                   {"checks", nlohmann::json::array()},
                   {"facts", nlohmann::json::array()}};
  for (const auto& c : m.checks)
    j["checks"].push_back({{"id", c.id}, {"severity", name(c.severity)}, {"summary", c.summary}});
  for (const auto& f : m.facts) j["facts"].push_back(f.kind);
  return j;
}

void list(const Arguments& a) {
  auto all = nlohmann::json::array();
  for (const auto& p : choose_plugins(Trust(Trust::default_file()), {})) {
    const char* trust = p.bundled ? "bundled" : p.image ? "trusted" : "refused";
    nlohmann::json j{{"id", p.id},
                     {"version", p.version},
                     {"sha256", p.sha256},
                     {"file", p.file.string()},
                     {"trust", trust}};
    if (!p.reason.empty()) j["reason"] = p.reason;
    all.push_back(j);
  }
  if (a.format.json()) return print_json(all);
  for (const auto& p : all)
    std::cout << p["id"].get<std::string>() << " " << p["version"].get<std::string>() << "  "
              << p["trust"].get<std::string>() << "  " << p["sha256"].get<std::string>().substr(0, 12) << "  "
              << p["file"].get<std::string>()
              << (p.contains("reason") ? "\n  " + p["reason"].get<std::string>() : "") << "\n";
}

void info(const Arguments& a) {
  const PluginImage image(a.file);
  const auto j = manifest_json(image);
  if (a.format.json()) return print_json(j);
  const auto& m = image.manifest();
  std::cout << m.id << " " << m.version << ": " << m.summary << "\n  file    " << a.file << "\n  sha256  "
            << image.sha256() << "\n  limits  " << m.limits.deadline_ms << " ms and " << m.limits.memory_mb
            << " MB a document\n";
  for (const auto& c : m.checks)
    std::cout << "  check   " << c.id << " (" << name(c.severity) << "): " << c.summary << "\n";
  for (const auto& f : m.facts) std::cout << "  fact    " << f.kind << "\n";
  for (const auto& s : m.services) std::cout << "  service " << s << "\n";
}

void trust(const Arguments& a) {
  const PluginImage image(a.file);
  Trust(Trust::default_file()).add(image);
  std::cout << "trusted " << image.manifest().id << " " << image.manifest().version << "\n  sha256 "
            << image.sha256() << "\n  pinned in " << Trust::default_file().string() << "\n";
}

void untrust(const Arguments& a) {
  if (!Trust(Trust::default_file()).remove(a.file))
    throw std::runtime_error(a.file + ": not in " + Trust::default_file().string());
  std::cout << "no longer trusted: " << a.file << "\n";
}

}  // namespace

void add_plugin(CLI::App& app, int& exit_code) {
  auto* plugin = app.add_subcommand("plugin", "plugins, their checks, and whether they may run");
  plugin->require_subcommand(1);
  const auto add = [&](const char* word, const char* about, void (*act)(const Arguments&),
                       const char* operand) {
    auto* command = plugin->add_subcommand(word, about);
    const auto a = std::make_shared<Arguments>();
    if (operand) command->add_option(operand, a->file)->required();
    a->format.add_to(command);
    command->footer(std::string("Example: stet plugin ") + word + (operand ? " ./my-check.so" : ""));
    command->callback([a, act, &exit_code] {
      act(*a);
      exit_code = 0;
    });
  };
  add("list", "list the plugins that would run", list, nullptr);
  add("info", "what a plugin says it is; runs none of it", info, "FILE");
  add("trust", "pin a plugin's SHA-256, so that it runs", trust, "FILE");
  add("untrust", "take a plugin out of the trust file", untrust, "ID-OR-FILE");

  auto* test = plugin->add_subcommand("test", "run a plugin's golden cases");
  const auto a = std::make_shared<Arguments>();
  test->add_option("FILE", a->file, "the plugin")->required();
  test->add_option("CASES", a->cases, "a folder with NAME.txt or NAME.md beside NAME.findings")->required();
  test->add_flag("--bless", a->bless, "write what the plugin says as the expectation");
  test->footer("Example: stet plugin test ./my-check.so cases/");
  test->callback(
      [a, &exit_code] { exit_code = run_plugin_cases(a->file, a->cases, a->bless, std::cout) ? 1 : 0; });
}

}  // namespace stet::commands
