#include "loose_object.hpp"

#include <zlib.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "files.hpp"

namespace stet {
namespace {

constexpr size_t longest_header = 32;  // "commit ", a size, a NUL

class Inflater {
 public:
  explicit Inflater(std::string_view deflated) {
    if (deflated.size() > max_object_bytes) throw std::runtime_error("the object's file is too large");
    // zlib only reads from there; it declares the pointer const when ZLIB_CONST is defined.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(deflated.data()));
    stream_.avail_in = static_cast<uInt>(deflated.size());
    if (inflateInit(&stream_) != Z_OK) throw std::bad_alloc();
  }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  // Writes up to `size` bytes to `out`; fewer at the stream's end only.
  size_t read(char* out, size_t size) {
    stream_.next_out = reinterpret_cast<Bytef*>(out);
    stream_.avail_out = static_cast<uInt>(size);
    while (stream_.avail_out > 0 && !ended_) {
      const int status = inflate(&stream_, Z_NO_FLUSH);
      ended_ = status == Z_STREAM_END;
      if (status == Z_BUF_ERROR) throw std::runtime_error("the object's file is cut short");
      if (status != Z_OK && !ended_) throw std::runtime_error("the object's file is not a zlib stream");
    }
    return size - stream_.avail_out;
  }

  void demand_end() {
    char none;
    if (read(&none, 1) != 0) throw std::runtime_error("the object is longer than its header says");
    if (stream_.avail_in != 0) throw std::runtime_error("bytes follow the object in its file");
  }

 private:
  z_stream stream_{};
  bool ended_ = false;
};

size_t declared_size(std::string_view digits) {
  size_t size = 0;
  const auto [end, error] = std::from_chars(digits.begin(), digits.end(), size);
  if (error != std::errc() || end != digits.end() || digits.empty() ||
      (digits[0] == '0' && digits.size() > 1))
    throw std::runtime_error("the object's header gives no size");
  if (size > max_object_bytes)
    throw std::runtime_error("the object's header gives a size beyond all measure");
  return size;
}

}  // namespace

LooseObject parse_loose_object(std::string_view deflated) {
  Inflater inflater(deflated);
  std::string start(longest_header, '\0');
  start.resize(inflater.read(start.data(), start.size()));
  const size_t space = start.find(' '), end = start.find('\0');
  if (end == start.npos || space > end) throw std::runtime_error("the object has no header");
  LooseObject object{start.substr(0, space), start.substr(end + 1)};
  const size_t size = declared_size(std::string_view(start).substr(space + 1, end - space - 1));
  const size_t have = object.bytes.size();
  if (have > size) throw std::runtime_error("the object is longer than its header says");
  object.bytes.resize(size);
  if (have + inflater.read(object.bytes.data() + have, size - have) != size)
    throw std::runtime_error("the object is shorter than its header says");
  inflater.demand_end();
  return object;
}

std::optional<LooseObject> read_loose_object(const std::filesystem::path& objects, std::string_view id) {
  const auto file = objects / id.substr(0, 2) / id.substr(2);
  if (!std::filesystem::exists(file)) return std::nullopt;
  return parse_loose_object(read_file(file, max_object_bytes));
}

}  // namespace stet
