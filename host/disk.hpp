// Files that have to be there, whole, after a kill or a power cut. All that changes the disk while a
// ledger is written goes through here, a step at a time, so that a test can stop it at any of them.
//
// Errors are std::runtime_error("FILE: what failed: reason").
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "descriptor.hpp"

namespace stet {

// Called before every step with what it does ("create", "write", "sync", "rename", "remove") and the
// file. It may throw: a std::errc, as if the system had refused the step for this reason, or an error of its
// own. Or it may end the process.
using BeforeStep = std::function<void(std::string_view step, const std::filesystem::path& file)>;

class Disk {
 public:
  explicit Disk(BeforeStep before = {}) : before_(std::move(before)) {}

  void before(std::string_view step, const std::filesystem::path& file) const;
  void rename(const std::filesystem::path& from, const std::filesystem::path& to) const;
  void sync_folder(const std::filesystem::path& folder) const;
  void remove(const std::filesystem::path& file) const;  // it need not be there

 private:
  BeforeStep before_;
};

// A file that this process makes, and that goes when it is not renamed. Written in large pieces.
class NewFile {
 public:
  // Fails if the file is there already. `mode` as for open(2). `disk` must outlive this.
  NewFile(const Disk& disk, std::filesystem::path file, unsigned mode);
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  void write(std::string_view bytes);  // at the end
  // Over bytes that were written and flushed.
  void write_at(uint64_t offset, std::string_view bytes);
  void flush();
  // Flushes, and has the system begin to write: of files for which all have begun, the first that is synced
  // takes the others along. No promise.
  void start_sync();
  void sync();                                          // flushes too
  void rename_to(const std::filesystem::path& target);  // after sync(); nothing can be written any more

  uint64_t size() const { return size_; }
  // Hands the bytes that were flushed to `take`, from the first to the last.
  void read_back(const std::function<void(std::string_view)>& take) const;

 private:
  void write_all(std::string_view bytes, uint64_t offset) const;

  const Disk& disk_;
  std::filesystem::path file_;
  Descriptor fd_;
  std::string buffer_;
  uint64_t size_ = 0;
  bool renamed_ = false;
};

}  // namespace stet
