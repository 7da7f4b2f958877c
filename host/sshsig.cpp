// A blob is the magic and fields, each text with its size in four bytes before it, most significant first:
//   "SSHSIG" version:uint32 public-key namespace reserved hash signature
// and what is signed:
//   "SSHSIG" namespace reserved hash H(message)
#include "sshsig.hpp"

#include <algorithm>
#include <stdexcept>

#include "big_endian.hpp"
#include "byte_reader.hpp"
#include "digest.hpp"
#include "timestamp.hpp"

namespace stet {
namespace {

constexpr std::string_view magic = "SSHSIG", key_type = "ssh-ed25519";
constexpr std::string_view head = "-----BEGIN SSH SIGNATURE-----\n", foot = "-----END SSH SIGNATURE-----\n";
constexpr uint32_t version = 1;
constexpr size_t line_length = 70;  // as ssh-keygen breaks them
constexpr int number_bytes = 4;

std::string number(size_t n) {
  return big_endian(n, number_bytes);
}

std::string field(std::string_view text) {
  return number(text.size()) + std::string(text);
}

// Of a blob's fields.
ByteReader fields_of(std::string_view blob) {
  return {blob, [] { throw std::runtime_error("an SSH signature that is cut short"); }};
}

uint64_t take_number(ByteReader& fields) {
  return big_endian_at(fields.take(number_bytes), 0, number_bytes);
}

std::string_view take_field(ByteReader& fields) {
  return fields.take(take_number(fields));
}

// Goes past them; false when they are those of something else.
bool take_magic_and_version(ByteReader& fields) {
  return fields.take(magic.size()) == magic && take_number(fields) == version;
}

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
  auto blob = fields_of(bytes);
  if (!take_magic_and_version(blob)) return "not an SSH signature of version 1";
  const auto wire = take_field(blob);
  if (wire != key.ssh_wire()) return "signed by another key, " + ssh_fingerprint(wire);
  if (take_field(blob) != space) return "signed for another purpose than \"" + std::string(space) + "\"";
  take_field(blob);  // reserved
  const auto hash = take_field(blob);
  auto signature = fields_of(take_field(blob));
  if (blob.left() > 0 || take_field(signature) != key_type) return "not an Ed25519 SSH signature";
  const auto raw = take_field(signature);
  if (signature.left() > 0 || !key.verifies(to_be_signed(space, hash, message), raw))
    return "signed over other bytes";
  return std::nullopt;
} catch (const std::runtime_error& e) {
  return e.what();
}

std::string ssh_signer(std::string_view text) {
  const auto bytes = unarmored(text);
  auto blob = fields_of(bytes);
  if (!take_magic_and_version(blob)) throw std::runtime_error("not an SSH signature of version 1");
  return ssh_fingerprint(take_field(blob));
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
