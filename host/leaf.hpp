// What stands in the transparency log: a ledger's revisions, and the files that say what counts in it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "merkle.hpp"

namespace stet {

// A revision.
struct Leaf {
  std::string article;
  uint32_t revision;            // from 1
  std::string document_sha256;  // of the document's bytes; 64 lower-case hex digits
  std::string report_sha256;    // of the report's canonical bytes
};

// One version of a file that says what counts: without a leaf for it, what it says could be taken back.
struct FileLeaf {
  std::string path;    // in the ledger's tree
  std::string sha256;  // of its bytes
};
FileLeaf file_leaf(const std::string& path, std::string_view bytes);

// Whether every version of the file at `path` is a leaf: ledger.json, keys, statements of redactions, and
// what signs such a statement again.
bool is_logged_file(std::string_view path);

// Four lines for a revision and two for a file, see FORMATS.md; their hash goes into the tree. Throws
// std::invalid_argument for what could be read in two ways: an article id or path that is empty or holds a
// line feed, a revision of 0, a digest of another form.
std::string leaf_data(const Leaf& leaf);
std::string leaf_data(const FileLeaf& leaf);
Hash leaf_hash(const Leaf& leaf);
Hash leaf_hash(const FileLeaf& leaf);

}  // namespace stet
