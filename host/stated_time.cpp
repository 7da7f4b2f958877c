#include "stated_time.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "utf8.hpp"

namespace stet {
namespace {

constexpr std::array<std::string_view, 12> months = {"january",   "february", "march",    "april",
                                                     "may",       "june",     "july",     "august",
                                                     "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 7> weekdays = {"monday", "tuesday",  "wednesday", "thursday",
                                                      "friday", "saturday", "sunday"};

std::string padded(int value, size_t width) {
  const std::string digits = std::to_string(value);
  return std::string(width - std::min(width, digits.size()), '0') + digits;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// 1-based place of the name that `word` is or abbreviates: by three letters, "Sept", "Tues", "Thurs"; 0 if
// none.
template <size_t N>
unsigned named(const std::array<std::string_view, N>& names, std::string_view word) {
  const std::string given = ascii_lower(word);
  const bool may_be_short =
      given.size() == 3 || given == "sept" || given == "tues" || given == "thur" || given == "thurs";
  for (unsigned i = 0; i < N; ++i)
    if (given == names[i] || (may_be_short && names[i].starts_with(given))) return i + 1;
  return 0;
}

struct Offset {
  bool known = false;
  std::string text;  // "Z", "+02:00"
};

// Takes a date and a time from the front of a text, piece by piece.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(trimmed(text)) {}

  bool done() const { return rest_.empty(); }
  void spaces() { rest_ = rest_.substr(std::min(rest_.find_first_not_of(" \t"), rest_.size())); }
  void separator() {
    take(".");
    take(",");
    spaces();
  }
  bool take(std::string_view literal) {
    if (!rest_.starts_with(literal)) return false;
    rest_.remove_prefix(literal.size());
    return true;
  }
  std::string_view word() {
    size_t size = 0;
    while (size < rest_.size() && is_letter(rest_[size])) ++size;
    const auto found = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return found;
  }
  // `least` to `most` digits with none behind them.
  std::optional<int> number(size_t least, size_t most) {
    size_t size = 0;
    while (size < rest_.size() && is_digit(rest_[size])) ++size;
    if (size < least || size > most) return std::nullopt;
    int value = 0;
    std::from_chars(rest_.data(), rest_.data() + size, value);
    rest_.remove_prefix(size);
    return value;
  }
  template <class Try>
  bool attempt(Try&& reads) {
    const auto before = rest_;
    if (reads()) return true;
    rest_ = before;
    return false;
  }

 private:
  std::string_view rest_;
};

struct Date {
  int year = 0, month = 0, day = 0;
  bool exists() const {
    using namespace std::chrono;
    return year >= 1 &&
           year_month_day{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                          std::chrono::day(static_cast<unsigned>(day))}
               .ok();
  }
};

bool read_figures(Reader& in, Date& date) {
  const auto year = in.number(4, 4);
  if (!year || !in.take("-")) return false;
  const auto month = in.number(1, 2);
  if (!month || !in.take("-")) return false;
  const auto day = in.number(1, 2);
  if (!day) return false;
  date = {*year, *month, *day};
  return true;
}

bool read_month(Reader& in, Date& date) {
  date.month = static_cast<int>(named(months, in.word()));
  in.take(".");
  return date.month != 0;
}

bool read_day(Reader& in, Date& date) {
  const auto day = in.number(1, 2);
  if (!day) return false;
  date.day = *day;
  for (std::string_view ordinal : {"st", "nd", "rd", "th"})
    if (in.take(ordinal)) break;
  return true;
}

void read_weekday(Reader& in) {
  in.attempt([&] {
    if (named(weekdays, in.word()) == 0) return false;
    in.separator();
    return true;
  });
}

bool read_day_and_month(Reader& in, Date& date) {
  const auto day_first = [&] {
    if (!read_day(in, date)) return false;
    in.spaces();
    return read_month(in, date);
  };
  const auto month_first = [&] {
    if (!read_month(in, date)) return false;
    in.spaces();
    return read_day(in, date);
  };
  return in.attempt(day_first) || in.attempt(month_first);
}

bool read_words(Reader& in, Date& date) {
  if (!read_day_and_month(in, date)) return false;
  in.separator();
  const auto year = in.number(4, 4);
  if (year) date.year = *year;
  return year.has_value();
}

bool read_date(Reader& in, Date& date) {
  read_weekday(in);
  return (in.attempt([&] { return read_figures(in, date); }) ||
          in.attempt([&] { return read_words(in, date); })) &&
         date.exists();
}

// "p.m." and its like turn the hour of a 12-hour clock; false if the hour does not fit one.
bool read_half_of_day(Reader& in, int& hour) {
  bool fits = true;
  in.attempt([&] {
    in.spaces();
    const auto half = ascii_lower(in.word());
    const bool dotted = (half == "a" || half == "p") && in.take(".") && ascii_lower(in.word()) == "m";
    if (dotted) in.take(".");
    if (!dotted && half != "am" && half != "pm") return false;
    fits = hour >= 1 && hour <= 12;
    hour = hour % 12 + (half[0] == 'p' ? 12 : 0);
    return true;
  });
  return fits;
}

struct Clock {
  int hour = 0, minute = 0, second = 0;
};

bool read_clock(Reader& in, Clock& clock) {
  const auto hour = in.number(1, 2);
  if (!hour || !in.take(":")) return false;
  const auto minute = in.number(2, 2);
  if (!minute) return false;
  clock = {*hour, *minute, 0};
  if (in.take(":")) {
    const auto second = in.number(2, 2);
    if (!second) return false;
    clock.second = *second;
    if (in.take(".") && !in.number(1, 9)) return false;
  }
  return read_half_of_day(in, clock.hour) && clock.hour <= 23 && clock.minute <= 59 && clock.second <= 59;
}

std::optional<std::string> read_figures_offset(Reader& in) {
  const bool east = in.take("+");
  if (!east && !in.take("-")) return std::nullopt;
  const auto figures = in.number(2, 4);
  if (!figures) return std::nullopt;
  int hours = *figures, minutes = 0;
  if (hours > 99) {
    minutes = hours % 100;
    hours /= 100;
  } else if (in.take(":")) {
    minutes = in.number(2, 2).value_or(99);
  }
  if (hours > 23 || minutes > 59) return std::nullopt;
  return (east ? '+' : '-') + padded(hours, 2) + ':' + padded(minutes, 2);
}

// What stands behind a time of day. A named zone is not resolved: summer time, and one abbreviation
// meaning several zones, leave its offset uncertain.
std::optional<Offset> read_offset(Reader& in) {
  in.spaces();
  if (in.done()) return Offset{};
  if (auto figures = read_figures_offset(in))
    return in.done() ? std::optional(Offset{true, *figures}) : std::nullopt;
  const auto zone = ascii_lower(in.word());
  if (zone.empty() || zone.size() > 5) return std::nullopt;
  if (in.done()) return Offset{zone == "z" || zone == "utc" || zone == "gmt", "Z"};
  if ((zone == "utc" || zone == "gmt"))
    if (auto figures = read_figures_offset(in); figures && in.done()) return Offset{true, *figures};
  in.spaces();
  return ascii_lower(in.word()) == "time" && in.done() ? std::optional(Offset{}) : std::nullopt;
}

std::string formatted(const Date& date) {
  return padded(date.year, 4) + '-' + padded(date.month, 2) + '-' + padded(date.day, 2);
}

std::string formatted(const Date& date, const Clock& clock, const std::string& offset) {
  return formatted(date) + 'T' + padded(clock.hour, 2) + ':' + padded(clock.minute, 2) + ':' +
         padded(clock.second, 2) + offset;
}

}  // namespace

std::optional<StatedTime> read_stated_time(std::string_view text) {
  Reader in(text);
  Date date;
  if (!read_date(in, date)) return std::nullopt;
  if (in.done()) return StatedTime{formatted(date), false};
  if (!in.take("T") && !in.take("t")) {
    in.separator();
    if (in.take("at")) in.spaces();
  }
  Clock clock;
  if (!read_clock(in, clock)) return std::nullopt;
  const auto offset = read_offset(in);
  if (!offset) return std::nullopt;
  if (!offset->known) return StatedTime{formatted(date), true};
  return StatedTime{formatted(date, clock, offset->text), false};
}

bool is_day_of_year(std::string_view text) {
  if (is_weekday(text)) return true;
  Reader in(text);
  Date date;
  read_weekday(in);
  if (!read_day_and_month(in, date) || !in.done()) return false;
  date.year = 2024;  // any leap year
  return date.exists();
}

bool is_weekday(std::string_view word) {
  if (word.ends_with(".")) word.remove_suffix(1);
  return named(weekdays, word) != 0;
}

bool is_month(std::string_view word) {
  if (word.ends_with(".")) word.remove_suffix(1);
  return named(months, word) != 0;
}

}  // namespace stet
