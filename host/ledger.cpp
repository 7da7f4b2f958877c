#include "ledger.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "batch.hpp"
#include "entry_files.hpp"
#include "file_lock.hpp"
#include "git.hpp"

namespace stet {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr int known_format = 1;
constexpr size_t tree_cache_bytes = 32u << 20;
using Files = std::vector<std::pair<std::string, std::string>>;

[[noreturn]] void fail(const fs::path& folder, const std::string& why) {
  throw std::runtime_error(folder.string() + ": " + why);
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
      collect_articles(r, entry.id, std::string(path).append("/").append(name), depth - 1, articles);
  }
}

ObjectId object_id_of(const git_oid& id) {
  ObjectId copy;
  std::memcpy(copy.data(), id.id, copy.size());
  return copy;
}

// The folder of the repository, for a work tree too.
fs::path common_folder(git_repository* r) {
  return git_repository_commondir(r);
}

fs::path objects_of(git_repository* r) {
  return common_folder(r) / "objects";
}

TreeCache trees_of(git_repository* r) {
  return {tree_cache_bytes,
          [r](const ObjectId& id, const std::string& path) { return git::tree_bytes_at(r, id, path); }};
}

// git's own way: whoever has made the file main.lock may rename it over main, and nobody else.
void move_branch(const Disk& disk, git_repository* r, const std::optional<Head>& from, const Head& to) {
  const fs::path branch = common_folder(r) / git::branch;
  NewFile next(disk, branch.string() + ".lock", 0666);
  if (from && object_id_of(git::newest_commit(r)) != from->commit)
    fail(branch, "was moved by another program meanwhile");
  next.write(hex(to.commit) + '\n');
  next.sync();
  next.rename_to(branch);
  try {
    disk.sync_folder(branch.parent_path());
  } catch (const std::runtime_error& e) {
    // Moving it back would take away what others may have read, and proves no more durable.
    throw Unsynced(std::string(e.what()) + "; all is recorded, but a power cut may lose it");
  }
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

void make_repository(const fs::path& folder, const Files& files, int64_t unix_time, const SignCommit& sign) {
  git_repository_init_options options;
  git::require(git_repository_init_options_init(&options, GIT_REPOSITORY_INIT_OPTIONS_VERSION),
               folder.string());
  options.flags = GIT_REPOSITORY_INIT_BARE | GIT_REPOSITORY_INIT_NO_REINIT | GIT_REPOSITORY_INIT_MKDIR;
  options.initial_head = "main";
  git_repository* repository = nullptr;
  git::require(git_repository_init_ext(&repository, folder.c_str(), &options), folder.string());
  const git::Repository owned(repository);
  Batch batch{{}, {}, "a new ledger", unix_time, sign};
  for (const auto& [path, bytes] : files) batch.files.push_back({path, bytes, {}, false, false});
  TreeCache trees = trees_of(repository);
  const Disk disk;
  move_branch(disk, repository, {}, write_batch(disk, folder / "objects", trees, batch).head);
  const Descriptor fd(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd || syncfs(fd.get()) != 0) fail(folder, std::string("cannot be synced: ") + std::strerror(errno));
}

}  // namespace

struct Ledger::Impl {
  git::Library library;
  fs::path folder;
  git::Repository repository;
  Disk disk;
  TreeCache trees;
  std::optional<Head> newest;  // as it was when somebody last asked
  mutable std::weak_ptr<void> lock;

  Impl(const fs::path& opened, BeforeStep before)
      : folder(opened),
        repository(open_repository(opened)),
        disk(std::move(before)),
        trees(trees_of(repository.get())) {}

  git_repository* git() const { return repository.get(); }
  const Head& head();
};

const Head& Ledger::Impl::head() {
  const git_oid commit = git::newest_commit(git());
  const ObjectId id = object_id_of(commit);
  if (!newest || newest->commit != id) {
    const auto tree = git_commit_tree_id(git::commit_at(git(), commit).get());
    newest = Head{id, object_id_of(*tree)};
  }
  return *newest;
}

Ledger::Ledger(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Ledger::~Ledger() = default;
Ledger::Ledger(Ledger&&) noexcept = default;
Ledger& Ledger::operator=(Ledger&&) noexcept = default;

// Made beside its place and then renamed into it, so that a ledger is there with its first commit or
// not at all. rename() takes the place of an empty folder and of nothing else.
Ledger Ledger::create(const fs::path& folder, const Files& files, int64_t unix_time, const SignCommit& sign) {
  const fs::path place = folder.has_filename() ? folder : folder.parent_path();
  if (fs::exists(place) && !(fs::is_directory(place) && fs::is_empty(place)))
    fail(folder, "already exists and is not an empty folder");
  const fs::path parent = fs::absolute(place).parent_path();
  fs::create_directories(parent);
  const fs::path made = parent / (place.filename().string() + ".new-" + std::to_string(getpid()));
  const git::Library library;
  try {
    fs::remove_all(made);  // of a process that had this number and was killed
    make_repository(made, files, unix_time, sign);
    if (rename(made.c_str(), place.c_str()) != 0) fail(folder, std::strerror(errno));
  } catch (...) {
    std::error_code ignored;
    fs::remove_all(made, ignored);
    throw;
  }
  Disk().sync_folder(parent);
  return open(folder);
}

Ledger Ledger::open(const fs::path& folder, BeforeStep before) {
  auto impl = std::make_unique<Impl>(folder, std::move(before));
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
  return newest_revision(impl_->trees, impl_->head().tree, article);
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

std::vector<StoredIds> Ledger::stored_ids(const std::string& article) const {
  return stored_revision_ids(impl_->trees, impl_->head().tree, article);
}

StoredIds Ledger::stored_ids(const std::string& article, uint32_t revision) const {
  return stored_revision_ids(impl_->trees, impl_->head().tree, article, revision);
}

std::optional<std::string> Ledger::file(const std::string& path) const {
  const size_t slash = path.rfind('/');
  const auto folder =
      impl_->trees.folder(impl_->head().tree, slash == path.npos ? "" : path.substr(0, slash));
  const auto found = folder ? find_entry(*folder, std::string_view(path).substr(slash + 1)) : std::nullopt;
  if (!found) return std::nullopt;
  if (found->mode != file_mode) throw git::Damaged(path, "is not a plain file");
  git_oid id;
  std::memcpy(id.id, found->id.data(), found->id.size());
  return git::blob_at(impl_->git(), id, path);
}

void Ledger::append(const std::vector<Entry>& entries, const std::string& message, int64_t unix_time,
                    const SideFiles& side, const SignCommit& sign) {
  if (impl_->lock.expired()) fail(impl_->folder, "cannot be written to without its lock");
  if (entries.empty()) return;
  const Head parent = impl_->head();
  auto files = batch_files(entries, impl_->trees, parent.tree);
  for (const auto& [path, bytes] : side.written) files.push_back({path, bytes, {}, true, false});
  for (const auto& path : side.removed) files.push_back({path, {}, {}, false, true});
  const auto written = write_batch(impl_->disk, objects_of(impl_->git()), impl_->trees,
                                   {parent, std::move(files), message, unix_time, sign});
  move_branch(impl_->disk, impl_->git(), parent, written.head);
  impl_->newest = written.head;
}

// A killed writer leaves git's lock file of the branch, which nobody would ever remove; whoever holds the
// flock knows that its owner is gone.
std::shared_ptr<void> Ledger::lock(const LockWait& wait) const {
  if (auto held = impl_->lock.lock()) return held;
  const fs::path inside = git_repository_path(impl_->git());
  const auto held =
      std::make_shared<Descriptor>(lock_file(inside / "stet.lock", wait, impl_->folder.string()));
  std::error_code ignored;
  fs::remove(inside / (std::string(git::branch) + ".lock"), ignored);
  impl_->lock = held;
  return held;
}

fs::path Ledger::objects() const {
  return objects_of(impl_->git());
}

ObjectId Ledger::newest_commit() const {
  return object_id_of(git::newest_commit(impl_->git()));
}

}  // namespace stet
