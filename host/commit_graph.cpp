// "CGPH", versions of format and hash, number of chunks, no base graphs; then as in chunk_file.hpp:
//   OIDF  256 counts of the commits' ids up to each first byte
//   OIDL  the ids, sorted
//   CDAT  for each: tree, places of two parents in OIDL, generation (30 bits) and time (34 bits)
//   BIDX  for each where its filter ends
//   BDAT  version of the hash, number of hashes, bits a path; the filters
#include "commit_graph.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "big_endian.hpp"
#include "chunk_file.hpp"

namespace stet {
namespace {

constexpr uint32_t hash_version = 1, hashes = 7, bits_of_path = 10;
constexpr uint32_t first_seed = 0x293ae76f, second_seed = 0x7e646e2c;
constexpr std::string_view any_path = "\xff";  // a filter that may hold whatever it is asked for
constexpr uint32_t no_parent = 0x70000000, last_generation = 0x3fffffff;

uint32_t rotated(uint32_t value, int bits) {
  return value << bits | value >> (32 - bits);
}

// MurmurHash3 (Austin Appleby, 32 bits on x86). git's first version of it takes bytes as `char`, which has a
// sign on some machines: there all that is not ASCII hashes differently.
template <typename Char>
uint32_t murmur3(uint32_t seed, std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<uint32_t>(static_cast<Char>(text[i])); };
  const auto mixed = [](uint32_t k) { return rotated(k * 0xcc9e2d51, 15) * 0x1b873593; };
  uint32_t hash = seed;
  size_t at = 0;
  for (; at + 4 <= text.size(); at += 4) {
    const uint32_t k = byte(at) | byte(at + 1) << 8 | byte(at + 2) << 16 | byte(at + 3) << 24;
    hash = rotated(hash ^ mixed(k), 13) * 5 + 0xe6546b64;
  }
  uint32_t rest = 0;
  for (size_t i = text.size(); i > at; --i) rest ^= byte(i - 1) << 8 * (i - 1 - at);
  if (at < text.size()) hash ^= mixed(rest);
  hash ^= static_cast<uint32_t>(text.size());
  hash = (hash ^ hash >> 16) * 0x85ebca6b;
  hash = (hash ^ hash >> 13) * 0xc2b2ae35;
  return hash ^ hash >> 16;
}

using Hashes = std::array<uint32_t, hashes>;

template <typename Char>
Hashes hashes_of(std::string_view path) {
  const uint32_t first = murmur3<Char>(first_seed, path), second = murmur3<Char>(second_seed, path);
  Hashes all;
  for (uint32_t i = 0; i < hashes; ++i) all[i] = first + i * second;
  return all;
}

void set_bits(std::string& filter, const Hashes& all) {
  const uint64_t bits = filter.size() * 8;
  for (const uint64_t hash : all)
    filter[hash % bits / 8] = static_cast<char>(filter[hash % bits / 8] | 1 << hash % bits % 8);
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

// History names the folders above a path too. What is not ASCII is put in for both kinds of machine: a filter
// may hold more than it need.
std::string changed_path_filter(const std::vector<std::string>& paths) {
  std::string filter(std::max<size_t>((paths.size() * bits_of_path + 7) / 8, 1), '\0');
  for (const auto& path : paths) {
    set_bits(filter, hashes_of<signed char>(path));
    if (!is_ascii(path)) set_bits(filter, hashes_of<unsigned char>(path));
  }
  return filter;
}

bool may_hold(std::string_view filter, std::string_view path) {
  const uint64_t bits = filter.size() * 8;
  const auto all = hashes_of<signed char>(path);
  return std::all_of(all.begin(), all.end(),
                     [&](uint64_t hash) { return filter[hash % bits / 8] >> hash % bits % 8 & 1; });
}

void CommitGraph::add(const CommitChanges& changes) {
  Commit commit{changes.id, changes.header.tree, {}, changes.header.unix_time, 1, {}};
  for (const auto& parent : changes.header.parents) {
    const uint32_t number = numbers_.at(parent);
    commit.parents.push_back(number);
    commit.generation = std::max(commit.generation, commits_[number].generation + 1);
  }
  has_many_parents_ |= commit.parents.size() > 2;
  commit.filter = changes.has_all_paths ? changed_path_filter(changes.paths) : std::string(any_path);
  numbers_.emplace(commit.id, static_cast<uint32_t>(commits_.size()));
  commits_.push_back(std::move(commit));
}

std::vector<uint32_t> CommitGraph::positions(const std::vector<uint32_t>& sorted) const {
  std::vector<uint32_t> positions(sorted.size());
  for (uint32_t i = 0; i < sorted.size(); ++i) positions[sorted[i]] = i;
  return positions;
}

void CommitGraph::append_data(std::string& out, const Commit& commit,
                              const std::vector<uint32_t>& positions) {
  out += bytes_of(commit.tree);
  for (size_t i = 0; i < 2; ++i)
    append_big_endian(out, i < commit.parents.size() ? positions[commit.parents[i]] : no_parent, 4);
  const auto time = static_cast<uint64_t>(std::max<int64_t>(commit.unix_time, 0));
  append_big_endian(out, std::min(commit.generation, last_generation) << 2 | (time >> 32 & 3), 4);
  append_big_endian(out, time, 4);
}

void CommitGraph::write(const Disk& disk, const std::filesystem::path& objects) const {
  const auto place = objects / "info/commit-graph";
  if (commits_.empty() || has_many_parents_) return disk.remove(place);
  std::vector<uint32_t> sorted(commits_.size());
  std::iota(sorted.begin(), sorted.end(), 0u);
  std::sort(sorted.begin(), sorted.end(), [&](auto a, auto b) { return commits_[a].id < commits_[b].id; });
  const auto places = positions(sorted);
  std::array<uint32_t, 256> counts{};
  std::string fanout, ids, data, ends, filters;
  for (const uint32_t value : {hash_version, hashes, bits_of_path}) append_big_endian(filters, value, 4);
  const size_t filters_begin = filters.size();
  for (const uint32_t number : sorted) {
    const Commit& commit = commits_[number];
    ++counts[commit.id[0]];
    ids += bytes_of(commit.id);
    append_data(data, commit, places);
    filters += commit.filter;
    append_big_endian(ends, filters.size() - filters_begin, 4);
  }
  std::partial_sum(counts.begin(), counts.end(), counts.begin());
  for (const uint32_t count : counts) append_big_endian(fanout, count, 4);
  std::filesystem::create_directories(place.parent_path());
  ChunkFile file(disk, place, std::string_view("CGPH\1\1\5\0", 8),
                 {{"OIDF", fanout.size()},
                  {"OIDL", ids.size()},
                  {"CDAT", data.size()},
                  {"BIDX", ends.size()},
                  {"BDAT", filters.size()}});
  for (const auto* chunk : {&fanout, &ids, &data, &ends, &filters}) file.write(*chunk);
  file.finish();
}

}  // namespace stet
