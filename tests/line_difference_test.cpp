#include "line_difference.hpp"

#include <catch2/catch.hpp>

using stet::line_difference;
using Lines = std::vector<std::string>;
using Differences = std::vector<stet::LineDifference>;

TEST_CASE("equal lists differ in nothing") {
  CHECK(line_difference({}, {}).empty());
  CHECK(line_difference({"a", "b", "a"}, {"a", "b", "a"}).empty());
}

TEST_CASE("lines that only one list has are named in order, those to take first") {
  CHECK(line_difference({"a", "b", "c"}, {"a", "x", "c", "d"}) ==
        Differences{{false, 1}, {true, 1}, {true, 3}});
  CHECK(line_difference({"a"}, {}) == Differences{{false, 0}});
  CHECK(line_difference({}, {"a"}) == Differences{{true, 0}});
}

TEST_CASE("the same lines in another order differ") {
  CHECK(line_difference({"a", "b"}, {"b", "a"}).size() == 2);
  CHECK(line_difference({"a"}, {"a", "a"}) == Differences{{true, 1}});
}
