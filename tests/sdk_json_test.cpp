#include <stet/json.hpp>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using stet::sdk::json_string;
using stet::sdk::JsonArray;
using stet::sdk::JsonObject;

TEST_CASE("a JSON string says what the text says, whatever is in it") {
  std::string every_ascii;
  for (int c = 0; c < 128; ++c) every_ascii += static_cast<char>(c);
  for (const std::string& text : {std::string(), every_ascii, std::string("“Łódź”, \\\"quoted\\\"\n💬")})
    CHECK(nlohmann::json::parse(json_string(text)).get<std::string>() == text);
}

TEST_CASE("objects and arrays keep the order in which they were built") {
  CHECK(JsonObject().str() == "{}");
  CHECK(JsonArray().str() == "[]");
  const auto places = JsonArray().number(4).text("a \"b\"").json("null").str();
  CHECK(places == R"([4,"a \"b\"",null])");
  CHECK(JsonObject().text("word", "x").number("letters", -5).json("places", places).str() ==
        R"({"word":"x","letters":-5,"places":[4,"a \"b\"",null]})");
}

TEST_CASE("a key is quoted as a string is") {
  CHECK(JsonObject().number("a\"b", 1).str() == R"({"a\"b":1})");
}
