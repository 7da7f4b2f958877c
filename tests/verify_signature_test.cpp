// Reports in a ledger and the keys that sign them.
#include <catch2/catch.hpp>

#include "office.hpp"

using namespace stet;
using namespace stet::testing;
using nlohmann::json;

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
