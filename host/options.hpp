// What the user set, made into what each plugin gets: checked against the JSON Schema in its manifest, with
// the defaults filled in. valijson lives here.
//
// A text with "format": "stet-file" in the schema names a file. A plugin can open none, so it gets, in place
// of the name, {"name", "sha256", "text"}: the name without folders, and the file's whole text, which is
// UTF-8.
#pragma once

#include <span>

#include <nlohmann/json.hpp>

#include "manifest.hpp"
#include "settings.hpp"
#include "trust.hpp"

namespace stet {

inline constexpr size_t max_option_file_bytes = 4u << 20;

// The complete options of one plugin: those of `settings` that name it, by its whole id or the last part of
// it. The later setting of a key wins, but several arguments for one key of array type add up. Throws
// std::runtime_error with one sentence that names where it was set, the key, and for an unknown one the
// nearest that there is; or the file at fault.
nlohmann::json complete_options(const Manifest& manifest, std::span<const Setting> settings);

// Gives each plugin its complete options. Throws as above, and for a setting that names none of the plugins.
void apply_settings(std::span<const Setting> settings, std::vector<ChosenPlugin>& plugins);

// The same as a report names them: files by name and digest, without their text.
nlohmann::json recorded_options(const Manifest& manifest, const nlohmann::json& complete);

}  // namespace stet
