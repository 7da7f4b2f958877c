// A lock between processes that the kernel releases when its holder ends, however it ends.
#pragma once

#include <filesystem>
#include <string>

#include "descriptor.hpp"

namespace stet {

// Takes flock() on `file`, which is made if it is not there, and holds it as long as the descriptor.
// Waits up to `wait_ms`; throws std::runtime_error naming `what`.
Descriptor lock_file(const std::filesystem::path& file, unsigned wait_ms, const std::string& what);

}  // namespace stet
