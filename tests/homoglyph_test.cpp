#include "homoglyph.hpp"

#include <catch2/catch.hpp>

#include "article_id.hpp"

using namespace stet;

TEST_CASE("an id with letters of another script that look the same is told from the plain one") {
  const auto plain = GENERATE("bbc.example-news", "paypal", "scope");
  std::string other = plain;
  const std::pair<char, const char*> cyrillic[] = {{'c', "с"}, {'a', "а"}, {'o', "о"}};
  for (const auto& [letter, twin] : cyrillic)
    if (const size_t at = other.find(letter); at != other.npos) other.replace(at, 1, twin);
  REQUIRE(article_id(other) == other);
  CHECK(look_alike(plain, other));
  CHECK(LookAlikes({"x", plain}).of(other) == plain);
  CHECK_THROWS_WITH(demand_distinct(other, LookAlikes({plain})),
                    Catch::Contains("looks like \"" + std::string(plain) + "\""));
}

TEST_CASE("ids that people tell apart, or that differ in ASCII alone, are no look-alikes") {
  const LookAlikes known({"article-10", "müller", "zürich-10", "москва", "cafe"});
  for (const char* id :
       {"article-1o", "article-l0", "muller", "zürich-1o", "москвы", "café", "müller", "東京"}) {
    INFO(id);
    CHECK_FALSE(known.of(id));
    CHECK_NOTHROW(demand_distinct(id, known));
  }
}

TEST_CASE("what is added later is known too, and ids that are plain are never refused") {
  LookAlikes known({});
  known.add("сор");  // Cyrillic throughout
  CHECK(known.of("cор") == "сор");
  CHECK_FALSE(known.of("cop"));
}

TEST_CASE("case and normal form make no other id") {
  CHECK(article_id("Zu\xcc\x88rich.MD") == article_id("z\xc3\xbcrich"));
  CHECK(article_id("ALDER") == "alder");
}
