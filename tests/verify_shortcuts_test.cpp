#include "verify_shortcuts.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "chunk_file.hpp"
#include "files.hpp"
#include "ledger_attacks.hpp"
#include "ledger_samples.hpp"
#include "maintenance.hpp"
#include "verify.hpp"

using namespace stet;
using namespace stet::testing;
using Catch::Contains;
namespace fs = std::filesystem;

namespace {

constexpr const char* graph = "objects/info/commit-graph";
constexpr const char* many = "objects/pack/multi-pack-index";

// A ledger (whose reports are none) with a commit-graph and, by git, a multi-pack-index over its packs.
struct Shortcuts {
  Scratch scratch;
  fs::path folder = scratch / "l";

  Shortcuts() {
    maintain(sample_ledger(folder, 6, 4));
    auto ledger = Ledger::open(folder);
    append_sample(ledger, {sample_entry("later", 1)});
    git(folder, "multi-pack-index write");
  }

  std::vector<std::string> hold() const { return verify(Ledger::open(folder)).shortcuts; }

  std::string bytes(const char* file) const { return read_file(folder / file, 1 << 20); }
  // `with_sum`: as somebody would who knows how git's files end.
  void put(const char* file, std::string bytes, bool with_sum) const {
    if (with_sum) {
      bytes.resize(bytes.size() - 20);
      Sha1 sha1;
      sha1.update(bytes);
      bytes += bytes_of(sha1.finish());
    }
    fs::remove(folder / file);
    std::ofstream(folder / file, std::ios::binary) << bytes;
  }

  // The one problem of that file.
  std::string problem(const char* file) const {
    for (const auto& p : verify(Ledger::open(folder)).problems)
      if (p.path == file) return p.message;
    return "";
  }
};

size_t chunk_begin(const std::string& file, const std::string& chunk) {
  const size_t header = file.starts_with("MIDX") ? 12 : 8;
  return static_cast<size_t>(ChunkView(file, header).find(chunk).value().data() - file.data());
}

}  // namespace

TEST_CASE("a commit-graph and a multi-pack-index that say the truth are no problem") {
  const Shortcuts s;
  CHECK(s.hold() == std::vector<std::string>{graph, many});
  CHECK(s.problem(graph).empty());
  CHECK(s.problem(many).empty());
}

TEST_CASE("whatever byte of them is changed is noticed") {
  const Shortcuts s;
  for (const char* file : {graph, many}) {
    const auto whole = s.bytes(file);
    for (size_t at = 0; at < whole.size(); at += 97) {
      INFO(file << ", byte " << at);
      auto damaged = whole;
      damaged[at] = static_cast<char>(damaged[at] ^ 4);
      s.put(file, damaged, false);
      REQUIRE_FALSE(s.problem(file).empty());
    }
    for (size_t size = 0; size < whole.size(); size += 301) {
      s.put(file, whole.substr(0, size), false);
      REQUIRE_FALSE(s.problem(file).empty());
    }
    s.put(file, whole, false);
  }
}

TEST_CASE("a commit-graph that lies about a commit is told, though its checksum is right") {
  const Shortcuts s;
  const auto whole = s.bytes(graph);
  const size_t data = chunk_begin(whole, "CDAT");
  const struct {
    size_t byte;
    const char* what;
  } lies[] = {{0, "another tree"},
              {23, "another parent"},
              {27, "another parent"},
              {31, "another generation"},
              {35, "another time"}};
  for (const auto& lie : lies) {
    INFO(lie.byte);
    auto bytes = whole;
    bytes[data + lie.byte] = static_cast<char>(bytes[data + lie.byte] ^ 4);
    s.put(graph, bytes, true);
    CHECK_THAT(s.problem(graph), Contains("gives commit ") && Contains(lie.what));
  }
}

TEST_CASE("a multi-pack-index that leads elsewhere is told, though its checksum is right") {
  const Shortcuts s;
  const auto whole = s.bytes(many);
  const size_t places = chunk_begin(whole, "OOFF");
  for (const size_t byte : {size_t{3}, size_t{7}}) {
    auto bytes = whole;
    bytes[places + byte] = static_cast<char>(bytes[places + byte] ^ 1);
    s.put(many, bytes, true);
    CHECK_THAT(s.problem(many), Contains("is where the packs do not have it"));
  }
  s.put(many, whole, false);
  CHECK(s.problem(many).empty());
}

TEST_CASE("a multi-pack-index over a pack that is gone is told") {
  const Shortcuts s;
  auto bytes = s.bytes(many);
  const size_t name = chunk_begin(bytes, "PNAM") + 5;
  bytes[name] = bytes[name] == 'a' ? 'b' : 'a';
  s.put(many, bytes, true);
  CHECK_THAT(s.problem(many), Contains("names pack-") && Contains("which is not there"));
}

TEST_CASE("a chain of commit-graphs, as git adds to one, is read as one") {
  const Shortcuts s;
  fs::remove(s.folder / graph);
  const std::string to_git =
      " | git --git-dir '" + s.folder.string() + "' commit-graph write --split=no-merge ";
  shell("echo " + git(s.folder, "rev-parse main~2").substr(0, 40) + to_git + "--stdin-commits");
  git(s.folder, "commit-graph write --reachable --split=no-merge");
  const auto hold = s.hold();
  REQUIRE(hold.size() == 4);
  const std::string last = hold[2];
  auto bytes = s.bytes(last.c_str());
  bytes[chunk_begin(bytes, "CDAT") + 23] ^= 1;
  s.put(last.c_str(), bytes, true);
  CHECK_THAT(s.problem(last.c_str()), Contains("another parent"));
}

TEST_CASE(
    "what stands in the place of a commit-graph or multi-pack-index and is no file is told in one clause") {
  const Shortcuts s;
  for (const char* file : {graph, many}) {
    fs::remove(s.folder / file);
    fs::create_directory(s.folder / file);
    CHECK(s.problem(file) == "is not a regular file");
    fs::remove(s.folder / file);
  }
  const std::string chain = "objects/info/commit-graphs/commit-graph-chain", id(40, '0');
  fs::create_directories(s.folder / chain);
  CHECK(s.problem(chain.c_str()) == "is not a regular file");
  fs::remove(s.folder / chain);
  std::ofstream(s.folder / chain) << id << "\n";
  CHECK(s.problem(("objects/info/commit-graphs/graph-" + id + ".graph").c_str()) == "is missing");
}
