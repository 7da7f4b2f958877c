// What a revision is in the transparency log.
#pragma once

#include <cstdint>
#include <string>

namespace stet {

struct Leaf {
  std::string article;
  uint32_t revision;            // from 1
  std::string document_sha256;  // of the document's bytes; 64 lower-case hex digits
  std::string report_sha256;    // of the report's canonical bytes
};

// Four lines, see FORMATS.md; leaf_hash() of them goes into the tree. Throws std::invalid_argument for what
// could be read in two ways: an article id that is empty or holds a line feed, a revision of 0, a digest of
// another form.
std::string leaf_data(const Leaf& leaf);

}  // namespace stet
