#include "digest.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace stet;

TEST_CASE("sha256 gives the values of FIPS 180-4") {
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_hex(std::string(1000000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("the raw digest and the hex digest are the same number") {
  const auto raw = sha256("abc");
  CHECK(hex({reinterpret_cast<const char*>(raw.data()), raw.size()}) == sha256_hex("abc"));
  CHECK(raw[0] == 0xba);
}

TEST_CASE("hex keeps leading zeros and the high bit") {
  CHECK(hex(std::string_view("\x00\x0f\xf0\xff", 4)) == "000ff0ff");
  CHECK(hex("").empty());
}

TEST_CASE("a blob's id is what git hash-object prints") {
  CHECK(git_blob_hex("") == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
  CHECK(git_blob_hex("hello\n") == "ce013625030ba8dba906f756967f9e9ca394464a");
  CHECK(git_blob_hex(std::string_view("a\0b", 3)) == "20b5be91886d0b6f26dc98a225c0dac05fe2c86e");
}

TEST_CASE("base64 gives the values of RFC 4648 section 10 and takes them back") {
  const std::pair<std::string_view, std::string_view> vectors[] = {{"", ""},
                                                                   {"f", "Zg=="},
                                                                   {"fo", "Zm8="},
                                                                   {"foo", "Zm9v"},
                                                                   {"foob", "Zm9vYg=="},
                                                                   {"fooba", "Zm9vYmE="},
                                                                   {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    CHECK(base64(bytes) == text);
    CHECK(from_base64(text) == bytes);
  }
}

TEST_CASE("every byte value survives base64 at every length") {
  std::string bytes;
  for (int i = 0; i < 260; ++i) {
    CHECK(from_base64(base64(bytes)) == bytes);
    bytes += static_cast<char>(i * 37);
  }
}

TEST_CASE("the url-safe alphabet and missing padding are understood") {
  CHECK(from_base64("-_-_") == from_base64("+/+/"));
  CHECK(from_base64("Zm9vYg") == "foob");
  CHECK(from_base64("Zm9vYmE") == "fooba");
}

TEST_CASE("base64 that says the same in another way is refused") {
  for (const char* text : {"Zh==",        // the unused bits of the last character are set
                           "Zm9=",        // likewise
                           "Zg=",         // half of the padding
                           "Z", "Zm9vY",  // six bits are no byte
                           "Zg==Zg==",    // padding inside
                           "=", "====", "Zg===", "Zm9v Yg==", "Zm9v\n", "Zm9v*A==", "Zm9v\xc3\xa9="})
    CHECK_THROWS_AS(from_base64(text), std::runtime_error);
}

TEST_CASE("a foreign character in base64 is named by its place") {
  CHECK_THROWS_WITH(from_base64("Zm9*"), Catch::Contains("byte 3"));
}

TEST_CASE("strict base64 takes what base64 writes and nothing else") {
  std::string bytes;
  for (int i = 0; i < 100; ++i) {
    CHECK(from_strict_base64(base64(bytes)) == bytes);
    bytes += static_cast<char>(i * 37);
  }
  for (const char* text : {"Zm9vYg", "-_-_", "Zh==", "Zg=", "Z", "Zm9v\n", " Zm9v", "Zg==Zg=="})
    CHECK_FALSE(from_strict_base64(text));
}

TEST_CASE("threads hash side by side") {
  std::array<std::string, 4> found;
  {
    std::vector<std::thread> threads;
    threads.reserve(found.size());
    for (auto& text : found)
      threads.emplace_back([&text] {
        for (int i = 0; i < 1000; ++i) text = sha256_hex(text);
      });
    for (auto& thread : threads) thread.join();
  }
  std::string expected;
  for (int i = 0; i < 1000; ++i) expected = sha256_hex(expected);
  for (const auto& text : found) CHECK(text == expected);
}
