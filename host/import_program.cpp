// `stet import` as a program of its own, which `stet` becomes: it needs libgit2, with a dozen libraries
// behind it, and an allocator for very many small values. To load them takes longer than to record an
// article.
#include <array>
#include <string_view>

#include "commands/command_line.hpp"
#include "commands/commands.hpp"
#include "worker.hpp"

int main(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == "worker") return stet::worker_main(argc, argv);
  constexpr std::array<stet::commands::Command, 1> all{{{"import", stet::commands::add_import}}};
  return stet::commands::run_command_line(all, argc, argv);
}
