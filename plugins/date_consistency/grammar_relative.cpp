#include "grammar.hpp"

namespace {

bool is_noon_part(Part p) {
  return p != Part::none;
}

Reading shifted(Unit unit, int by, std::size_t limit) {
  Expression e = reading(Form::shift, limit);
  e.unit = unit;
  e.shift = by;
  return e;
}

Reading reference(int direction, std::size_t limit) {
  Expression e = reading(Form::reference, limit);
  e.shift = direction;
  return e;
}

Reading with_part(Reading e, const Reader& r) {
  const Word& word = r.word(e->limit);
  if (!is_noon_part(word.part) || word.plural) return e;
  e->clock.part = word.part;
  e->type = Type::time;
  ++e->limit;
  return e;
}

// Words that no "past" describes.
bool pronoun_or_joint(Key k) {
  switch (k) {
    case Key::that:
    case Key::and_:
    case Key::or_:
    case Key::for_:
    case Key::by:
    case Key::to:
    case Key::on:
    case Key::as:
    case Key::pronoun:
    case Key::past_verb:
    case Key::will:
    case Key::would_: return true;
    default: return false;
  }
}

Reading deictic_day(const Reader& r, std::size_t i) {
  switch (r.key(i)) {
    case Key::yesterday: return with_part(shifted(Unit::day, -1, i + 1), r);
    case Key::tomorrow: return with_part(shifted(Unit::day, 1, i + 1), r);
    case Key::tonight:
    case Key::overnight: {
      Reading e = shifted(Unit::day, 0, i + 1);
      e->clock.part = Part::night;
      e->type = Type::time;
      if (r.key(i) == Key::overnight && r.next(i + 1).kind == Token::word && r.key(i + 1) == Key::none)
        return std::nullopt;
      return e;
    }
    case Key::today:  // a capital inside a sentence is a name: "Ukraine Today"
      if (r.next(i).has(Token::capital) && i > 0 && !r[i].has(Token::paragraph) &&
          r[i - 1].kind == Token::word)
        return std::nullopt;
      return shifted(Unit::day, 0, i + 1);
    default: return std::nullopt;
  }
}

// "in the past", with nothing after it that a past could have: "the past year", "the past three".
bool ends_past(const Reader& r, std::size_t i) {
  const Token& after = r.next(i + 2);
  if (after.kind == Token::mark) return true;
  const bool word = after.kind == Token::word && !after.has(Token::capital);
  return word && i > 0 && r.key(i - 1) == Key::in && pronoun_or_joint(after.meaning->key);
}

// "Will", "may", "to" and the like before `i`: what follows lies ahead.
bool looks_ahead(const Reader& r, std::size_t i) {
  if (i == 0 || r[i].has(Token::paragraph)) return false;
  const Word& before = r.word(i - 1);
  const bool may = before.month == 5 && !r[i - 1].has(Token::capital);
  return may || before.key == Key::will || before.key == Key::to;
}

// "Now, he says" and "Now for the weather" speak to the reader.
bool turns_to_reader(const Reader& r, std::size_t i) {
  return r.next(i).has(Token::capital) && (r.sign(i + 1, ',') || r.key(i + 1) == Key::for_);
}

// "The future", "the near term", "the past", "the time being".
Reading past_or_future(const Reader& r, std::size_t i) {
  const std::size_t near = r.key(i + 1) == Key::near ? i + 2 : i + 1;
  if (r.key(near) == Key::future) return reference(1, near + 1);
  if (near == i + 2 && r.key(near) == Key::term) return reference(1, near + 1);
  if (r.key(i + 1) == Key::past && (i + 2 >= r.size() || ends_past(r, i))) return reference(-1, i + 2);
  if (r.key(i + 1) == Key::time && r.key(i + 2) == Key::being) return reference(0, i + 3);
  return std::nullopt;
}

Reading present_or_past(const Reader& r, std::size_t i) {
  // "Will one day be"
  if (r.word(i).cardinal == 1 && r.word(i + 1).unit == Unit::day && !r.word(i + 1).plural && !r.hyphen(i + 1))
    return looks_ahead(r, i) && r.key(i - 1) != Key::to ? reference(1, i + 2) : Reading();
  switch (r.key(i)) {
    case Key::soon: return looks_ahead(r, i) || r.key(i + 1) == Key::will ? reference(1, i + 1) : Reading();
    case Key::a:
      return r.key(i + 1) == Key::later && r.key(i + 2) == Key::date ? reference(1, i + 3) : Reading();
    case Key::now:
      if (turns_to_reader(r, i)) return std::nullopt;
      return reference(0, i + 1);
    case Key::currently:
    case Key::nowadays:
    case Key::presently: return reference(0, i + 1);
    case Key::current:
      return r.word(i + 1).unit == Unit::none && r.key(i + 1) != Key::fiscal ? reference(0, i + 1)
                                                                             : Reading();
    case Key::recently:
    case Key::lately: return reference(-1, i + 1);
    case Key::as:
      if (r.word(i + 1).key == Key::soon && r.key(i + 2) == Key::as && r.key(i + 3) == Key::possible)
        return reference(1, i + 4);
      return std::nullopt;
    case Key::the: return past_or_future(r, i);
    case Key::these:
      return r.word(i + 1).unit == Unit::day && r.word(i + 1).plural ? reference(0, i + 2) : Reading();
    case Key::at: return r.key(i + 1) == Key::present ? reference(0, i + 2) : Reading();
    default: return std::nullopt;
  }
}

struct Pointer {
  int shift;
  bool anaphor;  // to the date the text spoke of last, not to the day of publication
  std::size_t limit;
  bool last_or_next;
};

// "last", "this past", "the following", "that same" ...
std::optional<Pointer> pointer(const Reader& r, std::size_t i) {
  const bool article = r.key(i) == Key::the;
  const std::size_t at = article ? i + 1 : i;
  switch (r.key(at)) {
    case Key::last: return Pointer{-1, false, at + 1, true};
    case Key::past: return Pointer{-1, false, at + 1, true};
    case Key::next: return Pointer{1, article, at + 1, true};
    case Key::coming:
    case Key::upcoming: return Pointer{1, false, at + 1, true};
    case Key::following: return Pointer{1, true, at + 1, false};
    case Key::previous: return Pointer{-1, true, at + 1, false};
    case Key::this_:
      if (r.key(at + 1) == Key::past) return Pointer{-1, false, at + 2, true};
      if (r.key(at + 1) == Key::coming) return Pointer{1, false, at + 2, true};
      return Pointer{0, false, r.key(at + 1) == Key::same ? at + 2 : at + 1, false};
    case Key::current: return Pointer{0, false, at + 1, false};
    case Key::latest: return article ? std::optional(Pointer{0, true, at + 1, false}) : std::nullopt;
    case Key::that: return Pointer{0, true, r.key(at + 1) == Key::same ? at + 2 : at + 1, false};
    case Key::same: return article ? std::optional(Pointer{0, true, at + 1, false}) : std::nullopt;
    default: return std::nullopt;
  }
}

Reading pointed_unit(const Reader& r, const Pointer& p, std::size_t at) {
  const Word& word = r.word(at);
  if (r.next(at).has(Token::capital)) return std::nullopt;  // a name, such as a programme's
  if (word.unit == Unit::night && word.part == Part::night && !p.anaphor) {
    Reading e = shifted(Unit::day, p.shift, at + 1);
    e->clock.part = Part::night;
    e->type = Type::time;
    return e;
  }
  if (word.plural || word.unit < Unit::day || (p.anaphor && word.unit == Unit::night)) return std::nullopt;
  if (p.last_or_next && r.key(at + 1) == Key::of && p.limit > 1 && r.key(p.limit - 2) == Key::the)
    return std::nullopt;  // "the last week of August"
  // "last day", "this day" and "this hour" are rarely dates of their own.
  if (word.unit == Unit::day && (!p.anaphor || p.limit == at)) {
    if (!p.anaphor) return std::nullopt;
  }
  Expression e = reading(p.anaphor ? Form::anaphor : Form::shift, at + 1);
  e.unit = word.unit;
  e.shift = p.shift;
  e.by_text = p.anaphor;
  return e;
}

Reading pointed_name(const Reader& r, const Pointer& p, std::size_t at) {
  const Token& t = r.next(at);
  Expression e = reading(Form::calendar, at + 1);
  e.which = p.shift < 0 ? Which::last : p.shift > 0 ? Which::next : Which::current;
  e.by_text = p.anaphor;
  if (t.meaning->weekday && r.names_time(at) && !t.meaning->clipped && !t.meaning->plural) {
    e.weekday = t.meaning->weekday;
    return with_part(e, r);
  }
  if (t.meaning->month && r.names_time(at)) {
    e.month = t.meaning->month;
    e.limit = static_cast<uint32_t>(with_stop(r, at + 1));
    if (r.plain_number(e.limit) && r[e.limit].value <= 31) {
      e.day = static_cast<int8_t>(r[e.limit].value);
      ++e.limit;
    }
    return e;
  }
  if (Reading feast = read_calendar(r, at); feast && feast->holiday != Holiday::none && !feast->year) {
    feast->which = e.which;
    feast->by_text = e.by_text;
    return feast;
  }
  if (t.meaning->season != Season::none && !t.meaning->plural && !t.has(Token::capital)) {
    e.season = t.meaning->season;
    return e;
  }
  return std::nullopt;
}

Reading pointed(const Reader& r, std::size_t i) {
  const auto p = pointer(r, i);
  if (!p) return std::nullopt;
  std::size_t at = p->limit;
  if (r.key(at) == Key::fiscal || r.key(at) == Key::calendar) ++at;
  if (r.key(at) == Key::period && r.key(at - 1) == Key::latest) {
    Expression e = reading(Form::anaphor, at + 1);
    e.unit = Unit::quarter;
    return e;
  }
  if (Reading e = pointed_name(r, *p, at)) return e;
  const Word& word = r.word(at);
  const bool this_or_that = r.key(i) == Key::this_ || r.key(i) == Key::that;
  if (is_noon_part(word.part) && word.part != Part::night && !word.plural && (this_or_that || p->anaphor)) {
    Expression e = reading(p->anaphor ? Form::anaphor : Form::shift, at + 1, Type::time);
    e.unit = Unit::day;
    e.shift = p->shift;
    e.clock.part = word.part;
    return e;
  }
  return pointed_unit(r, *p, at);
}

// "the year", "the full year", "the quarter", "the week", "the weekend".
Reading definite_unit(const Reader& r, std::size_t i) {
  if (r.key(i) != Key::the) return std::nullopt;
  std::size_t at = i + 1;
  if (r.key(at) == Key::full || r.key(at) == Key::entire) ++at;
  const bool fiscal = r.key(at) == Key::fiscal;
  if (fiscal) ++at;
  const Word& word = r.word(at);
  if (word.plural || r.hyphen(at + 1)) return std::nullopt;
  if (word.unit != Unit::year && word.unit != Unit::quarter && word.unit != Unit::week &&
      word.unit != Unit::weekend && word.unit != Unit::month)
    return std::nullopt;
  if (word.unit == Unit::year && r.next(at + 1).kind == Token::number) return std::nullopt;
  // "the year ended 31 March" is a length of time; the date says which.
  if (word.unit == Unit::year && (fiscal || r.next(at + 1).past_form || r.word(at + 1).key == Key::ending)) {
    Expression e = reading(Form::amount, at + 1, Type::duration);
    e.amount = {100, Unit::year, false};
    return e;
  }
  Expression e = reading(Form::anaphor, at + 1);
  e.unit = word.unit;
  return e;
}

// "the day before", "the year after" with nothing that they could be before or after.
Reading unit_before(const Reader& r, std::size_t i) {
  const Unit unit = r.word(i + 1).unit;
  const bool grain = unit == Unit::day || unit == Unit::week || unit == Unit::month || unit == Unit::year;
  const Key joint = r.key(i + 2);
  if (r.key(i) != Key::the || !grain || r.word(i + 1).plural || (joint != Key::before && joint != Key::after))
    return std::nullopt;
  if (r.next(i + 3).kind != Token::mark || r.sign(i + 3, '\'') || r.sign(i + 3, '"')) return std::nullopt;
  Expression e = reading(Form::anaphor, i + 3);
  e.unit = unit;
  e.shift = joint == Key::before ? -1 : 1;
  e.by_text = true;
  return e;
}

// "year end", "year-end", "year's end".
Reading year_end(const Reader& r, std::size_t i) {
  std::size_t at = i;
  if (r.key(i) != Key::year_end) {
    if ((r.word(i).unit != Unit::year && r.word(i).unit != Unit::month) || r.word(i).plural)
      return std::nullopt;
    at = r.sign(i + 1, '\'') && r.touches(i + 1) ? i + 3 : r.skip_hyphen(i + 1);
    if (r.key(at) != Key::end) return std::nullopt;
  }
  Expression e = reading(Form::anaphor, at + 1);
  e.unit = r.word(i).unit == Unit::month ? Unit::month : Unit::year;
  e.mod = Mod::end;
  return e;
}

}  // namespace

Reading read_relative(const Reader& r, std::size_t i) {
  return longest(r, i, {deictic_day, present_or_past, pointed, definite_unit, unit_before, year_end});
}
