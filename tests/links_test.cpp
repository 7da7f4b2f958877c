#include <catch2/catch.hpp>

#include "links.hpp"

using namespace stet;

namespace {

std::vector<std::string> found(const std::string& text) {
  std::vector<std::string> out;
  for (Range r : find_addresses(text)) out.push_back(text.substr(r.begin, r.end - r.begin));
  return out;
}

using List = std::vector<std::string>;

}  // namespace

TEST_CASE("an address ends where its sentence goes on") {
  CHECK(found("See http://a.b/c, or https://d.e/f?g=h&i=j#k. Then") ==
        List{"http://a.b/c", "https://d.e/f?g=h&i=j#k"});
  CHECK(found("“http://a.b/c”") == List{"http://a.b/c"});
  CHECK(found("'http://a.b/c'!") == List{"http://a.b/c"});
  CHECK(found("<http://a.b/c> \"http://a.b/d\"") == List{"http://a.b/c", "http://a.b/d"});
  CHECK(found("http://a.b/c… http://a.b/d—and") == List{"http://a.b/c", "http://a.b/d—and"});
  CHECK(found("http://a.b/c\u00A0d") == List{"http://a.b/c"});
}

TEST_CASE("brackets belong to an address when they are balanced in it") {
  CHECK(found("(see http://a.b/c_(d))") == List{"http://a.b/c_(d)"});
  CHECK(found("(http://a.b/c).") == List{"http://a.b/c"});
  CHECK(found("[http://a.b/c]") == List{"http://a.b/c"});
  CHECK(found("http://[::1]/c") == List{"http://[::1]/c"});
  CHECK(found("http://a.b/(c") == List{"http://a.b/(c"});
}

TEST_CASE("only whole schemes with a host count") {
  CHECK(found("HTTPS://A.B/c") == List{"HTTPS://A.B/c"});
  CHECK(found("xhttp://a.b 1https://c.d ftp://e.f ://g http://").empty());
  CHECK(found("http://. http://) http:// a https://-").empty());
  CHECK(found("").empty());
  CHECK(found("http://münchen.example/ü.") == List{"http://münchen.example/ü"});
}

TEST_CASE("an address inside an address is part of it") {
  CHECK(found("http://a.b/http://c.d e") == List{"http://a.b/http://c.d"});
}
