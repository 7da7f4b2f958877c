// gitrepository-layout(5).
#include "repository.hpp"

#include <stdexcept>
#include <string>

#include "files.hpp"

namespace stet {
namespace {

namespace fs = std::filesystem;

constexpr size_t longest_line = 4096, most_bytes_of_references = 64u << 20;
constexpr int longest_way = 5;  // of references that name others, as in git
constexpr size_t id_digits = 40;

[[noreturn]] void fail(const fs::path& folder, const std::string& why) {
  throw std::runtime_error(folder.string() + ": " + why);
}

// The folder that a file names after `prefix`, relative to where it stands.
fs::path named_in(const fs::path& file, std::string_view prefix) {
  std::string line = read_file(file, longest_line);
  if (!line.starts_with(prefix)) fail(file, "does not name a folder");
  line.erase(0, prefix.size());
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
  return file.parent_path() / line;
}

// A line an id, a space and a name; '#' begins a comment, '^' what the tag of the line before points to.
std::map<std::string, ObjectId> packed_references(const fs::path& repository) {
  std::map<std::string, ObjectId> all;
  const fs::path file = repository / "packed-refs";
  std::error_code none;
  if (!fs::exists(file, none)) return all;
  const std::string text = read_file(file, most_bytes_of_references);
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const auto line = std::string_view(text).substr(begin, end - begin);
    begin = end + 1;
    if (line.empty() || line[0] == '#' || line[0] == '^') continue;
    const auto id = id_in(line.substr(0, id_digits));
    if (!id || line.size() < id_digits + 2 || line[id_digits] != ' ')
      throw std::runtime_error(file.string() + ": is damaged");
    all.emplace(line.substr(id_digits + 1), *id);
  }
  return all;
}

}  // namespace

Repository::Repository(const fs::path& folder) {
  const fs::path inside = fs::absolute(folder) / ".git";
  own_ = fs::is_directory(inside) ? inside
         : fs::exists(inside)     ? named_in(inside, "gitdir: ")
                                  : fs::absolute(folder);
  common_ = fs::exists(own_ / "commondir") ? named_in(own_ / "commondir", "") : own_;
  if (!fs::exists(own_ / "HEAD") || !fs::is_directory(objects()) || !fs::is_directory(common_ / "refs"))
    fail(folder, "not a git repository");
  // Nobody looks there.
  if (fs::exists(objects() / "info/alternates"))
    fail(folder, "keeps objects in another repository (objects/info/alternates)");
}

void Repository::make(const fs::path& folder) {
  for (const char* inside : {"objects/info", "objects/pack", "refs/heads", "refs/tags"})
    fs::create_directories(folder / inside);
  write_file(folder / "HEAD", std::string("ref: ") + branch + "\n");
  write_file(folder / "config", "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n");
}

std::optional<ObjectId> Repository::reference(const std::string& name) const {
  return followed(name, 0);
}

std::optional<ObjectId> Repository::followed(const std::string& name, int way) const {
  const fs::path file = common_ / name;
  std::error_code none;
  if (!fs::is_regular_file(file, none)) {
    const auto packed = packed_references(common_);
    const auto found = packed.find(name);
    return found == packed.end() ? std::nullopt : std::optional(found->second);
  }
  std::string text = read_file(file, most_bytes_of_references);
  while (text.ends_with('\n') || text.ends_with(' ')) text.pop_back();
  constexpr std::string_view symbolic = "ref: ";
  if (text.starts_with(symbolic) && way < longest_way) return followed(text.substr(symbolic.size()), way + 1);
  const auto id = id_in(text);
  if (!id) throw std::runtime_error(file.string() + ": is no reference");
  return id;
}

std::map<std::string, ObjectId> Repository::references() const {
  auto all = packed_references(common_);
  std::error_code none;
  for (const auto& file : fs::recursive_directory_iterator(common_ / "refs", none)) {
    const std::string name = file.path().lexically_relative(common_).string();
    if (!file.is_regular_file(none) || name.ends_with(".lock")) continue;
    if (const auto id = reference(name)) all.insert_or_assign(name, *id);
  }
  if (const auto id = reference("HEAD")) all.insert_or_assign("HEAD", *id);
  return all;
}

std::optional<ObjectId> Repository::newest_commit() const try {
  return reference(branch);
} catch (const std::runtime_error& e) {
  fail(branch, std::string("cannot be read: ") + e.what());
}

}  // namespace stet
