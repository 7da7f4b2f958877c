#include "leaf.hpp"

#include <stdexcept>

#include "digest.hpp"

namespace stet {
namespace {

bool is_sha256(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_line(std::string_view text) {
  return !text.empty() && text.find('\n') == std::string_view::npos;
}

}  // namespace

FileLeaf file_leaf(const std::string& path, std::string_view bytes) {
  return {path, sha256_hex(bytes)};
}

bool is_logged_file(std::string_view path) {
  return path == "ledger.json" || path.starts_with("keys/") ||
         (path.starts_with("articles/") &&
          (path.ends_with(".redacted") || path.find(".redacted.sig.", path.rfind('/')) != path.npos));
}

std::string leaf_data(const Leaf& leaf) {
  if (!is_line(leaf.article)) throw std::invalid_argument("an article id is empty or holds a line feed");
  if (leaf.revision == 0) throw std::invalid_argument(leaf.article + ": revisions count from 1");
  if (!is_sha256(leaf.document_sha256) || !is_sha256(leaf.report_sha256))
    throw std::invalid_argument(leaf.article + ": a digest is not 64 lower-case hex digits");
  return leaf.article + '\n' + std::to_string(leaf.revision) + '\n' + leaf.document_sha256 + '\n' +
         leaf.report_sha256 + '\n';
}

std::string leaf_data(const FileLeaf& leaf) {
  if (!is_line(leaf.path)) throw std::invalid_argument("a path is empty or holds a line feed");
  if (!is_sha256(leaf.sha256))
    throw std::invalid_argument(leaf.path + ": a digest is not 64 lower-case hex digits");
  return leaf.path + '\n' + leaf.sha256 + '\n';
}

Hash leaf_hash(const Leaf& leaf) {
  return leaf_hash(leaf_data(leaf));
}

Hash leaf_hash(const FileLeaf& leaf) {
  return leaf_hash(leaf_data(leaf));
}

}  // namespace stet
