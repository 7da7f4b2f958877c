#include "logged_files.hpp"

#include <algorithm>
#include <stdexcept>

#include "leaf.hpp"
#include "ledger_log.hpp"
#include "witness_policy.hpp"

namespace stet {
namespace {

std::string number(uint64_t place) {
  return "number " + std::to_string(place + 1) + " of the log";
}

}  // namespace

void LoggedFiles::add(const StoredFile& file, const std::string& signer) try {
  if (!file.error.empty()) return;
  Version version{leaf_hash(file_leaf(file.path, file.bytes)), signer, {}, {}};
  if (file.path == "ledger.json") {
    version.claimed_at = policy_in(file.bytes).from_size;
  } else {
    version.key = parse_key_file(file.path, file.bytes);
    if (!version.key->ended()) version.claimed_at = version.key->from_size.value_or(place_of_first_key);
  }
  versions_[file.path].push_back(std::move(version));
} catch (const std::exception&) {  // which is none, a problem already
}

// Of the versions of all files, with their places.
class LoggedFiles::Order {
 public:
  Order(const Versions& versions, Verification& result) : versions_(versions), result_(result) {}

  void check() {
    for (const auto& [path, versions] : versions_) {
      std::optional<uint64_t> before;
      for (const auto& version : versions) {
        if (!version.place) continue;
        if (before && *version.place <= *before)
          problem(path, "is " + number(*version.place) + ", and took the place of a version that is " +
                            number(*before));
        before = version.place;
        check_place(path, version);
      }
      if (!versions.empty() && versions.front().key) check_admission(path, versions.front());
    }
  }

 private:
  void check_place(const std::string& path, const Version& version) {
    if (version.claimed_at && version.claimed_at != version.place)
      problem(path, "says that it is " + number(*version.claimed_at) + ", and is " + number(*version.place));
    if (const auto end = end_of_key(version.signer); end && *end < *version.place)
      problem(path, "is " + number(*version.place) + ", in a commit by " + version.signer +
                        ", whose end is " + number(*end));
  }

  void check_admission(const std::string& path, const Version& version) {
    if (!version.place) return;
    const auto& by = version.key->listed_by;
    if (!by) {
      if (*version.place != place_of_first_key)
        problem(path, "is " + number(*version.place) + ", and no key of the ledger let it in");
      return;
    }
    const auto found = versions_.find(key_path(by->keyid));
    if (found == versions_.end() || !found->second.front().key)
      return problem(path, "was let in by " + by->keyid + ", which is not one of the ledger's keys");
    const auto& lister = found->second.front();
    if (!lister.key->key.verifies(admission(*version.key), by->bytes))
      return problem(path, "was let in by a signature of " + by->keyid + " that does not hold");
    if (const auto end = end_of_key(by->keyid); end && *end < *version.place)
      problem(path, "is " + number(*version.place) + ", and was let in by " + by->keyid + ", whose end is " +
                        number(*end));
  }

  // Where the log says first that the key has ended.
  std::optional<uint64_t> end_of_key(const std::string& keyid) const {
    const auto found = versions_.find(key_path(keyid));
    if (found == versions_.end()) return std::nullopt;
    for (const auto& version : found->second)
      if (version.place && version.key && version.key->ended()) return version.place;
    return std::nullopt;
  }

  void problem(const std::string& path, const std::string& message) {
    result_.problems.push_back({path, message});
  }

  const Versions& versions_;
  Verification& result_;
};

void LoggedFiles::check(const std::vector<Hash>& leaves, Verification& result) const {
  std::map<Hash, std::vector<Version*>> by_leaf;
  auto versions = versions_;
  for (auto& [path, all] : versions)
    for (auto& version : all) by_leaf[version.leaf].push_back(&version);
  for (uint64_t place = 0; place < leaves.size(); ++place)
    if (const auto found = by_leaf.find(leaves[place]); found != by_leaf.end())
      for (auto* version : found->second) version->place = place;
  Order(versions, result).check();
}

}  // namespace stet
