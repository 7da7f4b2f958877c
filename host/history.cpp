#include "history.hpp"

#include <charconv>
#include <stdexcept>

#include "raw_tree.hpp"

namespace stet {
namespace {

constexpr size_t tree_cache_bytes = 24u << 20;
constexpr size_t longest_path = 4096;  // as in most file systems; bounds the recursion
// Trees may name more paths than can be listed. Beyond so many a tree that was reached before is left alone.
constexpr size_t most_paths = 1u << 18;
constexpr std::string_view submodule_mode = "160000";

// The commit that a tag is of.
ObjectId tagged(std::string_view tag) {
  constexpr std::string_view start = "object ";
  const auto id = tag.starts_with(start) ? id_in(tag.substr(start.size(), 40)) : std::nullopt;
  if (!id) throw std::runtime_error("is no tag");
  return *id;
}

uint64_t hash_of(std::string_view text) {
  return std::hash<std::string_view>()(text);
}

constexpr uint64_t documents = 1u << 20, texts = documents + 1, reports = documents + 2,
                   signatures = documents + 3, others = 1u << 21;

// Kinds of an article's files in the order in which they lie in a pack.
uint64_t kind_of(std::string_view inside, bool is_folder) {
  if (is_folder) return inside.empty() ? 0 : 1 + hash_of(inside) % (documents - 1);
  const auto name = inside.substr(inside.rfind('/') + 1);
  const auto suffix = name.substr(std::min(name.find('.'), name.size()));
  if (suffix.empty()) return documents;
  if (suffix == ".text") return texts;
  if (suffix == ".report") return reports;
  return suffix == ".sig" ? signatures : others + hash_of(suffix) % others;
}

// Where the name of an article ends in articles/n/n/n/n/ID/...
std::optional<size_t> article_end(std::string_view path) {
  if (!path.starts_with("articles/")) return std::nullopt;
  size_t at = 0;
  for (int slashes = 0; slashes < 5; ++slashes) {
    at = path.find('/', at);
    if (at == path.npos) return std::nullopt;
    ++at;
  }
  return std::min(path.find('/', at), path.size());
}

}  // namespace

size_t ReachedObjects::slot(const ObjectId& id) const {
  size_t at = ObjectIdHash()(id) & (slots_.size() - 1);
  while (slots_[at] != 0 && objects_[slots_[at] - 1].id != id) at = (at + 1) & (slots_.size() - 1);
  return at;
}

std::optional<size_t> ReachedObjects::number(const ObjectId& id) const {
  const uint32_t found = slots_.empty() ? 0 : slots_[slot(id)];
  return found == 0 ? std::nullopt : std::optional<size_t>(found - 1);
}

bool ReachedObjects::add(const ObjectId& id, ObjectType type, uint64_t place) {
  if (objects_.size() * 4 >= slots_.size() * 3) grow();
  const size_t at = slot(id);
  if (slots_[at] != 0) return false;
  objects_.push_back({id, type, place});
  slots_[at] = static_cast<uint32_t>(objects_.size());
  return true;
}

void ReachedObjects::grow() {
  slots_.assign(std::max<size_t>(slots_.size() * 2, 1024), 0);
  for (size_t i = 0; i < objects_.size(); ++i) slots_[slot(objects_[i].id)] = static_cast<uint32_t>(i + 1);
}

// The versions of a log's tile are its widths: log/tile/0/000.p/3.
uint64_t place_of(const std::string& path, bool is_folder) {
  constexpr uint64_t in_article = uint64_t{1} << 63, low = (uint64_t{1} << article_bits) - 1;
  if (const auto end = article_end(path)) {
    const std::string_view whole = path;
    const uint64_t article = (hash_of(whole.substr(0, *end)) | in_article) & ~low;
    return article | (kind_of(whole.substr(*end), is_folder) & low);
  }
  const size_t partial = path.rfind(".p/");
  const auto thing = std::string_view(path).substr(0, std::min(partial, path.size()));
  return hash_of(thing) & ~in_article & ~low;
}

PlaceKind kind_of_place(uint64_t place) {
  const uint64_t kind = place & ((uint64_t{1} << article_bits) - 1);
  if (place >> 63 == 0 || kind < documents) return PlaceKind::other;
  if (kind == documents) return PlaceKind::document;
  if (kind == texts) return PlaceKind::text;
  if (kind == reports) return PlaceKind::report;
  return kind == signatures ? PlaceKind::signature : PlaceKind::other;
}

// Of the trees of a commit and of its first parent.
class History::Comparison {
 public:
  Comparison(History& history, std::vector<std::string>& paths) : history_(history), paths_(paths) {}

  void folder(const std::optional<ObjectId>& before, const std::optional<ObjectId>& after,
              const std::string& path) {
    if (path.size() > longest_path) throw std::runtime_error(path.substr(0, 100) + "...: is too deep");
    const RawTree old = tree(before, path), now = tree(after, path);
    std::string_view a = *old, b = *now;
    std::optional<RawEntry> left = next(a), right = next(b);
    while (left || right) {
      if (left && (!right || stands_before(*left, *right))) {
        entry(left, std::nullopt, path);
        left = next(a);
      } else if (!left || stands_before(*right, *left)) {
        entry(std::nullopt, right, path);
        right = next(b);
      } else {
        if (left->id != right->id || left->mode != right->mode) entry(left, right, path);
        left = next(a);
        right = next(b);
      }
    }
  }

 private:
  RawTree tree(const std::optional<ObjectId>& id, const std::string& path) {
    static const auto none = std::make_shared<const std::string>();
    return id ? history_.trees_.tree(*id, path) : none;
  }

  static std::optional<RawEntry> next(std::string_view& tree) {
    return tree.empty() ? std::nullopt : std::optional(take_entry(tree));
  }

  void entry(const std::optional<RawEntry>& before, const std::optional<RawEntry>& after,
             const std::string& folder_path) {
    const RawEntry& any = after ? *after : *before;
    std::string path = folder_path;
    if (!path.empty()) path += '/';
    path += any.name;
    const auto folder_id = [](const std::optional<RawEntry>& e) {
      return e && e->is_folder() ? std::optional(e->id) : std::nullopt;
    };
    const auto old = folder_id(before), now = folder_id(after);
    bool is_new = false;
    if (after && after->mode != submodule_mode)
      is_new = history_.reached_.add(after->id, now ? ObjectType::tree : ObjectType::blob,
                                     place_of(path, now.has_value()));
    const bool has_room = paths_.size() < most_paths;
    if ((old && has_room) || (now && (has_room || is_new))) folder(old, now, path);
    if (paths_.size() < most_paths) paths_.push_back(std::move(path));
  }

  History& history_;
  std::vector<std::string>& paths_;
};

History::History(ObjectReader& objects)
    : objects_(objects), trees_(tree_cache_bytes, [this](const ObjectId& id, const std::string& path) {
        try {
          return objects_.read(id, ObjectType::tree);
        } catch (const std::runtime_error& e) {
          throw std::runtime_error((path.empty() ? "/" : path) + ": " + e.what());
        }
      }) {}

CommitHeader History::commit(const ObjectId& id) try {
  return parse_commit(*objects_.read(id, ObjectType::commit));  // without the rest of its parts
} catch (const std::runtime_error& e) {
  throw std::runtime_error("commit " + hex(id) + ": " + e.what());
}

void History::reach(const ObjectId& tip, const Visit& visit) {
  if (reached_.contains(tip)) return;
  std::shared_ptr<const std::string> tag;
  try {
    static_cast<void>(objects_.read(tip, ObjectType::commit));
  } catch (const std::runtime_error& e) {
    try {
      tag = objects_.read(tip, ObjectType::tag);
    } catch (const std::runtime_error&) {
      throw std::runtime_error("commit " + hex(tip) + ": " + e.what());
    }
  }
  if (!tag) return reach_commits(tip, visit);
  reach(tagged(*tag), visit);
  reached_.add(tip, ObjectType::tag, 0);
}

// Depth first, without recursion: a history is as long as the ledger is old.
void History::reach_commits(const ObjectId& tip, const Visit& visit) {
  struct Open {
    ObjectId id;
    CommitHeader header;
    size_t next_parent = 0;
  };
  std::vector<Open> open;
  open.push_back({tip, commit(tip)});
  while (!open.empty()) {
    Open& last = open.back();
    if (last.next_parent < last.header.parents.size()) {
      const ObjectId parent = last.header.parents[last.next_parent++];
      if (!reached_.contains(parent)) open.push_back({parent, commit(parent)});
    } else {
      if (!reached_.contains(last.id)) reach_commit(last.id, last.header, visit);
      open.pop_back();
    }
  }
}

// The commit is added last: what is there has all that it reaches.
void History::reach_commit(const ObjectId& id, const CommitHeader& header, const Visit& visit) {
  std::vector<std::string> paths;
  std::optional<ObjectId> before;
  if (!header.parents.empty()) before = commit(header.parents[0]).tree;
  reached_.add(header.tree, ObjectType::tree, place_of("", true));
  if (before != header.tree) Comparison(*this, paths).folder(before, header.tree, "");
  reached_.add(id, ObjectType::commit, 0);
  if (visit) visit({id, header, paths, paths.size() < most_paths});
}

}  // namespace stet
