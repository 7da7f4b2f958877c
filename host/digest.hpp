// Digests and the encodings they travel in. OpenSSL lives here and in signature.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace stet {

std::string hex(std::string_view bytes);         // two lower-case digits a byte
std::string sha256_hex(std::string_view bytes);  // 64 lower-case hex digits
std::array<unsigned char, 32> sha256(std::string_view bytes);
std::string sha256_raw(std::string_view bytes);    // 32 bytes
std::string sha512_raw(std::string_view bytes);    // 64 bytes
std::string git_blob_hex(std::string_view bytes);  // id that git gives these bytes (SHA-1)

using Sha1Digest = std::array<unsigned char, 20>;

// SHA-1 of bytes that come in parts: what git names objects by and ends its files with. Nothing that stet
// vouches for rests on it.
class Sha1 {
 public:
  Sha1();
  void update(std::string_view bytes);
  Sha1Digest finish();  // and begins anew

 private:
  void begin();
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

std::string base64(std::string_view bytes);  // RFC 4648 section 4, padded
// Accepts section 4 and section 5 (url-safe) alphabets, with all of the padding or none. Throws
// std::runtime_error for anything else: other characters, white space, unused bits that are set.
std::string from_base64(std::string_view text);
// Accepts section 4 with all of its padding and nothing else, so that bytes have one text. Never throws
// for what is in `text`.
std::optional<std::string> from_strict_base64(std::string_view text);

}  // namespace stet
