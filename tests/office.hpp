// A ledger of one key and no log, whose reports can be bent before they are signed.
#pragma once

#include <algorithm>
#include <fstream>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "canonical.hpp"
#include "digest.hpp"
#include "keyring.hpp"
#include "ledger_attacks.hpp"
#include "problems.hpp"
#include "record.hpp"
#include "signed_by.hpp"

namespace stet::testing {

inline constexpr int64_t made_at = 1763900000;  // 2025-11-23T12:13:20Z
inline const std::string valid_from = "2025-11-01T00:00:00Z", recorded_at = "2025-11-23T12:13:20Z";

inline std::string text_of(const std::string& article, uint32_t revision) {
  return "Ferry to " + article + " runs again\n\nThe harbour office said so, for the " +
         std::to_string(revision) + ". time.\n";
}

// Written without plugins.
struct Office {
  Scratch scratch;
  PrivateKey key = PrivateKey::generate();
  std::filesystem::path folder = scratch / "L";
  Ledger ledger = Ledger::create(
      folder, {{"ledger.json", R"({"format":1,"origin":"test"})"}, key_file(key.public_key(), valid_from)},
      made_at);

  nlohmann::json statement_of(const std::string& article, uint32_t revision, const std::string& bytes) const {
    Report report{article, revision, {}, recorded_at, recorded_at, {}, {}, nlohmann::json::array()};
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
  void record(const std::string& article, uint32_t revision,
              const std::function<void(nlohmann::json&)>& change = {}, const std::string& bytes = "") {
    const std::string document = bytes.empty() ? text_of(article, revision) : bytes;
    nlohmann::json about = statement_of(article, revision, document);
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

}  // namespace stet::testing
