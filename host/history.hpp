// All that a repository's commits reach, and what each commit changed.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "git_object.hpp"
#include "object_reader.hpp"
#include "tree_cache.hpp"

namespace stet {

// A table of object ids, each with what a walk found about it. 60 bytes an object at most.
class ReachedObjects {
 public:
  struct Object {
    ObjectId id{};
    ObjectType type = ObjectType::blob;
    uint64_t place = 0;  // objects of one number are versions of one thing, see place_of()
  };
  // False when it is there already.
  bool add(const ObjectId& id, ObjectType type, uint64_t place);
  bool contains(const ObjectId& id) const { return number(id).has_value(); }
  std::optional<size_t> number(const ObjectId& id) const;  // in all()
  size_t size() const { return objects_.size(); }
  // In the order in which they were added: of one place's versions the oldest first.
  const std::vector<Object>& all() const { return objects_; }

 private:
  size_t slot(const ObjectId& id) const;
  void grow();

  std::vector<Object> objects_;
  std::vector<uint32_t> slots_;  // number in objects_ plus 1; 0: free
};

// Where in a tree something stands, as a number. All of an article's numbers, and none else, share all but
// their low article_bits. `is_folder`: a tree stands there.
inline constexpr int article_bits = 23;
uint64_t place_of(const std::string& path, bool is_folder);

enum class PlaceKind { other, document, text, report, signature };
PlaceKind kind_of_place(uint64_t place);

// What one commit changed: the paths of files and folders that differ from its first parent's, or that it has
// and a first commit is compared with nothing.
struct CommitChanges {
  ObjectId id{};
  CommitHeader header;
  const std::vector<std::string>& paths;
  bool has_all_paths = true;  // false when there are too many to name
};

// Walks the history of commits, each once, parents before children.
class History {
 public:
  using Visit = std::function<void(const CommitChanges& commit)>;
  explicit History(ObjectReader& objects);

  // Adds all that `tip` (a commit, or a tag of one) reaches and no earlier tip did. Throws
  // std::runtime_error naming commit or path that cannot be read.
  void reach(const ObjectId& tip, const Visit& visit = {});

  const ReachedObjects& reached() const { return reached_; }

 private:
  class Comparison;
  CommitHeader commit(const ObjectId& id);
  void reach_commits(const ObjectId& tip, const Visit& visit);
  void reach_commit(const ObjectId& id, const CommitHeader& header, const Visit& visit);

  ObjectReader& objects_;
  TreeCache trees_;
  ReachedObjects reached_;
};

}  // namespace stet
