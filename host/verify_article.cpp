#include "verify_article.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <utility>

#include "redaction.hpp"

namespace stet {
namespace {

constexpr const char* foreign = "is not part of a ledger";

bool is_article_id(const std::string& id) try {
  return article_id(id) == id;
} catch (const std::runtime_error&) {
  return false;
}

bool is_entry(const StoredPlace& place) {
  const auto end = revision_suffixes.end();
  return place.revision > 0 &&
         (std::find(revision_suffixes.begin(), end, place.suffix) != end || later_signatures(place.suffix));
}

}  // namespace

StoredPlace place_of(const std::string& path) {
  size_t begin = 0;
  for (int i = 0; i < 5; ++i) {
    begin = path.find('/', begin) + 1;
    if (begin == 0) return {};
  }
  StoredPlace place{path.substr(begin, path.find('/', begin) - begin), 0, ""};
  const std::string name = path.substr(path.rfind('/') + 1);
  if (name[0] != 'r') return place;
  uint32_t revision = 0;
  const auto [end, error] = std::from_chars(name.data() + 1, name.data() + name.size(), revision);
  if (error != std::errc() || revision == 0) return place;
  place.suffix = name.substr(static_cast<size_t>(end - name.data()));
  if (entry_path(place.article, revision, place.suffix) == path) place.revision = revision;
  return place;
}

std::optional<std::string> chain_fault(uint32_t revision, const std::optional<PreviousRevision>& previous,
                                       const Link* before) {
  const std::string wanted = std::to_string(revision - 1);
  if (revision == 1)
    return previous ? std::optional<std::string>("names a revision before the first") : std::nullopt;
  if (!previous) return "names no previous revision, expected " + wanted;
  if (previous->revision != revision - 1)
    return "names revision " + std::to_string(previous->revision) + " as the previous one, expected " +
           wanted;
  if (!before || before->report_sha256.empty()) return std::nullopt;
  if (previous->report_sha256 != before->report_sha256)
    return "names a report of revision " + wanted + " with SHA-256 " + previous->report_sha256 +
           ", the one in the ledger has " + before->report_sha256;
  if (before->read && previous->document_sha256 != before->document_sha256)
    return "names a document of revision " + wanted + " with SHA-256 " + previous->document_sha256 +
           ", the report of that says " + before->document_sha256;
  return std::nullopt;
}

ArticleVerifier::ArticleVerifier(Keyring& keys, const VerifyOptions& options,
                                 std::atomic<uint64_t>& revisions)
    : keys_(keys), options_(options), revisions_(revisions) {}

PartResult ArticleVerifier::finish() {
  finish_article();
  return std::move(result_);
}

void ArticleVerifier::problem(const std::string& path, const std::string& message) {
  result_.found.problems.push_back({path, message});
}

void ArticleVerifier::take(StoredFile file) {
  const StoredPlace place = place_of(file.path);
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
  parts_.files.emplace(place.suffix, std::move(file));
}

void ArticleVerifier::finish_revision() {
  if (parts_.files.empty()) return;
  const auto& link = chain_[parts_.revision] = verify_revision(parts_, keys_, options_, result_.found);
  for (const auto& [file, signers] : redaction_files(parts_, link)) result_.leaves.add(*file, signers);
  ++revisions_;
  parts_.files.clear();
}

void ArticleVerifier::finish_article() {
  finish_revision();
  if (!chain_.empty()) ++result_.found.articles;
  if (!chain_.empty() && !is_article_id(parts_.article))
    problem(article_path(parts_.article), "is not an article's id as stet makes them");
  const Link* before = nullptr;
  uint32_t next = 1;
  for (const auto& [revision, link] : chain_) {
    take_leaf(revision, link);
    if (revision != next) before = nullptr;
    if (revision != next && !incomplete_) say_gap(next, revision);
    if (link.read)
      if (const auto fault = chain_fault(revision, link.previous, before))
        problem(entry_path(parts_.article, revision, ".report"), *fault);
    before = &link;
    next = revision + 1;
  }
  chain_.clear();
  incomplete_ = false;
}

void ArticleVerifier::take_leaf(uint32_t revision, const Link& link) try {
  if (!link.read) return result_.leaves.add_unreadable();
  result_.leaves.add({parts_.article, revision, link.document_sha256, link.report_sha256}, link.signers);
} catch (const std::invalid_argument&) {
  result_.leaves.add_unreadable();  // a report whose digest is none, which is a problem already
}

void ArticleVerifier::say_gap(uint32_t first, uint32_t end) {
  problem(entry_path(parts_.article, first, ""),
          end == first + 1 ? "is missing, though there is a revision after it"
                           : "is missing, and all revisions to " + std::to_string(end - 1));
}

}  // namespace stet
