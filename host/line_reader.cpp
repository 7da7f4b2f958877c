#include "line_reader.hpp"

#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "free_with.hpp"

namespace stet {
namespace {

constexpr size_t piece = 1u << 16;

}  // namespace

struct LineReader::File {
  std::unique_ptr<gzFile_s, FreeWith<gzclose_r>> handle;
};

LineReader::LineReader(const std::filesystem::path& file) : name_(file), file_(std::make_unique<File>()) {
  std::error_code error;
  size_ = std::filesystem::file_size(file, error);
  if (error) throw std::runtime_error(file.string() + ": " + error.message());
  errno = 0;
  file_->handle.reset(gzopen(file.c_str(), "re"));
  if (!file_->handle)
    throw std::runtime_error(file.string() + ": " + (errno ? std::strerror(errno) : "out of memory"));
  buffer_.reserve(piece);
}

LineReader::~LineReader() = default;

bool LineReader::fill() {
  buffer_.resize(piece);
  at_ = 0;
  const int got = gzread(file_->handle.get(), buffer_.data(), piece);
  int status = Z_OK;
  const char* reason = gzerror(file_->handle.get(), &status);
  buffer_.resize(got > 0 ? static_cast<size_t>(got) : 0);
  if (got > 0) return true;
  // A file that ends in the middle of what is compressed is read to its end first.
  if (status == Z_OK || status == Z_STREAM_END) return false;
  throw std::runtime_error(name_.string() +
                           ": cannot be read on: " + (status == Z_ERRNO ? std::strerror(errno) : reason));
}

std::optional<std::string> LineReader::next(size_t limit) {
  std::string line;
  bool any = false;
  while (at_ < buffer_.size() || fill()) {
    any = true;
    const size_t end = std::min(buffer_.find('\n', at_), buffer_.size());
    line.append(buffer_, at_, std::min(end - at_, limit + 1 - line.size()));
    at_ = end;
    if (at_ == buffer_.size()) continue;
    ++at_;
    return line;
  }
  return any ? std::optional(std::move(line)) : std::nullopt;
}

uint64_t LineReader::done() const {
  return static_cast<uint64_t>(std::max<z_off_t>(gzoffset(file_->handle.get()), 0));
}

}  // namespace stet
