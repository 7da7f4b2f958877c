// C2SP tlog-proof: that a leaf is in a log, in one text file that needs no network to be checked.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "witness.hpp"

namespace stet {

struct TlogProof {
  uint64_t index = 0;
  std::optional<std::string> extra;  // opaque bytes that no signature covers
  std::vector<Hash> path;            // inclusion_proof() in the checkpoint's tree
  Note checkpoint;
};

std::string write_tlog_proof(const TlogProof& proof);
// Throws std::runtime_error for any other form, or a path of more than 64 hashes. Verifies nothing.
TlogProof parse_tlog_proof(std::string_view text);

struct LoggedLeaf {
  Checkpoint checkpoint;  // meaningful if there is no fault
  Witnessed witnesses;    // its fault is that of the whole proof
};

// That the log whose key this is holds a leaf of these data at the proof's index, and that the witnesses
// asked for have seen that log. Never throws for what is in the proof.
LoggedLeaf verify_tlog_proof(const TlogProof& proof, std::string_view leaf_data, const NoteKey& log,
                             const WitnessPolicy& policy, uint64_t latest = end_of_time);

}  // namespace stet
