#include "verify_shortcuts.hpp"

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <system_error>
#include <unordered_map>

#include "big_endian.hpp"
#include "chunk_file.hpp"
#include "files.hpp"
#include "multi_pack_index.hpp"
#include "pack_list.hpp"
#include "pack_lookup.hpp"

namespace stet {
namespace {

namespace fs = std::filesystem;

constexpr size_t id_bytes = 20;

[[noreturn]] void refuse(const std::string& why) {
  throw std::runtime_error(why);
}

// gitformat-commit-graph(5). Several files may follow each other, each of which numbers its commits behind
// those of the files before.
class GraphCheck {
 public:
  explicit GraphCheck(std::span<const LedgerCommit> commits) {
    for (const auto& commit : commits) commits_.emplace(commit.id, &commit.parts);
  }

  // Throws std::runtime_error with one clause.
  void file(const fs::path& file) {
    constexpr size_t header_bytes = 8;
    const Mapping mapping = map_file(file);
    const auto bytes = mapping.bytes();
    if (!bytes.starts_with(std::string_view("CGPH\1\1", 6))) refuse("is no commit-graph");
    const ChunkView chunks(bytes, header_bytes);
    if (!chunks.matches_checksum()) refuse("does not match the checksum at its end");
    const auto ids = chunks.find("OIDL"), data = chunks.find("CDAT");
    const size_t count = ids ? ids->size() / id_bytes : 0;
    if (!data || ids->size() % id_bytes != 0 || data->size() != count * data_bytes)
      refuse("is no commit-graph");
    const size_t first = ids_.size();
    for (size_t i = 0; i < count; ++i) {
      ids_.emplace_back();
      std::copy_n(ids->data() + i * id_bytes, id_bytes, ids_.back().begin());
      generations_.push_back(big_endian_at(*data, i * data_bytes + 28, 4) >> 2);
    }
    for (size_t i = 0; i < count; ++i) commit(first + i, data->substr(i * data_bytes, data_bytes));
  }

 private:
  static constexpr size_t data_bytes = id_bytes + 16;
  static constexpr uint64_t no_parent = 0x70000000, last_generation = 0x3fffffff;

  // Its tree, places of two parents, generation (30 bits) and time (34 bits).
  void commit(size_t number, std::string_view data) const {
    const auto known = commits_.find(ids_[number]);
    if (known == commits_.end()) return;
    const CommitParts& parts = *known->second;
    const auto differs = [&](const char* what) {
      refuse("gives commit " + hex(ids_[number]) + " another " + what + " than it has");
    };
    if (data.substr(0, id_bytes) != bytes_of(parts.tree)) differs("tree");
    uint64_t generation = 1;
    for (size_t i = 0; i < 2; ++i) {
      const uint64_t place = big_endian_at(data, id_bytes + i * 4, 4);
      if (i < parts.parents.size() ? place >= ids_.size() || ids_[place] != parts.parents[i]
                                   : place != no_parent)
        differs("parent");
      if (place != no_parent) generation = std::max(generation, generations_[place] + 1);
    }
    const uint64_t said = generations_[number];  // 0: nobody computed it
    if (said != 0 && said != std::min(generation, last_generation)) differs("generation");
    constexpr uint64_t time_bits = (uint64_t{1} << 34) - 1;
    if ((big_endian_at(data, 28, 8) & time_bits) != (static_cast<uint64_t>(parts.unix_time) & time_bits))
      differs("time");
  }

  std::unordered_map<ObjectId, const CommitParts*, ObjectIdHash> commits_;
  std::vector<ObjectId> ids_;
  std::vector<uint64_t> generations_;
};

// The files that a chain names, in its order: git makes one when it adds to a graph.
std::vector<fs::path> files_of_chain(const fs::path& chain) {
  const std::string names = read_file(chain, 1u << 20);
  std::vector<fs::path> files;
  for (size_t begin = 0; begin < names.size();) {
    const size_t end = std::min(names.find('\n', begin), names.size());
    const std::string name = names.substr(begin, end - begin);
    if (!id_in(name)) throw std::runtime_error("is not a list of commit-graphs");
    files.push_back(chain.parent_path() / ("graph-" + name + ".graph"));
    begin = end + 1;
  }
  return files;
}

// Each object must stand where it says, by the index of the pack.
void check_places(const MultiPackLookup& lookup, const fs::path& objects) {
  if (!lookup.matches_checksum()) refuse("does not match the checksum at its end");
  std::vector<std::unique_ptr<PackLookup>> packs;
  for (const auto& name : lookup.packs()) try {
      packs.push_back(std::make_unique<PackLookup>(objects / "pack" / (name + ".idx")));
    } catch (const std::runtime_error&) {
      refuse("names " + name + ", which is not there or damaged");
    }
  for (size_t i = 0; i < lookup.size(); ++i) {
    const auto object = lookup.object(i);
    const auto place = object.pack < packs.size() ? packs[object.pack]->find(object.id) : std::nullopt;
    if (!place || place->offset != object.offset)
      refuse("says that object " + hex(object.id) + " is where the packs do not have it");
  }
}

// Another process that packs objects anew puts another in its place before it removes packs that this one
// names.
void check_multi_pack_index(const fs::path& objects) {
  const fs::path file = objects / "pack/multi-pack-index";
  constexpr int most_times = 3;
  for (int times = 1;; ++times) {
    const auto inode = inode_of(file);
    try {
      const auto lookup = MultiPackLookup::open(objects);
      if (!lookup) refuse("is no multi-pack-index");
      return check_places(*lookup, objects);
    } catch (const std::runtime_error&) {
      if (!fs::exists(file)) return;  // over one pack there is none
      if (times == most_times || inode == inode_of(file)) throw;
    }
  }
}

}  // namespace

std::vector<std::string> check_shortcuts(
    const fs::path& objects, std::span<const LedgerCommit> commits,
    const std::function<void(const std::string&, const std::string&)>& found) {
  std::vector<std::string> hold;
  const auto check = [&](const fs::path& file, const auto& work) {
    const std::string path = "objects/" + file.lexically_relative(objects).string();
    try {
      if (!fs::is_regular_file(file)) refuse(fs::exists(file) ? "is not a regular file" : "is missing");
      work();
      hold.push_back(path);
    } catch (const std::system_error& e) {
      found(path, "cannot be read: " + e.code().message());
    } catch (const std::exception& e) {
      found(path, e.what());
    }
  };
  GraphCheck graphs(commits);
  std::vector<fs::path> files;
  if (const fs::path chain = objects / "info/commit-graphs/commit-graph-chain"; fs::exists(chain))
    check(chain, [&] { files = files_of_chain(chain); });
  if (const fs::path one = objects / "info/commit-graph"; fs::exists(one)) files = {one};
  for (const auto& file : files) check(file, [&] { graphs.file(file); });
  if (const fs::path file = objects / "pack/multi-pack-index"; fs::exists(file))
    check(file, [&] { check_multi_pack_index(objects); });
  return hold;
}

}  // namespace stet
