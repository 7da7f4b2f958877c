// The six checks, a file for each group. Each asks one rule of its kind.
#pragma once

#include <optional>
#include <vector>

#include "article.hpp"
#include "findings.hpp"
#include "rule.hpp"
#include "search.hpp"

namespace house_rules {

// One article under the rules.
struct Reading {
  const Article& article;
  const Search& search;
  Findings& findings;
};

void check_forbidden_term(const Rule& rule, const Reading& reading);
void check_spelling(const Rule& rule, const Reading& reading);
void check_pattern(const Rule& rule, const Reading& reading);
void check_required_term(const Rule& rule, const Reading& reading);
void check_required_section(const Rule& rule, const Reading& reading);
void check_section_format(const Rule& rule, const Reading& reading);

// What the first three have in common. Where a rule's phrases stand, by place; of several at one place all.
// Left out are quotations and addresses as the rule says, blocks that the rule's conditions exclude, and what
// stands within a longer phrase or exception of the rule. At most `most` of each phrase.
std::vector<Occurrence> occurrences(const Rule& rule, const Reading& reading, size_t most);

// Whether a capital may be due to the place alone: in titles and headings, and where a sentence may begin.
bool is_case_open(const Occurrence& occurrence, const Article& article);

// A finding about an occurrence. `otherwise` is the message where the rule has none, `replacement` the fix;
// within quotation marks there is no fix: an altered quotation is worse than any spelling.
Remark remark_on(const Occurrence& occurrence, const Rule& rule, const Article& article,
                 std::string otherwise, std::string replacement);

}  // namespace house_rules
