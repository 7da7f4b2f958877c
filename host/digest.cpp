#include "digest.hpp"

#include <openssl/evp.h>

#include <memory>
#include <stdexcept>

#include "free_with.hpp"
#include "openssl.hpp"

namespace stet {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void require(int succeeded) {
  if (succeeded != 1) throw std::runtime_error("the cryptographic library cannot compute a digest");
}

EVP_MD* fetched(const char* algorithm) {
  start_openssl();
  return EVP_MD_fetch(nullptr, algorithm, nullptr);
}

// Asking OpenSSL 3 for an algorithm costs more than hashing 64 bytes with it, and a Merkle tree hashes
// 64 bytes at a time: the algorithm is asked for once, the context made once a thread.
EVP_MD_CTX* sha256_context() {
  static const std::unique_ptr<EVP_MD, FreeWith<EVP_MD_free>> method(fetched("SHA256"));
  thread_local const std::unique_ptr<EVP_MD_CTX, FreeWith<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
  require(method && context && EVP_DigestInit_ex(context.get(), method.get(), nullptr));
  return context.get();
}

// Value of each base64 character, or -1.
constexpr auto sextets = [] {
  std::array<signed char, 256> values{};
  values.fill(-1);
  for (size_t i = 0; i < alphabet.size(); ++i)
    values[static_cast<unsigned char>(alphabet[i])] = static_cast<signed char>(i);
  values['-'] = values['+'];
  values['_'] = values['/'];
  return values;
}();

std::string_view without_padding(std::string_view text) {
  if (text.size() % 4 != 0) return text;
  for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
  return text;
}

}  // namespace

std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text(bytes.size() * 2, '\0');
  auto out = text.begin();
  for (const unsigned char c : bytes) {
    *out++ = digits[c >> 4];
    *out++ = digits[c & 15];
  }
  return text;
}

std::array<unsigned char, 32> sha256(std::string_view bytes) {
  std::array<unsigned char, 32> out;
  EVP_MD_CTX* context = sha256_context();
  require(EVP_DigestUpdate(context, bytes.data(), bytes.size()));
  require(EVP_DigestFinal_ex(context, out.data(), nullptr));
  return out;
}

std::string sha256_raw(std::string_view bytes) {
  const auto digest = sha256(bytes);
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string sha256_hex(std::string_view bytes) {
  return hex(sha256_raw(bytes));
}

std::string sha512_raw(std::string_view bytes) {
  std::string out(64, '\0');
  auto* to = reinterpret_cast<unsigned char*>(out.data());
  require(EVP_Digest(bytes.data(), bytes.size(), to, nullptr, EVP_sha512(), nullptr));
  return out;
}

std::string git_blob_hex(std::string_view bytes) {
  Sha1 sha1;
  sha1.update("blob " + std::to_string(bytes.size()) + '\0');
  sha1.update(bytes);
  const auto id = sha1.finish();
  return hex({reinterpret_cast<const char*>(id.data()), id.size()});
}

Sha1::Sha1() : context_(EVP_MD_CTX_new()) {
  require(context_ != nullptr);
  begin();
}

// Looking an algorithm up takes OpenSSL 3 longer than hashing a small object.
void Sha1::begin() {
  static const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> algorithm(fetched("SHA1"), EVP_MD_free);
  require(algorithm && EVP_DigestInit_ex2(context_.get(), algorithm.get(), nullptr));
}

void Sha1::update(std::string_view bytes) {
  require(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()));
}

Sha1Digest Sha1::finish() {
  Sha1Digest digest;
  require(EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr));
  begin();
  return digest;
}

void Sha1::Free::operator()(evp_md_ctx_st* context) const {
  EVP_MD_CTX_free(context);
}

std::string base64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  uint32_t pending = 0;
  int bits = 0;
  for (const unsigned char c : bytes) {
    pending = pending << 8 | c;
    for (bits += 8; bits >= 6; bits -= 6) text += alphabet[pending >> (bits - 6) & 63];
  }
  if (bits > 0) text += alphabet[pending << (6 - bits) & 63];
  while (text.size() % 4 != 0) text += '=';
  return text;
}

std::string from_base64(std::string_view text) {
  const std::string_view digits = without_padding(text);
  if (digits.size() % 4 == 1) throw std::runtime_error("base64 text is cut short");
  std::string bytes;
  bytes.reserve(digits.size() * 3 / 4);
  uint32_t pending = 0;
  int bits = 0;
  for (size_t i = 0; i < digits.size(); ++i) {
    const int value = sextets[static_cast<unsigned char>(digits[i])];
    if (value < 0)
      throw std::runtime_error("base64 text holds a foreign character at byte " + std::to_string(i));
    pending = pending << 6 | static_cast<uint32_t>(value);
    if ((bits += 6) < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(pending >> bits & 255);
  }
  if ((pending & ((1u << bits) - 1)) != 0) throw std::runtime_error("base64 text has stray bits at its end");
  return bytes;
}

std::optional<std::string> from_strict_base64(std::string_view text) try {
  std::string bytes = from_base64(text);
  if (base64(bytes) != text) return std::nullopt;
  return bytes;
} catch (const std::runtime_error&) {
  return std::nullopt;
}

}  // namespace stet
