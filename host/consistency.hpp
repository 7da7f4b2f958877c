// That a log has only grown between two checkpoints, as one text: the body of C2SP tlog-witness's request
// add-checkpoint. Witnesses read it, and so can anybody who keeps a checkpoint.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "merkle.hpp"
#include "note.hpp"

namespace stet {

struct ConsistencyProof {
  uint64_t old_size = 0;
  std::vector<Hash> path;  // consistency_proof(); empty when the old size is 0 or the new one
  Note checkpoint;         // the newer one
};

// "old N", the hashes in base64, an empty line, the checkpoint.
std::string write_consistency_proof(const ConsistencyProof& proof);
// Throws std::runtime_error for any other form, or more than 63 hashes. Verifies nothing.
ConsistencyProof parse_consistency_proof(std::string_view text);

}  // namespace stet
