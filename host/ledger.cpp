#include "ledger.hpp"

#include <fcntl.h>
#include <git2/sys/commit.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "file_lock.hpp"
#include "git.hpp"
#include "ledger_walk.hpp"

namespace stet {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr int known_format = 1;
using Files = std::vector<std::pair<std::string, std::string>>;

[[noreturn]] void fail(const fs::path& folder, const std::string& why) {
  throw std::runtime_error(folder.string() + ": " + why);
}

void sync_folder(const fs::path& folder) {
  const Descriptor fd(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd || fsync(fd.get()) != 0) fail(folder, std::string("cannot be synced: ") + std::strerror(errno));
}

// Numbers in the names of a tree's entries that are `prefix` and digits; the greatest, or nothing.
std::optional<uint32_t> greatest_number(const git::Tree& tree, std::string_view prefix) {
  std::optional<uint32_t> greatest;
  for (size_t i = 0; i < git_tree_entrycount(tree.get()); ++i) {
    std::string_view name = git_tree_entry_name(git_tree_entry_byindex(tree.get(), i));
    if (!name.starts_with(prefix)) continue;
    name.remove_prefix(prefix.size());
    uint32_t number = 0;
    const auto [end, error] = std::from_chars(name.begin(), name.end(), number);
    if (error == std::errc() && end == name.end()) greatest = std::max(greatest.value_or(0), number);
  }
  return greatest;
}

// Adds the names of the articles that lie `depth` folders below.
void collect_articles(git_repository* r, const git_oid& id, const std::string& path, int depth,
                      std::vector<std::string>& articles) {
  const auto tree = git::tree_at(r, id, path);
  for (size_t i = 0; i < git_tree_entrycount(tree.get()); ++i) {
    const auto* child = git_tree_entry_byindex(tree.get(), i);
    const std::string name = git_tree_entry_name(child);
    const auto entry = git::entry(child);
    if (depth == 0)
      articles.push_back(name);
    else if (entry.mode == GIT_FILEMODE_TREE)
      collect_articles(r, entry.id, path + '/' + name, depth - 1, articles);
  }
}

// Writes the files as blobs, and every tree on the way up from them, over the tree of `parent`.
git_oid write_tree(git_repository* r, const Files& files, const git_oid* parent) {
  std::vector<git_tree_update> updates;
  for (const auto& [path, bytes] : files) {
    git_tree_update update{GIT_TREE_UPDATE_UPSERT, {}, GIT_FILEMODE_BLOB, path.c_str()};
    git::require(git_blob_create_from_buffer(&update.id, r, bytes.data(), bytes.size()), path);
    updates.push_back(update);
  }
  const auto base = parent ? git::tree_of(r, *parent) : git::Tree();
  git_oid tree;
  git::require(git_tree_create_updated(&tree, r, base.get(), updates.size(), updates.data()),
               "the ledger's tree");
  return tree;
}

git_oid write_commit(git_repository* r, const git_oid& tree, const git_oid* parent,
                     const std::string& message, int64_t unix_time) {
  git_signature* author = nullptr;
  git::require(git_signature_new(&author, "stet", "stet@localhost", unix_time, 0), "a commit's author");
  const std::unique_ptr<git_signature, FreeWith<git_signature_free>> owned(author);
  const git_oid* parents[] = {parent};
  git_oid id;
  git::require(git_commit_create_from_ids(&id, r, nullptr, author, author, "UTF-8", message.c_str(), &tree,
                                          parent ? 1 : 0, parents),
               "a commit");
  return id;
}

// libgit2 syncs each object and the folder it is in, but not the entry of that folder in its parent,
// and a reference may only name what is safe on the disk.
void commit(git_repository* r, const Files& files, const git_oid* parent, const std::string& message,
            int64_t unix_time) {
  const git_oid id = write_commit(r, write_tree(r, files, parent), parent, message, unix_time);
  sync_folder(fs::path(git_repository_path(r)) / "objects");
  git_reference* reference = nullptr;
  const int status =
      git_reference_create_matching(&reference, r, git::branch, &id, 1, parent, message.c_str());
  git_reference_free(reference);
  git::require(status, git::branch);
}

Files files_of(const Entry& e) {
  Files files{{entry_path(e.article, e.revision, ""), e.document},
              {entry_path(e.article, e.revision, ".report"), e.report},
              {entry_path(e.article, e.revision, ".sig"), e.signatures}};
  if (e.text) files.emplace_back(entry_path(e.article, e.revision, ".text"), *e.text);
  return files;
}

git::Repository open_repository(const fs::path& folder) {
  const Descriptor fd(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd && errno == ENOENT) fail(folder, "no such ledger");
  if (!fd && errno == ENOTDIR) fail(folder, "a file, not a ledger");
  if (!fd) fail(folder, std::strerror(errno));
  return git::open(folder);
}

// A ledger is what has a ledger.json of a known format, or had one before it was damaged.
void demand_known_format(git_repository* r, const fs::path& folder) {
  git_oid head;
  if (git_reference_name_to_id(&head, r, git::branch) == GIT_ENOTFOUND)
    fail(folder, "a git repository but not a stet ledger (no " + std::string(git::branch) + ")");
  std::optional<git::TreeEntry> about;
  json format;
  try {
    about = git::find(r, "ledger.json");
    if (about) format = json::parse(git::blob_at(r, about->id, "ledger.json")).at("format");
  } catch (const git::Damaged&) {
    return;
  } catch (const json::exception&) {
    return;
  }
  if (!about) fail(folder, "a git repository but not a stet ledger (no ledger.json)");
  if (format != known_format)
    fail(folder, "a ledger of format " + format.dump() + ", this stet reads " + std::to_string(known_format));
}

void make_repository(const fs::path& folder, const Files& files, int64_t unix_time) {
  git_repository_init_options options = GIT_REPOSITORY_INIT_OPTIONS_INIT;
  options.flags = GIT_REPOSITORY_INIT_BARE | GIT_REPOSITORY_INIT_NO_REINIT | GIT_REPOSITORY_INIT_MKDIR;
  options.initial_head = "main";
  git_repository* repository = nullptr;
  git::require(git_repository_init_ext(&repository, folder.c_str(), &options), folder.string());
  const git::Repository owned(repository);
  commit(repository, files, nullptr, "a new ledger", unix_time);
  const Descriptor fd(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd || syncfs(fd.get()) != 0) fail(folder, std::string("cannot be synced: ") + std::strerror(errno));
}

}  // namespace

struct Ledger::Impl {
  git::Library library;
  fs::path folder;
  git::Repository repository;
  mutable std::weak_ptr<void> lock;

  git_repository* git() const { return repository.get(); }
  void demand_next(const Entry& entry, std::map<std::string, uint32_t>& newest, const Ledger& ledger) const;
};

Ledger::Ledger(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Ledger::~Ledger() = default;
Ledger::Ledger(Ledger&&) noexcept = default;
Ledger& Ledger::operator=(Ledger&&) noexcept = default;

// Made beside its place and then renamed into it, so that a ledger is there with its first commit or
// not at all. rename() takes the place of an empty folder and of nothing else.
Ledger Ledger::create(const fs::path& folder, const Files& files, int64_t unix_time) {
  const fs::path place = folder.has_filename() ? folder : folder.parent_path();
  if (fs::exists(place) && !(fs::is_directory(place) && fs::is_empty(place)))
    fail(folder, "already exists and is not an empty folder");
  const fs::path parent = fs::absolute(place).parent_path();
  fs::create_directories(parent);
  const fs::path made = parent / (place.filename().string() + ".new-" + std::to_string(getpid()));
  const git::Library library;
  try {
    fs::remove_all(made);  // of a process that had this number and was killed
    make_repository(made, files, unix_time);
    if (rename(made.c_str(), place.c_str()) != 0) fail(folder, std::strerror(errno));
  } catch (...) {
    std::error_code ignored;
    fs::remove_all(made, ignored);
    throw;
  }
  sync_folder(parent);
  return open(folder);
}

Ledger Ledger::open(const fs::path& folder) {
  auto impl = std::make_unique<Impl>();
  impl->folder = folder;
  impl->repository = open_repository(folder);
  demand_known_format(impl->git(), folder);
  return Ledger(std::move(impl));
}

const fs::path& Ledger::folder() const {
  return impl_->folder;
}

std::vector<std::string> Ledger::articles() const {
  std::vector<std::string> articles;
  if (const auto found = git::find(impl_->git(), "articles"))
    collect_articles(impl_->git(), found->id, "articles", 4, articles);
  std::sort(articles.begin(), articles.end());
  return articles;
}

uint32_t Ledger::revisions(const std::string& article) const {
  const std::string path = article_path(article);
  const auto folder = git::find(impl_->git(), path);
  if (!folder) return 0;
  const auto bucket = greatest_number(git::tree_at(impl_->git(), folder->id, path), "");
  if (!bucket) return 0;
  std::string newest = entry_path(article, *bucket * revisions_in_bucket + 1, "");
  newest.resize(newest.rfind('/'));
  const auto found = git::find(impl_->git(), newest);
  return found ? greatest_number(git::tree_at(impl_->git(), found->id, newest), "r").value_or(0) : 0;
}

Entry Ledger::read(const std::string& article, uint32_t revision) const {
  const auto part = [&](std::string_view suffix) { return file(entry_path(article, revision, suffix)); };
  const auto needed = [&](std::string_view suffix) {
    if (auto bytes = part(suffix)) return std::move(*bytes);
    if (revision == 0 || revision > revisions(article))
      throw std::runtime_error(article + ": no revision " + std::to_string(revision) + " in the ledger");
    throw git::Damaged(entry_path(article, revision, suffix), "is missing");
  };
  return {article, revision, needed(""), part(".text"), needed(".report"), needed(".sig")};
}

std::optional<std::string> Ledger::file(const std::string& path) const {
  const auto found = git::find(impl_->git(), path);
  if (!found) return std::nullopt;
  if (found->mode != GIT_FILEMODE_BLOB) throw git::Damaged(path, "is not a plain file");
  return git::blob_at(impl_->git(), found->id, path);
}

void Ledger::Impl::demand_next(const Entry& entry, std::map<std::string, uint32_t>& newest,
                               const Ledger& ledger) const {
  if (article_id(entry.article) != entry.article)
    throw std::runtime_error("\"" + entry.article + "\" is not an article's id");
  const auto known = newest.try_emplace(entry.article, 0);
  if (known.second) known.first->second = ledger.revisions(entry.article);
  const uint32_t next = ++known.first->second;
  if (entry.revision != next)
    throw std::runtime_error(entry.article + ": revision " + std::to_string(entry.revision) +
                             " cannot be recorded, " + std::to_string(next) + " is next");
}

void Ledger::append(const std::vector<Entry>& entries, const std::string& message, int64_t unix_time) {
  if (impl_->lock.expired()) fail(impl_->folder, "cannot be written to without its lock");
  if (entries.empty()) return;
  std::map<std::string, uint32_t> newest;
  Files files;
  for (const auto& entry : entries) {
    impl_->demand_next(entry, newest, *this);
    for (auto& file : files_of(entry)) files.push_back(std::move(file));
  }
  const git_oid parent = git::newest_commit(impl_->git());
  commit(impl_->git(), files, &parent, message, unix_time);
}

// A killed writer leaves libgit2's own lock file, which nobody would ever remove; whoever holds the
// flock knows that its owner is gone.
std::shared_ptr<void> Ledger::lock(unsigned wait_ms) const {
  if (auto held = impl_->lock.lock()) return held;
  const fs::path inside = git_repository_path(impl_->git());
  const auto held =
      std::make_shared<Descriptor>(lock_file(inside / "stet.lock", wait_ms, impl_->folder.string()));
  std::error_code ignored;
  fs::remove(inside / (std::string(git::branch) + ".lock"), ignored);
  impl_->lock = held;
  return held;
}

void Ledger::each_file(const Visit& visit) const {
  walk_files(impl_->git(), visit);
}

void Ledger::each_rewrite(const Visit& visit) const {
  walk_rewrites(impl_->git(), visit);
}

}  // namespace stet
