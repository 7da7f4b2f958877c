#include "ledger.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "batch.hpp"
#include "branch_tip.hpp"
#include "entry_files.hpp"
#include "file_lock.hpp"
#include "files.hpp"
#include "foreign_json.hpp"
#include "history_rewrite.hpp"
#include "object_reader.hpp"
#include "pack_join.hpp"
#include "redaction.hpp"
#include "repository.hpp"
#include "sentence.hpp"

namespace stet {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr int known_format = 1;
constexpr size_t tree_cache_bytes = 24u << 20;
using Files = std::vector<std::pair<std::string, std::string>>;

[[noreturn]] void fail(const fs::path& folder, const std::string& why) {
  throw std::runtime_error(folder.string() + ": " + why);
}

std::runtime_error damaged(const std::string& path, const std::string& why) {
  return std::runtime_error(path + ": " + why);
}

TreeCache trees_of(ObjectReader& objects) {
  return {tree_cache_bytes, [&objects](const ObjectId& id, const std::string& path) {
            try {
              return objects.read(id, ObjectType::tree);
            } catch (const std::runtime_error& e) {
              throw damaged(path, e.what());
            }
          }};
}

// git's own way: whoever has made the file main.lock may rename it over main, and nobody else.
void move_branch(const Disk& disk, const Repository& repository, const std::optional<Head>& from,
                 const Head& to) {
  const fs::path branch = repository.branch_file();
  NewFile next(disk, branch.string() + ".lock", 0666);
  if (from && repository.newest_commit() != from->commit)
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

Repository open_repository(const fs::path& folder) {
  const Descriptor fd(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd && errno == ENOENT) fail(folder, "no such ledger");
  if (!fd && errno == ENOTDIR) fail(folder, "a file, not a ledger");
  if (!fd) fail(folder, std::strerror(errno));
  return Repository(folder);
}

void make_repository(const fs::path& folder, const Files& files, int64_t unix_time, const SignCommit& sign) {
  Repository::make(folder);
  const Repository repository(folder);
  Batch batch{{}, {}, "a new ledger", unix_time, sign};
  for (const auto& [path, bytes] : files) batch.files.push_back({path, bytes, {}, false, false});
  ObjectReader objects(repository.objects());
  TreeCache trees = trees_of(objects);
  const Disk disk;
  move_branch(disk, repository, {}, write_batch(disk, repository.objects(), trees, batch).head);
  const Descriptor fd(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd || syncfs(fd.get()) != 0) fail(folder, std::string("cannot be synced: ") + std::strerror(errno));
}

void remove_quietly(const fs::path& folder) {
  std::error_code ignored;
  fs::remove_all(folder, ignored);
}

// What is wrong with something in `folder`, whose name nobody has given.
std::string below(const std::string& why, const fs::path& folder) {
  if (!why.starts_with(folder.string())) return why;
  const auto rest = why.substr(folder.string().size());
  return rest.substr(std::min(rest.find_first_not_of("/: "), rest.size()));
}

}  // namespace

struct Ledger::Impl {
  fs::path folder;
  Repository repository;
  mutable BranchTip tip{repository};
  Disk disk;
  ObjectReader objects;
  TreeCache trees;
  std::optional<Head> newest;  // as it was when somebody last asked
  int64_t newest_time = 0;     // of that commit
  mutable std::weak_ptr<void> lock;

  Impl(const fs::path& opened, BeforeStep before)
      : folder(opened),
        repository(open_repository(opened)),
        disk(std::move(before)),
        objects(repository.objects()),
        trees(trees_of(objects)) {}

  ObjectId newest_commit() const;
  const Head& head();
  std::optional<std::string> file(const std::string& path);
  std::string blob(const ObjectId& id, const std::string& path);
  void demand_known_format();
};

ObjectId Ledger::Impl::newest_commit() const {
  const auto commit = tip.read();
  if (!commit) throw damaged(Repository::branch, "cannot be read: it is not there");
  return *commit;
}

const Head& Ledger::Impl::head() {
  const ObjectId id = newest_commit();
  if (!newest || newest->commit != id) {
    try {
      const auto commit = parse_commit(*objects.read(id, ObjectType::commit));
      newest = Head{id, commit.tree};
      newest_time = commit.unix_time;
    } catch (const std::runtime_error& e) {
      throw damaged("commit " + hex(id), e.what());
    }
  }
  return *newest;
}

std::optional<std::string> Ledger::Impl::file(const std::string& path) {
  const size_t slash = path.rfind('/');
  const auto folder_of_it = trees.folder(head().tree, slash == path.npos ? "" : path.substr(0, slash));
  const auto found =
      folder_of_it ? find_entry(*folder_of_it, std::string_view(path).substr(slash + 1)) : std::nullopt;
  if (!found) return std::nullopt;
  if (found->mode != file_mode) throw damaged(path, "is not a plain file");
  return blob(found->id, path);
}

std::string Ledger::Impl::blob(const ObjectId& id, const std::string& path) {
  try {
    return *objects.read(id, ObjectType::blob);
  } catch (const std::runtime_error& e) {
    throw damaged(path, e.what());
  }
}

// A ledger is what has a ledger.json of a known format, or had one before it was damaged.
void Ledger::Impl::demand_known_format() {
  std::optional<std::string> about;
  json format;
  try {
    if (!repository.newest_commit())
      fail(folder, "a git repository but not a stet ledger (no " + std::string(Repository::branch) + ")");
  } catch (const std::runtime_error& e) {
    if (std::string_view(e.what()).starts_with(Repository::branch)) return;
    throw;
  }
  try {
    about = file("ledger.json");
    if (about) format = parse_stored_json(*about).at("format");
  } catch (const std::exception&) {
    return;
  }
  if (!about) fail(folder, "a git repository but not a stet ledger (no ledger.json)");
  if (format != known_format)
    fail(folder, "a ledger of format " + format.dump() + ", this stet reads " + std::to_string(known_format));
}

Ledger::Ledger(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Ledger::~Ledger() = default;
Ledger::Ledger(Ledger&&) noexcept = default;
Ledger& Ledger::operator=(Ledger&&) noexcept = default;

// Made beside its place and then renamed into it, so that a ledger is there with its first commit or
// not at all. rename() takes the place of an empty folder and of nothing else.
Ledger Ledger::create(const fs::path& folder, const Files& files, int64_t unix_time, const SignCommit& sign) {
  const fs::path place = folder.has_filename() ? folder : folder.parent_path();
  const fs::path parent = fs::absolute(place).parent_path();
  const fs::path made = parent / (place.filename().string() + ".new-" + std::to_string(getpid()));
  try {
    if (fs::exists(place) && !(fs::is_directory(place) && fs::is_empty(place)))
      fail(folder, "already exists and is not an empty folder");
    fs::create_directories(parent);
    fs::remove_all(made);  // of a process that had this number and was killed
    make_repository(made, files, unix_time, sign);
    if (rename(made.c_str(), place.c_str()) != 0) fail(folder, std::strerror(errno));
  } catch (const fs::filesystem_error& e) {
    remove_quietly(made);
    fail(folder, e.code().message());
  } catch (const std::exception& e) {
    remove_quietly(made);
    throw std::runtime_error(naming(folder.string(), below(e.what(), made)));
  }
  Disk().sync_folder(parent);
  return open(folder);
}

Ledger Ledger::open(const fs::path& folder, BeforeStep before) {
  auto impl = std::make_unique<Impl>(folder, std::move(before));
  impl->demand_known_format();
  return Ledger(std::move(impl));
}

const fs::path& Ledger::folder() const {
  return impl_->folder;
}

std::vector<std::string> Ledger::articles() const {
  return article_names(impl_->trees, impl_->head().tree);
}

uint32_t Ledger::revisions(const std::string& article) const {
  return newest_revision(impl_->trees, impl_->head().tree, article);
}

Entry Ledger::read(const std::string& article, uint32_t revision) const {
  const auto part = [&](std::string_view suffix) { return file(entry_path(article, revision, suffix)); };
  const auto needed = [&](std::string_view suffix) {
    if (auto bytes = part(suffix)) return std::move(*bytes);
    if (const auto gone = part(".redacted"))
      throw std::runtime_error(
          redaction_sentence(article, revision, *gone, part(".redacted.sig").value_or("")));
    if (revision == 0 || revision > revisions(article))
      throw std::runtime_error(article + ": no revision " + std::to_string(revision) + " in the ledger");
    throw damaged(entry_path(article, revision, suffix), "is missing");
  };
  return {article, revision, needed(""), part(".text"), needed(".report"), needed(".sig")};
}

std::vector<StoredIds> Ledger::stored_ids(const std::string& article) const {
  return stored_revision_ids(impl_->trees, impl_->head().tree, article);
}

std::string Ledger::stored(const ObjectId& id, const std::string& path) const {
  return impl_->blob(id, path);
}

std::optional<std::string> Ledger::file(const std::string& path) const {
  return impl_->file(path);
}

std::vector<std::string> Ledger::names(const std::string& folder) const {
  std::vector<std::string> names;
  const auto tree = impl_->trees.folder(impl_->head().tree, folder);
  for (std::string_view rest = tree ? *tree : std::string_view(); !rest.empty();)
    names.emplace_back(take_entry(rest).name);
  return names;
}

void Ledger::append(const std::vector<Entry>& entries, const std::string& message, int64_t unix_time,
                    const SideFiles& side, const SignCommit& sign) {
  if (impl_->lock.expired()) fail(impl_->folder, "cannot be written to without its lock");
  if (entries.empty() && side.written.empty() && side.removed.empty()) return;
  const Head parent = impl_->head();
  auto files = batch_files(entries, impl_->trees, parent.tree);
  for (const auto& [path, bytes] : side.written) files.push_back({path, bytes, {}, true, false});
  for (const auto& path : side.removed) files.push_back({path, {}, {}, false, true});
  const int64_t time = std::max(unix_time, impl_->newest_time);  // no commit is dated before its parent
  const auto written = write_batch(impl_->disk, impl_->repository.objects(), impl_->trees,
                                   {parent, std::move(files), message, time, sign});
  move_branch(impl_->disk, impl_->repository, parent, written.head);
  impl_->newest = written.head;
  impl_->newest_time = time;
  join_small_packs(impl_->disk, impl_->repository.common_folder());
}

size_t Ledger::edit_history(const HistoryEdit& edit) {
  if (impl_->lock.expired()) fail(impl_->folder, "cannot be written to without its lock");
  const Head old = impl_->head();
  HistoryEdit in_order = edit;  // no commit is dated before its parent
  in_order.unix_time = std::max(edit.unix_time, impl_->newest_time);
  const auto read = [&](const ObjectId& id) { return *impl_->objects.read(id, ObjectType::commit); };
  const auto edited = stet::edit_history(impl_->disk, objects(), impl_->trees, old, read, in_order);
  if (edited.commits == 0) return 0;
  move_branch(impl_->disk, impl_->repository, old, edited.head);
  impl_->newest.reset();
  return edited.commits;
}

// A killed writer leaves git's lock file of the branch, which nobody would ever
// remove; whoever holds the flock knows that its owner is gone.
std::shared_ptr<void> Ledger::lock(const LockWait& wait) const {
  if (auto held = impl_->lock.lock()) return held;
  const fs::path file = impl_->repository.own_folder() / "stet.lock";
  const auto held = std::make_shared<Descriptor>(lock_file(file, wait, impl_->folder.string()));
  std::error_code ignored;
  fs::remove(impl_->repository.branch_file().string() + ".lock", ignored);
  impl_->lock = held;
  impl_->tip.forget();
  return held;
}

fs::path Ledger::objects() const {
  return impl_->repository.objects();
}

ObjectId Ledger::newest_commit() const {
  return impl_->newest_commit();
}

int64_t Ledger::newest_time() const {
  impl_->head();
  return impl_->newest_time;
}

}  // namespace stet
