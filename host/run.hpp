// document x plugins -> outcomes, in a fixed order.
#pragma once

#include <future>
#include <memory>
#include <vector>

#include "document.hpp"
#include "report.hpp"
#include "trust.hpp"
#include "worker.hpp"

namespace stet {

// Every chosen plugin in a worker of its own; a refused one yields the outcome "not run".
class Run {
 public:
  explicit Run(std::vector<ChosenPlugin> plugins);

  // Answers of all plugins on one document, in the order of the plugins.
  class Pending {
   public:
    std::vector<PluginRun> get();  // waits; once

   private:
    friend class Run;
    std::vector<PluginRun> runs_;
    std::vector<std::future<Outcome>> answers_;  // invalid where the plugin was refused
  };

  // Hands the document to every plugin. Several may be under way; each keeps its order.
  Pending start(const Document& document, const nlohmann::json& sources);
  std::vector<PluginRun> check(const Document& document, const nlohmann::json& sources) {
    return start(document, sources).get();
  }

  // Of the plugins that may run; valid as long as this.
  std::vector<const Manifest*> manifests() const;

 private:
  std::vector<ChosenPlugin> plugins_;
  std::vector<std::unique_ptr<Worker>> workers_;  // null where the plugin was refused
};

}  // namespace stet
