// Every attack that we can think of, done to a ledger, and what says that it was done. Each test prints its
// part of the table.
#include <catch2/catch.hpp>

#include <cstdio>
#include <fstream>

#include "digest.hpp"
#include "good_signatures.hpp"
#include "homoglyph.hpp"
#include "newsroom.hpp"
#include "timestamp.hpp"
#include "trust.hpp"

using namespace stet;
using Catch::Contains;
using nlohmann::json;
using testing::git;
using testing::Newsroom;
using testing::rewrite;
using testing::shell;
namespace fs = std::filesystem;

namespace {

// The line of `found` that holds `expected`, for the table; the attack must have been noticed so.
void noticed(const std::string& attack, const std::string& found, const std::string& expected) {
  INFO(attack << ", found:\n" << found);
  const size_t at = found.find(expected);
  CHECK(at != found.npos);
  if (at == found.npos) return;
  const size_t begin = found.rfind('\n', at) + 1;
  std::printf("%-44s %s\n", attack.c_str(), found.substr(begin, found.find('\n', at) - begin).c_str());
}

// A ledger that is attacked on copies of it, so that each attack finds it whole.
struct Victim : Newsroom {
  Victim() {
    record_all();
    kept = checkpoint();
  }

  fs::path copy() {
    const auto folder = scratch / ("copy" + std::to_string(++copies));
    fs::copy(this->folder(), folder, fs::copy_options::recursive);
    return folder;
  }

  std::string kept;  // a checkpoint of all five revisions, in somebody's drawer
  int copies = 0;
};

// Whoever verified the ledger before, with what there was of it then, is told the same.
std::string problems(const fs::path& folder, const std::optional<std::string>& against = {}) {
  static const testing::Scratch home;
  const auto found = testing::listed(verify(Ledger::open(folder), {{}, against}));
  for (int again = 0; again < 2; ++again) {
    GoodSignatures good(home / "good");
    VerifyOptions options{{}, against};
    options.good_signatures = &good;
    CHECK(testing::listed(verify(Ledger::open(folder), options)) == found);
    good.save();
  }
  return found;
}

std::string refused(const std::function<void()>& act) try {
  act();
  return "nothing was refused";
} catch (const std::exception& e) {
  return e.what();
}

std::string signed_by(const PrivateKey& key, const std::string& report) {
  return signatures_file({{key.public_key().keyid(), key.sign(pre_authentication_encoding(report))}});
}

// Records what `bend` makes of an honest report, with the keys of the ledger: what a thief of both can do.
void record_bent(Newsroom& room, const std::string& article, const std::function<void(json&)>& bend) {
  const std::string bytes = Newsroom::words(article, 1), time = "2025-11-24T10:00:00Z";
  json about = statement(read_document("in.txt", bytes, Format::text),
                         {article, 1, {}, time, time, {}, {}, json::array()});
  bend(about);
  Entry entry{article, 1, bytes, {}, canonical(about), ""};
  entry.signatures = signed_by(room.key, entry.report);
  const auto locked = room.ledger.lock();
  const auto side = LedgerLog::open(room.ledger)->append({&entry, 1}, room.log_key);
  room.ledger.append({entry}, article, now(), side, commit_signer(room.key));
}

// The same keys, and another past.
struct Forger : Newsroom {
  explicit Forger(const Newsroom& robbed) {
    robbed.key.save(scratch / "key", {});
    robbed.log_key.save(scratch / "log", {});
    key = PrivateKey::load(scratch / "key", {}), log_key = PrivateKey::load(scratch / "log", {});
    fs::remove_all(folder());
    ledger = make(true);
  }
};

const std::string alder2 = entry_path("alder", 2, ""), birch2 = entry_path("birch", 2, "");

}  // namespace

TEST_CASE("a byte flipped in any kind of object is noticed, packed or not") {
  Victim room;
  const std::string key = room.key_path();
  const std::string tile = "log/tile/0/000.p/5";
  const std::tuple<const char*, std::string, std::string> kinds[] = {
      {"document", "main:" + alder2, alder2 + ": "},
      {"text", "main:" + birch2 + ".text", birch2 + ".text: "},
      {"report", "main:" + alder2 + ".report", alder2 + ".report: "},
      {"signature", "main:" + alder2 + ".sig", alder2 + ".sig: "},
      {"tree of an article", "main:" + article_path("alder"), article_path("alder") + ": "},
      {"root tree", "main^{tree}", "/: "},
      {"newest commit", "main", "commit "},
      {"older commit", "main~2", "commit "},
      {"key", "main:" + key, key + ": "},
      {"ledger.json", "main:ledger.json", "ledger.json: "},
      {"checkpoint", "main:log/checkpoint", "log/checkpoint: "},
      {"tile", "main:" + tile, tile + ": "}};
  for (const bool packed : {true, false}) {
    const auto folder = room.copy();
    if (!packed) testing::unpack(folder);
    for (const auto& [kind, object, expected] : kinds) {
      const auto place = testing::place_of(folder, object);
      testing::flip(place.file, place.begin + 8);
      noticed(std::string("byte flipped: ") + kind + (packed ? " (packed)" : " (loose)"), problems(folder),
              expected);
      testing::flip(place.file, place.begin + 8);
    }
    CHECK(problems(folder) == "");
  }
}

TEST_CASE("a byte flipped in a pack or its index is noticed") {
  Victim room;
  const auto folder = room.copy();
  for (const char* ending : {".pack", ".idx"}) {
    auto file = testing::packs(folder).front();
    file.replace_extension(ending);
    for (const size_t at : {size_t{5}, static_cast<size_t>(fs::file_size(file) - 1)}) {
      testing::flip(file, at);
      noticed("byte flipped: " + std::string(ending) + ", byte " + std::to_string(at), problems(folder),
              "objects/pack/" + file.filename().string() + ": ");
      testing::flip(file, at);
    }
  }
}

TEST_CASE("revisions that are dropped at the end are missed") {
  Victim room;
  auto folder = room.copy();
  rewrite(folder, "git rm -q " + birch2 + " " + birch2 + ".*");
  noticed("tail dropped, log left", problems(folder), birch2 + ": was removed by commit ");
  noticed("tail dropped, log left", problems(folder), "log/checkpoint: is of 5 revisions, and 1 of them");
  folder = room.copy();
  git(folder, "update-ref refs/heads/main main~1");
  CHECK(problems(folder) == "");  // all that is there holds: nobody can tell from the inside
  noticed("tail dropped, log cut too (--against)", problems(folder, room.kept),
          "log/checkpoint: is of 4 revisions, the checkpoint kept elsewhere of 5: revisions were cut off");
}

TEST_CASE("a revision dropped from the middle by whoever has stolen the keys is missed") {
  Victim room;
  // With the signing key alone the log cannot be made to agree.
  auto folder = room.copy();
  const auto third = room.ledger.read("alder", 3);
  json second = json::parse(third.report);
  second["predicate"]["article"]["revision"] = 2;
  second["predicate"]["article"]["previous"] =
      json::parse(room.ledger.read("alder", 2).report)["predicate"]["article"]["previous"];
  second["subject"][0]["name"] = "alder@2";
  const auto report = canonical(second);
  std::ofstream(room.scratch / "d") << third.document;
  std::ofstream(room.scratch / "r") << report;
  std::ofstream(room.scratch / "s") << signed_by(room.key, report);
  const auto from = [&](const char* name) { return "cp '" + (room.scratch / name).string() + "' "; };
  rewrite(folder, "git rm -q " + entry_path("alder", 3, "") + "* && " + from("d") + alder2 + " && " +
                      from("r") + alder2 + ".report && " + from("s") + alder2 + ".sig");
  noticed("middle dropped, signing key stolen", problems(folder),
          alder2 + ".report: is not what the log says was recorded, or is not in it");

  // With the log's key too, a whole new past is made.
  Forger forger(room);
  forger.record("alder", Newsroom::words("alder", 1));
  forger.record("alder", Newsroom::words("alder", 3));
  forger.record("birch");
  forger.record("birch", "\xef\xbb\xbf" + Newsroom::words("birch", 2));
  forger.record("cedar");
  CHECK(forger.problems() == "");
  noticed("middle dropped, all keys stolen (--against)", forger.problems(room.kept),
          "log/checkpoint: is no continuation of the checkpoint kept elsewhere, of 5 revisions");

  // Once the key is revoked, from the revision on that went first, nothing of the new past counts.
  const auto next = PrivateKey::generate();
  rotate_key(forger.ledger, forger.key, next.public_key(), now());
  revoke_key(forger.ledger, next, forger.key.public_key().keyid(), key_end(forger.ledger, "1", now()),
             "stolen", now());
  noticed("middle dropped, key revoked later", forger.problems(),
          "is number 2 of the log and was signed by " + forger.key.public_key().keyid() +
              ", which was revoked on ");
  CHECK(forger.verified().problems.size() == 4);
}

TEST_CASE("a thief can neither bring a revoked key back nor list another with it") {
  Victim room;
  const auto next = PrivateKey::generate(), thief = PrivateKey::generate();
  const auto before = room.ledger.file(room.key_path()).value();
  rotate_key(room.ledger, room.key, next.public_key(), now());
  revoke_key(room.ledger, next, room.key.public_key().keyid(), key_end(room.ledger, "", now()), "stolen",
             now());
  noticed("revoked key records", refused([&] { room.record("alder"); }), "was revoked on ");
  noticed("revoked key lists another",
          refused([&] { add_key(room.ledger, room.key, thief.public_key(), now()); }), "was revoked on ");
  auto folder = room.copy();
  {
    auto ledger = Ledger::open(folder);
    const auto locked = ledger.lock();
    SideFiles side;
    side.written.push_back(key_file({thief.public_key(), Newsroom::opened}));
    ledger.append({}, "a key of mine", now() + 60, side, commit_signer(room.key));
    noticed("revoked key lists another, past stet", problems(folder),
            " by " + room.key.public_key().keyid() + ", which was revoked on ");
  }
  folder = room.copy();
  std::ofstream(room.scratch / "k") << before;
  rewrite(folder, "cp '" + (room.scratch / "k").string() + "' " + room.key_path());
  noticed("revocation taken back", problems(folder), room.key_path() + ": was changed by commit ");
  folder = room.copy();
  rewrite(folder, "git rm -q " + room.key_path());
  noticed("key file removed", problems(folder), room.key_path() + ": was removed by commit ");
}

TEST_CASE("a revoked key that signs on, with any date, is told by its place in the log") {
  Victim room;
  const auto next = PrivateKey::generate();
  rotate_key(room.ledger, room.key, next.public_key(), now());
  revoke_key(room.ledger, next, room.key.public_key().keyid(), key_end(room.ledger, "", now()), "stolen",
             now());
  record_bent(room, "cedar", [](json& s) { s["predicate"]["recordedAt"] = "2025-02-01T00:00:00Z"; });
  noticed("report back-dated, by a revoked key", room.problems(),
          entry_path("cedar", 1, ".report") + ": is number 6 of the log and was signed by ");
  noticed("the same, by verify --fast", room.problems_fast(1),
          entry_path("cedar", 1, ".report") + ": is number 6 of the log and was signed by ");
}

TEST_CASE("reports that change places and signatures that go are noticed") {
  Victim room;
  const auto swap = [](const std::string& suffix) {
    const auto a = entry_path("alder", 1, suffix), b = entry_path("birch", 1, suffix);
    return "git mv " + a + " t && git mv " + b + " " + a + " && git mv t " + b;
  };
  auto folder = room.copy();
  rewrite(folder, swap(".report") + " && " + swap(".sig"));
  noticed("reports of two articles swapped", problems(folder),
          "is the report of birch@1, expected that of alder@1");
  folder = room.copy();
  rewrite(folder, swap("") + " && " + swap(".report") + " && " + swap(".sig"));
  noticed("two articles' revisions swapped whole", problems(folder),
          "is the report of birch@1, expected that of alder@1");
  folder = room.copy();
  rewrite(folder, "git rm -q " + alder2 + ".sig");
  noticed("signature stripped", problems(folder), alder2 + ".sig: is missing; was removed by commit ");
  folder = room.copy();
  rewrite(folder, "printf '%s' '{\"signatures\":[]}' > " + alder2 + ".sig");
  noticed("list of signatures emptied", problems(folder), alder2 + ".sig: holds no signature");
}

TEST_CASE("a log that is rolled back, and one that is shown in two forms, are noticed") {
  Victim room;
  auto folder = room.copy();
  rewrite(folder, "git show HEAD~1:log/checkpoint > log/checkpoint");
  noticed("checkpoint rolled back", problems(folder),
          "log/tile/0/000.p/4: is missing, though the log is of 4 revisions");
  folder = room.copy();
  rewrite(folder, "git rm -qr log && git checkout -q HEAD~1 -- log");
  noticed("whole log rolled back", problems(folder),
          birch2 + ".report: is not what the log says was recorded, or is not in it");
  rewrite(folder, "true > log/checkpoint");
  noticed("checkpoint emptied", problems(folder), "log/checkpoint: not a signed note");

  // One log, two futures: whoever compares the checkpoints sees it.
  Ledger one = Ledger::open(room.copy()), two = Ledger::open(room.copy());
  const auto grow = [&](Ledger& ledger, const std::string& text) {
    RecordRequest request;
    request.article = "cedar", request.folder = room.scratch.path(),
    request.observed = "2025-11-24T10:00:00Z";
    record(ledger, Signers(room.key, &room.log_key), room.run, read_document("in.txt", text, Format::text),
           request);
    return ledger.file(checkpoint_path).value();
  };
  const auto a = grow(one, "For Ann\n\nAll is well.\n"), b = grow(two, "For Bob\n\nNothing is.\n");
  CHECK(problems(one.folder(), room.kept) + problems(two.folder(), room.kept) == "");
  noticed("fork shown to two people (--against)", problems(one.folder(), b),
          "log/checkpoint: is no continuation of the checkpoint kept elsewhere, of 6 revisions");
  const auto proof = consistency_fault(6, parse_checkpoint(parse_note(b).text).root, 6,
                                       parse_checkpoint(parse_note(a).text).root, {});
  noticed("fork: consistency of the two checkpoints", proof.value_or(""), "different roots");
}

TEST_CASE("a capture that is swapped, and a plugin that is, are noticed") {
  Victim room;
  const auto folder = room.scratch.path();
  const auto plugin = std::make_shared<const PluginImage>(fs::path(STET_PLUGIN_DIR) / "source_hashing.so");
  Run run({{plugin->file(), plugin->manifest().id, plugin->manifest().version, plugin, "", "", true}});
  RecordRequest request;
  request.article = "elder", request.folder = folder, request.observed = "2025-11-24T10:00:00Z";
  const auto capture = (folder / "minutes.txt").string();
  request.sources = {{capture, capture}};
  const auto said_by = [&](const std::string& minutes, const std::string& text) {
    std::ofstream(capture) << minutes;
    const auto done = record(room.ledger, Signers(room.key, &room.log_key), run,
                             read_document("in.txt", text, Format::text), request);
    std::string all;
    for (const auto& finding : done.report.plugins.at(0).outcome.findings) all += finding.message + "\n";
    return all;
  };
  said_by("The minutes of 3 May\n", "Minutes\n\nThey met.\n");
  noticed("capture swapped, next revision", said_by("Other minutes\n", "Minutes\n\nThey met again.\n"),
          "minutes.txt");
  const auto altered = room.copy();
  const auto report = entry_path("elder", 1, ".report");
  rewrite(altered, "sed -i s/" + sha256_hex("The minutes of 3 May\n") + "/" + sha256_hex("Other minutes\n") +
                       "/ " + report);
  noticed("capture's digest swapped in the report", problems(altered),
          entry_path("elder", 1, ".sig") + ": holds a signature of ");
  rewrite(altered, "git show HEAD~1:" + report + " | sed s/" + plugin->sha256() + "/" + sha256_hex("x") +
                       "/ > " + report);
  noticed("plugin's digest altered in the report", problems(altered),
          entry_path("elder", 1, ".sig") + ": holds a signature of ");

  const auto file = folder / "swapped.so";
  fs::copy_file(fs::path(STET_HOSTILE_DIR) / "echo.so", file);
  Trust trust(folder / "trusted");
  trust.add(PluginImage(file));
  testing::flip(file, fs::file_size(file) - 1);
  const auto chosen = choose_plugins(trust, {});
  const auto refused = std::find_if(chosen.begin(), chosen.end(), [](const auto& p) { return !p.image; });
  REQUIRE(refused != chosen.end());
  noticed("plugin is not the one that was trusted", refused->reason, "the file changed after it was trusted");
}

TEST_CASE("an id that looks like another one is refused, and its other spellings are the same article") {
  Victim room;
  noticed("id is a homoglyph", refused([&] { room.record("\xd0\xb0lder"); }),
          "looks like \"alder\", which the ledger has");
  CHECK(article_id("ALDER.md") == "alder");
  CHECK(article_id("Ju\xcc\x88rgen") == article_id("j\xc3\xbcrgen"));
  noticed("id in capitals, past stet", refused([&] { record_bent(room, "Alder", [](json&) {}); }),
          "\"Alder\" is not an article's id");
  for (const std::string& id : std::vector<std::string>{"Alder", "ju\xcc\x88rgen"}) {
    const auto folder = room.copy();
    std::string edit;
    for (const char* suffix : {"", ".report", ".sig"}) {
      const auto path = entry_path(id, 1, suffix);
      edit += "mkdir -p \"$(dirname " + path + ")\" && cp " + entry_path("alder", 1, suffix) + " " + path +
              " && ";
    }
    rewrite(folder, edit + "true");
    noticed(id == "Alder" ? "id differs by case, by git" : "id differs by normal form, by git",
            problems(folder), article_path(id) + ": is not an article's id");
  }
}

TEST_CASE("no field that names a file leads out of the ledger or the article's folder") {
  Victim room;
  for (const std::string& name :
       std::vector<std::string>{"../../etc/passwd", "/etc/passwd", "..", "a/b.txt"}) {
    Victim bent;
    record_bent(bent, "elder", [&](json& s) { s["predicate"]["document"]["name"] = name; });
    noticed("document.name " + name, bent.problems(),
            entry_path("elder", 1, ".report") + ": names the document's file \"" + name + "\"");
  }
  CHECK(article_id("../../etc/passwd") == "passwd");
  CHECK(article_id("/etc/passwd") == "passwd");
  noticed("--article ..", refused([] { article_id(".."); }), "\"..\"");
  for (const std::string& id : std::vector<std::string>{"../x", "/x", "..", ".git", "a/b"}) {
    Entry entry{id, 1, "x", {}, "y", "z"};
    const auto locked = room.ledger.lock();
    noticed(
        "entry for article " + id, refused([&] { room.ledger.append({entry}, "x", now()); }),
        id == ".." ? "\"..\" leaves nothing to name an article by" : "\"" + id + "\" is not an article's id");
  }
  std::ofstream(room.scratch / "outside") << "secret";
  fs::create_directory(room.scratch / "desk");
  Document document = read_document("in.txt", "Title\n\nWords.\n", Format::text);
  for (const std::string& path : {std::string("../outside"), (room.scratch / "outside").string()}) {
    document.metadata.sources = {path};
    const auto sources =
        list_sources(document, room.scratch / "desk", {}, json::array(), 0, "2025-11-24T10:00:00Z");
    noticed(path.starts_with("..") ? "source ../outside" : "source /.../outside",
            sources.at(0).value("reason", sources.dump()),
            path.starts_with("..") ? "the path leaves the article's folder" : "an absolute path is not read");
  }
}

TEST_CASE("a tree that git was made to write with names of its own is noticed") {
  Victim room;
  const auto blob = [](const fs::path& folder) {
    return shell("printf x | git --git-dir '" + folder.string() + "' hash-object -w --stdin").substr(0, 40);
  };
  const auto tree_with = [](const fs::path& folder, const std::string& line) {
    return shell("(git --git-dir '" + folder.string() + "' ls-tree main; printf '" + line +
                 "') | git --git-dir '" + folder.string() + "' mktree")
        .substr(0, 40);
  };
  const std::pair<std::string, std::string> lines[] = {{"..", "100644 blob %s\\t..\\n"},
                                                       {".git", "040000 tree %s\\t.git\\n"},
                                                       {"link", "120000 blob %s\\tlink\\n"}};
  for (const auto& [name, line] : lines) {
    const auto folder = room.copy();
    const auto id =
        line.find("tree") == line.npos ? blob(folder) : git(folder, "rev-parse main:keys").substr(0, 40);
    std::string filled = line;
    filled.replace(filled.find("%s"), 2, id);
    const auto commit = git(folder, "-c user.name=x -c user.email=x@localhost commit-tree -p main -m x " +
                                        tree_with(folder, filled))
                            .substr(0, 40);
    git(folder, "update-ref refs/heads/main " + commit);
    noticed("tree entry " + name, problems(folder),
            name == ".." ? "/: is a folder with an entry whose name is none" : name);
  }
}

TEST_CASE("a commit that is back-dated, not signed or signed by a stranger is noticed") {
  Victim room;
  auto folder = room.copy();
  const auto commit =
      shell("GIT_COMMITTER_DATE=2001-01-01T00:00:00Z git --git-dir '" + folder.string() +
            "' -c user.name=x -c user.email=x@localhost commit-tree -p main -m x 'main^{tree}'")
          .substr(0, 40);
  git(folder, "update-ref refs/heads/main " + commit);
  noticed("commit back-dated", problems(folder), "is dated 2001-01-01T00:00:00Z, before its parent");
  noticed("commit not signed", problems(folder), "is not signed, as every commit of this ledger must be");
  const auto stranger = PrivateKey::generate();
  SideFiles side;
  side.written.push_back(key_file({stranger.public_key(), Newsroom::opened}));
  const auto locked = room.ledger.lock();
  room.ledger.append({}, "a key of mine", now(), side, commit_signer(PrivateKey::generate()));
  noticed("commit signed by a stranger", room.problems(), ", which is not one of the ledger's keys");
}
