// The transparency log against a second implementation (Python and openssl) and public vectors. Both lie
// beside the source tree, or where STET_SHARED says; without them nothing is compared.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "digest.hpp"
#include "files.hpp"
#include "leaf.hpp"
#include "scratch.hpp"
#include "tiles.hpp"
#include "tlog_proof.hpp"

using namespace stet;
using nlohmann::json;
using testing::Scratch;
using testing::shell;
namespace fs = std::filesystem;

namespace {

constexpr size_t leaf_count = 300;
constexpr uint64_t now = 1764000000;

fs::path shared(const std::string& name) {
  const char* folder = std::getenv("STET_SHARED");
  return (folder ? fs::path(folder) : fs::path(STET_SOURCE_DIR) / "../shared") / name;
}

bool is_there(const fs::path& file) {
  if (fs::exists(file)) return true;
  WARN("skipped: there is no " << file.filename().string());
  return false;
}

std::string slurp(const fs::path& file) {
  return read_file(file, 1 << 24);
}

void spill(const fs::path& file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

std::string leaf_text(size_t index) {
  return leaf_data({"harbour.example/ferry-" + std::to_string(index % 7),
                    static_cast<uint32_t>(index / 7 + 1), sha256_hex("document " + std::to_string(index)),
                    sha256_hex("report")});
}

// Our log and theirs: the same keys and the same leaves.
class Both {
 public:
  Both() {
    fs::create_directory(folder_ / "leaves");
    for (size_t i = 0; i < leaf_count; ++i) {
      spill(folder_ / ("leaves/" + std::to_string(1000 + i)), leaf_text(i));
      leaves.push_back(leaf_hash(leaf_text(i)));
    }
    log_key.save(folder_ / "log.pem", std::nullopt);
    witness.key.save(folder_ / "witness.pem", std::nullopt);
  }
  std::string theirs(const std::string& arguments) const {
    return shell("cd " + folder_.path().string() + " && PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 " +
                 fs::absolute(shared("interop/tlogref.py")).string() + " " + arguments);
  }
  fs::path operator/(const std::string& name) const { return folder_ / name; }

  Note checkpoint(size_t size) const {
    TileAppender tree;
    tree.append(std::span(leaves).first(size));
    return sign_checkpoint({log.name, size, tree.root(), {}}, log_key);
  }
  // The tiles of the first `size` leaves, and a reader of them.
  std::vector<TileFile> tiles(size_t size) const {
    return TileAppender().append(std::span(leaves).first(size)).written;
  }
  HashReader reader(size_t size) const {
    TileAppender tree;
    auto files = tree.append(std::span(leaves).first(size)).written;
    return tile_reader(size, tree.root(), [files](const std::string& path) -> std::optional<std::string> {
      for (const auto& file : files)
        if (file.path == path) return file.bytes;
      return std::nullopt;
    });
  }

  std::vector<Hash> leaves;
  PrivateKey log_key = PrivateKey::generate();
  NoteKey log{"log.example/ferry", NoteKeyType::ed25519, log_key.public_key()};
  Witness witness{"w1.example", PrivateKey::generate()};

 private:
  Scratch folder_;
};

bool there() {
  return is_there(shared("interop/tlogref.py"));
}

std::string bytes_at(const json& vector, const char* key) {
  return from_base64(vector.at(key).get<std::string>());
}

// Nothing where a vector holds bytes that are no hash: they cannot even be handed in.
std::optional<std::vector<Hash>> proof_of(const json& vector) {
  std::vector<Hash> out;
  if (vector.at("proof").is_null()) return out;
  for (const auto& text : vector.at("proof")) {
    const auto hash = hash_from(from_base64(text.get<std::string>()));
    if (!hash) return std::nullopt;
    out.push_back(*hash);
  }
  return out;
}

bool inclusion_holds(const json& v) {
  const auto leaf = hash_from(bytes_at(v, "leafHash")), root = hash_from(bytes_at(v, "root"));
  const auto proof = proof_of(v);
  return leaf && root && proof && !inclusion_fault(v.at("leafIdx"), v.at("treeSize"), *leaf, *proof, *root);
}

// Some vectors have a word in place of a root, and ask only whether two of them are the same.
Hash root_at(const json& v, const char* key) {
  return hash_from(bytes_at(v, key)).value_or(leaf_hash(bytes_at(v, key)));
}

bool consistency_holds(const json& v) {
  const Hash before = root_at(v, "root1"), after = root_at(v, "root2");
  const auto proof = proof_of(v);
  return proof && !consistency_fault(v.at("size1"), before, v.at("size2"), after, *proof);
}

// How many vectors of a folder were accepted and how many refused, each as it says.
std::pair<int, int> judge(const fs::path& folder, bool (*holds)(const json&)) {
  std::pair<int, int> counts;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const json vector = json::parse(slurp(entry.path()));
    CAPTURE(entry.path().filename().string(), vector.at("desc"));
    CHECK(holds(vector) != vector.at("wantErr").get<bool>());
    ++(vector.at("wantErr").get<bool>() ? counts.second : counts.first);
  }
  return counts;
}

}  // namespace

TEST_CASE("the vectors of transparency-dev are accepted and refused as they say") {
  const auto archive = shared("data/tlog/merkle-testdata.tar.gz");
  if (!is_there(archive)) return;
  const Scratch folder;
  shell("tar -xzf '" + archive.string() + "' -C " + folder.path().string());
  const auto inclusion = judge(folder / "testdata/inclusion", inclusion_holds);
  const auto consistency = judge(folder / "testdata/consistency", consistency_holds);
  CHECK(inclusion.first + inclusion.second == 98);
  CHECK(consistency.first + consistency.second == 98);
  CHECK(inclusion.first >= 5);
  CHECK(consistency.first >= 5);
}

TEST_CASE("verifier keys are the same in both implementations") {
  if (!there()) return;
  const Both both;
  CHECK(both.theirs("vkey log.pem log.example/ferry") == vkey(both.log) + "\n");
  CHECK(both.theirs("vkey witness.pem w1.example cosig") == vkey(both.witness.note_key()) + "\n");
}

TEST_CASE("checkpoint, cosignature and proof are the same bytes in both implementations") {
  if (!there()) return;
  const Both both;
  for (const size_t size : {1u, 5u, 255u, 256u, 300u}) {
    CAPTURE(size);
    Note note = both.checkpoint(size);
    const std::string n = std::to_string(size);
    CHECK(both.theirs("checkpoint log.pem log.example/ferry leaves " + n) == write_note(note));
    spill(both / "checkpoint", write_note(note));
    const std::string cosigned =
        both.theirs("cosign witness.pem w1.example " + std::to_string(now) + " <checkpoint");
    add_cosignature(note, both.witness.cosign(note, both.log, {both.log.name}, {}, now),
                    both.witness.note_key(), now);
    CHECK(cosigned == write_note(note));
    spill(both / "cosigned", cosigned);
    const size_t index = size / 2;
    const std::string proof = both.theirs("proof " + std::to_string(index) + " " + n + " leaves cosigned");
    CHECK(proof ==
          write_tlog_proof({index, std::nullopt, inclusion_proof(index, size, both.reader(size)), note}));
    const WitnessPolicy policy{{both.witness.note_key()}, 1};
    CHECK_FALSE(
        verify_tlog_proof(parse_tlog_proof(proof), leaf_text(index), both.log, policy, now).witnesses.fault);
  }
}

TEST_CASE("tiles are the same files in both implementations") {
  if (!there()) return;
  const Both both;
  for (const size_t size : {1u, 255u, 256u, 257u, 300u}) {
    const std::string n = std::to_string(size);
    const std::string out = "out" + n;
    both.theirs(std::string("tiles leaves ").append(n).append(" ").append(out));
    size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(both / out))
      count += entry.is_regular_file() && entry.path().string().find("/tile/entries/") == std::string::npos;
    const auto ours = both.tiles(size);
    CHECK(ours.size() == count);
    for (const auto& [path, bytes] : ours) CHECK(slurp(both / out / path) == bytes);
  }
}

TEST_CASE("consistency proofs are the same in both implementations") {
  if (!there()) return;
  const Both both;
  for (const auto& [from, to] :
       {std::pair(1, 300), std::pair(5, 8), std::pair(256, 300), std::pair(299, 300)}) {
    const auto size = static_cast<size_t>(to);
    std::string ours;
    for (const Hash& hash : consistency_proof(static_cast<size_t>(from), size, both.reader(size)))
      ours += base64(bytes_of(hash)) + "\n";
    CHECK(both.theirs("consistency " + std::to_string(from) + " " + std::to_string(to) + " leaves") == ours);
  }
}

TEST_CASE("what we write verifies by the other implementation and openssl alone") {
  if (!there()) return;
  const Both both;
  Note note = both.checkpoint(300);
  add_cosignature(note, both.witness.cosign(note, both.log, {both.log.name}, {}, now),
                  both.witness.note_key(), now);
  spill(both / "our.tlog-proof",
        write_tlog_proof({123, "more", inclusion_proof(123, 300, both.reader(300)), note}));
  spill(both / "leaf", leaf_text(123));
  spill(both / "log.vkey", vkey(both.log));
  spill(both / "witness.vkey", vkey(both.witness.note_key()));
  shell("openssl pkey -in " + (both / "log.pem").string() + " -pubout -out " + (both / "log.pub").string());
  shell("openssl pkey -in " + (both / "witness.pem").string() + " -pubout -out " +
        (both / "witness.pub").string());
  spill(both / "read.py", R"(
import base64, hashlib, importlib.util, struct, subprocess, sys
spec = importlib.util.spec_from_file_location('tlogref', sys.argv[1]); ref = importlib.util.module_from_spec(spec); spec.loader.exec_module(ref)
head, _, note = open('our.tlog-proof').read().partition('\n\n')
lines = head.split('\n')
assert lines[:3] == ['c2sp.org/tlog-proof@v1', 'extra bW9yZQ==', 'index 123'], lines[:3]
text, signatures = note[:note.rindex('\n\n') + 1], note[note.rindex('\n\n') + 2:].splitlines()
origin, size, root = text.splitlines()
found = ref.root_from_inclusion(123, int(size), ref.leaf(open('leaf', 'rb').read()), [base64.b64decode(l) for l in lines[3:]])
assert found == base64.b64decode(root)
def verify(key, message, signature):
    open('message', 'wb').write(message); open('signature', 'wb').write(signature)
    return subprocess.run(['openssl', 'pkeyutl', '-verify', '-pubin', '-inkey', key, '-rawin', '-in', 'message', '-sigfile', 'signature'], stdout=subprocess.DEVNULL).returncode == 0
for line, who in zip(signatures, ['log', 'witness'], strict=True):
    dash, name, encoded = line.split(' ')
    blob = base64.b64decode(encoded, validate=True)
    vname, vid, vkey = open(who + '.vkey').read().split('+', 2)
    assert (dash, name) == ('\u2014', vname) and blob[:4].hex() == vid
    if who == 'log': message, signature = text, blob[4:]
    else:
        time, = struct.unpack('>Q', blob[4:12])
        message, signature = f'cosignature/v1\ntime {time}\n{text}', blob[12:]
        assert time == 1764000000
    assert verify(who + '.pub', message.encode(), signature), who
    assert not verify(who + '.pub', message.encode() + b'x', signature), who
print('holds', end='')
)");
  CHECK(shell("cd " + (both / "").string() + " && PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 read.py " +
              fs::absolute(shared("interop/tlogref.py")).string()) == "holds");
}
