#include "redaction.hpp"

#include <catch2/catch.hpp>

#include "digest.hpp"
#include "ledger_walk.hpp"
#include "maintenance.hpp"
#include "newsroom.hpp"
#include "signed_by.hpp"
#include "timestamp.hpp"
#include "tlog_proof.hpp"

using namespace stet;
using Catch::Contains;
using testing::git;
using testing::Newsroom;
using testing::rewrite;
using testing::signed_by;

namespace {

constexpr int64_t noon = 1'764'000'000;  // 2025-11-24T16:00:00Z

void take_down(Newsroom& room, const std::string& article, uint32_t revision,
               const PrivateKey* by = nullptr) {
  const RevisionName name{article, revision};
  redact(room.ledger, room.signers(by ? *by : room.key), {&name, 1}, "a court order", now());
}

std::string everything_in_the_tree(const Newsroom& room) {
  std::string all;
  ObjectReader objects(room.ledger.objects());
  const auto commits = commits_of(objects, room.ledger.newest_commit(), [](const StoredFile&) {});
  walk(objects, commits, whole_tree(commits), {[&](StoredFile file) { all += file.bytes; }});
  return all;
}

}  // namespace

TEST_CASE("the statement of a redaction is read as it was written, and only so") {
  const auto digest = sha256_hex("x");
  Redaction r{{"alder", 2, digest, digest},
              {1, 2, 0xab},
              PreviousRevision{1, digest, digest},
              "2025-01-02T00:00:00Z",
              "2025-01-03T00:00:00Z",
              "2025-01-04T00:00:00Z",
              "a court order",
              7};
  const auto bytes = redaction_statement(r);
  CHECK(redaction_statement(parse_redaction(bytes)) == bytes);
  CHECK_THROWS_WITH(parse_redaction(bytes + " "), Contains("not the canonical statement"));
  CHECK_THROWS_WITH(parse_redaction("{}"), Contains("another shape"));
  r.redacted = "yesterday";
  CHECK_THROWS_WITH(parse_redaction(redaction_statement(r)), Contains("not a time"));
  r.redacted = r.observed, r.leaf.document_sha256 = "x";
  CHECK_THROWS_AS(parse_redaction(redaction_statement(r)), std::runtime_error);
}

TEST_CASE("what was taken down is gone from the tree, and the ledger holds and says so") {
  Newsroom room;
  room.record_all();
  const auto before = room.checkpoint();
  const uint32_t revision = GENERATE(1, 2, 3);
  const bool has_text = GENERATE(false, true);
  const std::string article = has_text ? "birch" : "alder";
  if (has_text && revision == 3) return;
  const std::string gone = Newsroom::words(article, revision);
  REQUIRE_THAT(everything_in_the_tree(room), Contains(gone));
  take_down(room, article, revision);
  CHECK_THAT(everything_in_the_tree(room), !Contains(gone));
  CHECK(room.problems(before) == "");
  const auto v = room.verified();
  REQUIRE(v.redacted.size() == 1);
  CHECK_THAT(v.redacted[0], Contains(article + "@" + std::to_string(revision) + " was redacted on ") &&
                                Contains(" by " + room.key.public_key().keyid() + ": a court order"));
  CHECK(v.documents == 4);
  CHECK(v.logged == leaves_at_first + 5 + 1);
  CHECK_THROWS_WITH(room.ledger.read(article, revision), Contains(v.redacted[0]));
  CHECK_THROWS_WITH(stored_revision(room.ledger, article, revision), Contains(v.redacted[0]));
  CHECK(git(room.folder(), "fsck --strict").find("error") == std::string::npos);
}

TEST_CASE("a redacted revision is proved to have been in the log") {
  Newsroom room;
  room.record_all();
  const auto leaf = leaf_of(room.ledger.read("alder", 2));
  take_down(room, "alder", 2);
  const auto gone = redaction_of(room.ledger, "alder", 2).value();
  CHECK(leaf_data(gone.leaf) == leaf_data(leaf));
  const auto log = LedgerLog::open(room.ledger).value();
  CHECK_FALSE(verify_tlog_proof(parse_tlog_proof(log.proof(gone.leaf)), leaf_data(leaf), log.key(), {})
                  .witnesses.fault);
  CHECK_FALSE(redaction_of(room.ledger, "alder", 1));
}

TEST_CASE("the next revision after a redacted one is recorded, and says that it was not compared") {
  Newsroom room;
  room.record_all();
  const auto last = leaf_of(room.ledger.read("alder", 3));
  take_down(room, "alder", 3);
  CHECK(room.ledger.revisions("alder") == 3);
  CHECK_THROWS_WITH(room.record("alder", Newsroom::words("alder", 3)),
                    Contains("these bytes are those of revision 3, which was redacted on"));
  const auto done = room.record("alder");
  CHECK(done.revision == 4);
  CHECK(done.report.previous == PreviousRevision{3, last.document_sha256, last.report_sha256, true});
  CHECK(done.report.changes.empty());
  const auto read = parse_statement(room.ledger.read("alder", 4).report).report;
  CHECK(read.previous == done.report.previous);
  CHECK(room.problems() == "");
}

TEST_CASE("whole articles can be taken down in one commit, in a ledger without a log too") {
  Newsroom room(GENERATE(true, false));
  room.record_all();
  const std::vector<RevisionName> all{{"alder", 1}, {"alder", 2}, {"alder", 3}};
  redact(room.ledger, room.signers(), all, "a court order", now());
  CHECK(room.problems() == "");
  CHECK(room.verified().redacted.size() == 3);
  CHECK(room.record("alder").revision == 4);
  CHECK(room.problems() == "");
}

TEST_CASE("what cannot be taken down leaves the ledger as it was") {
  Newsroom room;
  room.record_all();
  take_down(room, "alder", 2);
  const auto head = git(room.folder(), "rev-parse main");
  const auto refused = [&](const RevisionName& name, const PrivateKey& key, const std::string& reason,
                           const std::string& why) {
    CHECK_THROWS_WITH(redact(room.ledger, room.signers(key), {&name, 1}, reason, noon), Contains(why));
  };
  refused({"alder", 2}, room.key, "x", "alder@2 was redacted on");
  refused({"alder", 9}, room.key, "x", "no revision 9");
  refused({"cedar", 1}, room.key, "x", "no revision 1");
  refused({"alder", 1}, room.key, "", "needs a reason");
  refused({"alder", 1}, PrivateKey::generate(), "x", "not one of this ledger's keys");
  CHECK(git(room.folder(), "rev-parse main") == head);
}

TEST_CASE("a statement that is forged, moved or cut loose is found") {
  Newsroom room;
  room.record_all();
  const auto path = entry_path("alder", 2, "");
  const auto stranger = PrivateKey::generate();
  const auto put_in_place = [&](const std::string& statement, const PrivateKey& by) {
    SideFiles side;
    for (const char* suffix : {"", ".report", ".sig"}) side.removed.push_back(path + suffix);
    side.written = {{path + ".redacted", statement}, {path + ".redacted.sig", signed_by(by, statement)}};
    const auto locked = room.ledger.lock();
    room.ledger.append({}, "forged", now(), side, commit_signer(room.key));
  };
  Redaction r{leaf_of(room.ledger.read("alder", 2)),
              {},
              {},
              "2025-11-24T10:00:00Z",
              "2025-11-24T10:00:00Z",
              "2025-11-25T10:00:00Z",
              "none",
              5};
  r.previous = parse_statement(room.ledger.read("alder", 2).report).report.previous;
  SECTION("by a stranger") {
    put_in_place(redaction_statement(r), stranger);
    CHECK_THAT(room.problems(),
               Contains(path + ".redacted.sig: is signed by " + stranger.public_key().keyid()));
  }
  SECTION("of another revision") {
    r.leaf.revision = 1;
    put_in_place(redaction_statement(r), room.key);
    CHECK_THAT(room.problems(), Contains(path + ".redacted: is the redaction of alder@1"));
  }
  SECTION("with other digests") {
    r.leaf.document_sha256 = sha256_hex("something harmless");
    put_in_place(redaction_statement(r), room.key);
    CHECK_THAT(room.problems(), Contains(path + ".report: is not what the log says was recorded"));
  }
  SECTION("altered") {
    put_in_place(redaction_statement(r) + "\n", room.key);
    CHECK_THAT(room.problems(), Contains(path + ".redacted: is not the canonical statement"));
  }
  SECTION("with the signature of a report") {
    put_in_place(redaction_statement(r), room.key);
    const auto sig = room.ledger.file(entry_path("alder", 1, ".sig")).value();
    rewrite(room.folder(), "printf '%s' '" + sig + "' > " + path + ".redacted.sig");
    CHECK_THAT(room.problems(), Contains("does not hold over r00002.redacted"));
  }
  SECTION("the report is left in its place") {
    const auto report = room.ledger.file(path + ".report").value();
    put_in_place(redaction_statement(r), room.key);
    std::ofstream(room.scratch / "report") << report;
    rewrite(room.folder(), "cp '" + (room.scratch / "report").string() + "' " + path + ".report");
    CHECK_THAT(room.problems(), Contains(path + ".report: is there, though the revision was redacted"));
  }
  SECTION("the signature is gone") {
    put_in_place(redaction_statement(r), room.key);
    rewrite(room.folder(), "git rm -q " + path + ".redacted.sig");
    CHECK_THAT(room.problems(), Contains(path + ".redacted.sig: is missing; was removed by commit"));
  }
  SECTION("both are gone") {
    put_in_place(redaction_statement(r), room.key);
    rewrite(room.folder(), "git rm -q " + path + ".redacted*");
    CHECK_THAT(room.problems(), Contains(path + ".redacted: was removed by commit"));
  }
  SECTION("removed first, explained later") {
    rewrite(room.folder(), "git rm -q " + path + " " + path + ".report " + path + ".sig");
    SideFiles side;
    const auto statement = redaction_statement(r);
    side.written = {{path + ".redacted", statement},
                    {path + ".redacted.sig", signed_by(room.key, statement)}};
    const auto locked = room.ledger.lock();
    room.ledger.append({}, "late", now(), side, commit_signer(room.key));
    CHECK_THAT(room.problems(), Contains(path + ": was removed by commit"));
  }
}

TEST_CASE("a key that was revoked redacts nothing") {
  Newsroom room;
  room.record_all();
  const auto next = PrivateKey::generate();
  rotate_key(room.ledger, room.signers(), next.public_key(), now());
  CHECK_THROWS_WITH(take_down(room, "alder", 1), Contains("was retired on"));
  room.record_by(next, "cedar");
  const uint64_t size = LedgerLog::open(room.ledger)->checkpoint().size, at_the_end = leaves_at_first + 5;
  // By a program that does not ask, or says that it was in time.
  const bool is_honest = GENERATE(true, false);
  const auto path = entry_path("alder", 1, "");
  Redaction r{leaf_of(room.ledger.read("alder", 1)),
              {},
              {},
              "2025-11-24T10:00:00Z",
              "2025-11-24T10:00:00Z",
              format_timestamp(now()),
              "none",
              is_honest ? size : at_the_end};
  const auto statement = redaction_statement(r);
  SideFiles side;
  for (const char* suffix : {"", ".report", ".sig"}) side.removed.push_back(path + suffix);
  side.written = {{path + ".redacted", statement}, {path + ".redacted.sig", signed_by(room.key, statement)}};
  const auto locked = room.ledger.lock();
  commit_files(room.ledger, room.signers(next), side, "late", now());
  const auto by = "was signed by " + room.key.public_key().keyid();
  const auto number = std::to_string(size + 1);
  const auto wanted =
      is_honest ? path + ".redacted.sig: " + by + " when the log had " + std::to_string(size) + " entries"
                : path + ".redacted: is number " + number + " of the log and " + by;
  CHECK_THAT(room.problems(), Contains(wanted) && Contains("retired on"));
}

namespace {

std::string all_objects(const std::filesystem::path& folder) {
  return git(folder, "cat-file --batch-all-objects --batch");
}

}  // namespace

TEST_CASE("what was purged is in no object any more, and all that was not goes on holding") {
  Newsroom room;
  room.record_all();
  const auto kept = room.checkpoint();
  const auto authors = git(room.folder(), "log --format=%at,%s main");
  const auto first = git(room.folder(), "rev-parse main~4");
  take_down(room, "alder", 2);
  take_down(room, "birch", 2);
  const auto proof = LedgerLog::open(room.ledger)->proof(leaf_of(room.ledger.read("birch", 1)));
  REQUIRE_THAT(all_objects(room.folder()), Contains(Newsroom::words("alder", 2)));
  CHECK(purge_history(room.ledger, room.key, now()) == 6);  // all but the first commit and the first record
  CHECK(purge_history(room.ledger, room.key, now()) == 0);
  CHECK(room.problems(kept) == "");
  MaintenanceOptions options;
  options.purge = true;
  CHECK(maintain(room.ledger, options).removed_old);
  CHECK_THAT(all_objects(room.folder()), !Contains("Said for the 2. time"));
  CHECK(room.problems(kept) == "");
  CHECK(room.verified().redacted.size() == 2);
  CHECK(git(room.folder(), "fsck --strict").find("error") == std::string::npos);
  CHECK(LedgerLog::open(room.ledger)->proof(leaf_of(room.ledger.read("birch", 1))) == proof);
  CHECK_THAT(git(room.folder(), "log --format=%at,%s main"), Catch::EndsWith(authors));
  CHECK(git(room.folder(), "rev-parse main~6") == first);
  CHECK_THAT(git(room.folder(), "log --format=%b main~5"), Contains("Made anew on "));
  CHECK(room.record("alder").revision == 4);
  CHECK(room.problems(kept) == "");
}

TEST_CASE("a purge holds on after the end of the key that made it, and of those between") {
  Newsroom room;
  room.record_all();
  const auto second = PrivateKey::generate(), third = PrivateKey::generate();
  const auto id = second.public_key().keyid();
  SECTION("the key is retired later") {
    rotate_key(room.ledger, room.signers(), second.public_key(), now());
    take_down(room, "alder", 1, &second);
    CHECK(purge_history(room.ledger, second, now()) > 0);
    CHECK(room.problems() == "");
    rotate_key(room.ledger, room.signers(second), third.public_key(), now());
  }
  SECTION("one between was revoked before") {
    add_key(room.ledger, room.signers(), second.public_key(), now());
    add_key(room.ledger, room.signers(second), third.public_key(), now());
    revoke_key(room.ledger, room.signers(), id, key_end(room.ledger, "", now()), "stolen", now());
    take_down(room, "alder", 1, &third);
    CHECK(purge_history(room.ledger, third, now()) > 0);
  }
  CHECK(room.problems() == "");
  CHECK(purge_history(room.ledger, third, now()) == 0);
}

TEST_CASE("nothing is purged from a ledger that does not hold: the new signatures would cover it up") {
  Newsroom room;
  room.record_all();
  take_down(room, "alder", 1);
  const auto stranger = PrivateKey::generate();
  const auto path = entry_path("alder", 2, "");
  auto put = [&, files = 0](const std::string& file, const std::string& bytes) mutable {
    const auto from = room.scratch / ("put" + std::to_string(++files));
    std::ofstream(from, std::ios::binary) << bytes;
    return "cp '" + from.string() + "' " + file;
  };
  std::string why;
  SECTION("it has a redaction by a stranger") {
    const auto report = parse_statement(room.ledger.read("alder", 2).report).report;
    const auto statement = redaction_statement({leaf_of(room.ledger.read("alder", 2)),
                                                {},
                                                report.previous,
                                                report.observed,
                                                report.recorded,
                                                format_timestamp(now()),
                                                "a court order",
                                                5});
    rewrite(room.folder(), "git rm -q " + path + " " + path + ".report " + path + ".sig && " +
                               put(path + ".redacted", statement) + " && " +
                               put(path + ".redacted.sig", signed_by(stranger, statement)));
    why = path + ".redacted: is not what the log says was recorded";
  }
  SECTION("a commit that nobody signed lists a stranger's key") {
    const auto [file, bytes] = key_file({stranger.public_key(), Newsroom::opened});
    rewrite(room.folder(), put(file, bytes));
    why = ": is not signed";
  }
  SECTION("a document was altered") {
    rewrite(room.folder(), put(path, "Other words\n"));
    why = path + ": has SHA-256 ";
  }
  const auto head = git(room.folder(), "rev-parse main");
  CHECK_THROWS_WITH(purge_history(room.ledger, room.key, now()),
                    Contains("does not hold, so that nothing is purged: ") && Contains(why));
  CHECK(git(room.folder(), "rev-parse main") == head);
}

TEST_CASE("a purge after a rotation is signed by the key of today") {
  Newsroom room;
  room.record_all();
  take_down(room, "alder", 1);
  const auto next = PrivateKey::generate();
  rotate_key(room.ledger, room.signers(), next.public_key(), now());
  CHECK_THROWS_WITH(purge_history(room.ledger, room.key, now()), Contains("was retired on"));
  CHECK(purge_history(room.ledger, next, now()) == 7);
  CHECK(room.problems() == "");
}

TEST_CASE("stopped at any step, a takedown and a purge leave the old state or the new") {
  Newsroom room;
  room.record_all();
  const auto kept = room.checkpoint();
  const bool purged = GENERATE(false, true);
  if (purged) take_down(room, "alder", 2);
  const auto act = [&](Ledger& ledger) {
    const RevisionName name{"alder", 2};
    if (purged)
      purge_history(ledger, room.key, noon);
    else
      redact(ledger, room.signers(), {&name, 1}, "a court order", noon);
  };
  const auto old_head = git(room.folder(), "rev-parse main");
  size_t stops = 0;
  for (bool stopped = true; stopped; ++stops) {
    const auto copy = room.scratch / "copy";
    std::filesystem::remove_all(copy);
    std::filesystem::copy(room.folder(), copy, std::filesystem::copy_options::recursive);
    size_t left = stops;
    stopped = false;
    try {
      auto ledger = Ledger::open(copy, [&](std::string_view, const std::filesystem::path&) {
        if (left-- == 0) throw std::runtime_error("stopped");
      });
      act(ledger);
    } catch (const std::runtime_error&) {
      stopped = true;
    }
    INFO("stopped before step " << stops);
    auto ledger = Ledger::open(copy);
    const auto v = verify(ledger, {{}, kept});
    for (const auto& p : v.problems) FAIL_CHECK(p.path << ": " << p.message);
    if (git(copy, "rev-parse main") == old_head) act(ledger);
    CHECK(verify(ledger, {{}, kept}).redacted.size() == 1);
  }
  CHECK(stops > 8);
}
