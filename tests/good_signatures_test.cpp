#include "good_signatures.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>

#include "digest.hpp"
#include "files.hpp"
#include "newsroom.hpp"
#include "timestamp.hpp"

using namespace stet;
using testing::Newsroom;
using testing::Scratch;
using Verdict = GoodSignatures::Verdict;
namespace fs = std::filesystem;

namespace {

struct Statement {
  explicit Statement(std::string text) : report(std::move(text)) {}
  Verdict judged_by(GoodSignatures& good) const {
    return good.judge(key.public_key(), report, sha256_hex(report), signature);
  }
  PrivateKey key = PrivateKey::generate();
  std::string report;
  std::string signature = key.sign(pre_authentication_encoding(report));
};

void remember(const fs::path& file, std::initializer_list<const Statement*> statements) {
  GoodSignatures good(file);
  for (const auto* statement : statements) REQUIRE(statement->judged_by(good) != Verdict::bad);
  good.save();
}

Verdict judged(const fs::path& file, const Statement& statement, bool afresh = false) {
  GoodSignatures good(file, afresh);
  return statement.judged_by(good);
}

}  // namespace

TEST_CASE("a signature that was found good is known from then on, by file") {
  const Scratch home;
  const auto file = home / "deep/down/good";
  const Statement one("one"), two("two");
  CHECK(judged(file, one) == Verdict::good);
  CHECK(!fs::exists(file));  // nothing was saved
  remember(file, {&one});
  CHECK(judged(file, one) == Verdict::good_before);
  CHECK(judged(file, two) == Verdict::good);
  CHECK(judged(file, one, true) == Verdict::good);
  remember(file, {&one, &two, &two});
  CHECK(judged(file, one) == Verdict::good_before);
  CHECK(judged(file, two) == Verdict::good_before);
  CHECK(fs::file_size(file) == 3 * 32);
}

TEST_CASE("what is known of one signature says nothing of another report, key or signature") {
  const Scratch home;
  const auto file = home / "good";
  const Statement one("one"), two("two");
  remember(file, {&one, &two});
  const auto bad = [&](const std::function<void(Statement&)>& alter) {
    Statement altered("one");
    altered.key = PrivateKey::generate();
    alter(altered);
    return judged(file, altered) == Verdict::bad;
  };
  CHECK(bad([&](Statement& s) { s.signature = one.signature; }));
  GoodSignatures good(file);
  const auto key = one.key.public_key();
  CHECK(good.judge(key, "two", sha256_hex("two"), one.signature) == Verdict::bad);
  CHECK(good.judge(key, "two", sha256_hex("two"), two.signature) == Verdict::bad);
  CHECK(good.judge(key, "one", sha256_hex("one"), one.signature + "0") == Verdict::bad);
  CHECK(good.judge(key, "one", sha256_hex("one"), one.signature.substr(1)) == Verdict::bad);
  for (size_t at = 0; at < one.signature.size(); ++at) {
    auto altered = one.signature;
    altered[at] = static_cast<char>(altered[at] ^ 1);
    CHECK(good.judge(key, "one", sha256_hex("one"), altered) == Verdict::bad);
  }
}

TEST_CASE("a signature that does not hold is never remembered") {
  const Scratch home;
  const auto file = home / "good";
  Statement forged("one");
  forged.signature[5] ^= 1;
  for (int i = 0; i < 2; ++i) {
    GoodSignatures good(file);
    CHECK(forged.judged_by(good) == Verdict::bad);
    good.save();
  }
  CHECK(!fs::exists(file));
}

TEST_CASE("a damaged memory forgets, and never takes a bad signature for good") {
  const Scratch home;
  const auto file = home / "good";
  const Statement one("one"), two("two");
  Statement forged("three");
  forged.signature[5] ^= 1;
  remember(file, {&one, &two});
  const auto whole = read_file(file, 1000);
  for (size_t at = 0; at < whole.size(); ++at) {
    auto damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0xff);
    write_file(file, damaged);
    CHECK(judged(file, forged) == Verdict::bad);
    CHECK(judged(file, one) != Verdict::bad);
    if (at < 32) CHECK(judged(file, one) == Verdict::good);
    write_file(file, whole.substr(0, at));
    CHECK(judged(file, one) != Verdict::bad);
    CHECK(judged(file, forged) == Verdict::bad);
  }
  remember(file, {&one});  // and what is found is written over the damage
  CHECK(judged(file, one) == Verdict::good_before);
}

TEST_CASE("a memory that others can write is not believed") {
  const Scratch home;
  const auto file = home / "good", elsewhere = home / "elsewhere";
  const Statement one("one");
  remember(file, {&one});
  for (const auto others : {fs::perms::group_write, fs::perms::others_write}) {
    fs::permissions(file, others, fs::perm_options::add);
    CHECK(judged(file, one) == Verdict::good);
    fs::permissions(file, others, fs::perm_options::remove);
    CHECK(judged(file, one) == Verdict::good_before);
  }
  fs::rename(file, elsewhere);
  fs::create_symlink(elsewhere, file);
  CHECK(judged(file, one) == Verdict::good);
}

TEST_CASE("what another ledger in the same place left is forgotten") {
  const Scratch home;
  const auto file = home / "good";
  const Statement one("one"), two("two"), three("three"), now("now");
  remember(file, {&one, &two, &three});
  remember(file, {&now});
  CHECK(fs::file_size(file) == 2 * 32);
  CHECK(judged(file, now) == Verdict::good_before);
  CHECK(judged(file, one) == Verdict::good);
}

TEST_CASE("what cannot be written down is an error that names the file") {
  const Scratch home;
  const auto in_the_way = home / "file";
  write_file(in_the_way, "");
  const Statement one("one");
  GoodSignatures good(in_the_way / "good");
  CHECK(one.judged_by(good) == Verdict::good);
  CHECK_THROWS_WITH(good.save(), Catch::Contains(in_the_way.string()));
  CHECK_THROWS_WITH(good.save(), (in_the_way / "good").string() + ": cannot be written: Not a directory");
}

TEST_CASE("a ledger's memory is in the user's state folder, named by its path") {
  const Scratch home;
  setenv("XDG_STATE_HOME", home.path().c_str(), 1);
  const auto file = GoodSignatures::file_of("/somewhere/../a/ledger");
  unsetenv("XDG_STATE_HOME");
  CHECK(file == home / "stet/verified" / sha256_hex("/a/ledger"));
}

TEST_CASE("a ledger verified again is verified as before, but for the arithmetic of its signatures") {
  Newsroom room;
  room.record_all();
  const auto file = room.scratch / "good";
  const auto verified = [&] {
    GoodSignatures good(file);
    VerifyOptions options;
    options.good_signatures = &good;
    auto v = verify(Ledger::open(room.folder()), options);
    good.save();
    return v;
  };
  CHECK(verified().signatures_before == 0);
  const auto again = verified();
  CHECK(again.holds());
  CHECK(again.signatures == 5);
  CHECK(again.signatures_before == 5);
  room.record("alder");
  CHECK(verified().signatures_before == 5);
  CHECK(verified().signatures_before == 6);

  // That the key was revoked for some of them meanwhile is told all the same.
  const auto next = PrivateKey::generate();
  rotate_key(room.ledger, room.signers(), next.public_key(), now());
  const auto stolen = room.key.public_key().keyid();
  revoke_key(room.ledger, room.signers(next), stolen, key_end(room.ledger, "birch@1", now()), "stolen",
             now());
  const auto found = testing::listed(verified());
  CHECK_THAT(found, Catch::Contains("revoked on"));
  CHECK(found == testing::listed(room.verified()));
}
