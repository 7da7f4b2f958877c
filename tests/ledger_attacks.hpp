// Hands on a ledger from outside: stock git, and damage.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "scratch.hpp"

namespace stet::testing {

inline std::string git(const std::filesystem::path& folder, const std::string& arguments) {
  return shell("git --git-dir '" + folder.string() + "' " + arguments + " 2>&1");
}

// Where the bytes of an object are stored.
struct Place {
  std::filesystem::path file;
  size_t begin = 0, end = 0;
  std::string pack() const { return "objects/pack/" + file.filename().string(); }
};

inline std::vector<std::filesystem::path> packs(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> all;
  for (const auto& file : std::filesystem::directory_iterator(folder / "objects/pack"))
    if (file.path().extension() == ".pack") all.push_back(file.path());
  return all;
}

// Of the object that git calls `revision_path` ("main:ledger.json", "main~1^{tree}").
inline Place place_of(const std::filesystem::path& folder, const std::string& revision_path) {
  const std::string id = git(folder, "rev-parse '" + revision_path + "'").substr(0, 40);
  const auto loose = folder / "objects" / id.substr(0, 2) / id.substr(2);
  if (std::filesystem::exists(loose)) return {loose, 0, std::filesystem::file_size(loose)};
  for (const auto& pack : packs(folder)) {
    // <id> <type> <size> <size in the pack> <offset> [...]
    std::istringstream line(
        git(folder, "verify-pack -v '" + pack.string() + "' | grep '^" + id + "' || true"));
    std::string skipped;
    size_t size = 0, at = 0;
    if (line >> skipped >> skipped >> skipped >> size >> at) return {pack, at, at + size};
  }
  throw std::runtime_error(revision_path + ": is not stored");
}

// Makes a loose object of every packed one, as ledgers had them once.
inline void unpack(const std::filesystem::path& folder) {
  for (const auto& pack : packs(folder)) {
    const auto away = folder / "taken.pack";
    std::filesystem::rename(pack, away);
    std::filesystem::remove(std::filesystem::path(pack).replace_extension(".idx"));
    git(folder, "unpack-objects -q < '" + away.string() + "'");
    std::filesystem::remove(away);
  }
}

// Takes one object out of the repository.
inline void lose(const std::filesystem::path& folder, const std::string& revision_path) {
  unpack(folder);
  std::filesystem::remove(place_of(folder, revision_path).file);
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
  const Place place = place_of(folder, revision_path);
  flip(place.file, place.begin + at);
}

// Commits what `edit` (shell, in a work tree) makes of the newest tree.
inline void rewrite(const std::filesystem::path& folder, const std::string& edit) {
  const Scratch work;
  shell("cd '" + work.path().string() + "' && git clone -q '" + folder.string() + "' w && cd w && (" + edit +
        ") && git add -A && git -c user.name=x -c user.email=x@localhost commit -qm x && "
        "git push -q origin HEAD:main 2>&1");
}

}  // namespace stet::testing
