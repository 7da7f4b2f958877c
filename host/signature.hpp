// Ed25519 keys and DSSE envelopes (https://github.com/secure-systems-lab/dsse). OpenSSL lives here and
// in digest.cpp.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stet {

inline constexpr std::string_view payload_type = "application/vnd.in-toto+json";

// A key's SSH fingerprint: "SHA256:" and unpadded base64 of SHA-256 over the SSH wire form of the public key,
// as `ssh-keygen -lf` prints it.
std::string ssh_fingerprint(std::string_view ssh_wire);

// The keyid of a key is its SSH fingerprint.
class PublicKey {
 public:
  // One PEM block that holds an Ed25519 public key. Throws std::runtime_error naming `name`.
  static PublicKey from_pem(std::string_view pem, const std::string& name);
  static PublicKey from_raw(std::string_view raw);  // RFC 8032; throws std::runtime_error for what is none
  const std::string& raw() const { return raw_; }
  std::string keyid() const;
  std::string pem() const;
  std::string ssh() const;       // "ssh-ed25519 AAAA..."
  std::string ssh_wire() const;  // RFC 4253 section 6.6 with the key type of RFC 8709
  bool verifies(std::string_view message, std::string_view signature) const;  // false for any other size

 private:
  friend class PrivateKey;
  std::string raw_;  // 32 bytes
};

class PrivateKey {
 public:
  static PrivateKey generate();
  // `passphrase` for an encrypted PEM; never asks for one. Throws std::runtime_error naming the file:
  // unreadable, not a key, not Ed25519, wrong or missing passphrase.
  static PrivateKey load(const std::filesystem::path& file, const std::optional<std::string>& passphrase);
  // New file, mode 0600; PKCS#8, encrypted (scrypt, AES-256) when a passphrase is given. Throws if the
  // file exists or the passphrase is empty or longer than 1000 bytes. Synced when it returns.
  void save(const std::filesystem::path& file, const std::optional<std::string>& passphrase) const;
  PublicKey public_key() const;
  std::string sign(std::string_view message) const;  // 64 bytes

 private:
  struct Free {
    void operator()(void* key) const;
  };
  std::unique_ptr<void, Free> key_;
};

// DSSE pre-authentication encoding of a payload of type `payload_type`.
std::string pre_authentication_encoding(std::string_view payload);

struct Signature {
  std::string keyid;
  std::string bytes;  // 64 bytes
};

// What the ledger stores beside a report: {"signatures":[{"keyid","sig"}]}, canonical JSON.
std::string signatures_file(const std::vector<Signature>& signatures);
// Throws std::runtime_error for anything that signatures_file() would not have written.
std::vector<Signature> parse_signatures_file(std::string_view text);

// The DSSE envelope of a payload and its signatures, canonical JSON:
// {"payload": base64, "payloadType", "signatures": [{"keyid", "sig"}]}.
std::string envelope(std::string_view payload, const std::vector<Signature>& signatures);

}  // namespace stet
