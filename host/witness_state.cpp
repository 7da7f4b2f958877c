#include "witness_state.hpp"

#include <stdexcept>

#include "digest.hpp"
#include "file_lock.hpp"
#include "files.hpp"
#include "sentence.hpp"

namespace stet {
namespace {

namespace fs = std::filesystem;

constexpr size_t largest_checkpoint = 1u << 20;
constexpr unsigned wait_ms = 10000;

}  // namespace

WitnessState::WitnessState(fs::path folder) : folder_(std::move(folder)) {
  fs::create_directories(folder_);
}

fs::path WitnessState::file_of(const NoteKey& log) const {
  return folder_ / (sha256_hex(log.name) + ".checkpoint");
}

Checkpoint WitnessState::last(const NoteKey& log) const {
  const auto file = file_of(log);
  if (!fs::exists(file)) return {log.name};
  try {
    return parse_checkpoint(read_file(file, largest_checkpoint));
  } catch (const std::runtime_error& e) {
    throw std::runtime_error(naming(file.string(), e.what()));
  }
}

NoteSignature WitnessState::cosign(const Witness& witness, const Note& checkpoint, const NoteKey& log,
                                   const Prove& prove, uint64_t time) {
  const auto lock = lock_file(folder_ / "lock", wait_ms, folder_.string());
  const Checkpoint before = last(log), next = open_checkpoint(checkpoint, log);
  std::vector<Hash> proof;
  if (before.size > 0 && before.size < next.size) proof = prove(before.size);
  auto cosignature = witness.cosign(checkpoint, log, before, proof, time);
  replace_file(file_of(log), checkpoint.text);
  return cosignature;
}

}  // namespace stet
