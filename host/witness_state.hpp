// What a witness remembers: for each log the checkpoint that it cosigned last. With it lost, it would cosign
// a fork of what it has cosigned before.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "witness.hpp"

namespace stet {

class WitnessState {
 public:
  // A folder, which is made if it is not there: a file for each log, named by the SHA-256 of its origin, that
  // holds the text of the checkpoint.
  explicit WitnessState(std::filesystem::path folder);

  // consistency_proof() from a checkpoint of that size to the one at hand.
  using Prove = std::function<std::vector<Hash>(uint64_t old_size)>;

  // What `witness` cosigned last for this log; the empty log's if nothing.
  Checkpoint last(const NoteKey& log) const;
  // Cosigns, after the checkpoint was written down and synced: a witness that is killed may have written and
  // not cosigned, and never the other way round. Throws std::runtime_error as Witness::cosign() does, with
  // the state as it was.
  NoteSignature cosign(const Witness& witness, const Note& checkpoint, const NoteKey& log, const Prove& prove,
                       uint64_t time);

 private:
  std::filesystem::path file_of(const NoteKey& log) const;
  std::filesystem::path folder_;
};

}  // namespace stet
