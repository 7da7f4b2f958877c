// The words that differ between two short texts, and how they are shown.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "finding.hpp"

namespace stet {

// Words of one text that stand in the place of words of the other. One side may be empty.
struct Edit {
  Range before, after;
};

// Ranges count from the beginning of the texts given. Texts that differ in typography or white space alone
// give nothing.
std::vector<Edit> edits_between(std::string_view before, std::string_view after);

// `text` on one line, and shortened to about 80 characters with an ellipsis.
std::string excerpt(std::string_view text);

// `"a" became "b"`, `"b" was added`, `"a" was removed`, with excerpts.
std::string became(std::string_view before, std::string_view after);

inline constexpr size_t most_evidence = 2000;  // bytes of one value

// Sets a string of evidence, cut to most_evidence bytes on a character boundary; "truncated": true then
// says that some string of this evidence was cut.
void set_evidence(nlohmann::json& evidence, const char* key, std::string_view text);

}  // namespace stet
