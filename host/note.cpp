#include "note.hpp"

#include <algorithm>
#include <stdexcept>

#include "big_endian.hpp"
#include "digest.hpp"
#include "utf8.hpp"

namespace stet {
namespace {

constexpr std::string_view dash = "\xE2\x80\x94 ";  // U+2014
constexpr size_t id_size = 4;
constexpr size_t time_size = 8;
constexpr size_t ed25519_size = 64;
constexpr size_t max_note = 1 << 20;
constexpr size_t max_signatures = 100;

[[noreturn]] void malformed(const std::string& reason) {
  throw std::runtime_error("not a signed note: " + reason);
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20;
}

void require_text(std::string_view text) {
  if (text.size() > max_note) malformed("it is larger than 1 MiB");
  if (const auto at = first_not_utf8(text)) malformed("byte " + std::to_string(*at) + " is not UTF-8");
  const auto control =
      std::find_if(text.begin(), text.end(), [](char c) { return is_control(c) && c != '\n'; });
  if (control != text.end())
    malformed("byte " + std::to_string(control - text.begin()) + " is a control character");
}

std::string cosigned_message(std::string_view text, uint64_t time) {
  return "cosignature/v1\ntime " + std::to_string(time) + "\n" + std::string(text);
}

void require_key_name(const std::string& name) {
  if (!is_key_name(name))
    throw std::runtime_error("a key's name needs characters, and no white space, control character or '+'");
}

}  // namespace

bool is_key_name(std::string_view name) {
  if (name.empty() || first_not_utf8(name)) return false;
  for (size_t at = 0; at < name.size();) {
    const auto [value, size] = character_at(name, at);
    if (value < 0x20 || value == U'+' || is_white_space(value)) return false;
    at += size;
  }
  return true;
}

std::string NoteKey::id() const {
  const auto digest = sha256(name + '\n' + static_cast<char>(type) + key.raw());
  return {reinterpret_cast<const char*>(digest.data()), id_size};
}

std::string vkey(const NoteKey& key) {
  return key.name + '+' + hex(key.id()) + '+' + base64(static_cast<char>(key.type) + key.key.raw());
}

NoteKey parse_vkey(std::string_view text) {
  const auto fail = [](const std::string& reason) -> std::runtime_error {
    return std::runtime_error("not a verifier key: " + reason);
  };
  const size_t first = text.find('+');
  const size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos) throw fail("it has not the form NAME+ID+KEY");
  const std::string_view name = text.substr(0, first);
  if (!is_key_name(name)) throw fail("its name is empty, or holds white space or a control character");
  const auto material = from_strict_base64(text.substr(second + 1));
  if (!material || material->empty()) throw fail("what follows the second '+' is not base64");
  const auto type = static_cast<NoteKeyType>(material->front());
  if (type != NoteKeyType::ed25519 && type != NoteKeyType::cosignature_v1)
    throw fail("its type 0x" + hex(material->substr(0, 1)) + " is neither 0x01 nor 0x04");
  NoteKey key{std::string(name), type, PublicKey::from_raw(std::string_view(*material).substr(1))};
  if (hex(key.id()) != text.substr(first + 1, second - first - 1))
    throw fail("its id is not " + hex(key.id()));
  return key;
}

std::string signature_line(const NoteSignature& signature) {
  return std::string(dash) + signature.name + ' ' + base64(signature.id + signature.bytes) + '\n';
}

std::string write_note(const Note& note) {
  std::string out = note.text + '\n';
  for (const auto& signature : note.signatures) out += signature_line(signature);
  return out;
}

NoteSignature parse_signature_line(std::string_view line) {
  if (!line.ends_with('\n')) malformed("its last line does not end");
  if (!line.starts_with(dash)) malformed("a line below the text does not begin with a dash and a space");
  line = line.substr(dash.size(), line.size() - dash.size() - 1);
  const size_t space = line.find(' ');
  const std::string_view name = line.substr(0, space);
  if (space == std::string_view::npos || !is_key_name(name)) malformed("a signature has no proper name");
  const auto bytes = from_strict_base64(line.substr(space + 1));
  if (!bytes) malformed("the signature of " + std::string(name) + " is not base64");
  if (bytes->size() <= id_size) malformed("the signature of " + std::string(name) + " is cut short");
  return {std::string(name), bytes->substr(0, id_size), bytes->substr(id_size)};
}

Note parse_note(std::string_view text) {
  require_text(text);
  // The text may hold empty lines: the last one divides.
  const size_t divide = text.rfind("\n\n");
  if (divide == std::string_view::npos) malformed("no empty line divides text and signatures");
  Note note{std::string(text.substr(0, divide + 1)), {}};
  for (auto rest = text.substr(divide + 2); !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n') + 1);
    if (note.signatures.size() == max_signatures) malformed("it has more than 100 signatures");
    note.signatures.push_back(parse_signature_line(line.empty() ? rest : line));
    rest.remove_prefix(line.size());
  }
  if (note.signatures.empty()) malformed("nobody has signed it");
  return note;
}

NoteSignature sign_text(std::string_view text, const std::string& name, const PrivateKey& key) {
  require_key_name(name);
  return {name, NoteKey{name, NoteKeyType::ed25519, key.public_key()}.id(), key.sign(text)};
}

NoteSignature cosign_text(std::string_view text, uint64_t time, const std::string& name,
                          const PrivateKey& key) {
  require_key_name(name);
  if (time > end_of_time) throw std::runtime_error("a cosignature cannot say a time after 2^63 - 1");
  return {name, NoteKey{name, NoteKeyType::cosignature_v1, key.public_key()}.id(),
          big_endian(time, time_size) + key.sign(cosigned_message(text, time))};
}

std::optional<uint64_t> cosignature_time(const NoteSignature& signature) {
  if (signature.bytes.size() != time_size + ed25519_size) return std::nullopt;
  return big_endian_at(signature.bytes, 0, time_size);
}

bool is_by(const NoteSignature& signature, const NoteKey& key) {
  return signature.name == key.name && signature.id == key.id();
}

bool verifies(const NoteKey& key, std::string_view text, const NoteSignature& signature) {
  if (!is_by(signature, key)) return false;
  if (key.type == NoteKeyType::ed25519) return key.key.verifies(text, signature.bytes);
  const auto time = cosignature_time(signature);
  if (!time || *time > end_of_time) return false;
  return key.key.verifies(cosigned_message(text, *time), std::string_view(signature.bytes).substr(time_size));
}

std::optional<std::string> signature_fault(const Note& note, const NoteKey& key) {
  bool signed_by = false;
  for (const auto& signature : note.signatures) {
    if (!is_by(signature, key)) continue;
    if (!verifies(key, note.text, signature)) return "the signature of " + key.name + " is not valid";
    signed_by = true;
  }
  if (!signed_by) return "there is no signature of " + key.name;
  return std::nullopt;
}

}  // namespace stet
