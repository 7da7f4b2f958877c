#include "command_line.hpp"

#include <algorithm>
#include <iostream>

#include "../render/visible.hpp"

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

}  // namespace

int run_command_line(std::span<const Command> commands, int argc, char** argv) {
  std::ios::sync_with_stdio(false);
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

}  // namespace stet::commands
