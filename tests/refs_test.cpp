#include "refs.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "ledger_attacks.hpp"
#include "ledger_samples.hpp"

using namespace stet;
using namespace stet::testing;
using Catch::Contains;
namespace fs = std::filesystem;

namespace {

std::string said_by_git(const fs::path& repository, const std::string& name) {
  return git(repository, "rev-parse '" + name + "'").substr(0, 40);
}

void put(const fs::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

}  // namespace

TEST_CASE("references are what git says, loose, packed, symbolic and of tags") {
  const Scratch scratch;
  const fs::path folder = scratch / "l";
  sample_ledger(folder, 2, 2);
  git(folder, "-c user.name=x -c user.email=x@example.org tag -a -m x v1 main~1");
  git(folder, "update-ref refs/heads/other main~1");
  git(folder, "symbolic-ref refs/heads/alias refs/heads/other");
  for (const bool packed : {false, true}) {
    if (packed) git(folder, "pack-refs --all");
    const auto all = all_references(folder);
    for (const char* name :
         {"refs/heads/main", "refs/heads/other", "refs/heads/alias", "refs/tags/v1", "HEAD"}) {
      INFO(name << ", packed: " << packed);
      const auto id = read_reference(folder, name);
      REQUIRE(id);
      CHECK(hex(*id) == said_by_git(folder, name));
      REQUIRE(all.contains(name));
      CHECK(all.at(name) == *id);
    }
    CHECK(all.size() == 5);
    CHECK_FALSE(read_reference(folder, "refs/heads/absent"));
  }
}

TEST_CASE("a loose reference goes before a packed one") {
  const Scratch scratch;
  const fs::path folder = scratch / "l";
  sample_ledger(folder, 1, 2);
  git(folder, "pack-refs --all");
  git(folder, "update-ref refs/heads/main main~1");
  CHECK(hex(*read_reference(folder, "refs/heads/main")) == said_by_git(folder, "main"));
}

TEST_CASE("what is no reference is refused with the file's name") {
  const Scratch scratch;
  const fs::path folder = scratch / "l";
  sample_ledger(folder, 1, 1);
  for (const char* text :
       {"", "x", "0123456789012345678901234567890123456789ab", "ABCDEF6789012345678901234567890123456789"}) {
    put(folder / "refs/heads/main", text);
    CHECK_THROWS_WITH(read_reference(folder, "refs/heads/main"),
                      Contains("refs/heads/main: is no reference"));
  }
  put(folder / "refs/heads/main", "ref: refs/heads/main\n");  // in a circle
  CHECK_THROWS_WITH(read_reference(folder, "refs/heads/main"), Contains("is no reference"));
  fs::remove(folder / "refs/heads/main");
  put(folder / "packed-refs", "0123456789012345678901234567890123456789refs/heads/main\n");
  CHECK_THROWS_WITH(read_reference(folder, "refs/heads/main"), Contains("packed-refs: is damaged"));
}

TEST_CASE("an id is 40 lower-case hex digits") {
  CHECK(hex(*id_in("00000000000000000000000000000000000000ff")) ==
        "00000000000000000000000000000000000000ff");
  CHECK_FALSE(id_in("00000000000000000000000000000000000000fF"));
  CHECK_FALSE(id_in("000000000000000000000000000000000000000"));
  CHECK_FALSE(id_in(""));
}
