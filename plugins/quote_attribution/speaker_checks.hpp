// Checks of the names of speakers: glued to a quotation, shared by two people, spelt in two ways.
#pragma once

#include "checks.hpp"

namespace quote_attribution {

// `Jane Doe“We go,” ...`: the name that fills its paragraph up to the quotation's mark, if there is one.
std::optional<Phrase> glued_label(const Article& article, uint32_t quote);
// Whether the quotation's own clause names the speaker whom the label names.
bool label_is_repeated(const Article& article, uint32_t quote, Phrase label);
stet::sdk::Finding glued_speaker(const Article& article, uint32_t quote, Phrase label);

std::vector<stet::sdk::Finding> ambiguous_speakers(const Article& article);
std::vector<stet::sdk::Finding> name_variants(const Article& article);

}  // namespace quote_attribution
