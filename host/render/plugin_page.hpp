// What a plugin says it is, whether it may run and how it would be confined: for people and for machines.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "../plugin_image.hpp"
#include "../trust.hpp"

namespace stet {

struct PluginPage {
  const PluginImage& plugin;
  TrustState trust;
  std::string confinement;  // how its process would be confined on this machine
};

nlohmann::json to_json(const PluginPage& page);
// All of it; at most `width` columns (0: no limit).
std::string render_plugin(const PluginPage& page, unsigned width, bool colour);
// Only what it would look for and state: what somebody should read before trusting it.
std::string render_plugin_claims(const Manifest& manifest, unsigned width, bool colour);

// The plugins that would run, a table where the width allows, and why one of them may not.
nlohmann::json to_json(const std::vector<ChosenPlugin>& plugins);
std::string render_plugin_list(const std::vector<ChosenPlugin>& plugins, unsigned width, bool colour);

}  // namespace stet
