// git's trees as the bytes that git hashes: "<mode> <name>\0<20 bytes of id>" for each entry.
//
// Entries are in the order of their bytes, a folder's name as if a slash followed it. So the paths of
// files, compared as plain strings, are in the order of the trees that hold them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "git_object.hpp"

namespace stet {

inline constexpr std::string_view file_mode = "100644", folder_mode = "40000";

struct RawEntry {
  std::string_view mode, name;
  ObjectId id{};

  bool is_folder() const { return mode == folder_mode; }
};

// Takes the first entry off `tree`, which views into it; throws std::runtime_error when what is there is
// none. The bytes may come from anybody.
RawEntry take_entry(std::string_view& tree);

void append_entry(std::string& tree, const RawEntry& entry);

// Whether `a` stands before `b` in a tree.
bool stands_before(const RawEntry& a, const RawEntry& b);

std::optional<RawEntry> find_entry(std::string_view tree, std::string_view name);

// All of them, viewing into `tree`. Throws std::runtime_error with one clause when the bytes are no tree that
// git would write: out of order, a name twice, or one that is none.
std::vector<RawEntry> entries_of(std::string_view tree);

}  // namespace stet
