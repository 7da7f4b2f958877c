// Feasts and holidays by name.
#include "grammar.hpp"

namespace {

struct Feast {
  Key first;
  Holiday day, eve;
  bool needs_day;  // only with "Day" after it
};

struct NamedWeekday {
  Key first;
  int weekday;
  Holiday day;
};

// "Good Friday", "Easter Monday": a weekday with a name of its own.
Reading named_weekday(const Reader& r, std::size_t i) {
  static constexpr NamedWeekday days[] = {
      {Key::good, 5, Holiday::good_friday},  {Key::easter, 1, Holiday::easter_monday},
      {Key::easter, 7, Holiday::easter},     {Key::palm, 7, Holiday::palm_sunday},
      {Key::ash, 3, Holiday::ash_wednesday}, {Key::black, 5, Holiday::black_friday},
      {Key::cyber, 1, Holiday::cyber_monday}};
  const Token& name = r.next(i + 1);
  if (!r.next(i).has(Token::capital) || !name.has(Token::capital) || name.meaning->clipped)
    return std::nullopt;
  for (const auto& d : days) {
    if (d.first != r.key(i) || d.weekday != name.meaning->weekday || name.meaning->plural) continue;
    Expression e = reading(Form::calendar, i + 2);
    e.holiday = d.day;
    const std::size_t after_year = trailing_year(r, e.limit, e);
    e.limit =
        static_cast<uint32_t>(after_year > e.limit ? after_year : trailing_relative_year(r, e.limit, e));
    return e;
  }
  return std::nullopt;
}

constexpr Feast feasts[] = {{Key::christmas, Holiday::christmas, Holiday::christmas_eve, false},
                            {Key::halloween, Holiday::halloween, Holiday::none, false},
                            {Key::thanksgiving, Holiday::thanksgiving, Holiday::none, false},
                            {Key::easter, Holiday::easter, Holiday::none, false},
                            {Key::new_, Holiday::new_year, Holiday::new_year_eve, true},
                            {Key::valentine, Holiday::valentine, Holiday::none, true},
                            {Key::labor, Holiday::labor, Holiday::none, true},
                            {Key::independence, Holiday::independence, Holiday::none, true},
                            {Key::memorial, Holiday::memorial, Holiday::none, true},
                            {Key::veterans, Holiday::veterans, Holiday::none, true},
                            {Key::boxing, Holiday::boxing, Holiday::none, true},
                            {Key::columbus, Holiday::columbus, Holiday::none, true},
                            {Key::election, Holiday::election, Holiday::none, true},
                            {Key::mother, Holiday::mothers, Holiday::none, true},
                            {Key::father, Holiday::fathers, Holiday::none, true},
                            {Key::presidents, Holiday::presidents, Holiday::none, true},
                            {Key::bastille, Holiday::bastille, Holiday::none, true},
                            {Key::juneteenth, Holiday::juneteenth, Holiday::none, false}};

Reading feast_day(const Reader& r, std::size_t i) {
  if (!r.next(i).has(Token::capital)) return std::nullopt;
  const Feast* feast = nullptr;
  for (const auto& f : feasts)
    if (f.first == r.key(i)) feast = &f;
  if (!feast) return std::nullopt;
  std::size_t at = i + 1;
  if (feast->first == Key::new_) {
    if (r.word(at).unit != Unit::year || !r.next(at).has(Token::capital)) return std::nullopt;
    ++at;
  }
  if (r.sign(at, '\'') && r.touches(at)) at += r.touches(at + 1) ? 2 : 1;
  Expression e = reading(Form::calendar, i + 1);
  e.holiday = feast->day;
  const bool eve = r.key(at) == Key::eve && feast->eve != Holiday::none;
  const bool day = r.word(at).unit == Unit::day && r.next(at).has(Token::capital);
  if (eve) e.holiday = feast->eve;
  if (!eve && !day && feast->needs_day) return std::nullopt;
  if (eve || day) e.limit = static_cast<uint32_t>(at + 1);
  const std::size_t after_year = trailing_year(r, e.limit, e);
  e.limit = static_cast<uint32_t>(after_year > e.limit ? after_year : trailing_relative_year(r, e.limit, e));
  return e;
}

}  // namespace

Reading read_feast(const Reader& r, std::size_t i) {
  const Reading named = named_weekday(r, i);
  return named ? named : feast_day(r, i);
}
