// Who says a quotation: the phrase that names the speaker and the words that report the speech, found by
// the grammar of the sentence, then of the paragraph, then of the paragraph before.
#pragma once

#include <optional>
#include <vector>

#include "people.hpp"

namespace quote_attribution {

enum class Evidence {
  none,
  clause,      // `she said, "..."`, `"...," she said`: a reporting clause of its own
  complement,  // `she called it "..."`: the quotation is all that is reported
  fragment,    // `she said that ... "..." ...`: some words of what is reported
  carried      // from another quotation or sentence nearby
};

struct Attribution {
  Evidence evidence = Evidence::none;
  std::optional<Phrase> speaker;
  Span cue;           // empty when carried or by punctuation alone
  bool weak = false;  // by a verb that may report, at a distance: any other clause is better
};

// One per quotation. Tells `people` who speaks in which sentence, so that later pronouns resolve.
std::vector<Attribution> attribute(std::string_view text, const std::vector<Block>& blocks,
                                   const std::vector<Quote>& quotes, const Outline& outline,
                                   const Grammar& grammar, People& people);

}  // namespace quote_attribution
