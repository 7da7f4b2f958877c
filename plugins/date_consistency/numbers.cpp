#include "numbers.hpp"

namespace {

struct Count {
  int64_t value;
  std::size_t limit;
};

// One to ninety-nine in words.
std::optional<Count> small_words(const Reader& r, std::size_t i) {
  const int tens = r.word(i).cardinal;
  if (tens < 0) return std::nullopt;
  if (tens >= 20) {
    const std::size_t next = r.skip_hyphen(i + 1);
    const int ones = r.word(next).cardinal;
    if (ones > 0 && ones < 10) return Count{tens + ones, next + 1};
  }
  return Count{tens, i + 1};
}

std::optional<Count> words(const Reader& r, std::size_t i) {
  auto count = r.key(i) == Key::a && (r.key(i + 1) == Key::hundred || r.key(i + 1) == Key::thousand ||
                                      r.key(i + 1) == Key::dozen)
                   ? Count{1, i + 1}
                   : small_words(r, i);
  if (!count) return std::nullopt;
  for (int scales = 0; scales < 3; ++scales) {
    const Key scale = r.key(count->limit);
    if (scale == Key::hundred)
      count->value *= 100;
    else if (scale == Key::thousand)
      count->value *= 1000;
    else if (scale == Key::dozen)
      count->value *= 12;
    else
      break;
    ++count->limit;
  }
  return count;
}

// "1/2" as three tokens, in hundredths; 0 if it is none.
int written_fraction(const Reader& r, std::size_t i) {
  if (!r.plain_number(i) || !r.sign(i + 1, '/') || !r.touches(i + 1) || !r.touches(i + 2) ||
      !r.plain_number(i + 2))
    return 0;
  const int below = r[i + 2].value;
  return below >= 2 && below <= 4 && r[i].value > 0 && r[i].value < below ? r[i].value * 100 / below : 0;
}

std::optional<Quantity> with_half(const Reader& r, Quantity q) {
  const std::size_t i = q.limit;
  if (r.key(i) == Key::and_ && r.key(i + 1) == Key::half) {
    q.hundredths += 50;
    q.limit = i + 2;
  } else if (r.key(i) == Key::and_ && r.key(i + 1) == Key::a && r.key(i + 2) == Key::half) {
    q.hundredths += 50;
    q.limit = i + 3;
  } else if (const std::size_t f = r.skip_hyphen(i); const int part = written_fraction(r, f)) {
    q.hundredths += part;
    q.limit = f + 3;
  }
  return q;
}

std::optional<Quantity> digits(const Reader& r, std::size_t i) {
  const Token& t = r.next(i);
  if (t.has(Token::glued) || t.has(Token::ordinal) || t.has(Token::decade) || t.value < 0)
    return std::nullopt;
  if (const int part = written_fraction(r, i)) return Quantity{part, false, false, i + 3};
  Quantity q{int64_t{t.value} * 100 + t.fraction, false, false, i + 1};
  return with_half(r, q);
}

std::optional<Quantity> vague(const Reader& r, std::size_t i) {
  const Quantity q{0, true, false, i + 1};
  const auto of = [&](std::size_t n) { return r.key(n) == Key::of ? n + 1 : n; };
  switch (r.key(i)) {
    case Key::few:
    case Key::several:
    case Key::many: return q;
    case Key::dozens:
      return r.key(i + 1) == Key::of ? std::optional(Quantity{0, true, false, i + 2}) : std::nullopt;
    case Key::couple: return Quantity{200, false, false, of(i + 1)};
    case Key::a:
      if (r.key(i + 1) == Key::few) return Quantity{0, true, false, i + 2};
      if (r.key(i + 1) == Key::couple) return Quantity{200, false, false, of(i + 2)};
      return std::nullopt;
    default: return std::nullopt;
  }
}

}  // namespace

std::optional<Quantity> read_quantity(const Reader& r, std::size_t i) {
  if (r.next(i).kind == Token::number) return digits(r, i);
  if (r.next(i).kind != Token::word) return std::nullopt;
  if (const auto q = vague(r, i)) return q;
  if (const auto count = words(r, i)) return with_half(r, {count->value * 100, false, false, count->limit});
  if (r.key(i) == Key::half && r.key(i + 1) == Key::a) return Quantity{50, false, false, i + 2};
  if (r.key(i) == Key::half && r.hyphen(i + 1)) return Quantity{50, false, false, i + 2};
  if (r.key(i) == Key::a) return Quantity{100, false, true, i + 1};
  if (r.key(i) == Key::another || r.key(i) == Key::additional) return Quantity{100, false, false, i + 1};
  return std::nullopt;
}

std::optional<Ordinal> read_ordinal(const Reader& r, std::size_t i) {
  const Token& t = r.next(i);
  if (t.kind == Token::number && t.has(Token::ordinal) && !t.has(Token::glued) && t.value > 0 &&
      t.value < 1000)
    return Ordinal{t.value, i + 1};
  if (t.meaning->ordinal) return Ordinal{t.meaning->ordinal, i + 1};
  const int tens = t.meaning->cardinal;
  if (tens >= 20 && r.hyphen(i + 1)) {
    const int ones = r.word(i + 2).ordinal;
    if (ones > 0 && ones < 10) return Ordinal{tens + ones, i + 3};
  }
  return std::nullopt;
}

std::optional<Year> read_year(const Reader& r, std::size_t i) {
  const Token& t = r.next(i);
  if (t.kind == Token::number) {
    if (!r.plain_number(i) || t.has(Token::ordinal) || t.digits != 4 || t.value < 1000) return std::nullopt;
    return Year{t.value, i + 1, false};
  }
  const int hundreds = t.meaning->cardinal;
  if (hundreds < 10 || hundreds > 20) return std::nullopt;
  const auto rest = small_words(r, i + 1);
  if (!rest || rest->value < 10 || rest->limit == i + 1 || hundreds == 20 || hundreds < 17)
    return std::nullopt;
  return Year{hundreds * 100 + static_cast<int>(rest->value), rest->limit, true};
}
