#include "signature_batch.hpp"

#include <map>
#include <stdexcept>
#include <vector>

#include "ed25519_batch.hpp"

namespace stet {
namespace {

constexpr size_t least_together = 16;  // fewer take longer together than one by one

// What is none is for others to say.
std::vector<Signature> signatures_in(const std::string& bytes) try {
  return parse_signatures_file(bytes);
} catch (const std::runtime_error&) {
  return {};
}

bool is_signature_of(const StoredFile& signature, const StoredFile& report) {
  constexpr std::string_view signed_end = ".report", end = ".sig";
  const std::string_view a = report.path, b = signature.path;
  return a.ends_with(signed_end) && b.ends_with(end) &&
         a.substr(0, a.size() - signed_end.size()) == b.substr(0, b.size() - end.size());
}

}  // namespace

void SignatureBatch::verify(std::span<const StoredFile> files, Keyring& keys) {
  std::unordered_map<std::string, Signed> all;
  std::map<std::string, std::vector<SignedMessage>> by_key;
  for (size_t i = 1; i < files.size(); ++i) {
    if (!is_signature_of(files[i], files[i - 1])) continue;
    for (const auto& [keyid, bytes] : signatures_in(files[i].bytes)) {
      const auto message = pre_authentication_encoding(files[i - 1].bytes);
      const auto [place, is_new] = all.emplace(bytes, Signed{keyid, message});
      if (is_new) by_key[keyid].push_back({place->second.message, place->first});
    }
  }
  for (const auto& [keyid, messages] : by_key) {
    const auto& found = keys.find(keyid);
    if (found.state == Keyring::State::listed && messages.size() >= least_together &&
        all_verify(found.listed.key, messages))
      continue;
    for (const auto& message : messages) all.erase(std::string(message.signature));
  }
  good_ = std::move(all);
}

bool SignatureBatch::verifies(const PublicKey& key, const std::string& message,
                              const std::string& signature) const {
  const auto found = good_.find(signature);
  const bool known =
      found != good_.end() && found->second.message == message && found->second.keyid == key.keyid();
  return known || key.verifies(message, signature);
}

}  // namespace stet
