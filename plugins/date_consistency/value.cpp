#include "value.hpp"

namespace {

std::string padded(int64_t value, int width) {
  std::string digits = std::to_string(value);
  while (static_cast<int>(digits.size()) < width) digits.insert(digits.begin(), '0');
  return digits;
}

std::string year_text(int year) {
  return year > 0 ? padded(year, 4) : "XXXX";
}

struct Scale {
  char letter;
  bool clock;
  int factor;
};

Scale scale_of(Unit unit) {
  switch (unit) {
    case Unit::second: return {'S', true, 1};
    case Unit::minute: return {'M', true, 1};
    case Unit::hour: return {'H', true, 1};
    case Unit::week: return {'W', false, 1};
    case Unit::fortnight: return {'W', false, 2};
    case Unit::weekend: return {'D', false, 2};
    case Unit::month: return {'M', false, 1};
    case Unit::quarter:
    case Unit::season: return {'M', false, 3};
    case Unit::half: return {'M', false, 6};
    case Unit::year: return {'Y', false, 1};
    case Unit::decade: return {'Y', false, 10};
    case Unit::century: return {'Y', false, 100};
    default: return {'D', false, 1};
  }
}

// One unit in the next smaller one, where a half of it is an everyday thing to say.
struct Smaller {
  char letter;
  int count;
};
Smaller smaller(char letter, bool clock) {
  if (clock && letter == 'H') return {'M', 60};
  if (clock && letter == 'M') return {'S', 60};
  if (!clock && letter == 'Y') return {'M', 12};
  return {' ', 0};
}

std::string counted(int64_t hundredths, const Scale& s) {
  const int64_t total = hundredths * s.factor;
  const int64_t whole = total / 100, part = total % 100;
  if (part == 0) return std::to_string(whole) + s.letter;
  const Smaller next = smaller(s.letter, s.clock);
  if (part == 50 && next.count) {
    const std::string half = std::to_string(next.count / 2) + next.letter;
    return whole ? std::to_string(whole) + s.letter + half : half;
  }
  const std::string digits = part % 10 ? padded(part, 2) : std::to_string(part / 10);
  return std::to_string(whole) + "." + digits + s.letter;
}

const char* part_value(Part part) {
  switch (part) {
    case Part::dawn:
    case Part::morning: return "TMO";
    case Part::midday: return "TMI";
    case Part::afternoon: return "TAF";
    case Part::evening: return "TEV";
    case Part::night: return "TNI";
    case Part::daytime: return "TDT";
    default: return "";
  }
}

}  // namespace

std::string date_value(int year, int month, int day) {
  std::string out = year_text(year);
  if (month)
    out += "-" + padded(month, 2);
  else if (day)
    out += "-XX";
  if (day) out += "-" + padded(day, 2);
  return out;
}

std::string quarter_value(int year, int quarter) {
  return year_text(year) + "-Q" + std::to_string(quarter);
}
std::string half_value(int year, int half) {
  return year_text(year) + "-H" + std::to_string(half);
}

std::string season_value(int year, Season season) {
  static constexpr const char* names[] = {"", "-SP", "-SU", "-FA", "-WI"};
  return year_text(year) + names[static_cast<int>(season)];
}

std::string week_value(const calendar::Day& day) {
  const auto week = calendar::iso_week(day);
  return year_text(week.year) + "-W" + padded(week.week, 2);
}

std::string weekend_value(const calendar::Day& day) {
  return week_value(day) + "-WE";
}
std::string decade_value(int year) {
  return padded(year / 10, 3);
}
std::string century_value(int year) {
  return padded(year / 100, 2);
}

std::string amount_value(const Amount& amount, const Amount& remainder) {
  const Scale s = scale_of(amount.unit);
  if (amount.vague) {
    if (amount.unit == Unit::decade) return "PXDE";
    if (amount.unit == Unit::century) return "PXCE";
    return std::string(s.clock ? "PTX" : "PX") + s.letter;
  }
  std::string out;
  if (amount.hundredths == 50 && s.letter == 'D')
    out = "PT12H";
  else
    out = (s.clock ? "PT" : "P") + counted(amount.hundredths, s);
  if (remainder.unit != Unit::none) {
    const Scale rest = scale_of(remainder.unit);
    if (rest.clock && !s.clock) out += "T";
    out += counted(remainder.hundredths, rest);
  }
  return out;
}

std::string clock_value(const Clock& clock) {
  if (clock.hour < 0) return part_value(clock.part);
  std::string out = "T" + padded(clock.hour, 2) + ":" + padded(clock.minute < 0 ? 0 : clock.minute, 2);
  if (clock.second >= 0) out += ":" + padded(clock.second, 2);
  return out;
}

const char* mod_name(Mod mod) {
  static constexpr const char* names[] = {
      "",          "START",         "MID",           "END",    "APPROX", "MORE_THAN",
      "LESS_THAN", "EQUAL_OR_MORE", "EQUAL_OR_LESS", "BEFORE", "AFTER"};
  return names[static_cast<int>(mod)];
}

const char* type_name(Type type) {
  static constexpr const char* names[] = {"DATE", "TIME", "DURATION", "SET"};
  return names[static_cast<int>(type)];
}
