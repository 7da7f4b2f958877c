// Noun phrases and reporting verbs in an outline: the grammar that attributions are made of.
#pragma once

#include <optional>
#include <string_view>

#include "tokens.hpp"

namespace quote_attribution {

// Tokens [begin, end).
struct Phrase {
  uint32_t begin, end;
};

class Grammar {
 public:
  Grammar(std::string_view text, const Outline& outline) : text_(text), outline_(outline) {}

  // Whether token `i` is used as a finite reporting verb ("said"), not as a noun ("his claims").
  bool is_report(uint32_t i) const;
  // "saying", "adding": a participle whose subject is that of the sentence.
  bool is_participle(uint32_t i) const;
  bool is_according(uint32_t i) const;  // "according to"

  // The noun phrase that begins at `i`, or that ends before `end`; never outside of `bounds`.
  std::optional<Phrase> phrase_from(uint32_t i, uint32_t limit) const;
  std::optional<Phrase> phrase_before(uint32_t end, uint32_t floor) const;

  // Who does what the finite verb `verb` says; looks no further back than `floor`.
  std::optional<Phrase> subject_of(uint32_t verb, uint32_t floor) const;
  // What the tokens [begin, end) of a sentence are about: its first noun phrase in subject position.
  std::optional<Phrase> main_subject(uint32_t begin, uint32_t end) const;

  // Whether token `i` is a relative pronoun: "Jane Doe, who". `antecedent` is what it stands for.
  bool is_relative(uint32_t i) const;
  std::optional<Phrase> antecedent(uint32_t relative) const;

  // "with Jane Doe calling it ...": who does what the participle at `i` says, when they stand before it.
  std::optional<Phrase> absolute_subject(uint32_t i, uint32_t floor) const;
  // "Jane Doe's recent claim", "her claim": whose the noun at `noun` is.
  std::optional<Phrase> possessor_of(uint32_t noun, uint32_t floor) const;
  bool is_passive(uint32_t verb) const;
  // A lower-case word in -ed of no list.
  bool is_unknown_past(uint32_t i) const;
  // Whether a phrase holds a name, a pronoun, a role or a group: something that can speak.
  bool may_speak(Phrase p) const;
  bool ends_in_comma(uint32_t i) const;  // a quotation with a comma inside of its closing mark

  // First token of the verb group that ends in `verb`: "has also said" begins at "has".
  uint32_t group_begin(uint32_t verb, uint32_t floor) const;

  std::string_view word(uint32_t i) const { return slice(text_, outline_.tokens[i].range); }
  Span range(Phrase p) const;
  const Token& token(uint32_t i) const { return outline_.tokens[i]; }

 private:
  static constexpr uint32_t longest_phrase = 24;  // tokens
  static constexpr uint32_t longest_clause = 60;

  std::optional<Phrase> subject_before(uint32_t group, uint32_t floor, int detours) const;
  Phrase before_relative(Phrase found, uint32_t floor) const;
  Phrase before_apposition(Phrase found, uint32_t floor) const;
  bool is_circumstance(Phrase p, uint32_t floor) const;
  bool is_date(uint32_t i) const;
  bool may_be_subject(uint32_t i) const;
  bool leads_clause(uint32_t i) const;
  bool is_leading_participle(uint32_t i) const;
  bool only_sets_scene(Phrase p, uint32_t end) const;
  bool begins_phrase(uint32_t i) const;
  bool leads_to_noun(uint32_t i) const;
  bool ends_phrase(uint32_t i, uint32_t begin, uint32_t limit) const;
  std::optional<Phrase> subject_of_coordinate(uint32_t conjunction, uint32_t floor) const;
  bool is_moved(uint32_t i, uint32_t floor) const;
  bool names_next(uint32_t i) const;
  uint32_t skip_lead(uint32_t i, uint32_t end) const;
  std::optional<Phrase> subject_before_comma(uint32_t group, uint32_t floor) const;
  bool may_count(uint32_t i) const;
  bool joins_names(uint32_t i, uint32_t begin) const;
  bool ends_name(uint32_t i) const;
  bool is_name_stop(uint32_t i) const;  // the full stop of an initial or a title

  std::string_view text_;
  const Outline& outline_;
};

}  // namespace quote_attribution
