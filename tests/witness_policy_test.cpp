#include "witness_policy.hpp"

#include <catch2/catch.hpp>

#include "newsroom.hpp"
#include "timestamp.hpp"

using namespace stet;
using Catch::Contains;
using testing::Newsroom;

namespace {

constexpr uint64_t noon = 1'764'000'000;

struct Watched : Newsroom {
  Witness one{"one.example", PrivateKey::generate()}, two{"two.example", PrivateKey::generate()};

  Watched() {
    record("alder"), record("alder");
    for (const auto* witness : {&one, &two}) add_witness(ledger, signers(), witness->note_key(), now());
    require_witnesses(ledger, signers(), 2, now());
  }
  Note cosigned(const Witness& witness, const std::string& note) const {
    Note copy = parse_note(note);
    const NoteKey log = LedgerLog::open(ledger)->key();
    add_cosignature(copy, witness.cosign(copy, log, {log.name}, {}, noon), witness.note_key(), noon);
    return copy;
  }
  void take(const std::vector<Note>& notes) { take_cosigned(ledger, key, notes, now()); }
  void witness_all() { take({cosigned(one, checkpoint()), cosigned(two, checkpoint())}); }
};

}  // namespace

TEST_CASE("enough cosignatures make a checkpoint the witnessed one, and verify says up to where") {
  Watched room;
  CHECK_FALSE(room.verified().witnessed);
  room.witness_all();
  room.record("alder");
  CHECK(room.problems() == "");
  const auto v = room.verified();
  CHECK(v.witnessed == 7);  // ledger.json four times, a key and two revisions
  CHECK(v.logged == 8);
  CHECK(v.witnesses == std::vector<std::string>{"one.example", "two.example"});
  room.witness_all();
  CHECK(room.verified().witnessed == 8);
}

TEST_CASE("a checkpoint that is not cosigned enough, foreign, older or no beginning is not taken") {
  Watched room;
  const auto old = room.checkpoint();
  room.record("alder");
  CHECK_THROWS_WITH(room.take({room.cosigned(room.one, old)}),
                    Contains("only 1 of the 2 witnesses required"));
  CHECK_THROWS_WITH(room.take({parse_note(old)}), Contains("only 0 of the 2"));
  CHECK_THROWS_WITH(room.take({room.cosigned(room.one, old), room.cosigned(room.two, room.checkpoint())}),
                    Contains("not copies of one"));
  Watched other;
  CHECK_THROWS_WITH(room.take({other.cosigned(other.one, other.checkpoint())}), Contains("no signature"));
  room.witness_all();
  CHECK_THROWS_WITH(room.take({room.cosigned(room.one, old), room.cosigned(room.two, old)}),
                    Contains("newer than this one of 7"));
  const auto fork = write_note(sign_checkpoint({"desk", 8, leaf_hash("x"), {}}, room.log_key));
  CHECK_THROWS_WITH(room.take({room.cosigned(room.one, fork), room.cosigned(room.two, fork)}),
                    Contains("are not those of the checkpoint"));
  const auto future = write_note(sign_checkpoint({"desk", 9, leaf_hash("x"), {}}, room.log_key));
  CHECK_THROWS_WITH(room.take({room.cosigned(room.one, future), room.cosigned(room.two, future)}),
                    Contains("the log has 8 entries, and the checkpoint is of 9"));
  CHECK(room.problems() == "");
}

TEST_CASE("what was witnessed before more witnesses were asked for is no fault") {
  Watched room;
  room.witness_all();
  const Witness third{"three.example", PrivateKey::generate()};
  add_witness(room.ledger, room.signers(), third.note_key(), now());
  require_witnesses(room.ledger, room.signers(), 3, now());
  CHECK(room.problems() == "");
  CHECK(room.problems_fast() == "");
  CHECK_FALSE(room.verified().witnessed);
  room.take({room.cosigned(room.one, room.checkpoint()), room.cosigned(room.two, room.checkpoint()),
             room.cosigned(third, room.checkpoint())});
  CHECK(room.verified().witnessed == 9);
}

TEST_CASE("a policy that cannot be meant is refused") {
  Watched room;
  CHECK_THROWS_WITH(require_witnesses(room.ledger, room.signers(), 3, now()),
                    Contains("2 witnesses, and cannot require 3"));
  CHECK_THROWS_WITH(add_witness(room.ledger, room.signers(), room.one.note_key(), now()),
                    Contains("already"));
  const NoteKey log = LedgerLog::open(room.ledger)->key();
  CHECK_THROWS_WITH(add_witness(room.ledger, room.signers(), log, now()), Contains("not a witness's"));
  CHECK_THROWS_WITH(
      add_witness(room.ledger, room.signers(), {"w", NoteKeyType::cosignature_v1, log.key}, now()),
      Contains("cannot be its witness"));
  CHECK_THROWS_WITH(policy_in(R"({"witnesses":{}})"), Contains("witnesses is not"));
  CHECK(policy_in(room.ledger.file("ledger.json").value()).required == 2);
}

TEST_CASE("a witnessed checkpoint that is altered, of another past or gone is found") {
  Watched room;
  room.witness_all();
  const auto good = room.ledger.file(witnessed_path).value();
  const auto put = [&](const std::string& bytes) {
    SideFiles side;
    side.written.emplace_back(witnessed_path, bytes);
    const auto locked = room.ledger.lock();
    room.ledger.append({}, "forged", now(), side, commit_signer(room.key));
    const auto found = room.problems();
    CHECK(room.problems_fast() == found);
    return found;
  };
  CHECK_THAT(put("x"), Contains("log/witnessed: not a signed note"));
  CHECK_THAT(put(room.checkpoint()), Contains("log/witnessed: does not count: only 0 of the 2"));
  const auto fork = sign_checkpoint({"desk", 2, leaf_hash("x"), {}}, room.log_key);
  CHECK_THAT(put(write_note(fork)), Contains("log/witnessed: is of another past than the log's"));
  const auto future = sign_checkpoint({"desk", 8, leaf_hash("x"), {}}, room.log_key);
  CHECK_THAT(put(write_note(future)), Contains("log/witnessed: is of 8 entries, and the log of 7"));
  CHECK(put(good) == "");
  testing::rewrite(room.folder(), "git rm -q log/witnessed");
  CHECK_THAT(room.problems(), Contains("log/witnessed: was removed by commit "));
}
