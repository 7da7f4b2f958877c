#include "tlog_proof.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "digest.hpp"
#include "tlog_samples.hpp"

using namespace stet;
using Catch::Contains;
using testing::SampleTree;

namespace {

constexpr uint64_t now = 1764000000;

// A log of 23 leaves and a witness who has cosigned it.
struct Logged {
  SampleTree tree{23};
  PrivateKey secret = PrivateKey::generate();
  NoteKey key{"log.example/ferry", NoteKeyType::ed25519, secret.public_key()};
  Witness witness{"w1.example", PrivateKey::generate()};
  WitnessPolicy policy{{witness.note_key()}, 1};

  TlogProof proof(size_t index) const {
    Note note = sign_checkpoint({key.name, 23, tree.root(23), {}}, secret);
    add_cosignature(note, witness.cosign(note, key, {key.name}, {}, now), witness.note_key(), now);
    return {index, std::nullopt, inclusion_proof(index, 23, tree.reader()), note};
  }
  std::string fault(const TlogProof& proof, const std::string& leaf) const {
    return verify_tlog_proof(proof, leaf, key, policy).witnesses.fault.value_or("");
  }
  std::string fault_of_file(const std::string& file, const std::string& leaf) const {
    try {
      return fault(parse_tlog_proof(file), leaf);
    } catch (const std::runtime_error& e) {
      return e.what();
    }
  }
};

std::string leaf(size_t index) {
  return "leaf " + std::to_string(index);
}

}  // namespace

TEST_CASE("the proof of every leaf comes back from its file and holds") {
  const Logged log;
  for (size_t i = 0; i < 23; ++i) {
    auto proof = log.proof(i);
    if (i % 3 == 1) proof.extra = std::string("\0\xFF some", 7);
    if (i % 3 == 2) proof.extra = "";
    const std::string file = write_tlog_proof(proof);
    const auto read = parse_tlog_proof(file);
    CHECK(read.extra == proof.extra);
    CHECK(write_tlog_proof(read) == file);
    const auto result = verify_tlog_proof(read, leaf(i), log.key, log.policy, now);
    CHECK_FALSE(result.witnesses.fault);
    CHECK(result.checkpoint.size == 23);
    REQUIRE(result.witnesses.by.size() == 1);
    CHECK(result.witnesses.by[0].time == now);
  }
}

TEST_CASE("the file is the lines of the specification") {
  const Logged log;
  auto proof = log.proof(3);
  proof.extra = "more";
  const std::string file = write_tlog_proof(proof);
  CHECK(file.starts_with("c2sp.org/tlog-proof@v1\nextra bW9yZQ==\nindex 3\n" +
                         base64(bytes_of(proof.path.at(0))) + "\n"));
  CHECK(file.ends_with("\n\n" + write_note(proof.checkpoint)));
}

TEST_CASE("a log of one leaf has a proof without a path") {
  const PrivateKey secret = PrivateKey::generate();
  const NoteKey key{"log.example/ferry", NoteKeyType::ed25519, secret.public_key()};
  const TlogProof proof{0, std::nullopt, {}, sign_checkpoint({key.name, 1, leaf_hash("only"), {}}, secret)};
  const auto read = parse_tlog_proof(write_tlog_proof(proof));
  CHECK_FALSE(verify_tlog_proof(read, "only", key, {}).witnesses.fault);
}

TEST_CASE("another leaf, index, path, log or policy is not proved") {
  const Logged log, other;
  const auto good = log.proof(3);
  CHECK(log.fault(good, leaf(3)).empty());
  CHECK_THAT(log.fault(good, leaf(4)), Contains("another root"));
  auto bad = good;
  bad.index = 4;
  CHECK_THAT(log.fault(bad, leaf(3)), Contains("another root"));
  bad.index = 23;
  CHECK_THAT(log.fault(bad, leaf(3)), Contains("not in a tree of 23"));
  bad.index = ~uint64_t{0};
  CHECK_THAT(log.fault(bad, leaf(3)), Contains("not in a tree of 23"));
  bad = good;
  bad.path.pop_back();
  CHECK_THAT(log.fault(bad, leaf(3)), Contains("too short"));
  bad = good;
  bad.path.push_back(bad.path.back());
  CHECK_THAT(log.fault(bad, leaf(3)), Contains("too long"));
  CHECK_THAT(other.fault(good, leaf(3)), Contains("no signature of log.example/ferry"));
  const auto unwitnessed = verify_tlog_proof(good, leaf(3), log.key, other.policy).witnesses.fault;
  CHECK(unwitnessed == "only 0 of the 1 witnesses required have cosigned");
  CHECK(verify_tlog_proof(good, leaf(3), log.key, log.policy, now - 1).witnesses.fault);
  bad = good;
  bad.checkpoint.text = "no checkpoint\n";
  CHECK_THAT(log.fault(bad, leaf(3)), Contains("not a checkpoint"));
}

TEST_CASE("no byte of a proof can be altered") {
  const Logged log;
  const std::string file = write_tlog_proof(log.proof(6));
  REQUIRE(log.fault_of_file(file, leaf(6)).empty());
  for (size_t at = 0; at < file.size(); ++at) {
    std::string bad = file;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    if (log.fault_of_file(bad, leaf(6)).empty()) FAIL("byte " << at << " is not covered");
  }
}

TEST_CASE("a proof cut anywhere does not hold") {
  const Logged log;
  const std::string file = write_tlog_proof(log.proof(6));
  for (size_t size = 0; size < file.size(); ++size)
    if (log.fault_of_file(file.substr(0, size), leaf(6)).empty()) FAIL("cut at " << size);
}

TEST_CASE("what is no proof is refused, and why is said") {
  const Logged log;
  const std::string hash = base64(bytes_of(leaf_hash("x"))) + "\n", first = "c2sp.org/tlog-proof@v1\n";
  const std::string note = "\n" + write_note(log.proof(0).checkpoint);
  std::string endless;
  for (int i = 0; i < 65; ++i) endless += hash;
  const std::pair<std::string, std::string> bad[] = {
      {"", "cut short"},
      {first, "cut short"},
      {first + "index 0\n", "cut short"},
      {first + "index 0\n" + hash, "cut short"},
      {"c2sp.org/tlog-proof@v2\nindex 0\n" + note, "does not begin with"},
      {"c2sp.org/tlog-proof@v1\r\nindex 0\n" + note, "does not begin with"},
      {"\n" + first + "index 0\n" + note, "does not begin with"},
      {first + note, "index is missing"},
      {first + "index\n" + note, "index is missing"},
      {first + "extra bW9yZQ==\nextra bW9yZQ==\nindex 0\n" + note, "index is missing"},
      {first + "index 0\nextra bW9yZQ==\n" + note, "no SHA-256"},
      {first + "index 00\n" + note, "index is no number"},
      {first + "index -1\n" + note, "index is no number"},
      {first + "index 18446744073709551616\n" + note, "index is no number"},
      {first + "index 0 \n" + note, "index is no number"},
      {first + "extra bW9yZQ\nindex 0\n" + note, "extra data are not base64"},
      {first + "index 0\n" + hash + "x" + hash + note, "line 2 of the path"},
      {first + "index 0\n" + base64("short") + "\n" + note, "line 1 of the path"},
      {first + "index 0\n" + endless + note, "more than 64 hashes"},
      {first + "index 0\n" + note + "\n", "nobody has signed"},
      {first + "index 0\n" + note + "trailing\n", "does not begin with a dash"},
      {first + "index 0\n\n", "no empty line"}};
  for (const auto& [text, reason] : bad) {
    CAPTURE(text);
    CHECK_THROWS_WITH(parse_tlog_proof(text), Contains(reason));
  }
  CHECK(parse_tlog_proof(first + "index 0\n" + hash + note).path.size() == 1);
}
