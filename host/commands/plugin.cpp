#include "plugin.hpp"

#include <iostream>
#include <memory>

#include "../render/plugin_page.hpp"
#include "../render/verdict.hpp"
#include "../sandbox.hpp"
#include "../trust.hpp"
#include "commands.hpp"

namespace stet::commands {
namespace {

struct Arguments {
  std::string operand;
  FormatOption format;
};

Trust user_trust() {
  return Trust(Trust::default_file());
}

void list(const Arguments& a) {
  const auto all = choose_plugins(user_trust(), {});
  if (a.format.json()) return print_json(to_json(all));
  std::cout << render_plugin_list(all, terminal_width(), coloured());
}

// The file of a known plugin, by its id or the last part of it; anything else is a file itself.
std::filesystem::path plugin_file(const std::string& operand) {
  if (operand.find('/') != operand.npos || std::filesystem::is_regular_file(operand)) return operand;
  std::vector<ChosenPlugin> named;
  for (auto& p : choose_plugins(user_trust(), {}))
    if (p.id == operand || short_name(p.id) == operand) named.push_back(std::move(p));
  if (named.size() > 1) throw std::runtime_error(operand + ": " + named[0].id + " or " + named[1].id + "?");
  if (named.empty())
    throw std::runtime_error(operand +
                             ": neither a file nor a plugin that stet knows (see: stet plugin list)");
  return named[0].file;
}

void info(const Arguments& a) {
  const PluginImage image(plugin_file(a.operand));
  const PluginPage page{image, trust_state(user_trust(), image), sandbox::describe()};
  if (a.format.json()) return print_json(to_json(page));
  std::cout << render_plugin(page, terminal_width(), coloured());
}

void trust(const Arguments& a) {
  const PluginImage image(a.operand);
  const auto& m = image.manifest();
  user_trust().add(image);
  const auto pinned = Trust::default_file().string();
  if (a.format.json())
    return print_json(
        {{"trusted", m.id}, {"version", m.version}, {"sha256", image.sha256()}, {"in", pinned}});
  std::cout << render_plugin_claims(m, terminal_width(), coloured())
            << "trusted, and runs from now on\n  SHA-256 " << image.sha256() << "\n  pinned in " << pinned
            << "\n";
}

void untrust(const Arguments& a) {
  if (!user_trust().remove(a.operand))
    throw std::runtime_error(a.operand + ": not in " + Trust::default_file().string());
  if (a.format.json()) return print_json({{"untrusted", a.operand}});
  std::cout << "no longer trusted: " << a.operand << "\n";
}

struct Word {
  const char *word, *about, *operand, *example;
  void (*act)(const Arguments&);
};

constexpr Word words[] = {
    {"list", "list the plugins that would run", nullptr, "", list},
    {"info", "what a plugin says it is; runs none of it", "FILE-OR-NAME", " date-consistency", info},
    {"trust", "pin a plugin's SHA-256, so that it runs", "FILE", " build/no_clickbait.so", trust},
    {"untrust", "take a plugin out of the trust file", "ID-OR-FILE", " org.example.no-clickbait", untrust},
};

void add_word(CLI::App& plugin, const Word& word, int& exit_code) {
  auto* command = plugin.add_subcommand(word.word, word.about);
  const auto a = std::make_shared<Arguments>();
  if (word.operand) command->add_option(word.operand, a->operand)->required();
  a->format.add_to(command);
  command->footer(std::string("Example: stet plugin ") + word.word + word.example);
  command->callback([a, act = word.act, &exit_code] {
    act(*a);
    exit_code = 0;
  });
}

}  // namespace

void add_plugin(CLI::App& app, int& exit_code) {
  auto* plugin = app.add_subcommand("plugin", "plugins, their checks, and whether they may run");
  plugin->require_subcommand(1);
  plugin->footer("Example: stet plugin new org.example.no-clickbait");
  for (const auto& word : words) add_word(*plugin, word, exit_code);
  add_plugin_new(*plugin, exit_code);
  add_plugin_test(*plugin, exit_code);
}

}  // namespace stet::commands
