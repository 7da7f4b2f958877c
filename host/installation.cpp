#include "installation.hpp"

#include <system_error>

namespace stet {
namespace {

namespace fs = std::filesystem;

fs::path belonging(const char* in_build, const char* installed) {
  std::error_code error;
  const auto program = fs::read_symlink("/proc/self/exe", error).parent_path();
  const auto beside = program / in_build;
  return fs::is_directory(beside, error) ? beside : (program / installed).lexically_normal();
}

}  // namespace

fs::path bundled_plugin_folder() {
  return belonging("plugins", STET_PLUGINS_FROM_PROGRAM);
}

fs::path template_folder() {
  return belonging("template", STET_TEMPLATE_FROM_PROGRAM);
}

}  // namespace stet
