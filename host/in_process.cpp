#include "in_process.hpp"

#include <stdexcept>
#include <utility>

namespace stet {

InProcess::InProcess(std::shared_ptr<const PluginImage> image, const nlohmann::json& options)
    : image_(std::move(image)), options_(options.dump()) {}

void InProcess::load() {
  // The private copy, so that the bytes that were hashed are the bytes that run.
  if (!plugin_) plugin_.emplace("/proc/self/fd/" + std::to_string(image_->memory().get()));
  if (!session_) session_.emplace(*plugin_, image_->manifest(), options_);
}

Outcome InProcess::verify(const SharedDocument& document) {
  try {
    load();
  } catch (const std::runtime_error& e) {
    return {Outcome::Kind::failed, e.what(), "", {}, {}};
  }
  if (memory_ != document.memory()) {
    mapping_.emplace(document.memory()->descriptor, document.memory()->size);
    memory_ = document.memory();
  }
  const DocumentView view(mapping_->bytes().substr(document.offset(), document.size()));
  return verify_in_process(*session_, image_->manifest(), view);
}

}  // namespace stet
