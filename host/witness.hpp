// C2SP tlog-cosignature: witnesses, who state by a signature that a log has only grown since they last saw
// it, and how many of them one wants to hear.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "checkpoint.hpp"

namespace stet {

struct Witness {
  std::string name;
  PrivateKey key;  // for nothing but this: a cosignature does not say the witness's name

  NoteKey note_key() const;
  // `previous` is what it cosigned last for this log; `{log.name}` if nothing yet. `proof` is
  // consistency_proof() between the two. The caller keeps the checkpoint, in place of `previous`, before it
  // lets the cosignature out of its hands. Throws std::runtime_error, with the reason, instead of cosigning:
  // whatever open_checkpoint() refuses, a smaller tree, one that does not begin with the previous one, a
  // time of 0, the log's own key.
  NoteSignature cosign(const Note& checkpoint, const NoteKey& log, const Checkpoint& previous,
                       std::span<const Hash> proof, uint64_t time) const;
};

// Puts it below the checkpoint, in place of others by this witness. Throws std::runtime_error unless it is a
// cosignature of this checkpoint by that witness, of a time from 1 to `latest`.
void add_cosignature(Note& checkpoint, const NoteSignature& cosignature, const NoteKey& witness,
                     uint64_t latest);

// At least `required` of these witnesses have to cosign.
struct WitnessPolicy {
  std::vector<NoteKey> witnesses;
  size_t required = 0;
  uint64_t from_size = 0;  // of the log, when it was made
};

struct Cosignature {
  std::string witness;
  uint64_t time;  // seconds since 1970
};

struct Witnessed {
  std::vector<Cosignature> by;       // in the policy's order, each witness once with its latest time
  std::optional<std::string> fault;  // why the policy is not met
};

// Cosignatures of a time of 0 or after `latest` do not count; one of a known witness that is not valid is a
// fault, however many others there are. So is a policy that names a key twice, asks for more witnesses than
// it has, or holds a key of another type. Says nothing about the log's own signature.
Witnessed witnessed(const WitnessPolicy& policy, const Note& checkpoint, uint64_t latest = end_of_time);

}  // namespace stet
