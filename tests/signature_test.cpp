#include "signature.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "canonical.hpp"
#include "digest.hpp"
#include "scratch.hpp"

using namespace stet;
using Catch::Contains;
using nlohmann::json;
using testing::Scratch;
using testing::shell;

namespace {

std::string slurp(const std::filesystem::path& file) {
  std::ostringstream out;
  out << std::ifstream(file, std::ios::binary).rdbuf();
  return out.str();
}

void spill(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

std::string quoted(const std::filesystem::path& file) {
  return "'" + file.string() + "'";
}

}  // namespace

TEST_CASE("Ed25519 signs as RFC 8032 section 7.1 says") {
  const Scratch folder;
  // PKCS#8 around the secret key of RFC 8032's test 2, whose message is the byte 0x72.
  const std::string secret = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
  std::string der("\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20", 16);
  for (size_t i = 0; i < secret.size(); i += 2)
    der += static_cast<char>(std::stoi(secret.substr(i, 2), nullptr, 16));
  spill(folder / "rfc.pem", "-----BEGIN PRIVATE KEY-----\n" + base64(der) + "\n-----END PRIVATE KEY-----\n");
  const auto key = PrivateKey::load(folder / "rfc.pem", std::nullopt);
  CHECK(hex(key.sign("\x72")) ==
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
}

TEST_CASE("a signature holds for its message and its key alone") {
  const auto key = PrivateKey::generate();
  const std::string message = "what was read";
  const std::string signature = key.sign(message);
  REQUIRE(signature.size() == 64);
  CHECK(key.public_key().verifies(message, signature));
  CHECK_FALSE(key.public_key().verifies("what was reaD", signature));
  CHECK_FALSE(key.public_key().verifies("", signature));
  CHECK_FALSE(PrivateKey::generate().public_key().verifies(message, signature));
  CHECK(key.public_key().verifies("", key.sign("")));
}

TEST_CASE("no bit of a signature can be changed and none left out or added") {
  const auto key = PrivateKey::generate();
  const std::string signature = key.sign("text");
  for (size_t i = 0; i < signature.size(); ++i)
    for (int bit = 0; bit < 8; ++bit) {
      std::string bad = signature;
      bad[i] = static_cast<char>(bad[i] ^ 1 << bit);
      if (key.public_key().verifies("text", bad))
        FAIL("bit " << bit << " of byte " << i << " is not covered");
    }
  CHECK_FALSE(key.public_key().verifies("text", ""));
  CHECK_FALSE(key.public_key().verifies("text", signature.substr(0, 63)));
  CHECK_FALSE(key.public_key().verifies("text", signature + '\0'));
}

TEST_CASE("keyid and ssh() are what ssh-keygen prints and reads") {
  const Scratch folder;
  const auto key = PrivateKey::generate().public_key();
  spill(folder / "key.pub", key.ssh() + " someone\n");
  const std::string printed = shell("ssh-keygen -lf " + quoted(folder / "key.pub"));
  CHECK_THAT(printed, Contains("256 " + key.keyid() + " ") && Contains("(ED25519)"));
  CHECK(key.keyid().size() == std::string("SHA256:").size() + 43);
}

TEST_CASE("a public key's PEM is the one that RFC 8410 gives as an example") {
  const std::string pem =
      "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n"
      "-----END PUBLIC KEY-----\n";
  const auto key = PublicKey::from_pem(pem, "key.pub");
  CHECK(stet::hex(key.ssh_wire())
            .ends_with("19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1"));
  CHECK(key.pem() == pem);
}

TEST_CASE("a public key survives its PEM") {
  const auto key = PrivateKey::generate().public_key();
  const auto again = PublicKey::from_pem(key.pem(), "key.pub");
  CHECK(again.keyid() == key.keyid());
  CHECK(again.pem() == key.pem());
}

TEST_CASE("what is no Ed25519 public key is refused by name") {
  const std::string rsa = shell("openssl genrsa 2048 2>/dev/null | openssl rsa -pubout 2>/dev/null");
  CHECK_THROWS_WITH(PublicKey::from_pem(rsa, "keys/rsa.json"), Contains("keys/rsa.json: not an Ed25519 key"));
  const std::string x25519 = shell("openssl genpkey -algorithm x25519 | openssl pkey -pubout");
  CHECK_THROWS_WITH(PublicKey::from_pem(x25519, "x.pem"), Contains("x.pem: not an Ed25519 key"));
  const std::string pem = PrivateKey::generate().public_key().pem();
  for (const std::string& bad :
       {std::string(), std::string("PEM"), pem.substr(0, pem.size() / 2),
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n" + std::string()})
    CHECK_THROWS_WITH(PublicKey::from_pem(bad, "x.pem"), Contains("x.pem: not a public key"));
}

TEST_CASE("a saved key is readable by its owner alone and never written over") {
  const Scratch folder;
  const auto key = PrivateKey::generate();
  key.save(folder / "key.pem", std::nullopt);
  struct stat about {};
  REQUIRE(stat((folder / "key.pem").c_str(), &about) == 0);
  CHECK((about.st_mode & 07777) == 0600);
  const std::string before = slurp(folder / "key.pem");
  CHECK_THROWS_WITH(PrivateKey::generate().save(folder / "key.pem", std::nullopt),
                    Contains("key.pem: already exists"));
  CHECK(slurp(folder / "key.pem") == before);
  CHECK(PrivateKey::load(folder / "key.pem", std::nullopt).public_key().keyid() == key.public_key().keyid());
  CHECK_THROWS_WITH(key.save(folder / "absent" / "key.pem", std::nullopt), Contains("absent/key.pem: "));
}

TEST_CASE("openssl reads a saved key and stet reads openssl's") {
  const Scratch folder;
  const auto key = PrivateKey::generate();
  key.save(folder / "key.pem", std::nullopt);
  CHECK(shell("openssl pkey -pubout -in " + quoted(folder / "key.pem")) == key.public_key().pem());
  shell("openssl genpkey -algorithm ed25519 -out " + quoted(folder / "theirs.pem"));
  const auto theirs = PrivateKey::load(folder / "theirs.pem", std::nullopt).public_key();
  CHECK(shell("openssl pkey -pubout -in " + quoted(folder / "theirs.pem")) == theirs.pem());
}

TEST_CASE("an encrypted key needs its passphrase and nobody is asked for one") {
  const Scratch folder;
  const auto key = PrivateKey::generate();
  const auto file = folder / "key.pem";
  key.save(file, "correct horse");
  CHECK_THAT(slurp(file), Contains("BEGIN ENCRYPTED PRIVATE KEY"));
  CHECK(PrivateKey::load(file, "correct horse").public_key().keyid() == key.public_key().keyid());
  CHECK_THROWS_WITH(PrivateKey::load(file, std::nullopt), Contains("key.pem: is encrypted"));
  CHECK_THROWS_WITH(PrivateKey::load(file, "Correct horse"), Contains("key.pem: wrong passphrase"));
  CHECK_THROWS_WITH(PrivateKey::load(file, ""), Contains("key.pem: wrong passphrase"));
  CHECK_THROWS_WITH(PrivateKey::load(file, std::string(5000, 'x')), Contains("key.pem: wrong passphrase"));
  CHECK(shell("openssl pkey -pubout -passin 'pass:correct horse' -in " + quoted(file)) ==
        key.public_key().pem());
}

TEST_CASE("a passphrase that protects nothing, or that could not be given again, is refused") {
  const Scratch folder;
  const auto key = PrivateKey::generate();
  CHECK_THROWS_WITH(key.save(folder / "key.pem", ""), Contains("empty passphrase"));
  CHECK_THROWS_WITH(key.save(folder / "key.pem", std::string(1001, 'x')), Contains("longer than 1000"));
  CHECK_FALSE(std::filesystem::exists(folder / "key.pem"));
  const std::string longest(1000, 'x');
  key.save(folder / "key.pem", longest);
  CHECK(PrivateKey::load(folder / "key.pem", longest).public_key().keyid() == key.public_key().keyid());
}

TEST_CASE("a file that is no Ed25519 key is refused by name") {
  const Scratch folder;
  shell("openssl genrsa -out " + quoted(folder / "rsa.pem") + " 2048 2>/dev/null");
  CHECK_THROWS_WITH(PrivateKey::load(folder / "rsa.pem", std::nullopt),
                    Contains("rsa.pem: not an Ed25519 key"));
  spill(folder / "public.pem", PrivateKey::generate().public_key().pem());
  CHECK_THROWS_WITH(PrivateKey::load(folder / "public.pem", std::nullopt),
                    Contains("public.pem: not a private key"));
  spill(folder / "empty.pem", "");
  CHECK_THROWS_WITH(PrivateKey::load(folder / "empty.pem", std::nullopt),
                    Contains("empty.pem: not a private key"));
  CHECK_THROWS_WITH(PrivateKey::load(folder / "absent.pem", std::nullopt),
                    Contains("absent.pem: no such file"));
  CHECK_THROWS_WITH(PrivateKey::load(folder / ".", std::nullopt), Contains("folder"));
}

TEST_CASE("the pre-authentication encoding counts bytes") {
  CHECK(pre_authentication_encoding("") == "DSSEv1 28 application/vnd.in-toto+json 0 ");
  CHECK(pre_authentication_encoding("\u00e9 {}") == "DSSEv1 28 application/vnd.in-toto+json 5 \u00e9 {}");
}

TEST_CASE("signatures survive their file") {
  const auto key = PrivateKey::generate();
  const std::vector<Signature> written{{"SHA256:a", key.sign("1")}, {"SHA256:b", key.sign("2")}};
  const std::string text = signatures_file(written);
  CHECK(is_canonical(text));
  const auto read = parse_signatures_file(text);
  REQUIRE(read.size() == 2);
  CHECK(read[1].keyid == "SHA256:b");
  CHECK(read[1].bytes == written[1].bytes);
  CHECK(parse_signatures_file(signatures_file({})).empty());
}

TEST_CASE("a signatures file with any character changed reads differently or not at all") {
  const std::vector<Signature> written{{"SHA256:a", std::string(64, '\xfb')}};
  const std::string good = signatures_file(written);
  for (size_t i = 0; i < good.size(); ++i)
    for (const char c : {'-', '_', '=', '0', 'A', ' ', '"', '\\', '}'}) {
      if (good[i] == c) continue;
      std::string bad = good;
      bad[i] = c;
      try {
        const auto read = parse_signatures_file(bad);
        CHECK((read[0].keyid != "SHA256:a" || read[0].bytes != written[0].bytes));
      } catch (const std::runtime_error& e) {
        CHECK_THAT(e.what(), Contains("not a list of signatures"));
      }
    }
}

TEST_CASE("a signatures file of another shape is refused") {
  const std::string sig = base64(std::string(64, 's'));
  for (const std::string& bad :
       {std::string(), std::string("{}"), std::string("[]"), std::string("{\"signatures\":7}"),
        std::string("{\"signatures\":[7]}"), std::string("{\"signatures\":[{\"keyid\":\"a\"}]}"),
        "{\"signatures\":[{\"keyid\":7,\"sig\":\"" + sig + "\"}]}",
        "{\"signatures\":[{\"keyid\":\"a\",\"sig\":\"" + sig.substr(4) + "\"}]}",
        "{\"signatures\":[{\"keyid\":\"a\",\"sig\":\"" + sig + "\",\"x\":1}]}",
        "{\"signatures\":[{\"sig\":\"" + sig + "\",\"keyid\":\"a\"}]}", signatures_file({}) + "\n"})
    CHECK_THROWS_AS(parse_signatures_file(bad), std::runtime_error);
}

TEST_CASE("an envelope carries payload, type and signatures as DSSE names them") {
  const auto key = PrivateKey::generate();
  const std::string payload = R"({"a":1})";
  const std::string sig = key.sign(pre_authentication_encoding(payload));
  const json e = json::parse(envelope(payload, {{key.public_key().keyid(), sig}}));
  CHECK(e.size() == 3);
  CHECK(from_base64(e.at("payload").get<std::string>()) == payload);
  CHECK(e.at("payloadType") == payload_type);
  CHECK(e.at("signatures").at(0).at("keyid") == key.public_key().keyid());
  CHECK(from_base64(e.at("signatures").at(0).at("sig").get<std::string>()) == sig);
}

TEST_CASE("a public key comes back from its 32 bytes, and from no other number") {
  const auto key = PrivateKey::generate();
  const std::string raw = key.public_key().raw();
  CHECK(PublicKey::from_raw(raw).verifies("text", key.sign("text")));
  CHECK(PublicKey::from_raw(raw).pem() == key.public_key().pem());
  for (const auto& bad : {std::string(), raw.substr(1), raw + "x"})
    CHECK_THROWS_WITH(PublicKey::from_raw(bad), Contains("32 bytes"));
}

TEST_CASE("32 bytes that are no point of the large subgroup are no public key") {
  for (const char first : {'\0', '\1', '\x7F', '\xFF'}) {
    const std::string raw = first + std::string(31, first == '\1' ? '\0' : first);
    const std::string der("\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00", 12);
    const std::string pem =
        "-----BEGIN PUBLIC KEY-----\n" + base64(der + raw) + "\n-----END PUBLIC KEY-----\n";
    CHECK_THROWS_WITH(PublicKey::from_raw(raw), Contains("not a sound Ed25519 public key"));
    CHECK_THROWS_WITH(PublicKey::from_pem(pem, "k.pem"), Contains("k.pem: not a sound Ed25519 public key"));
  }
}
