#include "leaf.hpp"

#include <stdexcept>
#include <string_view>

namespace stet {
namespace {

bool is_sha256(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

std::string leaf_data(const Leaf& leaf) {
  if (leaf.article.empty() || leaf.article.find('\n') != std::string::npos)
    throw std::invalid_argument("an article id is empty or holds a line feed");
  if (leaf.revision == 0) throw std::invalid_argument(leaf.article + ": revisions count from 1");
  if (!is_sha256(leaf.document_sha256) || !is_sha256(leaf.report_sha256))
    throw std::invalid_argument(leaf.article + ": a digest is not 64 lower-case hex digits");
  return leaf.article + '\n' + std::to_string(leaf.revision) + '\n' + leaf.document_sha256 + '\n' +
         leaf.report_sha256 + '\n';
}

}  // namespace stet
