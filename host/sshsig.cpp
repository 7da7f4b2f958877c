// A blob is the magic and fields, each text with its size in four bytes before it, most significant first:
//   "SSHSIG" version:uint32 public-key namespace reserved hash signature
// and what is signed:
//   "SSHSIG" namespace reserved hash H(message)
#include "sshsig.hpp"

#include <algorithm>
#include <stdexcept>

#include "digest.hpp"
#include "timestamp.hpp"

namespace stet {
namespace {

constexpr std::string_view magic = "SSHSIG", key_type = "ssh-ed25519";
constexpr std::string_view head = "-----BEGIN SSH SIGNATURE-----\n", foot = "-----END SSH SIGNATURE-----\n";
constexpr uint32_t version = 1;
constexpr size_t line_length = 70;  // as ssh-keygen breaks them

std::string number(uint32_t n) {
  return {static_cast<char>(n >> 24), static_cast<char>(n >> 16), static_cast<char>(n >> 8),
          static_cast<char>(n)};
}

std::string field(std::string_view text) {
  return number(static_cast<uint32_t>(text.size())) + std::string(text);
}

// Takes fields off the front of a blob.
class Blob {
 public:
  explicit Blob(std::string_view bytes) : rest_(bytes) {}
  std::string_view bytes(size_t size) {
    if (size > rest_.size()) throw std::runtime_error("an SSH signature that is cut short");
    const auto taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }
  uint32_t number() {
    uint32_t n = 0;
    for (const unsigned char c : bytes(4)) n = n << 8 | c;
    return n;
  }
  std::string_view field() { return bytes(number()); }
  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

std::string digest_of(std::string_view hash, std::string_view message) {
  if (hash == "sha512") return sha512_raw(message);
  if (hash == "sha256") return sha256_raw(message);
  throw std::runtime_error("an SSH signature over an unknown digest");
}

std::string to_be_signed(std::string_view space, std::string_view hash, std::string_view message) {
  return std::string(magic) + field(space) + field("") + field(hash) + field(digest_of(hash, message));
}

// "20251123194000Z"
std::string ssh_time(int64_t unix_seconds) {
  std::string time = format_timestamp(unix_seconds);
  std::erase_if(time, [](char c) { return c == '-' || c == ':' || c == 'T'; });
  return time;
}

std::string armored(std::string_view blob) {
  const auto text = base64(blob);
  std::string out(head);
  for (size_t at = 0; at < text.size(); at += line_length) out += text.substr(at, line_length) + '\n';
  return out.append(foot);
}

std::string unarmored(std::string_view text) {
  if (!text.starts_with(head) || !text.ends_with(foot) || text.size() < head.size() + foot.size())
    throw std::runtime_error("not an SSH signature");
  std::string base;
  for (const char c : text.substr(head.size(), text.size() - head.size() - foot.size()))
    if (c != '\n') base += c;
  return from_base64(base);
}

}  // namespace

std::string ssh_signature(const PrivateKey& key, std::string_view space, std::string_view message) {
  constexpr std::string_view hash = "sha512";
  const auto signature = field(key_type) + field(key.sign(to_be_signed(space, hash, message)));
  return armored(std::string(magic) + number(version) + field(key.public_key().ssh_wire()) + field(space) +
                 field("") + field(hash) + field(signature));
}

std::optional<std::string> ssh_signature_fault(const PublicKey& key, std::string_view space,
                                               std::string_view message, std::string_view text) try {
  const auto bytes = unarmored(text);
  Blob blob(bytes);
  if (blob.bytes(magic.size()) != magic || blob.number() != version)
    return "not an SSH signature of version 1";
  const auto wire = blob.field();
  if (wire != key.ssh_wire()) return "signed by another key, " + ssh_fingerprint(wire);
  if (blob.field() != space) return "signed for another purpose than \"" + std::string(space) + "\"";
  blob.field();  // reserved
  const auto hash = blob.field();
  Blob signature(blob.field());
  if (!blob.at_end() || signature.field() != key_type) return "not an Ed25519 SSH signature";
  const auto raw = signature.field();
  if (!signature.at_end() || !key.verifies(to_be_signed(space, hash, message), raw))
    return "signed over other bytes";
  return std::nullopt;
} catch (const std::runtime_error& e) {
  return e.what();
}

std::string ssh_signer(std::string_view text) {
  const auto bytes = unarmored(text);
  Blob blob(bytes);
  if (blob.bytes(magic.size()) != magic || blob.number() != version)
    throw std::runtime_error("not an SSH signature of version 1");
  return ssh_fingerprint(blob.field());
}

std::string allowed_signer(const std::string& principal, const PublicKey& key, std::optional<int64_t> first,
                           std::optional<int64_t> last) {
  if (first && last && *last < *first) return "";  // it never counted
  // ssh-keygen takes a line without a second between the two for damaged, and the whole file with it.
  if (first && last) last = std::max(*last, *first + 1);
  std::string line = principal + " namespaces=\"" + std::string(git_namespace) + "\"";
  if (first) line += ",valid-after=\"" + ssh_time(*first) + "\"";
  if (last) line += ",valid-before=\"" + ssh_time(*last) + "\"";
  return line + " " + key.ssh() + "\n";
}

}  // namespace stet
