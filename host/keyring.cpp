#include "keyring.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "canonical.hpp"
#include "digest.hpp"
#include "timestamp.hpp"

namespace stet {
namespace {

Keyring::Lookup look_up(const Ledger& ledger, const std::string& path) try {
  const auto bytes = path.empty() ? std::nullopt : ledger.file(path);
  if (!bytes) return {};
  return {Keyring::State::listed, parse_key_file(path, *bytes)};
} catch (const std::runtime_error&) {
  return {Keyring::State::damaged, {}};
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

std::pair<std::string, std::string> key_file(const PublicKey& key, const std::string& valid_from) {
  return {key_path(key.keyid()), canonical({{"algorithm", "ed25519"},
                                            {"keyid", key.keyid()},
                                            {"publicKey", key.pem()},
                                            {"validFrom", valid_from}})};
}

ListedKey parse_key_file(const std::string& path, const std::string& bytes) try {
  const auto value = nlohmann::json::parse(bytes);
  const auto text = value.at("validFrom").get<std::string>();
  const auto time = parse_timestamp(text);
  if (!time) throw std::runtime_error("validFrom is \"" + text + "\", which is not a time");
  const ListedKey listed{PublicKey::from_pem(value.at("publicKey").get<std::string>(), "publicKey"), *time};
  const auto [right_path, right_bytes] = key_file(listed.key, text);
  if (path != right_path)
    throw std::runtime_error("holds the key " + listed.key.keyid() + ", which belongs at " + right_path);
  if (bytes != right_bytes)
    throw std::runtime_error("is not the canonical key file of " + listed.key.keyid());
  return listed;
} catch (const nlohmann::json::exception&) {
  throw std::runtime_error("is not a key file: JSON of another shape");
}

const Keyring::Lookup& Keyring::find(const std::string& keyid) {
  const std::lock_guard lock(mutex_);
  const auto [place, is_new] = known_.try_emplace(keyid);
  if (is_new) place->second = look_up(ledger_, key_path(keyid));
  return place->second;
}

}  // namespace stet
