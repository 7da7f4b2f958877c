#include "git.hpp"

#include <git2/errors.h>
#include <git2/sys/odb_backend.h>
#include <git2/sys/repository.h>

#include <algorithm>
#include <iterator>

#include "git_object.hpp"
#include "loose_object.hpp"
#include "pack_reader.hpp"

namespace stet::git {
namespace {

std::string text_of(const git_oid& id) {
  char text[GIT_OID_HEXSZ + 1];
  return git_oid_tostr(text, sizeof text, &id);
}

constexpr size_t most_cached_bytes = 8u << 20;

// A backend of libgit2's object database that reads loose objects and packs and does nothing else.
struct Reader {
  explicit Reader(const std::filesystem::path& folder) : objects(folder), packs(folder, most_cached_bytes) {}

  git_odb_backend backend{};  // first, since libgit2 hands back a pointer to it
  std::filesystem::path objects;
  PackReader packs;
};

int give(std::string_view object, git_object_t object_type, void** bytes, size_t* size, git_object_t* type,
         git_odb_backend* backend) {
  *type = object_type;
  *size = object.size();
  auto* copy = static_cast<char*>(git_odb_backend_data_alloc(backend, object.size() + 1));
  if (!copy) return -1;
  *std::copy(object.begin(), object.end(), copy) = '\0';
  *bytes = copy;
  return 0;
}

int read(void** bytes, size_t* size, git_object_t* type, git_odb_backend* backend, const git_oid* id) try {
  auto* reader = reinterpret_cast<Reader*>(backend);
  ObjectId wanted;
  std::copy(std::begin(id->id), std::end(id->id), wanted.begin());
  // libgit2's numbers of types are those of the packs.
  const auto packed = reader->packs.read(wanted);
  if (packed) return give(packed->bytes, static_cast<git_object_t>(packed->type), bytes, size, type, backend);
  const auto loose = read_loose_object(reader->objects, text_of(*id));
  if (!loose) return GIT_ENOTFOUND;  // then libgit2 calls refresh() and asks once more
  return give(loose->bytes, git_object_string2type(loose->type.c_str()), bytes, size, type, backend);
} catch (const std::exception& e) {
  git_error_set_str(GIT_ERROR_ODB, e.what());
  return -1;
}

int refresh(git_odb_backend* backend) try {
  reinterpret_cast<Reader*>(backend)->packs.refresh();
  return 0;
} catch (const std::exception& e) {
  git_error_set_str(GIT_ERROR_ODB, e.what());
  return -1;
}

void free_reader(git_odb_backend* backend) {
  const std::unique_ptr<Reader> owned(reinterpret_cast<Reader*>(backend));
}

// In the place of libgit2's own readers; see loose_object.hpp and pack_reader.hpp.
void set_reader(git_repository* repository, const std::filesystem::path& objects) {
  auto reader = std::make_unique<Reader>(objects);
  require(git_odb_init_backend(&reader->backend, GIT_ODB_BACKEND_VERSION), objects.string());
  reader->backend.read = read;
  reader->backend.refresh = refresh;
  reader->backend.free = free_reader;
  git_odb* odb = nullptr;
  require(git_odb_new(&odb), objects.string());
  const std::unique_ptr<git_odb, FreeWith<git_odb_free>> owned(odb);
  require(git_odb_add_backend(odb, &reader->backend, 1), objects.string());
  static_cast<void>(reader.release());  // the database frees it
  require(git_repository_set_odb(repository, odb), objects.string());
}

template <typename Pointer, auto look_up>
Pointer looked_up(git_repository* repository, const git_oid& id, const std::string& path) {
  typename Pointer::pointer object = nullptr;
  if (look_up(&object, repository, &id) < 0) throw Damaged(path, "cannot be read: " + reason());
  return Pointer(object);
}

}  // namespace

Library::Library() {
  git_libgit2_init();
  for (const int level :
       {GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL})
    git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, "");
  git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
  git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
  git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 1);
  git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, static_cast<ssize_t>(most_cached_bytes));
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

Repository open(const std::filesystem::path& folder) {
  git_repository* opened = nullptr;
  const int status = git_repository_open_ext(&opened, folder.c_str(), GIT_REPOSITORY_OPEN_NO_SEARCH, nullptr);
  if (status == GIT_ENOTFOUND) throw std::runtime_error(folder.string() + ": not a git repository");
  require(status, folder.string());
  Repository repository(opened);
  const auto objects = std::filesystem::path(git_repository_commondir(opened)) / "objects";
  // Reader does not look there.
  if (std::filesystem::exists(objects / "info/alternates"))
    throw std::runtime_error(folder.string() +
                             ": keeps objects in another repository (objects/info/alternates)");
  set_reader(opened, objects);
  return repository;
}

TreeEntry entry(const git_tree_entry* entry) {
  return {*git_tree_entry_id(entry), git_tree_entry_filemode_raw(entry)};
}

}  // namespace stet::git
