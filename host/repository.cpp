// gitrepository-layout(5).
#include "repository.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <string>

#include "descriptor.hpp"
#include "files.hpp"

namespace stet {
namespace {

namespace fs = std::filesystem;

constexpr size_t longest_line = 4096, most_packed = 64u << 20;

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

std::optional<ObjectId> id_in(std::string_view text) {
  ObjectId id;
  if (text.size() < 2 * id.size()) return std::nullopt;
  for (size_t i = 0; i < id.size(); ++i) {
    unsigned byte = 0;
    for (const char c : text.substr(2 * i, 2)) {
      const auto digit = std::string_view("0123456789abcdef").find(c);
      if (digit == std::string_view::npos) return std::nullopt;
      byte = byte << 4 | static_cast<unsigned>(digit);
    }
    id[i] = static_cast<unsigned char>(byte);
  }
  return id;
}

// A file of one line, that is read for every question to a ledger; nothing when
// it is not there.
std::optional<std::string> small_file(const fs::path& file) {
  const Descriptor fd(open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
  std::string text(longest_line, '\0');
  const ssize_t n = fd ? read(fd.get(), text.data(), text.size()) : -1;
  if (n < 0) fail(Repository::branch, std::string("cannot be read: ") + std::strerror(errno));
  text.resize(static_cast<size_t>(n));
  return text;
}

// Lines "<id> <name>"; others are comments, and what a tag points to.
std::optional<ObjectId> packed_reference(const fs::path& file, std::string_view name) {
  if (!fs::exists(file)) return std::nullopt;
  const std::string all = read_file(file, most_packed);
  for (size_t begin = 0; begin < all.size();) {
    const size_t end = std::min(all.find('\n', begin), all.size());
    const auto line = std::string_view(all).substr(begin, end - begin);
    if (line.size() == 41 + name.size() && line.substr(41) == name) return id_in(line);
    begin = end + 1;
  }
  return std::nullopt;
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
  config << "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare "
            "= true\n";
  if (!head.flush() || !config.flush()) fail(folder, "a repository cannot be made");
}

std::optional<ObjectId> Repository::newest_commit() const {
  const auto text = small_file(branch_file());
  if (!text) return packed_reference(common_ / "packed-refs", branch);
  const auto id = id_in(*text);
  if (!id || text->size() > 41) fail(branch, "cannot be read: it does not hold the id of a commit");
  return id;
}

}  // namespace stet
