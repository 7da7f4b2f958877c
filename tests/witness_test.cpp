#include "witness.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "tlog_samples.hpp"

using namespace stet;
using Catch::Contains;
using testing::SampleTree;

namespace {

constexpr uint64_t now = 1764000000;

Witness witness(const std::string& name) {
  return {name, PrivateKey::generate()};
}

// A log whose tree has up to 50 leaves.
struct Log {
  SampleTree tree{50};
  PrivateKey secret = PrivateKey::generate();
  NoteKey key{"log.example/ferry", NoteKeyType::ed25519, secret.public_key()};

  Checkpoint at(size_t size) const { return {key.name, size, tree.root(size), {}}; }
  Note sign(size_t size) const { return sign_checkpoint(at(size), secret); }
  std::vector<Hash> growth(size_t from, size_t to) const {
    return consistency_proof(from, to, tree.reader());
  }
};

}  // namespace

TEST_CASE("a witness cosigns what has only grown, and the cosignature holds") {
  const Log log;
  const Witness w = witness("w1.example");
  for (const auto& [from, to] : {std::pair(0, 0), std::pair(0, 7), std::pair(7, 7), std::pair(7, 50)}) {
    Note note = log.sign(static_cast<size_t>(to));
    const auto before = static_cast<size_t>(from), after = static_cast<size_t>(to);
    add_cosignature(note, w.cosign(note, log.key, log.at(before), log.growth(before, after), now),
                    w.note_key(), now);
    const Note read = parse_note(write_note(note));
    CHECK_FALSE(signature_fault(read, w.note_key()));
    CHECK(open_checkpoint(read, log.key) == log.at(after));
  }
}

TEST_CASE("a witness does not cosign a tree that was changed, cut or swapped") {
  const Log log;
  const Witness w = witness("w1.example");
  const auto refused = [&](const Note& next, const Checkpoint& previous, const std::vector<Hash>& proof,
                           const std::string& reason) {
    CHECK_THROWS_WITH(w.cosign(next, log.key, previous, proof, now), Contains(reason));
  };
  Checkpoint other = log.at(7);
  other.root = log.tree.root(8);
  refused(log.sign(9), other, log.growth(7, 9), "another old root");
  refused(log.sign(7), log.at(9), {}, "cannot begin with one of 9");
  refused(log.sign(7), other, {}, "different roots");
  refused(log.sign(9), log.at(7), {}, "too short");
  refused(log.sign(9), log.at(7), log.growth(7, 10), "the checkpoint is not cosigned");
  refused(log.sign(9), {log.key.name}, log.growth(7, 9), "nothing precedes it");
  refused(log.sign(9), {"log.example/bus"}, {},
          "of log log.example/ferry, the previous one of log.example/bus");
  refused(sign_checkpoint({log.key.name, 9, log.tree.root(8), {}}, log.secret), log.at(7), log.growth(7, 9),
          "another new root");
}

TEST_CASE("a witness does not cosign what the log has not signed") {
  const Log log, impostor;
  const Witness w = witness("w1.example");
  const auto cosign = [&](const Note& note) { return w.cosign(note, log.key, {log.key.name}, {}, now); };
  CHECK_THROWS_WITH(cosign(impostor.sign(9)), Contains("no signature"));
  Note forged = log.sign(9);
  forged.text = impostor.sign(8).text;
  CHECK_THROWS_WITH(cosign(forged), Contains("not valid"));
  CHECK_THROWS_WITH(cosign({"text\n", log.sign(9).signatures}), Contains("not a checkpoint"));
}

TEST_CASE("a witness says a time, and is not the log") {
  const Log log;
  CHECK_THROWS_WITH(witness("w").cosign(log.sign(9), log.key, {log.key.name}, {}, 0), Contains("time is 0"));
  CHECK_THROWS_WITH(witness("w").cosign(log.sign(9), log.key, {log.key.name}, {}, end_of_time + 1),
                    Contains("2^63"));
  Log own;
  const Witness w = witness("w1.example");
  own.key.key = w.key.public_key();
  const auto text = own.sign(9).text;
  const Note note{text, {sign_text(text, own.key.name, w.key)}};
  CHECK_THROWS_WITH(w.cosign(note, own.key, {own.key.name}, {}, now), Contains("its own witness"));
}

TEST_CASE("only a cosignature of this checkpoint, by that witness, up to now, is added") {
  const Log log;
  const Witness w = witness("w1.example"), other = witness("w2.example");
  Note note = log.sign(9);
  const auto cosignature = w.cosign(note, log.key, {log.key.name}, {}, now);
  const auto add = [&](const NoteSignature& s, const NoteKey& k, uint64_t latest) {
    add_cosignature(note, s, k, latest);
  };
  CHECK_THROWS_WITH(add(cosignature, other.note_key(), now),
                    Contains("not a cosignature of this checkpoint"));
  CHECK_THROWS_WITH(add(cosignature, w.note_key(), now - 1), Contains("not a time up to"));
  CHECK_THROWS_WITH(add(cosign_text(note.text, 0, w.name, w.key), w.note_key(), now), Contains("not a time"));
  CHECK_THROWS_WITH(add(w.cosign(log.sign(8), log.key, {log.key.name}, {}, now), w.note_key(), now),
                    Contains("not a cosignature of this checkpoint"));
  CHECK_THROWS_WITH(add(note.signatures[0], log.key, now), Contains("not a witness's"));
  NoteSignature short_one = cosignature;
  short_one.bytes.pop_back();
  CHECK_THROWS_AS(add(short_one, w.note_key(), now), std::runtime_error);
  CHECK(note.signatures.size() == 1);
  add(cosignature, w.note_key(), now);
  CHECK(note.signatures.size() == 2);
}

TEST_CASE("a later cosignature takes the place of the witness's earlier one") {
  const Log log;
  const Witness w = witness("w1.example"), other = witness("w2.example");
  Note note = log.sign(9);
  for (const auto* who : {&w, &other})
    add_cosignature(note, who->cosign(note, log.key, {log.key.name}, {}, now - 60), who->note_key(), now);
  add_cosignature(note, w.cosign(note, log.key, log.at(9), {}, now), w.note_key(), now);
  CHECK(note.signatures.size() == 3);
  const auto result = witnessed({{w.note_key(), other.note_key()}, 2}, note);
  REQUIRE(result.by.size() == 2);
  CHECK(result.by[0].time == now);
  CHECK(result.by[1].time == now - 60);
}

TEST_CASE("k of n witnesses are enough, and fewer are not") {
  const Log log;
  std::vector<Witness> all;
  std::vector<NoteKey> keys;
  for (int i = 0; i < 5; ++i) {
    all.push_back(witness("w" + std::to_string(i) + ".example"));
    keys.push_back(all.back().note_key());
  }
  Note note = log.sign(9);
  for (size_t cosigned = 0; cosigned <= 5; ++cosigned) {
    for (size_t required = 0; required <= 5; ++required) {
      const auto result = witnessed({keys, required}, note);
      CHECK(result.by.size() == cosigned);
      CHECK(result.fault.has_value() == (cosigned < required));
    }
    if (cosigned < 5)
      add_cosignature(note, all[cosigned].cosign(note, log.key, {log.key.name}, {}, now), keys[cosigned],
                      now);
  }
  CHECK(witnessed({keys, 3}, log.sign(9)).fault == "only 0 of the 3 witnesses required have cosigned");
  // Strangers do not help.
  CHECK(witnessed({{witness("w9.example").note_key()}, 1}, note).fault);
}

TEST_CASE("a witness counts once, however often it has signed") {
  const Log log;
  const Witness w = witness("w1.example"), other = witness("w2.example");
  Note note = log.sign(9);
  for (const uint64_t time : {now, now, now - 5})
    note.signatures.push_back(cosign_text(note.text, time, w.name, w.key));
  const auto result = witnessed({{w.note_key(), other.note_key()}, 2}, note);
  CHECK(result.by.size() == 1);
  CHECK(result.fault);
  // The same key under two names would make one witness two.
  NoteKey alias = w.note_key();
  alias.name = "w3.example";
  CHECK(witnessed({{w.note_key(), alias}, 1}, note).fault == "the policy names the key of w3.example twice");
}

TEST_CASE("a wrong cosignature of a known witness spoils the note, of a stranger it does not") {
  const Log log;
  const Witness w = witness("w1.example"), other = witness("w2.example");
  Note note = log.sign(9);
  add_cosignature(note, w.cosign(note, log.key, {log.key.name}, {}, now), w.note_key(), now);
  auto wrong = cosign_text("another\n", now, other.name, other.key);
  note.signatures.push_back(wrong);
  CHECK_FALSE(witnessed({{w.note_key()}, 1}, note).fault);
  CHECK(witnessed({{w.note_key(), other.note_key()}, 1}, note).fault ==
        "the signature of w2.example is not valid");
}

TEST_CASE("cosignatures of the future or of no time do not count") {
  const Log log;
  const Witness w = witness("w1.example");
  Note note = log.sign(9);
  note.signatures.push_back(cosign_text(note.text, now, w.name, w.key));
  CHECK_FALSE(witnessed({{w.note_key()}, 1}, note, now).fault);
  CHECK(witnessed({{w.note_key()}, 1}, note, now - 1).fault);
  note.signatures.back() = cosign_text(note.text, 0, w.name, w.key);
  CHECK(witnessed({{w.note_key()}, 1}, note, now).fault);
}

TEST_CASE("a policy that cannot be meant is a fault") {
  const Log log;
  const Note note = log.sign(9);
  CHECK(witnessed({{}, 1}, note).fault == "the policy asks for 1 of 0 witnesses");
  CHECK(witnessed({{log.key}, 1}, note).fault == "the key of log.example/ferry is not a witness's");
  CHECK_FALSE(witnessed({}, note).fault);
}
