#include "grammar.hpp"

namespace {

Reading plain_expression(const Reader& r, std::size_t i) {
  return longest(r, i, {read_compound, read_clock, read_relative, read_amount, read_period, read_calendar});
}

struct Prefix {
  Mod mod = Mod::none;
  std::size_t limit = 0;
  bool needs_relative = false;  // "earlier this month", but not "earlier May 5"
};

// "early", "late in", "mid-", "the end of", "later".
Prefix prefix(const Reader& r, std::size_t i) {
  std::size_t at = r.key(i) == Key::the ? i + 1 : i;
  const Key k = r.key(at);
  const std::size_t in = r.key(at + 1) == Key::in ? at + 2 : r.skip_hyphen(at + 1);
  if (k == Key::early) return {Mod::start, in, false};
  if (k == Key::late) return {Mod::end, in, false};
  if (k == Key::mid) return {Mod::mid, r.skip_hyphen(at + 1), false};
  if (k == Key::earlier && at == i) return {Mod::start, in, true};
  if (k == Key::later && at == i) return {Mod::end, in, true};
  if (r.key(at + 1) != Key::of) {
    const bool around = (k == Key::about) && at == i;
    return around ? Prefix{Mod::approx, at + 1, false} : Prefix{};
  }
  if (k == Key::beginning) return {Mod::start, at + 2, false};
  if (k == Key::middle) return {Mod::mid, at + 2, false};
  if (k == Key::end) return {Mod::end, at + 2, false};
  return {};
}

bool can_be_modified(const Expression& e, const Prefix& p) {
  if (e.mod != Mod::none) return false;
  if (p.mod == Mod::approx) return e.form == Form::calendar && (e.month || (e.type == Type::time && e.day));
  if (p.needs_relative)
    return e.form == Form::shift || e.form == Form::anaphor ||
           (e.form == Form::calendar && e.weekday && !e.day);
  return e.form == Form::calendar || e.form == Form::shift || e.form == Form::anaphor;
}

Reading modified(const Reader& r, std::size_t i) {
  const Prefix p = prefix(r, i);
  if (p.mod == Mod::none) return std::nullopt;
  Reading e = plain_expression(r, p.limit);
  if (!e || !can_be_modified(*e, p)) return std::nullopt;
  e->mod = p.mod;
  return e;
}

}  // namespace

Reading read_expression(const Reader& r, std::size_t i) {
  return longest(r, i, {modified, plain_expression});
}
