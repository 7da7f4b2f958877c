#include "pack_check.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <vector>

#include "descriptor.hpp"
#include "digest.hpp"

namespace stet {
namespace {

namespace fs = std::filesystem;

constexpr size_t checksum_bytes = 20;
constexpr size_t chunk_bytes = 64u << 10;

// The last bytes of a file, and SHA-1 of what stands before its checksum.
struct Sum {
  std::string end;  // two checksums
  std::string computed;
  bool holds() const { return end.substr(checksum_bytes) == computed; }
};

class Reader {
 public:
  explicit Reader(const fs::path& file) try : fd_(open_regular(file)) {
  } catch (const std::system_error& e) {
    throw std::runtime_error("cannot be read: " + e.code().message());
  } catch (const std::runtime_error&) {
    throw std::runtime_error("is not a regular file");
  }
  // Appends what comes next; false at the end.
  bool append_to(std::string& bytes) const {
    const size_t have = bytes.size();
    bytes.resize(have + chunk_bytes);
    ssize_t n = 0;
    while ((n = read(fd_.get(), bytes.data() + have, chunk_bytes)) < 0 && errno == EINTR) continue;
    if (n < 0) throw std::runtime_error(std::string("cannot be read: ") + std::strerror(errno));
    bytes.resize(have + static_cast<size_t>(n));
    return n > 0;
  }

 private:
  Descriptor fd_;
};

// Hashed when it is sure that a checksum follows; one more checksum is kept for what an index says of its
// pack.
Sum sum_of(const fs::path& file) {
  const Reader reader(file);
  Sha1 sha1;
  std::string bytes;
  size_t hashed = 0;
  while (reader.append_to(bytes)) {
    if (bytes.size() < 2 * checksum_bytes) continue;
    const size_t sure = bytes.size() - checksum_bytes;
    sha1.update(std::string_view(bytes).substr(hashed, sure - hashed));
    bytes.erase(0, sure - checksum_bytes);
    hashed = checksum_bytes;
  }
  if (bytes.size() < 2 * checksum_bytes) throw std::runtime_error("is cut short");
  const auto digest = sha1.finish();
  return {std::move(bytes), {reinterpret_cast<const char*>(digest.data()), digest.size()}};
}

class Checker {
 public:
  explicit Checker(const std::function<void(const std::string&, const std::string&)>& found)
      : found_(found) {}

  void pair(const fs::path& pack, const fs::path& index) const {
    const auto pack_sum = sum(pack), index_sum = sum(index);
    if (pack_sum && index_sum && pack_sum->holds() && index_sum->holds() &&
        index_sum->end.substr(0, checksum_bytes) != pack_sum->computed)
      say(index, "is the index of another pack");
  }

 private:
  std::optional<Sum> sum(const fs::path& file) const try {
    Sum sum = sum_of(file);
    if (!sum.holds()) say(file, "does not match the checksum at its end");
    return sum;
  } catch (const std::runtime_error& e) {
    say(file, e.what());
    return std::nullopt;
  }

  void say(const fs::path& file, const std::string& fault) const {
    found_("objects/pack/" + file.filename().string(), fault);
  }

  const std::function<void(const std::string&, const std::string&)>& found_;
};

}  // namespace

std::vector<fs::path> packs_of(const fs::path& objects) {
  std::error_code none;
  std::vector<fs::path> packs;
  for (const auto& file : fs::directory_iterator(objects / "pack", none))
    if (file.path().extension() == ".pack" && fs::exists(fs::path(file.path()).replace_extension(".idx")))
      packs.push_back(file.path());
  std::sort(packs.begin(), packs.end());
  return packs;
}

// Whether it is a matter of the ledger is not known then.
void demand_readable(const fs::path& objects) {
  const auto refuse = [](const fs::path& file, const std::error_code& error) {
    if (error == std::errc::permission_denied || error == std::errc::operation_not_permitted)
      throw std::runtime_error(file.string() + ": cannot be read: " + error.message());
  };
  std::error_code error;
  fs::directory_iterator(objects / "pack", error);
  refuse(objects / "pack", error);
  for (const auto& pack : packs_of(objects))
    for (const auto& file : {pack, fs::path(pack).replace_extension(".idx")}) try {
        open_regular(file);
      } catch (const std::system_error& e) {
        refuse(file, e.code());
      } catch (const std::runtime_error&) {  // which is the ledger's fault
      }
}

uint64_t check_pack(const fs::path& pack,
                    const std::function<void(const std::string&, const std::string&)>& found) {
  const fs::path index = fs::path(pack).replace_extension(".idx");
  std::error_code none;
  if (!fs::exists(pack, none)) return 0;  // another process has put its objects into other packs
  Checker(found).pair(pack, index);
  uint64_t bytes = 0;
  for (const auto& file : {pack, index})
    if (const auto size = fs::file_size(file, none); !none) bytes += size;
  return bytes;
}

}  // namespace stet
