#include "verify_article.hpp"

#include <charconv>

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

}  // namespace

ArticleVerifier::ArticleVerifier(Keyring& keys, const std::optional<std::string>& signer)
    : keys_(keys), signer_(signer) {}

PartResult ArticleVerifier::finish() {
  finish_article();
  return std::move(result_);
}

void ArticleVerifier::problem(const std::string& path, const std::string& message) {
  result_.found.problems.push_back({path, message});
}

void ArticleVerifier::take(StoredFile file) {
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
  parts_.files.emplace(place.suffix, std::move(file));
}

void ArticleVerifier::finish_revision() {
  if (!parts_.files.empty()) chain_[parts_.revision] = verify_revision(parts_, keys_, signer_, result_.found);
  parts_.files.clear();
}

void ArticleVerifier::finish_article() {
  finish_revision();
  if (!chain_.empty()) ++result_.found.articles;
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

void ArticleVerifier::take_leaf(uint32_t revision, const Link& link) {
  if (!link.read) return result_.leaves.add_unreadable();
  result_.leaves.add({parts_.article, revision, link.document_sha256, link.report_sha256});
}

void ArticleVerifier::say_gap(uint32_t first, uint32_t end) {
  problem(entry_path(parts_.article, first, ""),
          end == first + 1 ? "is missing, though there is a revision after it"
                           : "is missing, and all revisions to " + std::to_string(end - 1));
}

// `before` is null when that revision is missing.
void ArticleVerifier::check_previous(uint32_t revision, const std::optional<PreviousRevision>& previous,
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
    return problem(path, "names a report of revision " + wanted + " with SHA-256 " + previous->report_sha256 +
                             ", the one in the ledger has " + before->report_sha256);
  if (before->read && previous->document_sha256 != before->document_sha256)
    problem(path, "names a document of revision " + wanted + " with SHA-256 " + previous->document_sha256 +
                      ", the report of that says " + before->document_sha256);
}

}  // namespace stet
