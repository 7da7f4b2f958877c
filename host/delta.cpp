// The format (git's documentation, gitformat-pack(5)): the sizes of base and target, seven bits a byte
// with the lowest first; then operations. A byte with its top bit set copies: its low four bits say which
// bytes of an offset follow, the next three which bytes of a size, lowest first, and a size of 0 means
// 65536. Any other byte but 0 is the number of new bytes that follow it.
#include "delta.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <vector>

namespace stet {
namespace {

constexpr size_t block = 8;
constexpr size_t longest_copy = 0x10000, longest_literal = 127;
// An operation that copies costs some bytes, of which deflate saves little. So a copy is not taken when one
// that is `longer` begins up to `patience` bytes later, unless it is long itself; and one that goes on where
// the last one ended is worth as much as a `longer` one.
constexpr size_t longer = 3, patience = 8, long_enough = 32;

size_t common_start(std::string_view a, std::string_view b) {
  const size_t most = std::min(a.size(), b.size());
  size_t n = 0;
  while (n + 8 <= most && std::memcmp(a.data() + n, b.data() + n, 8) == 0) n += 8;
  while (n < most && a[n] == b[n]) ++n;
  return n;
}

size_t common_end(std::string_view a, std::string_view b) {
  const size_t most = std::min(a.size(), b.size());
  size_t n = 0;
  while (n + 8 <= most && std::memcmp(a.data() + a.size() - n - 8, b.data() + b.size() - n - 8, 8) == 0)
    n += 8;
  while (n < most && a[a.size() - 1 - n] == b[b.size() - 1 - n]) ++n;
  return n;
}

// Where the blocks of a text stand. Of blocks that share a slot the first is kept, so that text which
// repeats itself costs no more than other text. There are several slots a block: most blocks that are looked
// for are nowhere, and an empty slot says so without a look at the text.
class BlockTable {
 public:
  explicit BlockTable(std::string_view text)
      : shift_(64 - static_cast<int>(std::bit_width(text.size() / block | 1)) - 2),
        slots_(size_t{1} << (64 - shift_)) {
    for (size_t at = 0; at + block <= text.size(); at += block) {
      auto& found = slots_[slot(text.data() + at)];
      if (found == 0) found = static_cast<uint32_t>(at + 1);
    }
  }
  // The offset plus 1, or 0, of what may be the same block.
  uint32_t find(const char* at) const { return slots_[slot(at)]; }

 private:
  size_t slot(const char* at) const {
    uint64_t bytes = 0;
    static_assert(sizeof bytes == block);
    std::memcpy(&bytes, at, sizeof bytes);
    return bytes * 0x9e3779b97f4a7c15 >> shift_;
  }

  int shift_;
  std::vector<uint32_t> slots_;
};

struct Copy {
  size_t from = 0, size = 0;
};

// Finds what a base has of a target's bytes.
class Copies {
 public:
  explicit Copies(std::string_view base) : base_(base), table_(base) {}

  // What is at hand for the target from `at` on: what stands where the last copy would go on, or else the
  // first that begins with the same block.
  Copy find(std::string_view target, size_t at) const {
    const Copy found = find_block(target.substr(at));
    const size_t from = at + shift_;  // may be far beyond the base's end
    if (from >= base_.size()) return found;
    const size_t size = common_start(base_.substr(from), target.substr(at));
    return size >= block && size > found.size + longer ? Copy{from, size} : found;
  }

  bool is_longer_soon(std::string_view target, size_t at, size_t size) const {
    if (size >= long_enough) return false;
    for (size_t later = at + 1; later <= at + patience && later + block <= target.size(); ++later)
      if (find_block(target.substr(later, size + longer)).size == size + longer) return true;
    return false;
  }

  void took(const Copy& copy, size_t at) { shift_ = copy.from - at; }

 private:
  Copy find_block(std::string_view target) const {
    if (target.size() < block) return {};
    const size_t found = table_.find(target.data());
    if (found == 0) return {};
    const size_t size = common_start(base_.substr(found - 1), target);
    return size < block ? Copy{} : Copy{found - 1, size};
  }

  std::string_view base_;
  BlockTable table_;
  size_t shift_ = 0;  // from the target to the base, modulo 2^64
};

class DeltaWriter {
 public:
  DeltaWriter(size_t base_size, size_t target_size, size_t limit) : limit_(limit) {
    write_size(base_size);
    write_size(target_size);
  }

  void literal(std::string_view bytes) {
    for (; !bytes.empty() && fits(); bytes.remove_prefix(std::min(longest_literal, bytes.size()))) {
      out_ += static_cast<char>(std::min(longest_literal, bytes.size()));
      out_ += bytes.substr(0, longest_literal);
    }
  }

  void copy(size_t offset, size_t size) {
    for (; size > 0 && fits(); offset += longest_copy) {
      const size_t part = std::min(size, longest_copy);
      copy_part(offset, part == longest_copy ? 0 : part);
      size -= part;
    }
  }

  bool fits() const { return out_.size() <= limit_; }
  std::string take() { return std::move(out_); }

 private:
  void write_size(size_t size) {
    for (; size >= 0x80; size >>= 7) out_ += static_cast<char>(size | 0x80);
    out_ += static_cast<char>(size);
  }

  void copy_part(size_t offset, size_t size) {
    const size_t operation = out_.size();
    unsigned char which = 0x80;
    out_ += '\0';
    write_bytes(offset, 4, 0x01, which);
    write_bytes(size, 2, 0x10, which);
    out_[operation] = static_cast<char>(which);
  }

  void write_bytes(size_t value, int most, unsigned first_bit, unsigned char& which) {
    for (int i = 0; i < most; ++i)
      if (const auto byte = static_cast<char>(value >> 8 * i)) {
        which |= static_cast<unsigned char>(first_bit << i);
        out_ += byte;
      }
  }

  size_t limit_;
  std::string out_;
};

// What stands between a common start and a common end; `offset` is where `base` begins in the whole.
void write_middle(std::string_view base, std::string_view target, size_t offset, DeltaWriter& out) {
  if (base.size() < block || target.size() < block) return out.literal(target);
  Copies copies(base);
  size_t written = 0;
  for (size_t at = 0; at < target.size() && out.fits();) {
    const Copy copy = copies.find(target, at);
    if (copy.size == 0 || copies.is_longer_soon(target, at, copy.size)) {
      ++at;
      continue;
    }
    const size_t before = common_end(base.substr(0, copy.from), target.substr(written, at - written));
    out.literal(target.substr(written, at - before - written));
    out.copy(offset + copy.from - before, before + copy.size);
    copies.took(copy, at);
    written = at = at + copy.size;
  }
  out.literal(target.substr(written));
}

class DeltaReader {
 public:
  explicit DeltaReader(std::string_view delta) : rest_(delta) {}

  size_t size() {
    size_t size = 0;
    for (int shift = 0;; shift += 7) {
      const auto byte = number();
      if (shift > 56) fail();
      size |= static_cast<size_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return size;
    }
  }

  bool at_end() const { return rest_.empty(); }

  // What the next operation adds.
  std::string_view next(std::string_view base) {
    const auto operation = number();
    if (operation >= 0x80) return copied(base, operation);
    if (operation == 0 || operation > rest_.size()) fail();
    const auto bytes = rest_.substr(0, operation);
    rest_.remove_prefix(operation);
    return bytes;
  }

  [[noreturn]] static void fail() { throw std::runtime_error("the delta is damaged"); }

 private:
  unsigned number() {
    if (rest_.empty()) fail();
    const auto byte = static_cast<unsigned char>(rest_[0]);
    rest_.remove_prefix(1);
    return byte;
  }

  std::string_view copied(std::string_view base, unsigned operation) {
    size_t offset = 0, size = 0;
    for (int i = 0; i < 4; ++i)
      if (operation & 0x01u << i) offset |= static_cast<size_t>(number()) << 8 * i;
    for (int i = 0; i < 3; ++i)
      if (operation & 0x10u << i) size |= static_cast<size_t>(number()) << 8 * i;
    if (size == 0) size = longest_copy;
    if (offset > base.size() || size > base.size() - offset) fail();
    return base.substr(offset, size);
  }

  std::string_view rest_;
};

}  // namespace

std::string apply_delta(std::string_view base, std::string_view delta, size_t limit) {
  DeltaReader reader(delta);
  if (reader.size() != base.size()) throw std::runtime_error("the delta is for another base");
  const size_t size = reader.size();
  if (size > limit) throw std::runtime_error("the delta makes an object beyond all measure");
  std::string out;
  out.reserve(size);
  while (!reader.at_end()) {
    const auto bytes = reader.next(base);
    if (bytes.size() > size - out.size()) DeltaReader::fail();
    out += bytes;
  }
  if (out.size() != size) DeltaReader::fail();
  return out;
}

std::optional<std::string> make_delta(std::string_view base, std::string_view target, size_t limit) {
  if (base.size() > max_delta_bytes || target.size() > max_delta_bytes) return std::nullopt;
  DeltaWriter out(base.size(), target.size(), limit);
  const size_t start = common_start(base, target);
  const size_t end = common_end(base.substr(start), target.substr(start));
  out.copy(0, start);
  write_middle(base.substr(start, base.size() - start - end),
               target.substr(start, target.size() - start - end), start, out);
  out.copy(base.size() - end, end);
  if (!out.fits()) return std::nullopt;
  return out.take();
}

}  // namespace stet
