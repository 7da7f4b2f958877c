#include "sentence.hpp"

#include <catch2/catch.hpp>

TEST_CASE("a name does not stand twice before what is wrong") {
  CHECK(stet::naming("a.txt", "is empty") == "a.txt: is empty");
  CHECK(stet::naming("a.txt", "a.txt: is empty") == "a.txt: is empty");
  CHECK(stet::naming("a", "a.txt: is empty") == "a: a.txt: is empty");
}

TEST_CASE("a name that was said already is not said twice") {
  CHECK(stet::without_name("a.txt: is empty", "a.txt") == "is empty");
  CHECK(stet::without_name("a.txt: is empty", "a") == "a.txt: is empty");
  CHECK(stet::without_name("is empty", "a.txt") == "is empty");
}
