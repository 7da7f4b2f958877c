#include "line_reader.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <stdexcept>

#include "free_with.hpp"

namespace stet {
namespace {

constexpr size_t piece = 1u << 16;
constexpr Bytef first_of_a_member = 0x1f;

// The members of a compressed file, gone through without keeping what they hold.
class Members {
 public:
  Members(const std::filesystem::path& file, const std::atomic<bool>* stop)
      : name_(file.string()), stop_(stop) {
    errno = 0;
    handle_.reset(std::fopen(file.c_str(), "rbe"));
    if (!handle_) throw std::runtime_error(name_ + ": " + std::strerror(errno));
    if (inflateInit2(&stream_, max_window + only_gzip) != Z_OK)
      throw std::runtime_error(name_ + ": out of memory");
  }
  ~Members() { inflateEnd(&stream_); }
  Members(const Members&) = delete;
  Members& operator=(const Members&) = delete;

  // False when it was stopped.
  bool demand_whole() {
    if (!fill()) {
      if (name_.ends_with(".gz")) throw std::runtime_error(name_ + ": is empty, which nothing compressed is");
      return true;
    }
    if (!begins_member()) return true;  // not compressed
    while (!stopped() && begins_member()) pass_member();
    for (; !stopped() && (stream_.avail_in > 0 || fill()); ++stream_.next_in, --stream_.avail_in)
      if (*stream_.next_in != 0) damaged("is not the beginning of a further member");
    return !stopped();
  }

 private:
  static constexpr int max_window = 15, only_gzip = 16;

  bool stopped() const { return stop_ && *stop_; }

  bool begins_member() { return (stream_.avail_in > 0 || fill()) && *stream_.next_in == first_of_a_member; }

  void pass_member() {
    inflateReset(&stream_);
    for (int status = Z_OK; status != Z_STREAM_END && !stopped();) {
      if (stream_.avail_in == 0 && !fill()) damaged("is the end, in the middle of what is compressed");
      stream_.next_out = out_.data();
      stream_.avail_out = piece;
      status = inflate(&stream_, Z_NO_FLUSH);
      if (status != Z_OK && status != Z_STREAM_END)
        damaged(std::string("cannot be read on: ") + (stream_.msg ? stream_.msg : "out of memory"));
    }
  }

  bool fill() {
    const size_t got = std::fread(in_.data(), 1, piece, handle_.get());
    if (std::ferror(handle_.get())) throw std::runtime_error(name_ + ": " + std::strerror(errno));
    read_ += got;
    stream_.next_in = in_.data();
    stream_.avail_in = static_cast<uInt>(got);
    return got > 0;
  }

  [[noreturn]] void damaged(const std::string& what) const {
    throw std::runtime_error(name_ + ": is damaged, nothing of it was read: byte " +
                             std::to_string(read_ - stream_.avail_in + 1) + " " + what);
  }

  std::string name_;
  const std::atomic<bool>* stop_;
  std::unique_ptr<std::FILE, FreeWith<std::fclose>> handle_;
  z_stream stream_{};
  std::array<Bytef, piece> in_, out_;
  uint64_t read_ = 0;  // bytes of the file
};

}  // namespace

struct LineReader::File {
  std::unique_ptr<gzFile_s, FreeWith<gzclose_r>> handle;
};

LineReader::LineReader(const std::filesystem::path& file, const std::atomic<bool>* stop)
    : name_(file), file_(std::make_unique<File>()) {
  std::error_code error;
  size_ = std::filesystem::file_size(file, error);
  if (error) throw std::runtime_error(file.string() + ": " + error.message());
  whole_ = std::make_unique<Members>(file, stop)->demand_whole();
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
  std::string reason = gzerror(file_->handle.get(), &status);
  if (reason.starts_with(name_.string() + ": ")) reason.erase(0, name_.string().size() + 2);
  buffer_.resize(got > 0 ? static_cast<size_t>(got) : 0);
  if (got > 0) return true;
  if (status == Z_OK || status == Z_STREAM_END) return false;
  throw std::runtime_error(name_.string() +
                           ": cannot be read on: " + (status == Z_ERRNO ? std::strerror(errno) : reason));
}

std::optional<std::string> LineReader::next(size_t limit) {
  std::string line;
  bool any = false;
  while (whole_ && (at_ < buffer_.size() || fill())) {
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
