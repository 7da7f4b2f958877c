#include "installation.hpp"

#include <system_error>

namespace stet {
namespace {

namespace fs = std::filesystem;

fs::path belonging(const char* in_build, const char* installed) {
  std::error_code error;
  const auto beside = program_beside(in_build);
  return fs::is_directory(beside, error) ? beside : program_beside(installed).lexically_normal();
}

}  // namespace

fs::path program_beside(std::string_view name) {
  std::error_code error;
  return fs::read_symlink("/proc/self/exe", error).parent_path() / name;
}

fs::path bundled_plugin_folder() {
  return belonging("plugins", STET_PLUGINS_FROM_PROGRAM);
}

fs::path template_folder() {
  return belonging("template", STET_TEMPLATE_FROM_PROGRAM);
}

}  // namespace stet
