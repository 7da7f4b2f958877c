#include "verify.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <nlohmann/json.hpp>
#include <tuple>

#include "keyring.hpp"
#include "verify_log.hpp"
#include "verify_revision.hpp"

namespace stet {
namespace {

constexpr const char* foreign = "is not part of a ledger";

// articles/n/n/n/n/ID/BUCKET/NAME
struct Place {
  std::string article;  // empty when the path ends before
  uint32_t revision = 0;
  std::string suffix;
};

// Of a folder as far as it goes; revision 0 for whatever is not a revision's file in its right place.
Place place_of(const std::string& path) {
  size_t begin = 0;
  for (int i = 0; i < 5; ++i) {
    begin = path.find('/', begin) + 1;
    if (begin == 0) return {};
  }
  Place place{path.substr(begin, path.find('/', begin) - begin), 0, ""};
  const std::string name = path.substr(path.rfind('/') + 1);
  if (name[0] != 'r') return place;
  uint32_t revision = 0;
  const auto [end, error] = std::from_chars(name.data() + 1, name.data() + name.size(), revision);
  if (error != std::errc() || revision == 0) return place;
  place.suffix = name.substr(static_cast<size_t>(end - name.data()));
  if (entry_path(place.article, revision, place.suffix) == path) place.revision = revision;
  return place;
}

bool is_entry(const Place& place) {
  const auto& s = place.suffix;
  return place.revision > 0 && (s.empty() || s == ".text" || s == ".report" || s == ".sig");
}

class Verifier {
 public:
  Verifier(const Ledger& ledger, const std::optional<std::string>& signer)
      : ledger_(ledger), signer_(signer), keys_(ledger) {}

  Verification run(const std::optional<std::string>& against) {
    ledger_.each_file([&](const StoredFile& file) { take(file); });
    finish_article();
    if (is_described_) log_.finish(ledger_json_, against, result_);
    take_rewrites();
    ledger_.each_damaged_pack([&](const StoredFile& pack) { problem(pack.path, pack.error); });
    auto& problems = result_.problems;
    const auto key = [](const Verification::Problem& p) { return std::tie(p.path, p.message); };
    std::sort(problems.begin(), problems.end(), [&](auto& a, auto& b) { return key(a) < key(b); });
    return std::move(result_);
  }

 private:
  void problem(const std::string& path, const std::string& message) {
    result_.problems.push_back({path, message});
  }

  void take(const StoredFile& file) {
    if (file.path.starts_with("articles/")) return take_article_file(file);
    const bool is_log = log_.take(file);
    if (!file.error.empty()) return problem(file.path, file.error);
    if (file.path.starts_with("keys/")) return check_key(file);
    if (is_log) return;
    if (file.path != "ledger.json") return problem(file.path, foreign);
    ledger_json_ = file.bytes;
    is_described_ = true;
    const auto about = nlohmann::json::parse(file.bytes, nullptr, false);
    if (!about.is_object() || about.value("format", nlohmann::json()) != 1)
      problem(file.path, "is not what describes a ledger of format 1");
  }

  void check_key(const StoredFile& file) try {
    parse_key_file(file.path, file.bytes);
  } catch (const std::runtime_error& e) {
    problem(file.path, e.what());
  }

  // The walk goes in path order, so that the files of a revision, and of an article, follow each other.
  void take_article_file(const StoredFile& file) {
    const Place place = place_of(file.path);
    if (place.article != parts_.article) {
      finish_article();
      parts_.article = place.article;
    }
    if (!is_entry(place)) {
      incomplete_ |= !file.error.empty();
      return problem(file.path, file.error.empty() ? foreign : file.error);
    }
    if (place.revision != parts_.revision) finish_revision();
    parts_.revision = place.revision;
    parts_.files.emplace(place.suffix, file);
  }

  void finish_revision() {
    if (!parts_.files.empty()) chain_[parts_.revision] = verify_revision(parts_, keys_, signer_, result_);
    parts_.files.clear();
  }

  void finish_article() {
    finish_revision();
    if (!chain_.empty()) ++result_.articles;
    const Link* before = nullptr;
    uint32_t next = 1;
    for (const auto& [revision, link] : chain_) {
      take_leaf(revision, link);
      if (revision != next) before = nullptr;
      if (revision != next && !incomplete_) say_gap(next, revision);
      if (link.read) check_previous(revision, link.previous, before);
      before = &link;
      next = revision + 1;
    }
    chain_.clear();
    incomplete_ = false;
  }

  void take_leaf(uint32_t revision, const Link& link) {
    if (!link.read) return log_.take_unreadable();
    log_.take({parts_.article, revision, link.document_sha256, link.report_sha256},
              entry_path(parts_.article, revision, ".report"));
  }

  void say_gap(uint32_t first, uint32_t end) {
    problem(entry_path(parts_.article, first, ""),
            end == first + 1 ? "is missing, though there is a revision after it"
                             : "is missing, and all revisions to " + std::to_string(end - 1));
  }

  // `before` is null when that revision is missing.
  void check_previous(uint32_t revision, const std::optional<PreviousRevision>& previous,
                      const Link* before) {
    const std::string path = entry_path(parts_.article, revision, ".report");
    const std::string wanted = std::to_string(revision - 1);
    if (revision == 1 && previous) return problem(path, "names a revision before the first");
    if (revision == 1) return;
    if (!previous) return problem(path, "names no previous revision, expected " + wanted);
    if (previous->revision != revision - 1)
      return problem(path, "names revision " + std::to_string(previous->revision) +
                               " as the previous one, expected " + wanted);
    if (!before || before->report_sha256.empty()) return;
    if (previous->report_sha256 != before->report_sha256)
      return problem(path, "names a report of revision " + wanted + " with SHA-256 " +
                               previous->report_sha256 + ", the one in the ledger has " +
                               before->report_sha256);
    if (before->read && previous->document_sha256 != before->document_sha256)
      problem(path, "names a document of revision " + wanted + " with SHA-256 " + previous->document_sha256 +
                        ", the report of that says " + before->document_sha256);
  }

  // What the walk over the newest tree has found already gets the commit that did it, and what it could
  // not read is not said twice.
  void take_rewrites() {
    std::map<std::string, size_t> said;
    for (size_t i = 0; i < result_.problems.size(); ++i) said.emplace(result_.problems[i].path, i);
    ledger_.each_rewrite([&](const StoredFile& rewrite) {
      const auto [place, is_new] = said.emplace(rewrite.path, result_.problems.size());
      if (is_new) return problem(rewrite.path, rewrite.error);
      auto& message = result_.problems[place->second].message;
      if (message.find(rewrite.error) == std::string::npos) message += "; " + rewrite.error;
    });
  }

  const Ledger& ledger_;
  const std::optional<std::string>& signer_;
  Keyring keys_;
  Verification result_;
  LogVerifier log_;
  std::string ledger_json_;
  bool is_described_ = false;       // whether ledger.json could be read
  StoredParts parts_;               // of the revision at hand
  std::map<uint32_t, Link> chain_;  // of the article at hand
  bool incomplete_ = false;         // a folder of the article at hand cannot be read
};

}  // namespace

Verification verify(const Ledger& ledger, const std::optional<std::string>& signer,
                    const std::optional<std::string>& against) {
  return Verifier(ledger, signer).run(against);
}

}  // namespace stet
