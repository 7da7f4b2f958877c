#include <catch2/catch.hpp>

#include "nodes.hpp"

using namespace stet;

TEST_CASE("nodes are sorted by begin and depth, and parents follow") {
  std::vector<Node> nodes = {{NodeKind::paragraph, no_parent, {5, 9}, "p"},
                             {NodeKind::block_quote, no_parent, {0, 4}, "q"},
                             {NodeKind::link, 0, {5, 6}, "l"},
                             {NodeKind::paragraph, 1, {0, 4}, "r"}};
  put_in_order(nodes);
  std::string order;
  for (const Node& n : nodes) order += n.value;
  CHECK(order == "qrpl");
  CHECK(nodes[1].parent == 0);
  CHECK(nodes[3].parent == 2);
}

TEST_CASE("a link goes to the innermost block that holds all of it") {
  const std::string text = "aaaa bbbb cccc";
  std::vector<Node> nodes = {{NodeKind::block_quote, no_parent, {0, 9}, ""},
                             {NodeKind::paragraph, 0, {0, 4}, ""},
                             {NodeKind::paragraph, 0, {5, 9}, ""}};
  add_links(nodes, text, {{1, 3}, {3, 6}, {5, 9}, {10, 12}});
  REQUIRE(nodes.size() == 6);
  CHECK(nodes[2].value == "aa");
  CHECK(nodes[2].parent == 1);
  CHECK(nodes[3].value == "a b");
  CHECK(nodes[3].parent == 0);
  CHECK(nodes[5].value == "bbbb");
  CHECK(nodes[5].parent == 4);
}
