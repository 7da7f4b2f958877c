#include "verify_revision.hpp"

#include <algorithm>
#include <stdexcept>

#include "canonical.hpp"
#include "digest.hpp"
#include "report_outline.hpp"
#include "signature.hpp"
#include "timestamp.hpp"

namespace stet {
namespace {

class RevisionVerifier {
 public:
  RevisionVerifier(const StoredParts& parts, Keyring& keys, const SignatureBatch& known,
                   const VerifyOptions& options, Verification& result)
      : parts_(parts), keys_(keys), known_(known), options_(options), result_(result) {}

  Link run() {
    const auto* document = needed("");
    const auto* report = needed(".report");
    const auto* signatures = needed(".sig");
    if (!report) return {};
    const auto read = read_report(*report);
    if (signatures) check_signatures(*report, *signatures, read);
    if (!read) return {sha256_hex(*report), false, "", {}};
    if (document) check_document(*document, *read);
    check_text(document, *read);
    check_plugins(*read);
    return {sha256_hex(*report), true, read->document_sha256, read->report.previous};
  }

 private:
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

  void check_document(const std::string& document, const ReadReport& read) {
    const auto found = sha256_hex(document);
    if (found != read.document_sha256) return differs("", "SHA-256", found, read.document_sha256);
    const auto about = [&](const char* member) { return read.document.value(member, nlohmann::json()); };
    if (const auto blob = git_blob_hex(document); about("gitBlob") != blob)
      return problem(".report",
                     "gives gitBlob " + about("gitBlob").dump() + ", the document has \"" + blob + "\"");
    if (about("size") != document.size())
      return problem(".report", "gives size " + about("size").dump() + ", the document has " +
                                    std::to_string(document.size()) + " bytes");
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

  void check_signatures(const std::string& report, const std::string& bytes,
                        const std::optional<ReadReport>& read) {
    std::vector<Signature> signatures;
    try {
      signatures = parse_signatures_file(bytes);
    } catch (const std::runtime_error& e) {
      return problem(".sig", e.what());
    }
    if (signatures.empty()) return problem(".sig", "holds no signature, expected at least one");
    const auto message = pre_authentication_encoding(report);
    bool by_signer = false;
    for (const auto& signature : signatures) {
      check_signature(message, signature, read);
      by_signer |= signature.keyid == options_.signer;
    }
    if (options_.signer && !by_signer)
      problem(".sig", "is signed by " + signatures.front().keyid + ", expected " + *options_.signer);
  }

  // A damaged key is a problem of its own file, not of everything it signed.
  void check_signature(const std::string& message, const Signature& signature,
                       const std::optional<ReadReport>& read) {
    const auto& found = keys_.find(signature.keyid);
    if (found.state == Keyring::State::damaged) return;
    if (found.state == Keyring::State::unknown)
      return problem(".sig", "is signed by " + signature.keyid + ", which is not one of the ledger's keys");
    if (!known_.verifies(found.listed.key, message, signature.bytes))
      return problem(".sig", "holds a signature of " + signature.keyid + " that does not hold over r" +
                                 path(".report").substr(path(".report").rfind("/r") + 2));
    if (read && !valid_at(found.listed, read->report.recorded)) return;
    ++result_.signatures;
    const auto place = std::lower_bound(result_.keyids.begin(), result_.keyids.end(), signature.keyid);
    if (place == result_.keyids.end() || *place != signature.keyid)
      result_.keyids.insert(place, signature.keyid);
  }

  bool valid_at(const ListedKey& listed, const std::string& recorded) {
    const auto time = parse_timestamp(recorded);
    if (!time)
      problem(".report", "was recorded at \"" + recorded + "\", which is not a time");
    else if (*time < listed.valid_from)
      problem(".sig", "was signed at " + recorded + " by " + listed.key.keyid() +
                          ", which is valid only from " + format_timestamp(listed.valid_from));
    return time && *time >= listed.valid_from;
  }

  const StoredParts& parts_;
  Keyring& keys_;
  const SignatureBatch& known_;
  const VerifyOptions& options_;
  Verification& result_;
};

}  // namespace

Link verify_revision(const StoredParts& parts, Keyring& keys, const SignatureBatch& known,
                     const VerifyOptions& options, Verification& result) {
  return RevisionVerifier(parts, keys, known, options, result).run();
}

}  // namespace stet
