// percent-mismatch: a change or a share in per cent that its own numbers do not give.
#include <algorithm>
#include <array>
#include <cmath>

#include "checks.hpp"
#include "figure.hpp"

namespace {

constexpr std::array<std::string_view, 16> other_base = {
    "annual",    "annually",  "average",    "inflation",  "adjusted",   "compounded", "currency", "points",
    "adjusting", "excluding", "comparable", "seasonally", "annualized", "annualised", "margin",   "points"};

struct Change {
  Figure from, to;
  std::size_t first = 0, limit = 0;
};

std::optional<Figure> amount(const Page& p, std::size_t i) {
  const auto f = read_figure(p, past_currency(p, i));
  return f && !f->percent && !f->hedged && f->value > 0 ? f : std::nullopt;
}

// "at 150 tonnes, compared with 100 tonnes": the change goes to the first.
std::optional<Change> read_comparison(const Page& p, std::size_t i) {
  const auto first = p.r.key(i) == Key::at ? amount(p, i + 1) : std::nullopt;
  if (!first) return std::nullopt;
  std::size_t at = first->limit;
  for (int n = 0; n < 3 && p.r.next(at).kind == Token::word && !p.is(at, "compared"); ++n) ++at;
  if (p.r.sign(at, ',')) ++at;
  if (!p.is(at, "compared") || !(p.is(at + 1, "with") || p.is(at + 1, "to"))) return std::nullopt;
  const auto second = amount(p, at + 2);
  if (!second || first->money != second->money) return std::nullopt;
  return Change{*second, *first, i, second->limit};
}

// "from 200 to 250" and "to 250 from 200", with at most three words after the first number.
std::optional<Change> read_change(const Page& p, std::size_t i) {
  const Key opening = p.r.key(i);
  if (opening != Key::from && opening != Key::to) return std::nullopt;
  const Key joint = opening == Key::from ? Key::to : Key::from;
  const auto first = amount(p, i + 1);
  if (!first) return std::nullopt;
  std::size_t at = first->limit;
  for (int n = 0; n < 4 && p.r.key(at) != joint; ++n, ++at) {
    const bool year = p.r.plain_number(at) && p.r[at].digits == 4 && p.r.key(at - 1) == Key::in;
    if (p.r.next(at).kind != Token::word && !year) break;
  }
  if (p.r.key(at) != joint) return std::nullopt;
  const auto second = amount(p, at + 1);
  if (!second || first->money != second->money) return std::nullopt;
  Change c;
  c.from = opening == Key::from ? *first : *second;
  c.to = opening == Key::from ? *second : *first;
  c.first = i;
  c.limit = second->limit;
  return c;
}

bool is_percentage(const Page& p, std::size_t i) {
  const bool opens = p.r[i].kind == Token::number || p.r[i].meaning->cardinal >= 0;
  const auto f = opens ? read_figure(p, i) : std::nullopt;
  return f && f->percent;
}

// The percentage right before the change, or soon after it; `size()` if none.
std::size_t percentage_beside(const Page& p, const Change& c) {
  for (std::size_t back = 1; back <= 6 && back <= c.first; ++back)
    if (is_percentage(p, c.first - back)) return c.first - back;
  for (std::size_t at = c.limit; at < c.limit + 9; ++at)
    if (is_percentage(p, at)) return at;
  return p.r.size();
}

// Whether the sentence has another percentage, or counts from another base.
bool is_muddled(const Page& p, const Change& c, const Figure& percentage) {
  const std::size_t begin = p.sentence_begin(c.first), end = p.sentence_end(c.limit - 1);
  for (std::size_t i = begin; i < end; ++i) {
    if (p.is_any(i, other_base)) return true;
    const bool known = (i >= c.first && i < c.limit) || (i >= percentage.first && i < percentage.limit);
    if (!known && is_percentage(p, i)) return true;
  }
  return false;
}

std::optional<Figure> only_percentage(const Page& p, const Change& c) {
  const std::size_t at = percentage_beside(p, c);
  const auto found = at < p.r.size() ? read_figure(p, at) : std::nullopt;
  if (!found || found->hedged || p.is(found->limit, "of") || p.r.hyphen(found->limit)) return std::nullopt;
  if (p.is(found->limit + 1, "than")) return std::nullopt;  // "25 percent more than in May"
  if (p.is(found->limit, "percentage") || p.is(found->limit, "point")) return std::nullopt;
  const bool before = found->limit <= c.first && c.first - found->limit <= 2;
  const bool after = found->first >= c.limit && found->first - c.limit <= 8;
  const std::size_t begin = p.sentence_begin(c.first), end = p.sentence_end(c.limit - 1);
  if (found->first < begin || found->limit > end) return std::nullopt;
  return (before || after) && !is_muddled(p, c, *found) ? found : std::nullopt;
}

struct Bounds {
  double low, high;
};

// The change in per cent that the numbers allow, as they are rounded.
Bounds change_bounds(const Change& c) {
  const double a = (c.to.low() / c.from.high() - 1) * 100, b = (c.to.high() / c.from.low() - 1) * 100;
  const double low = std::min(std::abs(a), std::abs(b)), high = std::max(std::abs(a), std::abs(b));
  return {a * b < 0 ? 0 : low, high};
}

bool agrees(const Figure& stated, const Bounds& bounds) {
  const double leeway = stated.room + 0.5 + 0.01 * stated.value;
  return stated.value >= bounds.low - leeway && stated.value <= bounds.high + leeway;
}

void report(const Page& p, const Figure& percentage, std::vector<stet_range> related, std::string arithmetic,
            Findings& out) {
  add_finding(out, "percent-mismatch", p.range(percentage.first, percentage.limit), std::move(related),
              std::move(arithmetic) + ", not " + plain(percentage.value) + "%.");
}

void check_change(const Page& p, std::size_t i, Findings& out) {
  const auto c = p.r.key(i) == Key::at ? read_comparison(p, i) : read_change(p, i);
  if (!c || is_in_date(p, c->from) || is_in_date(p, c->to)) return;
  const auto percentage = only_percentage(p, *c);
  if (!percentage || agrees(*percentage, change_bounds(*c))) return;
  const double real = (c->to.value / c->from.value - 1) * 100;
  report(p, *percentage, {p.range(c->from.first, c->from.limit), p.range(c->to.first, c->to.limit)},
         "From " + plain(c->from.value) + " to " + plain(c->to.value) + " is " +
             (real < 0 ? "a fall" : "a rise") + " of " + plain(std::round(std::abs(real) * 10) / 10) + "%",
         out);
}

// "12 of 48 members, or 25 percent", "12 of the 48 members (25%)".
void check_share(const Page& p, std::size_t i, Findings& out) {
  const auto part = read_figure(p, i);
  if (!part || !part->whole || part->percent || part->hedged || part->value < 1) return;
  std::size_t at = part->limit;
  if (p.is(at, "out")) ++at;
  if (p.r.key(at) != Key::of) return;
  ++at;
  if (p.r.key(at) == Key::the || p.r.key(at) == Key::its) ++at;
  const auto whole = read_figure(p, at);
  if (!whole || !whole->whole || whole->percent || whole->hedged || whole->value < part->value) return;
  at = whole->limit;
  for (int n = 0; n < 3 && p.r.next(at).kind == Token::word; ++n) ++at;
  const bool bracket = p.r.sign(at, '(');
  if (!bracket && !(p.r.sign(at, ',') && p.r.key(at + 1) == Key::or_)) return;
  const auto stated = read_figure(p, bracket ? at + 1 : at + 2);
  if (!stated || !stated->percent || stated->hedged || is_in_date(p, *part) || is_in_date(p, *whole)) return;
  const double real = part->value / whole->value * 100;
  if (std::abs(real - stated->value) <= stated->room + 0.5) return;
  report(
      p, *stated, {p.range(part->first, part->limit), p.range(whole->first, whole->limit)},
      plain(part->value) + " of " + plain(whole->value) + " are " + plain(std::round(real * 10) / 10) + "%",
      out);
}

}  // namespace

void check_percentages(const Page& p, Findings& out) {
  for (std::size_t i = 0; i < p.r.size(); ++i) {
    const Token& t = p.r[i];
    if (t.meaning->key == Key::from || t.meaning->key == Key::to || t.meaning->key == Key::at)
      check_change(p, i, out);
    else if (t.kind == Token::number || t.meaning->cardinal >= 0)
      check_share(p, i, out);
  }
}
