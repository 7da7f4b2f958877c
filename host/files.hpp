// Files read whole and written whole, with errors that name them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "descriptor.hpp"

namespace stet {

// Throws std::runtime_error("NAME: no such file") and the like: a folder, not readable, over `limit`
// bytes (both sizes are named). "-" is standard input.
std::string read_file(const std::filesystem::path& file, size_t limit);

// The same of a file that the user names: it may be a pipe too, such as a shell's <(...), read to its end.
// Not for files that somebody else has put there, who could let the reader wait for ever.
std::string read_named_file(const std::filesystem::path& file, size_t limit);

// The same bytes as sealed_memory() (see descriptor.hpp), without passing through this program.
Descriptor sealed_copy(const std::filesystem::path& file, size_t limit, const char* what);

// Where this user's files of a kind are: what the environment's `variable` ("XDG_STATE_HOME") says, else
// `below_home` (".local/state") in $HOME. Nothing for a user without a home.
std::optional<std::filesystem::path> user_folder(const char* variable, const char* below_home);

// Replaces `file`, or the link in its place, in one step: a reader sees the old bytes or the new. Both throw
// std::runtime_error naming the file, and leave nothing beside it then.
enum class Durable { yes, no };  // whether a power cut leaves the one or the other; else it may leave neither
void replace_file(const std::filesystem::path& file, std::string_view bytes, Durable durable = Durable::yes);
// The same for a file that a user named: a link is followed, and what is no regular file (a device, a pipe)
// is written to.
void write_file(const std::filesystem::path& file, std::string_view bytes);

// Whether something stands in that place, be it a link that leads nowhere.
bool is_taken(const std::filesystem::path& place);

}  // namespace stet
