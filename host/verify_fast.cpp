#include "verify_fast.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include "git_view.hpp"
#include "ledger_log.hpp"
#include "ledger_walk.hpp"
#include "pack_check.hpp"
#include "sshsig.hpp"
#include "tiles.hpp"
#include "tree_lookup.hpp"
#include "verify_article.hpp"
#include "verify_history.hpp"

namespace stet {
namespace {

class Newest {
 public:
  Newest(const Ledger& ledger, const VerifyOptions& options, size_t most)
      : options_(options),
        most_(most),
        objects_(ledger.objects(), std::make_shared<SharedLookups>(), Copies::all),
        repository_(ledger.objects().parent_path()),
        keys_(ledger) {}

  Verification run(const ObjectId& newest) {
    demand_readable(repository_.objects());
    check_git_view(repository_, newest,
                   [&](const std::string& path, const std::string& fault) { problem(path, fault); });
    if (read_commits(newest)) {
      open_log();
      check_commits();
      for (const auto& [article, revision] : revisions_) check_revision(article, revision);
      check_files();
      if (read_) check_log();
      for (const auto& [path, fault] : keys_.damaged()) problem(path, fault);
    }
    std::sort(result_.problems.begin(), result_.problems.end());
    result_.objects = objects_.objects_read();
    return std::move(result_);
  }

 private:
  struct Signed {
    std::string path;  // of the report
    std::vector<const ListedKey*> signers;
  };

  void problem(const std::string& path, const std::string& message) {
    result_.problems.push_back({path, message});
  }

  // The newest, until they have brought enough revisions.
  bool read_commits(ObjectId next) try {
    const auto read = [&] {
      commits_.push_back({next, parse_commit(*objects_.read(next, ObjectType::commit))});
    };
    read();
    while (revisions_.size() < most_ && !commits_.back().parts.parents.empty()) {
      const auto tree = commits_.back().parts.tree;
      next = commits_.back().parts.parents.front();
      read();
      lookup_.each_added(commits_.back().parts.tree, tree, [&](const std::string& path) {
        const auto place = place_of(path);
        if (place.revision > 0) revisions_.emplace(place.article, place.revision);
        return revisions_.size() < most_;
      });
    }
    return true;
  } catch (const std::runtime_error& e) {
    problem("commit " + hex(next), e.what());
    return false;
  }

  std::optional<StoredFile> file(const std::string& path) {
    return lookup_.file(commits_.front().parts.tree, path);
  }

  std::string needed(const std::string& path) {
    auto found = file(path);
    if (!found) throw std::runtime_error("is missing");
    if (!found->error.empty()) throw std::runtime_error(found->error);
    return std::move(found->bytes);
  }

  void open_log() {
    std::string path = "ledger.json";
    try {
      const std::string about = needed(path);
      key_ = log_key_in(about);
      policy_ = policy_in(about);
      result_.witnesses_named = policy_.witnesses.size(), result_.witnesses_required = policy_.required;
      if (!key_ && options_.against)
        problem(path, "names no log, so that no checkpoint can be compared with it");
      if (!key_) return;
      path = checkpoint_path;
      checkpoint_ = open_checkpoint(parse_note(needed(path)), *key_);
      path = "log/tile";
      read_ = tile_reader(checkpoint_.size, checkpoint_.root, [this](const std::string& tile) {
        return file(log_path(tile)) ? std::optional(needed(log_path(tile))) : std::nullopt;
      });
      result_.logged = checkpoint_.size;
    } catch (const std::runtime_error& e) {
      problem(path, e.what());
    }
  }

  // The newest one's signature, and whether the first of all, if it was read, can be one. With a log alone is
  // it known that they must be signed.
  void check_commits() {
    CommitSigners signers(lookup_, keys_);
    const auto& oldest = commits_.back();
    if (commits_.size() > 1 && oldest.parts.parents.empty())
      if (const auto fault = signers.beginning_fault(oldest.parts))
        problem("commit " + hex(oldest.id), *fault);
    const auto found = verify_history({commits_, 0, 1, key_.has_value()}, signers);
    for (const auto& fault : found.problems) problem(fault.path, fault.what);
    result_.commits = 1;
    result_.signed_commits = found.signatures;
  }

  StoredParts parts_of(const std::string& article, uint32_t revision) {
    StoredParts parts{article, revision, {}};
    for (const char* suffix : revision_suffixes)
      if (auto found = file(entry_path(article, revision, suffix)))
        parts.files.emplace(suffix, std::move(*found));
    add_later_signatures(parts, [this](const std::string& path) { return file(path); });
    return parts;
  }

  // The revision before, which is looked into without being counted when nobody asked for it.
  const Link* before(const std::string& article, uint32_t revision) {
    if (revision == 1) return nullptr;
    const auto [at, is_new] = links_.try_emplace({article, revision - 1});
    Verification uncounted;
    if (is_new) at->second = verify_revision(parts_of(article, revision - 1), keys_, options_, uncounted);
    return &at->second;
  }

  // Those that were asked for come in order, so that the one before is known already if it is among them.
  void check_revision(const std::string& article, uint32_t revision) {
    const auto parts = parts_of(article, revision);
    const auto& link = links_[{article, revision}] = verify_revision(parts, keys_, options_, result_);
    articles_.insert(article);
    result_.articles = articles_.size();
    if (!link.read) return;
    const std::string path = entry_path(article, revision, ".report");
    if (const auto fault = chain_fault(revision, link.previous, before(article, revision)))
      problem(path, *fault);
    if (parts.files.contains(".redacted")) return check_redaction(parts, link);
    try {
      const Leaf leaf{article, revision, link.document_sha256, link.report_sha256};
      leaves_.emplace(leaf_hash(leaf), Signed{path, link.signers});
    } catch (const std::invalid_argument&) {  // a report whose digest is none, which is a problem already
    }
  }

  // Of a statement that was there before these commits, and is signed again in them, the leaf is further
  // down.
  void check_redaction(const StoredParts& parts, const Link& link) {
    for (const auto& [stored, signers] : redaction_files(parts, link))
      if (!lookup_.file(commits_.back().parts.tree, stored->path)) demand_leaf(*stored, signers);
  }

  // Of the files that say what counts: those that the commits at hand have changed.
  void check_files() try {
    const auto &old = commits_.back().parts.tree, &now = commits_.front().parts.tree;
    auto paths = lookup_.changed(old, now, "keys");
    const auto about = file("ledger.json"), about_before = lookup_.file(old, "ledger.json");
    if (about && about_before && about->id != about_before->id) paths.push_back("ledger.json");
    for (const auto& path : paths) demand_leaf(file(path).value(), {});
    check_places();
  } catch (const std::runtime_error& e) {
    problem("keys", e.what());
  }

  // Of what the newest commit leans on, whoever brought it: its signer's file, and ledger.json.
  void check_places() {
    if (!read_) return;
    demand_leaf_at("ledger.json", policy_.from_size);
    if (const auto key = signer_of_newest(); key && !key->ended())
      demand_leaf_at(key_path(key->key.keyid()), key->from_size.value_or(place_of_first_key));
  }

  // Nothing where that is a problem already.
  std::optional<ListedKey> signer_of_newest() try {
    const auto& found = keys_.find(ssh_signer(commits_.front().parts.signature));
    return found.state == Keyring::State::listed ? std::optional(found.listed) : std::nullopt;
  } catch (const std::runtime_error&) {
    return std::nullopt;
  }

  void demand_leaf_at(const std::string& path, uint64_t place) {
    const auto stored = file(path);
    if (!stored || !stored->error.empty()) return;
    const bool is_there =
        place < checkpoint_.size && read_({0, place}) == leaf_hash(file_leaf(stored->path, stored->bytes));
    if (!is_there) problem(path, not_logged);
  }

  void demand_leaf(const StoredFile& file, const std::vector<const ListedKey*>& signers) {
    if (!file.error.empty()) return;
    try {
      leaves_.emplace(leaf_hash(file_leaf(file.path, file.bytes)), Signed{file.path, signers});
    } catch (const std::invalid_argument&) {  // a path that is none
      problem(file.path, not_logged);
    }
  }

  void check_log() try {
    const auto has_root = [this](const Checkpoint& old) { return goes_on_from(old); };
    if (options_.against) check_continuation(*options_.against, *key_, checkpoint_.size, has_root, result_);
    if (const auto witnessed = file(witnessed_path); witnessed && witnessed->error.empty())
      check_witnessed(witnessed->bytes, policy_, *key_, checkpoint_.size, has_root, result_);
    else if (witnessed)
      problem(witnessed_path, witnessed->error);
    auto missing = leaves_;
    const uint64_t before = size_before();
    for (uint64_t at = checkpoint_.size; at > before && !missing.empty(); --at)
      if (const auto found = missing.extract(read_({0, at - 1}))) judge(found.mapped(), at - 1);
    for (const auto& [leaf, report] : missing) problem(report.path, not_logged);
  } catch (const std::runtime_error& e) {
    problem("log/tile", e.what());
  }

  void judge(const Signed& report, uint64_t leaf) {
    for (const auto* signer : report.signers)
      if (const auto fault = leaf_fault(*signer, leaf)) problem(report.path, *fault);
  }

  bool goes_on_from(const Checkpoint& kept) {
    if (kept.size == 0 || kept.size == checkpoint_.size)
      return kept.root == (kept.size == 0 ? empty_root() : checkpoint_.root);
    const auto proof = consistency_proof(kept.size, checkpoint_.size, read_);
    return !consistency_fault(kept.size, kept.root, checkpoint_.size, checkpoint_.root, proof);
  }

  // How long the log was before the commits that were read; 0 if that is not sure.
  uint64_t size_before() try {
    const auto old = lookup_.file(commits_.back().parts.tree, checkpoint_path);
    return old ? parse_checkpoint(parse_note(old->bytes).text).size : 0;
  } catch (const std::runtime_error&) {
    return 0;
  }

  const VerifyOptions& options_;
  const size_t most_;
  ObjectReader objects_;
  const Repository repository_;
  TreeLookup lookup_{objects_};
  Keyring keys_;
  Verification result_;
  std::vector<LedgerCommit> commits_;                       // newest first; the last only to compare with
  std::set<std::pair<std::string, uint32_t>> revisions_;    // that were asked for
  std::map<std::pair<std::string, uint32_t>, Link> links_;  // of these, and of those before them
  std::set<std::string> articles_;
  std::map<Hash, Signed> leaves_;  // of these
  std::optional<NoteKey> key_;
  WitnessPolicy policy_;
  Checkpoint checkpoint_;
  HashReader read_;  // none when there is no log, or its checkpoint does not hold
};

}  // namespace

Verification verify_newest(const Ledger& ledger, const VerifyOptions& options, size_t most) {
  constexpr std::string_view branch = "refs/heads/main";
  try {
    return Newest(ledger, options, most).run(ledger.newest_commit());
  } catch (const std::runtime_error& e) {
    const std::string why = e.what();
    if (!why.starts_with(branch)) throw;
    Verification result;
    result.problems.push_back({std::string(branch), why.substr(branch.size() + 2)});
    return result;
  }
}

}  // namespace stet
