#include "note.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "digest.hpp"

using namespace stet;
using Catch::Contains;

namespace {

const std::string name = "log.example/ferry";

struct Signer {
  PrivateKey secret = PrivateKey::generate();
  NoteKey key = {name, NoteKeyType::ed25519, secret.public_key()};
  NoteSignature sign(const std::string& text) const { return sign_text(text, key.name, secret); }
};

std::string line(const std::string& who, const std::string& bytes) {
  return "\xE2\x80\x94 " + who + " " + base64(bytes) + "\n";
}

}  // namespace

TEST_CASE("a note comes back from its text, and its signature holds") {
  const Signer signer;
  for (const std::string text :
       {"one line\n", "a\n\nb\n", "\n", "\n\n\n", "\xE2\x80\x94 a dash\n", "\xC3\xA9\n"}) {
    const Note note{text, {signer.sign(text)}};
    const Note read = parse_note(write_note(note));
    CHECK(read.text == text);
    REQUIRE(read.signatures.size() == 1);
    CHECK(write_note(read) == write_note(note));
    CHECK_FALSE(signature_fault(read, signer.key));
  }
}

TEST_CASE("no byte of a note can be altered") {
  const Signer signer;
  const std::string text = "Ferry\n42\n";
  const std::string written = write_note({text, {signer.sign(text)}});
  for (size_t at = 0; at < written.size(); ++at)
    for (const int bit : {0, 3, 6}) {
      std::string bad = written;
      bad[at] = static_cast<char>(bad[at] ^ 1 << bit);
      try {
        if (!signature_fault(parse_note(bad), signer.key)) FAIL("bit " << bit << " of byte " << at);
      } catch (const std::runtime_error& e) {
        CHECK_THAT(e.what(), Contains("not a signed note"));
      }
    }
}

TEST_CASE("the last empty line divides, so that a text can quote a note") {
  const Signer signer;
  const std::string quoted = write_note({"inner\n", {signer.sign("inner\n")}});
  const Note note = parse_note(write_note({quoted, {signer.sign(quoted)}}));
  CHECK(note.text == quoted);
  CHECK(note.signatures.size() == 1);
}

TEST_CASE("what is no note is refused, and why is said") {
  const std::string good = line("a", "idid+signature");
  const std::pair<std::string, std::string> bad[] = {
      {"", "no empty line"},
      {"text\n", "no empty line"},
      {"text\n" + good, "no empty line"},
      {"text\n\n", "nobody has signed"},
      {"\n\n", "nobody has signed"},
      {"text\n\n" + good.substr(0, good.size() - 1), "does not end"},
      {"text\n\n" + good + "more", "does not end"},
      {"text\n\n" + good + "more\n", "does not begin with a dash"},
      {"text\n\n- a " + base64("idid+") + "\n", "does not begin with a dash"},
      {"text\n\n\xE2\x80\x94 a\n", "no proper name"},
      {"text\n\n\xE2\x80\x94 \n", "no proper name"},
      {"text\n\n" + line("", "idid+"), "no proper name"},
      {"text\n\n" + line("a+b", "idid+"), "no proper name"},
      {"text\n\n" + line("a\xC2\xA0"
                         "b",
                         "idid+"),
       "no proper name"},
      {"text\n\n" + line("a\xE2\x80\xA8", "idid+"), "no proper name"},
      {"text\n\n" + line("a b", "idid+"), "not base64"},
      {"text\n\n\xE2\x80\x94 a  " + base64("idid+") + "\n", "not base64"},
      {"text\n\n\xE2\x80\x94 a " + base64("idid+") + " \n", "not base64"},
      {"text\n\n\xE2\x80\x94 a aWRpZCs\n", "not base64"},   // no padding
      {"text\n\n\xE2\x80\x94 a aWRpZCt=\n", "not base64"},  // stray bits
      {"text\n\n\xE2\x80\x94 a _____w==\n", "not base64"},  // the alphabet of URLs
      {"text\n\n\xE2\x80\x94 a \n", "cut short"},
      {"text\n\n" + line("a", "idid"), "cut short"},
      {"te\txt\n\n" + good, "byte 2 is a control character"},
      {"text\r\n\n" + good, "byte 4 is a control character"},
      {"text\n\n" + line("a\x1B[0m", "idid+"), "control character"},
      {std::string("te\0xt\n\n", 7) + good, "byte 2 is a control character"},
      {"t\xFFxt\n\n" + good, "byte 1 is not UTF-8"},
      {std::string(1 << 20, 'x') + "\n\n" + good, "larger than 1 MiB"}};
  for (const auto& [text, reason] : bad) {
    CAPTURE(text.substr(0, 60));
    CHECK_THROWS_WITH(parse_note(text), Contains(reason) && Contains("not a signed note"));
  }
  CHECK(parse_note("text\n\n" + good).signatures.at(0).bytes == "+signature");
}

TEST_CASE("sixteen signatures and more are read, a hundred at most") {
  std::string text = "text\n\n";
  for (int i = 0; i < 100; ++i) text += line("w" + std::to_string(i), "idid+" + std::to_string(i));
  CHECK(parse_note(text).signatures.size() == 100);
  CHECK_THROWS_WITH(parse_note(text + line("w100", "idid+")), Contains("more than 100"));
}

TEST_CASE("signatures by other keys are ignored, and a wrong one by a known key is not") {
  const Signer signer, other;
  const std::string text = "text\n";
  const auto good = signer.sign(text);
  auto wrong = signer.sign("other text\n");
  const NoteSignature stranger{"stranger.example", "abcd", std::string(2420, 's')};
  const NoteSignature same_name{name, "abcd", std::string(64, 's')};
  const NoteSignature same_id{"log.example/bus", signer.key.id(), std::string(64, 's')};
  CHECK_FALSE(signature_fault({text, {stranger, same_name, same_id, good}}, signer.key));
  CHECK_FALSE(signature_fault({text, {good, good}}, signer.key));  // twice says no more than once
  CHECK(signature_fault({text, {stranger, same_name, same_id}}, signer.key) ==
        "there is no signature of " + name);
  CHECK(signature_fault({text, {good, wrong}}, signer.key) == "the signature of " + name + " is not valid");
  CHECK(signature_fault({text, {wrong, good}}, signer.key));
  CHECK(signature_fault({text, {good}}, other.key));
  CHECK(signature_fault({text, {}}, signer.key));
  wrong.bytes = good.bytes + "x";
  CHECK(signature_fault({text, {wrong}}, signer.key));
  wrong.bytes = "x";
  CHECK(signature_fault({text, {wrong}}, signer.key));
}

TEST_CASE("a verifier key comes back from its text") {
  const Signer signer;
  for (const auto type : {NoteKeyType::ed25519, NoteKeyType::cosignature_v1}) {
    const NoteKey key{name, type, signer.secret.public_key()};
    const NoteKey read = parse_vkey(vkey(key));
    CHECK(read.name == key.name);
    CHECK(read.type == key.type);
    CHECK(read.key.raw() == key.key.raw());
    CHECK(read.id() == key.id());
    CHECK(vkey(read) == vkey(key));
  }
}

TEST_CASE("the id of a key is made of name, type and key") {
  const Signer signer;
  const std::string expected = sha256_hex(name + "\n\x01" + signer.key.key.raw()).substr(0, 8);
  CHECK(hex(signer.key.id()) == expected);
  const NoteKey witness{name, NoteKeyType::cosignature_v1, signer.key.key};
  CHECK(hex(witness.id()) == sha256_hex(name + "\n\x04" + signer.key.key.raw()).substr(0, 8));
}

TEST_CASE("a verifier key of another form is refused, and why is said") {
  const Signer signer;
  const std::string good = vkey(signer.key), id = hex(signer.key.id());
  const auto material = [&](const std::string& bytes) { return name + "+" + id + "+" + base64(bytes); };
  const std::pair<std::string, std::string> bad[] = {
      {"", "NAME+ID+KEY"},
      {name, "NAME+ID+KEY"},
      {name + "+" + id, "NAME+ID+KEY"},
      {"+" + id + "+AAAA", "name is empty"},
      {"a b+" + id + "+AAAA", "white space"},
      {name + "+" + id + "+", "not base64"},
      {name + "+" + id + "+A", "not base64"},
      {good + "\n", "not base64"},
      {good + "=", "not base64"},
      {material("\x02" + signer.key.key.raw()), "type 0x02"},
      {material("\x06" + std::string(1312, 'k')), "type 0x06"},
      {material("\x01" + signer.key.key.raw().substr(1)), "32 bytes, not 31"},
      {material("\x01" + signer.key.key.raw() + "x"), "32 bytes, not 33"},
      {material("\x04" + signer.key.key.raw()), "its id is not"},
      {"x" + good, "its id is not"},
      {name + "+00000000" + good.substr(name.size() + 9), "its id is not"},
      {name + "+" + id + "0" + good.substr(name.size() + 9), "its id is not"}};
  for (const auto& [text, reason] : bad) {
    CAPTURE(text);
    CHECK_THROWS_WITH(parse_vkey(text), Contains(reason));
  }
  std::string upper = good;
  for (size_t i = name.size() + 1; i < name.size() + 9; ++i) upper[i] = static_cast<char>(toupper(upper[i]));
  if (upper != good) CHECK_THROWS_WITH(parse_vkey(upper), Contains("its id is not"));
}

TEST_CASE("a name that a signature line could not carry does not sign") {
  const Signer signer;
  for (const std::string bad :
       {"", " ", "a b", "a+b", "a\n", "a\x01", "\xFF", "a\xE3\x80\x80z", "a\xC2\x85"}) {
    CHECK_FALSE(is_key_name(bad));
    CHECK_THROWS_AS(sign_text("text\n", bad, signer.secret), std::runtime_error);
    CHECK_THROWS_AS(cosign_text("text\n", 1, bad, signer.secret), std::runtime_error);
  }
  for (const std::string good :
       {"a", "log.example/ferry", "\xC3\xA9t\xC3\xA9.example", "oid/1.2.3", "-", "a\xE2\x80\x94"})
    CHECK(is_key_name(good));
}

TEST_CASE("a cosignature covers text and time, and is no plain signature") {
  const Signer signer;
  const NoteKey witness{name, NoteKeyType::cosignature_v1, signer.key.key};
  const auto signature = cosign_text("text\n", 1764000000, name, signer.secret);
  CHECK(signature.bytes.size() == 72);
  CHECK(cosignature_time(signature) == 1764000000u);
  CHECK(verifies(witness, "text\n", signature));
  CHECK_FALSE(verifies(witness, "text2\n", signature));
  CHECK_FALSE(verifies(signer.key, "text\n", signature));
  for (size_t at = 0; at < signature.bytes.size(); ++at) {
    auto bad = signature;
    bad.bytes[at] = static_cast<char>(bad.bytes[at] ^ 1);
    CHECK_FALSE(verifies(witness, "text\n", bad));
  }
  // The same bytes under the id of the other type.
  auto plain = sign_text("cosignature/v1\ntime 5\ntext\n", name, signer.secret);
  plain.id = witness.id();
  CHECK_FALSE(verifies(witness, "text\n", plain));
}

TEST_CASE("a cosignature's time ends at 2^63 - 1") {
  const Signer signer;
  const NoteKey witness{name, NoteKeyType::cosignature_v1, signer.key.key};
  CHECK(verifies(witness, "text\n", cosign_text("text\n", end_of_time, name, signer.secret)));
  CHECK_THROWS_WITH(cosign_text("text\n", end_of_time + 1, name, signer.secret), Contains("2^63"));
  // Signed correctly, and still out of range.
  const auto late = std::string("\x80\0\0\0\0\0\0\0", 8) +
                    signer.secret.sign("cosignature/v1\ntime 9223372036854775808\ntext\n");
  CHECK_FALSE(verifies(witness, "text\n", {name, witness.id(), late}));
  CHECK_FALSE(cosignature_time({name, witness.id(), late + "x"}));
}
