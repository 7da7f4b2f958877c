// The checks, one function each. Each appends what does not hold; none looks at a clock.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <stet/plugin.hpp>

#include "document_time.hpp"
#include "expression.hpp"
#include "page.hpp"
#include "reader.hpp"

using Findings = std::vector<stet::sdk::Finding>;

// `check` is not copied.
inline void add_finding(Findings& out, std::string_view check, stet_range range,
                        std::vector<stet_range> related, std::string message) {
  stet::sdk::Finding f;
  f.check = check;
  f.range = range;
  f.related = std::move(related);
  f.message = std::move(message);
  out.push_back(std::move(f));
}

// check_weekday.cpp; over the whole document, `narrative` as is_narrative() says
void check_weekdays(std::string_view text, std::span<const Expression> all, const DocumentTime& time,
                    bool narrative, Findings& out);
// check_anchor.cpp; over the whole document
void check_anchor(std::string_view text, std::span<const Expression> all, const DocumentTime& time,
                  Findings& out);

// check_impossible.cpp
void check_impossible(const Page& page, Findings& out);
// check_range.cpp: range-reversed
void check_ranges(const Page& page, Findings& out);
// check_tense.cpp: future-as-past, past-as-future
void check_tense(const Page& page, Findings& out);
// check_duration.cpp
void check_durations(const Page& page, Findings& out);
// check_span.cpp: duration-mismatch of a length and its two dates
void check_spans(const Page& page, Findings& out);
// check_age.cpp
void check_ages(const Page& page, Findings& out);
// check_birth.cpp: age-mismatch
void check_births(const Page& page, Findings& out);
// check_order.cpp: order-contradiction
void check_order(const Page& page, Findings& out);
// check_sequence.cpp: order-contradiction of months, years and lives
void check_sequence(const Page& page, Findings& out);
// check_numeric.cpp: ambiguous-numeric-date
void check_numeric_dates(const Page& page, Findings& out);
// check_zone.cpp: timezone-impossible
void check_zones(const Page& page, Findings& out);
// check_count.cpp
void check_counts(const Page& page, Findings& out);
// check_enumeration.cpp: count-mismatch inside a sentence
void check_enumerations(const Page& page, Findings& out);
// check_total.cpp
void check_totals(const Page& page, Findings& out);
// check_parts.cpp: total-mismatch where parts are told by place or holder
void check_parts(const Page& page, Findings& out);
// check_percent.cpp
void check_percentages(const Page& page, Findings& out);
// check_ratio.cpp: percent-mismatch of shares and multiples
void check_ratios(const Page& page, Findings& out);
// check_headline.cpp: number-disagreement
void check_headline(const Page& page, Findings& out);
// check_title.cpp: number-disagreement of things and ages
void check_title(const Page& page, Findings& out);

// Where blank lines divide paragraphs a line is none; in a text without them each line is one.
std::string_view paragraph_break(std::string_view text);

// Whether the paragraph around all[at] names no other year than that of publication. `gap` as
// paragraph_break() says.
bool stays_in_year(std::string_view text, std::span<const Expression> all, std::size_t at, int year,
                   std::string_view gap);

// words.cpp: "Monday", "23 November 2025", "April"
const char* weekday_name(int weekday);
const char* month_name(int month);
std::string in_words(const calendar::Day& day);
