#include "in_process.hpp"

#include <atomic>
#include <stdexcept>
#include <utility>

namespace stet {
namespace {

// The private copy, so that the bytes that were hashed are the bytes that run. The loader knows a library by
// its path, even after it was closed, and numbers of descriptors come again: so no two paths may be alike.
std::string unique_path(const Descriptor& memory) {
  static std::atomic<unsigned> loaded = 0;
  return "/proc/self/fd" + std::string(++loaded, '/') + std::to_string(memory.get());
}

}  // namespace

InProcess::InProcess(std::shared_ptr<const PluginImage> image, const nlohmann::json& options)
    : image_(std::move(image)), options_(options.dump()) {}

void InProcess::load() {
  if (!plugin_) plugin_.emplace(unique_path(image_->memory()));
  if (!session_) session_.emplace(*plugin_, image_->manifest(), options_);
}

Outcome InProcess::verify(const SharedDocument& document) {
  try {
    load();
  } catch (const std::runtime_error& e) {
    return {Outcome::Kind::failed, e.what(), "", {}, {}};
  }
  const DocumentView view(document.packed());
  return verify_in_process(*session_, image_->manifest(), view);
}

}  // namespace stet
