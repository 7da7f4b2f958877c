#include "front_matter.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <stdexcept>

#include "stated_metadata.hpp"
#include "utf8.hpp"

namespace stet {
namespace {

constexpr size_t most_bytes = 64u << 10;

// What stands between the lines that open and close it, or nothing.
struct Enclosed {
  size_t begin = 0, end = 0, body = 0;
};

std::string_view line_at(std::string_view source, size_t at) {
  auto line = source.substr(at, source.find('\n', at) - at);
  while (line.ends_with(" ") || line.ends_with("\t")) line.remove_suffix(1);
  return line;
}

Enclosed enclosed(std::string_view source, const std::string& name) {
  if (line_at(source, 0) != "---" || source.find('\n') == std::string_view::npos) return {};
  const size_t begin = source.find('\n') + 1;
  for (size_t at = begin; at < source.size();) {
    const auto line = line_at(source, at);
    const size_t next = std::min(source.find('\n', at), source.size() - 1) + 1;
    if (line == "---" || line == "...") return {begin, at, next};
    if (next - begin > most_bytes)
      throw std::runtime_error(name + ": the front matter that line 1 opens is not closed within 64 KiB");
    at = next;
  }
  throw std::runtime_error(name + ": the front matter that line 1 opens is never closed");
}

class Fields {
 public:
  Fields(const YAML::Node& mapping, std::string_view source, size_t begin, const std::string& name)
      : mapping_(mapping), source_(source), begin_(begin), name_(name) {}

  FrontMatter read() {
    auto& metadata = out_.metadata;
    metadata.title = string({"title"});
    metadata.byline = byline();
    metadata.published = time({"published", "date"});
    metadata.modified = time({"modified", "updated"});
    metadata.url = string({"url", "canonical_url"});
    read_sources();
    if (metadata.title) map_title(*metadata.title);
    return std::move(out_);
  }

 private:
  struct Field {
    std::string key;
    YAML::Node value;
  };

  // The first of `keys` that has a value.
  Field field(std::initializer_list<const char*> keys) const {
    for (const char* key : keys)
      if (YAML::Node value = mapping_[key]; value.IsDefined() && !value.IsNull()) return {key, value};
    return {"", YAML::Node(YAML::NodeType::Undefined)};
  }

  [[noreturn]] void fail(const std::string& key, const YAML::Node& at, const std::string& what) const {
    throw std::runtime_error(name_ + ": line " + std::to_string(at.Mark().line + 2) +
                             ": front matter field " + key + " " + what);
  }

  std::string scalar(const std::string& key, const YAML::Node& value, const char* wanted) const {
    if (!value.IsScalar()) fail(key, value, wanted);
    if (first_not_utf8(value.Scalar())) fail(key, value, "is not UTF-8");
    return on_one_line(value.Scalar());
  }

  std::optional<std::string> string(std::initializer_list<const char*> keys) const {
    const auto [key, value] = field(keys);
    if (key.empty()) return std::nullopt;
    std::string words = scalar(key, value, "is not a string");
    return words.empty() ? std::nullopt : std::optional(std::move(words));
  }

  std::optional<std::string> byline() const {
    const auto [key, value] = field({"byline", "author", "authors"});
    if (key.empty()) return std::nullopt;
    constexpr const char* wanted = "is neither a string nor a list of names";
    if (!value.IsSequence()) return string({key.c_str()});
    std::vector<std::string> names;
    for (size_t i = 0; i < value.size(); ++i) {
      const YAML::Node entry = value[i];
      const bool named = entry.IsMap() && entry["name"].IsDefined();
      names.push_back(scalar(key, named ? entry["name"] : entry, wanted));
    }
    return joined_names(names);
  }

  std::optional<std::string> time(std::initializer_list<const char*> keys) {
    const auto [key, value] = field(keys);
    if (key.empty()) return std::nullopt;
    return stated_time("front matter field " + key, scalar(key, value, "is not a date"), out_.notices);
  }

  void read_sources() {
    const auto [key, value] = field({"sources"});
    if (key.empty()) return;
    if (!value.IsSequence()) fail(key, value, "is not a list");
    for (size_t i = 0; i < value.size(); ++i) {
      std::string words = source(key, value[i]);
      if (!words.empty()) out_.metadata.sources.push_back(std::move(words));
    }
  }

  std::string source(const std::string& key, const YAML::Node& entry) const {
    constexpr const char* wanted =
        "has an entry that is neither a string nor a mapping with url, path or file";
    if (!entry.IsMap()) return scalar(key, entry, wanted);
    for (const char* member : {"url", "path", "file"})
      if (const YAML::Node value = entry[member]; value.IsDefined()) return scalar(key, value, wanted);
    fail(key, entry, wanted);
  }

  // The title's words stand in the source as they are, unless YAML escapes or folds them.
  void map_title(const std::string& title) {
    const auto stated = static_cast<size_t>(std::max(mapping_["title"].Mark().pos, 0));
    const size_t begin = std::min(begin_ + stated, source_.size() - 1);
    const size_t found = source_.find(title, begin);
    const auto before = source_.substr(begin, found == std::string_view::npos ? 0 : found - begin);
    if (found != std::string_view::npos &&
        before.find_first_not_of("\"' \t\n|>+-0123456789") == std::string_view::npos) {
      out_.title.append(title, static_cast<uint32_t>(found));
      return;
    }
    const size_t line_end = std::min(source_.find('\n', begin), source_.size());
    out_.title.append_decoded(title, {static_cast<uint32_t>(begin), static_cast<uint32_t>(line_end)});
  }

  YAML::Node mapping_;
  std::string_view source_;
  size_t begin_;
  const std::string& name_;
  FrontMatter out_;
};

}  // namespace

FrontMatter read_front_matter(std::string_view source, const std::string& name) {
  const Enclosed found = enclosed(source, name);
  if (found.body == 0) return {};
  FrontMatter out;
  try {
    const YAML::Node root = YAML::Load(std::string(source.substr(found.begin, found.end - found.begin)));
    if (!root.IsMap() && !root.IsNull())
      throw std::runtime_error(name + ": the front matter is not a YAML mapping");
    if (root.IsMap()) out = Fields(root, source.substr(0, found.end), found.begin, name).read();
  } catch (const YAML::Exception& e) {
    throw std::runtime_error(name + ": line " + std::to_string(e.mark.line + 2) +
                             ": the front matter is not YAML: " + e.msg);
  }
  out.end = found.body;
  out.lines = static_cast<size_t>(
      std::count(source.begin(), source.begin() + static_cast<std::ptrdiff_t>(found.body), '\n'));
  return out;
}

}  // namespace stet
