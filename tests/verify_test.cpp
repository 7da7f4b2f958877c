#include "verify.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <stdexcept>

#include "canonical.hpp"
#include "digest.hpp"
#include "keyring.hpp"
#include "ledger_attacks.hpp"
#include "problems.hpp"
#include "record.hpp"
#include "signature.hpp"
#include "timestamp.hpp"

using namespace stet;
using Catch::Contains;
using nlohmann::json;
using testing::damage;
using testing::flip;
using testing::git;
using testing::listed;
using testing::lose;
using testing::place_of;
using testing::rewrite;
using testing::Scratch;
using testing::unpack;
namespace fs = std::filesystem;

namespace {

constexpr int64_t made_at = 1763900000;  // 2025-11-23T12:13:20Z
const std::string valid_from = "2025-11-01T00:00:00Z", recorded_at = "2025-11-23T12:13:20Z";

std::string text_of(const std::string& article, uint32_t revision) {
  return "Ferry to " + article + " runs again\n\nThe harbour office said so, for the " +
         std::to_string(revision) + ". time.\n";
}

std::string signed_by(const PrivateKey& key, const std::string& report) {
  return signatures_file({{key.public_key().keyid(), key.sign(pre_authentication_encoding(report))}});
}

// A ledger with one key, written without plugins.
struct Office {
  Scratch scratch;
  PrivateKey key = PrivateKey::generate();
  fs::path folder = scratch / "L";
  Ledger ledger = Ledger::create(
      folder, {{"ledger.json", R"({"format":1,"origin":"test"})"}, key_file(key.public_key(), valid_from)},
      made_at);

  json statement_of(const std::string& article, uint32_t revision, const std::string& bytes) const {
    Report report{article, revision, {}, recorded_at, recorded_at, {}, {}, json::array()};
    if (revision > 1) {
      const Entry before = ledger.read(article, revision - 1);
      report.previous = {revision - 1, sha256_hex(before.document), sha256_hex(before.report)};
    }
    return statement(read_document("in.txt", bytes, Format::text), report);
  }

  void append(const Entry& entry) {
    const auto locked = ledger.lock();
    ledger.append({entry}, "test", made_at);
  }

  // Records an entry whose statement `change` may bend before it is signed.
  void record(const std::string& article, uint32_t revision, const std::function<void(json&)>& change = {},
              const std::string& bytes = "") {
    const std::string document = bytes.empty() ? text_of(article, revision) : bytes;
    json about = statement_of(article, revision, document);
    if (change) change(about);
    const std::string text = read_document("in.txt", document, Format::text).text;
    Entry entry{article, revision, document, {}, canonical(about), ""};
    if (text != document) entry.text = text;
    entry.signatures = signed_by(key, entry.report);
    append(entry);
  }

  void record_all() {
    for (uint32_t n = 1; n <= 3; ++n) record("alder", n);
    record("birch", 1);
    record("birch", 2, {}, "\xef\xbb\xbf" + text_of("birch", 2));  // the text lacks the byte order mark
  }

  Verification verified(const std::optional<std::string>& signer = {}, unsigned threads = 1) const {
    return verify(Ledger::open(folder), {signer, {}, threads});
  }

  std::string key_path() const { return stet::key_path(key.public_key().keyid()); }

  // Puts `bytes` at `path` in a new commit.
  void put(const std::string& path, std::string_view bytes) {
    std::ofstream(scratch / "put", std::ios::binary)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    rewrite(folder,
            "mkdir -p \"$(dirname " + path + ")\" && cp '" + (scratch / "put").string() + "' " + path);
  }
};

bool names(const Verification& v, const std::string& path, const std::string& words = "") {
  return std::any_of(v.problems.begin(), v.problems.end(), [&](const auto& p) {
    return p.path == path && p.message.find(words) != std::string::npos;
  });
}

}  // namespace

TEST_CASE("a ledger that was only ever added to holds, and what was verified is counted") {
  Office office;
  CHECK(office.verified().holds());
  office.record_all();
  const auto v = office.verified(office.key.public_key().keyid());
  INFO(listed(v));
  CHECK(v.holds());
  CHECK(v.articles == 2);
  CHECK(v.documents == 5);
  CHECK(v.reports == 5);
  CHECK(v.signatures == 5);
  CHECK(v.keyids == std::vector<std::string>{office.key.public_key().keyid()});
  size_t bytes = 3;
  for (uint32_t n = 1; n <= 3; ++n)
    bytes += text_of("alder", n).size() + (n < 3 ? text_of("birch", n).size() : 0);
  CHECK(v.bytes == bytes);
}

TEST_CASE("revisions over several buckets hold, and so does a ledger that git has packed") {
  Office office;
  for (uint32_t n = 1; n <= 34; ++n) office.record("alder", n);
  git(office.folder, "gc -q --prune=now");
  const auto v = office.verified();
  INFO(listed(v));
  CHECK(v.holds());
  CHECK(v.signatures == 34);
}

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
  auto all = testing::packs(office.folder);
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

TEST_CASE("a damaged reference is the one problem") {
  Office office;
  office.record("alder", 1);
  const auto ledger = Ledger::open(office.folder);
  std::ofstream(office.folder / "refs/heads/main") << "garbage\n";
  const auto v = verify(ledger);
  REQUIRE(v.problems.size() == 1);
  CHECK(v.problems[0].path == "refs/heads/main");
  CHECK_THAT(v.problems[0].message, Catch::StartsWith("cannot be read: "));
}

TEST_CASE("one thread and many say the same of many damages") {
  Office office;
  for (const char* article : {"alder", "birch", "cedar", "dogwood", "elder", "fir", "gorse", "hazel"})
    for (uint32_t n = 1; n <= 3; ++n) office.record(article, n);
  office.put(entry_path("alder", 2, ""), "Something else\n");
  office.put(entry_path("birch", 1, ".sig"), "");
  office.put("articles/x", "x");
  rewrite(office.folder, "git rm -qr " + article_path("cedar") + " " + entry_path("dogwood", 2, ".report"));
  damage(office.folder, "main:" + entry_path("elder", 3, ""));
  damage(office.folder, "main:" + article_path("fir"));
  damage(office.folder, "main~5");
  const auto one = office.verified({}, 1);
  CHECK(one.problems.size() > 8);
  for (const unsigned threads : {2u, 8u}) {
    const auto many = office.verified({}, threads);
    CHECK(listed(many) == listed(one));
    CHECK(many.documents == one.documents);
    CHECK(many.keyids == one.keyids);
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

TEST_CASE("a file replaced by an altered one in a new commit is found, with the commit that did it") {
  Office office;
  office.record_all();
  const auto path = GENERATE(entry_path("alder", 2, ""), entry_path("alder", 2, ".report"),
                             entry_path("alder", 3, ".sig"), entry_path("birch", 2, ".text"));
  std::string bytes = *office.ledger.file(path);
  bytes[bytes.size() / 2] ^= 1;
  office.put(path, bytes);
  const auto v = office.verified();
  INFO(listed(v));
  CHECK(names(v, path, "was changed by commit "));
  CHECK(v.problems.size() <= 3);
}

TEST_CASE("an altered document is told from its report by both digests") {
  Office office;
  office.record_all();
  office.put(entry_path("alder", 2, ""), "Something else\n");
  const auto v = office.verified();
  CHECK(v.problems.size() == 1);
  CHECK(names(v, entry_path("alder", 2, ""),
              "has SHA-256 " + sha256_hex("Something else\n") + ", the report says " +
                  sha256_hex(text_of("alder", 2))));
  CHECK(v.documents == 4);
}

TEST_CASE("no signature holds over an altered report") {
  Office office;
  office.record_all();
  std::string report = *office.ledger.file(entry_path("alder", 3, ".report"));
  report.replace(report.find("in.txt"), 6, "an.txt");
  office.put(entry_path("alder", 3, ".report"), report);
  const auto v = office.verified();
  CHECK(names(v, entry_path("alder", 3, ".sig"), "does not hold over r00003.report"));
  CHECK(names(v, entry_path("alder", 3, ".report"), "was changed by commit"));
  CHECK(v.problems.size() == 2);
  CHECK(v.signatures == 4);
}

TEST_CASE("a listed key cannot rewrite the past: the next revision names the old report") {
  Office office;
  office.record_all();
  auto changed = json::parse(*office.ledger.file(entry_path("alder", 2, ".report")));
  changed["predicate"]["observedAt"] = "2025-11-23T12:13:21Z";
  const auto report = canonical(changed);
  office.put(entry_path("alder", 2, ".report"), report);
  office.put(entry_path("alder", 2, ".sig"), signed_by(office.key, report));
  const auto v = office.verified();
  INFO(listed(v));
  CHECK(names(v, entry_path("alder", 3, ".report"), "names a report of revision 2 with SHA-256 "));
  CHECK(names(v, entry_path("alder", 3, ".report"), "the one in the ledger has " + sha256_hex(report)));
}

TEST_CASE("reports of two articles cannot change places") {
  Office office;
  office.record_all();
  const auto swap = [](const std::string& suffix) {
    const auto a = entry_path("alder", 1, suffix), b = entry_path("birch", 1, suffix);
    return "git mv " + a + " t && git mv " + b + " " + a + " && git mv t " + b;
  };
  rewrite(office.folder, swap(".report") + " && " + swap(".sig"));
  const auto v = office.verified();
  INFO(listed(v));
  CHECK(names(v, entry_path("alder", 1, ".report"), "is the report of birch@1, expected that of alder@1"));
  CHECK(names(v, entry_path("birch", 1, ".report"), "is the report of alder@1, expected that of birch@1"));
}

TEST_CASE("a revision that was dropped is missed, in the middle and at the end") {
  Office office;
  office.record_all();
  const uint32_t dropped = GENERATE(1, 2, 3);
  rewrite(office.folder, "git rm -q " + entry_path("alder", dropped, "") + "*");
  const auto v = office.verified();
  INFO(listed(v));
  CHECK(names(v, entry_path("alder", dropped, ""), "was removed by commit "));
  CHECK(names(v, entry_path("alder", dropped, ""), "is missing, though there is a revision after it") ==
        (dropped < 3));
  CHECK(v.problems.size() <= 4);
}

TEST_CASE("an article that was dropped is missed once") {
  Office office;
  office.record_all();
  rewrite(office.folder, "git rm -qr " + article_path("birch"));
  const auto v = office.verified();
  REQUIRE(v.problems.size() == 1);
  CHECK_THAT(v.problems[0].message, Contains("was removed by commit"));
}

TEST_CASE("a long gap is one problem") {
  Office office;
  for (uint32_t n = 1; n <= 34; ++n) office.record("alder", n);
  rewrite(office.folder, "git rm -qr " + article_path("alder") + "/0000");
  const auto v = office.verified();
  INFO(listed(v));
  CHECK(v.problems.size() == 2);
  CHECK(names(v, entry_path("alder", 1, ""), "is missing, and all revisions to 32"));
  CHECK(names(v, article_path("alder") + "/0000", "was removed by commit"));
}

TEST_CASE("a report without a signature is found") {
  Office office;
  office.record_all();
  const auto path = entry_path("alder", 2, ".sig");
  SECTION("the file is gone") {
    rewrite(office.folder, "git rm -q " + path);
    CHECK(names(office.verified(), path, "is missing"));
  }
  SECTION("the file is empty") {
    office.put(path, "");
    CHECK(names(office.verified(), path, "not a list of signatures"));
  }
  SECTION("the list is empty") {
    office.put(path, signatures_file({}));
    CHECK(names(office.verified(), path, "holds no signature"));
  }
  CHECK(office.verified().signatures == 4);
}

TEST_CASE("a signature by a key that the ledger does not list is found") {
  Office office;
  office.record_all();
  const auto stranger = PrivateKey::generate();
  Entry entry = office.ledger.read("alder", 2);
  office.put(entry_path("alder", 2, ".sig"), signed_by(stranger, entry.report));
  const auto v = office.verified();
  CHECK(v.problems.size() == 1);
  CHECK(names(v, entry_path("alder", 2, ".sig"),
              "is signed by " + stranger.public_key().keyid() + ", which is not"));
}

TEST_CASE("a second listed key may sign, but not in the place of a demanded signer") {
  Office office;
  const auto second = PrivateKey::generate();
  const auto [path, bytes] = key_file(second.public_key(), valid_from);
  office.put(path, bytes);
  office.record("alder", 1);
  json about = office.statement_of("alder", 2, text_of("alder", 2));
  office.append({"alder", 2, text_of("alder", 2), {}, canonical(about), signed_by(second, canonical(about))});
  const auto any = office.verified();
  CHECK(any.holds());
  CHECK(any.keyids.size() == 2);
  CHECK(std::is_sorted(any.keyids.begin(), any.keyids.end()));
  const auto one = office.verified(office.key.public_key().keyid());
  CHECK(one.problems.size() == 1);
  CHECK(names(one, entry_path("alder", 2, ".sig"), "expected " + office.key.public_key().keyid()));
  CHECK_FALSE(office.verified("SHA256:nobody").holds());
}

TEST_CASE("every signature of a report must hold, not one of them") {
  Office office;
  office.record("alder", 1);
  const auto second = PrivateKey::generate();
  const auto [path, bytes] = key_file(second.public_key(), valid_from);
  office.put(path, bytes);
  const auto report = office.ledger.read("alder", 1).report;
  const auto pae = pre_authentication_encoding(report);
  office.put(entry_path("alder", 1, ".sig"),
             signatures_file({{office.key.public_key().keyid(), office.key.sign(pae)},
                              {second.public_key().keyid(), office.key.sign(pae)}}));
  CHECK(names(office.verified(), entry_path("alder", 1, ".sig"),
              second.public_key().keyid() + " that does not hold"));
}

TEST_CASE("a report recorded before its key was valid is found") {
  Office office;
  office.record("alder", 1, [](json& s) { s["predicate"]["recordedAt"] = "2025-10-31T23:59:59Z"; });
  office.record("birch", 1, [](json& s) { s["predicate"]["recordedAt"] = valid_from; });
  office.record("cedar", 1, [](json& s) { s["predicate"]["recordedAt"] = "yesterday"; });
  const auto v = office.verified();
  INFO(listed(v));
  CHECK(v.problems.size() == 2);
  CHECK(names(v, entry_path("alder", 1, ".sig"), "valid only from " + valid_from));
  CHECK(names(v, entry_path("cedar", 1, ".report"), "\"yesterday\", which is not a time"));
  CHECK(v.signatures == 1);
}

TEST_CASE("a key file that is not what it should be is one problem, whatever it signed") {
  Office office;
  office.record_all();
  const auto good = *office.ledger.file(office.key_path());
  const auto changed = [&](const std::string& from, const std::string& to) {
    std::string bytes = good;
    return bytes.replace(bytes.find(from), from.size(), to);
  };
  for (const auto& bytes :
       {std::string(), std::string("{}"), good + "\n", changed("2025-11-01", "2025-11-02T"),
        changed("SHA256:", "SHA255:"), changed("ed25519", "ed25518"), changed("PUBLIC", "PUBLIK"),
        key_file(PrivateKey::generate().public_key(), valid_from).second}) {
    office.put(office.key_path(), bytes);
    const auto v = office.verified();
    INFO(bytes << "\n" << listed(v));
    CHECK(v.problems.size() == 1);
    CHECK(v.problems[0].path == office.key_path());
    CHECK(v.signatures == 0);
  }
}

TEST_CASE("the previous revision must be named, rightly, and by none that is the first") {
  Office office;
  office.record("alder", 1);
  const auto previous = [](json& s) -> json& { return s["predicate"]["article"]["previous"]; };
  office.record("alder", 2, [&](json& s) { s["predicate"]["article"].erase("previous"); });
  office.record("alder", 3, [&](json& s) { previous(s)["revision"] = 1; });
  office.record("alder", 4, [&](json& s) { previous(s)["reportSha256"] = sha256_hex("x"); });
  office.record("alder", 5, [&](json& s) { previous(s)["documentSha256"] = sha256_hex("x"); });
  office.record("alder", 6);
  office.record("birch", 1, [&](json& s) {
    previous(s) = {{"revision", 0}, {"documentSha256", sha256_hex("x")}, {"reportSha256", sha256_hex("x")}};
  });
  const auto v = office.verified();
  INFO(listed(v));
  CHECK(v.problems.size() == 5);
  CHECK(names(v, entry_path("alder", 2, ".report"), "names no previous revision, expected 1"));
  CHECK(names(v, entry_path("alder", 3, ".report"), "names revision 1 as the previous one, expected 2"));
  CHECK(names(v, entry_path("alder", 4, ".report"),
              "names a report of revision 3 with SHA-256 " + sha256_hex("x")));
  CHECK(names(v, entry_path("alder", 5, ".report"),
              "names a document of revision 4 with SHA-256 " + sha256_hex("x")));
  CHECK(names(v, entry_path("birch", 1, ".report"), "names a revision before the first"));
}

TEST_CASE("what a report says of the document must be so") {
  Office office;
  const auto document = [](json& s) -> json& { return s["predicate"]["document"]; };
  office.record("alder", 1, [&](json& s) { document(s)["size"] = 7; });
  office.record("birch", 1, [&](json& s) { document(s).erase("size"); });
  office.record("cedar", 1, [&](json& s) { s["subject"][0]["digest"]["sha256"] = sha256_hex("x"); });
  office.record("dogwood", 1, [&](json& s) {
    const auto other = git_blob_hex("x");
    document(s)["gitBlob"] = other;
    s["subject"][0]["digest"]["gitBlob"] = other;
  });
  office.record("elder", 1, [&](json& s) { s["predicateType"] = "urn:other"; });
  office.record("fir", 1, [&](json& s) { s["predicate"].erase("article"); });
  const auto v = office.verified();
  INFO(listed(v));
  CHECK(v.problems.size() == 6);
  CHECK(names(v, entry_path("alder", 1, ".report"), "gives size 7, the document has "));
  CHECK(names(v, entry_path("birch", 1, ".report"), "gives size null"));
  CHECK(names(v, entry_path("cedar", 1, ".report"), "different digests"));
  CHECK(names(v, entry_path("dogwood", 1, ".report"), "gives gitBlob"));
  CHECK(names(v, entry_path("elder", 1, ".report"), "predicateType"));
  CHECK(names(v, entry_path("fir", 1, ".report"), "article"));
}

TEST_CASE("a report that is signed but not canonical is found") {
  Office office;
  const auto report = office.statement_of("alder", 1, text_of("alder", 1)).dump(1);
  office.append({"alder", 1, text_of("alder", 1), {}, report, signed_by(office.key, report)});
  const auto v = office.verified();
  CHECK(v.problems.size() == 1);
  CHECK(names(v, entry_path("alder", 1, ".report"), "is not canonical JSON"));
  CHECK(v.reports == 0);
}

TEST_CASE("a text is stored when it differs from the document, and only then") {
  Office office;
  office.record_all();
  SECTION("too much") {
    office.put(entry_path("alder", 1, ".text"), text_of("alder", 1));
    CHECK(names(office.verified(), entry_path("alder", 1, ".text"),
                "though the report says that the text is the document"));
  }
  SECTION("missing") {
    rewrite(office.folder, "git rm -q " + entry_path("birch", 2, ".text"));
    CHECK(names(office.verified(), entry_path("birch", 2, ".text"), "is missing"));
  }
  SECTION("another") {
    office.put(entry_path("birch", 2, ".text"), "x");
    CHECK(names(office.verified(), entry_path("birch", 2, ".text"), "has SHA-256 " + sha256_hex("x")));
  }
  CHECK(office.verified().problems.size() == 1);
}

TEST_CASE("a report by a plugin that is not among the trusted is found when they are given") {
  Office office;
  office.record("alder", 1, [](json& s) {
    s["predicate"]["plugins"] = {{{"id", "org.example.quotes"},
                                  {"version", "1.0"},
                                  {"sha256", sha256_hex("plugin")},
                                  {"outcome", "checked"}}};
  });
  VerifyOptions options;
  CHECK(verify(office.ledger, options).holds());
  options.trusted = {sha256_hex("plugin"), sha256_hex("other")};
  CHECK(verify(office.ledger, options).holds());
  options.trusted = {sha256_hex("other")};
  const auto v = verify(office.ledger, options);
  CHECK(v.problems.size() == 1);
  CHECK(names(v, entry_path("alder", 1, ".report"),
              "names a plugin org.example.quotes 1.0 with SHA-256 " + sha256_hex("plugin") +
                  ", which is not one of those that are trusted"));
}

TEST_CASE("a digest that is none is a problem, not the end") {
  Office office;
  office.record("alder", 1, [](json& s) {
    for (const char* name : {"sha256", "textSha256"}) s["predicate"]["document"][name] = "x";
    s["subject"][0]["digest"]["sha256"] = "x";
  });
  const auto v = office.verified();
  CHECK(v.problems.size() == 1);
  CHECK(names(v, entry_path("alder", 1, ""), "the report says x"));
}

TEST_CASE("signatures enough to be verified together are told apart") {
  Office office;
  std::vector<Entry> entries;
  for (int i = 0; i < 40; ++i) {
    const auto article = "a" + std::to_string(i);
    const auto report = canonical(office.statement_of(article, 1, text_of(article, 1)));
    entries.push_back({article, 1, text_of(article, 1), {}, report, signed_by(office.key, report)});
  }
  const auto locked = office.ledger.lock();
  office.ledger.append(entries, "test", made_at);
  CHECK(office.verified().signatures == 40);
  office.put(entry_path("a7", 1, ".sig"), entries[8].signatures);
  const auto v = office.verified();
  CHECK(v.problems.size() == 1);
  CHECK(names(v, entry_path("a7", 1, ".sig"), "does not hold over r00001.report"));
  CHECK(v.signatures == 39);
}

TEST_CASE("a file that has no place in a ledger is named") {
  Office office;
  office.record_all();
  const std::string folder = article_path("alder") + "/0000/";
  for (const auto& path :
       {std::string("readme"), std::string("articles/x"), std::string("articles/0/0/0/0/alder/0000/r00001"),
        article_path("alder") + "/r00001", article_path("alder") + "/0001/r00001", folder + "r00001.html",
        folder + "r1", folder + "r000001", folder + "r00000", folder + "r99999999999", folder + "x",
        folder + "r00001.sig/r00001.sig", std::string("keys/x.json"), std::string("keys/x/y")}) {
    Office fresh;
    if (path.find("sig/") == std::string::npos) fresh.record("alder", 1);
    fresh.put(path, "x");
    const auto v = fresh.verified();
    INFO(path << "\n" << listed(v));
    CHECK(v.problems.size() == 1);
    CHECK(names(v, path));
  }
}

TEST_CASE("ledger.json must say what it is") {
  Office office;
  office.record("alder", 1);
  for (const char* bytes : {"", "[]", "{}", "{\"format\":1"}) {
    office.put("ledger.json", bytes);
    const auto v = office.verified();
    CHECK(v.problems.size() == 1);
    CHECK(names(v, "ledger.json", "is not what describes a ledger of format 1"));
  }
  office.put("ledger.json", "{\"format\":\"1\"}");
  CHECK_THROWS_WITH(Ledger::open(office.folder), Contains("a ledger of format \"1\", this stet reads 1"));
}

TEST_CASE("a ledger whose folder of articles was replaced by a link or a file does not hold") {
  Office office;
  office.record("alder", 1);
  rewrite(office.folder, "git rm -qr articles && ln -s /etc articles");
  CHECK(names(office.verified(), "articles", "is neither a plain file nor a folder"));
}
