// zlib streams and CRC-32 of whole buffers. libdeflate lives here.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct libdeflate_compressor;

namespace stet {

// One thread at a time may use a Deflater.
class Deflater {
 public:
  Deflater();
  // Appends `bytes` to `out` as a zlib stream (level 1).
  void append(std::string_view bytes, std::string& out);

 private:
  struct Free {
    void operator()(libdeflate_compressor* compressor) const;
  };
  std::unique_ptr<libdeflate_compressor, Free> compressor_;
};

uint32_t crc32_of(std::string_view bytes);

}  // namespace stet
