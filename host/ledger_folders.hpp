// Which folders the tree of a ledger can have. Trees may be anybody's: some kilobytes of them can name more
// folders than can be walked over in a lifetime, or lie deeper in each other than a stack is.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "git_object.hpp"

namespace stet {

class LedgerFolders {
 public:
  // Why nobody should go into the tree `id` at this path; nothing if that is fine. The files in a folder say
  // which article and revision they are of, so that no two folders of a ledger are alike.
  std::optional<std::string> fault(const std::string& path, const ObjectId& id);

 private:
  std::unordered_map<ObjectId, size_t, ObjectIdHash> seen_;  // with a hash of the path
};

}  // namespace stet
