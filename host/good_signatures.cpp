#include "good_signatures.hpp"

#include <algorithm>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "digest.hpp"
#include "files.hpp"

namespace stet {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view magic = "stet good signatures, format 1\n\n";
static_assert(magic.size() == 32);

// Nothing when it is not there, or is not what this user alone has written.
std::unique_ptr<Mapping> own_file(const fs::path& file) {
  const Descriptor fd(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  struct stat about {};
  if (!fd || fstat(fd.get(), &about) != 0 || !S_ISREG(about.st_mode)) return nullptr;
  if (about.st_uid != geteuid() || (about.st_mode & (S_IWGRP | S_IWOTH))) return nullptr;
  const auto size = static_cast<size_t>(about.st_size);
  if (size < magic.size() || size % 32 != 0) return nullptr;
  auto mapping = std::make_unique<Mapping>(fd, size);
  return mapping->bytes().starts_with(magic) ? std::move(mapping) : nullptr;
}

}  // namespace

std::optional<fs::path> GoodSignatures::file_of(const fs::path& ledger) {
  const auto folder = user_folder("XDG_STATE_HOME", ".local/state");
  if (!folder) return std::nullopt;
  return *folder / "stet/verified" / sha256_hex(fs::weakly_canonical(ledger).string());
}

GoodSignatures::GoodSignatures(fs::path file, bool afresh) : file_(std::move(file)) {
  if (!afresh) before_ = own_file(file_);
}

std::span<const GoodSignatures::Fact> GoodSignatures::before() const {
  if (!before_) return {};
  const auto bytes = before_->bytes().substr(magic.size());
  return {reinterpret_cast<const Fact*>(bytes.data()), bytes.size() / sizeof(Fact)};
}

GoodSignatures::Verdict GoodSignatures::judge(const PublicKey& key, std::string_view report,
                                              std::string_view report_sha256, std::string_view signature) {
  std::string about;
  about.append(key.raw()).append(report_sha256).append(signature);
  const Fact fact = sha256(about);
  if (std::binary_search(before().begin(), before().end(), fact)) {
    ++used_;
    return Verdict::good_before;
  }
  if (!key.verifies(pre_authentication_encoding(report), signature)) return Verdict::bad;
  const std::lock_guard lock(mutex_);
  now_.push_back(fact);
  return Verdict::good;
}

// A file most of which was of no use is of another ledger that was in this place.
void GoodSignatures::save() {
  if (now_.empty()) return;
  std::sort(now_.begin(), now_.end());
  now_.erase(std::unique(now_.begin(), now_.end()), now_.end());
  const auto before = used_ * 2 < this->before().size() ? std::span<const Fact>() : this->before();
  std::vector<Fact> kept;
  std::set_union(before.begin(), before.end(), now_.begin(), now_.end(), std::back_inserter(kept));
  std::string bytes(magic);
  bytes.append(reinterpret_cast<const char*>(kept.data()), kept.size() * sizeof(Fact));
  std::error_code told_by_the_next_step;
  fs::create_directories(file_.parent_path(), told_by_the_next_step);
  replace_file(file_, bytes);
}

}  // namespace stet
