// A plugin's file, read once.
#pragma once

#include <filesystem>
#include <mutex>
#include <string>

#include "descriptor.hpp"
#include "manifest.hpp"

namespace stet {

inline constexpr size_t max_plugin_bytes = 256u << 20;

// A private, sealed copy of a plugin's file. The bytes that were hashed are the bytes that run,
// whatever happens to the file afterwards.
class PluginImage {
 public:
  // Throws std::runtime_error with one sentence naming the file: unreadable, over max_plugin_bytes,
  // not a plugin, a manifest that does not parse, an ABI this host does not have.
  explicit PluginImage(std::filesystem::path file);

  const std::filesystem::path& file() const { return file_; }
  // Lower-case hex, computed when it is asked for first: a plugin may start meanwhile.
  const std::string& sha256() const;
  const Manifest& manifest() const { return manifest_; }
  const Descriptor& memory() const { return memory_; }

 private:
  std::filesystem::path file_;
  Manifest manifest_;
  Descriptor memory_;
  mutable std::once_flag is_hashed_;
  mutable std::string sha256_;
};

}  // namespace stet
