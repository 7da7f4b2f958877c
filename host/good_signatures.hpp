// Signatures over reports that this user found good before. That a signature is good is a fact of a key, of
// the bytes that were signed and of the signature, and of nothing else: neither a ledger that was altered
// since nor a key that was revoked makes it another. So whoever verifies a ledger every night need not do
// that arithmetic, which is most of the work, more than once. Whether the key may have signed is judged each
// time.
#pragma once

#include <array>
#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "descriptor.hpp"
#include "signature.hpp"

namespace stet {

class GoodSignatures {
 public:
  // $XDG_STATE_HOME/stet/verified/NAME, else $HOME/.local/state/stet/verified/NAME, where NAME is the SHA-256
  // of the ledger's absolute path. Nothing when the user has no home.
  static std::optional<std::filesystem::path> file_of(const std::filesystem::path& ledger);

  // What the file says is believed if it belongs to this user and no other can write it; nothing of it
  // otherwise, or with `afresh`.
  explicit GoodSignatures(std::filesystem::path file, bool afresh = false);

  enum class Verdict { bad, good, good_before };
  // Of a signature over the pre-authentication encoding of `report`, whose SHA-256 is given in hex. May be
  // asked from several threads.
  Verdict judge(const PublicKey& key, std::string_view report, std::string_view report_sha256,
                std::string_view signature);

  // Writes down what was found good now, beside what was before. Throws std::runtime_error naming the file.
  void save();

 private:
  using Fact = std::array<unsigned char, 32>;
  std::span<const Fact> before() const;

  std::filesystem::path file_;
  std::unique_ptr<Mapping> before_;  // see FORMATS.md
  std::atomic<size_t> used_ = 0;     // facts of it
  std::mutex mutex_;
  std::vector<Fact> now_;
};

}  // namespace stet
