#include "plugin_image.hpp"

#include <stdexcept>
#include <utility>

#include "digest.hpp"
#include "files.hpp"

namespace stet {

PluginImage::PluginImage(std::filesystem::path file) : file_(std::move(file)) {
  const auto bytes = read_file(file_, max_plugin_bytes);
  try {
    manifest_ = parse_manifest(manifest_section(bytes));
  } catch (const std::runtime_error& e) {
    throw std::runtime_error(file_.string() + ": " + e.what());
  }
  sha256_ = sha256_hex(bytes);
  memory_ = sealed_memory(bytes, "copy a plugin");
}

}  // namespace stet
