#include "scaffold.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>

#include "files.hpp"
#include "manifest.hpp"
#include "scratch.hpp"

using stet::testing::Scratch;
namespace fs = std::filesystem;

namespace {

const fs::path real_template = fs::path(STET_SOURCE_DIR) / "sdk/template";

std::string refusal(const std::string& id, const fs::path& folder, const fs::path& from = real_template) {
  try {
    stet::make_plugin_project(id, folder, from);
    return "";
  } catch (const std::runtime_error& e) {
    return e.what();
  }
}

std::string text_of(const fs::path& file) {
  return stet::read_file(file, 1 << 20);
}

}  // namespace

TEST_CASE("a project holds no placeholder, and a manifest that stet takes") {
  const Scratch scratch;
  const auto made = stet::make_plugin_project("org.example.no-click-bait", scratch / "p", real_template);
  CHECK(made.name == "no-click-bait");
  CHECK(made.file == "no_click_bait");
  REQUIRE_FALSE(made.files.empty());
  CHECK(std::is_sorted(made.files.begin(), made.files.end()));
  for (const auto& file : made.files) {
    CHECK(file.string().find('@') == std::string::npos);
    CHECK(text_of(scratch / "p" / file).find('@') == std::string::npos);
  }
  CHECK(fs::exists(scratch / "p/no_click_bait.cpp"));
  CHECK_THAT(text_of(scratch / "p/no_click_bait.cpp"), Catch::Contains("class CheckNoClickBait {"));
  CHECK(stet::parse_manifest(text_of(scratch / "p/manifest.json")).id == "org.example.no-click-bait");
}

TEST_CASE("an empty folder is taken, another is refused as it is") {
  const Scratch scratch;
  fs::create_directory(scratch / "empty");
  CHECK(refusal("org.example.a", scratch / "empty").empty());
  CHECK_THAT(refusal("org.example.b", scratch / "empty"), Catch::EndsWith("not empty; nothing was written"));
  CHECK_FALSE(fs::exists(scratch / "empty/b.cpp"));
  std::ofstream(scratch / "file") << "x";
  CHECK_THAT(refusal("org.example.a", scratch / "file"), Catch::EndsWith("file: is not a folder"));
}

TEST_CASE("a name that cannot be a plugin's is refused with the reason") {
  const Scratch scratch;
  const auto reason = [&](const std::string& id) {
    const auto why = refusal(id, scratch / "p");
    CHECK_FALSE(fs::exists(scratch / "p"));
    return why;
  };
  CHECK_THAT(reason("clickbait"), Catch::StartsWith("\"clickbait\" cannot name a plugin: it has no dot"));
  CHECK_THAT(reason("org.example.No"), Catch::Contains("capital letter, 'N'"));
  CHECK_THAT(reason("org.example.no_bait"), Catch::Contains("write '-'"));
  CHECK_THAT(reason("org..bait"), Catch::Contains("is empty"));
  CHECK_THAT(reason("org.example.\"bait"), Catch::Contains("none of a-z"));
  CHECK_THAT(reason("../../bait"), Catch::Contains("none of a-z"));
  CHECK_THAT(reason("org.example.test"), Catch::Contains("CMake keeps the name \"test\""));
}

TEST_CASE("nothing is left of a project that could not be made") {
  const Scratch scratch;
  const auto from = scratch / "template";
  fs::create_directories(from / "a");
  std::ofstream(from / "a/first") << "1";
  // Two names that meet when they are filled in: the second is a folder where the first is a file.
  std::ofstream(from / "x") << "1";
  fs::create_directories(from / "@FILE@");
  std::ofstream(from / "@FILE@/inside") << "1";
  CHECK_THAT(refusal("org.example.x", scratch / "p", from), Catch::Contains("p/x"));
  CHECK_FALSE(fs::exists(scratch / "p"));
  CHECK_THAT(refusal("org.example.x", scratch / "no/p", from), Catch::Contains("no/p: cannot be made"));
  CHECK_FALSE(fs::exists(scratch / "no"));
  CHECK_THAT(refusal("org.example.x", scratch / "p", scratch / "nothing"), Catch::Contains("not there"));
}
