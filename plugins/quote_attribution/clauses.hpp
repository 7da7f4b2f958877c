// Reporting clauses in the sentence of a quotation.
#pragma once

#include "attribution.hpp"

namespace quote_attribution {

class Clauses {
 public:
  Clauses(std::string_view text, const std::vector<Quote>& quotes, const Outline& outline,
          const Grammar& grammar)
      : text_(text), quotes_(quotes), outline_(outline), grammar_(grammar) {}

  // The best clause around quotation `q` in its own sentence.
  Attribution attribution(uint32_t q) const;
  // The clause that the tokens before `end` make, no further back than `floor`.
  Attribution before(uint32_t end, uint32_t floor) const;
  // `"..." - Jane Doe`, `Jane Doe: "..."`.
  Attribution headline(uint32_t q) const;
  // The clause that begins at token `i`, by verbs that cannot but report.
  Attribution clause_at(uint32_t i, uint32_t limit) const;
  // A block that is no more than `- Jane Doe`.
  Attribution credit_line(uint32_t block) const;
  // Whom a sentence that ends in a colon makes the speaker of what comes behind it.
  Attribution leading(uint32_t sentence) const;
  // The clause that ends a sentence: `..., she said.`
  Attribution closing(uint32_t sentence) const;
  // Who is said to speak in a sentence: at its end, or by its main clause.
  Attribution reported_in(uint32_t sentence) const;

 private:
  static constexpr uint32_t reach = 60;      // tokens looked at in one direction
  static constexpr uint32_t most_verbs = 8;  // tried in one direction
  static constexpr uint32_t nearby = 14;     // tokens between a cue and the quotation it leads in

  Attribution after(uint32_t token, bool attached) const;
  Attribution signature(uint32_t i, uint32_t limit) const;
  Attribution verb_first(uint32_t verb, uint32_t limit) const;
  Attribution subject_first(uint32_t begin, uint32_t limit) const;
  Attribution colon(uint32_t end, uint32_t floor) const;
  std::optional<Phrase> speaker_by(uint32_t i, uint32_t end, uint32_t floor) const;
  std::optional<Phrase> reporter_before(uint32_t participle, uint32_t floor) const;
  std::optional<uint32_t> outer_report(uint32_t verb, uint32_t floor) const;
  bool is_object(uint32_t verb, Phrase subject, uint32_t floor) const;
  bool leads_report(uint32_t noun, uint32_t end, bool loosely) const;
  Attribution by_noun(uint32_t noun, uint32_t end, uint32_t floor, bool loosely) const;
  bool is_it(Phrase p) const;
  std::optional<Phrase> in_passing(uint32_t verb, uint32_t end) const;
  bool led_by_as(uint32_t end, uint32_t floor) const;
  bool is_plain_report(const Attribution& found) const;
  Attribution according(uint32_t i, uint32_t limit) const;
  Attribution holding(uint32_t verb, Phrase speaker, bool whole, uint32_t end, uint32_t floor) const;
  Attribution loosest(uint32_t token, const Sentence& s) const;
  std::optional<Phrase> agent(uint32_t verb, uint32_t end) const;
  Attribution led_by_participle(uint32_t token, const Sentence& s) const;
  Attribution indirect(uint32_t end, uint32_t floor) const;
  Attribution trailing(uint32_t token, uint32_t limit) const;
  Attribution label(uint32_t end, uint32_t floor) const;
  uint32_t sentence_end(uint32_t token) const;
  bool leads_in(uint32_t token, uint32_t cue) const;

  std::string_view text_;
  const std::vector<Quote>& quotes_;
  const Outline& outline_;
  const Grammar& grammar_;
};

}  // namespace quote_attribution
