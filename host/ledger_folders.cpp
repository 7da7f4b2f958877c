#include "ledger_folders.hpp"

#include <algorithm>
#include <functional>

namespace stet {
namespace {

// How many folders deep a ledger is below one of its root, itself included: articles/<n>/<n>/<n>/<n>/<id>/
// <bucket>; log/tile/<L>, up to seven of a tile's number, and one for tiles that are not full.
size_t deepest(std::string_view top) {
  if (top == "articles") return 7;
  if (top == "log") return 11;
  return top == "keys" ? 1 : 0;
}

}  // namespace

std::optional<std::string> LedgerFolders::fault(const std::string& path, const ObjectId& id) {
  const auto depth = static_cast<size_t>(std::count(path.begin(), path.end(), '/')) + 1;
  if (depth > deepest(path.substr(0, path.find('/')))) return "is not part of a ledger";
  const size_t place = std::hash<std::string>()(path);
  if (seen_.try_emplace(id, place).first->second != place) return "is the same folder as another one";
  return std::nullopt;
}

}  // namespace stet
