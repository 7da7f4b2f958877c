// One rule of a rule file, read and compiled. What its keys mean to an editor stands in README.md.
#pragma once

#include <stet/plugin.hpp>

#include <optional>
#include <string>
#include <vector>

#include "article.hpp"
#include "pattern.hpp"
#include "span.hpp"

namespace house_rules {

// Each is a check of the manifest, by the same name.
enum class Kind { forbidden_term, required_term, spelling, required_section, section_format, pattern };
const char* name_of(Kind kind);

// Something that is searched for: a term, or a pattern the editor wrote.
struct Phrase {
  Pattern pattern;
  std::string words;    // as the rule has them; empty for a pattern
  bool whole_words;     // only where stands_alone()
  uint32_t number = 0;  // in the set of all phrases
};

struct Rule {
  Kind kind;
  std::string id, file, message, help;
  stet::sdk::Severity severity = stet::sdk::Severity::warning;

  Parts where = whole_text;  // blocks that are searched; the section for the last two kinds but one
  bool in_quotations = false, in_addresses = false;
  std::vector<Phrase> phrases;     // the terms, the spellings (the preferred one first), the pattern
  std::vector<Phrase> exceptions;  // longer phrases in which a term is in order
  std::vector<Phrase> when, unless;
  std::string replacement;  // empty for none; of a spelling: the preferred one

  std::optional<Pattern> form;  // of sections
  std::string section;          // as the rule names it, for messages
  uint32_t at_least = 1;
  uint32_t min_length = 0, max_length = UINT32_MAX;  // characters
};

}  // namespace house_rules
