// What a quotation is: somebody's speech, some words of it, or no speech at all.
#pragma once

#include "attribution.hpp"

namespace quote_attribution {

// The last three are no speech: titles of works and programmes, names between names, words as words.
enum class Kind { none, direct, part, title, nickname, term };

inline bool is_speech(Kind kind) {
  return kind == Kind::direct || kind == Kind::part;
}

struct Reading {
  Kind kind;
  bool whole;  // complete sentences, set off from the text around them
};

Reading read_kind(std::string_view text, const std::vector<Block>& blocks, const std::vector<Quote>& quotes,
                  uint32_t quote, const Outline& outline, const Attribution& attribution);

}  // namespace quote_attribution
