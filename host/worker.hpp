// One plugin in one confined process. Whatever the plugin does, verify() comes back.
#pragma once

#include <future>
#include <memory>
#include <span>
#include <vector>

#include <nlohmann/json.hpp>

#include "finding.hpp"
#include "plugin_image.hpp"
#include "sandbox.hpp"
#include "shared_document.hpp"
#include "worker_birth.hpp"

namespace stet {

// Holds a thread and a process, which is started at once. A process that gave any outcome but
// `checked` is replaced for the next document. Destroying a worker ends both; documents that it had
// not answered get the outcome `not run`.
class Worker {
 public:
  struct Setup {
    std::shared_ptr<const PluginImage> plugin;
    nlohmann::json options = nlohmann::json::object();  // complete
    bool confined = !sandbox::built_with_sanitizers();  // sanitizers cannot live in the sandbox
    // Where the first process is born. One that replaces it is started alone, so that whoever made it crash
    // learns nothing of the next one's addresses.
    std::shared_ptr<Nursery> nursery = nullptr;
  };
  using Documents = std::vector<std::shared_ptr<const SharedDocument>>;

  // Throws std::system_error when the system is out of threads, memory or file descriptors.
  explicit Worker(Setup setup);
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // Queues the documents; any thread may. They are handed over many at a time and answered in order, each
  // with the outcome that it would have had alone. A future always yields one, within the manifest's
  // deadline (counted from when the plugin could begin with the document) plus the time to start the
  // process, in which the plugin's own part is held to the same deadline. Time in which the machine had no
  // processor free for the plugin is not counted, up to ten times the deadline. A process that cannot
  // be started gives `not run`.
  std::vector<std::future<Outcome>> verify(Documents documents);
  std::future<Outcome> verify(std::shared_ptr<const SharedDocument> document);

  // Ends the process, once it has answered what it was given, and does not wait for that. The next document
  // starts another one.
  void rest();

  // What destroying it begins with. Of several workers, all may be told before the first is waited for.
  void stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// The child's main(): `stet worker`, started by Worker alone, which passes a socket as worker_socket.
// main() must call it before anything else when argv[1] is "worker".
int worker_main(int argc, char** argv);
inline constexpr int worker_socket = 3;

}  // namespace stet
