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

TEST_CASE("two files of one id are not trusted together") {
  const Scratch scratch;
  const auto file = copy_of_echo(scratch);
  fs::copy_file(file, scratch / "again.so");
  stet::Trust trust(scratch.path() / "trusted");
  trust.add(stet::PluginImage(file));
  CHECK_THROWS_WITH(trust.add(stet::PluginImage(scratch / "again.so")),
                    Catch::Contains(file.string() + " is trusted as org.stet.hostile.echo already"));
  trust.remove("org.stet.hostile.echo");
  CHECK_NOTHROW(trust.add(stet::PluginImage(scratch / "again.so")));
}

TEST_CASE("a plugin with the id of one that ships with stet is neither trusted nor run in its place") {
  const Scratch scratch;
  const auto bundled = stet::bundled_plugins();
  REQUIRE_FALSE(bundled.empty());
  fs::copy_file(bundled[0].file, scratch / "mine.so");
  stet::Trust trust(scratch.path() / "trusted");
  CHECK(stet::choose_plugins(trust, {scratch / "mine.so"}).size() == bundled.size());
  std::ofstream(scratch / "mine.so", std::ios::app) << 'x';
  const stet::PluginImage image(scratch / "mine.so");
  CHECK_THROWS_WITH(trust.add(image), Catch::Contains("ships with stet"));
  stet::write_file(scratch / "by-hand",
                   image.sha256() + " " + image.manifest().id + " " + image.file().string() + "\n");
  CHECK_THROWS_WITH(stet::choose_plugins(stet::Trust(scratch / "by-hand"), {scratch / "mine.so"}),
                    Catch::Contains("its id " + image.manifest().id + " is that of"));
}

TEST_CASE("a path that would begin another entry is not trusted") {
  const Scratch scratch;
  const auto file = scratch / ("a\n" + std::string(64, '0') + " org.example.b /b.so");
  fs::create_directories(file.parent_path());
  fs::copy_file(copy_of_echo(scratch), file);
  stet::Trust trust(scratch.path() / "trusted");
  CHECK_THROWS_WITH(trust.add(stet::PluginImage(file)), Catch::Contains("control character"));
  CHECK_FALSE(fs::exists(scratch / "trusted"));
}

TEST_CASE("the state of a plugin's trust follows its bytes") {
  const Scratch scratch;
  using Kind = stet::TrustState::Kind;
  const auto file = copy_of_echo(scratch);
  stet::Trust trust(scratch.path() / "trusted");
  CHECK(stet::trust_state(trust, stet::PluginImage(file)).kind == Kind::not_trusted);
  trust.add(stet::PluginImage(file));
  CHECK(stet::trust_state(trust, stet::PluginImage(file)).kind == Kind::trusted);
  const auto pinned = trust.plugins()[0].sha256;
  std::ofstream(file, std::ios::app) << 'x';
  const auto changed = stet::trust_state(trust, stet::PluginImage(file));
  CHECK(changed.kind == Kind::changed);
  CHECK(changed.pinned == pinned);
  CHECK(stet::trust_state(trust, stet::PluginImage(stet::bundled_plugins().at(0).file)).kind ==
        Kind::bundled);
}
