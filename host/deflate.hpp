// zlib streams and CRC-32 of whole buffers. libdeflate lives here.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct libdeflate_compressor;
struct libdeflate_decompressor;

namespace stet {

// One thread at a time may use a Deflater.
class Deflater {
 public:
  // `level`: 1, fast, to 12, small.
  explicit Deflater(int level = 1);
  // Appends `bytes` to `out` as a zlib stream.
  void append(std::string_view bytes, std::string& out);

 private:
  struct Free {
    void operator()(libdeflate_compressor* compressor) const;
  };
  std::unique_ptr<libdeflate_compressor, Free> compressor_;
  std::string buffer_;
};

// The same for an Inflater.
class Inflater {
 public:
  Inflater();
  // Inflates the zlib stream that `deflated` begins with, and that is `size` bytes long when inflated, to
  // `out`. Returns how long the stream is; 0 when there is no such stream.
  size_t inflate(std::string_view deflated, size_t size, std::string& out);

 private:
  struct Free {
    void operator()(libdeflate_decompressor* decompressor) const;
  };
  std::unique_ptr<libdeflate_decompressor, Free> decompressor_;
};

// What a zlib stream of `size` bytes takes at most, unless it was made to be long.
size_t longest_stream(size_t size);

uint32_t crc32_of(std::string_view bytes);

}  // namespace stet
