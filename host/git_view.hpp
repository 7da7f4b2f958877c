// What has git show another ledger than the one that the branch holds, though every object is what it says.
#pragma once

#include <functional>
#include <string>

#include "git_object.hpp"
#include "repository.hpp"

namespace stet {

// Calls `found` with a file's or a reference's name in the repository and a sentence about it: objects that
// are replaced, grafts, a shallow clone, a HEAD that is neither the ledger's branch nor its newest commit,
// something else that git takes for the branch. Other branches are none of its business.
void check_git_view(const Repository& repository, const ObjectId& newest,
                    const std::function<void(const std::string&, const std::string&)>& found);

}  // namespace stet
