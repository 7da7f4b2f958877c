#include "batch.hpp"

#include "tree_update.hpp"

namespace stet {
namespace {

std::vector<AddedFile> write_blobs(PackWriter& pack, const std::vector<BatchFile>& files) {
  std::vector<AddedFile> added;
  added.reserve(files.size());
  for (const auto& file : files) {
    std::optional<DeltaBase> base;
    if (file.removes) {
      added.push_back({file.path, {}, false, true});
      continue;
    }
    if (file.like) base = DeltaBase{added.at(*file.like).blob, files[*file.like].bytes};
    added.push_back({file.path, pack.add(ObjectType::blob, file.bytes, base), file.replaces, false});
  }
  return added;
}

}  // namespace

WrittenBatch write_batch(const Disk& disk, const std::filesystem::path& objects, TreeCache& trees,
                         const Batch& batch) {
  PackWriter pack(disk, objects);
  CommitText commit;
  std::optional<ObjectId> root;
  if (batch.parent) root = batch.parent->tree, commit.parent = batch.parent->commit;
  commit.tree = update_tree(trees, root, write_blobs(pack, batch.files),
                            [&](std::string_view bytes) { return pack.add(ObjectType::tree, bytes); });
  commit.message = batch.message;
  commit.unix_time = batch.unix_time;
  const ObjectId id = pack.add(ObjectType::commit, commit_object(commit, batch.sign));
  return {{id, commit.tree}, pack.finish()};
}

}  // namespace stet
