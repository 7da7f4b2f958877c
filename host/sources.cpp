#include "sources.hpp"

#include <algorithm>
#include <stdexcept>

#include "digest.hpp"
#include "files.hpp"

namespace stet {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr size_t max_source_bytes = 256u << 20;

bool is_url(std::string_view s) {
  return s.starts_with("http://") || s.starts_with("https://");
}

// The file that a document's own reference means, or throws with the reason. The document comes from
// outside: it must not make stet read, and vouch for, a file elsewhere on the machine.
fs::path beside(const fs::path& folder, const std::string& reference) {
  if (folder.empty()) throw std::runtime_error("the article came without its files");
  if (fs::path(reference).is_absolute()) throw std::runtime_error("an absolute path is not read");
  std::error_code error;
  const auto root = fs::canonical(folder, error);
  const auto file = error ? fs::path() : fs::canonical(root / reference, error);
  if (error) throw std::runtime_error("no such file");
  const auto [end, unused] = std::mismatch(root.begin(), root.end(), file.begin(), file.end());
  if (end != root.end()) throw std::runtime_error("the path leaves the article's folder");
  return file;
}

// What the newest earlier capture of `reference` was, or null.
json recorded(const std::string& reference, const json& earlier, uint32_t revision) {
  for (const auto& source : earlier) {
    if (source.at("reference") != reference) continue;
    if (source.at("state") == "captured")
      return {{"sha256", source.at("sha256")}, {"time", source.at("time")}, {"revision", revision}};
    if (source.contains("recorded")) return source["recorded"];
  }
  return nullptr;
}

json captured(const fs::path& file, const std::string& time) {
  return {{"state", "captured"}, {"sha256", sha256_hex(read_file(file, max_source_bytes))}, {"time", time}};
}

}  // namespace

NamedSource parse_source(const std::string& argument) {
  if (!is_url(argument)) return {argument, argument};
  // A URL may hold '=' itself; a file name seldom does, so the last one divides.
  const size_t at = argument.rfind('=');
  if (at == std::string::npos || at + 1 == argument.size() || !fs::exists(argument.substr(at + 1)))
    throw std::runtime_error(argument + ": stet does not fetch; save the page and give --source URL=FILE");
  return {argument.substr(0, at), argument.substr(at + 1)};
}

json list_sources(const Document& document, const fs::path& folder, std::span<const NamedSource> named,
                  const json& earlier, uint32_t earlier_revision, const std::string& time) {
  json list = json::array();
  const auto add = [&](const std::string& reference, json entry) {
    entry["reference"] = reference;
    if (auto before = recorded(reference, earlier, earlier_revision); !before.is_null())
      entry["recorded"] = before;
    list.push_back(std::move(entry));
  };
  const auto listed = [&](const std::string& reference) {
    return std::any_of(list.begin(), list.end(), [&](const json& s) { return s["reference"] == reference; });
  };
  for (const auto& source : named)
    if (!listed(source.reference)) add(source.reference, captured(source.file, time));
  for (const auto& reference : document.metadata.sources) {
    if (is_url(reference) || listed(reference)) continue;
    try {
      add(reference, captured(beside(folder, reference), time));
    } catch (const std::runtime_error& e) {
      const std::string reason = e.what();
      add(reference,
          {{"state", "missing"},
           {"reason", reason.substr(reason.rfind(": ") == std::string::npos ? 0 : reason.rfind(": ") + 2)}});
    }
  }
  return list;
}

}  // namespace stet
