// C2SP signed notes: a text, and lines below it with the signatures of those who vouch for it.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "signature.hpp"

namespace stet {

// What a key signs. A key should have one type only.
enum class NoteKeyType : unsigned char {
  ed25519 = 0x01,         // the text itself
  cosignature_v1 = 0x04,  // C2SP tlog-cosignature: the text of a checkpoint and a time
};

// Not empty, UTF-8 without white space, control characters and '+'.
bool is_key_name(std::string_view name);

// A public key that notes are verified with.
struct NoteKey {
  std::string name;
  NoteKeyType type;
  PublicKey key;

  std::string id() const;  // 4 bytes, which with the name tell a signature's key; no proof of anything
};

// "<name>+<hex of the id>+<base64 of type and key>", the form in which verifier keys are handed around.
std::string vkey(const NoteKey& key);
// Throws std::runtime_error: another form, an unknown type, an id that is not the one of name and key.
NoteKey parse_vkey(std::string_view text);

struct NoteSignature {
  std::string name;
  std::string id;     // 4 bytes
  std::string bytes;  // what the type makes of them, at least 1
};

struct Note {
  std::string text;  // ends in a line feed
  std::vector<NoteSignature> signatures;
};

std::string write_note(const Note& note);
std::string signature_line(const NoteSignature& signature);  // ends in a line feed
// Throws std::runtime_error for what is no note: not UTF-8, control characters, no empty line, no signature
// or more than 100, a line that is none, base64 that is not exactly RFC 4648 section 4, over 1 MiB.
// What was parsed is not verified. Signatures of unknown types are kept.
Note parse_note(std::string_view text);
// One line of those below a note. Throws likewise.
NoteSignature parse_signature_line(std::string_view line);

// Throws std::runtime_error unless `name` is a key name.
NoteSignature sign_text(std::string_view text, const std::string& name, const PrivateKey& key);
// `time` in seconds since 1970, which the signature covers.
NoteSignature cosign_text(std::string_view text, uint64_t time, const std::string& name,
                          const PrivateKey& key);

inline constexpr uint64_t end_of_time = std::numeric_limits<int64_t>::max();
// The time that a cosignature says, whether it is valid or not; nothing if it has not the right size.
std::optional<uint64_t> cosignature_time(const NoteSignature& signature);

bool is_by(const NoteSignature& signature, const NoteKey& key);  // by name and id, as claimed
bool verifies(const NoteKey& key, std::string_view text, const NoteSignature& signature);

// Why the note cannot be said to be signed by this key: no signature claims to be, or one that does is
// not valid. Nothing if it is. Signatures by other keys are ignored.
std::optional<std::string> signature_fault(const Note& note, const NoteKey& key);

}  // namespace stet
