// One commit and all that it brings, written as one pack.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "disk.hpp"
#include "git_object.hpp"
#include "pack.hpp"
#include "tree_cache.hpp"

namespace stet {

struct BatchFile {
  std::string path;
  std::string_view bytes;
  std::optional<size_t> like;  // an earlier file of the batch that it differs little from, by number
  bool replaces = false;       // whether it may take the place of a file that is there
  bool removes = false;        // whether instead of all that it takes away the file or folder that is there
  std::optional<ObjectId> id = {};  // of the bytes, where it is known
};

struct Head {
  ObjectId commit, tree;
};

struct Batch {
  std::optional<Head> parent;
  std::vector<BatchFile> files;
  std::string message;
  int64_t unix_time = 0;
  SignCommit sign;
};

struct WrittenBatch {
  Head head;
  PackSummary pack;
};

// Writes blobs, changed trees and the commit into the folder `objects`, synced. No reference names the
// commit yet. Throws as PackWriter, update_tree() and commit_object() do; then nothing is there that
// a reader of the repository would see.
WrittenBatch write_batch(const Disk& disk, const std::filesystem::path& objects, TreeCache& trees,
                         const Batch& batch);

}  // namespace stet
