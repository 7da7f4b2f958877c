#include "pack_list.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <set>

namespace stet {
namespace {

namespace fs = std::filesystem;

constexpr const char* belongings[] = {".idx", ".rev", ".bitmap", ".mtimes"};

std::set<std::string> names_in(const fs::path& folder) {
  std::set<std::string> names;
  std::error_code none;
  for (const auto& file : fs::directory_iterator(folder, none)) names.insert(file.path().filename());
  return names;
}

}  // namespace

uint64_t inode_of(const fs::path& file) {
  struct stat about {};
  return stat(file.c_str(), &about) == 0 ? about.st_ino : 0;
}

size_t count_packs(const fs::path& objects) {
  const auto names = names_in(objects / "pack");
  return static_cast<size_t>(
      std::count_if(names.begin(), names.end(), [](const auto& name) { return name.ends_with(".pack"); }));
}

std::vector<ListedPack> list_packs(const fs::path& objects) {
  const fs::path folder = objects / "pack";
  const auto names = names_in(folder);
  std::vector<ListedPack> packs;
  for (const auto& file : names) {
    if (!file.ends_with(".pack")) continue;
    const std::string name = file.substr(0, file.size() - 5);
    if (!names.contains(name + ".idx")) continue;
    std::error_code no_pack, no_index;
    const uint64_t inode = inode_of(folder / file), bytes = fs::file_size(folder / file, no_pack),
                   index_bytes = fs::file_size(folder / (name + ".idx"), no_index);
    if (inode == 0 || no_pack || no_index) continue;  // gone meanwhile
    packs.push_back({name, bytes + index_bytes, inode, names.contains(name + ".keep")});
  }
  return packs;
}

// The pack goes first: an index without a pack is never what a writer is about to complete.
void remove_packs(const Disk& disk, const fs::path& objects, const std::vector<ListedPack>& packs) {
  for (const auto& pack : packs) {
    const fs::path place = objects / "pack" / pack.name;
    if (inode_of(place.string() + ".pack") != pack.file) continue;
    disk.remove(place.string() + ".pack");
    for (const char* ending : belongings)
      if (inode_of(place.string() + ending) != 0) disk.remove(place.string() + ending);
  }
}

void remove_stray_indexes(const Disk& disk, const fs::path& objects) {
  const fs::path folder = objects / "pack";
  const auto names = names_in(folder);
  for (const auto& file : names) {
    const fs::path name = file;
    const bool belongs = std::find(std::begin(belongings), std::end(belongings), name.extension().string()) !=
                         std::end(belongings);
    if (file.starts_with("pack-") && belongs && !names.contains(name.stem().string() + ".pack"))
      disk.remove(folder / file);
  }
}

}  // namespace stet
