// Damage to what a ledger stores, as by a failing disk.
#include <catch2/catch.hpp>

#include "office.hpp"

using namespace stet;
using namespace stet::testing;
namespace fs = std::filesystem;

TEST_CASE("any damaged byte of a stored file is found and its path named, alone") {
  Office office;
  office.record_all();
  const auto path = GENERATE(entry_path("alder", 2, ""), entry_path("alder", 2, ".report"),
                             entry_path("alder", 3, ".sig"), entry_path("birch", 2, ".text"));
  const bool packed = GENERATE(true, false);
  if (!packed) unpack(office.folder);
  const auto place = place_of(office.folder, "main:" + path);
  for (size_t at = place.begin; at < place.end; at += 7) {
    flip(place.file, at);
    const auto v = office.verified();
    flip(place.file, at);
    INFO(path << " byte " << at << "\n" << listed(v));
    REQUIRE(v.problems.size() == (packed ? 2 : 1));
    REQUIRE(names(v, path));
    REQUIRE(names(v, place.pack(), "checksum") == packed);
  }
  CHECK(office.verified().holds());
}

TEST_CASE("any damaged byte of a folder, a commit or a key is found and named") {
  Office office;
  office.record_all();
  const std::string folder = article_path("alder");
  const std::pair<std::string, std::string> kinds[] = {{"main:" + folder, folder},
                                                       {"main:" + folder + "/0000", folder + "/0000"},
                                                       {"main:articles", "articles"},
                                                       {"main^{tree}", "/"},
                                                       {"main", "commit "},
                                                       {"main~2", "commit "},
                                                       {"main~2^{tree}", "/"},
                                                       {"main:" + office.key_path(), office.key_path()},
                                                       {"main:ledger.json", "ledger.json"}};
  const bool packed = GENERATE(true, false);
  if (!packed) unpack(office.folder);
  for (const auto& [object, named] : kinds) {
    const auto place = place_of(office.folder, object);
    for (size_t at = place.begin; at < place.end; at += 7) {
      flip(place.file, at);
      auto v = office.verified();
      flip(place.file, at);
      INFO(object << " byte " << at << "\n" << listed(v));
      REQUIRE(names(v, place.pack(), "checksum") == packed);
      std::erase_if(v.problems, [&](auto& p) { return p.path == place.pack(); });
      REQUIRE((v.problems.size() >= 1 && v.problems.size() <= 3));
      REQUIRE(v.problems[0].path.starts_with(named));
    }
  }
  CHECK(office.verified().holds());
}

TEST_CASE("damage in a pack or its index is found wherever it is, and nothing wrong is read") {
  Office office;
  office.record("alder", 1);
  office.record("alder", 2);
  if (GENERATE(false, true)) git(office.folder, "gc -q --prune=now");
  const auto entry = office.ledger.read("alder", 2);
  size_t flipped = 0;
  for (const auto& file : fs::directory_iterator(office.folder / "objects/pack")) {
    const auto ending = file.path().extension();
    if (ending != ".pack" && ending != ".idx") continue;
    // Most of an index is its table of 256 numbers.
    for (size_t at = 0; at < file.file_size(); at += ending == ".idx" ? 13 : 3) {
      flip(file, at);
      const auto v = office.verified();
      std::optional<Entry> read;
      try {
        read = Ledger::open(office.folder).read("alder", 2);
      } catch (const std::runtime_error&) {
      }
      flip(file, at);
      INFO(file.path() << " byte " << at);
      REQUIRE(names(v, "objects/pack/" + file.path().filename().string()));
      REQUIRE((!read || (read->document == entry.document && read->report == entry.report &&
                         read->signatures == entry.signatures)));
      ++flipped;
    }
  }
  CHECK(flipped > 500);
  CHECK(office.verified().holds());
}

TEST_CASE("an index of another pack and a pack that is cut short are found") {
  Office office;
  office.record_all();
  auto all = packs(office.folder);
  REQUIRE(all.size() >= 2);
  const auto index = [](fs::path pack) { return pack.replace_extension(".idx"); };
  SECTION("index") {
    fs::rename(index(all[0]), index(all[1]));
    CHECK_FALSE(office.verified().holds());
    fs::rename(all[0], fs::path(all[0]).replace_extension(".away"));
    CHECK(names(office.verified(), "objects/pack/" + index(all[1]).filename().string(), "another pack"));
  }
  SECTION("pack") {
    const auto size = GENERATE(size_t{0}, size_t{25}, size_t{100});
    fs::permissions(all[0], fs::perms::owner_write, fs::perm_options::add);
    fs::resize_file(all[0], size);
    CHECK(names(office.verified(), "objects/pack/" + all[0].filename().string()));
  }
}

TEST_CASE("a lost object is found and its path named") {
  Office office;
  office.record_all();
  const auto path = GENERATE(entry_path("alder", 1, ""), entry_path("alder", 3, ".report"),
                             entry_path("birch", 1, ".sig"), article_path("birch"));
  lose(office.folder, "main:" + path);
  const auto v = office.verified();
  INFO(listed(v));
  CHECK(v.problems.size() == 1);
  CHECK(names(v, path, "cannot be read"));
}
