#include "verify_revision.hpp"

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <utility>

#include "canonical.hpp"
#include "digest.hpp"
#include "good_signatures.hpp"
#include "redaction.hpp"
#include "report_outline.hpp"
#include "signature.hpp"
#include "timestamp.hpp"

namespace stet {
namespace {

// How many files of signatures over the statement of a redaction there are, one behind the other.
uint32_t newest_signatures(const StoredParts& parts) {
  uint32_t n = 1;
  while (parts.files.contains(redaction_signatures(n + 1))) ++n;
  return n;
}

class RevisionVerifier {
 public:
  RevisionVerifier(const StoredParts& parts, Keyring& keys, const VerifyOptions& options,
                   Verification& result)
      : parts_(parts), keys_(keys), options_(options), result_(result) {}

  Link run() {
    check_numbers();
    if (parts_.files.contains(".redacted")) return run_redacted();
    const auto* document = needed("");
    const auto* report = needed(".report");
    const auto* signatures = needed(".sig");
    if (!report) return {};
    const auto read = read_report(*report);
    const auto report_sha256 = sha256_hex(*report);
    if (signatures) check_signatures({*report, report_sha256}, *signatures, read);
    if (!read) return {report_sha256, false, "", {}, {}, {}};
    if (document) check_document(*document, stored("")->id, *read);
    check_text(document, *read);
    check_plugins(*read);
    return {report_sha256, true, read->document_sha256, read->report.previous, std::move(signers_), {}};
  }

 private:
  using Verdict = GoodSignatures::Verdict;
  struct Signed {
    std::string_view report, sha256;
  };

  Link run_redacted() {
    const auto* statement = needed(".redacted");
    const bool is_signed = needed(".redacted.sig");
    for (const char* suffix : {"", ".text", ".report", ".sig"})
      if (stored(suffix)) problem(suffix, "is there, though the revision was redacted");
    if (!statement) return {};
    try {
      const Redaction r = parse_redaction(*statement);
      if (r.leaf.article != parts_.article || r.leaf.revision != parts_.revision)
        throw std::runtime_error("is the redaction of " + r.leaf.article + "@" +
                                 std::to_string(r.leaf.revision));
      if (is_signed) check_redactors(r, *statement);
      return {r.leaf.report_sha256, true, r.leaf.document_sha256, r.previous, {}, std::move(signers_)};
    } catch (const std::runtime_error& e) {
      problem(".redacted", e.what());
      return {};
    }
  }

  // Signatures that nobody asks for.
  void check_numbers() {
    const bool is_redacted = parts_.files.contains(".redacted");
    const uint32_t last = is_redacted ? newest_signatures(parts_) : 0;
    for (const auto& [suffix, file] : parts_.files)
      if (const auto n = later_signatures(suffix); n && *n > last)
        problem(suffix, is_redacted ? "is there without those that come before it"
                                    : "is there, though the revision was not redacted");
  }

  // The keys of one file of signatures; none after saying that not all of them hold.
  std::vector<const ListedKey*> redactors_in(const std::string& suffix, const std::string& statement) {
    const auto* bytes = needed(suffix);
    if (!bytes) return {};
    std::vector<const ListedKey*> keys;
    for (const auto& signature : signatures_in(suffix, *bytes)) {
      keys.push_back(key_of({".redacted", suffix}, {statement, {}}, signature).first);
      if (!keys.back()) return {};
    }
    return keys;
  }

  // What signs it again stands in the log for itself, and is judged by that place; the statement says no more
  // than that it cannot be older. Without a log nothing says when it was made.
  static std::optional<std::string> redactor_fault(const Redaction& r, const ListedKey& key, bool is_again) {
    const auto redacted = *parse_timestamp(r.redacted);
    if (is_again) return time_fault(key, std::max(redacted, key.valid_from));
    if (auto fault = time_fault(key, redacted)) return fault;
    if (r.log_size) return size_fault(key, *r.log_size);
    if (!key.counts_for_a_range()) return std::nullopt;
    return "does not say how long the log was, for part of which alone " + key.key.keyid() + " counts";
  }

  // All must hold, and the last must count: whoever signed again did so since those before did not.
  void check_redactors(const Redaction& r, const std::string& statement) {
    const uint32_t last = newest_signatures(parts_);
    for (uint32_t n = 1; n < last; ++n) redactors_in(redaction_signatures(n), statement);
    const auto suffix = redaction_signatures(last);
    const auto keys = redactors_in(suffix, statement);
    const std::string name = parts_.article + "@" + std::to_string(parts_.revision);
    for (const auto* key : keys) {
      if (const auto fault = redactor_fault(r, *key, last > 1))
        return problem(suffix, *fault + "; a key that counts signs it again: stet redact " + name);
      if (key->counts_for_a_range()) signers_.push_back(key);
    }
    if (keys.empty()) return;
    const auto is_expected = [&](const auto* key) { return key->key.keyid() == options_.signer; };
    const auto by = keys.front()->key.keyid();
    if (options_.signer && std::none_of(keys.begin(), keys.end(), is_expected))
      return problem(suffix, "is signed by " + by + ", expected " + *options_.signer);
    auto sentence =
        redaction_sentence(parts_.article, parts_.revision, statement, stored(".redacted.sig")->bytes);
    if (last > 1) sentence += " (signed again by " + by + ")";
    result_.redacted.push_back(std::move(sentence));
  }

  std::string path(std::string_view suffix) const {
    return entry_path(parts_.article, parts_.revision, suffix);
  }

  void problem(std::string_view suffix, const std::string& message) {
    result_.problems.push_back({path(suffix), message});
  }

  const StoredFile* stored(const std::string& suffix) const {
    const auto found = parts_.files.find(suffix);
    return found == parts_.files.end() ? nullptr : &found->second;
  }

  // The file's bytes, or null after saying what is wrong with it.
  const std::string* needed(const std::string& suffix) {
    const auto* file = stored(suffix);
    if (!file) return problem(suffix, "is missing"), nullptr;
    if (!file->error.empty()) return problem(suffix, file->error), nullptr;
    return &file->bytes;
  }

  std::optional<ReadReport> read_report(const std::string& bytes) try {
    const size_t before = result_.problems.size();
    auto quick = outline_of(bytes);
    auto read = quick ? std::move(*quick) : parse_statement(bytes);
    if (!quick && !is_canonical(bytes)) problem(".report", "is not canonical JSON (RFC 8785)");
    if (read.report.article != parts_.article || read.report.revision != parts_.revision)
      problem(".report", "is the report of " + read.report.article + "@" +
                             std::to_string(read.report.revision) + ", expected that of " + parts_.article +
                             "@" + std::to_string(parts_.revision));
    if (result_.problems.size() == before) ++result_.reports;
    return read;
  } catch (const std::exception& e) {
    problem(".report", e.what());
    return std::nullopt;
  }

  void differs(std::string_view suffix, const std::string& what, const std::string& found,
               const std::string& expected) {
    problem(suffix, "has " + what + " " + found + ", the report says " + expected);
  }

  void check_document(const std::string& document, const ObjectId& id, const ReadReport& read) {
    const auto found = sha256_hex(document);
    if (found != read.document_sha256) return differs("", "SHA-256", found, read.document_sha256);
    const auto about = [&](const char* member) { return read.document.value(member, nlohmann::json()); };
    if (const auto blob = hex(id); about("gitBlob") != blob)
      return problem(".report",
                     "gives gitBlob " + about("gitBlob").dump() + ", the document has \"" + blob + "\"");
    if (about("size") != document.size())
      return problem(".report", "gives size " + about("size").dump() + ", the document has " +
                                    std::to_string(document.size()) + " bytes");
    if (const std::string name = about("name").is_string() ? about("name") : nlohmann::json("");
        name.empty() || std::filesystem::path(name).filename() != name || name == "." || name == "..")
      return problem(".report", "names the document's file " + about("name").dump() +
                                    ", which is not a file's name without folders");
    ++result_.documents;
    result_.bytes += document.size();
  }

  // The text is stored exactly when it is not the document's bytes.
  void check_text(const std::string* document, const ReadReport& read) {
    const bool same = read.text_sha256 == read.document_sha256;
    if (same && stored(".text"))
      return problem(".text", "is there, though the report says that the text is the document");
    if (same || (!document && !stored(".text"))) return;
    const auto* text = needed(".text");
    if (text && sha256_hex(*text) != read.text_sha256)
      differs(".text", "SHA-256", sha256_hex(*text), read.text_sha256);
  }

  void check_plugins(const ReadReport& read) {
    if (!options_.trusted) return;
    for (const auto& run : read.report.plugins)
      if (!options_.trusted->contains(run.sha256))
        problem(".report", "names a plugin " + run.id + " " + run.version + " with SHA-256 " + run.sha256 +
                               ", which is not one of those that are trusted");
  }

  // None after saying what is wrong with the file.
  std::vector<Signature> signatures_in(std::string_view suffix, const std::string& bytes) try {
    auto signatures = parse_signatures_file(bytes);
    if (signatures.empty()) problem(suffix, "holds no signature, expected at least one");
    return signatures;
  } catch (const std::runtime_error& e) {
    problem(suffix, e.what());
    return {};
  }

  void check_signatures(const Signed& report, const std::string& bytes,
                        const std::optional<ReadReport>& read) {
    const auto signatures = signatures_in(".sig", bytes);
    if (signatures.empty()) return;
    bool by_signer = false, names_signer = false;
    for (const auto& signature : signatures) {
      by_signer |= check_signature(report, signature, read) && signature.keyid == options_.signer;
      names_signer |= signature.keyid == options_.signer;
    }
    if (!options_.signer || by_signer) return;
    if (!names_signer)
      problem(".sig", "is signed by " + signatures.front().keyid + ", expected " + *options_.signer);
    else if (keys_.find(*options_.signer).state == Keyring::State::damaged)
      problem(".sig", "cannot be verified: the file of the key " + *options_.signer + " is damaged");
  }

  // Whenever it was made. Only of reports is it known before.
  Verdict verdict_of(const ListedKey& listed, const Signed& text, const Signature& signature) const {
    if (options_.good_signatures && !text.sha256.empty())
      return options_.good_signatures->judge(listed.key, text.report, text.sha256, signature.bytes);
    const auto message = pre_authentication_encoding(text.report);
    return listed.key.verifies(message, signature.bytes) ? Verdict::good : Verdict::bad;
  }

  struct Suffixes {
    std::string text, sig;
  };

  // The key whose signature holds over the file with the suffix `text`, and whether that was known before; no
  // key after saying what does not hold. A damaged key is a problem of its own file, not of everything it
  // signed.
  std::pair<const ListedKey*, Verdict> key_of(const Suffixes& suffixes, const Signed& text,
                                              const Signature& signature) {
    const auto& sig = suffixes.sig;
    const auto& found = keys_.find(signature.keyid);
    if (found.state == Keyring::State::unknown)
      problem(sig, "is signed by " + signature.keyid + ", which is not one of the ledger's keys");
    if (found.state != Keyring::State::listed) return {nullptr, Verdict::bad};
    const auto verdict = verdict_of(found.listed, text, signature);
    if (verdict != Verdict::bad) return {&found.listed, verdict};
    problem(sig, "holds a signature of " + signature.keyid + " that does not hold over " +
                     std::filesystem::path(path(suffixes.text)).filename().string());
    return {nullptr, verdict};
  }

  bool check_signature(const Signed& report, const Signature& signature,
                       const std::optional<ReadReport>& read) {
    const auto [key, verdict] = key_of({".report", ".sig"}, report, signature);
    if (!key || !read || !valid_at(*key, read->report.recorded)) return false;
    if (key->counts_for_a_range()) signers_.push_back(key);
    ++result_.signatures;
    result_.signatures_before += verdict == Verdict::good_before;
    const auto place = std::lower_bound(result_.keyids.begin(), result_.keyids.end(), signature.keyid);
    if (place == result_.keyids.end() || *place != signature.keyid)
      result_.keyids.insert(place, signature.keyid);
    return true;
  }

  bool valid_at(const ListedKey& listed, const std::string& recorded) {
    const auto fault = time_fault(listed, *parse_timestamp(recorded));
    if (fault) problem(".sig", *fault);
    return !fault;
  }

  const StoredParts& parts_;
  Keyring& keys_;
  const VerifyOptions& options_;
  Verification& result_;
  std::vector<const ListedKey*> signers_;
};

}  // namespace

void add_later_signatures(StoredParts& parts,
                          const std::function<std::optional<StoredFile>(const std::string& path)>& file) {
  for (uint32_t n = 2;; ++n) {
    const auto suffix = redaction_signatures(n);
    auto found = file(entry_path(parts.article, parts.revision, suffix));
    if (!found) return;
    parts.files.emplace(suffix, std::move(*found));
  }
}

std::vector<std::pair<const StoredFile*, std::vector<const ListedKey*>>> redaction_files(
    const StoredParts& parts, const Link& link) {
  std::vector<std::pair<const StoredFile*, std::vector<const ListedKey*>>> files;
  const auto statement = parts.files.find(".redacted");
  if (statement == parts.files.end()) return files;
  files.emplace_back(&statement->second, std::vector<const ListedKey*>());
  for (uint32_t n = 2; n <= newest_signatures(parts); ++n)
    files.emplace_back(&parts.files.at(redaction_signatures(n)), std::vector<const ListedKey*>());
  files.back().second = link.redactors;
  return files;
}

Link verify_revision(const StoredParts& parts, Keyring& keys, const VerifyOptions& options,
                     Verification& result) {
  return RevisionVerifier(parts, keys, options, result).run();
}

}  // namespace stet
