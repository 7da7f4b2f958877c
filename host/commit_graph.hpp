// git's commit-graph with changed-path filters (gitformat-commit-graph(5)): with it `git log -- PATH` looks
// at the commits that may have changed the path instead of comparing the trees of all. stet itself does not
// read it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "disk.hpp"
#include "history.hpp"

namespace stet {

// Takes about 120 bytes of memory a commit, and 10 bits for each path that one changed.
class CommitGraph {
 public:
  // As History visits them: every parent before its children.
  void add(const CommitChanges& commit);

  // Writes objects/info/commit-graph, synced, in the place of one that is there. Removes that when there is
  // no commit, or one with more than two parents, which no writer of ours makes.
  void write(const Disk& disk, const std::filesystem::path& objects) const;

 private:
  struct Commit {
    ObjectId id{}, tree{};
    std::vector<uint32_t> parents;  // numbers in commits_
    int64_t unix_time = 0;
    uint32_t generation = 1;  // one more than its parents'
    std::string filter;
  };
  std::vector<uint32_t> positions(const std::vector<uint32_t>& sorted) const;
  static void append_data(std::string& out, const Commit& commit, const std::vector<uint32_t>& positions);

  std::vector<Commit> commits_;
  std::unordered_map<ObjectId, uint32_t, ObjectIdHash> numbers_;
  bool has_many_parents_ = false;
};

// A Bloom filter of paths and of the folders above them, of git's kind: 10 bits a path, 7 hashes by murmur3.
std::string changed_path_filter(const std::vector<std::string>& paths);
// Whether it may hold the path; false is certain.
bool may_hold(std::string_view filter, std::string_view path);

}  // namespace stet
