// Attacks by those who can write the ledger's files and have no key of it, or one that has ended: they give
// themselves the say, see victim.hpp.
#include <catch2/catch.hpp>
#include <fstream>

#include "victim.hpp"
#include "witness_policy.hpp"

using namespace stet;
using namespace stet::testing;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

const PrivateKey& stranger() {
  static const auto key = PrivateKey::generate();
  return key;
}

void append(const fs::path& folder, const PrivateKey& by, SideFiles side, int64_t time) {
  auto ledger = Ledger::open(folder);
  const auto locked = ledger.lock();
  ledger.append({}, "as it was", time, side, commit_signer(by));
}

ObjectId id_of(const fs::path& folder, const std::string& name) {
  return id_in(git(folder, "rev-parse '" + name + "'").substr(0, 40)).value();
}

// Makes these bytes the newest commit.
void put_head(const fs::path& folder, const std::string& commit) {
  std::ofstream(folder / "made", std::ios::binary) << commit;
  git(folder, "update-ref refs/heads/main $(git --git-dir '" + folder.string() +
                  "' hash-object --literally -t commit -w '" + (folder / "made").string() + "')");
  fs::remove(folder / "made");
}

std::string fast(const fs::path& folder, const VerifyOptions& options = {}) {
  return listed(verify_newest(Ledger::open(folder), options, 100));
}

// ledger.json after `bend`, by whoever has the ledger's keys.
fs::path with_description(Victim& room, const std::function<void(json&)>& bend) {
  const auto folder = room.copy();
  auto about = json::parse(room.ledger.file("ledger.json").value());
  bend(about);
  auto ledger = Ledger::open(folder);
  const auto locked = ledger.lock();
  commit_files(ledger, room.signers(), {{{"ledger.json", canonical(about)}}, {}}, "as it was", now());
  return folder;
}

// What an article's first revision becomes when it is redacted, by whoever has this key alone.
SideFiles taken_down(const Victim& room, const std::string& article, const PrivateKey& key) {
  const auto time = format_timestamp(now());
  const auto path = entry_path(article, 1, "");
  const auto statement = redaction_statement(
      {leaf_of(room.ledger.read(article, 1)), {}, {}, time, time, time, "by order", leaves_at_first + 5});
  return {{{path + ".redacted", statement}, {path + ".redacted.sig", signed_by(key, statement)}},
          {path, path + ".report", path + ".sig"}};
}

}  // namespace

TEST_CASE("a stranger's key, listed by a commit that it signs, has no say") {
  Victim room;
  const auto folder = room.copy();
  SideFiles side;
  side.written.push_back(key_file({stranger().public_key(), Newsroom::opened}));
  append(folder, stranger(), side, now());
  const auto wanted = "is signed by " + stranger().public_key().keyid() +
                      ", which is not one of the ledger's keys in the commit before it";
  noticed("stranger lists a key", problems(folder, room.kept), wanted);
  noticed("the same, by verify --fast", fast(folder), wanted);
  noticed("the same, by the log", problems(folder),
          key_path(stranger().public_key().keyid()) + ": is not what the log says was recorded");
  noticed("the same, by the log and verify --fast", fast(folder),
          key_path(stranger().public_key().keyid()) + ": is not what the log says was recorded");
  append(folder, stranger(), taken_down(room, "alder", stranger()), now());
  noticed("stranger lists a key, and redacts", problems(folder, room.kept), wanted);
  noticed("redaction that is not in the log", problems(folder),
          entry_path("alder", 1, ".redacted") + ": is not what the log says was recorded");
  noticed("the same, by verify --fast", fast(folder),
          entry_path("alder", 1, ".redacted") + ": is not what the log says was recorded");
  noticed("redacted by a stranger (--signer)",
          listed(verify(Ledger::open(folder), {room.key.public_key().keyid(), room.kept})),
          ".redacted.sig: is signed by " + stranger().public_key().keyid() + ", expected ");
}

TEST_CASE("a stranger cannot say that a key of the ledger let its own in") {
  Victim room;
  const auto folder = room.copy();
  ListedKey listed_key{stranger().public_key(), Newsroom::opened};
  listed_key.listed_by = Signature{room.key.public_key().keyid(), stranger().sign(admission(listed_key))};
  SideFiles side;
  side.written.push_back(key_file(listed_key));
  append(folder, stranger(), side, now());
  noticed("stranger forges who listed a key", problems(folder, room.kept),
          "which is not one of the ledger's keys in the commit before it");
}

TEST_CASE("a key that has ended signs no commit, not even in the second of its end") {
  Victim room;
  const auto next = PrivateKey::generate();
  rotate_key(room.ledger, room.signers(), next.public_key(), now());
  CHECK(room.problems() == "");
  const auto folder = room.copy();
  const CommitText text{id_of(folder, "main^{tree}"), id_of(folder, "main"), "x", room.ledger.newest_time()};
  put_head(folder, commit_object(text, commit_signer(room.key)));
  const auto wanted = " by " + room.key.public_key().keyid() + ", which was retired on ";
  noticed("retired key commits at once", problems(folder), wanted);
  noticed("the same, by verify --fast", fast(folder), wanted);
}

TEST_CASE("a past that was squashed into one commit is missed") {
  Victim room;
  const std::string wanted = "is the first of this ledger and brings revisions: what came before it is gone";
  for (const bool is_signed : {false, true}) {
    const auto folder = room.copy();
    const CommitText text{id_of(folder, "main^{tree}"), std::nullopt, "init", room.ledger.newest_time()};
    put_head(folder, commit_object(text, is_signed ? commit_signer(room.key) : SignCommit()));
    noticed(is_signed ? "squashed by a thief of the key" : "squashed", problems(folder, room.kept), wanted);
    noticed("the same, by verify --fast", fast(folder), wanted);
    if (is_signed) continue;
    noticed("first commit not signed", problems(folder), "is not signed, as every commit of this ledger");
  }
}

TEST_CASE("nobody without the log's key makes another beginning") {
  Victim room;
  const auto folder = room.copy();
  const auto work = folder / "other";
  // The stranger lists its own key beside the ledger's, and keeps all else as it is.
  auto files =
      std::vector<std::pair<std::string, std::string>>{key_file({stranger().public_key(), Newsroom::opened}),
                                                       key_file({room.key.public_key(), Newsroom::opened})};
  for (const char* path : {"ledger.json", checkpoint_path, "log/tile/0/000.p/2"}) {
    git(folder, "show main~5:" + std::string(path) + " >'" + (folder / "f").string() + "'");
    std::ifstream in(folder / "f", std::ios::binary);
    files.emplace_back(path, std::string(std::istreambuf_iterator<char>(in), {}));
  }
  Ledger::create(work, files, Newsroom::opened, commit_signer(stranger()));
  const std::string wanted = "has a log that does not begin with ledger.json and " +
                             key_path(stranger().public_key().keyid()) + ", the key that signed it";
  noticed("another first commit", problems(work), wanted);
  noticed("the same, by verify --fast", fast(work), wanted);
}

TEST_CASE("what ledger.json says of the log stays, and of the witnesses what can be meant") {
  Victim room;
  const auto other = vkey({"desk", NoteKeyType::ed25519, stranger().public_key()});
  const std::string wanted = "ledger.json: was changed by commit ";
  noticed("another log's key", problems(with_description(room, [&](json& about) { about["log"] = other; })),
          wanted);
  noticed("log taken out of ledger.json",
          problems(with_description(room, [](json& about) { about.erase("log"); })),
          "ledger.json: was changed by commit ");
  noticed("another origin", problems(with_description(room, [](json& about) { about["origin"] = "other"; })),
          ", which changes more than the witnesses");
  const auto witnesses = [&](const json& required, const std::string& key) {
    return problems(with_description(room, [&](json& about) {
      about["witnesses"] = {{"fromSize", leaves_at_first + 5}, {"keys", {key}}, {"required", required}};
    }));
  };
  const auto witness = vkey({"watch", NoteKeyType::cosignature_v1, stranger().public_key()});
  CHECK(witnesses(1, witness) == "");
  noticed("more witnesses required than there are", witnesses(5, witness),
          "ledger.json: requires 5 witnesses, and names 1");
  noticed("-1 witnesses required", witnesses(-1, witness), "ledger.json: requires -1 witnesses, and names 1");
  noticed("a witness's key that is none", witnesses(1, other),
          "ledger.json: names a witness desk by a key that is not a witness's");
}

TEST_CASE("a witnessed checkpoint without a witness vouches for nothing") {
  Victim room;
  const auto folder = with_description(room, [&](json& about) {
    const auto witness = vkey({"watch", NoteKeyType::cosignature_v1, stranger().public_key()});
    about["witnesses"] = {{"fromSize", leaves_at_first + 5}, {"keys", {witness}}, {"required", 0}};
  });
  SideFiles side;
  side.written.emplace_back(witnessed_path, Ledger::open(folder).file(checkpoint_path).value());
  append(folder, room.key, side, now());
  noticed("witnessed by nobody", problems(folder),
          "log/witnessed: is cosigned by none of the ledger's witnesses");
}

TEST_CASE("an older ledger.json does not come back, though a key of the ledger brings it") {
  Victim room;
  const auto before = room.ledger.file("ledger.json").value();
  add_witness(room.ledger, room.signers(), {"watch", NoteKeyType::cosignature_v1, stranger().public_key()},
              now());
  const auto folder = room.copy();
  SideFiles side;
  side.written.emplace_back("ledger.json", before);
  append(folder, room.key, side, now());
  noticed("witnesses taken back", problems(folder, room.checkpoint()),
          "ledger.json: is number 1 of the log, and took the place of a version that is number 8 of the log");
}

TEST_CASE("verify --fast is not told by a made-up past who may sign") {
  Victim room;
  const auto folder = room.copy();
  const auto path = entry_path("birch", 1, "");
  SideFiles away, back;
  away.written.push_back(key_file({stranger().public_key(), Newsroom::opened}));
  for (const char* suffix : {"", ".report", ".sig"}) {
    away.removed.push_back(path + suffix);
    back.written.emplace_back(path + suffix, room.ledger.file(path + suffix).value());
  }
  append(folder, stranger(), away, now());
  append(folder, stranger(), back, now());
  noticed("made-up past, by verify --fast", listed(verify_newest(Ledger::open(folder), {}, 1)),
          key_path(stranger().public_key().keyid()) + ": is not what the log says was recorded");
}

TEST_CASE("a key's file under a name of two lines is told as any other that is none") {
  Victim room;
  const auto folder = room.copy();
  SideFiles side;
  side.written.emplace_back("keys/a\nb.json", "{}");
  append(folder, stranger(), side, now());
  noticed("path with a line feed", problems(folder), "b.json: is not ");
  CHECK_THAT(fast(folder), Catch::Contains("b.json: is not what the log says"));
}

TEST_CASE("a commit that git reads otherwise is none") {
  Victim room;
  const auto bent = [&](const std::string& line) {
    const auto folder = room.copy();
    const CommitText text{id_of(folder, "main^{tree}"), id_of(folder, "main"), "x",
                          room.ledger.newest_time()};
    const auto plain = commit_object(text);
    const size_t end = plain.find("\n\n") + 1;
    put_head(folder, signed_commit(plain.substr(0, end) + line + '\n', "x\n", commit_signer(room.key)));
    return problems(folder);
  };
  CHECK(bent("encoding UTF-8") == "");
  noticed("commit with two trees", bent("tree " + hex(id_of(room.folder(), "main~1^{tree}"))),
          "is not a commit: it has a tree behind its committer");
  noticed("parent behind the committer", bent("parent " + hex(id_of(room.folder(), "main~1"))),
          "is not a commit: it has a parent behind its committer");
  const auto folder = room.copy();
  const auto two = git(folder,
                       "-c user.name=x -c user.email=x@localhost commit-tree -p main -p main~1 -m x "
                       "'main^{tree}'")
                       .substr(0, 40);
  git(folder, "update-ref refs/heads/main " + two);
  noticed("commit with two parents", problems(folder), "has more than one parent");
}

TEST_CASE("a key's end is at a length that the log has") {
  Victim room;
  const auto next = PrivateKey::generate();
  const auto folder = room.copy();
  ListedKey retired{room.key.public_key(), Newsroom::opened};
  retired.retired = KeyEnd{now(), 1'000'000'000};
  SideFiles side;
  side.written = {key_file(retired), key_file({next.public_key(), now()})};
  append(folder, room.key, side, now());
  noticed("key retired far ahead", problems(folder),
          room.key_path() + ": speaks of a log of 1000000000, which is of 7");
}

TEST_CASE("verify --fast tells that a key's file is damaged, and counts nothing that it signed") {
  Victim room;
  const auto folder = room.copy();
  SideFiles side;
  side.written.emplace_back(room.key_path(), "{}");
  append(folder, stranger(), side, now());
  VerifyOptions options;
  options.signer = room.key.public_key().keyid();
  const auto found = verify_newest(Ledger::open(folder), options, 100);
  noticed("key file emptied, by verify --fast", listed(found), room.key_path() + ": is not a key file");
  noticed("the same (--signer)", listed(found),
          ".sig: cannot be verified: the file of the key " + *options.signer + " is damaged");
  CHECK(found.signed_commits == 0);
}
