#include "nodes.hpp"

#include <algorithm>
#include <numeric>

namespace stet {

void put_in_order(std::vector<Node>& nodes) {
  std::vector<uint32_t> depth(nodes.size(), 0), order(nodes.size()), place(nodes.size());
  for (size_t i = 0; i < nodes.size(); ++i)
    if (nodes[i].parent != no_parent) depth[i] = depth[nodes[i].parent] + 1;
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    return std::pair(nodes[a].range.begin, depth[a]) < std::pair(nodes[b].range.begin, depth[b]);
  });
  for (uint32_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  std::vector<Node> sorted;
  sorted.reserve(nodes.size());
  for (uint32_t i : order) {
    sorted.push_back(std::move(nodes[i]));
    if (auto& parent = sorted.back().parent; parent != no_parent) parent = place[parent];
  }
  nodes = std::move(sorted);
}

void add_links(std::vector<Node>& nodes, std::string_view text, const std::vector<Range>& addresses) {
  if (addresses.empty()) return;
  const auto blocks = static_cast<uint32_t>(nodes.size());
  uint32_t next = 0, innermost = no_parent;
  for (const Range& address : addresses) {
    // The last block that begins here or before: a later one is further in, or further on.
    for (; next < blocks && nodes[next].range.begin <= address.begin; ++next) innermost = next;
    while (innermost != no_parent && nodes[innermost].range.end < address.end)
      innermost = nodes[innermost].parent;
    if (innermost == no_parent) continue;
    nodes.push_back({NodeKind::link, innermost, address,
                     std::string(text.substr(address.begin, address.end - address.begin))});
  }
  put_in_order(nodes);
}

}  // namespace stet
