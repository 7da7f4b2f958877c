// The unit tests are also the worker's program: a Worker starts /proc/self/exe.
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>

#include <string_view>

#include "worker.hpp"

int main(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == "worker") return stet::worker_main(argc, argv);
  return Catch::Session().run(argc, argv);
}
