#include "witness_state.hpp"

#include <catch2/catch.hpp>

#include <fstream>

#include "scratch.hpp"
#include "tlog_samples.hpp"

using namespace stet;
using Catch::Contains;
using testing::SampleTree;
using testing::Scratch;
namespace fs = std::filesystem;

namespace {

constexpr uint64_t noon = 1'764'000'000;

struct Watch {
  Scratch scratch;
  SampleTree tree{50};
  PrivateKey secret = PrivateKey::generate();
  NoteKey log{"log.example", NoteKeyType::ed25519, secret.public_key()};
  Witness witness{"w.example", PrivateKey::generate()};

  Note sign(size_t size) const { return sign_checkpoint({log.name, size, tree.root(size), {}}, secret); }
  NoteSignature cosign(const Note& note, size_t to) const {
    const auto prove = [&](uint64_t from) { return consistency_proof(from, to, tree.reader()); };
    return WitnessState(scratch / "state").cosign(witness, note, log, prove, noon);
  }
};

}  // namespace

TEST_CASE("a witness remembers over its runs what it cosigned, log by log") {
  const Watch watch;
  CHECK(WitnessState(watch.scratch / "state").last(watch.log).size == 0);
  for (const size_t size : {size_t{7}, size_t{7}, size_t{50}}) {
    const auto note = watch.sign(size);
    CHECK(verifies(watch.witness.note_key(), note.text, watch.cosign(note, size)));
    CHECK(WitnessState(watch.scratch / "state").last(watch.log) == parse_checkpoint(note.text));
  }
  NoteKey other = watch.log;
  other.name = "other.example";
  CHECK(WitnessState(watch.scratch / "state").last(other).size == 0);
}

TEST_CASE("neither a rollback nor a fork is cosigned, and the state stays") {
  const Watch watch, fork;
  watch.cosign(watch.sign(9), 9);
  CHECK_THROWS_WITH(watch.cosign(watch.sign(7), 7), Contains("cannot begin with one of 9"));
  auto forged = sign_checkpoint({watch.log.name, 9, watch.tree.root(8), {}}, watch.secret);
  CHECK_THROWS_WITH(watch.cosign(forged, 9), Contains("different roots"));
  forged = sign_checkpoint({watch.log.name, 12, watch.tree.root(11), {}}, watch.secret);
  CHECK_THROWS_WITH(watch.cosign(forged, 12), Contains("not cosigned"));
  CHECK_THROWS_WITH(watch.cosign(fork.sign(12), 12), Contains("no signature"));
  CHECK(WitnessState(watch.scratch / "state").last(watch.log).size == 9);
  CHECK_NOTHROW(watch.cosign(watch.sign(12), 12));
}

TEST_CASE("a state that cannot be read stops the witness") {
  const Watch watch;
  watch.cosign(watch.sign(9), 9);
  for (const auto& file : fs::directory_iterator(watch.scratch / "state"))
    if (file.path().extension() == ".checkpoint") std::ofstream(file.path()) << "torn";
  CHECK_THROWS_WITH(watch.cosign(watch.sign(12), 12), Contains(".checkpoint: not a checkpoint"));
}
