// gitrepository-layout(5).
#include "repository.hpp"

#include <fstream>
#include <stdexcept>
#include <string>

#include "files.hpp"
#include "refs.hpp"

namespace stet {
namespace {

namespace fs = std::filesystem;

constexpr size_t longest_line = 4096;

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
  std::ofstream head(folder / "HEAD"), config(folder / "config");
  head << "ref: " << branch << "\n";
  config << "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n";
  if (!head.flush() || !config.flush()) fail(folder, "a repository cannot be made");
}

std::optional<ObjectId> Repository::newest_commit() const try {
  return read_reference(common_, branch);
} catch (const std::runtime_error& e) {
  fail(branch, std::string("cannot be read: ") + e.what());
}

}  // namespace stet
