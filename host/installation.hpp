// Where the files that belong to the running program are: beside it in a build, else where the
// installation put them, by a path relative to the program, so that a whole prefix can be moved.
#pragma once

#include <filesystem>

namespace stet {

// The plugins that ship with stet.
std::filesystem::path bundled_plugin_folder();

// What `stet plugin new` makes a plugin from.
std::filesystem::path template_folder();

}  // namespace stet
