// A plugin in this process, for bulk runs of plugins that are trusted as much as stet's own code: no
// hand-over, and no protection.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "plugin.hpp"
#include "plugin_image.hpp"
#include "shared_document.hpp"

namespace stet {

class InProcess {
 public:
  // `options` as for Worker::Setup.
  InProcess(std::shared_ptr<const PluginImage> image, const nlohmann::json& options);

  // The same outcome as a worker's, for a plugin that neither crashes nor loops. One that cannot be loaded,
  // or makes no instance, fails on every document.
  Outcome verify(const SharedDocument& document);

 private:
  void load();

  std::shared_ptr<const PluginImage> image_;
  std::string options_;
  std::optional<Plugin> plugin_;
  std::optional<Session> session_;
};

}  // namespace stet
