// A ledger with a log, its keys, and revisions recorded without plugins.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "canonical.hpp"
#include "key_changes.hpp"
#include "ledger_attacks.hpp"
#include "ledger_log.hpp"
#include "problems.hpp"
#include "record.hpp"
#include "redaction.hpp"
#include "verify.hpp"
#include "verify_fast.hpp"

namespace stet::testing {

struct Newsroom {
  static constexpr int64_t opened = 1'735'689'600;  // 2025-01-01T00:00:00Z

  explicit Newsroom(bool with_log = true) : ledger(make(with_log)), has_log(with_log) {}

  Ledger make(bool with_log) const {
    nlohmann::json about{{"format", 1}, {"origin", "desk"}};
    const auto first_key = key_file({key.public_key(), opened});
    if (!with_log)
      return Ledger::create(folder(), {{"ledger.json", canonical(about)}, first_key}, opened,
                            commit_signer(key));
    about["log"] = vkey({"desk", NoteKeyType::ed25519, log_key.public_key()});
    return Ledger::create(folder(), first_files("desk", log_key, canonical(about), first_key), opened,
                          commit_signer(key));
  }

  std::filesystem::path folder() const { return scratch / "L"; }
  std::string key_path() const { return stet::key_path(key.public_key().keyid()); }

  static std::string words(const std::string& article, uint32_t revision) {
    return "News of " + article + "\n\nSaid for the " + std::to_string(revision) + ". time.\n";
  }

  Signers signers(const PrivateKey& by) const { return {by, has_log ? &log_key : nullptr}; }
  Signers signers() const { return signers(key); }

  // The next revision of an article, or, with a text of its own, what record() makes of that.
  Recorded record(const std::string& article, const std::string& text = "") {
    return record_by(key, article, text);
  }
  Recorded record_by(const PrivateKey& by, const std::string& article, const std::string& text = "") {
    const uint32_t next = ledger.revisions(article) + 1;
    const auto document = read_document("in.txt", text.empty() ? words(article, next) : text, Format::text);
    RecordRequest request;
    request.article = article;
    request.folder = scratch.path();
    request.observed = "2025-11-24T10:00:00Z";
    return stet::record(ledger, signers(by), run, document, request);
  }

  void record_all() {
    for (int i = 0; i < 3; ++i) record("alder");
    record("birch");
    record("birch", "\xef\xbb\xbf" + words("birch", 2));  // the text lacks the byte order mark
  }

  Verification verified(const std::optional<std::string>& against = {}) const {
    return verify(Ledger::open(folder()), {{}, against});
  }
  std::string problems(const std::optional<std::string>& against = {}) const {
    return listed(verified(against));
  }
  // The same of the newest revisions alone.
  std::string problems_fast(size_t most = 100) const {
    return listed(verify_newest(Ledger::open(folder()), {}, most));
  }
  std::string checkpoint() const { return ledger.file(checkpoint_path).value(); }

  Scratch scratch;
  PrivateKey key = PrivateKey::generate(), log_key = PrivateKey::generate();
  Run run{{}};
  Ledger ledger;
  bool has_log;
};

}  // namespace stet::testing
