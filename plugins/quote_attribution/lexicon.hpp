// Word lists: what a single word can be in the grammar around a quotation.
#pragma once

#include <cstdint>
#include <string_view>

namespace quote_attribution {

enum WordClass : uint32_t {
  reports = 1u << 0,       // said, says: a finite form that reports speech
  reporting = 1u << 1,     // saying, adding
  reports_base = 1u << 2,  // say, add: finite only behind a plural or an auxiliary
  weak_report = 1u << 3,   // with one of the three above: calls, described; may report, may not
  determiner = 1u << 4,    // the, a, his, one
  masculine = 1u << 5,     // he; or a given name, title or role that only men have
  feminine = 1u << 6,
  pronoun = 1u << 7,  // he, they, who: stands for a speaker by itself
  preposition = 1u << 8,
  auxiliary = 1u << 9,      // has, was, would
  adverb = 1u << 10,        // also, later; words in -ly besides
  conjunction = 1u << 11,   // and, but
  subordinator = 1u << 12,  // that, when, which
  title = 1u << 13,         // Mr, Senator, President: before a name, no part of it
  role = 1u << 14,          // spokesman, mayor: a noun for a person
  group = 1u << 15,         // University, police: makes a capitalised phrase no person's name
  time_word = 1u << 16,     // Monday, June, yesterday
  given_name = 1u << 17,
  particle = 1u << 18,      // van, de, bin: inside a name, in lower case
  abbreviation = 1u << 19,  // a full stop behind it ends no sentence
  place = 1u << 20,         // countries, states, big cities; adjectives of nationality
  names_work = 1u << 21,    // titled, film, dubbed: what follows in marks is a name or a term
  elision = 1u << 22,       // 'em, 'n, 'til: begins with an apostrophe
  statement = 1u << 23,     // statement, report, letter: speaks for those who wrote it
  generic_role = 1u << 24,  // official, lawmaker: points back at whoever was named last
  suffix = 1u << 25,        // Jr, III
  dubs = 1u << 26,          // called, described: what follows in marks is the speaker's word for something
  accords = 1u << 28,       // according
  also_noun = 1u << 29,     // claims, reports: a noun as often as a verb
  several = 1u << 31,       // a role in the plural: nobody's second name
  action = 1u << 30,        // took, sought: a finite verb that reports nothing, and ends a noun phrase
  speech_noun = 1u << 27    // claim, remark: "her claim that" reports what she said
};

// The classes of `word`, a UTF-8 word in any case, with ' or ’ inside; 0 when unknown.
uint32_t classes_of(std::string_view word);

}  // namespace quote_attribution
