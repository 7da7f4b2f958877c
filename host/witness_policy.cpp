#include "witness_policy.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "canonical.hpp"
#include "foreign_json.hpp"
#include "keyring.hpp"
#include "ledger_log.hpp"
#include "record.hpp"

namespace stet {
namespace {

using nlohmann::json;

[[noreturn]] void fail(const Ledger& ledger, const std::string& why) {
  throw std::runtime_error(ledger.folder().string() + ": " + why);
}

LedgerLog log_of(const Ledger& ledger) {
  auto log = LedgerLog::open(ledger);
  if (!log) fail(ledger, "a ledger without a log");
  return std::move(*log);
}

void write_policy(Ledger& ledger, const Signers& keys, const WitnessPolicy& policy,
                  const std::string& message, int64_t time) {
  if (policy.required > policy.witnesses.size())
    fail(ledger, "has " + std::to_string(policy.witnesses.size()) + " witnesses, and cannot require " +
                     std::to_string(policy.required));
  json about = parse_stored_json(ledger.file("ledger.json").value());
  json witnesses = json::array();
  for (const auto& witness : policy.witnesses) witnesses.push_back(vkey(witness));
  about["witnesses"] = {
      {"fromSize", log_of(ledger).checkpoint().size}, {"keys", witnesses}, {"required", policy.required}};
  commit_files(ledger, keys, {{{"ledger.json", canonical(about)}}, {}}, message, time);
}

// Every cosignature in `notes` by a witness of the policy, under the first of them.
Note merged(const WitnessPolicy& policy, std::span<const Note> notes) {
  Note all = notes[0];
  for (const auto& note : notes.subspan(1)) {
    if (note.text != all.text) throw std::runtime_error("the cosigned checkpoints are not copies of one");
    for (const auto& signature : note.signatures)
      for (const auto& witness : policy.witnesses)
        if (is_by(signature, witness)) add_cosignature(all, signature, witness, end_of_time);
  }
  return all;
}

void demand_newer(const Ledger& ledger, const Checkpoint& next) {
  const auto old = ledger.file(witnessed_path);
  if (!old) return;
  const auto size = parse_checkpoint(parse_note(*old).text).size;
  if (next.size < size)
    fail(ledger, "has a witnessed checkpoint of " + std::to_string(size) +
                     " entries, newer than this one of " + std::to_string(next.size));
}

}  // namespace

WitnessPolicy policy_in(const std::string& ledger_json) {
  WitnessPolicy policy;
  const auto about = parse_stored_json(ledger_json, NoJson::discarded);
  if (!about.is_object() || !about.contains("witnesses")) return policy;
  try {
    for (const auto& key : about["witnesses"].at("keys"))
      policy.witnesses.push_back(parse_vkey(key.get<std::string>()));
    const auto& required = about["witnesses"].at("required");
    if (!required.is_number_unsigned() || required > policy.witnesses.size())
      throw std::runtime_error("requires " + required.dump() + " witnesses, and names " +
                               std::to_string(policy.witnesses.size()));
    policy.required = required.get<size_t>();
    policy.from_size = about["witnesses"].value("fromSize", uint64_t{0});
  } catch (const json::exception&) {
    throw std::runtime_error("witnesses is not {\"keys\":[...],\"required\":N}");
  }
  for (const auto& witness : policy.witnesses)
    if (witness.type != NoteKeyType::cosignature_v1)
      throw std::runtime_error("names a witness " + witness.name + " by a key that is not a witness's");
  return policy;
}

std::optional<std::string> description_change_fault(const std::string& before, const std::string& after) try {
  json old = parse_stored_json(before), next = parse_stored_json(after);
  if (canonical(next) != after) return "is not canonical JSON (RFC 8785)";
  policy_in(after);
  if (old.is_object()) old.erase("witnesses");
  if (next.is_object()) next.erase("witnesses");
  if (old != next) return "changes more than the witnesses";
  return std::nullopt;
} catch (const json::exception&) {
  return "is not JSON";
} catch (const std::runtime_error& e) {
  return e.what();
}

void add_witness(Ledger& ledger, const Signers& keys, const NoteKey& witness, int64_t time) {
  const auto locked = ledger.lock();
  demand_usable_key(ledger, keys.reports.public_key());
  const auto log = log_of(ledger);
  if (witness.type != NoteKeyType::cosignature_v1)
    fail(ledger, "the key of " + witness.name + " is not a witness's");
  if (witness.key.raw() == log.key().key.raw()) fail(ledger, "its own log cannot be its witness");
  auto policy = policy_in(ledger.file("ledger.json").value_or(""));
  for (const auto& known : policy.witnesses)
    if (known.key.raw() == witness.key.raw())
      fail(ledger, "has the key of " + witness.name + " already, as " + known.name);
  policy.witnesses.push_back(witness);
  write_policy(ledger, keys, policy, "witness " + witness.name, time);
}

void require_witnesses(Ledger& ledger, const Signers& keys, size_t required, int64_t time) {
  const auto locked = ledger.lock();
  demand_usable_key(ledger, keys.reports.public_key());
  auto policy = policy_in(ledger.file("ledger.json").value_or(""));
  policy.required = required;
  write_policy(ledger, keys, policy, "require " + std::to_string(required) + " witnesses", time);
}

Witnessed take_cosigned(Ledger& ledger, const PrivateKey& key, std::span<const Note> cosigned, int64_t time) {
  const auto locked = ledger.lock();
  demand_usable_key(ledger, key.public_key());
  const auto log = log_of(ledger);
  const auto policy = policy_in(ledger.file("ledger.json").value_or(""));
  const Note note = merged(policy, cosigned);
  const Checkpoint next = open_checkpoint(note, log.key());
  if (const auto fault = log.beginning_fault(next)) fail(ledger, *fault);
  demand_newer(ledger, next);
  auto result = witnessed(policy, note);
  if (result.by.empty() && !result.fault) result.fault = "none of the ledger's witnesses has cosigned it";
  if (result.fault) fail(ledger, *result.fault);
  commit_files(ledger, key, {{{witnessed_path, write_note(note)}}, {}},
               "witnessed up to " + std::to_string(next.size), time);
  return result;
}

}  // namespace stet
