#include <iostream>
#include <memory>

#include "../installation.hpp"
#include "../render/view.hpp"
#include "../scaffold.hpp"
#include "commands.hpp"
#include "plugin.hpp"

namespace stet::commands {
namespace {

struct Arguments {
  std::string id, folder;
  FormatOption format;
};

void make(const Arguments& a) {
  const auto folder = a.folder.empty() ? a.id.substr(a.id.rfind('.') + 1) : a.folder;
  const auto made = make_plugin_project(a.id, folder, template_folder());
  if (a.format.json()) {
    nlohmann::json j{{"id", a.id}, {"folder", folder}, {"files", nlohmann::json::array()}};
    for (const auto& file : made.files) j["files"].push_back(file.string());
    return print_json(j);
  }
  std::cout << "made " << a.id << " in " << folder << "\n";
  for (const auto& file : made.files) std::cout << "  " << file.string() << "\n";
  std::cout << "next:\n";
  if (folder != ".") std::cout << "  cd " << shell_word(folder) << "\n";
  std::cout << "  cmake -B build && cmake --build build\n  ctest --test-dir build\n  stet plugin trust build/"
            << made.file << ".so\n  stet check ARTICLE\n";
}

}  // namespace

void add_plugin_new(CLI::App& plugin, int& exit_code) {
  auto* command = plugin.add_subcommand("new", "make a small project that builds a first check");
  const auto a = std::make_shared<Arguments>();
  command->add_option("ID", a->id, "a reverse domain name of yours")->required();
  command->add_option("DIR", a->folder,
                      "a folder that does not exist yet, or is empty; default: the id's last part");
  a->format.add_to(command);
  command->footer("Example: stet plugin new org.example.no-clickbait");
  command->callback([a, &exit_code] {
    make(*a);
    exit_code = 0;
  });
}

}  // namespace stet::commands
