// std::cout, for programs whose results are kept: no result is lost without a word because a disk is full.
#pragma once

#include <array>
#include <streambuf>

namespace stet::commands {

// What std::cout is written through while it lives. After the first fault std::cout is bad, and what is
// written to it goes nowhere.
class StandardOutput : std::streambuf {
 public:
  StandardOutput();
  ~StandardOutput() override;
  StandardOutput(const StandardOutput&) = delete;
  StandardOutput& operator=(const StandardOutput&) = delete;

  // Writes what is left. 0, or the errno of the first fault.
  int finish();

 private:
  int_type overflow(int_type character) override;
  int sync() override;

  std::array<char, 1 << 16> buffer_;
  std::streambuf* before_;
  int error_ = 0;
};

// A file that is opened must not get the number of a standard stream that the caller has closed: results
// would be written into it. Reading or writing such a stream fails.
void occupy_standard_streams();

}  // namespace stet::commands
