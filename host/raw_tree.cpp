#include "raw_tree.hpp"

#include <algorithm>
#include <stdexcept>

namespace stet {
namespace {

bool is_name(std::string_view name) {
  return !name.empty() && name != "." && name != ".." && name.find('/') == name.npos;
}

}  // namespace

RawEntry take_entry(std::string_view& tree) {
  const size_t space = tree.find(' '), end = tree.find('\0');
  RawEntry entry;
  if (end == tree.npos || space > end || end + 1 + entry.id.size() > tree.size())
    throw std::runtime_error("is not a tree");
  entry.mode = tree.substr(0, space);
  entry.name = tree.substr(space + 1, end - space - 1);
  std::memcpy(entry.id.data(), tree.data() + end + 1, entry.id.size());
  tree.remove_prefix(end + 1 + entry.id.size());
  return entry;
}

void append_entry(std::string& tree, const RawEntry& entry) {
  tree += entry.mode;
  tree += ' ';
  tree += entry.name;
  tree += '\0';
  tree += bytes_of(entry.id);
}

bool stands_before(const RawEntry& a, const RawEntry& b) {
  const size_t common = std::min(a.name.size(), b.name.size());
  if (const int order = a.name.substr(0, common).compare(b.name.substr(0, common)); order != 0)
    return order < 0;
  const auto next = [common](const RawEntry& e) {
    return e.name.size() > common ? static_cast<unsigned char>(e.name[common]) : e.is_folder() ? '/' : 0;
  };
  return next(a) < next(b);
}

std::optional<RawEntry> find_entry(std::string_view tree, std::string_view name) {
  while (!tree.empty())
    if (const RawEntry entry = take_entry(tree); entry.name == name) return entry;
  return std::nullopt;
}

std::vector<RawEntry> entries_of(std::string_view tree) {
  std::vector<RawEntry> entries;
  while (!tree.empty()) {
    entries.push_back(take_entry(tree));
    const auto& entry = entries.back();
    if (!is_name(entry.name)) throw std::runtime_error("is a folder with an entry whose name is none");
    if (entries.size() > 1 && !stands_before(entries[entries.size() - 2], entry))
      throw std::runtime_error("is a folder whose entries are out of order");
  }
  return entries;
}

}  // namespace stet
