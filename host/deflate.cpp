#include "deflate.hpp"

#include <libdeflate.h>

#include <new>
#include <stdexcept>

namespace stet {

Deflater::Deflater() : compressor_(libdeflate_alloc_compressor(1)) {
  if (!compressor_) throw std::bad_alloc();
}

void Deflater::append(std::string_view bytes, std::string& out) {
  const size_t begin = out.size();
  const size_t most = libdeflate_zlib_compress_bound(compressor_.get(), bytes.size());
  out.resize(begin + most);
  const size_t size =
      libdeflate_zlib_compress(compressor_.get(), bytes.data(), bytes.size(), out.data() + begin, most);
  if (size == 0) throw std::runtime_error("an object cannot be deflated");
  out.resize(begin + size);
}

void Deflater::Free::operator()(libdeflate_compressor* compressor) const {
  libdeflate_free_compressor(compressor);
}

uint32_t crc32_of(std::string_view bytes) {
  return libdeflate_crc32(0, bytes.data(), bytes.size());
}

}  // namespace stet
