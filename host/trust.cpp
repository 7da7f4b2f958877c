#include "trust.hpp"

#include <algorithm>
#include <cstdlib>
#include <sstream>
#include <stdexcept>

#include "digest.hpp"
#include "files.hpp"
#include "installation.hpp"

namespace stet {
namespace {

namespace fs = std::filesystem;

constexpr size_t max_trust_file = 1u << 20;

ChosenPlugin chosen(std::shared_ptr<const PluginImage> image, bool bundled) {
  const auto& m = image->manifest();
  return {image->file(), m.id, m.version, image, "", "", bundled};
}

ChosenPlugin refused(const TrustedPlugin& pinned, std::string found, std::string reason) {
  return {pinned.file, pinned.id, "unknown", nullptr, std::move(reason), std::move(found), false};
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
  return user_folder("XDG_CONFIG_HOME", ".config").value_or("/.config") / "stet/trusted";
}

bool Trust::pins(const std::string& sha256) const {
  return std::any_of(plugins_.begin(), plugins_.end(), [&](const auto& p) { return p.sha256 == sha256; });
}

const TrustedPlugin* Trust::entry_of(const fs::path& file) const {
  std::error_code error;
  const auto whole = fs::weakly_canonical(file, error);
  const auto at =
      std::find_if(plugins_.begin(), plugins_.end(), [&](const auto& p) { return p.file == whole; });
  return at == plugins_.end() ? nullptr : &*at;
}

void Trust::add(const PluginImage& plugin) {
  const auto file = fs::canonical(plugin.file());
  const auto& id = plugin.manifest().id;
  // A line feed in the path would begin another entry.
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' '; };
  if (const auto path = file.string(); std::any_of(path.begin(), path.end(), is_control))
    throw std::runtime_error(id + ": the path of its file holds a control character; move it elsewhere");
  for (const auto& p : bundled_plugins())
    if (p.id == id)
      throw std::runtime_error(plugin.file().string() + ": a plugin " + id +
                               " ships with stet; give this one an id of its own");
  for (const auto& p : plugins_)
    if (p.id == id && p.file != file)
      throw std::runtime_error(plugin.file().string() + ": " + p.file.string() + " is trusted as " + id +
                               " already; take that back first: stet plugin untrust " + id);
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

std::vector<ChosenPlugin> bundled_plugins() {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(bundled_plugin_folder(), error))
    if (entry.path().extension() == ".so") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<ChosenPlugin> all;
  for (const auto& file : files) all.push_back(chosen(std::make_shared<const PluginImage>(file), true));
  return all;
}

std::vector<ChosenPlugin> choose_plugins(const Trust& trust, const std::vector<fs::path>& extra) {
  auto all = bundled_plugins();
  const auto same_id = [&](const std::string& id) {
    const auto at = std::find_if(all.begin(), all.end(), [&](const auto& p) { return p.id == id; });
    return at == all.end() ? nullptr : &*at;
  };
  for (const auto& file : extra) {
    auto plugin = chosen(std::make_shared<const PluginImage>(file), false);
    const auto* earlier = same_id(plugin.id);
    if (earlier && earlier->sha256() == plugin.sha256()) continue;
    if (!trust.pins(plugin.sha256()))
      throw std::runtime_error(file.string() + ": this plugin is not trusted (SHA-256 " + plugin.sha256() +
                               "); allow it with: stet plugin trust " + file.string());
    if (earlier)
      throw std::runtime_error(file.string() + ": its id " + plugin.id + " is that of " +
                               earlier->file.string());
    all.push_back(std::move(plugin));
  }
  for (const auto& pinned : trust.plugins())
    if (!same_id(pinned.id)) all.push_back(trusted(pinned));
  return all;
}

TrustState trust_state(const Trust& trust, const PluginImage& plugin) {
  for (const auto& p : bundled_plugins())
    if (p.sha256() == plugin.sha256()) return {TrustState::Kind::bundled, ""};
  if (trust.pins(plugin.sha256())) return {TrustState::Kind::trusted, ""};
  if (const auto* entry = trust.entry_of(plugin.file())) return {TrustState::Kind::changed, entry->sha256};
  return {};
}

std::string_view name(TrustState::Kind kind) {
  switch (kind) {
    case TrustState::Kind::bundled: return "bundled";
    case TrustState::Kind::trusted: return "trusted";
    case TrustState::Kind::changed: return "changed";
    case TrustState::Kind::not_trusted: return "not trusted";
  }
  return "";
}

}  // namespace stet
