// The words that make up expressions of time. Each reader looks at the tokens from `i` on and
// answers with the longest expression of its kind that begins there; `limit` is the token after
// it. None looks further than a fixed number of tokens, so that reading is linear.
#pragma once

#include <initializer_list>
#include <optional>

#include "expression.hpp"
#include "reader.hpp"

using Reading = std::optional<Expression>;

Reading read_expression(const Reader& r, std::size_t i);  // any kind

// grammar_calendar.cpp: dates by name and number, years, decades, centuries, holidays
Reading read_calendar(const Reader& r, std::size_t i);
// grammar_feast.cpp: "Good Friday", "New Year's Eve", "Christmas 2025"; part of read_calendar
Reading read_feast(const Reader& r, std::size_t i);
// grammar_period.cpp: quarters, halves, seasons, "fiscal 1989"
Reading read_period(const Reader& r, std::size_t i);
// grammar_relative.cpp: "yesterday", "last week", "that year", "now"
Reading read_relative(const Reader& r, std::size_t i);
// grammar_amount.cpp: lengths of time, "two weeks ago", sets
Reading read_amount(const Reader& r, std::size_t i);
// grammar_clock.cpp: times of day, alone or with a date
Reading read_clock(const Reader& r, std::size_t i);

// grammar_compound.cpp: "the week of March 6", "the first Monday of March", "two days before Christmas"
Reading read_compound(const Reader& r, std::size_t i);

// The longest of what these readers find at `i`; of two that are as long, the first.
inline Reading longest(const Reader& r, std::size_t i,
                       std::initializer_list<Reading (*)(const Reader&, std::size_t)> readers) {
  Reading best;
  for (const auto reader : readers)
    if (const auto e = reader(r, i); e && (!best || e->limit > best->limit)) best = e;
  return best;
}

inline Expression reading(Form form, std::size_t limit, Type type = Type::date) {
  Expression e;
  e.form = form;
  e.type = type;
  e.limit = static_cast<uint32_t>(limit);
  return e;
}

// A full stop that belongs to an abbreviation before it is taken along.
inline std::size_t with_stop(const Reader& r, std::size_t i) {
  return r.word(i - 1).clipped && r.sign(i, '.') && r.touches(i) ? i + 1 : i;
}

// The year at `i`, if the words around it make it one; 0 if not.
int year_in_context(const Reader& r, std::size_t i, std::size_t& limit);

// ", 2025", "2025", "of 2025", "'25" and "last year", "of that year" after a month, a day or a feast: the
// token after them, or `i`.
std::size_t trailing_year(const Reader& r, std::size_t i, Expression& e);
std::size_t trailing_relative_year(const Reader& r, std::size_t i, Expression& e);
