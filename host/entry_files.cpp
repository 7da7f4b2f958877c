#include "entry_files.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <stdexcept>

namespace stet {
namespace {

// Numbers in the names of a tree's entries that are `prefix` and digits; the greatest, or nothing.
std::optional<uint32_t> greatest_number(std::string_view tree, std::string_view prefix) {
  std::optional<uint32_t> greatest;
  while (!tree.empty()) {
    std::string_view name = take_entry(tree).name;
    if (!name.starts_with(prefix)) continue;
    name.remove_prefix(prefix.size());
    uint32_t number = 0;
    const auto [end, error] = std::from_chars(name.begin(), name.end(), number);
    if (error == std::errc() && end == name.end()) greatest = std::max(greatest.value_or(0), number);
  }
  return greatest;
}

class EntryFiles {
 public:
  EntryFiles(TreeCache& trees, const ObjectId& root) : trees_(trees), root_(root) {}

  void add(const Entry& e) {
    auto& article = demand_next(e);
    const std::string path = entry_path(e.article, e.revision, "");
    article.document = put(path, e.document, article.document);
    article.report = put(path + ".report", e.report, article.report);
    put(path + ".sig", e.signatures, {});
    if (e.text) article.text = put(path + ".text", *e.text, article.text ? article.text : article.document);
  }

  std::vector<BatchFile> take() { return std::move(files_); }

 private:
  // An article's newest revision, and which files of this batch it has.
  struct Newest {
    uint32_t revision = 0;
    std::optional<size_t> document, report, text;
  };

  Newest& demand_next(const Entry& e) {
    const auto [known, is_new] = newest_.try_emplace(e.article);
    if (is_new) {
      if (article_id(e.article) != e.article)
        throw std::runtime_error("\"" + e.article + "\" is not an article's id");
      known->second.revision = newest_revision(trees_, root_, e.article);
    }
    const uint32_t next = ++known->second.revision;
    if (e.revision != next)
      throw std::runtime_error(e.article + ": revision " + std::to_string(e.revision) +
                               " cannot be recorded, " + std::to_string(next) + " is next");
    return known->second;
  }

  size_t put(std::string path, std::string_view bytes, std::optional<size_t> like) {
    files_.push_back({std::move(path), bytes, like, false, false});
    return files_.size() - 1;
  }

  TreeCache& trees_;
  const ObjectId& root_;
  std::map<std::string, Newest> newest_;
  std::vector<BatchFile> files_;
};

}  // namespace

uint32_t newest_revision(TreeCache& trees, const ObjectId& root, const std::string& article) {
  const auto buckets = trees.folder(root, article_path(article));
  if (!buckets) return 0;
  const auto bucket = greatest_number(*buckets, "");
  if (!bucket) return 0;
  std::string newest = entry_path(article, *bucket * revisions_in_bucket + 1, "");
  newest.resize(newest.rfind('/'));
  const auto revisions = trees.folder(root, newest);
  return revisions ? greatest_number(*revisions, "r").value_or(0) : 0;
}

std::vector<BatchFile> batch_files(const std::vector<Entry>& entries, TreeCache& trees,
                                   const ObjectId& root) {
  EntryFiles files(trees, root);
  for (const auto& entry : entries) files.add(entry);
  return files.take();
}

}  // namespace stet
