// The order of steps, so that a kill after any of them leaves a ledger that reads as before:
//   1. new packs, synced: objects are there twice
//   2. a multi-pack-index that names the new packs alone (over one pack there is none), and the commit-graph
//   3. the old packs go, then loose objects
//   4. stet.compacted says what there is to find, for the next time
#include "maintenance.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "commit_graph.hpp"
#include "digest.hpp"
#include "file_lock.hpp"
#include "files.hpp"
#include "multi_pack_index.hpp"
#include "pack_copies.hpp"
#include "pack_list.hpp"
#include "repository.hpp"

namespace stet {
namespace {

namespace fs = std::filesystem;

constexpr const char* state_file = "stet.compacted";
constexpr size_t packs_to_search = 8;  // more of them are worth an index over all
constexpr size_t most_state_bytes = 64u << 20, reader_cache_bytes = 2u << 20;

using References = std::map<std::string, ObjectId>;

struct LooseFile {
  fs::path file;
  ObjectId id{};
  uint64_t bytes = 0;
};

std::vector<LooseFile> list_loose(const fs::path& objects) {
  std::vector<LooseFile> all;
  for (const auto& folder : fs::directory_iterator(objects)) {
    const std::string start = folder.path().filename();
    std::error_code gone;
    if (start.size() != 2 || !folder.is_directory(gone)) continue;
    for (const auto& file : fs::directory_iterator(folder.path(), gone))
      if (const auto id = id_in(start + file.path().filename().string()))
        all.push_back({file.path(), *id, file.file_size(gone)});
  }
  return all;
}

class Maintenance {
 public:
  Maintenance(const Ledger& ledger, const MaintenanceOptions& options)
      : ledger_(ledger),
        options_(options),
        disk_(options.before),
        objects_(ledger.objects()),
        repository_(objects_.parent_path()) {}

  Upkeep run() {
    const auto lock = lock_packs();
    remove_pack_leftovers(disk_, objects_, PackOwner::keeper);
    remove_stray_indexes(disk_, objects_);
    const auto references = list();
    if (!options_.purge && is_done(references)) {
      result_.was_needed = false;
      result_.packs_after = result_.packs_before;
      result_.bytes_after = result_.bytes_before;
      return result_;
    }
    if (old_packs_.size() > packs_to_search) index_packs(old_packs_);
    write_anew(references);
    remove_old();
    conclude();
    return result_;
  }

 private:
  Descriptor lock_packs() const try {
    return lock_file(repository_.common_folder() / keeper_lock, options_.wait, ledger_.folder().string());
  } catch (const LockHeld&) {
    const auto waited = options_.wait.ms / 1000;
    throw std::runtime_error(ledger_.folder().string() + ": another process keeps its packs in order" +
                             (waited > 0 ? " (waited " + std::to_string(waited) + " s)" : ""));
  }

  // Nobody records meanwhile: a pack that is listed belongs to a commit of these references, or to none.
  References list() {
    const auto locked = ledger_.lock();
    old_packs_ = list_packs(objects_);
    old_loose_ = list_loose(objects_);
    result_.packs_before = old_packs_.size();
    result_.bytes_before = bytes_of_all(old_packs_, old_loose_);
    return repository_.references();
  }

  uint64_t bytes_of_all(const std::vector<ListedPack>& packs, const std::vector<LooseFile>& loose) const {
    uint64_t bytes = size_of("pack/multi-pack-index") + size_of("info/commit-graph");
    for (const auto& pack : packs) bytes += pack.bytes;
    for (const auto& file : loose) bytes += file.bytes;
    return bytes;
  }

  uint64_t size_of(const std::string& file) const {
    std::error_code none;
    const auto size = fs::file_size(objects_ / file, none);
    return none ? 0 : size;
  }

  // What there is after a run, in words; the same words mean that another run would change nothing.
  std::string state(const References& references, const std::vector<ListedPack>& packs, size_t loose) const {
    std::string all;
    for (const auto& [name, id] : references) all += hex(id) + ' ' + name + '\n';
    std::string text = "references " + sha256_hex(all) + "\nlevel " + std::to_string(options_.level) +
                       " cap " + std::to_string(options_.most_pack_bytes) + "\nloose " +
                       std::to_string(loose) + '\n';
    for (const auto& pack : packs) text += pack.name + '\n';
    return text;
  }

  bool is_done(const References& references) const {
    const fs::path file = repository_.common_folder() / state_file;
    return fs::is_regular_file(fs::symlink_status(file)) &&
           (old_packs_.size() < 2 || MultiPackLookup::open(objects_)) &&
           read_file(file, most_state_bytes) == state(references, old_packs_, old_loose_.size());
  }

  void index_packs(const std::vector<ListedPack>& packs) const {
    std::vector<std::string> names;
    for (const auto& pack : packs) names.push_back(pack.name);
    write_multi_pack_index(disk_, objects_, std::move(names));
  }

  void write_anew(const References& references) {
    reader_.emplace(objects_);
    history_.emplace(*reader_);
    size_t commits = 0;
    for (const auto& [name, id] : references)
      history_->reach(id, [&](const CommitChanges& commit) {
        graph_.add(commit);
        tell("reading commits", ++commits, 0);
      });
    written_ = history_->reached().size();
    const auto compacted =
        write_compacted(disk_, objects_, history_->reached(),
                        {options_.most_pack_bytes, options_.level, options_.threads,
                         [&](size_t done, size_t of) { tell("writing objects", done, of); }});
    for (const auto& pack : compacted.packs) new_packs_.push_back(pack.name);
    result_.parts = compacted.parts;
    result_.objects = written_;
    write_multi_pack_index(disk_, objects_, new_packs_.size() > 1 ? new_packs_ : std::vector<std::string>());
    graph_.write(disk_, objects_);
  }

  void tell(const char* what, size_t done, size_t of) const {
    if (options_.progress) options_.progress(what, done, of);
  }

  void remove_old() {
    reach_all();  // most of what was recorded meanwhile, while others may go on
    const auto locked = ledger_.lock();
    reach_all();
    std::erase_if(old_packs_, [&](const ListedPack& pack) {
      const bool is_new = std::find(new_packs_.begin(), new_packs_.end(), pack.name) != new_packs_.end();
      return is_new || (pack.is_kept && !options_.purge);
    });
    result_.removed_old = are_needless();
    if (!result_.removed_old) return;
    remove_packs(disk_, objects_, old_packs_);
    disk_.sync_folder(objects_ / "pack");
    for (const auto& loose : old_loose_)
      if (is_written(loose.id) || (options_.purge && !history_->reached().contains(loose.id)))
        disk_.remove(loose.file);
  }

  void reach_all() {
    for (const auto& [name, id] : repository_.references()) history_->reach(id);
  }

  bool is_written(const ObjectId& id) const {
    const auto number = history_->reached().number(id);
    return number && *number < written_;
  }

  // Whether what is needed now, and is not in the new packs, is elsewhere than in what is about to go. A
  // writer of ours writes all that its commit brings; git itself would not write what is there.
  bool are_needless() const {
    std::set<std::string> staying;
    for (const auto& pack : list_packs(objects_)) {
      const auto is_old = [&](const ListedPack& old) {
        return old.name == pack.name && old.file == pack.file;
      };
      if (std::none_of(old_packs_.begin(), old_packs_.end(), is_old)) staying.insert(pack.name);
    }
    PackReader packs(objects_, reader_cache_bytes);
    Sha1 sha1;
    const auto has = [&](const ObjectId& id) {
      const auto copies = packs.copies(id);
      return std::any_of(copies.begin(), copies.end(), [&](const PackReader::Copy& copy) {
        return staying.contains(copy.pack) && !copy_fault(packs, copy, id, sha1);
      });
    };
    const auto& all = history_->reached().all();
    return std::all_of(all.begin() + static_cast<ptrdiff_t>(written_), all.end(), [&](const auto& object) {
      const std::string name = hex(object.id);
      return fs::exists(objects_ / name.substr(0, 2) / name.substr(2)) || has(object.id);
    });
  }

  void conclude() {
    const auto locked = ledger_.lock();
    const auto packs = list_packs(objects_);
    const auto loose = list_loose(objects_);
    result_.packs_after = packs.size();
    result_.bytes_after = bytes_of_all(packs, loose);
    result_.index_bytes = size_of("pack/multi-pack-index") + size_of("info/commit-graph");
    for (const auto& pack : packs) result_.index_bytes += size_of("pack/" + pack.name + ".idx");
    if (result_.removed_old)
      replace_file(repository_.common_folder() / state_file,
                   state(repository_.references(), packs, loose.size()));
  }

  const Ledger& ledger_;
  const MaintenanceOptions& options_;
  Disk disk_;
  fs::path objects_;
  Repository repository_;
  std::vector<ListedPack> old_packs_;
  std::vector<LooseFile> old_loose_;
  std::optional<ObjectReader> reader_;
  std::optional<History> history_;
  CommitGraph graph_;
  size_t written_ = 0;  // of what was reached, the first so many are in the new packs
  std::vector<std::string> new_packs_;
  Upkeep result_;
};

}  // namespace

Upkeep maintain(const Ledger& ledger, const MaintenanceOptions& options) {
  return Maintenance(ledger, options).run();
}

}  // namespace stet
