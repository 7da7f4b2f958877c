#include "nearest.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace {

const std::vector<std::string> keys = {"rules", "severity", "max-length"};

}  // namespace

TEST_CASE("a misspelt word finds the one that was meant") {
  CHECK(stet::nearest("rulez", keys) == "rules");
  CHECK(stet::nearest("ruels", keys) == "rules");
  CHECK(stet::nearest("sevrity", keys) == "severity");
  CHECK(stet::nearest("maxlength", keys) == "max-length");
  CHECK(stet::nearest("rules", keys) == "rules");
}

TEST_CASE("a word that is like none of them finds none") {
  CHECK(stet::nearest("published", keys).empty());
  CHECK(stet::nearest("", keys).empty());
  CHECK(stet::nearest("rules", {}).empty());
  CHECK(stet::nearest(std::string(100000, 'r'), keys).empty());
}

TEST_CASE("two neighbours swapped are one edit, so the nearer word wins") {
  const std::vector<std::string> words = {"form", "farm"};
  CHECK(stet::nearest("from", words) == "form");
}

TEST_CASE("a hint names the nearest, or all, or that there are none") {
  CHECK(stet::nearest_hint("rulez", keys) == "; did you mean \"rules\"?");
  CHECK(stet::nearest_hint("x", std::vector<std::string>{"a-long-word"}) == "; there are \"a-long-word\"");
  CHECK(stet::nearest_hint("x", {}) == "; there are none");
}
