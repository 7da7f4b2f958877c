// Attacks on what a ledger holds, see victim.hpp.
#include <catch2/catch.hpp>
#include <fstream>

#include "digest.hpp"
#include "trust.hpp"
#include "victim.hpp"

using namespace stet;
using namespace stet::testing;
namespace fs = std::filesystem;

TEST_CASE("a byte flipped in any kind of object is noticed, packed or not") {
  Victim room;
  const std::string key = room.key_path();
  const std::string tile = "log/tile/0/000.p/7";
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
    if (!packed) unpack(folder);
    for (const auto& [kind, object, expected] : kinds) {
      const auto place = place_of(folder, object);
      flip(place.file, place.begin + 8);
      noticed(std::string("byte flipped: ") + kind + (packed ? " (packed)" : " (loose)"), problems(folder),
              expected);
      flip(place.file, place.begin + 8);
    }
    CHECK(problems(folder) == "");
  }
}

TEST_CASE("a byte flipped in a pack or its index is noticed") {
  Victim room;
  const auto folder = room.copy();
  for (const char* ending : {".pack", ".idx"}) {
    auto file = packs(folder).front();
    file.replace_extension(ending);
    for (const size_t at : {size_t{5}, static_cast<size_t>(fs::file_size(file) - 1)}) {
      flip(file, at);
      noticed("byte flipped: " + std::string(ending) + ", byte " + std::to_string(at), problems(folder),
              "objects/pack/" + file.filename().string() + ": ");
      flip(file, at);
    }
  }
}

TEST_CASE("revisions that are dropped at the end are missed") {
  Victim room;
  auto folder = room.copy();
  rewrite(folder, "git rm -q " + birch2 + " " + birch2 + ".*");
  noticed("tail dropped, log left", problems(folder), birch2 + ": was removed by commit ");
  noticed("tail dropped, log left", problems(folder), "log/checkpoint: is of 7 entries, and 1 of them");
  folder = room.copy();
  git(folder, "update-ref refs/heads/main main~1");
  CHECK(problems(folder) == "");  // all that is there holds: nobody can tell from the inside
  noticed("tail dropped, log cut too (--against)", problems(folder, room.kept),
          "log/checkpoint: is of 6 entries, the checkpoint kept elsewhere of 7: entries were cut off");
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
          "log/tile/0/000.p/6: is missing, though the log is of 6 entries");
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
          "log/checkpoint: is no continuation of the checkpoint kept elsewhere, of 8 entries");
  const auto proof = consistency_fault(8, parse_checkpoint(parse_note(b).text).root, 8,
                                       parse_checkpoint(parse_note(a).text).root, {});
  noticed("fork: consistency of the two checkpoints", proof.value_or(""), "different roots");
}

TEST_CASE("a log that holds a revision twice is noticed") {
  Victim room;
  const Leaf leaf = leaf_of(room.ledger.read("alder", 2));
  const auto locked = room.ledger.lock();
  const auto side =
      LedgerLog::open(room.ledger)->append(std::vector{leaf_hash(leaf), leaf_hash(leaf)}, room.log_key);
  room.ledger.append({}, "longer", now(), side, commit_signer(room.key));
  noticed("leaves of the log doubled", room.problems(room.kept),
          "log/checkpoint: is of 9 entries, and 2 of them are there more than once, such as numbers 4 and 8 "
          "of the log");
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
  flip(file, fs::file_size(file) - 1);
  const auto chosen = choose_plugins(trust, {});
  const auto refused = std::find_if(chosen.begin(), chosen.end(), [](const auto& p) { return !p.image; });
  REQUIRE(refused != chosen.end());
  noticed("plugin is not the one that was trusted", refused->reason, "the file changed after it was trusted");
}
