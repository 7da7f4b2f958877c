#include <catch2/catch.hpp>

#include "web_address.hpp"

using stet::resolved;

TEST_CASE("references mean what RFC 3986 says they do") {
  // Its sections 5.4.1 and 5.4.2.
  constexpr const char* base = "http://a/b/c/d;p?q";
  const std::pair<const char*, const char*> examples[] = {{"g:h", "g:h"},
                                                          {"g", "http://a/b/c/g"},
                                                          {"./g", "http://a/b/c/g"},
                                                          {"g/", "http://a/b/c/g/"},
                                                          {"/g", "http://a/g"},
                                                          {"//g", "http://g"},
                                                          {"?y", "http://a/b/c/d;p?y"},
                                                          {"g?y", "http://a/b/c/g?y"},
                                                          {"#s", "http://a/b/c/d;p?q#s"},
                                                          {"g#s", "http://a/b/c/g#s"},
                                                          {"g?y#s", "http://a/b/c/g?y#s"},
                                                          {";x", "http://a/b/c/;x"},
                                                          {"g;x", "http://a/b/c/g;x"},
                                                          {"", "http://a/b/c/d;p?q"},
                                                          {".", "http://a/b/c/"},
                                                          {"./", "http://a/b/c/"},
                                                          {"..", "http://a/b/"},
                                                          {"../", "http://a/b/"},
                                                          {"../g", "http://a/b/g"},
                                                          {"../..", "http://a/"},
                                                          {"../../g", "http://a/g"},
                                                          {"../../../g", "http://a/g"},
                                                          {"/./g", "http://a/g"},
                                                          {"/../g", "http://a/g"},
                                                          {"g.", "http://a/b/c/g."},
                                                          {"..g", "http://a/b/c/..g"},
                                                          {"./../g", "http://a/b/g"},
                                                          {"g/./h", "http://a/b/c/g/h"},
                                                          {"g/../h", "http://a/b/c/h"},
                                                          {"g;x=1/../y", "http://a/b/c/y"},
                                                          {"g?y/../x", "http://a/b/c/g?y/../x"}};
  for (const auto& [reference, meaning] : examples) {
    INFO(reference);
    CHECK(resolved(reference, base) == meaning);
  }
}

TEST_CASE("an address without a path is the root's") {
  CHECK(resolved("g", "https://a.example") == "https://a.example/g");
  CHECK(resolved("?q", "https://a.example") == "https://a.example?q");
}

TEST_CASE("nothing is resolved against what is no absolute address") {
  CHECK(resolved("/g", "") == "/g");
  CHECK(resolved("g", "/a/b") == "g");
  CHECK(resolved("javascript:x()", "https://a.example/") == "javascript:x()");
}
