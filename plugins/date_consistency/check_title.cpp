// number-disagreement of things and ages: "Council to close five libraries", and six in the text; "Man, 34,
// charged" and a 43-year-old. The text must tell of the same in its opening and give the headline's number
// nowhere.
#include <algorithm>
#include <array>
#include <cmath>

#include "aged.hpp"
#include "checks.hpp"
#include "figure.hpp"

namespace {

constexpr std::size_t longest_title = 18;  // tokens; a longer one is a first paragraph
constexpr std::size_t most_read = 20000;   // tokens
constexpr std::size_t shared_words = 2;    // of the headline, without the counted noun
constexpr std::size_t longest_stem = 4;    // letters that make two words one: "jailed", "jails"

struct Counted {
  Figure figure;
  std::size_t noun = 0;  // token; 0 for money
};

bool opens_figure(const Token& t) {
  return t.kind == Token::number || t.meaning->cardinal >= 0;
}

// A count of at least two with its noun, at most one word between, or an amount of money.
std::optional<Counted> counted_at(const Page& p, std::size_t i) {
  const auto f = opens_figure(p.r[i]) ? read_figure(p, i) : std::nullopt;
  if (!f || f->percent || f->value < 2) return std::nullopt;
  if (f->money) return Counted{*f, 0};
  if (!f->whole || p.r.hyphen(f->limit)) return std::nullopt;
  for (std::size_t at = f->limit; at < f->limit + 2 && p.r.next(at).kind == Token::word; ++at)
    if (p.raw(at).size() > 3 && p.raw(at).ends_with('s')) return Counted{*f, at};
  return std::nullopt;
}

bool same_thing(const Page& p, const Counted& a, const Counted& b) {
  if (a.figure.money || b.figure.money) return a.figure.money && b.figure.money;
  return same_word(p.raw(b.noun), lower_case(p.raw(a.noun)));
}

bool same_stem(std::string_view a, std::string_view b) {
  if (a.size() < longest_stem || b.size() < longest_stem) return false;
  return lower_case(a.substr(0, longest_stem)) == lower_case(b.substr(0, longest_stem));
}

// How many long words of the headline stand in the opening.
std::size_t shared(const Page& p, std::size_t title, std::size_t end, std::size_t noun) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < title; ++i) {
    if (i == noun || p.r[i].kind != Token::word || p.r[i].meaning->cardinal >= 0) continue;
    for (std::size_t j = title; j < end; ++j)
      if (p.r[j].kind == Token::word && same_stem(p.raw(i), p.raw(j))) {
        ++count;
        break;
      }
  }
  return count;
}

// Whether the text has the number, or figures that make it, or says that it is not sure.
bool explained(const Page& p, const Figure& head, std::size_t title) {
  std::vector<Figure> figures;
  const std::size_t end = std::min(p.r.size(), title + most_read);
  for (std::size_t i = title; i < end && figures.size() < 200; ++i) {
    const auto f = opens_figure(p.r[i]) ? read_figure(p, i) : std::nullopt;
    if (!f) continue;
    if (std::abs(f->value - head.value) <= std::max(f->room, head.room) || f->hedged) return true;
    if (head.value >= 20 && std::abs(f->value - head.value) < head.value / 10) return true;  // a round number
    figures.push_back(*f);
    i = f->limit - 1;
  }
  for (std::size_t a = 0; a < figures.size(); ++a)
    for (std::size_t b = a + 1; b < figures.size(); ++b)
      if (std::abs(figures[a].value + figures[b].value - head.value) <= head.room) return true;
  return false;
}

void report(const Page& p, const Figure& head, const Figure& body, Findings& out) {
  stet::sdk::Finding f;
  f.check = "number-disagreement";
  f.range = p.range(head.first, head.limit);
  f.related = {p.range(body.first, body.limit)};
  const auto words = [&](const Figure& x) {
    const auto range = p.range(x.first, x.limit);
    return std::string(p.text.substr(range.begin, range.end - range.begin));
  };
  f.message =
      "The headline says " + words(head) + ", the text " + words(body) + " and nowhere " + words(head) + ".";
  out.push_back(std::move(f));
}

// The only figure of the opening that counts what the headline counts.
std::optional<Figure> counterpart(const Page& p, const Counted& head, std::size_t title, std::size_t end) {
  std::optional<Figure> found;
  for (std::size_t i = title; i < end; ++i) {
    const auto c = counted_at(p, i);
    if (!c) continue;
    if (same_thing(p, head, *c)) {
      if (found) return std::nullopt;
      found = c->figure;
    }
    i = c->figure.limit - 1;
  }
  return found;
}

void check_counted(const Page& p, std::size_t title, std::size_t end, Findings& out) {
  for (std::size_t i = 0; i < title; ++i) {
    const auto head = counted_at(p, i);
    if (!head) continue;
    i = head->figure.limit - 1;
    if (head->figure.hedged || shared(p, title, end, head->noun) < shared_words) continue;
    const auto body = counterpart(p, *head, title, end);
    if (body && !body->hedged && !explained(p, head->figure, title)) report(p, head->figure, *body, out);
  }
}

constexpr std::array<std::string_view, 8> persons = {"man",  "woman",    "boy",    "girl",
                                                     "teen", "teenager", "driver", "pensioner"};

// "Man, 34, charged": the age, if the headline has just one.
std::optional<Figure> age_in_title(const Page& p, std::size_t title) {
  std::optional<Figure> found;
  for (std::size_t i = 0; i + 3 < title; ++i) {
    if (!p.is_any(i, persons) || !p.r.sign(i + 1, ',') || !p.r.plain_number(i + 2) || !p.r.sign(i + 3, ','))
      continue;
    if (found) return std::nullopt;
    found = read_figure(p, i + 2);
  }
  return found;
}

void check_age(const Page& p, std::size_t title, std::size_t end, Findings& out) {
  const auto head = age_in_title(p, title);
  if (!head || explained(p, *head, title)) return;
  for (std::size_t i = title; i < end; ++i)
    if (past_year_old(p, i) > i) {
      if (const auto body = read_figure(p, i)) report(p, *head, *body, out);
      return;
    }
}

}  // namespace

void check_title(const Page& p, Findings& out) {
  const std::size_t title = title_end(p);
  if (title == 0 || title > longest_title || p.r[title - 1].sign == '.') return;
  const std::size_t end = p.sentence_end(title);  // the sentence that tells what the headline tells
  check_counted(p, title, end, out);
  check_age(p, title, end, out);
}
