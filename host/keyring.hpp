// The public keys that a ledger lists under keys/, and when the signatures of each count.
//
// A clock is no witness: whoever stole a key can write any time. Where the ledger has a log, a key that came
// later or has ended counts for a range of the log's leaves; the times say the same to people, and judge in
// a ledger without a log.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger.hpp"
#include "signature.hpp"

namespace stet {

// Where the ledger's tree keeps the key with this keyid; empty when that is none.
std::string key_path(std::string_view keyid);

// From when on a key's signatures count no more.
struct KeyEnd {
  int64_t time = 0;                  // seconds since 1970
  std::optional<uint64_t> log_size;  // they count for the leaves before this one; nothing without a log
  bool operator==(const KeyEnd&) const = default;
};

struct ListedKey {
  PublicKey key;
  int64_t valid_from = 0;                  // seconds since 1970
  std::optional<uint64_t> from_size = {};  // the first leaf it may sign; nothing: any, or no log
  std::optional<KeyEnd> retired = {};      // another took its place
  std::optional<KeyEnd> revoked = {};  // it may be in foreign hands; may reach further back than `retired`
  std::string reason = {};             // of the revocation
  // Who let it in: a signature over the file without this and the key's end. None of the first keys.
  std::optional<Signature> listed_by = {};

  bool ended() const { return retired || revoked; }
  bool counts_for_a_range() const {
    return from_size || (retired && retired->log_size) || (revoked && revoked->log_size);
  }
};

// The key file of the ledger's tree: path and bytes.
std::pair<std::string, std::string> key_file(const ListedKey& key);
// Of a key that counts from the first revision on. `valid_from` is RFC 3339.
std::pair<std::string, std::string> key_file(const PublicKey& key, const std::string& valid_from);

// Reads the bytes of the key file at `path`. Throws std::runtime_error with one sentence that does not
// repeat the path when they are not exactly what key_file() writes there.
ListedKey parse_key_file(const std::string& path, const std::string& bytes);

// "revoked on 2025-11-23T19:40:00Z (the laptop was stolen)"; empty for a key that has not ended.
std::string end_of(const ListedKey& key);

// "for revisions 3 to 8 of the log"; empty when no range was set.
std::string range_of(const ListedKey& key);
// The last second in which it may have signed; nothing for one that has not ended.
std::optional<int64_t> last_second(const ListedKey& key);

// Why a signature does not count that was made at `time` for the `leaf`-th leaf of the log, from 0; nothing
// if it does. Without a leaf the time alone is judged, as far as no log size says it better.
std::optional<std::string> time_fault(const ListedKey& key, int64_t time);
std::optional<std::string> leaf_fault(const ListedKey& key, uint64_t leaf);
// Of what was signed when the log had that many leaves, and is none of them: a redaction, a commit.
std::optional<std::string> size_fault(const ListedKey& key, uint64_t log_size);

// What `listed_by` signs.
std::string admission(const ListedKey& key);

// Why the sizes of the log that a key file says cannot be true, when the log has `logged` leaves now; nothing
// for a ledger without one.
std::optional<std::string> size_claim_fault(const ListedKey& key, const std::optional<uint64_t>& logged);

// Why a commit may not make the key file `after` of `before`: all that may be done to one is to end the key.
std::optional<std::string> key_change_fault(const std::string& path, const std::string& before,
                                            const std::string& after);

// Reads each key when it is first asked for. May be asked from several threads, as long as none of them uses
// the ledger meanwhile.
class Keyring {
 public:
  explicit Keyring(const Ledger& ledger) : ledger_(ledger) {}

  enum class State { listed, unknown, damaged };
  struct Lookup {
    State state = State::unknown;
    ListedKey listed = {};   // when listed
    std::string error = {};  // when damaged
  };
  const Lookup& find(const std::string& keyid);
  // What the key file at `path` with these bytes is, of whatever tree.
  static Lookup read(const std::string& path, const std::string& bytes);

  // The keys that were asked for and are damaged: path and what is wrong.
  std::vector<std::pair<std::string, std::string>> damaged() const;

 private:
  const Ledger& ledger_;
  std::mutex mutex_;
  std::map<std::string, Lookup> known_;
};

// All keys, those that came first before those that came later. Throws std::runtime_error naming the file
// that is damaged.
std::vector<ListedKey> listed_keys(const Ledger& ledger);

bool is_listed(const Ledger& ledger, const PublicKey& key);

// Throws std::runtime_error unless the key is listed, has not ended, and is valid by the clock.
void demand_usable_key(const Ledger& ledger, const PublicKey& key);

}  // namespace stet
