// number-disagreement: the headline counts ten, the text eleven, and nowhere ten.
#include <algorithm>
#include <array>
#include <cmath>

#include "checks.hpp"
#include "figure.hpp"

namespace {

constexpr double most = 100000;
constexpr std::size_t reach = 60;  // tokens
constexpr std::size_t most_numbers = 300;

enum class Kind { none, death, injury, arrest };

constexpr std::array<std::string_view, 9> deaths = {"killed", "dead",    "die",   "dies", "died",
                                                    "deaths", "killing", "kills", "kill"};
constexpr std::array<std::string_view, 8> injuries = {"injured", "hurt",     "wounded", "injuries",
                                                      "injures", "injuring", "wounds",  "wounding"};
constexpr std::array<std::string_view, 5> arrests = {"arrested", "arrests", "detained", "arrest",
                                                     "arresting"};
constexpr std::array<std::string_view, 14> victims = {
    "people", "persons", "men",      "women",   "children", "civilians", "soldiers",
    "others", "police",  "students", "workers", "was",      "were",      "officers"};

Kind kind_of(const Page& p, std::size_t i) {
  if (p.is_any(i, deaths)) return Kind::death;
  if (p.is_any(i, injuries)) return Kind::injury;
  return p.is_any(i, arrests) ? Kind::arrest : Kind::none;
}

// What a number counts: "ten killed", "ten people were killed", "kills ten".
Kind counted(const Page& p, const Figure& f) {
  std::size_t at = f.limit;
  for (int n = 0; n < 3 && p.is_any(at, victims); ++n) ++at;
  if (const Kind after = kind_of(p, at); after != Kind::none) return after;
  if (f.first == 0 || p.r[f.first].has(Token::paragraph)) return Kind::none;
  const bool active =
      p.is(f.first - 1, "killed") || p.is(f.first - 1, "kills") || p.is(f.first - 1, "killing") ||
      p.is(f.first - 1, "injured") || p.is(f.first - 1, "injures") || p.is(f.first - 1, "injuring") ||
      p.is(f.first - 1, "arrested") || p.is(f.first - 1, "wounded") || p.is(f.first - 1, "wounding");
  return active ? kind_of(p, f.first - 1) : Kind::none;
}

bool counts(const std::optional<Figure>& f) {
  return f && f->whole && !f->money && !f->percent && f->value >= 2 && f->value < most;
}

struct Told {
  Figure figure;
  Kind kind = Kind::none;
};

std::vector<Told> numbers_in(const Page& p, std::size_t begin, std::size_t end) {
  std::vector<Told> out;
  for (std::size_t i = begin; i < end && out.size() < most_numbers;) {
    const Token& t = p.r[i];
    const bool opens = t.kind == Token::number || t.meaning->cardinal >= 0;
    const auto f = opens ? read_figure(p, i) : std::nullopt;
    if (counts(f)) out.push_back({*f, counted(p, *f)});
    i = f ? std::max(f->limit, i + 1) : i + 1;
  }
  return out;
}

bool round(double value) {
  return value >= 20 && std::fmod(value, 10) == 0;
}

// Whether the sentence around `i` or one beside it speaks of the same fate.
bool speaks_of(const Page& p, std::size_t i, Kind kind) {
  const std::size_t begin = i > reach ? i - reach : 0, end = std::min(p.r.size(), i + reach);
  for (std::size_t at = begin; at < end; ++at)
    if (kind_of(p, at) == kind) return true;
  return false;
}

// The text has the headline's number, of the same fate or as a sum, or says that numbers differ.
bool explains(const Page& p, const Told& head, const std::vector<Told>& body) {
  double total = 0;
  for (const auto& a : body) {
    if (a.figure.value == head.figure.value &&
        (a.kind == head.kind || speaks_of(p, a.figure.first, head.kind)))
      return true;
    if (a.kind != head.kind) continue;
    if (a.figure.hedged ||
        (round(head.figure.value) && std::abs(a.figure.value - head.figure.value) < head.figure.value / 10))
      return true;
    total += a.figure.value;
    for (const auto& b : body)
      if (&a != &b && a.figure.value + b.figure.value == head.figure.value) return true;
  }
  return total == head.figure.value;
}

}  // namespace

void check_headline(const Page& p, Findings& out) {
  const std::size_t begin = title_end(p);
  if (begin == 0) return;
  const auto head = numbers_in(p, 0, begin);
  if (head.empty()) return;
  const auto body = numbers_in(p, begin, std::min(p.r.size(), begin + 20000));
  for (const auto& h : head) {
    if (h.kind == Kind::none || h.figure.hedged || explains(p, h, body)) continue;
    const auto other =
        std::find_if(body.begin(), body.end(), [&](const Told& b) { return b.kind == h.kind; });
    if (other == body.end()) continue;
    add_finding(out, "number-disagreement", p.range(h.figure.first, h.figure.limit),
                {p.range(other->figure.first, other->figure.limit)},
                "The headline says " + plain(h.figure.value) + ", the text " + plain(other->figure.value) +
                    " and nowhere " + plain(h.figure.value) + ".");
  }
}
