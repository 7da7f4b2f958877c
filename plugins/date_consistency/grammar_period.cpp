#include "grammar.hpp"
#include "numbers.hpp"

namespace {

// "of 1990", "of fiscal 1990", "of last year", "1990", or nothing.
std::size_t period_year(const Reader& r, std::size_t i, Expression& e) {
  std::size_t at = r.key(i) == Key::of || r.sign(i, ',') ? i + 1 : i;
  if (r.key(at) == Key::the) ++at;
  if (r.key(at) == Key::fiscal || r.key(at) == Key::calendar) ++at;
  if (const auto year = read_year(r, at);
      year && year->value < 3000 && r.word(year->limit).unit == Unit::none) {
    e.year = static_cast<int16_t>(year->value);
    return year->limit;
  }
  const Key which = r.key(at);
  const std::size_t unit = r.key(at + 1) == Key::fiscal ? at + 2 : at + 1;
  if (r.word(unit).unit != Unit::year || r.word(unit).plural || at == i) return i;
  if (r.key(unit + 1) == Key::ago || r.key(unit + 1) == Key::earlier) return i;
  if (which == Key::last)
    e.shift = -1;
  else if (which == Key::next)
    e.shift = 1;
  else if (which != Key::this_)
    return i;
  e.year_is_relative = true;
  return unit + 1;
}

// What may stand before "third quarter": "the", "its", "fiscal", "next year's", "the 1988".
std::size_t period_opening(const Reader& r, std::size_t i, Expression& e) {
  std::size_t at = i;
  if (r.key(at) == Key::the || r.key(at) == Key::its) ++at;
  const Key which = r.key(at);
  if ((which == Key::last || which == Key::next || which == Key::this_) &&
      r.word(at + 1).unit == Unit::year && r.sign(at + 2, '\'')) {
    e.shift = which == Key::last ? -1 : which == Key::next ? 1 : 0;
    e.year_is_relative = true;
    at += r.touches(at + 3) ? 4 : 3;
  } else if (const auto year = read_year(r, at); year && year->value >= 1900 && year->value < 2100) {
    e.year = static_cast<int16_t>(year->value);
    at = year->limit;
    if (r.sign(at, '\'') && r.touches(at)) at += 2;
  }
  e.fiscal = r.key(at) == Key::fiscal;
  return e.fiscal ? r.skip_hyphen(at + 1) : at;
}

// "the quarter a year ago".
Reading quarter_ago(const Reader& r, std::size_t i) {
  if (r.key(i) != Key::the || r.word(i + 1).unit != Unit::quarter || r.word(i + 1).plural)
    return std::nullopt;
  const Key ago = r.key(i + 4);
  if (r.key(i + 2) != Key::a || r.word(i + 3).unit != Unit::year || (ago != Key::ago && ago != Key::earlier))
    return std::nullopt;
  Expression e = reading(Form::calendar, i + 5);
  e.unit = Unit::quarter;
  e.year_is_relative = true;
  e.shift = -1;
  return e;
}

// "the first two quarters of 1990".
Reading two_quarters(const Reader& r, std::size_t i) {
  const std::size_t at = r.key(i) == Key::the ? i + 1 : i;
  const bool last = r.key(at) == Key::last || r.key(at) == Key::final;
  if (!last && r.word(at).ordinal != 1) return std::nullopt;
  if (r.word(at + 1).cardinal != 2 || r.word(at + 2).unit != Unit::quarter) return std::nullopt;
  Expression e = reading(Form::calendar, 0);
  const std::size_t limit = period_year(r, at + 3, e);
  if (limit == at + 3) return std::nullopt;
  e.half = last ? 2 : 1;
  e.limit = static_cast<uint32_t>(limit);
  return e;
}

// "nine months" after "the year-earlier".
Reading length_of_period(const Reader& r, std::size_t i) {
  const auto q = read_quantity(r, i);
  if (!q || q->vague || r.word(q->limit).unit != Unit::month) return std::nullopt;
  Expression e = reading(Form::amount, q->limit + 1, Type::duration);
  e.amount = {q->hundredths, Unit::month, false};
  return e;
}

Reading quarter(const Reader& r, std::size_t i) {
  Expression e = reading(Form::calendar, 0);
  std::size_t at = period_opening(r, i, e);
  if (r.word(at).unit == Unit::year && (r.hyphen(at + 1) || r.next(at + 1).kind == Token::word)) {
    const std::size_t ago = r.skip_hyphen(at + 1);
    if (r.key(ago) == Key::ago || r.key(ago) == Key::earlier) {
      e.year_is_relative = true;
      e.shift = -1;
      at = ago + 1;
      if (Reading length = length_of_period(r, at)) return length;
    }
  }
  const bool after_year = e.year || e.year_is_relative;
  const auto order = read_ordinal(r, at);
  const std::size_t unit = order ? r.skip_hyphen(order->limit) : at;
  const Word& word = r.word(unit);
  if (word.plural) return std::nullopt;
  if (word.unit == Unit::quarter && order && order->value <= 4)
    e.quarter = static_cast<int8_t>(order->value);
  else if (word.key == Key::half && order && order->value <= 2)
    e.half = static_cast<int8_t>(order->value);
  else if (!order && after_year && (word.unit == Unit::quarter || word.key == Key::period))
    e.unit = Unit::quarter;
  else
    return std::nullopt;
  e.period = word.key == Key::period;
  if (e.half && !after_year) {
    const std::size_t limit = period_year(r, unit + 1, e);
    if (limit == unit + 1) return std::nullopt;
    e.limit = static_cast<uint32_t>(limit);
    return e;
  }
  e.limit = static_cast<uint32_t>(after_year ? unit + 1 : period_year(r, unit + 1, e));
  return e;
}

// "2019 Q3", "2019-Q3".
Reading year_and_quarter(const Reader& r, std::size_t i) {
  const auto year = r.plain_number(i) && r[i].digits == 4 ? read_year(r, i) : std::nullopt;
  if (!year || year->value >= 3000) return std::nullopt;
  const std::size_t at = r.skip_hyphen(year->limit);
  if (r.key(at) != Key::quarter_letter || !r.next(at).has(Token::capital) || !r.touches(at + 1))
    return std::nullopt;
  const Token& number = r.next(at + 1);
  if (number.kind != Token::number || number.digits != 1 || number.value < 1 || number.value > 4)
    return std::nullopt;
  Expression e = reading(Form::calendar, at + 2);
  e.quarter = static_cast<int8_t>(number.value);
  e.year = static_cast<int16_t>(year->value);
  return e;
}

// "Q3", "Q3 2019".
Reading letter_quarter(const Reader& r, std::size_t i) {
  if (r.key(i) != Key::quarter_letter || !r.next(i).has(Token::capital) || !r.touches(i + 1))
    return std::nullopt;
  const Token& number = r.next(i + 1);
  if (number.kind != Token::number || number.digits != 1 || number.value < 1 || number.value > 4)
    return std::nullopt;
  Expression e = reading(Form::calendar, 0);
  e.quarter = static_cast<int8_t>(number.value);
  e.limit = static_cast<uint32_t>(period_year(r, i + 2, e));
  return e;
}

bool opens_season(Key k) {
  switch (k) {
    case Key::in:
    case Key::the:
    case Key::this_:
    case Key::last:
    case Key::next:
    case Key::by:
    case Key::early:
    case Key::late:
    case Key::each:
    case Key::every:
    case Key::since:
    case Key::during:
    case Key::of:
    case Key::mid:
    case Key::past:
    case Key::until:
    case Key::following:
    case Key::previous:
    case Key::coming: return true;
    default: return false;
  }
}

Reading season(const Reader& r, std::size_t i) {
  Expression e = reading(Form::calendar, 0);
  std::size_t at = r.key(i) == Key::the ? i + 1 : i;
  if (const auto year = read_year(r, at); year && r.word(year->limit).season != Season::none) {
    e.year = static_cast<int16_t>(year->value);
    at = year->limit;
  }
  const Word& word = r.word(at);
  if (word.season == Season::none || word.plural) return std::nullopt;
  e.season = word.season;
  const bool given = e.year != 0;
  e.limit = static_cast<uint32_t>(given ? at + 1 : period_year(r, at + 1, e));
  const bool dated = e.year || e.year_is_relative;
  const Key before = at > i ? Key::the : i > 0 ? r.key(i - 1) : Key::none;
  const bool sure = word.season == Season::summer || word.season == Season::winter || word.text == "autumn";
  if (!dated && r.next(at).has(Token::capital)) return std::nullopt;
  if (!dated && !opens_season(before)) return std::nullopt;
  if (!dated && !sure && r.next(at + 1).kind == Token::word && r.word(at + 1).key == Key::of)
    return std::nullopt;
  if (!dated && r.hyphen(at + 1)) return std::nullopt;
  return e;
}

Reading fiscal_year(const Reader& r, std::size_t i) {
  if (r.key(i) != Key::fiscal && r.key(i) != Key::calendar) return std::nullopt;
  const std::size_t at = r.word(i + 1).unit == Unit::year ? i + 2 : i + 1;
  const auto year = read_year(r, at);
  if (!year) return std::nullopt;
  Expression e = reading(Form::calendar, year->limit);
  e.year = static_cast<int16_t>(year->value);
  return e;
}

}  // namespace

Reading read_period(const Reader& r, std::size_t i) {
  return longest(r, i,
                 {quarter, quarter_ago, two_quarters, letter_quarter, year_and_quarter, season, fiscal_year});
}
