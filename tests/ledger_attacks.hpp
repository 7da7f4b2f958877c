// Hands on a ledger from outside: stock git, and damage.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "scratch.hpp"

namespace stet::testing {

inline std::string git(const std::filesystem::path& folder, const std::string& arguments) {
  return shell("git --git-dir '" + folder.string() + "' " + arguments + " 2>&1");
}

// The file of the loose object that git calls `revision_path` ("main:ledger.json", "main~1^{tree}").
inline std::filesystem::path loose_file(const std::filesystem::path& folder,
                                        const std::string& revision_path) {
  const std::string id = git(folder, "rev-parse '" + revision_path + "'");
  return folder / "objects" / id.substr(0, 2) / id.substr(2, 38);
}

// Flips all bits of one byte of a file. Twice is as if never done.
inline void flip(const std::filesystem::path& file, size_t at) {
  std::filesystem::permissions(file, std::filesystem::perms::owner_write, std::filesystem::perm_options::add);
  std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
  stream.seekg(static_cast<std::streamoff>(at));
  const char byte = static_cast<char>(stream.get() ^ 0xff);
  stream.seekp(static_cast<std::streamoff>(at));
  if (!stream.put(byte)) throw std::runtime_error(file.string() + ": cannot be damaged");
}

inline void damage(const std::filesystem::path& folder, const std::string& revision_path, size_t at = 8) {
  flip(loose_file(folder, revision_path), at);
}

// Commits what `edit` (shell, in a work tree) makes of the newest tree.
inline void rewrite(const std::filesystem::path& folder, const std::string& edit) {
  const Scratch work;
  shell("cd '" + work.path().string() + "' && git clone -q '" + folder.string() + "' w && cd w && (" + edit +
        ") && git add -A && git -c user.name=x -c user.email=x@localhost commit -qm x && "
        "git push -q origin HEAD:main 2>&1");
}

}  // namespace stet::testing
