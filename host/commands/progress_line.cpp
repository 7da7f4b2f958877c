#include "progress_line.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <iostream>

namespace stet::commands {
namespace {

using namespace std::chrono_literals;

size_t columns() {
  winsize size{};
  return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

}  // namespace

ProgressLine::ProgressLine() : is_terminal_(isatty(STDERR_FILENO) == 1) {}

bool ProgressLine::is_due() const {
  return is_terminal_ && Clock::now() - last_ >= 100ms;
}

void ProgressLine::show(std::string text) {
  if (!is_terminal_) return;
  last_ = Clock::now();
  text.resize(std::min(text.size(), columns() - 1));
  std::cerr << "\r\x1b[K" << text << std::flush;  // to the line's start, and what stood there goes
  is_shown_ = true;
}

void ProgressLine::clear() {
  if (is_shown_) std::cerr << "\r\x1b[K" << std::flush;
  is_shown_ = false;
}

std::string bar(double fraction, unsigned width) {
  fraction = std::clamp(fraction, 0.0, 1.0);
  const auto done = static_cast<size_t>(fraction * width);
  std::string inside = std::string(done, '=') + (done < width ? ">" : "");
  inside.resize(width, ' ');
  return "[" + inside + "] " + std::to_string(static_cast<int>(fraction * 100)) + "%";
}

std::string duration(double seconds) {
  const auto s = static_cast<int64_t>(std::llround(seconds));
  if (s < 60) return std::to_string(s) + " s";
  if (s < 3600) return std::to_string(s / 60) + " min " + std::to_string(s % 60) + " s";
  return std::to_string(s / 3600) + " h " + std::to_string(s % 3600 / 60) + " min";
}

}  // namespace stet::commands
