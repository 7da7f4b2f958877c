#include "timestamp.hpp"

#include <charconv>
#include <chrono>
#include <ctime>
#include <stdexcept>

namespace stet {
namespace {

constexpr int64_t day_in_seconds = 86400;

// Reads fixed-width fields from the front of a text.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool number(size_t digits, int low, int high, int& out) {
    if (rest_.size() < digits) return false;
    for (char c : rest_.substr(0, digits))
      if (c < '0' || c > '9') return false;
    std::from_chars(rest_.data(), rest_.data() + digits, out);
    rest_.remove_prefix(digits);
    return out >= low && out <= high;
  }
  bool character(std::string_view any_of) {
    if (rest_.empty() || any_of.find(rest_[0]) == std::string_view::npos) return false;
    last_ = rest_[0];
    rest_.remove_prefix(1);
    return true;
  }
  void fraction() {
    if (!character(".")) return;
    while (character("0123456789")) {
    }
  }
  char last() const { return last_; }
  bool done() const { return rest_.empty(); }

 private:
  std::string_view rest_;
  char last_ = 0;
};

}  // namespace

std::optional<int64_t> parse_timestamp(std::string_view text) {
  using namespace std::chrono;
  Reader in(text);
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, offset = 0;
  if (!in.number(4, 1, 9999, year) || !in.character("-") || !in.number(2, 1, 12, month) ||
      !in.character("-") || !in.number(2, 1, 31, day))
    return std::nullopt;
  const year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                            std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  if (!in.done()) {
    if (!in.character("Tt ") || !in.number(2, 0, 23, hour) || !in.character(":") ||
        !in.number(2, 0, 59, minute) || !in.character(":") || !in.number(2, 0, 60, second))
      return std::nullopt;
    in.fraction();
    if (!in.character("Zz+-")) return std::nullopt;
    if (const char sign = in.last(); sign == '+' || sign == '-') {
      int hours, minutes;
      if (!in.number(2, 0, 23, hours) || !in.character(":") || !in.number(2, 0, 59, minutes))
        return std::nullopt;
      offset = (hours * 60 + minutes) * (sign == '+' ? 60 : -60);
    }
    if (!in.done()) return std::nullopt;
  }
  const int64_t days = sys_days(date).time_since_epoch().count();
  const int64_t time = days * day_in_seconds + hour * 3600 + minute * 60 + second - offset;
  return has_timestamp(time) ? std::optional(time) : std::nullopt;
}

bool has_timestamp(int64_t unix_seconds) {
  using namespace std::chrono;
  constexpr sys_seconds first = sys_days(year(1) / 1 / 1), end = sys_days(year(10000) / 1 / 1);
  return unix_seconds >= first.time_since_epoch().count() && unix_seconds < end.time_since_epoch().count();
}

std::string format_timestamp(int64_t unix_seconds) {
  using namespace std::chrono;
  if (!has_timestamp(unix_seconds))
    throw std::runtime_error("the time " + std::to_string(unix_seconds) +
                             " (seconds since 1970) is not of the years 1 to 9999");
  const sys_seconds at{seconds(unix_seconds)};
  const auto day = floor<days>(at);
  const year_month_day date(day);
  const hh_mm_ss clock(at - day);
  char out[40];
  std::snprintf(out, sizeof out, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return out;
}

int64_t now() {
  return std::time(nullptr);
}

bool far_ahead(int64_t observed, int64_t now) {
  return observed > now + day_in_seconds;
}

}  // namespace stet
