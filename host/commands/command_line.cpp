#include "command_line.hpp"

#include <signal.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iostream>

#include "../render/visible.hpp"
#include "standard_output.hpp"

namespace stet::commands {
namespace {

int run(CLI::App& app, int argc, char** argv, const int& exit_code) {
  try {
    app.parse(argc, argv);
    return exit_code;
  } catch (const CLI::Success& wanted_help) {
    return app.exit(wanted_help);
  } catch (const CLI::ParseError& e) {
    std::cerr << "stet: " << e.what() << " (see: stet --help)\n";
  } catch (const std::exception& e) {
    std::cerr << "stet: " << visible(e.what()) << "\n";  // which may quote a ledger, or a file
  }
  return 2;
}

int run_named(std::span<const Command> commands, int argc, char** argv) {
  int exit_code = 0;
  CLI::App app("stet checks news articles the way a compiler checks code, and keeps signed records of them.",
               "stet");
  app.set_version_flag("--version", STET_VERSION);
  app.require_subcommand(1);
  if (argc > 1 && argv[1][0] != '-') {
    const auto named =
        std::find_if(commands.begin(), commands.end(), [&](const auto& c) { return c.name == argv[1]; });
    if (named == commands.end()) {
      std::cerr << "stet: there is no command \"" << argv[1] << "\" (see: stet --help)\n";
      return 2;
    }
    named->add(app, exit_code);  // alone: to describe the others takes longer than to start some
  } else {
    for (const auto& command : commands) command.add(app, exit_code);
  }
  return run(app, argc, argv, exit_code);
}

// A reader that went away has read what it wanted: no fault, and the exit code is the one that a shell gives
// a program that wrote on.
int finish(StandardOutput& output, int exit_code) {
  const int error = output.finish();
  if (error == 0) return exit_code;
  if (error == EPIPE) return 128 + SIGPIPE;
  std::cerr << "stet: standard output: " << std::strerror(error) << "\n";
  return 2;
}

}  // namespace

int run_command_line(std::span<const Command> commands, int argc, char** argv) {
  occupy_standard_streams();
  std::ios::sync_with_stdio(false);
  StandardOutput output;
  return finish(output, run_named(commands, argc, argv));
}

}  // namespace stet::commands
