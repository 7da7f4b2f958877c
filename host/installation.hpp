// Where the files that belong to the running program are: beside it in a build, else where the
// installation put them, by a path relative to the program, so that a whole prefix can be moved.
#pragma once

#include <filesystem>
#include <string_view>

namespace stet {

// What lies in the folder of the running program.
std::filesystem::path program_beside(std::string_view name);

// The plugins that ship with stet.
std::filesystem::path bundled_plugin_folder();

// What `stet plugin new` makes a plugin from.
std::filesystem::path template_folder();

}  // namespace stet
