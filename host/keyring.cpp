#include "keyring.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "record.hpp"
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
  const auto [place, is_new] = known_.try_emplace(keyid);
  if (is_new) place->second = look_up(ledger_, key_path(keyid));
  return place->second;
}

}  // namespace stet
