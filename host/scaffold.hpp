// A new plugin's project, made from the template that ships with stet: real files whose names and text
// hold @ID@, @NAME@ (the id's last part), @FILE@ (the same with '_'), @CLASS@ (in capitals and small
// letters) and @STET_VERSION@.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace stet {

struct Scaffold {
  std::string name;                          // "no-clickbait" of org.example.no-clickbait
  std::string file;                          // "no_clickbait": the source, the target and the library
  std::vector<std::filesystem::path> files;  // made, relative to the folder, in order
};

// Makes the project in `folder`, which must not exist yet, or be empty. Throws std::runtime_error with one
// sentence, leaving everything as it was: the id cannot name a plugin or a CMake target, the folder holds
// something or cannot be written, there is no template.
Scaffold make_plugin_project(const std::string& id, const std::filesystem::path& folder,
                             const std::filesystem::path& from);

}  // namespace stet
