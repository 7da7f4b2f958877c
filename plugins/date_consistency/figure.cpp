#include "figure.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "numbers.hpp"

namespace {

struct Written {
  double value;
  int decimals;
};

// "1,234.5" in digits. Nothing for several dots, and for more digits than a double keeps.
std::optional<Written> written(std::string_view digits) {
  std::string plain;
  int decimals = -1;
  for (const char c : digits) {
    if (c == ',') continue;
    if (c == '.') {
      if (decimals >= 0) return std::nullopt;
      decimals = 0;
    } else if (c < '0' || c > '9') {
      return std::nullopt;
    } else if (decimals >= 0) {
      ++decimals;
    }
    plain += c;
  }
  if (plain.empty() || plain.size() > 14) return std::nullopt;
  Written out{0, decimals < 0 ? 0 : decimals};
  std::from_chars(plain.data(), plain.data() + plain.size(), out.value);
  return out;
}

// "£2.5m", "€3bn": only after money, for 5m is five metres.
double clipped_scale(const Page& page, std::size_t i) {
  if (!page.r.touches(i)) return 0;
  if (page.is(i, "k")) return 1e3;
  if (page.is(i, "m") || page.is(i, "mn")) return 1e6;
  if (page.is(i, "b") || page.is(i, "bn")) return 1e9;
  if (page.is(i, "tn")) return 1e12;
  return 0;
}

bool is_currency(const Page& page, std::size_t i) {
  const auto word = page.raw(i);
  return word == "$" || word == "£" || word == "€" || word == "¥";
}

double scale(const Page& page, std::size_t i) {
  if (page.is(i, "thousand")) return 1e3;
  if (page.is(i, "million") || page.is(i, "mln")) return 1e6;
  if (page.is(i, "billion") || page.is(i, "bln")) return 1e9;
  if (page.is(i, "trillion")) return 1e12;
  return 0;
}

bool is_hedged(const Page& page, std::size_t i) {
  if (i == 0 || page.r[i].has(Token::paragraph)) return false;
  switch (page.r.key(i - 1)) {
    case Key::nearly:
    case Key::almost:
    case Key::about:
    case Key::approximately:
    case Key::over:
    case Key::under:
    case Key::some:
    case Key::than:
    case Key::least:
    case Key::most: return true;
    case Key::to: return i > 1 && page.r.key(i - 2) == Key::up;
    default: return page.is(i - 1, "estimated") || page.is(i - 1, "another");
  }
}

void read_percent(const Page& page, Figure& f) {
  const std::size_t at = page.r.skip_hyphen(f.limit);
  if (page.r.sign(at, '%') || page.is(at, "percent") || page.is(at, "pct"))
    f.limit = at + 1;
  else if (page.is(at, "per") && page.is(at + 1, "cent"))
    f.limit = at + 2;
  else
    return;
  f.percent = true;
}

std::optional<Figure> in_digits(const Page& page, std::size_t i) {
  const Token& t = page.r.next(i);
  if (t.has(Token::ordinal) || t.has(Token::decade)) return std::nullopt;
  const bool money = i > 0 && is_currency(page, i - 1) && page.r.touches(i);
  const char after = t.end < page.text.size() ? page.text[t.end] : ' ';
  if (t.has(Token::glued) && !money && after != '%') return std::nullopt;
  const auto number = written(page.raw(i));
  if (!number) return std::nullopt;
  Figure f;
  f.first = money ? i - 1 : i;
  f.limit = i + 1;
  f.money = money;
  const double times = std::max(scale(page, f.limit), money ? clipped_scale(page, f.limit) : 0);
  if (times > 0) ++f.limit;
  const double factor = times > 0 ? times : 1;
  f.value = number->value * factor;
  f.whole = times == 0 && number->decimals == 0;
  f.room = f.whole ? 0 : 0.5 * std::pow(10, -number->decimals) * factor;
  return f;
}

std::optional<Figure> in_words(const Page& page, std::size_t i) {
  const auto q = read_quantity(page.r, i);
  if (!q || q->vague || q->article || q->hundredths % 100 || page.r.key(i) == Key::another ||
      page.r.key(i) == Key::additional || page.r.key(i) == Key::couple || page.r.key(i) == Key::a)
    return std::nullopt;
  Figure f;
  f.first = i;
  f.limit = q->limit;
  f.value = static_cast<double>(q->hundredths / 100);
  f.whole = true;
  if (const double times = scale(page, f.limit); times > 0) {
    ++f.limit;
    f.value *= times;
    f.room = times / 2;
    f.whole = false;
  }
  return f;
}

}  // namespace

std::optional<Figure> read_figure(const Page& page, std::size_t i) {
  const Token& t = page.r[i];
  if (t.kind == Token::mark || (t.kind == Token::word && t.meaning->cardinal < 0)) return std::nullopt;
  Reader r = page.r;
  r.begin_at(i);  // the figure may open a paragraph
  const Page here{page.text, r, page.dates, page.time, page.document, page.gap};
  auto f = t.kind == Token::number ? in_digits(here, i) : in_words(here, i);
  if (!f) return f;
  f->hedged = is_hedged(page, f->first);
  read_percent(here, *f);
  if (f->percent && f->whole) f->room = 0.5;
  return f;
}

std::size_t past_currency(const Page& page, std::size_t i) {
  return is_currency(page, i) && page.r.touches(i + 1) ? i + 1 : i;
}

bool is_in_date(const Page& page, const Figure& f) {
  const auto dates = page.dates_from(f.first);
  return !dates.empty() && dates.front().first_token < f.limit;
}

std::string plain(double value) {
  std::array<char, 64> buffer;
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, 2).ptr;
  std::string out(buffer.data(), end);
  while (out.back() == '0') out.pop_back();
  if (out.back() == '.') out.pop_back();
  return out;
}
