// Which plugins may run: those that ship with stet, and those whose SHA-256 the user has pinned.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "worker.hpp"

namespace stet {

// A line of the trust file: "SHA256 ID PATH".
struct TrustedPlugin {
  std::string sha256;
  std::string id;
  std::filesystem::path file;
};

// The user's trust file. Absent means empty.
class Trust {
 public:
  // Throws std::runtime_error naming file and line when it cannot be read.
  explicit Trust(std::filesystem::path file);
  // $STET_TRUST, else $XDG_CONFIG_HOME/stet/trusted, else $HOME/.config/stet/trusted.
  static std::filesystem::path default_file();

  const std::vector<TrustedPlugin>& plugins() const { return plugins_; }
  bool pins(const std::string& sha256) const;
  void add(const PluginImage& plugin);         // replaces an earlier entry of the same file
  bool remove(const std::string& id_or_file);  // whether there was one

 private:
  void save() const;
  std::filesystem::path file_;
  std::vector<TrustedPlugin> plugins_;
};

// A plugin that is to run, or that was to run and may not.
struct ChosenPlugin {
  std::filesystem::path file;
  std::string id, version, sha256;           // as far as known
  std::shared_ptr<const PluginImage> image;  // null: refused, and `reason` says why
  std::string reason;
  bool bundled = false;
  nlohmann::json options = nlohmann::json::object();  // complete, see options.hpp
};

// Folders with the plugins that ship with the running program: "plugins" beside it (a build), else
// the installed one.
std::filesystem::path bundled_plugin_folder();

// The bundled plugins, the trusted ones, and `extra`, by file name and without repeats of one id. A trusted
// plugin whose file changed is refused with both digests. Throws std::runtime_error for one of `extra`
// that is not trusted.
std::vector<ChosenPlugin> choose_plugins(const Trust& trust, const std::vector<std::filesystem::path>& extra);

}  // namespace stet
