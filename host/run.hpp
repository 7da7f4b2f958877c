// document x plugins -> outcomes, in a fixed order.
#pragma once

#include <future>
#include <memory>
#include <span>
#include <vector>

#include "document.hpp"
#include "in_process.hpp"
#include "report.hpp"
#include "trust.hpp"
#include "worker.hpp"

namespace stet {

// Every chosen plugin in a worker of its own; a refused one yields the outcome "not run".
class Run {
 public:
  // `in_process`: plugins that ship with stet run in this process, for speed; all others stay in workers.
  // `nursery`: for the workers; made before all else, it starts while the plugins are chosen.
  explicit Run(std::vector<ChosenPlugin> plugins, bool in_process = false,
               const std::shared_ptr<Nursery>& nursery = nullptr);
  ~Run();
  Run(Run&&) = default;

  // Answers of all plugins on one document, in the order of the plugins.
  class Pending {
   public:
    std::vector<PluginRun> get();  // waits; once
    void wait() const;

   private:
    friend class Run;
    std::vector<PluginRun> runs_;
    std::vector<std::future<Outcome>> answers_;  // invalid where the plugin was refused
  };

  // Hands the documents to every plugin, many at a time. Several calls may be under way; their order is kept.
  std::vector<Pending> start(std::span<const Reading> readings);
  std::vector<PluginRun> check(const Reading& reading) { return start({&reading, 1}).front().get(); }

  // Lets the processes end while the caller goes on; they start again for the next document.
  void rest();

  // Whether a plugin reads the revision before (stet.previous/1). Where none does, it is not handed over.
  bool wants_previous() const { return wants_previous_; }

  // Of the plugins that may run; valid as long as this.
  std::vector<const Manifest*> manifests() const;

 private:
  // A plugin and where it runs: neither when it was refused.
  struct Place {
    ChosenPlugin plugin;
    nlohmann::json recorded_options;
    std::unique_ptr<Worker> worker;
    std::unique_ptr<InProcess> here;

    std::vector<std::future<Outcome>> verify(const Worker::Documents& documents);
  };
  MemoryPool pool_;
  std::vector<Place> places_;
  bool wants_previous_ = false;
};

}  // namespace stet
