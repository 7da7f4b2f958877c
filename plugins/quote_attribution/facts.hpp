// The facts as JSON: what was said, by whom, by which words, in which sentence.
#pragma once

#include <string>

#include "block_quotes.hpp"
#include "indirect.hpp"
#include "people.hpp"
#include "speech.hpp"
#include "turns.hpp"
#include "unopened.hpp"

namespace quote_attribution {

class FactWriter {
 public:
  // `ambiguous`: where mentions begin that may stand for two people, in text order.
  FactWriter(std::string_view text, const Outline& outline, const Grammar& grammar, const People& people,
             const std::vector<uint32_t>& ambiguous)
      : text_(text), outline_(outline), grammar_(grammar), people_(people), ambiguous_(ambiguous) {}

  // `token`: the quotation's.
  std::string quote(uint32_t token, const Attribution& attribution, Kind kind) const;
  std::string indirect(const IndirectSpeech& speech) const;
  std::string block_quote(const BlockQuote& quote) const;
  std::string unopened(const UnopenedQuote& quote) const;
  std::string turn(const Turn& turn) const;
  std::string words(Kind kind) const;

 private:
  std::string fields(std::string_view type, const Attribution& attribution, uint32_t sentence,
                     bool part) const;
  std::string speaker(Phrase speaker, const std::string& name) const;

  std::string_view text_;
  const Outline& outline_;
  const Grammar& grammar_;
  const People& people_;
  const std::vector<uint32_t>& ambiguous_;
};

}  // namespace quote_attribution
