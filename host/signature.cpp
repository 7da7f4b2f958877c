#include "signature.hpp"

#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "canonical.hpp"
#include "descriptor.hpp"
#include "digest.hpp"
#include "files.hpp"
#include "foreign_json.hpp"
#include "free_with.hpp"
#include "openssl.hpp"
#include "sodium.hpp"

namespace stet {
namespace {

using nlohmann::json;

constexpr size_t raw_key_size = 32;
constexpr size_t signature_size = 64;
constexpr size_t max_passphrase = 1000;  // OpenSSL reads one into 1024 bytes
constexpr size_t max_key_file = 1 << 16;
// A public key's DER encoding, but for the 32 bytes of the key (RFC 8410).
constexpr std::string_view before_the_key("\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00", 12);
constexpr const char* unsound = "not a sound Ed25519 public key: others could sign for it";
constexpr const char* public_key_name = "PUBLIC KEY";  // in PEM
constexpr std::string_view keyid_characters =          // of those that stet makes
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/:";

using Bio = std::unique_ptr<BIO, FreeWith<BIO_free_all>>;
using Key = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;
using Context = std::unique_ptr<EVP_MD_CTX, FreeWith<EVP_MD_CTX_free>>;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// OpenSSL keeps a queue of errors a thread; left alone, an old entry explains a new failure.
[[noreturn]] void fail(const std::string& sentence) {
  ERR_clear_error();
  throw std::runtime_error(sentence);
}

[[noreturn]] void fail(const std::filesystem::path& file, const std::string& reason) {
  fail(file.string() + ": " + reason);
}

Bio reading(std::string_view text) {
  Bio bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  if (!bio) throw std::bad_alloc();
  return bio;
}

Bio writing() {
  Bio bio(BIO_new(BIO_s_mem()));
  if (!bio) throw std::bad_alloc();
  return bio;
}

std::string_view written(const Bio& bio) {
  char* start = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &start);
  return {start, static_cast<size_t>(size)};
}

struct Passphrase {
  const std::optional<std::string>& given;
  bool asked = false;
};

// Stands in for OpenSSL's own callback, which would ask the terminal.
int give_passphrase(char* buffer, int size, int, void* user) {
  auto& passphrase = *static_cast<Passphrase*>(user);
  passphrase.asked = true;
  if (!passphrase.given || passphrase.given->size() > static_cast<size_t>(size)) return -1;
  std::memcpy(buffer, passphrase.given->data(), passphrase.given->size());
  return static_cast<int>(passphrase.given->size());
}

void free_memory(void* memory) {  // OPENSSL_free() is a macro
  OPENSSL_free(memory);
}

int no_passphrase(char*, int, int, void*) {
  return -1;
}

std::string raw_public(EVP_PKEY* key) {
  std::string raw(raw_key_size, '\0');
  size_t size = raw.size();
  if (EVP_PKEY_get_raw_public_key(key, reinterpret_cast<unsigned char*>(raw.data()), &size) != 1 ||
      size != raw_key_size)
    fail("the cryptographic library cannot give a public key");
  return raw;
}

// The key of a PEM as pem() writes it; nothing for all else, on which OpenSSL decides. Its reader for any
// key, in any form, takes ten times as long.
std::optional<std::string> plain_public_key(std::string_view pem) {
  char *name = nullptr, *header = nullptr;
  unsigned char* bytes = nullptr;
  long size = 0;
  if (PEM_read_bio(reading(pem).get(), &name, &header, &bytes, &size) != 1) return std::nullopt;
  const std::unique_ptr<char, FreeWith<free_memory>> owned_name(name), owned_header(header);
  const std::unique_ptr<unsigned char, FreeWith<free_memory>> owned(bytes);
  const std::string_view der(reinterpret_cast<const char*>(bytes), static_cast<size_t>(size));
  if (std::strcmp(name, public_key_name) != 0 || *header ||
      der.size() != before_the_key.size() + raw_key_size || !der.starts_with(before_the_key))
    return std::nullopt;
  return std::string(der.substr(before_the_key.size()));
}

Key public_key_of(const std::string& raw) {
  start_openssl();
  Key key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes_of(raw), raw.size()));
  if (!key) fail("not an Ed25519 public key");
  return key;
}

// Likewise what write_plain() writes.
Key plain_private_key(std::string_view pem) {
  const std::unique_ptr<PKCS8_PRIV_KEY_INFO, FreeWith<PKCS8_PRIV_KEY_INFO_free>> info(
      PEM_read_bio_PKCS8_PRIV_KEY_INFO(reading(pem).get(), nullptr, no_passphrase, nullptr));
  const ASN1_OBJECT* algorithm = nullptr;
  const unsigned char* wrapped = nullptr;
  int size = 0;
  if (!info || PKCS8_pkey_get0(&algorithm, &wrapped, &size, nullptr, info.get()) != 1 ||
      OBJ_obj2nid(algorithm) != EVP_PKEY_ED25519)
    return nullptr;
  const std::unique_ptr<ASN1_OCTET_STRING, FreeWith<ASN1_STRING_clear_free>> raw(
      d2i_ASN1_OCTET_STRING(nullptr, &wrapped, size));
  if (!raw) return nullptr;
  return Key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, ASN1_STRING_get0_data(raw.get()),
                                          static_cast<size_t>(ASN1_STRING_length(raw.get()))));
}

void write_plain(BIO* out, EVP_PKEY* key) {
  if (PEM_write_bio_PKCS8PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr) != 1)
    fail("the cryptographic library cannot write a private key");
}

// scrypt with N = 2^14, r = 8, p = 1, as `openssl pkcs8 -topk8 -scrypt` writes.
void write_encrypted(BIO* out, EVP_PKEY* key, const std::string& passphrase) {
  const std::unique_ptr<PKCS8_PRIV_KEY_INFO, FreeWith<PKCS8_PRIV_KEY_INFO_free>> info(EVP_PKEY2PKCS8(key));
  std::unique_ptr<X509_ALGOR, FreeWith<X509_ALGOR_free>> method(
      PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), nullptr, 0, nullptr, 1 << 14, 8, 1));
  if (!info || !method) fail("the cryptographic library cannot encrypt a private key");
  const std::unique_ptr<X509_SIG, FreeWith<X509_SIG_free>> sealed(
      PKCS8_set0_pbe(passphrase.data(), static_cast<int>(passphrase.size()), info.get(), method.get()));
  if (sealed) static_cast<void>(method.release());  // owned by `sealed` now
  if (!sealed || PEM_write_bio_PKCS8(out, sealed.get()) != 1)
    fail("the cryptographic library cannot encrypt a private key");
}

bool write_and_sync(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    bytes.remove_prefix(static_cast<size_t>(n));
  }
  return fsync(fd) == 0;
}

void sync_folder_of(const std::filesystem::path& file) {
  const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  const Descriptor fd(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd || fsync(fd.get()) != 0) fail(folder, std::string("cannot be synced: ") + std::strerror(errno));
}

void write_secret(const std::filesystem::path& file, std::string_view bytes) {
  const Descriptor fd(open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!fd) fail(file, errno == EEXIST ? "already exists" : std::strerror(errno));
  if (!write_and_sync(fd.get(), bytes)) {
    const int error = errno;
    unlink(file.c_str());
    fail(file, std::string("cannot be written: ") + std::strerror(error));
  }
  sync_folder_of(file);
}

json signature_list(const std::vector<Signature>& signatures) {
  json list = json::array();
  for (const auto& s : signatures) list.push_back({{"keyid", s.keyid}, {"sig", base64(s.bytes)}});
  return list;
}

// What signatures_file() writes of plain keyids; nothing for all else, on which the JSON decides.
std::optional<std::vector<Signature>> plain_signatures(std::string_view text) {
  const auto take = [&](std::string_view word) {
    const bool is_there = text.starts_with(word);
    if (is_there) text.remove_prefix(word.size());
    return is_there;
  };
  const auto take_value = [&] {
    const auto value = text.substr(0, text.find('"'));
    text.remove_prefix(value.size());
    return value;
  };
  std::vector<Signature> all;
  for (bool more = take(R"({"signatures":[)"); more; more = take(",")) {
    if (!take(R"({"keyid":")")) return std::nullopt;
    const auto keyid = take_value();
    if (keyid.find_first_not_of(keyid_characters) != keyid.npos || !take(R"(","sig":")")) return std::nullopt;
    auto bytes = from_strict_base64(take_value());
    if (!bytes || bytes->size() != signature_size || !take("\"}")) return std::nullopt;
    all.push_back({std::string(keyid), std::move(*bytes)});
  }
  if (text != "]}" || all.empty()) return std::nullopt;
  return all;
}

}  // namespace

PublicKey PublicKey::from_pem(std::string_view pem, const std::string& name) {
  start_openssl();
  auto raw = plain_public_key(pem);
  if (!raw) {
    const Key key(PEM_read_bio_PUBKEY(reading(pem).get(), nullptr, nullptr, nullptr));
    if (!key) fail(name, "not a public key in PEM form");
    if (EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_ED25519) fail(name, "not an Ed25519 key");
    raw = raw_public(key.get());
  }
  if (!is_sound_key(*raw)) fail(name, unsound);
  PublicKey out;
  out.raw_ = std::move(*raw);
  return out;
}

PublicKey PublicKey::from_raw(std::string_view raw) {
  if (raw.size() != raw_key_size)
    fail("an Ed25519 public key has 32 bytes, not " + std::to_string(raw.size()));
  if (!is_sound_key(raw)) fail(unsound);
  PublicKey out;
  out.raw_ = raw;
  return out;
}

std::string ssh_fingerprint(std::string_view ssh_wire) {
  std::string text = base64(sha256_raw(ssh_wire));
  text.pop_back();  // 32 bytes always end in one '='
  return "SHA256:" + text;
}

std::string PublicKey::keyid() const {
  return ssh_fingerprint(ssh_wire());
}

std::string PublicKey::ssh_wire() const {
  using namespace std::string_literals;
  return "\0\0\0\x0bssh-ed25519\0\0\0\x20"s + raw_;
}

std::string PublicKey::pem() const {
  start_openssl();
  const Bio bio = writing();
  const std::string der = std::string(before_the_key) + raw_;
  if (PEM_write_bio(bio.get(), public_key_name, "", bytes_of(der), static_cast<long>(der.size())) <= 0)
    fail("the cryptographic library cannot write a public key");
  return std::string(written(bio));
}

std::string PublicKey::ssh() const {
  return "ssh-ed25519 " + base64(ssh_wire());
}

bool PublicKey::verifies(std::string_view message, std::string_view signature) const {
  if (signature.size() != signature_size) return false;
  if (surely_verifies(raw_, message, signature)) return true;
  const Key key = public_key_of(raw_);
  const Context context(EVP_MD_CTX_new());
  if (!context || EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1)
    fail("the cryptographic library cannot verify an Ed25519 signature");
  const bool good = EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(message),
                                     message.size()) == 1;
  ERR_clear_error();
  return good;
}

void PrivateKey::Free::operator()(void* key) const {
  EVP_PKEY_free(static_cast<EVP_PKEY*>(key));
}

PrivateKey PrivateKey::generate() {
  start_openssl();
  PrivateKey out;
  out.key_.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  if (!out.key_) fail("the cryptographic library cannot make an Ed25519 key");
  return out;
}

PrivateKey PrivateKey::load(const std::filesystem::path& file, const std::optional<std::string>& passphrase) {
  std::string pem = read_file(file, max_key_file);
  start_openssl();
  Passphrase asking{passphrase};
  Key key = plain_private_key(pem);
  if (!key) key.reset(PEM_read_bio_PrivateKey(reading(pem).get(), nullptr, give_passphrase, &asking));
  OPENSSL_cleanse(pem.data(), pem.size());
  ERR_clear_error();  // what the first way said before the second one read it
  if (!key && asking.asked && !passphrase) fail(file, "is encrypted and no passphrase was given");
  if (!key && asking.asked) fail(file, "wrong passphrase, or the key is damaged");
  if (!key) fail(file, "not a private key in PEM form");
  if (EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_ED25519) fail(file, "not an Ed25519 key");
  PrivateKey out;
  out.key_.reset(key.release());
  return out;
}

void PrivateKey::save(const std::filesystem::path& file, const std::optional<std::string>& passphrase) const {
  if (passphrase && passphrase->empty()) fail(file, "an empty passphrase protects no key");
  if (passphrase && passphrase->size() > max_passphrase)
    fail(file, "the passphrase is longer than 1000 bytes");
  const Bio bio(BIO_new(BIO_s_secmem()));  // wiped when freed
  if (!bio) throw std::bad_alloc();
  auto* key = static_cast<EVP_PKEY*>(key_.get());
  if (passphrase)
    write_encrypted(bio.get(), key, *passphrase);
  else
    write_plain(bio.get(), key);
  write_secret(file, written(bio));
}

PublicKey PrivateKey::public_key() const {
  PublicKey out;
  out.raw_ = raw_public(static_cast<EVP_PKEY*>(key_.get()));
  return out;
}

std::string PrivateKey::sign(std::string_view message) const {
  const Context context(EVP_MD_CTX_new());
  std::string signature(signature_size, '\0');
  size_t size = signature.size();
  if (!context ||
      EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, static_cast<EVP_PKEY*>(key_.get())) != 1 ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                     bytes_of(message), message.size()) != 1 ||
      size != signature_size)
    fail("the cryptographic library cannot sign");
  return signature;
}

std::string pre_authentication_encoding(std::string_view payload) {
  std::string out = "DSSEv1 " + std::to_string(payload_type.size()) + ' ';
  out.append(payload_type).append(" ").append(std::to_string(payload.size())).append(" ").append(payload);
  return out;
}

std::string signatures_file(const std::vector<Signature>& signatures) {
  return canonical({{"signatures", signature_list(signatures)}});
}

std::vector<Signature> parse_signatures_file(std::string_view text) try {
  if (auto plain = plain_signatures(text)) return std::move(*plain);
  const json file = parse_stored_json(text);
  std::vector<Signature> out;
  for (const auto& s : file.at("signatures")) {
    out.push_back({s.at("keyid").get<std::string>(), from_base64(s.at("sig").get_ref<const std::string&>())});
    if (out.back().bytes.size() != signature_size)
      throw std::runtime_error("a signature has " + std::to_string(out.back().bytes.size()) +
                               " bytes, not 64");
  }
  if (signatures_file(out) != text)
    throw std::runtime_error("the bytes are not the canonical form of what they say");
  return out;
} catch (const json::exception&) {
  throw std::runtime_error("not a list of signatures: JSON of another shape");
} catch (const std::runtime_error& e) {
  throw std::runtime_error("not a list of signatures: " + std::string(e.what()));
}

std::string envelope(std::string_view payload, const std::vector<Signature>& signatures) {
  return canonical({{"payload", base64(payload)},
                    {"payloadType", payload_type},
                    {"signatures", signature_list(signatures)}});
}

}  // namespace stet
