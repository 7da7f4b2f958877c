// Text for a terminal: words wrapped to its width, everything through visible().
#pragma once

#include <string>
#include <string_view>

#include "../finding.hpp"

namespace stet {

namespace style {
inline constexpr std::string_view bold = "\x1b[1m", red = "\x1b[1;31m", magenta = "\x1b[1;35m",
                                  cyan = "\x1b[1;36m", green = "\x1b[32m", faint = "\x1b[2m",
                                  plain = "\x1b[0m";
}

// Writes words one after the other, each with its style, and begins a new line, indented, where one would
// not fit. Appends to `out`, which is borrowed.
class Lines {
 public:
  static constexpr unsigned indent = 4;
  static constexpr unsigned narrowest = 20;  // a smaller width than this cannot be kept

  // `width` 0 is no limit.
  Lines(std::string& out, unsigned width, bool colour) : out_(out), width_(width), colour_(colour) {}

  // How far lines that continue this one are indented, from here on.
  void hang(unsigned columns) { hang_ = columns; }

  void words(std::string_view text, std::string_view style = {});
  // Takes the text as it is, blanks included, and never wraps it.
  void exact(std::string_view text, std::string_view style = {});
  void end();

  // A range of `text` in its line, with a caret under it, indented by `margin`.
  void excerpt(std::string_view text, Range range, unsigned margin);

 private:
  void word(std::string_view text, std::string_view style);
  void broken(std::string_view text, std::string_view style);
  void by_glyph(std::string_view text, std::string_view style);
  void new_line();
  void styled(std::string_view text, std::string_view style);

  std::string& out_;
  unsigned width_;
  bool colour_;
  unsigned hang_ = indent;
  unsigned used_ = 0;
  bool blank_due_ = false;
};

}  // namespace stet
