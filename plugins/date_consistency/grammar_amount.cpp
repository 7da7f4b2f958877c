#include "grammar.hpp"
#include "numbers.hpp"

namespace {

struct Approximation {
  Mod mod;
  std::size_t limit;
};

// "nearly", "more than", "at least", "up to" before a quantity.
Approximation approximation(const Reader& r, std::size_t i) {
  switch (r.key(i)) {
    case Key::nearly:
    case Key::almost: return {Mod::less_than, i + 1};
    case Key::about:
    case Key::approximately: return {Mod::approx, i + 1};
    case Key::over: return {Mod::more_than, i + 1};
    case Key::under: return {Mod::less_than, i + 1};
    case Key::more:
      if (r.key(i + 1) == Key::than) return {Mod::more_than, i + 2};
      break;
    case Key::less:
      if (r.key(i + 1) == Key::than) return {Mod::less_than, i + 2};
      break;
    case Key::at:
      if (r.key(i + 1) == Key::least) return {Mod::equal_or_more, i + 2};
      if (r.key(i + 1) == Key::most) return {Mod::equal_or_less, i + 2};
      break;
    case Key::up:
      if (r.key(i + 1) == Key::to) return {Mod::equal_or_less, i + 2};
      break;
    default: break;
  }
  return {Mod::none, i};
}

// A unit after a quantity, past "more", "full", "trading" and a hyphen.
std::size_t unit_place(const Reader& r, std::size_t i) {
  std::size_t at = r.skip_hyphen(i);
  for (int skipped = 0; skipped < 2; ++skipped) {
    const Key k = r.key(at);
    if (k != Key::more && k != Key::full && k != Key::kind_of_day && k != Key::entire &&
        k != Key::additional && k != Key::calendar && k != Key::fiscal)
      break;
    ++at;
  }
  return at;
}

bool counts_time(const Word& w) {
  return w.unit != Unit::none && w.unit != Unit::weekend && w.unit != Unit::season;
}

// "37 years old", "6-year-old", "25 years of age": ages, not lengths of time.
bool is_age(const Reader& r, std::size_t i) {
  const std::size_t at = r.skip_hyphen(i);
  return r.key(at) == Key::old ||
         (r.key(i) == Key::of && r.next(i + 1).kind == Token::word && r.word(i + 1).text == "age");
}

// "$500 million a year": a rate.
bool is_rate(const Reader& r, std::size_t i) {
  for (std::size_t back = 1; back <= 3 && back <= i; ++back) {
    const Token& t = r[i - back];
    if (t.kind == Token::number || t.meaning->key == Key::thousand || t.meaning->key == Key::hundred)
      return true;
    if (t.kind == Token::mark && t.sign != '%') return false;
    if (t.meaning->unit != Unit::none || t.meaning->cardinal >= 0) return true;
  }
  return false;
}

// The direction that "ago", "earlier", "later", "from now" give a length of time; 0 if none.
struct Direction {
  int sign = 0;
  bool deictic = false;
  std::size_t limit = 0;
};
Direction direction(const Reader& r, std::size_t i) {
  switch (r.key(i)) {
    case Key::ago:
    case Key::back: return {-1, r.key(i) == Key::ago, i + 1};
    case Key::earlier:
    case Key::previously: return {-1, false, i + 1};
    case Key::later: return {1, false, i + 1};
    case Key::hence: return {1, true, i + 1};
    case Key::from:
      if (r.key(i + 1) == Key::now) return {1, true, i + 2};
      break;
    default: break;
  }
  return {};
}

std::size_t or_so(const Reader& r, std::size_t i) {
  return r.key(i) == Key::or_ && r.key(i + 1) == Key::so ? i + 2 : i;
}

// "and two months" after "a year"; "and a half".
std::size_t second_amount(const Reader& r, std::size_t i, Expression& e) {
  if (r.key(i) != Key::and_) return i;
  if (r.key(i + 1) == Key::a && r.key(i + 2) == Key::half) {
    e.amount.hundredths += 50;
    return i + 3;
  }
  const auto q = read_quantity(r, i + 1);
  if (!q || q->vague) return i;
  const std::size_t at = unit_place(r, q->limit);
  const Word& word = r.word(at);
  if (!counts_time(word) || word.unit >= e.amount.unit || word.unit == Unit::second) return i;
  e.remainder = {q->hundredths, word.unit, false};
  return with_stop(r, at + 1);
}

// "12 to 18 months": the second number; its token after, or `i`.
std::size_t to_another(const Reader& r, std::size_t i) {
  const bool joined = r.key(i) == Key::to || r.key(i) == Key::or_ || r.sign(i, '-');
  if (!joined) return i;
  const auto q = read_quantity(r, i + 1);
  return q && !q->article && !q->vague && counts_time(r.word(unit_place(r, q->limit))) ? q->limit : i;
}

Reading finish(const Reader& r, Expression e) {
  if (is_age(r, e.limit)) return std::nullopt;
  const std::size_t loose = or_so(r, e.limit);
  // "an hour later" is a length of time: there is no clock to count it from.
  if (const Direction d = direction(r, loose); d.sign && (d.deictic || e.amount.unit >= Unit::day)) {
    e.form = Form::ago;
    e.type = Type::date;
    e.shift = d.sign;
    e.deictic_ago = d.deictic;
    e.limit = static_cast<uint32_t>(d.limit);
    return e;
  }
  if (loose > e.limit) e.mod = Mod::approx;
  e.limit = static_cast<uint32_t>(loose);
  return e;
}

Reading counted(const Reader& r, std::size_t i) {
  const Approximation near = approximation(r, i);
  auto q = read_quantity(r, near.limit);
  if (!q) return std::nullopt;
  const std::size_t second = to_another(r, q->limit);
  const std::size_t at = unit_place(r, second);
  const Word& word = r.word(at);
  if (!counts_time(word)) return std::nullopt;
  if (q->article &&
      (word.plural || word.unit == Unit::second || word.unit == Unit::night || word.unit == Unit::quarter))
    return std::nullopt;
  if (word.unit == Unit::second && !word.plural) return std::nullopt;
  if (word.unit == Unit::quarter && (!word.plural || r.hyphen(q->limit))) return std::nullopt;
  if (!word.plural && !q->article && q->hundredths > 100 && !r.hyphen(q->limit) && word.unit == Unit::night)
    return std::nullopt;
  // "the 2018 day" counts no days.
  if (!word.plural && !r.hyphen(q->limit) && r.next(near.limit).digits == 4) return std::nullopt;
  Expression e = reading(Form::amount, with_stop(r, at + 1), Type::duration);
  e.mod = near.mod;
  e.amount = {q->hundredths, word.unit, q->vague};
  e.limit = static_cast<uint32_t>(second_amount(r, e.limit, e));
  const std::size_t long_at = r.skip_hyphen(e.limit);
  if (r.key(long_at) == Key::long_ && long_at > e.limit) e.limit = static_cast<uint32_t>(long_at + 1);
  if (q->article && near.mod == Mod::none && !direction(r, e.limit).sign) {
    if (is_rate(r, i) || r.hyphen(e.limit)) return std::nullopt;
  }
  return finish(r, e);
}

bool opens_bare_plural(Key k) {
  switch (k) {
    case Key::for_:
    case Key::in:
    case Key::of:
    case Key::after:
    case Key::over:
    case Key::within:
    case Key::recent:
    case Key::coming:
    case Key::past:
    case Key::last:
    case Key::next:
    case Key::these:
    case Key::during:
    case Key::future:
    case Key::the:
    case Key::following:
    case Key::previous:
    case Key::first:
    case Key::earlier: return true;
    default: return false;
  }
}

// "for years", "recent weeks", "years-long", "decades ago".
Reading bare_plural(const Reader& r, std::size_t i) {
  std::size_t at = i;
  if (r.key(at) == Key::the) ++at;
  const std::size_t adjective = at;
  const Key k = r.key(at);
  const bool described = k == Key::recent || k == Key::coming || k == Key::past || k == Key::last ||
                         k == Key::next || k == Key::previous || k == Key::following || k == Key::first ||
                         k == Key::future;
  if (described) ++at;
  const Word& word = r.word(at);
  if (!counts_time(word)) return std::nullopt;
  if (r.hyphen(at + 1) && r.key(at + 2) == Key::long_ && at == i) {
    Expression e = reading(Form::amount, at + 3, Type::duration);
    e.amount = {word.plural ? 0 : 100, word.unit, word.plural};
    return e;
  }
  if (!word.plural || word.unit == Unit::second || word.unit == Unit::night) return std::nullopt;
  if (at == i + 1 && adjective == i && (k == Key::past || k == Key::future)) {
    Expression e = reading(Form::reference, at + 1);
    e.shift = k == Key::past ? -1 : 1;
    return e;
  }
  Expression e = reading(Form::amount, at + 1, Type::duration);
  e.amount = {0, word.unit, true};
  const Reading done = finish(r, e);
  if (!done || done->form == Form::ago) return done;
  if (at > i && (described || adjective > i)) return described ? done : Reading();
  return i > 0 && opens_bare_plural(r.key(i - 1)) ? done : Reading();
}

// "the last 96 hours", "the first nine months", "the past year", "next three years".
Reading pointed_amount(const Reader& r, std::size_t i) {
  std::size_t at = i;
  const bool article = r.key(at) == Key::the;
  if (article || r.key(at) == Key::its || r.key(at) == Key::this_) ++at;
  const Key k = r.key(at);
  const bool past = k == Key::last || k == Key::past || k == Key::previous || k == Key::latest;
  const bool ahead = k == Key::next || k == Key::coming || k == Key::following;
  const bool plain =
      k == Key::first || k == Key::final || k == Key::additional || k == Key::full || k == Key::recent;
  if (!past && !ahead && !plain && !article) return std::nullopt;
  if (past || ahead || plain) ++at;
  auto q = read_quantity(r, at);
  if (q && q->article) return std::nullopt;
  const std::size_t place = unit_place(r, q ? to_another(r, q->limit) : at);
  const Word& word = r.word(place);
  if (!counts_time(word)) return std::nullopt;
  if (!q && (word.plural || !article || !(k == Key::past || k == Key::last) || word.unit < Unit::day ||
             word.unit == Unit::quarter))
    return std::nullopt;
  if (q && !word.plural && (r.hyphen(place + 1) || article) && !(past || ahead || plain)) return std::nullopt;
  if (q && !word.plural && q->hundredths != 100) return std::nullopt;
  Expression e = reading(Form::amount, place + 1, Type::duration);
  e.amount = q ? Amount{q->hundredths, word.unit, q->vague} : Amount{100, word.unit, false};
  e.shift = past ? -1 : ahead ? 1 : 0;
  if (is_age(r, e.limit)) return std::nullopt;
  const std::size_t approx = or_so(r, e.limit);
  if (approx > e.limit) e.mod = Mod::approx;
  e.limit = static_cast<uint32_t>(approx);
  return e;
}

// "year-earlier", "the year-ago".
Reading year_ago(const Reader& r, std::size_t i) {
  const std::size_t at = r.key(i) == Key::the ? i + 1 : i;
  if (!counts_time(r.word(at)) || r.word(at).plural || !r.hyphen(at + 1)) return std::nullopt;
  const Direction d = direction(r, at + 2);
  if (!d.sign || at > i) return std::nullopt;
  Expression e = reading(Form::ago, d.limit);
  e.amount = {100, r.word(at).unit, false};
  e.shift = d.sign;
  e.deictic_ago = d.deictic;
  return e;
}

Reading adverb_set(const Reader& r, std::size_t i) {
  Unit unit = Unit::none;
  if (r.next(i + 1).has(Token::capital)) return std::nullopt;  // a newspaper's name follows
  switch (r.key(i)) {
    case Key::daily:
    case Key::everyday: unit = Unit::day; break;
    case Key::nightly: unit = Unit::day; break;
    case Key::weekly: unit = Unit::week; break;
    case Key::monthly: unit = Unit::month; break;
    case Key::yearly:
    case Key::annually: unit = Unit::year; break;
    case Key::hourly: unit = Unit::hour; break;
    default: return std::nullopt;
  }
  if (r.key(i) == Key::annually && is_rate(r, i)) return std::nullopt;
  Expression e = reading(Form::recurring, i + 1, Type::set);
  e.amount = {100, unit, false};
  return e;
}

// "every two weeks", "each July", "every Friday"; "Fridays".
Reading every(const Reader& r, std::size_t i) {
  const Token& t = r.next(i);
  if (t.meaning->weekday && t.meaning->plural && r.names_time(i)) {
    Expression e = reading(Form::recurring, i + 1, Type::set);
    e.weekday = t.meaning->weekday;
    return e;
  }
  if (t.meaning->weekday && !t.meaning->plural && !t.meaning->clipped && r.names_time(i) &&
      r.word(i + 1).plural && r.word(i + 1).part != Part::none) {  // "Friday mornings"
    Expression e = reading(Form::recurring, i + 2, Type::set);
    e.weekday = t.meaning->weekday;
    e.clock.part = r.word(i + 1).part;
    return e;
  }
  if (t.meaning->key != Key::each && t.meaning->key != Key::every) return std::nullopt;
  Expression e = reading(Form::recurring, i + 2, Type::set);
  const Token& next = r.next(i + 1);
  if (next.meaning->weekday && r.names_time(i + 1))
    e.weekday = next.meaning->weekday;
  else if (next.meaning->month && r.names_time(i + 1))
    e.month = next.meaning->month;
  else if (next.meaning->season != Season::none)
    e.season = next.meaning->season;
  if (e.weekday || e.month || e.season != Season::none) return e;
  const auto q = read_quantity(r, i + 1);
  const std::size_t at = q ? unit_place(r, q->limit) : i + 1;
  const Word& word = r.word(at);
  if (word.unit == Unit::none || (q && (q->article || q->vague)) || word.unit == Unit::second)
    return std::nullopt;
  e.amount = {q ? q->hundredths : 100, word.unit, false};
  e.limit = static_cast<uint32_t>(at + 1);
  return e;
}

}  // namespace

Reading read_amount(const Reader& r, std::size_t i) {
  return longest(r, i, {counted, bare_plural, pointed_amount, year_ago, adverb_set, every});
}
