#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <iostream>
#include <string_view>

#include "commands/command_line.hpp"
#include "commands/commands.hpp"
#include "installation.hpp"
#include "worker.hpp"

namespace {

namespace commands = stet::commands;

// For the help alone.
void add_import_program(CLI::App& app, int&) {
  app.add_subcommand("import", commands::import_summary);
}

constexpr std::array<commands::Command, 17> all{{{"init", commands::add_init},
                                                 {"check", commands::add_check},
                                                 {"record", commands::add_record},
                                                 {"import", add_import_program},
                                                 {"log", commands::add_log},
                                                 {"show", commands::add_show},
                                                 {"diff", commands::add_diff},
                                                 {"report", commands::add_report},
                                                 {"verify", commands::add_verify},
                                                 {"key", commands::add_key},
                                                 {"plugin", commands::add_plugin},
                                                 {"stream", commands::add_stream},
                                                 {"checkpoint", commands::add_checkpoint},
                                                 {"proof", commands::add_proof},
                                                 {"maintain", commands::add_maintain},
                                                 {"redact", commands::add_redact},
                                                 {"witness", commands::add_witness}}};

int become_import_program(char** argv) {
  const auto program = stet::program_beside("stet-import");
  execv(program.c_str(), argv);
  std::cerr << "stet: " << program.string() << " does not run: " << std::strerror(errno) << "\n";
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view command = argc > 1 ? argv[1] : "";
  if (command == "worker") return stet::worker_main(argc, argv);
  if (command == "import") return become_import_program(argv);
  return commands::run_command_line(all, argc, argv);
}
