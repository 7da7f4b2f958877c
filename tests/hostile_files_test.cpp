// Files that are no plugin, or not the one that was trusted, or damaged: none is run that could not be
// named, and none harms the host.
#include <elf.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <cstdio>
#include <fstream>
#include <functional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "digest.hpp"
#include "hostile.hpp"
#include "run.hpp"
#include "worker.hpp"

using namespace stet::testing;
using Kind = stet::Outcome::Kind;
using Image = std::shared_ptr<const stet::PluginImage>;
namespace fs = std::filesystem;

namespace {

struct DamagedFile {
  const char* name;
  std::string bytes;
  const char* reason;  // after the file's name
};

std::string with_manifest(const std::function<void(Elf64_Shdr&, std::string&)>& change) {
  return with_section(hostile_bytes("acts"), ".stet.manifest", change);
}

std::vector<DamagedFile> damaged_files() {
  const auto good = hostile_bytes("acts");
  const auto named_as_manifest = [&](Elf64_Shdr& other, std::string&) {
    with_manifest([&](Elf64_Shdr& manifest, std::string&) { other.sh_name = manifest.sh_name; });
  };
  const auto with_byte = [&](size_t at, char value) {
    auto bytes = good;
    bytes[at] = value;
    return bytes;
  };
  return {
      {"empty", "", "not an ELF file"},
      {"a script", "#!/bin/sh\n", "not an ELF file"},
      {"header alone", good.substr(0, 64), "an ELF file with a section that reaches beyond its end"},
      {"four bytes", good.substr(0, 4), "a truncated ELF file"},
      {"half of it", good.substr(0, good.size() / 2),
       "an ELF file with a section that reaches beyond its end"},
      {"32-bit", with_byte(EI_CLASS, ELFCLASS32), "a 32-bit ELF file"},
      {"big-endian", with_byte(EI_DATA, ELFDATA2MSB), "not a 64-bit little-endian ELF file"},
      {"manifest missing", with_manifest([](auto& s, auto&) { s.sh_name = 0; }),
       "not a plugin: no section .stet.manifest"},
      {"manifest cut", with_manifest([](auto& s, auto&) { s.sh_size /= 2; }), "manifest: not JSON at byte *"},
      {"manifest empty", with_manifest([](auto& s, auto&) { s.sh_size = 0; }),
       "manifest: not JSON at byte 1"},
      {"manifest not JSON", with_manifest([](auto& s, auto& file) { file[s.sh_offset] = '<'; }),
       "manifest: not JSON at byte 1"},
      {"manifest with a NUL", with_manifest([](auto& s, auto& file) { file[s.sh_offset + 3] = '\0'; }),
       "manifest: not JSON at byte *"},
      {"manifest beyond the end", with_manifest([](auto& s, auto&) { s.sh_size = UINT64_MAX; }),
       "an ELF file with a section that reaches beyond its end"},
      {"manifest compressed", with_manifest([](auto& s, auto&) { s.sh_flags |= SHF_COMPRESSED; }),
       "an ELF file with an unreadable manifest"},
      {"two manifests", with_section(good, ".comment", named_as_manifest),
       "an ELF file with two sections .stet.manifest"},
      {"newer ABI", replaced(good, "\"abi\": 1", "\"abi\": 2"),
       "manifest: needs plugin ABI 2, this stet has 1"},
      {"older ABI", replaced(good, "\"abi\": 1", "\"abi\": 0"),
       "manifest: needs plugin ABI 0, this stet has 1"},
  };
}

// The plugin as a user has it: pinned in the trust file by the digest of `pinned`, while `bytes` are there.
stet::PluginRun through_trust(const std::string& pinned, const std::string& bytes, fs::path& file) {
  const Scratch scratch;
  file = scratch / "plugin.so";
  stet::write_file(file, bytes);
  stet::write_file(scratch / "trusted",
                   stet::sha256_hex(pinned) + " org.stet.hostile.acts " + file.string() + "\n");
  auto plugins = stet::choose_plugins(stet::Trust(scratch / "trusted"), {});
  std::erase_if(plugins, [](const auto& p) { return p.bundled; });
  plugins.push_back({"echo.so", "org.stet.hostile.echo", "1.0.0", image("echo"), "", ""});
  stet::Run run(plugins);
  const auto document = paragraph(text_of("well"));
  const auto runs = run.check({document});
  REQUIRE(runs.size() == 2);
  CHECK(name(runs[1].outcome.kind) == "checked");
  CHECK(runs[1].outcome.findings.size() == 1);
  return runs[0];
}

}  // namespace

TEST_CASE("a trusted file that is damaged, or another by now, is not run and says why") {
  std::printf("\n%-28s %-10s %6s  %s\n", "file", "outcome", "ms", "reason");
  fs::path file;
  for (const auto& damaged : damaged_files()) {
    CAPTURE(damaged.name);
    auto outcome = through_trust(damaged.bytes, damaged.bytes, file).outcome;
    CHECK(name(outcome.kind) == "not run");
    REQUIRE(outcome.reason.starts_with(file.string() + ": "));
    outcome.reason.erase(0, file.string().size() + 2);
    print_line(damaged.name, outcome, 0);
    if (!holds(outcome.reason, damaged.reason)) CHECK(outcome.reason == damaged.reason);
  }
  const auto swapped = through_trust(hostile_bytes("acts"), hostile_bytes("echo"), file).outcome;
  print_line("swapped after trust", swapped, 0);
  CHECK(name(swapped.kind) == "not run");
  CHECK(swapped.reason == "the file changed after it was trusted: its SHA-256 is " +
                              stet::sha256_hex(hostile_bytes("echo")) + ", trusted was " +
                              stet::sha256_hex(hostile_bytes("acts")));
  CHECK(name(through_trust(hostile_bytes("acts"), hostile_bytes("acts"), file).outcome.kind) == "checked");
}

TEST_CASE("a file that is cut and written again while it is read is whole, or refused") {
  const Scratch scratch;
  const auto file = scratch / "plugin.so";
  const auto bytes = hostile_bytes("echo");
  const auto digest = stet::sha256_hex(bytes);
  stet::write_file(file, bytes);
  std::atomic<bool> done = false;
  std::thread writer([&] {
    while (!done) {
      fs::resize_file(file, bytes.size() / 3);
      std::ofstream(file, std::ios::binary) << bytes;
    }
  });
  size_t whole = 0;
  for (int i = 0; i < 200; ++i) try {
      const auto copy = std::make_shared<const stet::PluginImage>(file);
      // What was hashed is what is kept, whatever mixture was read.
      CHECK(copy->sha256() == stet::sha256_hex(stet::Mapping(copy->memory()).bytes()));
      whole += copy->sha256() == digest;
    } catch (const std::runtime_error& e) {
      CHECK(std::string(e.what()).starts_with(file.string() + ": "));
    }
  done = true;
  writer.join();
  CAPTURE(whole);
  CHECK(std::make_shared<const stet::PluginImage>(file)->sha256() == digest);
}

TEST_CASE("a library with damaged bytes harms nobody") {
  if (!is_confined()) return;
  const auto good = hostile_bytes("echo");
  std::mt19937 random(20251125);
  stet::Worker echo({image("echo")});
  const auto document = shared_paragraph(text_of("well"));
  const auto reference = said(echo.verify(document).get());
  for (int i = 0; i < 60; ++i) {
    auto bytes = good;
    // Headers and dynamic section stand in front, the code behind them.
    const size_t within = i % 2 ? bytes.size() / 2 : 4096;
    for (int changes = 0; changes < 8; ++changes) bytes[64 + random() % within] = static_cast<char>(random());
    Image damaged;
    try {
      damaged = image_of(bytes);
    } catch (const std::runtime_error&) {
      continue;
    }
    stet::Worker worker({damaged});
    const auto outcome = worker.verify(document).get();
    CHECK(name(outcome.kind) != "not run");
    CHECK((outcome.kind == Kind::checked) == outcome.reason.empty());
    CHECK(said(echo.verify(document).get()) == reference);
  }
}
