#include "grammar.hpp"
#include "numbers.hpp"

namespace {

bool is_plain_day(const Expression& e) {
  return e.form == Form::calendar && e.month && e.day && !e.has_clock() && e.mod == Mod::none;
}

// "last", "next", "this" and a unit after it: how many units away; nothing else.
std::optional<int> pointed(const Reader& r, std::size_t i, Unit unit) {
  if (r.word(i + 1).unit != unit || r.word(i + 1).plural) return std::nullopt;
  switch (r.key(i)) {
    case Key::last: return -1;
    case Key::this_: return 0;
    case Key::next: return 1;
    default: return std::nullopt;
  }
}

// "the week of March 6"
Reading week_of(const Reader& r, std::size_t i) {
  const std::size_t at = r.key(i) == Key::the ? i + 1 : i;
  if (r.word(at).unit != Unit::week || r.word(at).plural) return std::nullopt;
  const Key joint = r.key(at + 1);
  if (joint != Key::of && joint != Key::beginning && joint != Key::ending) return std::nullopt;
  Reading e = read_calendar(r, at + 2);
  if (!e || !is_plain_day(*e)) return std::nullopt;
  e->unit = Unit::week;
  e->weekday = 0;
  return e;
}

// "the first Monday of March 2025", "the last Friday of this month"
Reading nth_weekday_of(const Reader& r, std::size_t i) {
  std::size_t at = r.key(i) == Key::the ? i + 1 : i;
  const bool last = r.key(at) == Key::last;
  const Ordinal order = last ? Ordinal{-1, at + 1} : read_ordinal(r, at).value_or(Ordinal{0, at});
  if (order.value == 0 || order.value > 5) return std::nullopt;
  at = order.limit;
  const int weekday = r.word(at).weekday;
  if (!weekday || r.word(at).plural || !r.names_time(at)) return std::nullopt;
  if (r.key(at + 1) != Key::of && r.key(at + 1) != Key::in) return std::nullopt;
  Reading e;
  if (const auto months = pointed(r, at + 2, Unit::month)) {
    e = reading(Form::calendar, at + 4);
    e->unit = Unit::month;
    e->shift = *months;
  } else {
    e = read_calendar(r, at + 2);
    if (!e || !e->month || e->day || e->weekday) return std::nullopt;
  }
  e->weekday = static_cast<int8_t>(weekday);
  e->nth = static_cast<int8_t>(order.value);
  return e;
}

// "Tuesday of last week"
Reading weekday_of_week(const Reader& r, std::size_t i) {
  const int weekday = r.word(i).weekday;
  if (!weekday || r.word(i).plural || !r.names_time(i) || r.key(i + 1) != Key::of) return std::nullopt;
  const auto weeks = pointed(r, i + 2, Unit::week);
  if (!weeks) return std::nullopt;
  Expression e = reading(Form::calendar, i + 4);
  e.weekday = static_cast<int8_t>(weekday);
  e.unit = Unit::week;
  e.shift = *weeks;
  return e;
}

// "two days before Christmas", "the day after tomorrow", "three weeks from May 5"
Reading counted_from(const Reader& r, std::size_t i) {
  Amount amount{100, Unit::none, false};
  std::size_t at = r.key(i) == Key::the ? i + 1 : i;
  if (r.word(at).unit == Unit::none) {
    const auto q = at == i ? read_quantity(r, i) : std::nullopt;
    if (!q || q->vague || q->hundredths % 100) return std::nullopt;
    amount.hundredths = q->hundredths;
    at = q->limit;
  }
  amount.unit = r.word(at).unit;
  if (amount.unit < Unit::day || amount.unit == Unit::night || amount.unit == Unit::weekend ||
      amount.unit > Unit::month)
    return std::nullopt;
  const Key joint = r.key(at + 1);
  if (joint != Key::before && joint != Key::after && joint != Key::from) return std::nullopt;
  Reading e = read_calendar(r, at + 2);
  if (!e || !(is_plain_day(*e) || e->holiday != Holiday::none)) {
    e = read_relative(r, at + 2);
    const bool near = e && e->form == Form::shift && e->unit == Unit::day && !e->has_clock();
    const bool named = e && e->form == Form::calendar && e->weekday && !e->has_clock();
    if (!near && !named) return std::nullopt;
  }
  // "a week after Friday's crash" is counted from the crash.
  if (r.sign(e->limit, '\'') || (r.next(e->limit).kind == Token::word && r.key(e->limit) == Key::none))
    return std::nullopt;
  e->amount = amount;
  e->moved = joint == Key::before ? -1 : 1;
  return e;
}

}  // namespace

Reading read_compound(const Reader& r, std::size_t i) {
  return longest(r, i, {week_of, nth_weekday_of, weekday_of_week, counted_from});
}
