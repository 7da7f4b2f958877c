// SSH signatures (SSHSIG, OpenSSH's PROTOCOL.sshsig) by Ed25519 keys: what `ssh-keygen -Y sign` writes and
// `git verify-commit` reads. No SSH program or library is needed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "signature.hpp"

namespace stet {

inline constexpr std::string_view git_namespace = "git";

// The armored signature of `message`, over its SHA-512: the very bytes of `ssh-keygen -Y sign -n space`.
std::string ssh_signature(const PrivateKey& key, std::string_view space, std::string_view message);

// Nothing when `armored` is a signature of `message` by `key` in that namespace; else one clause that says
// what it is instead ("signed by another key, SHA256:...").
std::optional<std::string> ssh_signature_fault(const PublicKey& key, std::string_view space,
                                               std::string_view message, std::string_view armored);

// The fingerprint of the key that a signature says it was made with. Throws std::runtime_error for what is
// none.
std::string ssh_signer(std::string_view armored);

// A line of an allowed-signers file (ssh-keygen(1)), for `git -c gpg.ssh.allowedSignersFile=...`: a key whose
// signatures count from the first to the last of these seconds since 1970, where they are given. Empty when
// there is none between them.
std::string allowed_signer(const std::string& principal, const PublicKey& key,
                           std::optional<int64_t> first = {}, std::optional<int64_t> last = {});

}  // namespace stet
