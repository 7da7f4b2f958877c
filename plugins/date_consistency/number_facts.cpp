#include "number_facts.hpp"

#include "figure.hpp"

namespace {

constexpr std::size_t shortest_noun = 4, longest_noun = 30;

// The thing counted: a plain word in small letters right after the number.
std::string counted(const Page& p, const Figure& f) {
  if (f.percent) return "percent";
  if (f.money) return "money";
  const std::size_t at = p.r.skip_hyphen(f.limit);
  const auto word = p.raw(at);
  const bool noun = p.r.next(at).kind == Token::word && !p.capital(at) && p.r[at].meaning->text.empty() &&
                    !p.r[at].past_form && word.size() >= shortest_noun && word.size() <= longest_noun;
  for (const char c : word)
    if (c < 'a' || c > 'z') return {};
  return noun && f.value >= 2 ? std::string(word) : std::string();
}

}  // namespace

void state_numbers(const Page& p, stet::sdk::Host& host) {
  auto date = p.dates.begin();
  for (std::size_t i = 0; i < p.r.size();) {
    while (date != p.dates.end() && date->limit <= i) ++date;
    const bool in_date = date != p.dates.end() && date->first_token <= i;
    const auto f = in_date ? std::nullopt : read_figure(p, i);
    const std::string of = f ? counted(p, *f) : std::string();
    if (!of.empty())
      host.state("number", p.range(f->first, f->limit),
                 "{\"value\":\"" + plain(f->value) + "\",\"of\":\"" + of + "\"}");
    i = f ? f->limit : i + 1;
  }
}
