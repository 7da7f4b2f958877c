#include "git.hpp"

#include <git2/errors.h>
#include <git2/sys/odb_backend.h>

#include <algorithm>
#include <cstring>

#include "loose_object.hpp"

namespace stet::git {
namespace {

std::string text_of(const git_oid& id) {
  char text[GIT_OID_HEXSZ + 1];
  return git_oid_tostr(text, sizeof text, &id);
}

// A backend of libgit2's object database that reads loose objects and does nothing else.
struct LooseReader {
  git_odb_backend backend;  // first, since libgit2 hands back a pointer to it
  std::filesystem::path objects;
};

int give(const LooseObject& object, void** bytes, size_t* size, git_object_t* type,
         git_odb_backend* backend) {
  *type = git_object_string2type(object.type.c_str());
  *size = object.bytes.size();
  *bytes = git_odb_backend_data_alloc(backend, object.bytes.size() + 1);
  if (!*bytes) return -1;
  std::memcpy(*bytes, object.bytes.c_str(), object.bytes.size() + 1);
  return 0;
}

int read_loose(void** bytes, size_t* size, git_object_t* type, git_odb_backend* backend,
               const git_oid* id) try {
  const auto* reader = reinterpret_cast<const LooseReader*>(backend);
  const auto object = read_loose_object(reader->objects, text_of(*id));
  return object ? give(*object, bytes, size, type, backend) : GIT_ENOTFOUND;
} catch (const std::exception& e) {
  git_error_set_str(GIT_ERROR_ODB, e.what());
  return -1;
}

void free_reader(git_odb_backend* backend) {
  const std::unique_ptr<LooseReader> owned(reinterpret_cast<LooseReader*>(backend));
}

// Asked before libgit2's own readers, which have 2 and 1, and so instead of them; see loose_object.hpp.
constexpr int before_all_others = 100;

void add_reader(git_repository* repository, const std::filesystem::path& objects) {
  auto reader = std::make_unique<LooseReader>();
  require(git_odb_init_backend(&reader->backend, GIT_ODB_BACKEND_VERSION), objects.string());
  reader->backend.read = read_loose;
  reader->backend.free = free_reader;
  reader->objects = objects;
  git_odb* odb = nullptr;
  require(git_repository_odb(&odb, repository), objects.string());
  const std::unique_ptr<git_odb, FreeWith<git_odb_free>> owned(odb);
  require(git_odb_add_backend(odb, &reader->backend, before_all_others), objects.string());
  static_cast<void>(reader.release());  // the database frees it
}

template <typename Pointer, auto look_up>
Pointer looked_up(git_repository* repository, const git_oid& id, const std::string& path) {
  typename Pointer::pointer object = nullptr;
  if (look_up(&object, repository, &id) < 0) throw Damaged(path, "cannot be read: " + reason());
  return Pointer(object);
}

constexpr size_t most_open_packs = 128;
constexpr ssize_t most_cached_bytes = 8 << 20;

}  // namespace

Library::Library() {
  git_libgit2_init();
  for (const int level :
       {GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL})
    git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, "");
  git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
  git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
  git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 1);
  // A ledger has a pack for every batch, and a process 1024 descriptors; libgit2 keeps all packs open that
  // it has looked into, unless told.
  git_libgit2_opts(GIT_OPT_SET_MWINDOW_FILE_LIMIT, most_open_packs);
  git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, most_cached_bytes);
}

Library::~Library() {
  git_libgit2_shutdown();
}

std::string reason() {
  const git_error* error = git_error_last();
  return error && error->message ? error->message : "libgit2 gives no reason";
}

void require(int status, const std::string& what) {
  if (status < 0) throw std::runtime_error(what + ": " + reason());
}

Tree tree_at(git_repository* repository, const git_oid& id, const std::string& path) {
  return looked_up<Tree, git_tree_lookup>(repository, id, path);
}

Commit commit_at(git_repository* repository, const git_oid& id) {
  return looked_up<Commit, git_commit_lookup>(repository, id, "commit " + text_of(id));
}

std::string blob_at(git_repository* repository, const git_oid& id, const std::string& path) {
  using Blob = std::unique_ptr<git_blob, FreeWith<git_blob_free>>;
  const auto blob = looked_up<Blob, git_blob_lookup>(repository, id, path);
  return {static_cast<const char*>(git_blob_rawcontent(blob.get())),
          static_cast<size_t>(git_blob_rawsize(blob.get()))};
}

std::string tree_bytes_at(git_repository* repository, const git_oid& id, const std::string& path) {
  git_odb* odb = nullptr;
  require(git_repository_odb(&odb, repository), path);
  const std::unique_ptr<git_odb, FreeWith<git_odb_free>> database(odb);
  git_odb_object* object = nullptr;
  if (git_odb_read(&object, odb, &id) < 0) throw Damaged(path, "cannot be read: " + reason());
  const std::unique_ptr<git_odb_object, FreeWith<git_odb_object_free>> owned(object);
  if (git_odb_object_type(object) != GIT_OBJECT_TREE)
    throw Damaged(path, "cannot be read: it is not a folder");
  return {static_cast<const char*>(git_odb_object_data(object)), git_odb_object_size(object)};
}

Repository open(const std::filesystem::path& folder) {
  git_repository* opened = nullptr;
  const int status = git_repository_open_ext(&opened, folder.c_str(), GIT_REPOSITORY_OPEN_NO_SEARCH, nullptr);
  if (status == GIT_ENOTFOUND) throw std::runtime_error(folder.string() + ": not a git repository");
  require(status, folder.string());
  Repository repository(opened);
  const auto objects = std::filesystem::path(git_repository_commondir(opened)) / "objects";
  // LooseReader does not look there, and libgit2's reader must not.
  if (std::filesystem::exists(objects / "info/alternates"))
    throw std::runtime_error(folder.string() +
                             ": keeps objects in another repository (objects/info/alternates)");
  add_reader(opened, objects);
  return repository;
}

git_oid newest_commit(git_repository* repository) {
  git_oid id;
  if (git_reference_name_to_id(&id, repository, branch) < 0)
    throw Damaged(branch, "cannot be read: " + reason());
  return id;
}

Tree tree_of(git_repository* repository, const git_oid& commit) {
  return tree_at(repository, *git_commit_tree_id(commit_at(repository, commit).get()), "/");
}

TreeEntry entry(const git_tree_entry* entry) {
  return {*git_tree_entry_id(entry), git_tree_entry_filemode_raw(entry)};
}

std::optional<TreeEntry> find(git_repository* repository, const std::string& path) {
  Tree tree = tree_of(repository, newest_commit(repository));
  for (size_t begin = 0;;) {
    const size_t end = std::min(path.find('/', begin), path.size());
    const auto* found = git_tree_entry_byname(tree.get(), path.substr(begin, end - begin).c_str());
    if (!found) return std::nullopt;
    const TreeEntry here = entry(found);
    if (end == path.size()) return here;
    if (here.mode != GIT_FILEMODE_TREE) return std::nullopt;
    tree = tree_at(repository, here.id, path.substr(0, end));
    begin = end + 1;
  }
}

}  // namespace stet::git
