// A plugin's process as a program of its own, linked with little: it starts in a fraction of the time that
// `stet worker` takes, which is the same. See worker_process.cpp.
#include "worker.hpp"

int main(int argc, char** argv) {
  return stet::worker_main(argc, argv);
}
