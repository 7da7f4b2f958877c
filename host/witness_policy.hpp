// Whose cosignatures a ledger asks for, and the last checkpoint that got them. Every record makes a new
// checkpoint, and witnesses come later: log/witnessed stays behind log/checkpoint, and is what they vouch
// for.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger.hpp"
#include "logged_commit.hpp"
#include "witness.hpp"

namespace stet {

inline constexpr const char* witnessed_path = "log/witnessed";

// That of ledger.json; empty where it names no witnesses. Throws std::runtime_error with a clause: of another
// shape, a key that is no witness's, more required than there are.
WitnessPolicy policy_in(const std::string& ledger_json);

// Why a commit may not make the ledger.json `after` of `before`: all that changes in a ledger's life is who
// its witnesses are.
std::optional<std::string> description_change_fault(const std::string& before, const std::string& after);

// These change ledger.json in one commit. Throw std::runtime_error with one sentence, the
// ledger as it was: a key that is known or no witness's, more required than there are, a key that has ended.
void add_witness(Ledger& ledger, const Signers& keys, const NoteKey& witness, int64_t time);
void require_witnesses(Ledger& ledger, const Signers& keys, size_t required, int64_t time);

// Puts a checkpoint of this ledger's log with the cosignatures that `cosigned`, copies of it, have between
// them into log/witnessed. Throws std::runtime_error with one sentence: it is of another log, no beginning of
// this one, older than the one that is there, the policy is not met.
Witnessed take_cosigned(Ledger& ledger, const PrivateKey& key, std::span<const Note> cosigned, int64_t time);

}  // namespace stet
