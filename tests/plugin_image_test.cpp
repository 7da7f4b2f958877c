#include "plugin_image.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "digest.hpp"
#include "worker.hpp"

namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

fs::path hostile(const char* name) {
  return fs::path(STET_HOSTILE_DIR) / (std::string(name) + ".so");
}

// A file that goes at the end of the test.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& bytes)
      : path_(fs::temp_directory_path() / ("stet-image-" + std::to_string(getpid()) + ".so")) {
    write(bytes);
  }
  ~TemporaryFile() { fs::remove(path_); }
  void write(const std::string& bytes) const { std::ofstream(path_, std::ios::binary) << bytes; }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

}  // namespace

TEST_CASE("an image knows its manifest and the digest of its file") {
  const stet::PluginImage image(hostile("echo"));
  CHECK(image.manifest().id == "org.stet.hostile.echo");
  CHECK(image.manifest().limits.deadline_ms == 500);
  CHECK(image.sha256() == stet::sha256_hex(bytes_of(hostile("echo"))));
  CHECK(stet::Mapping(image.memory()).bytes() == bytes_of(hostile("echo")));
}

TEST_CASE("what was hashed is what runs, though the file is overwritten or swapped afterwards") {
  const TemporaryFile file(bytes_of(hostile("echo")));
  const auto image = std::make_shared<const stet::PluginImage>(file.path());
  const auto digest = image->sha256();
  SECTION("overwritten in place") {
    file.write(bytes_of(hostile("throws")));
  }
  SECTION("swapped") {
    fs::remove(file.path());
    fs::copy_file(hostile("throws"), file.path());
  }
  SECTION("removed") {
    fs::remove(file.path());
  }
  stet::Worker worker({image});
  stet::Document document;
  document.text = "One.";
  document.nodes = {{stet::NodeKind::paragraph, stet::no_parent, {0, 4}, ""}};
  const auto outcome =
      worker.verify(std::make_shared<const stet::SharedDocument>(stet::Reading{document})).get();
  CHECK(outcome.reason == "");
  CHECK(outcome.findings.size() == 1);
  CHECK(image->sha256() == digest);
  CHECK(write(image->memory().get(), "x", 1) == -1);
}

TEST_CASE("a file that is no plugin is refused with its name and the reason") {
  const TemporaryFile file("#!/bin/sh\n");
  CHECK_THROWS_WITH(stet::PluginImage(file.path()), file.path().string() + ": not an ELF file");
  file.write(bytes_of("/bin/sh"));
  CHECK_THROWS_WITH(stet::PluginImage(file.path()),
                    file.path().string() + ": not a plugin: no section .stet.manifest");
  CHECK_THROWS_WITH(stet::PluginImage("no/such.so"), Catch::StartsWith("no/such.so: "));
}

TEST_CASE("a plugin for another ABI is refused before any of its code runs") {
  auto bytes = bytes_of(hostile("raw"));
  const std::string one = "\"abi\": 1", two = "\"abi\": 2";
  const auto at = bytes.find(one);
  REQUIRE(at != bytes.npos);
  const TemporaryFile file(bytes.replace(at, one.size(), two));
  CHECK_THROWS_WITH(stet::PluginImage(file.path()),
                    file.path().string() + ": manifest: needs plugin ABI 2, this stet has 1");
}
