#include "verify.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>

#include "foreign_json.hpp"
#include "git_view.hpp"
#include "keyring.hpp"
#include "ledger_walk.hpp"
#include "pack_check.hpp"
#include "pack_copies.hpp"
#include "parallel.hpp"
#include "sshsig.hpp"
#include "verify_article.hpp"
#include "verify_history.hpp"
#include "verify_log.hpp"
#include "verify_shortcuts.hpp"

namespace stet {
namespace {

namespace fs = std::filesystem;
using Problems = std::vector<Verification::Problem>;

constexpr size_t commits_in_part = 32;

// articles/<n>/<n>: 256 of them at most, so that the work is even.
bool is_part(const std::string& path) {
  return path.starts_with("articles/") && std::count(path.begin(), path.end(), '/') == 2;
}

// Readers for however many threads.
class Readers {
 public:
  Readers(fs::path objects, std::shared_ptr<SharedLookups> lookups)
      : objects_(std::move(objects)), lookups_(std::move(lookups)) {}

  template <typename Use>
  auto lend(const Use& use) {
    auto reader = take();
    auto result = use(*reader);
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(reader));
    return result;
  }
  // That those lent by now have read.
  uint64_t objects() const {
    uint64_t objects = 0;
    for (const auto& reader : free_) objects += reader->objects_read();
    return objects;
  }

 private:
  std::unique_ptr<ObjectReader> take() {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) return std::make_unique<ObjectReader>(objects_, lookups_, Copies::first);
    auto reader = std::move(free_.back());
    free_.pop_back();
    return reader;
  }

  const fs::path objects_;
  const std::shared_ptr<SharedLookups> lookups_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<ObjectReader>> free_;
};

struct CheckedPack {
  uint64_t bytes = 0;
  Problems problems;
};

class Verifier {
 public:
  Verifier(const Ledger& ledger, const VerifyOptions& options)
      : options_(options), objects_(ledger.objects()), packs_(packs_of(objects_)), keys_(ledger) {
    demand_readable(objects_);
    try {
      newest_ = ledger.newest_commit();
    } catch (const std::runtime_error& e) {
      unreadable_branch_ = std::string(e.what()).substr(std::string_view(branch).size() + 2);
    }
  }

  Verification run() {
    readers_.lend([&](ObjectReader& objects) { return look_around(objects); });
    run_parts();
    for (auto& part : articles_) merge(std::move(part));
    if (is_described_) log_.finish(ledger_json_, logged_files_, options_.against, result_);
    check_key_sizes();
    add_history();
    for (auto& pack : checked_packs_) add(std::move(pack));
    result_.shortcuts = std::move(shortcuts_);
    add(std::move(shortcut_problems_));
    add(std::move(copy_problems_));
    result_.objects = readers_.objects();
    std::sort(result_.problems.begin(), result_.problems.end());
    return std::move(result_);
  }

 private:
  void problem(const std::string& path, const std::string& message) {
    result_.problems.push_back({path, message});
  }
  void add(Problems&& problems) {
    std::move(problems.begin(), problems.end(), std::back_inserter(result_.problems));
  }
  void add(std::vector<Rewrite>&& rewrites) {
    std::move(rewrites.begin(), rewrites.end(), std::back_inserter(rewrites_));
  }

  // Everything but what there is a lot of.
  bool look_around(ObjectReader& objects) {
    if (!newest_) return problem(branch, unreadable_branch_), false;
    commits_ = commits_of(objects, *newest_, [&](const StoredFile& f) {
      lost_commits_.push_back({f.path, f.error});
    });
    check_git_view(Repository(objects_.parent_path()), *newest_,
                   [&](const std::string& path, const std::string& fault) { problem(path, fault); });
    if (commits_.empty()) return false;
    ArticleVerifier outside(keys_, options_, revisions_);
    folders_ = walk(objects, commits_, whole_tree(commits_),
                    {[&](StoredFile file) {
                       if (file.path.starts_with("articles/"))
                         outside.take(std::move(file));
                       else
                         take(file);
                     },
                     [&](Rewrite rewrite) { rewrites_.push_back(std::move(rewrite)); },
                     [&](size_t commit, const StoredFile& file) {
                       leaves_.add(file);
                       logged_files_.add(file, signer_of(commit));
                     },
                     is_part});
    merge(outside.finish());
    log_.take(std::move(leaves_));
    return true;
  }

  // The keyid; empty for a commit that nobody signed.
  std::string signer_of(size_t commit) const try {
    const auto& signature = commits_[commit].parts.signature;
    return signature.empty() ? "" : ssh_signer(signature);
  } catch (const std::runtime_error&) {
    return "";
  }

  void take(const StoredFile& file) {
    const bool is_log = log_.take(file);
    if (is_logged_file(file.path)) leaves_.add(file);
    if (!file.error.empty()) return problem(file.path, file.error);
    if (file.path.starts_with("keys/")) return check_key(file);
    if (is_log) return;
    if (file.path != "ledger.json") return problem(file.path, "is not part of a ledger");
    check_description(file);
  }

  void check_description(const StoredFile& file) try {
    const auto about = parse_stored_json(file.bytes, NoJson::discarded);
    ledger_json_ = file.bytes;
    is_described_ = true;
    has_log_ = about.is_object() && about.contains("log");
    if (!about.is_object() || about.value("format", nlohmann::json()) != 1)
      problem(file.path, "is not what describes a ledger of format 1");
  } catch (const std::runtime_error& e) {
    problem(file.path, e.what());
  }

  void check_key(const StoredFile& file) try {
    const auto key = parse_key_file(file.path, file.bytes);
    if (key.ended()) result_.ended_keys.push_back(key.key.keyid() + ' ' + end_of(key));
    listed_.emplace_back(file.path, key);
  } catch (const std::runtime_error& e) {
    problem(file.path, e.what());
  }

  void check_key_sizes() {
    if (has_log_ && !result_.logged) return;  // a problem already
    for (const auto& [path, key] : listed_)
      if (const auto fault = size_claim_fault(key, result_.logged)) problem(path, *fault);
  }

  // What there is a lot of, in parts that need nothing of each other. The largest come first.
  void run_parts() {
    const size_t spans = (commits_.size() + commits_in_part - 1) / commits_in_part;
    articles_.resize(folders_.size());
    history_.resize(spans);
    checked_packs_.resize(packs_.size());
    const size_t parts = spans + folders_.size() + packs_.size() + 2;
    std::atomic<size_t> done = 0;
    parallel_for(parts, threads_or_all(options_.threads), [&](size_t i) {
      run_part(i);
      const size_t now = ++done;
      if (options_.progress) options_.progress({now, parts, revisions_});
    });
  }

  void run_part(size_t i) {
    if (i < packs_.size()) return run_pack(i);
    if (i -= packs_.size(); i == 0) return run_shortcuts();
    if (i -= 1; i == 0) return run_copies();
    if (i -= 1; i < folders_.size()) return run_folder(i);
    run_span(i - folders_.size());
  }

  void run_shortcuts() {
    shortcuts_ = check_shortcuts(objects_, commits_, [&](const std::string& path, const std::string& fault) {
      shortcut_problems_.push_back({path, fault});
    });
  }

  void run_copies() {
    check_copies(objects_, lookups_, [&](const std::string& path, const std::string& fault) {
      copy_problems_.push_back({path, fault});
    });
  }

  void run_span(size_t i) {
    const size_t begin = i * commits_in_part, end = std::min(begin + commits_in_part, commits_.size());
    history_[i] = past_readers_.lend([&](ObjectReader& objects) {
      TreeLookup lookup(objects);
      CommitSigners signers(lookup, keys_);
      return verify_history({commits_, begin, end, has_log_}, signers);
    });
  }

  void run_folder(size_t i) {
    articles_[i] = readers_.lend([&](ObjectReader& objects) {
      ArticleVerifier verifier(keys_, options_, revisions_);
      std::vector<Rewrite> rewrites;
      walk(objects, commits_, folders_[i],
           {[&](StoredFile file) { verifier.take(std::move(file)); },
            [&](Rewrite rewrite) { rewrites.push_back(std::move(rewrite)); }});
      auto part = verifier.finish();
      part.rewrites = std::move(rewrites);
      return part;
    });
  }

  void run_pack(size_t i) {
    auto& pack = checked_packs_[i];
    pack.bytes = check_pack(packs_[i], [&](const std::string& path, const std::string& fault) {
      pack.problems.push_back({path, fault});
    });
  }

  void add(CheckedPack&& pack) {
    result_.packs += pack.problems.empty();
    if (pack.problems.empty()) result_.pack_bytes += pack.bytes;
    add(std::move(pack.problems));
  }

  void merge(PartResult&& part) {
    auto& found = part.found;
    add(std::move(found.problems));
    result_.articles += found.articles;
    result_.documents += found.documents;
    result_.reports += found.reports;
    result_.signatures += found.signatures;
    result_.signatures_before += found.signatures_before;
    result_.bytes += found.bytes;
    std::move(found.redacted.begin(), found.redacted.end(), std::back_inserter(result_.redacted));
    auto& keyids = result_.keyids;
    std::vector<std::string> both;
    std::set_union(keyids.begin(), keyids.end(), found.keyids.begin(), found.keyids.end(),
                   std::back_inserter(both));
    keyids = std::move(both);
    log_.take(std::move(part.leaves));
    add(std::move(part.rewrites));
  }

  // What the walk over the newest tree has found already gets the commit that did it, and what it could
  // not read is not said twice. Newest first.
  void add_history() {
    std::map<std::string, size_t> said;
    for (size_t i = 0; i < result_.problems.size(); ++i) said.emplace(result_.problems[i].path, i);
    const auto take = [&](const std::string& path, const std::string& what) {
      const auto [place, is_new] = said.emplace(path, result_.problems.size());
      if (is_new) return problem(path, what);
      auto& message = result_.problems[place->second].message;
      if (message.find(what) == std::string::npos) message += "; " + what;
    };
    for (auto& part : history_) {
      add(std::move(part.problems));
      result_.signed_commits += part.signatures;
    }
    std::stable_sort(rewrites_.begin(), rewrites_.end(),
                     [](auto& a, auto& b) { return a.commit < b.commit; });
    for (const auto& rewrite : rewrites_) take(rewrite.path, rewrite.what);
    for (const auto& damage : lost_commits_) take(damage.path, damage.message);
    result_.commits = commits_.size();
  }

  static constexpr const char* branch = "refs/heads/main";

  const VerifyOptions& options_;
  const fs::path objects_;
  const std::shared_ptr<SharedLookups> lookups_ = std::make_shared<SharedLookups>();
  Readers readers_{objects_, lookups_};
  Readers past_readers_{objects_, lookups_};  // for what the others read too: it is counted once
  const std::vector<fs::path> packs_;
  Keyring keys_;
  std::optional<ObjectId> newest_;
  std::string unreadable_branch_;
  Verification result_;
  LogVerifier log_;
  RecordedLeaves leaves_;  // of what is not below articles/
  LoggedFiles logged_files_;
  std::string ledger_json_;
  bool is_described_ = false;  // whether ledger.json could be read
  bool has_log_ = false;
  std::vector<std::pair<std::string, ListedKey>> listed_;  // keys, by path
  std::vector<LedgerCommit> commits_;
  std::vector<Folder> folders_;  // the parts of articles/
  // What was found in each part.
  std::vector<PartResult> articles_;
  std::vector<HistoryResult> history_;
  std::vector<CheckedPack> checked_packs_;
  std::vector<std::string> shortcuts_;
  Problems shortcut_problems_, copy_problems_;
  std::vector<Rewrite> rewrites_;  // that are in no part, and then all
  Problems lost_commits_;
  std::atomic<uint64_t> revisions_ = 0;
};

}  // namespace

Verification verify(const Ledger& ledger, const VerifyOptions& options) {
  return Verifier(ledger, options).run();
}

}  // namespace stet
