#include "descriptor.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <string>
#include <system_error>

namespace stet {
namespace {

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), std::string("cannot ") + what);
}

void write_all(int fd, std::string_view bytes, const char* what) {
  while (!bytes.empty()) {
    const ssize_t n = write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail(what);
    bytes.remove_prefix(static_cast<size_t>(n));
  }
}

size_t size_of(const Descriptor& memory) {
  struct stat status {};
  if (fstat(memory.get(), &status) < 0) fail("read shared memory");
  return static_cast<size_t>(status.st_size);
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    reset();
    fd_ = std::exchange(other.fd_, -1);
  }
  return *this;
}

void Descriptor::reset() {
  if (fd_ >= 0) close(std::exchange(fd_, -1));
}

Descriptor sealed_memory(std::string_view bytes, const char* what) {
  auto memory = new_memory(what);
  write_all(memory.get(), bytes, what);
  seal(memory, what);
  return memory;
}

Descriptor new_memory(const char* what) {
  Descriptor memory(memfd_create("stet", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!memory) fail(what);
  return memory;
}

void seal(const Descriptor& memory, const char* what) {
  if (fcntl(memory.get(), F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) < 0)
    fail(what);
}

Mapping::Mapping(const Descriptor& memory) : Mapping(memory, size_of(memory)) {}

Mapping::Mapping(const Descriptor& memory, size_t size)
    : base_(size == 0 ? nullptr : mmap(nullptr, size, PROT_READ, MAP_SHARED, memory.get(), 0)), size_(size) {
  if (base_ == MAP_FAILED) fail("map shared memory");
}

Descriptor open_regular(const std::filesystem::path& file) {
  Descriptor fd(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat about {};
  if (!fd || fstat(fd.get(), &about) < 0)
    throw std::system_error(errno, std::generic_category(), file.string());
  if (!S_ISREG(about.st_mode)) throw std::runtime_error(file.string() + ": is not a regular file");
  return fd;
}

Mapping map_file(const std::filesystem::path& file) {
  return Mapping(open_regular(file));
}

Mapping::~Mapping() {
  if (base_) munmap(base_, size_);
}

}  // namespace stet
