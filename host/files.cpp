#include "files.hpp"

#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

#include "descriptor.hpp"

namespace stet {
namespace {

constexpr size_t most_sent_bytes = 16u << 20;  // at a time

[[noreturn]] void fail(const std::filesystem::path& file, int error) {
  const char* reason = error == ENOENT ? "no such file" : std::strerror(error);
  throw std::runtime_error(file.string() + ": " + reason);
}

void write_all(int fd, std::string_view bytes, const std::filesystem::path& file) {
  while (!bytes.empty()) {
    const ssize_t n = write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail(file, errno);
    bytes.remove_prefix(static_cast<size_t>(n));
  }
}

std::runtime_error too_large(const std::filesystem::path& file, uintmax_t size, size_t limit,
                             const char* at_least) {
  return std::runtime_error(file.string() + ": " + at_least + std::to_string(size) +
                            " bytes, more than the " + std::to_string(limit) + " that are read");
}

// Opens what is to be read whole. Of a pipe the writer is waited for.
Descriptor open_whole(const std::filesystem::path& file, size_t limit, bool may_be_pipe) {
  const bool standard_input = file == "-";
  Descriptor fd(standard_input ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
                               : open(file.c_str(), O_RDONLY | O_CLOEXEC | (may_be_pipe ? 0 : O_NONBLOCK)));
  if (!fd) fail(file, errno);
  struct stat about {};
  if (fstat(fd.get(), &about) < 0) fail(file, errno);
  if (!standard_input && S_ISDIR(about.st_mode))
    throw std::runtime_error(file.string() + ": is a folder, not a file");
  if (!standard_input && !S_ISREG(about.st_mode) && !(may_be_pipe && S_ISFIFO(about.st_mode)))
    throw std::runtime_error(file.string() + ": is not a regular file" + (may_be_pipe ? " or a pipe" : ""));
  if (S_ISREG(about.st_mode) && static_cast<uintmax_t>(about.st_size) > limit)
    throw too_large(file, static_cast<uintmax_t>(about.st_size), limit, "");
  return fd;
}

// A file of its own beside the one that it is to replace. What stands there under any name stays.
class Replacement {
 public:
  Replacement(const std::filesystem::path& file, mode_t mode) : file_(file) {
    for (int number = 0; !fd_ && number < most_names; ++number) {
      next_ = file.string() + ".new-" + std::to_string(getpid()) + '-' + std::to_string(number);
      fd_ = Descriptor(open(next_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
      if (!fd_ && errno != EEXIST) refuse(errno);
    }
    if (!fd_) refuse(EEXIST);
  }
  ~Replacement() {
    if (fd_) unlink(next_.c_str());
  }
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;

  void finish(std::string_view bytes, Durable durable = Durable::yes) {
    write_all(fd_.get(), bytes, file_);
    const bool synced = durable == Durable::no || fsync(fd_.get()) == 0;
    if (!synced || rename(next_.c_str(), file_.c_str()) < 0) fail(file_, errno);
    fd_.reset();
  }

 private:
  static constexpr int most_names = 100;

  [[noreturn]] void refuse(int error) const {
    if (error == ENOENT) throw std::runtime_error(file_.string() + ": its folder is not there");
    throw std::runtime_error(file_.string() + ": cannot be written: " + std::strerror(error));
  }

  std::filesystem::path file_, next_;
  Descriptor fd_;
};

// Where links lead, though nothing may be there.
std::filesystem::path followed(std::filesystem::path file) {
  constexpr int most_links = 40;  // as the kernel follows
  for (int links = 0; links < most_links && std::filesystem::is_symlink(file); ++links)
    file = file.parent_path() / std::filesystem::read_symlink(file);
  return file;
}

std::string read_whole(const std::filesystem::path& file, size_t limit, bool may_be_pipe) {
  const Descriptor fd = open_whole(file, limit, may_be_pipe);
  std::string bytes;
  char buffer[65536];
  for (;;) {
    const ssize_t n = read(fd.get(), buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail(file, errno);
    if (n == 0) return bytes;
    bytes.append(buffer, static_cast<size_t>(n));
    if (bytes.size() > limit) throw too_large(file, bytes.size(), limit, "at least ");
  }
}

}  // namespace

std::string read_file(const std::filesystem::path& file, size_t limit) {
  return read_whole(file, limit, false);
}

std::string read_named_file(const std::filesystem::path& file, size_t limit) {
  return read_whole(file, limit, true);
}

Descriptor sealed_copy(const std::filesystem::path& file, size_t limit, const char* what) {
  const Descriptor fd = open_whole(file, limit, false);
  auto memory = new_memory(what);
  for (size_t size = 0;;) {
    const ssize_t n = sendfile(memory.get(), fd.get(), nullptr, most_sent_bytes);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail(file, errno);
    if (n == 0) break;
    size += static_cast<size_t>(n);
    if (size > limit) throw too_large(file, size, limit, "at least ");
  }
  seal(memory, what);
  return memory;
}

std::optional<std::filesystem::path> user_folder(const char* variable, const char* below_home) {
  if (const char* folder = std::getenv(variable); folder && *folder) return folder;
  const char* home = std::getenv("HOME");
  return home && *home ? std::optional(std::filesystem::path(home) / below_home) : std::nullopt;
}

bool is_taken(const std::filesystem::path& place) {
  return std::filesystem::exists(std::filesystem::symlink_status(place));
}

void replace_file(const std::filesystem::path& file, std::string_view bytes, Durable durable) {
  Replacement(file, 0644).finish(bytes, durable);
}

void write_file(const std::filesystem::path& file, std::string_view bytes) {
  const auto target = followed(file);
  struct stat about {};
  if (stat(file.c_str(), &about) < 0) {
    if (errno != ENOENT) fail(file, errno);
    return Replacement(target, 0644).finish(bytes);
  }
  if (S_ISDIR(about.st_mode)) throw std::runtime_error(file.string() + ": is a folder, not a file");
  if (S_ISREG(about.st_mode)) return Replacement(target, about.st_mode & 0777).finish(bytes);
  const Descriptor fd(open(file.c_str(), O_WRONLY | O_CLOEXEC));
  if (!fd) fail(file, errno);
  write_all(fd.get(), bytes, file);
}

}  // namespace stet
