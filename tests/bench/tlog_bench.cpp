// What the transparency log costs: appending, opening a large log, proofs from tiles in memory.
// Usage: tlog_bench [LEAVES]  (500000). Link with stet_host.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <unordered_map>
#include <vector>

#include "leaf.hpp"
#include "tiles.hpp"

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Runs `work` on 0 to count - 1 and prints how long each took.
template <typename Work>
void time_each(const char* what, size_t count, Work work) {
  const auto start = Clock::now();
  for (size_t i = 0; i < count; ++i) work(i);
  std::printf("%-58s %10.0f ns each, %zu times\n", what, seconds_since(start) * 1e9 / double(count), count);
}

}  // namespace

int main(int argc, char** argv) {
  using namespace stet;
  const size_t size = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 500000;
  std::vector<Hash> leaves(size);
  const std::string digest(64, 'a');
  time_each("leaf data and leaf hash", size, [&](size_t i) {
    leaves[i] = leaf_hash(leaf_data({"article-" + std::to_string(i), 1, digest, digest}));
  });
  RightEdge edge;
  time_each("append to the right edge", size, [&](size_t i) { edge.append(leaves[i]); });

  std::unordered_map<std::string, std::string> files;
  const FileReader read = [&](const std::string& path) -> std::optional<std::string> {
    const auto found = files.find(path);
    if (found == files.end()) return std::nullopt;
    return found->second;
  };
  const auto keep = [&](TileChanges changes) {
    for (auto& file : changes.written) files[file.path] = std::move(file.bytes);
  };
  TileAppender appender;
  time_each("append to tiles, batches of 1,000 (per batch)", (size + 999) / 1000, [&](size_t i) {
    const size_t begin = i * 1000;
    keep(appender.append(std::span(leaves).subspan(begin, std::min<size_t>(1000, size - begin))));
  });
  const Hash root = appender.root();
  time_each("open the log for appending", 100, [&](size_t) { TileAppender(size, root, read); });
  const std::span first(leaves.data(), std::min<size_t>(1000, size));
  time_each("append 1,000 leaves to the open log", 100,
            [&](size_t) { TileAppender(appender).append(first); });
  time_each("append 1 leaf to the open log", 1000,
            [&](size_t) { TileAppender(appender).append(first.first(1)); });

  const auto scattered = [&](size_t i) { return i * 2654435761u % size; };
  time_each("inclusion proof, all tiles read and checked anew", 200,
            [&](size_t i) { inclusion_proof(scattered(i), size, tile_reader(size, root, read)); });
  const auto reader = tile_reader(size, root, read);
  time_each("inclusion proof, scattered leaves, one reader", 2000,
            [&](size_t i) { inclusion_proof(scattered(i), size, reader); });
  time_each("inclusion proof, leaves in order, one reader", std::min<size_t>(size, 100000),
            [&](size_t i) { inclusion_proof(i, size, reader); });
  time_each("consistency proof, scattered sizes, one reader", 2000,
            [&](size_t i) { consistency_proof(1 + scattered(i), size, reader); });
  const auto proof = inclusion_proof(size / 3, size, reader);
  size_t faults = 0;
  time_each("inclusion proof verified", 2000, [&](size_t) {
    faults += inclusion_fault(size / 3, size, leaves[size / 3], proof, root).has_value();
  });
  return edge.root() == root && faults == 0 ? 0 : 1;
}
