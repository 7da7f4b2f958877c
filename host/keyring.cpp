#include "keyring.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <tuple>

#include "canonical.hpp"
#include "digest.hpp"
#include "files.hpp"
#include "foreign_json.hpp"
#include "sentence.hpp"
#include "timestamp.hpp"

namespace stet {
namespace {

using nlohmann::json;

Keyring::Lookup look_up(const Ledger& ledger, const std::string& path) try {
  const auto bytes = path.empty() ? std::nullopt : ledger.file(path);
  if (!bytes) return {};
  return Keyring::read(path, *bytes);
} catch (const std::runtime_error& e) {
  return {Keyring::State::damaged, {}, e.what()};
}

int64_t time_in(const json& object, const char* member) {
  const auto text = object.at(member).get<std::string>();
  const auto time = parse_timestamp(text);
  if (!time) throw std::runtime_error(std::string(member) + " is \"" + text + "\", which is not a time");
  return *time;
}

std::optional<uint64_t> size_in(const json& object, const char* member) {
  if (!object.contains(member)) return std::nullopt;
  return object.at(member).get<uint64_t>();
}

void put_size(json& object, const char* member, const std::optional<uint64_t>& size) {
  if (size) object[member] = *size;
}

ListedKey key_from(const json& value) {
  ListedKey listed{PublicKey::from_pem(value.at("publicKey").get<std::string>(), "publicKey"),
                   time_in(value, "validFrom"), size_in(value, "fromSize")};
  if (value.contains("validUntil"))
    listed.retired = KeyEnd{time_in(value, "validUntil"), size_in(value, "untilSize")};
  if (value.contains("revoked")) {
    const json& revoked = value["revoked"];
    listed.revoked = KeyEnd{time_in(revoked, "time"), size_in(revoked, "logSize")};
    listed.reason = revoked.at("reason").get<std::string>();
  }
  if (value.contains("listedBy"))
    listed.listed_by = Signature{value["listedBy"].at("keyid").get<std::string>(),
                                 from_base64(value["listedBy"].at("sig").get<std::string>())};
  return listed;
}

std::string counts_only(uint64_t first) {
  if (first == 0) return "counts for no entry of the log";
  return "counts only for the first " +
         (first == 1 ? "entry of the log" : std::to_string(first) + " entries of the log");
}

}  // namespace

std::string key_path(std::string_view keyid) {
  constexpr std::string_view prefix = "SHA256:";
  if (!keyid.starts_with(prefix)) return "";
  try {
    return "keys/" + hex(from_base64(std::string(keyid.substr(prefix.size())) + "=")) + ".json";
  } catch (const std::runtime_error&) {
    return "";
  }
}

std::pair<std::string, std::string> key_file(const ListedKey& k) {
  json value{{"algorithm", "ed25519"},
             {"keyid", k.key.keyid()},
             {"publicKey", k.key.pem()},
             {"validFrom", format_timestamp(k.valid_from)}};
  put_size(value, "fromSize", k.from_size);
  if (k.retired) {
    value["validUntil"] = format_timestamp(k.retired->time);
    put_size(value, "untilSize", k.retired->log_size);
  }
  if (k.revoked) {
    value["revoked"] = {{"time", format_timestamp(k.revoked->time)}, {"reason", k.reason}};
    put_size(value["revoked"], "logSize", k.revoked->log_size);
  }
  if (k.listed_by) value["listedBy"] = {{"keyid", k.listed_by->keyid}, {"sig", base64(k.listed_by->bytes)}};
  return {key_path(k.key.keyid()), canonical(value)};
}

std::pair<std::string, std::string> key_file(const PublicKey& key, const std::string& valid_from) {
  return key_file(ListedKey{key, parse_timestamp(valid_from).value()});
}

ListedKey parse_key_file(const std::string& path, const std::string& bytes) try {
  ListedKey listed = key_from(parse_stored_json(bytes));
  const auto [right_path, right_bytes] = key_file(listed);
  if (path != right_path)
    throw std::runtime_error("holds the key " + listed.key.keyid() + ", which belongs at " + right_path);
  if (bytes != right_bytes)
    throw std::runtime_error("is not the canonical key file of " + listed.key.keyid());
  return listed;
} catch (const json::exception&) {
  throw std::runtime_error("is not a key file: JSON of another shape");
}

std::string end_of(const ListedKey& k) {
  if (k.revoked) return "revoked on " + format_timestamp(k.revoked->time) + " (" + k.reason + ")";
  return k.retired ? "retired on " + format_timestamp(k.retired->time) : "";
}

std::string range_of(const ListedKey& k) {
  std::optional<uint64_t> end;
  for (const auto* limit : {&k.revoked, &k.retired})
    if (*limit && (*limit)->log_size) end = std::min(end.value_or(UINT64_MAX), *(*limit)->log_size);
  if (!k.from_size && !end) return "";
  const uint64_t first = k.from_size.value_or(0) + 1;
  if (!end) return "for entries " + std::to_string(first) + " and later of the log";
  if (*end < first) return "for no entry of the log";
  return "for entries " + std::to_string(first) + " to " + std::to_string(*end) + " of the log";
}

std::optional<int64_t> last_second(const ListedKey& k) {
  std::optional<int64_t> last;
  for (const auto* end : {&k.revoked, &k.retired})
    if (*end) last = std::min(last.value_or(INT64_MAX), (*end)->time);
  return last;
}

std::optional<std::string> time_fault(const ListedKey& k, int64_t time) {
  const auto says = [&](const std::string& why) {
    return "was signed at " + format_timestamp(time) + " by " + k.key.keyid() + ", which " + why;
  };
  if (time < k.valid_from) return says("is valid only from " + format_timestamp(k.valid_from));
  for (const auto* end : {&k.revoked, &k.retired})
    if (*end && !(*end)->log_size && time >= (*end)->time) return says("was " + end_of(k));
  return std::nullopt;
}

std::optional<std::string> leaf_fault(const ListedKey& k, uint64_t leaf) {
  const auto says = [&](const std::string& why) {
    return "is number " + std::to_string(leaf + 1) + " of the log and was signed by " + k.key.keyid() +
           ", which " + why;
  };
  if (k.from_size && leaf < *k.from_size)
    return says("counts only after the first " + std::to_string(*k.from_size));
  for (const auto* end : {&k.revoked, &k.retired})
    if (*end && (*end)->log_size && leaf >= *(*end)->log_size)
      return says("was " + end_of(k) + " and " + counts_only(*(*end)->log_size));
  return std::nullopt;
}

std::optional<std::string> size_fault(const ListedKey& k, uint64_t size) {
  for (const auto* end : {&k.revoked, &k.retired})
    if (*end && (*end)->log_size && size > *(*end)->log_size)
      return "was signed by " + k.key.keyid() + " when the log had " + std::to_string(size) +
             " entries; it was " + end_of(k) + " and " + counts_only(*(*end)->log_size);
  return std::nullopt;
}

std::string admission(const ListedKey& k) {
  ListedKey first = k;
  first.retired = first.revoked = std::nullopt;
  first.listed_by = std::nullopt;
  return pre_authentication_encoding(key_file(first).second);
}

std::optional<std::string> size_claim_fault(const ListedKey& k, const std::optional<uint64_t>& logged) {
  if (!logged && !k.counts_for_a_range()) return std::nullopt;
  if (!logged) return "speaks of a log, which this ledger has not";
  for (const auto& size : {k.from_size, k.retired ? k.retired->log_size : std::nullopt,
                           k.revoked ? k.revoked->log_size : std::nullopt})
    if (size > logged)
      return "speaks of a log of " + std::to_string(*size) + ", which is of " + std::to_string(*logged);
  for (const auto* end : {&k.retired, &k.revoked})
    if (*end && !(*end)->log_size) return "does not say how long the log was when the key ended";
  return std::nullopt;
}

std::optional<std::string> key_change_fault(const std::string& path, const std::string& before,
                                            const std::string& after) try {
  const ListedKey old = parse_key_file(path, before);
  ListedKey ended = parse_key_file(path, after);
  if (old.retired && ended.retired != old.retired) return "changes when the key was retired";
  if (old.revoked && (ended.revoked != old.revoked || ended.reason != old.reason))
    return "changes that the key was revoked";
  ended.retired = old.retired, ended.revoked = old.revoked, ended.reason = old.reason;
  if (key_file(ended).second != before) return "changes more than the key's end";
  return std::nullopt;
} catch (const std::runtime_error& e) {
  return e.what();
}

Keyring::Lookup Keyring::read(const std::string& path, const std::string& bytes) try {
  return {State::listed, parse_key_file(path, bytes)};
} catch (const std::runtime_error& e) {
  return {State::damaged, {}, e.what()};
}

const Keyring::Lookup& Keyring::find(const std::string& keyid) {
  const std::lock_guard lock(mutex_);
  const auto [place, is_new] = known_.try_emplace(keyid);
  if (is_new) place->second = look_up(ledger_, key_path(keyid));
  return place->second;
}

std::vector<std::pair<std::string, std::string>> Keyring::damaged() const {
  std::vector<std::pair<std::string, std::string>> all;
  for (const auto& [keyid, found] : known_)
    if (found.state == State::damaged) all.emplace_back(key_path(keyid), found.error);
  return all;
}

std::vector<ListedKey> listed_keys(const Ledger& ledger) {
  std::vector<ListedKey> keys;
  for (const auto& name : ledger.names("keys")) {
    const std::string path = "keys/" + name;
    try {
      keys.push_back(parse_key_file(path, ledger.file(path).value_or("")));
    } catch (const std::runtime_error& e) {
      throw std::runtime_error(ledger.folder().string() + ": " + naming(path, e.what()));
    }
  }
  std::sort(keys.begin(), keys.end(), [](const ListedKey& a, const ListedKey& b) {
    return std::tuple(a.from_size, a.valid_from, a.key.keyid()) <
           std::tuple(b.from_size, b.valid_from, b.key.keyid());
  });
  return keys;
}

bool is_listed(const Ledger& ledger, const PublicKey& key) {
  return ledger.file(key_path(key.keyid())).has_value();
}

void demand_usable_key(const Ledger& ledger, const PublicKey& key) {
  const std::string path = key_path(key.keyid());
  const auto bytes = ledger.file(path);
  const std::string who = ledger.folder().string() + ": the key " + key.keyid();
  if (!bytes) throw std::runtime_error(who + " is not one of this ledger's keys");
  try {
    const ListedKey listed = parse_key_file(path, *bytes);
    if (listed.ended())
      throw std::runtime_error("was " + end_of(listed) +
                               "; the ledger needs another to sign with, see: stet key");
    if (const int64_t time = now(); time < listed.valid_from)
      throw std::runtime_error("is valid only from " + format_timestamp(listed.valid_from) +
                               ", and the clock says " + format_timestamp(time) +
                               ": what it signed now would never count");
  } catch (const std::runtime_error& e) {
    throw std::runtime_error(who + " " + e.what());
  }
}

}  // namespace stet
