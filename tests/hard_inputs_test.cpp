#include "hard_inputs.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

#include "utf8.hpp"

namespace {

const stet::HardInput& named(const std::vector<stet::HardInput>& all, const std::string& name) {
  const auto at = std::find_if(all.begin(), all.end(), [&](const auto& i) { return i.name == name; });
  REQUIRE(at != all.end());
  return *at;
}

size_t depth(const std::vector<stet::Node>& nodes, uint32_t node) {
  size_t levels = 0;
  for (; node != stet::no_parent; node = nodes[node].parent) ++levels;
  return levels;
}

}  // namespace

TEST_CASE("hard inputs are what their names say, and the same every time") {
  const auto all = stet::hard_inputs();
  CHECK(named(all, "an empty text").document.text.empty());
  CHECK(named(all, "1 MB of prose").document.text.size() >= 1'000'000);
  CHECK(named(all, "10,000 paragraphs").document.nodes.size() == 10'000);
  const auto& word = named(all, "1 MB without a space").document;
  REQUIRE(word.nodes.size() == 2);
  CHECK(word.nodes[1].range.end - word.nodes[1].range.begin > 990'000);
  const auto& nodes = named(all, "blocks nested 1,000 deep").document.nodes;
  size_t deepest = 0;
  for (uint32_t i = 0; i < nodes.size(); ++i) deepest = std::max(deepest, depth(nodes, i));
  CHECK(deepest >= 1000);
  CHECK(stet::first_not_utf8(*named(all, "metadata that is not UTF-8").metadata).has_value());
  const auto again = stet::hard_inputs();
  for (size_t i = 0; i < all.size(); ++i) CHECK(all[i].document.text == again[i].document.text);
}

TEST_CASE("hard inputs are documents within the rules") {
  for (const auto& input : stet::hard_inputs()) {
    INFO(input.name);
    CHECK_FALSE(stet::first_not_utf8(input.document.text).has_value());
    CHECK(input.document.nodes.size() <= 10'000);
    for (const auto& node : input.document.nodes) CHECK(node.range.end <= input.document.text.size());
  }
}
