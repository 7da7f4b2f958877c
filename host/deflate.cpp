#include "deflate.hpp"

#include <libdeflate.h>

#include <new>
#include <stdexcept>

namespace stet {

Deflater::Deflater(int level) : compressor_(libdeflate_alloc_compressor(level)) {
  if (!compressor_) throw std::bad_alloc();
}

// By way of a buffer that is kept: an `out` with room for the longest stream would keep that room.
void Deflater::append(std::string_view bytes, std::string& out) {
  const size_t most = libdeflate_zlib_compress_bound(compressor_.get(), bytes.size());
  if (buffer_.size() < most) buffer_.resize(most);
  const size_t size =
      libdeflate_zlib_compress(compressor_.get(), bytes.data(), bytes.size(), buffer_.data(), buffer_.size());
  if (size == 0) throw std::runtime_error("an object cannot be deflated");
  out.append(buffer_.data(), size);
}

void Deflater::Free::operator()(libdeflate_compressor* compressor) const {
  libdeflate_free_compressor(compressor);
}

Inflater::Inflater() : decompressor_(libdeflate_alloc_decompressor()) {
  if (!decompressor_) throw std::bad_alloc();
}

size_t Inflater::inflate(std::string_view deflated, size_t size, std::string& out) {
  out.resize(size);
  size_t used = 0;
  const auto result = libdeflate_zlib_decompress_ex(decompressor_.get(), deflated.data(), deflated.size(),
                                                    out.data(), size, &used, nullptr);
  return result == LIBDEFLATE_SUCCESS ? used : 0;
}

void Inflater::Free::operator()(libdeflate_decompressor* decompressor) const {
  libdeflate_free_decompressor(decompressor);
}

size_t longest_stream(size_t size) {
  return libdeflate_zlib_compress_bound(nullptr, size);
}

uint32_t crc32_of(std::string_view bytes) {
  return libdeflate_crc32(0, bytes.data(), bytes.size());
}

}  // namespace stet
