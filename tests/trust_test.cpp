#include "trust.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "files.hpp"
#include "scratch.hpp"

using stet::testing::Scratch;
namespace fs = std::filesystem;

namespace {

fs::path copy_of_echo(const Scratch& scratch) {
  const auto file = scratch.path() / "mine.so";
  fs::copy_file(fs::path(STET_HOSTILE_DIR) / "echo.so", file);
  return file;
}

const stet::ChosenPlugin& last(const std::vector<stet::ChosenPlugin>& all) {
  REQUIRE_FALSE(all.empty());
  return all.back();
}

}  // namespace

TEST_CASE("a plugin that is not trusted is refused with its digest") {
  const Scratch scratch;
  const auto file = copy_of_echo(scratch);
  const stet::Trust trust(scratch.path() / "trusted");
  const stet::PluginImage image(file);
  CHECK_THROWS_WITH(stet::choose_plugins(trust, {file}),
                    Catch::Contains("not trusted") && Catch::Contains(image.sha256()));
}

TEST_CASE("a trusted plugin runs, and is remembered by the next process") {
  const Scratch scratch;
  const auto file = copy_of_echo(scratch);
  stet::Trust(scratch.path() / "deep/er/trusted").add(stet::PluginImage(file));
  const auto all = stet::choose_plugins(stet::Trust(scratch.path() / "deep/er/trusted"), {});
  CHECK(last(all).image != nullptr);
  CHECK(last(all).id == stet::PluginImage(file).manifest().id);
}

TEST_CASE("a trusted plugin whose bytes changed is refused with both digests") {
  const Scratch scratch;
  const auto file = copy_of_echo(scratch);
  stet::Trust trust(scratch.path() / "trusted");
  trust.add(stet::PluginImage(file));
  const auto pinned = trust.plugins()[0].sha256;
  std::ofstream(file, std::ios::app) << 'x';
  const auto all = stet::choose_plugins(trust, {});
  CHECK(last(all).image == nullptr);
  CHECK_THAT(last(all).reason, Catch::Contains(pinned) && Catch::Contains(stet::PluginImage(file).sha256()));
  CHECK_THROWS_WITH(stet::choose_plugins(trust, {file}), Catch::Contains("not trusted"));
}

TEST_CASE("a trusted plugin that is gone is not run, and says so") {
  const Scratch scratch;
  const auto file = copy_of_echo(scratch);
  stet::Trust trust(scratch.path() / "trusted");
  trust.add(stet::PluginImage(file));
  fs::remove(file);
  const auto all = stet::choose_plugins(trust, {});
  CHECK(last(all).image == nullptr);
  CHECK_THAT(last(all).reason, Catch::Contains("mine.so"));
}

TEST_CASE("trust can be taken back by id or by file, and only once") {
  const Scratch scratch;
  const auto file = copy_of_echo(scratch);
  stet::Trust trust(scratch.path() / "trusted");
  trust.add(stet::PluginImage(file));
  trust.add(stet::PluginImage(file));
  CHECK(trust.plugins().size() == 1);
  CHECK(trust.remove(file.string()));
  CHECK_FALSE(trust.remove(file.string()));
  CHECK(stet::Trust(scratch.path() / "trusted").plugins().empty());
}

TEST_CASE("a trust file with a line that is none is an error that names the line") {
  const Scratch scratch;
  stet::write_file(scratch.path() / "trusted", "# comment\n\nnonsense\n");
  CHECK_THROWS_WITH(stet::Trust(scratch.path() / "trusted"), Catch::Contains("trusted:3"));
}
