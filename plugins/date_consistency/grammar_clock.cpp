#include "grammar.hpp"
#include "numbers.hpp"

namespace {

bool opens_time(Key k) {
  switch (k) {
    case Key::at:
    case Key::by:
    case Key::until:
    case Key::from:
    case Key::about:
    case Key::between:
    case Key::since:
    case Key::before:
    case Key::after:
    case Key::to:
    case Key::and_: return true;
    default: return false;
  }
}

std::size_t zone(const Reader& r, std::size_t i, Clock& clock) {
  if (r.key(i) != Key::zone || !r.next(i).has(Token::capital)) return i;
  clock.zone = r.word(i).zone_minutes;
  return i + 1;
}

bool two_digit_part(const Reader& r, std::size_t i) {
  return r.sign(i, ':') && r.touches(i) && r.touches(i + 1) && r.plain_number(i + 1) &&
         r[i + 1].digits == 2 && r[i + 1].value < 60;
}

bool is_half_day(Key k) {
  return k == Key::am || k == Key::pm;
}

// "in the afternoon", "at night" after an hour on a clock face: twelve hours to add or not, and the token
// after.
struct HalfDay {
  bool given = false, second = false;
  std::size_t limit = 0;
};
HalfDay half_day_in_words(const Reader& r, std::size_t i) {
  if (r.key(i) == Key::at && r.word(i + 1).part == Part::night) return {true, true, i + 2};
  const Part part = r.key(i) == Key::in && r.key(i + 1) == Key::the ? r.word(i + 2).part : Part::none;
  if (part == Part::morning) return {true, false, i + 3};
  if (part == Part::afternoon || part == Part::evening) return {true, true, i + 3};
  return {};
}

// "8.30 p.m.", as the British write it.
bool is_dotted(const Reader& r, std::size_t i) {
  const Token& t = r.next(i);
  return t.kind == Token::number && t.has(Token::decimal) && !(t.flags & (Token::grouped | Token::glued)) &&
         t.digits <= 2 && t.fraction < 60 && is_half_day(r.key(i + 1));
}

// "half past two", "a quarter to nine", "ten minutes past 9": the minutes and the token of the hour; 0 if
// none.
struct Past {
  int minutes = 0;  // negative: to the hour
  std::size_t hour = 0;
};
Past minutes_past(const Reader& r, std::size_t i) {
  std::size_t at = r.key(i) == Key::a ? i + 1 : i;
  int minutes = 0;
  if (r.key(at) == Key::half)
    minutes = 30;
  else if (r.word(at).unit == Unit::quarter && !r.word(at).plural)
    minutes = 15;
  else if (r.plain_number(at) && r[at].value < 60)
    minutes = r[at].value;
  else
    minutes = r.word(at).cardinal;
  if (minutes < 1) return {};
  const bool quarter = r.word(at).unit == Unit::quarter;
  ++at;
  const bool named = r.word(at).unit == Unit::minute;
  if (named) ++at;
  if (r.key(at) == Key::past) return {minutes, at + 1};
  const bool to = r.key(at) == Key::to && (named || quarter) && minutes < 30;
  return to ? Past{-minutes, at + 1} : Past{};
}

std::size_t clock_in_words(const Reader& r, std::size_t i, Clock& clock) {
  const Past past = minutes_past(r, i);
  if (!past.hour) return i;
  int hour = r.plain_number(past.hour) ? r[past.hour].value : r.word(past.hour).cardinal;
  if (r.key(past.hour) == Key::noon) hour = 12;
  if (r.key(past.hour) == Key::midnight) hour = 24;
  if (hour < 1 || hour > 24) return i;
  std::size_t limit = past.hour + 1;
  if (r.key(limit) == Key::oclock) ++limit;
  const HalfDay words = half_day_in_words(r, limit);
  if (is_half_day(r.key(limit)) && hour <= 12) {
    hour = hour % 12 + (r.key(limit) == Key::pm ? 12 : 0);
    ++limit;
  } else if (words.given && hour <= 12) {
    hour = hour % 12 + (words.second ? 12 : 0);
    limit = words.limit;
  }
  const int minutes = hour * 60 + past.minutes;
  clock.hour = static_cast<int8_t>(minutes / 60 % 24);
  clock.minute = static_cast<int8_t>(minutes % 60);
  return limit;
}

// "7:15 p.m. EST", "5pm", "19:15", "10 o'clock", "3:15 in the afternoon".
std::size_t hour_and_minute(const Reader& r, std::size_t i, Clock& clock) {
  int hour = r.plain_number(i) && r[i].digits <= 2 && !r[i].has(Token::ordinal) ? r[i].value : -1;
  if (is_dotted(r, i)) {
    hour = r[i].value;
    clock.minute = static_cast<int8_t>(r[i].fraction);
  }
  if (hour < 0 && r.word(i).cardinal >= 1 && r.word(i).cardinal <= 12) hour = r.word(i).cardinal;
  if (hour < 0 || hour > 24) return i;
  std::size_t at = i + 1;
  const bool minutes = two_digit_part(r, at);
  if (minutes) {
    clock.minute = static_cast<int8_t>(r[at + 1].value);
    at += 2;
    if (two_digit_part(r, at)) {
      clock.second = static_cast<int8_t>(r[at + 1].value);
      at += 2;
    }
  }
  const Key half_day = r.key(at);
  bool sure = false;
  const bool opened =
      i > 0 && opens_time(r.key(i - 1)) && r.key(i - 1) != Key::and_ && r.key(i - 1) != Key::to;
  const HalfDay words = half_day_in_words(r, half_day == Key::oclock ? at + 1 : at);
  if (words.given && (minutes || half_day == Key::oclock || opened) && hour >= 1 && hour <= 12) {
    hour = hour % 12 + (words.second ? 12 : 0);
    sure = true;
    at = words.limit;
  } else if (is_half_day(half_day) && hour >= 1 && hour <= 12) {
    hour = hour % 12 + (half_day == Key::pm ? 12 : 0);
    sure = true;
    ++at;
  } else if (half_day == Key::oclock) {
    sure = true;
    ++at;
  }
  const std::size_t zoned = zone(r, at, clock);
  if (!sure && !(minutes && (zoned > at || (i > 0 && opens_time(r.key(i - 1)))))) return i;
  clock.hour = static_cast<int8_t>(hour);
  if (clock.minute < 0) clock.minute = 0;
  return zoned;
}

std::size_t noon_or_midnight(const Reader& r, std::size_t i, Clock& clock) {
  if (r.key(i) != Key::noon && r.key(i) != Key::midnight) return i;
  if (r.next(i).has(Token::capital) && i > 0 && r[i - 1].kind == Token::word) return i;
  clock.hour = r.key(i) == Key::noon ? 12 : 24;
  clock.minute = 0;
  return zone(r, i + 1, clock);
}

bool may_carry_time(const Expression& e) {
  if (e.type != Type::date || e.has_clock()) return false;
  if (e.form == Form::shift || e.form == Form::anaphor) return e.unit == Unit::day;
  return e.form == Form::calendar && (e.day || e.weekday || e.holiday != Holiday::none);
}

Reading day_at(const Reader& r, std::size_t i) {
  const Reading best = longest(r, i, {read_calendar, read_relative});
  return best && may_carry_time(*best) ? best : Reading();
}

Reading time_alone(const Clock& clock, std::size_t limit) {
  Expression e = reading(Form::shift, limit, Type::time);
  e.form = Form::anaphor;
  e.unit = Unit::day;
  e.clock = clock;
  return e;
}

// "5 p.m. EST Nov. 9", "noon Saturday", "10:30 a.m."
Reading clock_time(const Reader& r, std::size_t i) {
  Clock clock;
  std::size_t at = hour_and_minute(r, i, clock);
  if (at == i) at = noon_or_midnight(r, i, clock);
  if (at == i) at = clock_in_words(r, i, clock);
  if (at == i) return std::nullopt;
  const std::size_t date = r.key(at) == Key::on || r.sign(at, ',') ? at + 1 : at;
  if (Reading e = day_at(r, date); e && (date == at || e->day || (e->weekday && r.key(at) == Key::on))) {
    e->clock = clock;
    e->type = Type::time;
    return e;
  }
  return time_alone(clock, at);
}

// "Friday night", "Christmas morning", "early Tuesday evening".
Reading day_with_part(const Reader& r, std::size_t i) {
  Reading e = day_at(r, i);
  if (!e) return std::nullopt;
  const Word& word = r.word(e->limit);
  if (word.part == Part::none || word.plural) return std::nullopt;
  e->clock.part = word.part;
  e->type = Type::time;
  ++e->limit;
  return e;
}

// "the night of 9 May", "the morning", "mid-afternoon yesterday".
Reading part_of_day(const Reader& r, std::size_t i) {
  const bool article = r.key(i) == Key::the;
  const std::size_t at = article ? i + 1 : i;
  const Word& word = r.word(at);
  if (word.part == Part::none || word.plural) return std::nullopt;
  const std::size_t date = r.key(at + 1) == Key::of ? at + 2 : at + 1;
  if (Reading e = day_at(r, date); e && (article || date == at + 1)) {
    e->clock.part = word.part;
    e->type = Type::time;
    return e;
  }
  const bool in = i > 0 && (r.key(i - 1) == Key::in || r.key(i - 1) == Key::during);
  if (!article || !in || word.part == Part::night || r.key(at + 1) == Key::of) return std::nullopt;
  Clock clock;
  clock.part = word.part;
  return time_alone(clock, at + 1);
}

}  // namespace

Reading read_clock(const Reader& r, std::size_t i) {
  return longest(r, i, {clock_time, day_with_part, part_of_day});
}
