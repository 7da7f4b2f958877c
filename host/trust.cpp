#include "trust.hpp"

#include <algorithm>
#include <cstdlib>
#include <sstream>
#include <stdexcept>

#include "digest.hpp"
#include "files.hpp"

namespace stet {
namespace {

namespace fs = std::filesystem;

constexpr size_t max_trust_file = 1u << 20;

ChosenPlugin chosen(std::shared_ptr<const PluginImage> image, bool bundled) {
  const auto& m = image->manifest();
  return {image->file(), m.id, m.version, image->sha256(), image, "", bundled};
}

ChosenPlugin refused(const TrustedPlugin& pinned, std::string found, std::string reason) {
  return {pinned.file, pinned.id, "unknown", std::move(found), nullptr, std::move(reason), false};
}

ChosenPlugin trusted(const TrustedPlugin& pinned) {
  try {
    const auto image = std::make_shared<const PluginImage>(pinned.file);
    if (image->sha256() == pinned.sha256) return chosen(image, false);
    return refused(pinned, image->sha256(),
                   "the file changed after it was trusted: its SHA-256 is " + image->sha256() +
                       ", trusted was " + pinned.sha256);
  } catch (const std::runtime_error& e) {
    return refused(pinned, pinned.sha256, e.what());
  }
}

}  // namespace

Trust::Trust(fs::path file) : file_(std::move(file)) {
  if (!fs::exists(file_)) return;
  std::istringstream in(read_file(file_, max_trust_file));
  size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.empty() || line[0] == '#') continue;
    std::istringstream fields(line);
    TrustedPlugin p;
    std::string path;
    if (!(fields >> p.sha256 >> p.id) || !std::getline(fields >> std::ws, path) || p.sha256.size() != 64)
      throw std::runtime_error(file_.string() + ":" + std::to_string(number) + ": not \"SHA256 ID PATH\"");
    p.file = path;
    plugins_.push_back(std::move(p));
  }
}

fs::path Trust::default_file() {
  if (const char* file = std::getenv("STET_TRUST"); file && *file) return file;
  if (const char* config = std::getenv("XDG_CONFIG_HOME"); config && *config)
    return fs::path(config) / "stet/trusted";
  const char* home = std::getenv("HOME");
  return fs::path(home && *home ? home : "/") / ".config/stet/trusted";
}

bool Trust::pins(const std::string& sha256) const {
  return std::any_of(plugins_.begin(), plugins_.end(), [&](const auto& p) { return p.sha256 == sha256; });
}

void Trust::add(const PluginImage& plugin) {
  const auto file = fs::canonical(plugin.file());
  std::erase_if(plugins_, [&](const auto& p) { return p.file == file; });
  plugins_.push_back({plugin.sha256(), plugin.manifest().id, file});
  save();
}

bool Trust::remove(const std::string& id_or_file) {
  std::error_code error;
  const auto file = fs::weakly_canonical(id_or_file, error);
  const auto removed =
      std::erase_if(plugins_, [&](const auto& p) { return p.id == id_or_file || p.file == file; });
  if (removed) save();
  return removed > 0;
}

void Trust::save() const {
  std::string text = "# Plugins that stet may run: SHA-256, id, file. Written by `stet plugin trust`.\n";
  for (const auto& p : plugins_) text += p.sha256 + " " + p.id + " " + p.file.string() + "\n";
  fs::create_directories(file_.parent_path());
  write_file(file_, text);
}

fs::path bundled_plugin_folder() {
  std::error_code error;
  const auto beside = fs::read_symlink("/proc/self/exe", error).parent_path() / "plugins";
  return fs::is_directory(beside, error) ? beside : fs::path(STET_INSTALLED_PLUGINS);
}

std::vector<ChosenPlugin> choose_plugins(const Trust& trust, const std::vector<fs::path>& extra) {
  std::vector<ChosenPlugin> all;
  const auto add = [&](ChosenPlugin plugin) {
    const auto same = [&](const auto& p) { return p.id == plugin.id; };
    if (std::none_of(all.begin(), all.end(), same)) all.push_back(std::move(plugin));
  };
  std::vector<fs::path> bundled;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(bundled_plugin_folder(), error))
    if (entry.path().extension() == ".so") bundled.push_back(entry.path());
  std::sort(bundled.begin(), bundled.end());
  for (const auto& file : bundled) add(chosen(std::make_shared<const PluginImage>(file), true));
  for (const auto& file : extra) {
    auto image = std::make_shared<const PluginImage>(file);
    if (!trust.pins(image->sha256()))
      throw std::runtime_error(file.string() + ": this plugin is not trusted (SHA-256 " + image->sha256() +
                               "); allow it with: stet plugin trust " + file.string());
    add(chosen(std::move(image), false));
  }
  for (const auto& pinned : trust.plugins()) add(trusted(pinned));
  return all;
}

}  // namespace stet
