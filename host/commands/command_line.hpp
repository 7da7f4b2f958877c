// A program whose first argument names a command.
#pragma once

#include <CLI/CLI.hpp>

#include <span>
#include <string_view>

namespace stet::commands {

struct Command {
  std::string_view name;
  void (*add)(CLI::App& app, int& exit_code);
};

// Runs the command that argv[1] names. Gives the program's exit code.
int run_command_line(std::span<const Command> commands, int argc, char** argv);

}  // namespace stet::commands
