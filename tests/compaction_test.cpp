#include "compaction.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <iterator>
#include <map>
#include <random>
#include <sstream>

#include "ledger_attacks.hpp"
#include "ledger_samples.hpp"

using namespace stet;
using namespace stet::testing;
using Catch::Contains;
namespace fs = std::filesystem;

namespace {

// Beside the packs that the ledger has.
Compacted compact(const Ledger& ledger, const CompactionOptions& options = {}) {
  ObjectReader reader(ledger.objects());
  History history(reader);
  history.reach(ledger.newest_commit());
  return write_compacted(Disk(), ledger.objects(), history.reached(), options);
}

// An object as `git verify-pack -v` tells of it.
struct Packed {
  size_t depth = 0;  // 0: whole
  std::string base;
};
using PackedObjects = std::map<std::string, Packed>;

PackedObjects objects_in(const Ledger& ledger, const PackSummary& pack) {
  PackedObjects all;
  const auto file = (ledger.objects() / "pack" / pack.name).string() + ".pack";
  std::istringstream lines(git(ledger.folder(), "verify-pack -v '" + file + "'"));
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);  // <id> <type> <size> <size in the pack> <offset> [<depth> <base>]
    std::string id, other;
    words >> id >> other >> other >> other >> other;
    if (id.size() == 40) words >> all[id].depth >> all[id].base;
  }
  return all;
}

// Of a file of the newest commit's.
std::string id_of(const Ledger& ledger, const std::string& article, uint32_t revision, const char* suffix) {
  return git(ledger.folder(), "rev-parse main:" + entry_path(article, revision, suffix)).substr(0, 40);
}

std::string letters(size_t size, unsigned seed) {
  std::mt19937 random(seed);
  std::string text(size, ' ');
  for (auto& c : text) c = static_cast<char>('a' + random() % 26);
  return text;
}

// Articles whose reports have half in common, and whose texts are their documents without a frame.
Ledger ledger_with_texts(const fs::path& folder, unsigned articles, uint32_t revisions) {
  auto ledger = sample_ledger(folder);
  std::vector<Entry> batch;
  for (unsigned i = 0; i < articles; ++i)
    for (uint32_t n = 1; n <= revisions; ++n) {
      auto entry = sample_entry("a" + std::to_string(i), n);
      entry.text = letters(500, 100 * i) + std::to_string(n);
      entry.document = "<p>" + *entry.text + "</p>";
      entry.report = letters(500, 1) + letters(500, 100 * i + 2) + std::to_string(n);
      batch.push_back(entry);
    }
  append_sample(ledger, batch);
  return ledger;
}

// Those that the branch reaches, as git says, each once.
std::vector<std::string> reached_objects(const Ledger& ledger) {
  std::istringstream words(git(ledger.folder(), "rev-list --objects --no-object-names main | sort"));
  return {std::istream_iterator<std::string>(words), {}};
}

std::vector<std::string> objects_in_all(const Ledger& ledger, const Compacted& done) {
  std::vector<std::string> all;
  for (const auto& pack : done.packs)
    for (const auto& [id, packed] : objects_in(ledger, pack)) all.push_back(id);
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace

TEST_CASE("the newest document is whole, an older one a delta of the next newer") {
  const Scratch scratch;
  const auto ledger = sample_ledger(scratch / "l", 3, 60);
  auto objects = objects_in(ledger, compact(ledger).packs.at(0));
  const auto id = [&](uint32_t n, const char* suffix) { return id_of(ledger, "a1", n, suffix); };
  for (const uint32_t n : {60u, 10u}) CHECK(objects[id(n, "")].depth == 0);
  for (const char* suffix : {"", ".report"})
    for (const uint32_t n : {59u, 11u, 9u, 1u}) CHECK(objects[id(n, suffix)].base == id(n + 1, suffix));
  for (const auto& [object, packed] : objects) CHECK(packed.depth <= 50);
}

TEST_CASE("the newest text is a delta of the newest document, an older one of the next newer text") {
  const Scratch scratch;
  const auto ledger = ledger_with_texts(scratch / "l", 3, 4);
  auto objects = objects_in(ledger, compact(ledger).packs.at(0));
  const auto id = [&](uint32_t n, const char* suffix) { return id_of(ledger, "a1", n, suffix); };
  CHECK(objects[id(4, "")].depth == 0);
  CHECK(objects[id(4, ".text")].base == id(4, ""));
  for (const uint32_t n : {3u, 2u, 1u}) CHECK(objects[id(n, ".text")].base == id(n + 1, ".text"));
  CHECK_NOTHROW(git(scratch / "l", "fsck --full --strict --no-dangling"));
}

TEST_CASE("each small pack has one whole report and one whole signature, and others are deltas of them") {
  const Scratch scratch;
  const auto ledger = ledger_with_texts(scratch / "l", 12, 3);
  CompactionOptions options;
  for (const uint64_t most : {1u << 20, 12000u, 3500u}) {
    options.most_pack_bytes = most;
    const auto done = compact(ledger, options);
    CHECK((done.packs.size() == 1) == (most == 1u << 20));
    std::map<std::string, size_t> found;
    for (const auto& pack : done.packs) {
      const auto objects = objects_in(ledger, pack);
      std::map<std::string, size_t> whole;
      for (unsigned i = 0; i < 12; ++i)
        for (uint32_t n = 1; n <= 3; ++n)
          for (const char* suffix : {".report", ".sig"}) {
            const auto at = objects.find(id_of(ledger, "a" + std::to_string(i), n, suffix));
            if (at == objects.end()) continue;
            ++found[suffix];
            whole[suffix] += at->second.depth == 0;
            CHECK(at->second.depth <= (suffix == std::string(".sig") ? 1 : 3));
          }
      CHECK(whole[".report"] <= 1);
      CHECK(whole[".sig"] <= 1);
    }
    CHECK(found[".report"] == 36);
    CHECK(found[".sig"] == 36);
    CHECK_NOTHROW(git(scratch / "l", "fsck --full --strict --no-dangling"));
  }
}

TEST_CASE("of one report no more than 64 other articles' are deltas") {
  const Scratch scratch;
  const auto ledger = ledger_with_texts(scratch / "l", 70, 1);
  auto objects = objects_in(ledger, compact(ledger).packs.at(0));
  size_t whole = 0;
  std::map<std::string, size_t> deltas;
  for (int i = 0; i < 70; ++i) {
    const auto& packed = objects[id_of(ledger, "a" + std::to_string(i), 1, ".report")];
    whole += packed.depth == 0;
    if (packed.depth > 0) ++deltas[packed.base];
  }
  CHECK(whole == 2);
  REQUIRE(deltas.size() == 2);
  CHECK(std::max(deltas.begin()->second, deltas.rbegin()->second) == 64);
}

TEST_CASE("packs that may be small hold each object once, and are no larger") {
  const Scratch scratch;
  const auto ledger = sample_ledger(scratch / "l", 8, 3);
  const auto wanted = reached_objects(ledger);
  CompactionOptions options;
  size_t packs = 0;
  for (const uint64_t most : {uint64_t{1} << 20, uint64_t{8000}, uint64_t{1}}) {
    options.most_pack_bytes = most;
    const auto done = compact(ledger, options);
    CHECK(done.packs.size() > packs);
    packs = done.packs.size();
    CHECK(objects_in_all(ledger, done) == wanted);
    if (most == 8000)  // and the checksum at the end
      for (const auto& pack : done.packs) CHECK(pack.bytes <= most + 20);
  }
}

TEST_CASE("what is told of packs and their parts is what they have") {
  const Scratch scratch;
  const auto ledger = ledger_with_texts(scratch / "l", 5, 2);
  const auto done = compact(ledger);
  REQUIRE(done.packs.size() == 1);
  const auto& pack = done.packs[0];
  const auto file = ledger.objects() / "pack" / pack.name;
  CHECK(pack.bytes == fs::file_size(file.string() + ".pack"));
  CHECK(pack.index_bytes == fs::file_size(file.string() + ".idx"));
  const auto objects = objects_in(ledger, pack);
  CHECK(pack.objects == objects.size());
  CHECK(static_cast<std::ptrdiff_t>(pack.deltas) ==
        std::count_if(objects.begin(), objects.end(), [](auto& o) { return o.second.depth > 0; }));
  const auto& p = done.parts;
  constexpr size_t frame = 12 + 20;  // header and checksum
  CHECK(p.commits + p.trees + p.documents + p.texts + p.reports + p.signatures + p.others + frame ==
        pack.bytes);
  for (const uint64_t part : {p.commits, p.trees, p.documents, p.texts, p.reports, p.signatures, p.others})
    CHECK(part > 0);  // the others: ledger.json
}

TEST_CASE("the packs are the same however many threads write them, and how far they are is told") {
  const Scratch scratch;
  const auto ledger = sample_ledger(scratch / "l", 40, 20);  // several rounds of one thread
  std::vector<std::string> names;
  for (const unsigned threads : {1u, 2u, 8u}) {
    CompactionOptions options;
    options.threads = threads;
    size_t last = 0;
    options.progress = [&](size_t done, size_t of) {
      CHECK(done > last);
      CHECK(of == reached_objects(ledger).size());
      last = done;
    };
    names.push_back(compact(ledger, options).packs.at(0).name);
    CHECK(last == reached_objects(ledger).size());
  }
  CHECK(names == std::vector<std::string>(3, names[0]));
}

TEST_CASE("of a ledger without articles, and of one with a single revision, all is in one pack") {
  const Scratch scratch;
  auto ledger = sample_ledger(scratch / "l");
  CHECK(compact(ledger).packs.at(0).objects == 3);  // a commit, a tree, ledger.json
  append_sample(ledger, {sample_entry("a", 1)});
  const auto done = compact(ledger);
  CHECK(done.packs.size() == 1);
  CHECK(objects_in_all(ledger, done) == reached_objects(ledger));
}

TEST_CASE("of nothing no pack is made") {
  const Scratch scratch;
  const auto ledger = sample_ledger(scratch / "l");
  const auto before = packs(scratch / "l");
  CHECK(write_compacted(Disk(), ledger.objects(), {}, {}).packs.empty());
  CHECK(packs(scratch / "l") == before);
}

TEST_CASE("an object that is damaged is named, and no pack is made") {
  const Scratch scratch;
  const auto ledger = sample_ledger(scratch / "l", 3, 2);
  const auto id = id_of(ledger, "a1", 2, ".report");
  damage(scratch / "l", id);
  const auto before = packs(scratch / "l");
  CHECK_THROWS_WITH(compact(ledger), Contains("object " + id + ": cannot be read: "));
  CHECK(packs(scratch / "l") == before);
}
