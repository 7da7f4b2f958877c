#include "witness.hpp"

#include <algorithm>
#include <stdexcept>

namespace stet {
namespace {

std::optional<std::string> growth_fault(const Checkpoint& before, const Checkpoint& after,
                                        std::span<const Hash> proof) {
  if (before.origin != after.origin)
    return "it is of log " + after.origin + ", the previous one of " + before.origin;
  if (before.size > 0) return consistency_fault(before.size, before.root, after.size, after.root, proof);
  if (!proof.empty()) return "nothing precedes it, and yet it comes with a consistency proof";
  return std::nullopt;
}

std::optional<std::string> policy_fault(const WitnessPolicy& policy) {
  const auto& keys = policy.witnesses;
  if (policy.required > keys.size())
    return "the policy asks for " + std::to_string(policy.required) + " of " + std::to_string(keys.size()) +
           " witnesses";
  for (auto key = keys.begin(); key != keys.end(); ++key) {
    if (key->type != NoteKeyType::cosignature_v1) return "the key of " + key->name + " is not a witness's";
    // Under two names one witness would count twice.
    if (std::any_of(keys.begin(), key, [&](const auto& k) { return k.key.raw() == key->key.raw(); }))
      return "the policy names the key of " + key->name + " twice";
  }
  return std::nullopt;
}

std::optional<uint64_t> latest_time_by(const NoteKey& witness, const Note& note, uint64_t latest) {
  std::optional<uint64_t> found;
  for (const auto& signature : note.signatures) {
    const auto time = is_by(signature, witness) ? cosignature_time(signature) : std::nullopt;
    if (time && *time > 0 && *time <= latest) found = std::max(found.value_or(0), *time);
  }
  return found;
}

bool is_signed_by(const Note& note, const NoteKey& key) {
  return std::any_of(note.signatures.begin(), note.signatures.end(),
                     [&](const NoteSignature& signature) { return is_by(signature, key); });
}

}  // namespace

NoteKey Witness::note_key() const {
  return {name, NoteKeyType::cosignature_v1, key.public_key()};
}

NoteSignature Witness::cosign(const Note& checkpoint, const NoteKey& log, const Checkpoint& previous,
                              std::span<const Hash> proof, uint64_t time) const {
  const Checkpoint next = open_checkpoint(checkpoint, log);
  if (const auto fault = growth_fault(previous, next, proof))
    throw std::runtime_error("the checkpoint is not cosigned: " + *fault);
  if (log.key.raw() == key.public_key().raw())
    throw std::runtime_error("the checkpoint is not cosigned: a log cannot be its own witness");
  if (time == 0) throw std::runtime_error("the checkpoint is not cosigned: the time is 0");
  return cosign_text(checkpoint.text, time, name, key);
}

void add_cosignature(Note& checkpoint, const NoteSignature& cosignature, const NoteKey& witness,
                     uint64_t latest) {
  if (witness.type != NoteKeyType::cosignature_v1)
    throw std::runtime_error("the key of " + witness.name + " is not a witness's");
  if (!verifies(witness, checkpoint.text, cosignature))
    throw std::runtime_error("not a cosignature of this checkpoint by " + witness.name);
  const auto time = cosignature_time(cosignature);
  if (time == 0 || *time > latest)
    throw std::runtime_error("the cosignature of " + witness.name + " is of " + std::to_string(*time) +
                             " seconds since 1970, which is not a time up to " + std::to_string(latest));
  std::erase_if(checkpoint.signatures, [&](const auto& signature) { return is_by(signature, witness); });
  checkpoint.signatures.push_back(cosignature);
}

Witnessed witnessed(const WitnessPolicy& policy, const Note& checkpoint, uint64_t latest) {
  Witnessed result{{}, policy_fault(policy)};
  if (result.fault) return result;
  for (const auto& witness : policy.witnesses) {
    if (!is_signed_by(checkpoint, witness)) continue;
    result.fault = signature_fault(checkpoint, witness);
    if (result.fault) return result;
    if (const auto time = latest_time_by(witness, checkpoint, latest))
      result.by.push_back({witness.name, *time});
  }
  if (result.by.size() < policy.required)
    result.fault = "only " + std::to_string(result.by.size()) + " of the " + std::to_string(policy.required) +
                   " witnesses required have cosigned";
  return result;
}

}  // namespace stet
