#include "disk.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <system_error>

namespace stet {
namespace {

constexpr size_t buffer_bytes = 256u << 10;

[[noreturn]] void fail(const std::filesystem::path& file, const char* what) {
  const int error = errno;
  const char* reason = error == ENOSPC   ? "the disk is full"
                       : error == EDQUOT ? "the disk quota is used up"
                       : error == EROFS  ? "the file system is read-only"
                                         : std::strerror(error);
  throw std::runtime_error(file.string() + ": " + what + ": " + reason);
}

// What fails when a step does.
const char* failure(std::string_view step) {
  if (step == "create") return "cannot be made";
  if (step == "write") return "cannot be written";
  if (step == "sync") return "cannot be synced";
  if (step == "rename") return "cannot be put in its place";
  return "cannot be removed";
}

}  // namespace

void Disk::before(std::string_view step, const std::filesystem::path& file) const {
  if (!before_) return;
  try {
    before_(step, file);
  } catch (const std::errc refused) {
    errno = static_cast<int>(refused);
    fail(file, failure(step));
  }
}

void Disk::rename(const std::filesystem::path& from, const std::filesystem::path& to) const {
  before("rename", to);
  if (std::rename(from.c_str(), to.c_str()) != 0) fail(to, failure("rename"));
}

void Disk::sync_folder(const std::filesystem::path& folder) const {
  before("sync", folder);
  const Descriptor fd(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd || fsync(fd.get()) != 0) fail(folder, failure("sync"));
}

void Disk::remove(const std::filesystem::path& file) const {
  before("remove", file);
  if (unlink(file.c_str()) != 0 && errno != ENOENT) fail(file, failure("remove"));
}

NewFile::NewFile(const Disk& disk, std::filesystem::path file, unsigned mode)
    : disk_(disk), file_(std::move(file)) {
  disk_.before("create", file_);
  fd_ = Descriptor(open(file_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (!fd_) fail(file_, failure("create"));
}

NewFile::~NewFile() {
  if (fd_ && !renamed_) unlink(file_.c_str());
}

void NewFile::write(std::string_view bytes) {
  if (buffer_.size() + bytes.size() > buffer_bytes) flush();
  size_ += bytes.size();
  if (bytes.size() < buffer_bytes)
    buffer_ += bytes;
  else
    write_all(bytes, size_ - bytes.size());
}

void NewFile::write_at(uint64_t offset, std::string_view bytes) {
  write_all(bytes, offset);
}

void NewFile::flush() {
  if (!buffer_.empty()) write_all(buffer_, size_ - buffer_.size());
  buffer_.clear();
}

void NewFile::start_sync() {
  flush();
  sync_file_range(fd_.get(), 0, 0, SYNC_FILE_RANGE_WRITE);
}

void NewFile::sync() {
  flush();
  disk_.before("sync", file_);
  if (fsync(fd_.get()) != 0) fail(file_, failure("sync"));
}

void NewFile::rename_to(const std::filesystem::path& target) {
  disk_.rename(file_, target);
  renamed_ = true;
}

void NewFile::read_back(const std::function<void(std::string_view)>& take) const {
  const size_t most = std::min<uint64_t>(size_, buffer_bytes);
  const auto chunk = std::make_unique_for_overwrite<char[]>(most);
  for (uint64_t at = 0; at < size_;) {
    const ssize_t n = pread(fd_.get(), chunk.get(), most, static_cast<off_t>(at));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail(file_, "cannot be read back");
    if (n == 0) throw std::runtime_error(file_.string() + ": was cut short while it was written");
    take({chunk.get(), static_cast<size_t>(n)});
    at += static_cast<uint64_t>(n);
  }
}

void NewFile::write_all(std::string_view bytes, uint64_t offset) const {
  disk_.before("write", file_);
  while (!bytes.empty()) {
    const ssize_t n = pwrite(fd_.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail(file_, failure("write"));
    bytes.remove_prefix(static_cast<size_t>(n));
    offset += static_cast<uint64_t>(n);
  }
}

}  // namespace stet
