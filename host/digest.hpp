// Digests and the encodings they travel in. OpenSSL lives here and in signature.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stet {

std::string hex(std::string_view bytes);         // two lower-case digits a byte
std::string sha256_hex(std::string_view bytes);  // 64 lower-case hex digits
std::array<unsigned char, 32> sha256(std::string_view bytes);
std::string sha256_raw(std::string_view bytes);    // 32 bytes
std::string sha512_raw(std::string_view bytes);    // 64 bytes
std::string git_blob_hex(std::string_view bytes);  // id that git gives these bytes (SHA-1)

std::string base64(std::string_view bytes);  // RFC 4648 section 4, padded
// Accepts section 4 and section 5 (url-safe) alphabets, with all of the padding or none. Throws
// std::runtime_error for anything else: other characters, white space, unused bits that are set.
std::string from_base64(std::string_view text);
// Accepts section 4 with all of its padding and nothing else, so that bytes have one text. Never throws
// for what is in `text`.
std::optional<std::string> from_strict_base64(std::string_view text);

}  // namespace stet
