// What the sources of a document say now, and what they said when it was last recorded. Only digests:
// a plugin gets these through service stet.sources/1 and never a file.
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include <nlohmann/json.hpp>

#include "document.hpp"

namespace stet {

// A source that the user names: a file, or a saved copy of what a URL said.
struct NamedSource {
  std::string reference;  // the URL, or the path as given
  std::filesystem::path file;
};

// "FILE" or "URL=FILE". Throws std::runtime_error for a bare URL: stet does not fetch.
NamedSource parse_source(const std::string& argument);

// The list that stet.sources/1 gives (see plugin.h): `named` first, then the files of the document's
// front matter, which must be relative and lie in `folder` (where the article is) or below, whatever
// links say; others are "missing" with the reason. `earlier` is the list in the previous revision's
// report, number `earlier_revision`.
nlohmann::json list_sources(const Document& document, const std::filesystem::path& folder,
                            std::span<const NamedSource> named, const nlohmann::json& earlier,
                            uint32_t earlier_revision, const std::string& time);

}  // namespace stet
