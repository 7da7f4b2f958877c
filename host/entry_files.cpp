#include "entry_files.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <stdexcept>

#include "ledger_folders.hpp"

namespace stet {
namespace {

// The number in a name that is `prefix`, digits and `suffix`.
std::optional<uint32_t> number_in(std::string_view name, std::string_view prefix,
                                  std::string_view suffix = "") {
  if (name.size() < prefix.size() + suffix.size() || !name.starts_with(prefix) || !name.ends_with(suffix))
    return std::nullopt;
  name = name.substr(prefix.size(), name.size() - prefix.size() - suffix.size());
  uint32_t number = 0;
  const auto [end, error] = std::from_chars(name.begin(), name.end(), number);
  return error == std::errc() && end == name.end() ? std::optional(number) : std::nullopt;
}

// The greatest number in the names of a tree's entries that are `prefix`, digits and one of `suffixes`, or
// nothing.
std::optional<uint32_t> greatest_number(std::string_view tree, std::string_view prefix,
                                        std::initializer_list<std::string_view> suffixes = {""}) {
  std::optional<uint32_t> greatest;
  while (!tree.empty()) {
    const auto name = take_entry(tree).name;
    for (const auto suffix : suffixes)
      if (const auto number = number_in(name, prefix, suffix))
        greatest = std::max(greatest.value_or(0), *number);
  }
  return greatest;
}

uint64_t count_of_buckets(std::string_view article) {
  uint64_t count = 0;
  while (!article.empty()) {
    const RawEntry entry = take_entry(article);
    count += entry.is_folder() && number_in(entry.name, "");
  }
  return count;
}

// Names may be anybody's: a number of billions must not be taken for that many revisions.
void demand_number(uint64_t number, uint64_t most, const std::string& path) {
  if (number > most)
    throw std::runtime_error(path + ": has a number " + std::to_string(number) +
                             " and not those that come before it");
}

// An article's folder, and how many revisions there is room for in its buckets.
struct Room {
  const std::string& path;
  uint64_t revisions;
};

// Of a bucket's files, which are in the order of their names: the document of a revision, or the statement of
// its redaction, comes first.
void take_ids(std::string_view bucket, const Room& room, std::vector<StoredIds>& ids) {
  while (!bucket.empty()) {
    const RawEntry entry = take_entry(bucket);
    const size_t dot = std::min(entry.name.find('.'), entry.name.size());
    const auto suffix = entry.name.substr(dot);
    const auto number = number_in(entry.name.substr(0, dot), "r").value_or(0);
    if (number > ids.size() && (suffix.empty() || suffix == ".redacted")) {
      demand_number(number, room.revisions, room.path);
      ids.resize(number);
    }
    if (number == 0 || number > ids.size()) continue;
    auto& revision = ids[number - 1];
    if (suffix.empty()) revision.document = entry.id;
    if (suffix == ".text") revision.text = entry.id;
    if (suffix == ".report" || suffix == ".redacted") revision.report = entry.id;
    revision.redacted |= suffix == ".redacted";
  }
}

std::string bucket_of(const std::string& article, uint32_t revision) {
  std::string path = entry_path(article, revision, "");
  path.resize(path.rfind('/'));
  return path;
}

bool is_hex_digit(std::string_view name) {
  return name.size() == 1 && std::string_view("0123456789abcdef").find(name[0]) != std::string_view::npos;
}

// The names of articles under articles/.
class ArticleNames {
 public:
  explicit ArticleNames(TreeCache& trees) : trees_(trees) {}

  // `depth`: how many folders below this one they lie.
  void add(const ObjectId& id, const std::string& path, int depth) {
    if (const auto fault = folders_.fault(path, id)) throw std::runtime_error(path + ": " + *fault);
    const auto tree = trees_.tree(id, path);
    for (std::string_view rest = *tree; !rest.empty();) {
      const RawEntry entry = take_entry(rest);
      if (!entry.is_folder()) continue;
      if (depth == 0)
        names_.emplace_back(entry.name);
      else if (is_hex_digit(entry.name))
        add(entry.id, std::string(path).append("/").append(entry.name), depth - 1);
    }
  }

  std::vector<std::string> take_sorted() {
    std::sort(names_.begin(), names_.end());
    return std::move(names_);
  }

 private:
  TreeCache& trees_;
  LedgerFolders folders_;
  std::vector<std::string> names_;
};

class EntryFiles {
 public:
  EntryFiles(TreeCache& trees, const ObjectId& root) : trees_(trees), root_(root) {}

  void add(const Entry& e) {
    auto& article = demand_next(e);
    const std::string path = entry_path(e.article, e.revision, "");
    article.document = put(path, e.document, article.document, e.document_id);
    article.report = put(path + ".report", e.report, article.report, e.report_id);
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

  size_t put(std::string path, std::string_view bytes, std::optional<size_t> like,
             const std::optional<ObjectId>& id = {}) {
    files_.push_back({std::move(path), bytes, like, false, false, id});
    return files_.size() - 1;
  }

  TreeCache& trees_;
  const ObjectId& root_;
  std::map<std::string, Newest> newest_;
  std::vector<BatchFile> files_;
};

}  // namespace

std::vector<std::string> article_names(TreeCache& trees, const ObjectId& root) {
  ArticleNames names(trees);
  const auto top = trees.tree(root, "/");
  const auto found = find_entry(*top, "articles");
  if (found && found->is_folder()) names.add(found->id, "articles", 4);
  return names.take_sorted();
}

uint32_t newest_revision(TreeCache& trees, const ObjectId& root, const std::string& article) {
  const auto buckets = trees.folder(root, article_path(article));
  if (!buckets) return 0;
  const auto number = greatest_number(*buckets, "");
  if (!number) return 0;
  demand_number(*number + uint64_t{1}, count_of_buckets(*buckets), article_path(article));
  const auto path = bucket_of(article, *number * revisions_in_bucket + 1);
  const auto bucket = find_entry(*buckets, std::string_view(path).substr(path.rfind('/') + 1));
  if (!bucket || !bucket->is_folder()) return 0;
  const uint32_t newest = greatest_number(*trees.tree(bucket->id, path), "r", {"", ".redacted"}).value_or(0);
  demand_number(newest, (*number + uint64_t{1}) * revisions_in_bucket, path);
  return newest;
}

std::vector<StoredIds> stored_revision_ids(TreeCache& trees, const ObjectId& root,
                                           const std::string& article) {
  std::vector<StoredIds> ids;
  const auto path = article_path(article);
  const auto buckets = trees.folder(root, path);
  const uint64_t most = buckets ? count_of_buckets(*buckets) * revisions_in_bucket : 0;
  for (std::string_view rest = buckets ? *buckets : std::string_view(); !rest.empty();) {
    const RawEntry bucket = take_entry(rest);
    if (bucket.is_folder() && number_in(bucket.name, ""))
      take_ids(*trees.tree(bucket.id, path + '/' + std::string(bucket.name)), {path, most}, ids);
  }
  return ids;
}

std::vector<BatchFile> batch_files(const std::vector<Entry>& entries, TreeCache& trees,
                                   const ObjectId& root) {
  EntryFiles files(trees, root);
  for (const auto& entry : entries) files.add(entry);
  return files.take();
}

}  // namespace stet
