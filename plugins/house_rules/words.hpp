// Words of any script: what a term of a rule matches, whether it stands alone, and in which case a
// replacement is to be written. ICU lives here. No language's own rules are applied: i and I are one
// letter in two cases everywhere, the Turkish dotless i and dotted I stand for themselves alone.
//
// All texts are valid UTF-8, all offsets on character boundaries.
#pragma once

#include <string>
#include <string_view>

#include "span.hpp"

namespace house_rules {

// How a term's letters are compared.
enum class Case {
  smart,  // a small letter stands for its capital too, a capital for itself
  exact,
  ignore
};

// An expression for Pattern that finds `term`: white space stands for any white space, ' for ’ too, a
// hyphen for U+2010 and U+2011 too, an accented letter for its decomposed form too. With `whole_words`
// it passes over many places within words; stands_alone() decides about the others. Empty when `term`
// is blank.
std::string expression_of(std::string_view term, Case, bool whole_words);

// Whether no word goes on at either end of `match`. A hyphen ends a word ("Kiev-based"), so does an
// apostrophe before s, ll, ve, re, d, m or no letter ("Kiev's", "the boys'"), and after an elided article
// ("l'Odessa"); other apostrophes do not ("can't", "O'Brien"). Marks and digits belong to the word, a
// point or comma between digits to the number. Scripts without spaces have no ends to look for.
bool stands_alone(std::string_view text, Span match);

// `replacement` in the case in which `found` was written, where the rule says `term`: "said" for "stated"
// gives "Said" for "Stated" and "SAID" for "STATED".
std::string in_case_of(std::string_view found, std::string_view term, std::string_view replacement);

bool equal_but_for_case(std::string_view a, std::string_view b);

// Whether a sentence may begin at `at`: nothing stands before it but marks and spaces, or the last thing
// before those was one of . ! ? : … or a dash.
bool may_begin_sentence(std::string_view text, size_t at);

size_t count_characters(std::string_view text);
bool is_blank(std::string_view text);

// What stands at `at` or ends there, by its part in quotations.
bool is_letter_or_digit_at(std::string_view text, size_t at);
bool is_letter_or_digit_before(std::string_view text, size_t at);

}  // namespace house_rules
