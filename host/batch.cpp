#include "batch.hpp"

#include <algorithm>
#include <atomic>
#include <optional>

#include "parallel.hpp"
#include "tree_update.hpp"

namespace stet {
namespace {

// Files that a thread makes ready at a time. Fewer than twice that are not worth a second thread: one is what
// recording a single article brings.
constexpr size_t files_in_part = 64;
constexpr unsigned most_threads = 16;

// Makes the objects of files ready, a part at a time. What is alike over two parts is hashed twice.
class Readying {
 public:
  // `deflater`: for one of the threads. Often it is the only one, and to make another takes longer than to
  // deflate one article.
  Readying(const std::vector<BatchFile>& files, Deflater& deflater)
      : files_(files), deflater_(deflater), ready_(files.size()) {}

  std::vector<Packable> run() {
    const size_t parts = (files_.size() + files_in_part - 1) / files_in_part;
    const auto threads =
        static_cast<unsigned>(std::clamp<size_t>(parts / 2, 1, std::min(threads_or_all(0), most_threads)));
    std::atomic<size_t> next = 0;
    parallel_for(threads, threads, [&](size_t thread) {
      std::optional<Deflater> own;
      Deflater& deflater = thread == 0 ? deflater_ : own.emplace();
      for (size_t part; (part = next++) < parts;) make_part(part * files_in_part, deflater);
    });
    return std::move(ready_);
  }

 private:
  void make_part(size_t begin, Deflater& deflater) {
    for (size_t i = begin; i < std::min(begin + files_in_part, files_.size()); ++i) {
      const auto& file = files_[i];
      if (file.removes) continue;
      std::optional<DeltaBase> base;
      if (file.like) base = base_of(*file.like, begin);
      const auto id = id_of(file);
      ready_[i] = make_packable(id, ObjectType::blob, file.bytes, base, deflater);
    }
  }

  // Of this part, what is earlier is ready.
  DeltaBase base_of(size_t like, size_t begin) const {
    const auto& file = files_.at(like);
    return {like >= begin ? ready_[like].id : id_of(file), file.bytes};
  }

  static ObjectId id_of(const BatchFile& file) {
    return file.id ? *file.id : object_id(ObjectType::blob, file.bytes);
  }

  const std::vector<BatchFile>& files_;
  Deflater& deflater_;
  std::vector<Packable> ready_;
};

std::vector<AddedFile> write_blobs(PackWriter& pack, const std::vector<BatchFile>& files) {
  const auto ready = Readying(files, pack.deflater()).run();
  std::vector<AddedFile> added;
  added.reserve(files.size());
  for (size_t i = 0; i < files.size(); ++i) {
    const BatchFile& file = files[i];
    if (!file.removes) pack.add(ready[i], file.bytes);
    added.push_back({file.path, ready[i].id, file.replaces, file.removes});
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
