#include "scan.hpp"

#include <algorithm>

#include "grammar.hpp"
#include "tense.hpp"
#include "tokens.hpp"

namespace {

constexpr std::size_t stretch_bytes = 64 * 1024;  // bounds the memory for tokens, not what is found

// Text broken at a fixed width has many lines and none of them long.
bool is_hard_wrapped(std::string_view text) {
  std::size_t lines = 0, middling = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (end - at > 120) return false;
    middling += end - at >= 50;
    ++lines;
    at = end + 1;
  }
  return lines >= 4 && middling * 2 >= lines;
}

// Where a stretch that begins at `begin` may end: after a line, else after a space, else anywhere
// between characters.
std::size_t stretch_end(std::string_view text, std::size_t begin, bool wrapped) {
  const std::size_t limit = begin + stretch_bytes;
  if (limit >= text.size()) return text.size();
  const auto window = text.substr(begin, stretch_bytes);
  for (const std::string_view stop :
       {wrapped ? std::string_view("\n\n") : "\n", std::string_view("\n"), std::string_view(" ")})
    if (const std::size_t at = window.rfind(stop); at != window.npos && at > 0) return begin + at + 1;
  std::size_t end = limit;
  while (end > begin + 1 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return end;
}

// Words that only stand inside expressions, or only speak of tense.
bool only_continues(Key k) {
  switch (k) {
    case Key::of:
    case Key::in:
    case Key::on:
    case Key::to:
    case Key::until:
    case Key::and_:
    case Key::or_:
    case Key::between:
    case Key::since:
    case Key::by:
    case Key::during:
    case Key::for_:
    case Key::than:
    case Key::throughout:
    case Key::only:
    case Key::within:
    case Key::will:
    case Key::would_:
    case Key::past_verb:
    case Key::planned:
    case Key::set_to:
    case Key::be:
    case Key::pronoun:
    case Key::counted:
    case Key::ago:
    case Key::from:
    case Key::before:
    case Key::after:
    case Key::so:
    case Key::old:
    case Key::long_:
    case Key::time:
    case Key::being:
    case Key::possible: return true;
    default: return false;
  }
}

bool has_meaning(const Token& t) {
  return t.kind != Token::word || !t.meaning->text.empty();
}

// Whether an expression may begin at `i`: a quick look that spares the grammar most words.
bool may_begin(const Reader& r, std::size_t i) {
  const Token& t = r[i];
  if (t.kind != Token::word) return t.kind == Token::number || t.sign == '\'';
  if (t.meaning->text.empty() || only_continues(t.meaning->key)) return false;
  switch (t.meaning->key) {
    case Key::the:
    case Key::a:
    case Key::its:
    case Key::this_:
    case Key::that:
    case Key::these:
    case Key::as:
    case Key::at:
    case Key::about:
    case Key::more:
    case Key::over:
    case Key::up:
    case Key::some:
    case Key::each:
    case Key::every:
    case Key::last:
    case Key::next: return has_meaning(r.next(i + 1));
    default: return true;
  }
}

bool is_day_alone(const Reader& r, std::size_t i) {
  return r.plain_number(i) && r[i].digits <= 2 && r[i].value >= 1 && r[i].value <= 31;
}

// The "8" of "June 7-8", "June 7 and 8, 2025": a date of its own, with the month before it.
bool extends_day(const Reader& r, const Expression& first, Expression& second) {
  if (first.form != Form::calendar || !first.month || !first.day || first.has_clock()) return false;
  if (!is_day_alone(r, first.limit - 1) || first.year) return false;
  const std::size_t join = first.limit;
  const bool dash = r.sign(join, '-');
  if (!dash && r.key(join) != Key::and_ && r.key(join) != Key::to && r.key(join) != Key::or_) return false;
  const std::size_t at = join + 1;
  if (!is_day_alone(r, at) || r.sign(at + 1, ':')) return false;
  const Word& next = r.word(at + 1);
  if (next.month || next.unit != Unit::none || next.key == Key::am || next.key == Key::pm || r.hyphen(at + 1))
    return false;
  const Token& after = r.next(at + 1);
  if (!dash && after.kind == Token::word && next.key == Key::none) return false;
  second = first;
  second.mod = Mod::none;
  second.weekday = 0;
  second.day = static_cast<int8_t>(r[at].value);
  second.first_token = static_cast<uint32_t>(at);
  second.limit = static_cast<uint32_t>(at + 1);
  std::size_t year_at = r.sign(at + 1, ',') ? at + 2 : at + 1;
  std::size_t limit = year_at;
  if (const int year = year_in_context(r, year_at, limit)) {
    second.year = static_cast<int16_t>(year);
    second.limit = static_cast<uint32_t>(limit);
    second.whole_date = true;
  }
  return true;
}

// The "26" of "26-30 November", "from 15 to 22 February 1951".
Reading leading_day(const Reader& r, std::size_t i) {
  if (!is_day_alone(r, i) || !is_day_alone(r, i + 2)) return std::nullopt;
  const Key before = i ? r[i - 1].meaning->key : Key::none;
  const bool word = (r.key(i + 1) == Key::to && before == Key::from) ||
                    (r.key(i + 1) == Key::and_ && (before == Key::between || before == Key::on));
  if (!word && !r.sign(i + 1, '-')) return std::nullopt;
  Reading e = read_calendar(r, i + 2);
  if (!e || !e->month || !e->day || e->weekday || r.word(i + 3).month != e->month) return std::nullopt;
  e->day = static_cast<int8_t>(r[i].value);
  e->limit = static_cast<uint32_t>(i + 1);
  return e;
}

bool has_half_day(const Reader& r, const Expression& e) {
  for (std::size_t i = e.first_token; i < e.limit; ++i)
    if (r.key(i) == Key::am || r.key(i) == Key::pm) return true;
  return false;
}

// The "2" of "from 2 to 4 p.m.", the "9:30" of "9:30-11 a.m.": a time of the same half of the day, or of the
// one before.
Reading leading_clock(const Reader& r, std::size_t i) {
  if (!r.plain_number(i) || r[i].digits > 2 || r[i].value < 1 || r[i].value > 12 || r[i].has(Token::ordinal))
    return std::nullopt;
  const bool minutes = r.sign(i + 1, ':') && r.touches(i + 1) && r.plain_number(i + 2) && r[i + 2].value < 60;
  const std::size_t joint = minutes ? i + 3 : i + 1;
  const Key before = i ? r[i - 1].meaning->key : Key::none;
  const bool word = (r.key(joint) == Key::to && before == Key::from) ||
                    (r.key(joint) == Key::and_ && before == Key::between);
  if (!word && !r.sign(joint, '-')) return std::nullopt;
  Reading e = read_clock(r, joint + 1);
  if (!e || e->clock.hour < 0) return std::nullopt;
  e->first_token = static_cast<uint32_t>(joint + 1);
  if (!has_half_day(r, *e)) return std::nullopt;
  const int later = r[i].value % 12 + 12;
  const bool same_half = later <= e->clock.hour;
  e->clock.hour = static_cast<int8_t>(same_half ? later : r[i].value % 12);
  e->clock.minute = static_cast<int8_t>(minutes ? r[i + 2].value : 0);
  e->limit = static_cast<uint32_t>(joint);
  return e;
}

// "From May to September 1916", "in May and June 1916": what the second date says of the first one's year,
// and the first of the second's.
void share_year(const Reader& r, Expression& a, Expression& b) {
  if (a.form != Form::calendar || b.form != Form::calendar || !a.month || !b.month || a.year ||
      a.limit + 1 != b.first_token || a.year_is_relative || a.which != Which::nearest || a.moved || b.moved)
    return;
  const Key joint = r.key(a.limit);
  const bool range = joint == Key::to || joint == Key::until || r.sign(a.limit, '-');
  if (!range && joint != Key::and_ && joint != Key::or_) return;
  if (b.year && !b.short_year)
    a.year = static_cast<int16_t>(range && a.month > b.month ? b.year - 1 : b.year);
  b.ends_range = range && !b.year && b.which == Which::nearest;
}

void place(const Reader& r, Expression& e) {
  e.begin = r[e.first_token].begin;
  e.end = r[e.limit - 1].end;
  e.paragraph_start = r[e.first_token].has(Token::paragraph) || e.first_token == 0;
}

void read_stretch(Reader& r, std::vector<Expression>& out) {
  for (std::size_t i = 0; i < r.size();) {
    r.begin_at(i);
    Reading e = r[i].kind == Token::number ? leading_clock(r, i) : Reading();
    if (!e && may_begin(r, i)) e = read_expression(r, i);
    if (!e && r[i].kind == Token::number) e = leading_day(r, i);
    if (!e) {
      ++i;
      continue;
    }
    e->first_token = static_cast<uint32_t>(i);
    place(r, *e);
    e->tense = tense_around(r, *e);
    if (!out.empty()) share_year(r, out.back(), *e);
    out.push_back(*e);
    Expression second;
    if (extends_day(r, *e, second)) {
      place(r, second);
      if (second.year) out.back().year = second.year;
      out.push_back(second);
      e->limit = second.limit;
    }
    i = std::max<std::size_t>(e->limit, i + 1);
  }
}

}  // namespace

void scan(std::string_view text, const OnStretch& on_stretch) {
  const bool wrapped = is_hard_wrapped(text);
  std::vector<Token> tokens;
  std::vector<Expression> found;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = stretch_end(text, begin, wrapped);
    tokens.clear();
    found.clear();
    tokenise(text, static_cast<uint32_t>(begin), static_cast<uint32_t>(end), !wrapped, tokens);
    Reader reader{tokens};
    read_stretch(reader, found);
    on_stretch(reader, found);
    begin = end;
  }
}
