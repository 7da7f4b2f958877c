// The order of the checks on one revision: can its files be read, does the document match the report,
// is the report well formed and where it belongs, is it signed, does it name the revision before it.
// A check whose input is damaged is skipped: one altered byte gives one problem, not a flood.
#include "verify.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <stdexcept>

#include "canonical.hpp"
#include "digest.hpp"
#include "record.hpp"
#include "report.hpp"
#include "signature.hpp"
#include "timestamp.hpp"

namespace stet {
namespace {

struct ListedKey {
  PublicKey key;
  int64_t valid_from;
};

using Files = std::map<std::string, StoredFile>;  // by path

// What the chain needs of the revision before.
struct Link {
  std::string document_sha256, report_sha256;  // empty when it could not be read
};

// "r00001.report" -> 1 and ".report".
struct FileName {
  uint32_t revision = 0;
  std::string suffix;
};

std::optional<FileName> parse_file_name(std::string_view name) {
  if (name.size() < 6 || name[0] != 'r') return std::nullopt;
  FileName parsed;
  const char* end = name.data() + name.size();
  const auto [rest, error] = std::from_chars(name.data() + 1, end, parsed.revision);
  if (error != std::errc() || parsed.revision == 0) return std::nullopt;
  parsed.suffix.assign(rest, end);
  return parsed;
}

class Verifier {
 public:
  Verifier(const Ledger& ledger, const std::optional<std::string>& signer) : ledger_(ledger), signer_(signer) {}

  Verification run() {
    ledger_.each_file([&](const StoredFile& file) { take(file); });
    finish_article();
    result_.keyids.assign(signers_.begin(), signers_.end());
    std::stable_sort(result_.problems.begin(), result_.problems.end(),
                     [](const auto& a, const auto& b) { return a.path < b.path; });
    return std::move(result_);
  }

 private:
  void problem(const std::string& path, const std::string& message) { result_.problems.push_back({path, message}); }

  // The tree comes in path order, "articles" before "keys": files of one article follow each other, and
  // keys are read when they are first needed.
  void take(const StoredFile& file) {
    if (file.path.starts_with("articles/")) return take_article_file(file);
    if (!file.error.empty()) return problem(file.path, file.error);
    if (file.path.starts_with("keys/")) return;
    if (file.path != "ledger.json") problem(file.path, "this file is not part of a ledger");
  }

  // articles/n/n/n/n/ID/BUCKET/NAME
  void take_article_file(const StoredFile& file) {
    size_t slash = 0;
    for (int i = 0; i < 5 && slash != std::string::npos; ++i) slash = file.path.find('/', slash + (i ? 1 : 0));
    const size_t end = slash == std::string::npos ? slash : file.path.find('/', slash + 1);
    if (end == std::string::npos)
      return problem(file.path, file.error.empty() ? "this file is not part of a ledger" : file.error);
    const auto id = file.path.substr(slash + 1, end - slash - 1);
    if (id != article_) {
      finish_article();
      article_ = id;
    }
    files_.emplace(file.path, file);
  }

  void finish_article() {
    if (files_.empty()) return;
    ++result_.articles;
    std::set<uint32_t> numbers;
    for (const auto& [path, file] : files_) {
      const auto name = parse_file_name(path.substr(path.rfind('/') + 1));
      const bool expected = name && (name->suffix.empty() || name->suffix == ".text" || name->suffix == ".report" ||
                                     name->suffix == ".sig") &&
                            path == entry_path(article_, name->revision, name->suffix);
      if (expected)
        numbers.insert(name->revision);
      else
        problem(path, file.error.empty() ? "this file is not part of a ledger" : file.error);
    }
    Link before;
    uint32_t next = 1;
    for (const uint32_t number : numbers) {
      for (; next < number; ++next) {
        problem(entry_path(article_, next, ""), "revision " + std::to_string(next) + " is missing");
        before = {};
      }
      before = check_revision(number, before);
      ++next;
    }
    files_.clear();
  }

  // The file's bytes, or null after saying what is wrong with it.
  const std::string* need(const std::string& path) {
    const auto found = files_.find(path);
    if (found == files_.end()) return problem(path, "the file is missing"), nullptr;
    if (!found->second.error.empty()) return problem(path, found->second.error), nullptr;
    return &found->second.bytes;
  }

  Link check_revision(uint32_t number, const Link& before) {
    const auto path = [&](const char* suffix) { return entry_path(article_, number, suffix); };
    const auto* document = need(path(""));
    const auto* report = need(path(".report"));
    const auto* signatures = need(path(".sig"));
    if (report && signatures) check_signatures(path(".sig"), *report, *signatures);
    if (!report) return {};
    try {
      const auto read = parse_statement(*report);
      ++result_.reports;
      check_report(path(".report"), number, *report, read, before);
      if (document) check_document(number, *document, read);
      return {read.document_sha256, sha256_hex(*report)};
    } catch (const std::exception& e) {
      problem(path(".report"), e.what());
      return {};
    }
  }

  void check_document(uint32_t number, const std::string& document, const ReadReport& read) {
    const auto path = entry_path(article_, number, "");
    ++result_.documents;
    result_.bytes += document.size();
    const auto found = sha256_hex(document);
    if (found != read.document_sha256)
      return problem(path, "its SHA-256 is " + found + ", the report says " + read.document_sha256);
    if (git_blob_hex(document) != read.document.at("gitBlob"))
      problem(path, "its git blob id is not the one that the report gives");
    const auto text_path = entry_path(article_, number, ".text");
    const bool has_text = files_.count(text_path) > 0;
    if (!has_text && found == read.text_sha256) return;
    const auto* text = need(text_path);
    if (text && sha256_hex(*text) != read.text_sha256)
      problem(text_path, "its SHA-256 is " + sha256_hex(*text) + ", the report says " + read.text_sha256);
  }

  void check_report(const std::string& path, uint32_t number, const std::string& bytes, const ReadReport& read,
                    const Link& before) {
    if (!is_canonical(bytes)) problem(path, "not canonical JSON (RFC 8785)");
    const auto& report = read.report;
    if (report.article != article_ || report.revision != number)
      problem(path, "it is the report of " + report.article + "@" + std::to_string(report.revision) + ", expected " +
                        article_ + "@" + std::to_string(number));
    if (number == 1 && report.previous) return problem(path, "revision 1 names a revision before it");
    if (number == 1) return;
    if (!report.previous) return problem(path, "it names no revision before it, expected " + std::to_string(number - 1));
    if (before.report_sha256.empty()) return;  // said already
    if (report.previous->revision != number - 1 || report.previous->report_sha256 != before.report_sha256 ||
        report.previous->document_sha256 != before.document_sha256)
      problem(path, "the revision before it is not the one it names: the report of revision " +
                        std::to_string(number - 1) + " has SHA-256 " + before.report_sha256 + ", expected " +
                        report.previous->report_sha256);
  }

  void check_signatures(const std::string& path, const std::string& report, const std::string& text) try {
    const auto signatures = parse_signatures_file(text);
    if (signatures.empty()) return problem(path, "the report is not signed");
    const auto message = pre_authentication_encoding(report);
    bool by_signer = !signer_;
    for (const auto& s : signatures) {
      const auto* listed = key(s.keyid);
      if (!listed) {
        problem(path, "signed by " + s.keyid + ", which is not a key of this ledger");
        continue;
      }
      if (!listed->key.verifies(message, s.bytes)) {
        problem(path, "the signature of " + s.keyid + " is not one over this report");
        continue;
      }
      check_time(path, report, *listed);
      ++result_.signatures;
      signers_.insert(s.keyid);
      by_signer |= s.keyid == signer_;
    }
    if (!by_signer) problem(path, "not signed by " + *signer_);
  } catch (const std::exception& e) {
    problem(path, e.what());
  }

  void check_time(const std::string& path, const std::string& report, const ListedKey& listed) {
    const auto statement = nlohmann::json::parse(report, nullptr, false);
    if (statement.is_discarded()) return;
    const auto* recorded = statement.is_object() && statement.contains("predicate") ? &statement["predicate"] : nullptr;
    if (!recorded || !recorded->is_object() || !recorded->contains("recordedAt")) return;
    const auto time = (*recorded)["recordedAt"].is_string() ? parse_timestamp((*recorded)["recordedAt"].get<std::string>())
                                                            : std::nullopt;
    if (time && *time < listed.valid_from)
      problem(path, "signed at " + format_timestamp(*time) + ", before the key " + listed.key.keyid() +
                        " was valid, from " + format_timestamp(listed.valid_from));
  }

  // A key that the ledger lists, or null. A damaged key file is a problem once.
  const ListedKey* key(const std::string& keyid) {
    const auto known = keys_.find(keyid);
    if (known != keys_.end()) return known->second ? &*known->second : nullptr;
    auto& slot = keys_[keyid];
    const auto path = key_path(keyid);
    try {
      if (const auto bytes = path.empty() ? std::nullopt : ledger_.file(path)) slot = read_key(path, keyid, *bytes);
    } catch (const std::exception& e) {
      problem(path, e.what());
    }
    return slot ? &*slot : nullptr;
  }

  static ListedKey read_key(const std::string& path, const std::string& keyid, const std::string& bytes) {
    const auto value = nlohmann::json::parse(bytes);
    ListedKey listed{PublicKey::from_pem(value.at("publicKey").get<std::string>(), path), 0};
    if (listed.key.keyid() != keyid || value.at("keyid") != keyid)
      throw std::runtime_error("it holds the key " + listed.key.keyid() + ", expected " + keyid);
    const auto from = parse_timestamp(value.at("validFrom").get<std::string>());
    if (!from) throw std::runtime_error("validFrom is not a time");
    listed.valid_from = *from;
    return listed;
  }

  const Ledger& ledger_;
  const std::optional<std::string>& signer_;
  std::string article_;
  Files files_;  // of the article at hand
  std::map<std::string, std::optional<ListedKey>> keys_;
  std::set<std::string> signers_;
  Verification result_;
};

}  // namespace

Verification verify(const Ledger& ledger, const std::optional<std::string>& signer) {
  return Verifier(ledger, signer).run();
}

}  // namespace stet
