// Which plugins may run: those that ship with stet, and those whose SHA-256 the user has pinned.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
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
  // The entry of the same file, whatever the file was when it was trusted; nullptr if there is none.
  const TrustedPlugin* entry_of(const std::filesystem::path& file) const;
  // Replaces an earlier entry of the same file. Throws std::runtime_error when another file of the same
  // id is trusted, or a plugin of that id ships with stet: only one of one id can run.
  void add(const PluginImage& plugin);
  bool remove(const std::string& id_or_file);  // whether there was one

 private:
  void save() const;
  std::filesystem::path file_;
  std::vector<TrustedPlugin> plugins_;
};

// A plugin that is to run, or that was to run and may not.
struct ChosenPlugin {
  std::filesystem::path file;
  std::string id, version;
  std::shared_ptr<const PluginImage> image;  // null: refused, and `reason` says why
  std::string reason, refused_sha256;        // as far as known
  bool bundled = false;
  nlohmann::json options = nlohmann::json::object();  // complete, see options.hpp

  const std::string& sha256() const { return image ? image->sha256() : refused_sha256; }
};

// The plugins that ship with stet, by file name.
std::vector<ChosenPlugin> bundled_plugins();

// The bundled plugins, then `extra`, then the trusted ones, without repeats of one id. A trusted plugin
// whose file changed is refused with both digests. Throws std::runtime_error for one of `extra` that is not
// trusted, or whose id is that of another one before it.
std::vector<ChosenPlugin> choose_plugins(const Trust& trust, const std::vector<std::filesystem::path>& extra);

// Whether a plugin may run, and why.
struct TrustState {
  enum class Kind { bundled, trusted, changed, not_trusted };
  Kind kind = Kind::not_trusted;
  std::string pinned;  // changed: the SHA-256 that was trusted
};
TrustState trust_state(const Trust& trust, const PluginImage& plugin);
// "bundled", "trusted", "changed", "not trusted".
std::string_view name(TrustState::Kind kind);

}  // namespace stet
