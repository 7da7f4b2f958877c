#include "plugin_image.hpp"

#include <stdexcept>
#include <utility>

#include "digest.hpp"
#include "files.hpp"

namespace stet {

PluginImage::PluginImage(std::filesystem::path file) : file_(std::move(file)) {
  memory_ = sealed_copy(file_, max_plugin_bytes, "copy a plugin");
  try {
    manifest_ = parse_manifest(manifest_section(Mapping(memory_).bytes()));
  } catch (const std::runtime_error& e) {
    throw std::runtime_error(file_.string() + ": " + e.what());
  }
}

const std::string& PluginImage::sha256() const {
  std::call_once(is_hashed_, [&] { sha256_ = sha256_hex(Mapping(memory_).bytes()); });
  return sha256_;
}

}  // namespace stet
