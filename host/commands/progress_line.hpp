// One line on stderr that says how far a long command is, and nothing where stderr is no terminal.
#pragma once

#include <chrono>
#include <string>

namespace stet::commands {

// One thread at a time.
class ProgressLine {
 public:
  ProgressLine();
  ~ProgressLine() { clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // Whether it is time for a new line: ten times a second are enough. Never without a terminal.
  bool is_due() const;
  void show(std::string text);  // cut to the terminal's width
  void clear();                 // before anything else is written to stderr

 private:
  using Clock = std::chrono::steady_clock;
  bool is_terminal_, is_shown_ = false;
  Clock::time_point last_{};
};

// "[=====>    ] 52%", with `width` characters between the brackets.
std::string bar(double fraction, unsigned width);

// "7 s", "3 min 20 s", "2 h 5 min".
std::string duration(double seconds);

}  // namespace stet::commands
