#include "sshsig.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <string>

#include "digest.hpp"
#include "scratch.hpp"

namespace {

using stet::testing::Scratch;
using stet::testing::shell;

void write(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

std::string fault(const stet::PrivateKey& key, const std::string& message, const std::string& armored,
                  const char* space = "git") {
  return stet::ssh_signature_fault(key.public_key(), space, message, armored).value_or("");
}

}  // namespace

TEST_CASE("an SSH signature holds for its message, key and purpose alone") {
  const auto key = stet::PrivateKey::generate(), other = stet::PrivateKey::generate();
  const auto signature = stet::ssh_signature(key, "git", "message");
  CHECK(fault(key, "message", signature).empty());
  CHECK(fault(key, "massage", signature) == "signed over other bytes");
  CHECK(fault(other, "message", signature) == "signed by another key, " + key.public_key().keyid());
  CHECK(fault(key, "message", signature, "file") == "signed for another purpose than \"file\"");
}

TEST_CASE("no byte of an SSH signature can be changed") {
  const auto key = stet::PrivateKey::generate();
  const auto signature = stet::ssh_signature(key, "git", "message");
  for (size_t at = 0; at < signature.size(); ++at) {
    auto changed = signature;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    CHECK_FALSE(fault(key, "message", changed).empty());
  }
  for (size_t size = 0; size < signature.size(); ++size)
    CHECK_FALSE(fault(key, "message", signature.substr(0, size)).empty());
}

TEST_CASE("ssh-keygen takes an SSH signature of ours, and not for another message") {
  const Scratch scratch;
  const auto key = stet::PrivateKey::generate();
  write(scratch / "allowed", stet::allowed_signer("desk@example.org", key.public_key()));
  write(scratch / "signature", stet::ssh_signature(key, "git", "the message\n"));
  const auto verify = [&](const std::string& message) {
    write(scratch / "message", message);
    return shell(
        "cd '" + scratch.path().string() +
        "' && ssh-keygen -Y verify -f allowed -I desk@example.org -n git -s signature < message 2>&1");
  };
  CHECK_THAT(verify("the message\n"), Catch::StartsWith("Good \"git\" signature for desk@example.org"));
  CHECK_THROWS_WITH(verify("the massage\n"), Catch::Contains("incorrect signature"));
}

TEST_CASE("our SSH signature is the one that ssh-keygen makes, and we take one over SHA-256 too") {
  const Scratch scratch;
  const auto run = [&](const std::string& command) {
    return shell("cd '" + scratch.path().string() + "' && " + command + " 2>&1");
  };
  run("ssh-keygen -q -t ed25519 -N '' -f key");
  // The last 32 bytes of the wire form are the key itself.
  const auto wire = stet::from_base64(run("cut -d ' ' -f 2 key.pub | tr -d '\\n'"));
  const auto key = stet::PublicKey::from_raw(wire.substr(wire.size() - 32));
  write(scratch / "message", "the message\n");
  for (const char* hash : {"sha512", "sha256"}) {
    run("rm -f message.sig; ssh-keygen -Y sign -f key -n git -O hashalg=" + std::string(hash) + " message");
    std::ifstream file(scratch / "message.sig");
    const std::string theirs((std::istreambuf_iterator<char>(file)), {});
    CHECK_FALSE(stet::ssh_signature_fault(key, "git", "the message\n", theirs));
    CHECK(stet::ssh_signature_fault(key, "git", "another\n", theirs) == "signed over other bytes");
  }
}
