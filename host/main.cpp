#include <iostream>
#include <string_view>
#include <utility>

#include "commands/commands.hpp"
#include "worker.hpp"

int main(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == "worker") return stet::worker_main(argc, argv);
  namespace commands = stet::commands;
  std::ios::sync_with_stdio(false);
  int exit_code = 0;
  CLI::App app("stet checks news articles the way a compiler checks code, and keeps signed records of them.",
               "stet");
  app.set_version_flag("--version", STET_VERSION);
  app.require_subcommand(1);
  for (const auto add :
       {commands::add_init, commands::add_check, commands::add_record, commands::add_import,
        commands::add_log, commands::add_show, commands::add_diff, commands::add_report, commands::add_verify,
        commands::add_key, commands::add_plugin, commands::add_stream, commands::add_checkpoint,
        commands::add_proof, commands::add_maintain, commands::add_redact, commands::add_witness})
    add(app, exit_code);
  const auto named = [&](const CLI::App* command) { return command->get_name() == argv[1]; };
  if (argc > 1 && argv[1][0] != '-' && std::as_const(app).get_subcommands(named).empty()) {
    std::cerr << "stet: there is no command \"" << argv[1] << "\" (see: stet --help)\n";
    return 2;
  }
  try {
    app.parse(argc, argv);
    return exit_code;
  } catch (const CLI::Success& wanted_help) {
    return app.exit(wanted_help);
  } catch (const CLI::ParseError& e) {
    std::cerr << "stet: " << e.what() << " (see: stet --help)\n";
  } catch (const std::exception& e) {
    std::cerr << "stet: " << e.what() << "\n";
  }
  return 2;
}
