#include "last_signed.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "files.hpp"
#include "newsroom.hpp"
#include "timestamp.hpp"

using namespace stet;
using namespace stet::testing;
using Catch::Contains;

namespace {

struct Remembering : Newsroom {
  void record_one(const std::string& article) {
    const Entry entry{article, ledger.revisions(article) + 1, "words", {}, "{}", "{}"};
    const auto leaf = leaf_of(entry);
    const auto locked = ledger.lock();
    commit_revisions(ledger, {key, &log_key, &last}, {entry}, {&leaf, 1}, article, now());
  }
  std::filesystem::path file = scratch / "log.pem.checkpoint";
  LastSigned last{scratch / "log.pem"};
};

}  // namespace

TEST_CASE("a ledger that was set back is not recorded into") {
  Remembering room;
  room.record_one("alder");
  room.record_one("alder");
  git(room.folder(), "update-ref refs/heads/main main~1");
  const auto head = git(room.folder(), "rev-parse main");
  CHECK_THROWS_WITH(
      room.record_one("alder"),
      Contains("was set back, or is an old copy: the log has 3 entries, and the checkpoint is of "
               "4 that the log's key signed last") &&
          Catch::EndsWith("remove " + room.file.string()));
  CHECK(git(room.folder(), "rev-parse main") == head);
  std::filesystem::remove(room.file);
  room.record_one("birch");
  CHECK(room.ledger.revisions("birch") == 1);
}

TEST_CASE("nor one whose log has another past by now") {
  Remembering room;
  room.record_one("alder");
  const auto before = git(room.folder(), "rev-parse main");
  room.record_one("alder");
  std::filesystem::copy(room.file, room.scratch / "first");
  git(room.folder(), "update-ref refs/heads/main " + before);
  std::filesystem::remove(room.file);
  room.record_one("birch");
  std::filesystem::rename(room.scratch / "first", room.file);
  CHECK_THROWS_WITH(room.record_one("cedar"), Contains("the first 4 entries of the log are not those"));
}

TEST_CASE("what was signed last and is lost, damaged, behind or of another log refuses nothing") {
  Remembering room;
  room.record_one("alder");
  std::string kept;
  SECTION("lost") {
    std::filesystem::remove(room.file);
  }
  SECTION("cut off") {
    std::ofstream(room.file) << "desk\n";
  }
  SECTION("of another log") {
    std::ofstream(room.file) << write_note(sign_checkpoint({"other", 9, leaf_hash("x"), {}}, room.log_key));
  }
  SECTION("of another log of that name") {
    std::ofstream(room.file) << write_note(
        sign_checkpoint({"desk", 9, leaf_hash("x"), {}}, PrivateKey::generate()));
  }
  SECTION("behind") {
    std::filesystem::copy(room.file, room.scratch / "first");
    room.record_one("birch");
    std::filesystem::rename(room.scratch / "first", room.file);
  }
  SECTION("cannot be written") {
    std::filesystem::remove(room.file);
    std::filesystem::create_directories(room.file / "inside");
  }
  const auto size = LedgerLog::open(room.ledger)->checkpoint().size;
  room.record_one("cedar");
  CHECK(LedgerLog::open(room.ledger)->checkpoint().size == size + 1);
}

TEST_CASE("what the log's key signed last takes the place of nothing else") {
  Remembering room;
  const auto kept = [&] { return read_file(room.file, 1u << 20); };
  SECTION("a key") {
    std::filesystem::path of_the_key = room.scratch / "log.checkpoint";
    room.log_key.save(of_the_key, std::nullopt);
    room.log_key.save(room.file, std::nullopt);
    const auto before = kept();
    room.last = LastSigned(of_the_key);
    room.record_one("alder");
    CHECK(read_file(of_the_key, 1u << 20) == before);
    CHECK(read_file(of_the_key += ".checkpoint", 1u << 20) == room.checkpoint());
    room.last = LastSigned(room.scratch / "log.pem");
    room.record_one("birch");
    CHECK(kept() == before);
  }
  SECTION("a checkpoint of another log") {
    const auto other = write_note(sign_checkpoint({"desk", 9, leaf_hash("x"), {}}, PrivateKey::generate()));
    std::ofstream(room.file) << other;
    room.record_one("alder");
    CHECK(kept() == other);
  }
  SECTION("but of an empty file, which a power cut may leave") {
    std::ofstream{room.file};
    room.record_one("alder");
    CHECK(kept() == room.checkpoint());
  }
}
