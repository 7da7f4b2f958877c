#include <algorithm>

#include "grammar.hpp"
#include "numbers.hpp"

namespace {

bool introduces_date(Key k) {
  switch (k) {
    case Key::in:
    case Key::of:
    case Key::on:
    case Key::last:
    case Key::next:
    case Key::this_:
    case Key::early:
    case Key::late:
    case Key::mid:
    case Key::since:
    case Key::until:
    case Key::by:
    case Key::during:
    case Key::to:
    case Key::from:
    case Key::between:
    case Key::after:
    case Key::before:
    case Key::each:
    case Key::every:
    case Key::about:
    case Key::throughout:
    case Key::end:
    case Key::beginning:
    case Key::for_:
    case Key::past: return true;
    default: return false;
  }
}

Key key_before(const Reader& r, std::size_t i) {
  return i == 0 || r[i].has(Token::paragraph) ? Key::none : r.key(i - 1);
}

// "May" and "March" are months only in company.
bool is_month(const Reader& r, std::size_t i) {
  const Token& t = r.next(i);
  if (!t.meaning->month || !r.names_time(i)) return false;
  const bool doubtful = !t.meaning->clipped && (t.meaning->month == 5 || t.meaning->month == 3);
  if (!doubtful)
    return !t.meaning->clipped || r.sign(i + 1, '.') || r.next(i + 1).kind == Token::number ||
           (r.sign(i + 1, ',') && r.plain_number(i + 2) && r[i + 2].digits == 4);
  if (r.plain_number(i + 1)) return true;
  if (i > 0 && (r[i - 1].kind == Token::number || r.sign(i - 1, '-') ||
                (r.sign(i - 1, ',') && r[i - 2].meaning->weekday)))
    return true;
  const Key before = key_before(r, i);
  if (before == Key::and_ || before == Key::or_) return i > 1 && r.word(i - 2).month;
  return introduces_date(before);
}

bool is_weekday(const Reader& r, std::size_t i) {
  const Token& t = r.next(i);
  if (!t.meaning->weekday || t.meaning->plural || !r.names_time(i)) return false;
  if (!t.meaning->clipped) return true;
  if (t.meaning->weekday == 7 && i > 0 && r[i - 1].kind == Token::word && r[i - 1].has(Token::capital))
    return false;  // a newspaper, the "Sun"
  const std::size_t next = with_stop(r, i + 1);
  const std::size_t date = r.sign(next, ',') ? next + 1 : next;
  return is_month(r, date) || (r.plain_number(date) && r.word(date + 1).month && r.names_time(date + 1));
}

// A day of the month at `i`; 0 if none. Beyond 31 only where a month without end could not be
// meant otherwise ("31 April" is read, "35 April" is not).
int day_number(const Reader& r, std::size_t i) {
  const Token& t = r.next(i);
  if (!r.plain_number(i) || t.digits > 2 || t.value < 1 || t.value > 31) return 0;
  if (r.sign(i + 1, ':') && r.touches(i + 1) && r.touches(i + 2)) return 0;
  if (i > 1 && r.sign(i - 1, ':') && r.touches(i) && r.touches(i - 1)) return 0;  // minutes
  return t.value;
}

}  // namespace

std::size_t trailing_year(const Reader& r, std::size_t i, Expression& e) {
  std::size_t at = i;
  if (r.sign(at, ',') || r.key(at) == Key::of) ++at;
  if (r.sign(at, '\'') && r.plain_number(at + 1) && r[at + 1].digits == 2 && r.touches(at + 1)) {
    e.year = static_cast<int16_t>(r[at + 1].value + (r[at + 1].value < 40 ? 2000 : 1900));
    return at + 2;
  }
  const auto year = read_year(r, at);
  if (!year || year->value > 2999 ||
      (r.sign(year->limit, ':') && r.touches(year->limit) && r.touches(year->limit + 1)))
    return i;
  if (at > i && r.sign(i, ',') && r.word(year->limit).unit != Unit::none) return i;
  e.year = static_cast<int16_t>(year->value);
  return year->limit;
}

std::size_t trailing_relative_year(const Reader& r, std::size_t i, Expression& e) {
  const std::size_t at = r.key(i) == Key::of ? i + 1 : i;
  const Key which = r.key(at);
  if (r.word(at + 1).unit != Unit::year || r.word(at + 1).plural) return i;
  if (which == Key::last)
    e.shift = -1;
  else if (which == Key::next)
    e.shift = 1;
  else if (which == Key::that || which == Key::the)
    e.by_text = r.key(i) == Key::of;
  else if (which != Key::this_)
    return i;
  if ((which == Key::that || which == Key::the) && !e.by_text) return i;
  e.year_is_relative = !e.by_text;
  return at + 2;
}

namespace {

Reading month_first(const Reader& r, std::size_t i) {
  if (!is_month(r, i)) return std::nullopt;
  Expression e = reading(Form::calendar, 0);
  e.month = r.word(i).month;
  std::size_t at = with_stop(r, i + 1);
  const std::size_t number = r.key(at) == Key::the ? at + 1 : at;
  e.day = static_cast<int8_t>(day_number(r, number));
  if (e.day && number > at && !r.next(number).has(Token::ordinal)) e.day = 0;
  // "In April 31 people died": a count, not a day.
  const Token& after = r.next(number + 1);
  const bool counts = key_before(r, i) == Key::in && !r.next(number).has(Token::ordinal) &&
                      after.kind == Token::word && after.meaning->text.empty() && !after.has(Token::capital);
  if (counts) e.day = 0;
  if (e.day) at = number + 1;
  e.closes_period = key_before(r, i) == Key::ending;
  const std::size_t after_year = trailing_year(r, at, e);
  at = after_year > at ? after_year : trailing_relative_year(r, at, e);
  e.limit = static_cast<uint32_t>(at);
  return e;
}

Reading day_first(const Reader& r, std::size_t i) {
  std::size_t at = r.key(i) == Key::the ? i + 1 : i;
  Expression e = reading(Form::calendar, 0);
  e.day = static_cast<int8_t>(day_number(r, at));
  if (!e.day) {
    const auto ordinal = r.next(at).kind == Token::word ? read_ordinal(r, at) : std::nullopt;
    if (!ordinal || ordinal->value > 31 || r.key(ordinal->limit) != Key::of) return std::nullopt;
    e.day = static_cast<int8_t>(ordinal->value);
    at = ordinal->limit - 1;
  }
  at = r.key(at + 1) == Key::of ? at + 2 : r.skip_hyphen(at + 1);
  if (!r.word(at).month || !r.names_time(at)) return std::nullopt;
  e.month = r.word(at).month;
  if (r.hyphen(at + 1) && r.plain_number(at + 2) && r[at + 2].digits == 4) {  // "05-Aug-2016"
    e.year = static_cast<int16_t>(std::min(r[at + 2].value, 2999));
    e.limit = static_cast<uint32_t>(at + 3);
    return e;
  }
  // "In 5 May" is no date when a longer one follows: "the 5 May 12 report" stays a day and a month.
  e.limit = static_cast<uint32_t>(trailing_year(r, with_stop(r, at + 1), e));
  return e;
}

Reading with_weekday(const Reader& r, std::size_t i) {
  if (!is_weekday(r, i)) return std::nullopt;
  const int weekday = r.word(i).weekday;
  std::size_t at = with_stop(r, i + 1);
  Expression alone = reading(Form::calendar, at);
  alone.weekday = static_cast<int8_t>(weekday);
  if (r.sign(at, ',')) ++at;
  if (r.key(at) == Key::the && !r.next(at + 1).has(Token::ordinal)) return alone;
  Reading date = month_first(r, at);
  if (!date) date = day_first(r, at);
  if (!date || !date->day) return alone;
  date->weekday = static_cast<int8_t>(weekday);
  return date;
}

bool two_digits(const Reader& r, std::size_t i) {
  return r.plain_number(i) && r[i].digits == 2 && r.touches(i) && !r[i].has(Token::ordinal);
}

// 2025-11-23, 2025-11, and with a time after T.
Reading iso(const Reader& r, std::size_t i) {
  if (!r.plain_number(i) || r[i].digits != 4 || !r.hyphen(i + 1) || !two_digits(r, i + 2))
    return std::nullopt;
  if (i > 0 && r.touches(i) && (r.sign(i - 1, '-') || r.sign(i - 1, '/'))) return std::nullopt;
  Expression e = reading(Form::calendar, i + 3);
  e.year = static_cast<int16_t>(r[i].value);
  e.month = static_cast<int8_t>(r[i + 2].value);
  if (r.hyphen(i + 3) && two_digits(r, i + 4)) {
    if (r.hyphen(i + 5) || r[i + 4].value > 31 || r[i + 4].value == 0) return std::nullopt;
    e.day = static_cast<int8_t>(r[i + 4].value);
    e.limit = static_cast<uint32_t>(i + 5);
  } else if (e.month > 12 || r.hyphen(i + 3) || e.month == e.year % 100 + 1) {  // 2006-07 is two years
    return std::nullopt;
  }
  return e.month > 0 && e.month <= 12 && e.year > 0 && (e.day || e.year >= 1500) ? Reading(e) : std::nullopt;
}

// 11/23/2025 or 23/11/2025: month first unless that cannot be.
Reading slashed(const Reader& r, std::size_t i) {
  const auto part = [&](std::size_t n) { return r.plain_number(n) && !r[n].has(Token::ordinal); };
  if (!part(i) || r[i].digits > 2 || !r.sign(i + 1, '/') || !r.touches(i + 1) || !part(i + 2) ||
      !r.touches(i + 2))
    return std::nullopt;
  if (i > 0 && r.touches(i) && r.sign(i - 1, '/')) return std::nullopt;
  int month = r[i].value, day = r[i + 2].value;
  Expression e = reading(Form::calendar, i + 3);
  if (r.sign(i + 3, '/') && r.touches(i + 3) && part(i + 4) && r.touches(i + 4)) {
    const int year = r[i + 4].value;
    if (r[i + 4].digits != 4 && r[i + 4].digits != 2) return std::nullopt;
    if (r.sign(i + 5, '/') && r.touches(i + 5)) return std::nullopt;
    e.year = static_cast<int16_t>(r[i + 4].digits == 4 ? year : year + (year < 40 ? 2000 : 1900));
    e.limit = static_cast<uint32_t>(i + 5);
  } else if (month == 9 && day == 11 && r[i].digits == 1) {
    e.year = 2001;
  } else {
    return std::nullopt;
  }
  if (month > 12) std::swap(month, day);
  if (month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  e.month = static_cast<int8_t>(month);
  e.day = static_cast<int8_t>(day);
  return e;
}

Reading decade(const Reader& r, std::size_t i) {
  const std::size_t at = r.key(i) == Key::the ? i + 1 : i;
  const std::size_t number = r.sign(at, '\'') && r.touches(at + 1) ? at + 1 : at;
  const Token& t = r.next(number);
  if (t.kind != Token::number || !t.has(Token::decade) || t.value % 10 || t.has(Token::glued) ||
      t.has(Token::grouped))
    return std::nullopt;
  Expression e = reading(Form::calendar, number + 1);
  e.decade = true;
  if (t.digits == 4 && t.value >= 1000 && t.value < 2200)
    e.year = static_cast<int16_t>(t.value);
  else if (t.digits == 2 && (number > at || at > i))
    e.year = static_cast<int16_t>(1900 + t.value);
  return e.year ? Reading(e) : std::nullopt;
}

Reading century(const Reader& r, std::size_t i) {
  const std::size_t at = r.key(i) == Key::the ? i + 1 : i;
  const auto number = read_ordinal(r, at);
  if (!number || number->value > 30) return std::nullopt;
  const std::size_t unit = r.skip_hyphen(number->limit);
  if (r.word(unit).unit != Unit::century) return std::nullopt;
  Expression e = reading(Form::calendar, unit + 1);
  e.century = static_cast<int16_t>(number->value);
  return e;
}

Reading short_year(const Reader& r, std::size_t i) {
  if (!r.sign(i, '\'') || !r.plain_number(i + 1) || !r.touches(i + 1) || r[i + 1].digits != 2)
    return std::nullopt;
  if (r[i + 1].has(Token::ordinal) || !r[i].has(Token::spaced)) return std::nullopt;
  Expression e = reading(Form::calendar, i + 2);
  e.year = static_cast<int16_t>(r[i + 1].value + (r[i + 1].value < 40 ? 2000 : 1900));
  e.short_year = true;
  return e;
}

Reading year(const Reader& r, std::size_t i) {
  std::size_t limit = i;
  const int value = year_in_context(r, i, limit);
  if (!value) return std::nullopt;
  Expression e = reading(Form::calendar, limit);
  e.year = static_cast<int16_t>(value);
  return e;
}

// "on the 13th", when no noun follows.
Reading lone_day(const Reader& r, std::size_t i) {
  if (r.key(i) != Key::the || i == 0 || (r.key(i - 1) != Key::on && r.key(i - 1) != Key::until))
    return std::nullopt;
  const int day = r.next(i + 1).has(Token::ordinal) ? day_number(r, i + 1) : 0;
  const Token& after = r.next(i + 2);
  if (!day || (after.kind == Token::word && after.meaning->key == Key::none) || r.hyphen(i + 2))
    return std::nullopt;
  if (after.meaning->unit != Unit::none || after.meaning->ordinal) return std::nullopt;
  Expression e = reading(Form::calendar, i + 2);
  e.day = static_cast<int8_t>(day);
  return e;
}

}  // namespace

int year_in_context(const Reader& r, std::size_t i, std::size_t& limit) {
  const auto year = read_year(r, i);
  if (!year || year->value > 2999) return 0;
  limit = year->limit;
  if (year->in_words) return year->value;
  if (i > 0 && r.touches(i) && r[i - 1].kind == Token::mark && !r.sign(i - 1, '(') && !r.sign(i - 1, '-') &&
      !r.sign(i - 1, '"') && !r.sign(i - 1, '\'') && !r.sign(i - 1, '*') && r[i - 1].sign != '[')
    return 0;
  // A part of a longer number with dashes, such as a telephone's.
  if (i > 1 && r.touches(i) && r.sign(i - 1, '-') && r[i - 2].kind == Token::number && r[i - 2].digits != 4)
    return 0;
  const Token& after = r.next(limit);
  if (after.kind == Token::mark && r.touches(limit) &&
      (after.sign == '/' || after.sign == ':' || after.sign == '.') && r[limit + 1].kind == Token::number &&
      r.touches(limit + 1))
    return 0;
  const Word& next = *after.meaning;
  const bool unit_follows = next.unit != Unit::none && next.plural;
  if (unit_follows || next.key == Key::hundred || next.key == Key::thousand || next.key == Key::zone ||
      next.key == Key::am || next.key == Key::pm || next.key == Key::per)
    return 0;
  if (after.kind == Token::word && r.touches(limit)) return 0;
  const Key before = key_before(r, i);
  if (year->value < 1900 || year->value > 2099) {
    const bool range = r.sign(limit, '-') && r.next(limit + 1).digits == 4;
    const bool close = introduces_date(before) || before == Key::and_ || before == Key::the || range ||
                       (i > 0 && (r.sign(i - 1, '(') || r.sign(i - 1, '-')));
    if (!close || (after.kind == Token::word && next.key == Key::none && year->value < 1300)) return 0;
  }
  if (before == Key::about || before == Key::over || before == Key::than || before == Key::some ||
      before == Key::nearly || before == Key::almost)
    return after.kind == Token::mark ? year->value : 0;
  return year->value;
}

Reading read_calendar(const Reader& r, std::size_t i) {
  Reading best = longest(r, i,
                         {iso, slashed, with_weekday, day_first, month_first, decade, century, read_feast,
                          short_year, year, lone_day});
  if (best) best->whole_date = best->year && best->month && best->day;
  return best;
}
