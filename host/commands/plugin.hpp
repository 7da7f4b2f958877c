// The commands under `stet plugin` that have a file of their own.
#pragma once

#include <CLI/CLI.hpp>

namespace stet::commands {

void add_plugin_new(CLI::App& plugin, int& exit_code);
void add_plugin_test(CLI::App& plugin, int& exit_code);

}  // namespace stet::commands
