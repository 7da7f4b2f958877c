// C2SP tlog-checkpoint: how large a log was and what its root was, as a note signed by the log.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "merkle.hpp"
#include "note.hpp"

namespace stet {

struct Checkpoint {
  std::string origin;  // names the log
  uint64_t size = 0;   // leaves
  Hash root = empty_root();
  std::vector<std::string> extensions = {};  // opaque lines; stet writes none

  bool operator==(const Checkpoint&) const = default;
};

// Signed under the name of its origin. Throws std::runtime_error if the origin is no key name, or an
// extension is no line: empty, or with a control character.
Note sign_checkpoint(const Checkpoint& checkpoint, const PrivateKey& log);

// What a note's text says; nothing is verified. Throws std::runtime_error for a text of another form.
Checkpoint parse_checkpoint(std::string_view text);

// What a checkpoint file says once its log has signed it. Throws std::runtime_error: no note, no checkpoint,
// an origin other than the key's name, no signature by the key or a wrong one, leaves in an empty tree.
Checkpoint open_checkpoint(const Note& note, const NoteKey& log);

// The way numbers and hashes are written in checkpoints and proofs; nothing for any other: leading zeros,
// signs, 2^64 and more; base64 that is not strict, or not of 32 bytes.
std::optional<uint64_t> parse_decimal(std::string_view text);
std::optional<Hash> parse_hash(std::string_view text);

// Cuts the first line off `rest` and gives it without its line feed; nothing if no line ends.
std::optional<std::string_view> cut_line(std::string_view& rest);

}  // namespace stet
