#include "options.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <utility>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>
#include <vector>

#include "digest.hpp"
#include "files.hpp"
#include "nearest.hpp"
#include "utf8.hpp"

namespace stet {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

[[noreturn]] void refuse(const Setting& setting, const std::string& sentence) {
  throw std::runtime_error(setting.origin + ": " + sentence);
}

const json& member(const json& schema, const char* name) {
  static const json none = json::object();
  const auto at = schema.find(name);
  return at == schema.end() || !at->is_object() ? none : *at;
}

bool has_type(const json& schema, const char* type) {
  const auto at = schema.find("type");
  if (at == schema.end()) return false;
  return at->is_array() ? std::find(at->begin(), at->end(), type) != at->end() : *at == type;
}

bool is_file(const json& schema) {
  return schema.value("format", json()) == "stet-file";
}

// ---- what an argument means ----

json parsed(const std::string& text) {
  auto value = json::parse(text, nullptr, false);
  return value.is_discarded() ? json(text) : value;
}

json argument_value(const std::string& text, const json& schema) {
  if (has_type(schema, "string")) return text;
  if (!has_type(schema, "array")) return parsed(text);
  if (auto value = parsed(text); value.is_array()) return value;
  return json::array({argument_value(text, member(schema, "items"))});
}

// ---- where a value is wrong, and what would be right ----

std::string range_words(const json& schema) {
  std::string words;
  if (schema.contains("minimum")) words += " of at least " + schema["minimum"].dump();
  if (schema.contains("maximum"))
    words += (words.empty() ? " of at most " : " and at most ") + schema["maximum"].dump();
  return words;
}

std::string type_words(const std::string& type) {
  static const std::map<std::string, std::string> words = {
      {"string", "a text"},         {"integer", "a whole number"}, {"number", "a number"},
      {"boolean", "true or false"}, {"array", "an array"},         {"object", "a table"}};
  const auto at = words.find(type);
  return at == words.end() ? type : at->second;
}

// What `schema` asks for, in words; empty when it asks for more than these can say.
std::string expected(const json& schema) {
  std::string words;
  if (schema.contains("enum")) {
    for (const auto& value : schema["enum"]) words += (words.empty() ? "one of " : ", ") + value.dump();
    return words;
  }
  const auto type = schema.value("type", json());
  for (const auto& one : type.is_array() ? type : json::array({type}))
    if (one.is_string()) words += (words.empty() ? "" : " or ") + type_words(one);
  return words.empty() ? words : words + range_words(schema);
}

// Follows valijson's path, "<root>", "[rules]", "[0]", in value and schema.
struct Place {
  std::string name;
  const json* value;
  const json* schema;
};

Place place_of(const std::vector<std::string>& path, Place at) {
  for (const auto& step : path) {
    if (step.size() < 3 || step.front() != '[') continue;  // the root
    const auto key = step.substr(1, step.size() - 2);
    if (at.value->is_array()) {
      at = {at.name + "[" + key + "]", &at.value->at(std::stoul(key)), &member(*at.schema, "items")};
    } else {
      const auto& properties = member(*at.schema, "properties");
      at = {at.name + "." + key, &at.value->at(key), &member(properties, key.c_str())};
    }
  }
  return at;
}

std::string shortened(const json& value) {
  constexpr size_t longest = 60;
  auto text = value.dump(-1, ' ', false, json::error_handler_t::replace);
  if (text.size() <= longest) return text;
  size_t cut = longest;
  while ((static_cast<unsigned char>(text[cut]) & 0xc0) == 0x80) --cut;
  return text.substr(0, cut) + "…";
}

std::string complaint(const valijson::ValidationResults::Error& error, const Place& root) {
  const auto at = place_of(error.context, root);
  const auto wanted = expected(*at.schema);
  return at.name + " is " + shortened(*at.value) +
         (wanted.empty() ? ": " + error.description : ", not " + wanted);
}

// Checks one option by the whole schema, so that references inside it are found.
void demand_valid(const Setting& setting, const json& value, json schema) {
  schema.erase("required");
  const json object{{setting.key, value}};
  valijson::Schema compiled;
  valijson::SchemaParser().populateSchema(valijson::adapters::NlohmannJsonAdapter(schema), compiled);
  valijson::ValidationResults results;
  valijson::Validator validator;
  if (validator.validate(compiled, valijson::adapters::NlohmannJsonAdapter(object), &results)) return;
  // The deepest place says most.
  valijson::ValidationResults::Error deepest, next;
  while (results.popError(next))
    if (next.context.size() >= deepest.context.size()) deepest = next;
  refuse(setting, complaint(deepest, {setting.plugin, &object, &schema}));
}

// ---- files ----

json read_option_file(const std::string& name, const Setting& setting) {
  const auto text = read_file(setting.folder / name, max_option_file_bytes);
  if (const auto bad = first_not_utf8(text))
    refuse(setting, name + ": not UTF-8 at byte " + std::to_string(*bad));
  return {{"name", fs::path(name).filename().string()}, {"sha256", sha256_hex(text)}, {"text", text}};
}

// Calls `use(file)` for each value that stands for a file, in place.
template <class Use>
void each_file(json& value, const json& schema, Use use) {
  if (is_file(schema)) {
    use(value);
  } else if (value.is_array()) {
    for (auto& element : value) each_file(element, member(schema, "items"), use);
  } else if (value.is_object()) {
    for (auto& [name, v] : value.items())
      each_file(v, member(member(schema, "properties"), name.c_str()), use);
  }
}

// ---- the whole ----

void fill_in_defaults(json& value, const json& schema) {
  for (const auto& [name, property] : member(schema, "properties").items()) {
    if (!value.contains(name) && property.contains("default")) value[name] = property["default"];
    if (value.contains(name) && value[name].is_object()) fill_in_defaults(value[name], property);
  }
}

std::vector<std::string> names_in(const json& properties) {
  std::vector<std::string> names;
  for (const auto& [name, _] : properties.items()) names.push_back(name);
  return names;
}

void add(json& options, const Setting& setting, const json& schema, const std::string& plugin_id) {
  const auto& properties = member(schema, "properties");
  if (!properties.contains(setting.key) && schema.value("additionalProperties", json()) == false)
    refuse(setting, plugin_id + " has no option \"" + setting.key + "\"" +
                        nearest_hint(setting.key, names_in(properties)));
  const auto& property = member(properties, setting.key.c_str());
  auto value = setting.is_text ? argument_value(setting.value, property) : setting.value;
  demand_valid(setting, value, schema);
  each_file(value, property, [&](json& file) { file = read_option_file(file, setting); });
  const bool adds = setting.is_text && value.is_array() && options.contains(setting.key);
  if (adds)
    options[setting.key].insert(options[setting.key].end(), value.begin(), value.end());
  else
    options[setting.key] = std::move(value);
}

bool names(const Setting& setting, const std::string& plugin_id) {
  return setting.plugin == plugin_id || setting.plugin == short_name(plugin_id);
}

}  // namespace

json complete_options(const Manifest& manifest, std::span<const Setting> settings) try {
  auto options = json::object();
  std::map<std::string, bool> from_argument;
  for (const auto& setting : settings) {
    if (!names(setting, manifest.id)) continue;
    // Arguments add up among themselves; the first of them replaces what a file says.
    if (setting.is_text && !std::exchange(from_argument[setting.key], true)) options.erase(setting.key);
    add(options, setting, manifest.options, manifest.id);
  }
  fill_in_defaults(options, manifest.options);
  for (const auto& name : manifest.options.value("required", json::array()))
    if (!options.contains(name))
      throw std::runtime_error(manifest.id + " needs the option \"" + name.get<std::string>() +
                               "\"; set it in " + settings_file + " or with --option");
  return options;
} catch (const json::exception& e) {
  throw std::runtime_error(manifest.id + ": the schema of its options cannot be used: " + e.what());
}

void apply_settings(std::span<const Setting> settings, std::vector<ChosenPlugin>& plugins) {
  std::vector<std::string> short_names;
  short_names.reserve(plugins.size());
  for (const auto& p : plugins) short_names.emplace_back(short_name(p.id));
  for (const auto& setting : settings)
    if (std::none_of(plugins.begin(), plugins.end(), [&](const auto& p) { return names(setting, p.id); }))
      refuse(setting,
             "there is no plugin \"" + setting.plugin + "\"" + nearest_hint(setting.plugin, short_names));
  for (auto& p : plugins)
    if (p.image) p.options = complete_options(p.image->manifest(), settings);
}

json recorded_options(const Manifest& manifest, const json& complete) {
  auto recorded = complete;
  each_file(recorded, manifest.options, [](json& file) { file.erase("text"); });
  return recorded;
}

}  // namespace stet
