#include "scaffold.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include "files.hpp"
#include "plugin_id.hpp"

namespace stet {
namespace {

namespace fs = std::filesystem;

constexpr size_t max_template_bytes = 1u << 20;

// Names that CMake's generators keep for themselves.
constexpr std::array<std::string_view, 12> kept_by_cmake = {
    "all",  "clean", "depend",  "edit_cache",     "help",       "install",
    "none", "test",  "package", "package_source", "preinstall", "rebuild_cache"};

void check_id(const std::string& id) {
  const auto quoted = nlohmann::json(id).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  if (const auto fault = fault_of_plugin_id(id); !fault.empty())
    throw std::runtime_error(quoted + " cannot name a plugin: " + fault +
                             " (a name is a reverse domain name such as org.example.no-clickbait)");
}

std::string underscored(std::string text) {
  std::replace(text.begin(), text.end(), '-', '_');
  return text;
}

// "no-clickbait" -> "NoClickbait"; the template puts a word before it, for a name may begin with a digit.
std::string capitalised(std::string_view name) {
  std::string out;
  bool first = true;
  for (const char c : name) {
    if (c != '-') out += first ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    first = c == '-';
  }
  return out;
}

using Words = std::map<std::string, std::string, std::less<>>;

std::string filled_in(std::string text, const Words& words) {
  for (const auto& [placeholder, word] : words)
    for (size_t at = 0; (at = text.find(placeholder, at)) != text.npos; at += word.size())
      text.replace(at, placeholder.size(), word);
  return text;
}

// Everything is read and filled in before anything is written.
std::map<fs::path, std::string> filled_in_files(const fs::path& from, const Words& words) {
  std::map<fs::path, std::string> files;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(from, error))
    if (entry.is_regular_file())
      files[filled_in(entry.path().lexically_relative(from).string(), words)] =
          filled_in(read_file(entry.path(), max_template_bytes), words);
  if (files.empty()) throw std::runtime_error(from.string() + ": the template of a plugin is not there");
  return files;
}

// What was made so far; taken away again unless it is kept.
class Undo {
 public:
  ~Undo() {
    std::error_code ignored;
    for (auto at = made_.rbegin(); at != made_.rend(); ++at) fs::remove(*at, ignored);
  }
  void folder(const fs::path& path) {
    std::error_code error;
    if (fs::create_directory(path, error)) made_.push_back(path);
    if (error) throw std::runtime_error(path.string() + ": cannot be made: " + error.message());
  }
  void file(const fs::path& path, const std::string& bytes) {
    made_.push_back(path.string() + ".new");  // write_file's first step
    made_.push_back(path);
    write_file(path, bytes);
  }
  void keep() { made_.clear(); }

 private:
  std::vector<fs::path> made_;
};

void check_folder(const fs::path& folder) {
  std::error_code error;
  const auto status = fs::status(folder, error);
  if (!fs::exists(status)) return;
  if (!fs::is_directory(status)) throw std::runtime_error(folder.string() + ": is not a folder");
  const bool empty = fs::is_empty(folder, error);
  if (error) throw std::runtime_error(folder.string() + ": " + error.message());
  if (!empty) throw std::runtime_error(folder.string() + ": this folder is not empty; nothing was written");
}

}  // namespace

Scaffold make_plugin_project(const std::string& id, const fs::path& folder, const fs::path& from) {
  check_id(id);
  Scaffold made;
  made.name = id.substr(id.rfind('.') + 1);
  made.file = underscored(made.name);
  if (std::find(kept_by_cmake.begin(), kept_by_cmake.end(), made.file) != kept_by_cmake.end())
    throw std::runtime_error(id + ": CMake keeps the name \"" + made.file +
                             "\" for itself; let the last part be another word");
  check_folder(folder);
  const auto files = filled_in_files(from, {{"@ID@", id},
                                            {"@NAME@", made.name},
                                            {"@FILE@", made.file},
                                            {"@CLASS@", capitalised(made.name)},
                                            {"@STET_VERSION@", STET_VERSION}});
  Undo undo;
  undo.folder(folder);
  for (const auto& [name, text] : files) {
    if (name.has_parent_path()) undo.folder(folder / name.parent_path());
    undo.file(folder / name, text);
    made.files.push_back(name);
  }
  undo.keep();
  return made;
}

}  // namespace stet
