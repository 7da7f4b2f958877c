#include "pack_reader.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "forged_pack.hpp"
#include "ledger_attacks.hpp"
#include "pack.hpp"

using namespace stet;
using namespace std::string_literals;
using Catch::Contains;
using testing::flip;
using testing::git;
using testing::packs;
using testing::Scratch;
using testing::shell;
namespace fs = std::filesystem;

namespace {

constexpr size_t cache_bytes = 1 << 20;

ObjectId id_of(const std::string& hex_digits) {
  ObjectId id;
  for (size_t i = 0; i < id.size(); ++i)
    id[i] = static_cast<unsigned char>(std::stoul(hex_digits.substr(2 * i, 2), nullptr, 16));
  return id;
}

// A repository with 40 revisions of a text, made by git alone.
struct Repository {
  Scratch scratch;
  fs::path folder = scratch / "r";
  fs::path objects() const { return folder / "objects"; }

  Repository() {
    shell("git init -q --bare -b main '" + folder.string() + "'");
    std::string stream, text;
    for (int i = 0; i < 400; ++i) text += "line " + std::to_string(i * i) + "\n";
    for (int i = 0; i < 40; ++i) {
      text += "more " + std::to_string(i) + "\n";
      stream +=
          "commit refs/heads/main\ncommitter x <x@localhost> 1763900000 +0000\ndata 1\nx\nM 100644 inline "
          "f\ndata " +
          std::to_string(text.size()) + "\n" + text + "\n";
    }
    std::ofstream(scratch / "stream") << stream;
    git(folder, "fast-import --quiet < '" + (scratch / "stream").string() + "'");
    git(folder, "-c user.name=x -c user.email=x tag -a -m x v1 main");
  }
  void repack(const std::string& options) const {
    git(folder, options + " repack -qadf --depth=50 --window=50");
  }

  // Every object, by its id, as git has it.
  std::vector<std::pair<ObjectId, std::string>> all() const {
    std::istringstream lines(git(folder, "cat-file --batch-all-objects --batch-check"));
    std::vector<std::pair<ObjectId, std::string>> all;
    std::string id, type, size;
    while (lines >> id >> type >> size)
      all.emplace_back(id_of(id), git(folder, "cat-file " + type + " " + id));
    return all;
  }
};

// A pack of one object, written by hand, whose index gives it the id `id`.
void forge(const fs::path& objects, const std::string& object, const ObjectId& id) {
  std::string pack = "PACK\0\0\0\2\0\0\0\1"s + object;
  Sha1 sha1;
  sha1.update(pack);
  const auto checksum = sha1.finish();
  pack += bytes_of(checksum);
  std::ofstream(objects / "pack/pack-forged.pack", std::ios::binary) << pack;
  std::ofstream(objects / "pack/pack-forged.idx", std::ios::binary)
      << pack_index({{id, crc32_of(object), 12}}, checksum);
}

std::string deflated(std::string_view bytes) {
  std::string out;
  Deflater().append(bytes, out);
  return out;
}

}  // namespace

TEST_CASE("packs that git made are read as git reads them, deltas by distance and by name") {
  const Repository r;
  const bool by_name = GENERATE(false, true);
  r.repack(by_name ? "-c repack.usedeltabaseoffset=false" : "-c repack.usedeltabaseoffset=true");
  CHECK_THAT(git(r.folder, "verify-pack -v '" + packs(r.folder)[0].string() + "'"),
             Contains("chain length = 1"));
  const auto objects = r.all();
  REQUIRE(objects.size() == 40 * 3 + 1);
  for (const size_t cache : {size_t{0}, cache_bytes}) {
    PackReader reader(r.objects(), cache);
    size_t tags = 0;
    for (const auto& [id, bytes] : objects) {
      const auto read = reader.read(id);
      REQUIRE(read);
      if (read->type != 2) CHECK(read->bytes == bytes);  // git shows trees in words
      tags += read->type == 4;
    }
    CHECK(tags == 1);
  }
}

TEST_CASE("a damaged byte of a pack is an error, or what it damaged is not asked for") {
  const Repository r;
  r.repack("");
  const auto objects = r.all();
  const auto pack = packs(r.folder)[0];
  size_t errors = 0, flipped = 0;
  for (size_t at = 12; at < fs::file_size(pack) - 20; at += 7, ++flipped) {
    flip(pack, at);
    PackReader reader(r.objects(), cache_bytes);
    bool failed = false;
    for (const auto& [id, bytes] : objects) try {
        const auto read = reader.read(id);
        REQUIRE(read);
        const auto type = static_cast<ObjectType>(read->type);
        if (read->type < 4) failed |= object_id(type, read->bytes) != id;
      } catch (const std::runtime_error&) {
        failed = true;
      }
    flip(pack, at);
    errors += failed;
  }
  CHECK(errors == flipped);
}

TEST_CASE(
    "a pack that comes is seen after a refresh, and one that goes is not missed if another has its objects") {
  const Repository r;
  r.repack("");  // the tag was a loose object
  const auto objects = r.all();
  PackReader reader(r.objects(), cache_bytes);
  CHECK(reader.read(objects[0].first));
  const Disk disk;
  PackWriter writer(disk, r.objects());
  const auto added = writer.add(ObjectType::blob, "added");
  writer.finish();
  CHECK_FALSE(reader.read(added));
  reader.refresh();
  CHECK(reader.read(added)->bytes == "added");
  git(r.folder, "-c gc.pruneExpire=never repack -qadk");
  CHECK(packs(r.folder).size() == 1);
  for (const auto& [id, bytes] : objects) CHECK(reader.read(id));
  CHECK(reader.read(added)->bytes == "added");
}

TEST_CASE("hundreds of packs are read with few descriptors") {
  const Repository r;
  const Disk disk;
  std::vector<ObjectId> ids;
  for (int i = 0; i < 300; ++i) {
    PackWriter writer(disk, r.objects());
    ids.push_back(writer.add(ObjectType::blob, "pack " + std::to_string(i)));
    writer.finish();
  }
  const auto open_files = [] {
    return std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator());
  };
  const auto before = open_files();
  PackReader reader(r.objects(), cache_bytes);
  for (int round = 0; round < 2; ++round)
    for (int i = 0; i < 300; ++i) REQUIRE(reader.read(ids[i])->bytes == "pack " + std::to_string(i));
  CHECK(open_files() <= before + 64);
}

TEST_CASE("what a forged pack says is not followed") {
  const Scratch scratch;
  fs::create_directories(scratch / "objects/pack");
  const ObjectId id = object_id(ObjectType::blob, "x");
  const auto read = [&](const std::string& object) {
    forge(scratch / "objects", object, id);
    return PackReader(scratch / "objects", cache_bytes).read(id);
  };
  const std::string self = std::string(bytes_of(id));
  CHECK(read("\x31"s + deflated("x"))->bytes == "x");
  CHECK_THROWS_WITH(read("\x74"s + self + deflated("\x01\x01\x90\x01")), Contains("no end"));
  CHECK_THROWS_WITH(read("\x74"s + std::string(20, 'x') + deflated("\x01\x01\x90\x01")), Contains("nowhere"));
  CHECK_THROWS_WITH(read("\x64\x00"s + deflated("\x01\x01\x90\x01")), Contains("nowhere"));
  CHECK_THROWS_WITH(read("\x64\x0d"s + deflated("\x01\x01\x90\x01")), Contains("nowhere"));
  CHECK_THROWS_WITH(read("\x64"s + std::string(12, '\xff') + deflated("x")), Contains("nowhere"));
  CHECK_THROWS_WITH(read("\xb1"s + std::string(12, '\xff') + deflated("x")), Contains("beyond all measure"));
  CHECK_THROWS_WITH(read("\xbf\xff\xff\xff\xff\x01"s + deflated("x")), Contains("beyond all measure"));
  CHECK_THROWS_WITH(read("\x32"s + deflated("x")), Contains("cannot be inflated"));
  CHECK_THROWS_WITH(read("\x30"s + deflated("x")), Contains("cannot be inflated"));
  CHECK_THROWS_WITH(read("\x31x"s), Contains("cannot be inflated"));
  CHECK_THROWS_WITH(read("\xb1"s), Contains("cut short"));
  CHECK_THROWS_WITH(read("\x01"s + deflated("x")), Contains("no known type"));
  CHECK_THROWS_WITH(read("\x51"s + deflated("x")), Contains("no known type"));
  CHECK_THROWS_WITH(read(""), Contains("beyond the pack's end"));
}

TEST_CASE("a stream that was made to be long is read all the same") {
  const Scratch scratch;
  fs::create_directories(scratch / "objects/pack");
  const ObjectId id = object_id(ObjectType::blob, "x");
  // Empty stored blocks, then one that holds the byte, then Adler-32 of it.
  std::string stream = "\x78\x01"s;
  for (int i = 0; i < 3000; ++i) stream += "\x00\x00\x00\xff\xff"s;
  stream += "\x01\x01\x00\xfe\xff\x78\x00\x79\x00\x79"s;
  forge(scratch / "objects", "\x31" + stream, id);
  CHECK(PackReader(scratch / "objects", cache_bytes).read(id)->bytes == "x");
}

TEST_CASE("a chain of deltas that makes more than is read is left where it is") {
  const Repository r;
  const size_t size = 64u << 20;
  const Disk disk;
  PackFile file(disk, r.objects(), PackOwner::recorder);
  const auto id = [](size_t number) { return object_id(ObjectType::blob, std::to_string(number)); };
  std::string stored, delta = "\x80\x80\x80\x20\x80\x80\x80\x20"s;  // both sizes
  for (int piece = 0; piece < 8; ++piece)                           // each copies 8 MB
    delta += {'\xcc', static_cast<char>((piece & 1) << 7), static_cast<char>(piece >> 1), '\x80'};
  append_object_header(stored, {3, size});
  file.append(id(0), stored += deflated(std::string(size, 'x')));
  for (size_t number = 1; number <= 17; ++number) {
    stored.clear();
    append_object_header(stored, {offset_delta, delta.size()});
    append_distance(stored, file.size() - file.offset(number - 1));
    file.append(id(number), stored += deflated(delta));
  }
  file.finish(17);
  PackReader reader(r.objects(), cache_bytes);
  CHECK(reader.read(id(3))->bytes == std::string(size, 'x'));
  CHECK_THROWS_WITH(reader.read(id(17)), Contains("makes more bytes than are read"));
}

TEST_CASE("pipes in the place of a pack or an index are not waited for") {
  const Repository r;
  r.repack("");
  const auto first = packs(r.folder).at(0);
  const auto id = object_id(ObjectType::blob, "absent");
  REQUIRE(mkfifo((r.objects() / "pack/pack-1.pack").c_str(), 0600) == 0);
  REQUIRE(mkfifo((r.objects() / "pack/pack-1.idx").c_str(), 0600) == 0);
  REQUIRE(mkfifo((r.objects() / "pack/multi-pack-index").c_str(), 0600) == 0);
  CHECK_FALSE(PackReader(r.objects(), cache_bytes).read(id));
  fs::remove(r.objects() / "pack/pack-1.idx");
  fs::copy(fs::path(first).replace_extension(".idx"), r.objects() / "pack/pack-1.idx");
  const PackLookup index(r.objects() / "pack/pack-1.idx");
  CHECK_THROWS_WITH(PackReader(r.objects(), cache_bytes).read_copy({"pack-1", index.place(0)}),
                    Contains("pack-1.pack: is not a regular file"));
}
