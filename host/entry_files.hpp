// Where the revisions of articles go in a ledger's tree.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "batch.hpp"
#include "ledger.hpp"

namespace stet {

// The ids of the articles in the tree `root`, sorted. What stands under articles/ where no article is, is
// passed over. Throws std::runtime_error naming a folder that cannot be read or is in several places.
std::vector<std::string> article_names(TreeCache& trees, const ObjectId& root);

// The newest revision of an article in the tree `root`; 0 if it has none.
uint32_t newest_revision(TreeCache& trees, const ObjectId& root, const std::string& article);

// As Ledger::stored_ids().
std::vector<StoredIds> stored_revision_ids(TreeCache& trees, const ObjectId& root,
                                           const std::string& article);

// The files that `entries`, which must outlive them, bring to the tree `root`, each with the file of the
// revision before it, where that is among them. Throws std::runtime_error naming the article: its name is no
// id, or an entry is not its next revision.
std::vector<BatchFile> batch_files(const std::vector<Entry>& entries, TreeCache& trees, const ObjectId& root);

}  // namespace stet
