// The checks, one function each. Each appends what does not hold; none looks at a clock.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include <stet/plugin.hpp>

#include "document_time.hpp"
#include "expression.hpp"
#include "reader.hpp"

using Findings = std::vector<stet::sdk::Finding>;

// check_weekday.cpp; over the whole document, `narrative` as is_narrative() says
void check_weekdays(std::string_view text, std::span<const Expression> all, const DocumentTime& time,
                    bool narrative, Findings& out);
// check_impossible.cpp, check_range.cpp; over one stretch
void check_impossible(const Reader& r, std::span<const Expression> stretch, Findings& out);
void check_ranges(const Reader& r, std::span<const Expression> stretch, Findings& out);
// check_anchor.cpp; over the whole document
void check_anchor(std::string_view text, std::span<const Expression> all, const DocumentTime& time,
                  Findings& out);

// words.cpp: "Monday", "23 November 2025", "April"
const char* weekday_name(int weekday);
const char* month_name(int month);
std::string in_words(const calendar::Day& day);
