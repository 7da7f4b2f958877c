// A repository's references, read without libgit2, whose start costs more than all else that recording one
// article does with the ledger.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "git_object.hpp"

namespace stet {

// The id that 40 lower-case hex digits give.
std::optional<ObjectId> id_in(std::string_view hex);

// What a reference ("refs/heads/main") names, loose or in packed-refs; nothing when there is none.
// `repository`: the folder that holds HEAD. Throws std::runtime_error naming the file when what is there is
// no object id; a reference to another reference is followed.
std::optional<ObjectId> read_reference(const std::filesystem::path& repository, const std::string& name);

// All of them below refs/, and HEAD.
std::map<std::string, ObjectId> all_references(const std::filesystem::path& repository);

}  // namespace stet
