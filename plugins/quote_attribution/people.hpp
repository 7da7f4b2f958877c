// The people a document names, and who a surname, a pronoun or a role in it stands for.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "phrases.hpp"

namespace quote_attribution {

struct Person {
  std::string_view name;  // fullest form in the document, without titles
  std::string_view surname;
  std::string_view given;                    // empty when the document never says it
  bool masculine = false, feminine = false;  // both false: unknown
  bool certain = false;                      // a title, a given name, a reporting verb: no place, no product

  // `signs`: word classes around the name; `own` those of its given name, which decide where they disagree.
  void take_signs(uint32_t signs, uint32_t own);
};

class People {
 public:
  People(std::string_view text, const std::vector<Block>& blocks, const Outline& outline,
         const Grammar& grammar);

  // The name that `mention` stands for; empty when it cannot be told. `speakers` says who speaks in
  // the sentences before, and counts for more than a sentence's grammatical subject.
  std::string name_of(Phrase mention) const;

  // Notes that `mention` speaks in its sentence.
  void note_speaker(Phrase mention);

  // Who `mention` stands for, if that is a person of the document.
  std::optional<uint32_t> resolve(Phrase mention) const;

  bool is_named(uint32_t token) const { return person_at_[token] != nobody; }
  std::optional<uint32_t> person_at(uint32_t token) const {
    if (token >= person_at_.size() || person_at_[token] == nobody) return {};
    return person_at_[token];
  }
  const Person& person(uint32_t index) const { return people_[index]; }
  uint32_t size() const { return static_cast<uint32_t>(people_.size()); }
  static bool is_bare_pronoun(const Grammar& grammar, Phrase mention);

 private:
  static constexpr uint32_t nobody = UINT32_MAX;

  void collect();
  uint32_t take_run(uint32_t begin);
  void add(uint32_t begin, uint32_t first, uint32_t end);
  uint32_t name_begin(uint32_t begin, uint32_t end) const;
  bool speaks_alone(uint32_t token) const;
  bool may_be_name(uint32_t token) const;
  void add_single_names();
  Person person_of(uint32_t begin, uint32_t first, uint32_t last, uint32_t end) const;
  void attach_surnames();
  void add_roles();
  std::optional<uint32_t> person_in(Phrase mention) const;
  std::optional<uint32_t> person_of_role(Phrase mention) const;
  std::optional<uint32_t> antecedent(uint32_t pronoun_token) const;
  std::optional<uint32_t> antecedent_in(uint32_t sentence, uint32_t limit, const Token& pronoun_token,
                                        bool& goes_on) const;
  bool agrees(uint32_t person, const Token& pronoun_token) const;
  std::string plain_name(Phrase mention) const;

  bool in_headline(uint32_t token) const;
  bool is_relative(Phrase mention) const;
  bool owns(uint32_t token, Phrase mention) const;

  std::string_view text_;
  const std::vector<Block>& blocks_;
  const Outline& outline_;
  const Grammar& grammar_;
  std::vector<Person> people_;
  std::vector<uint32_t> person_at_;  // by token
  std::vector<std::optional<Phrase>> speaker_of_sentence_;
  std::unordered_map<std::string_view, std::vector<uint32_t>> by_surname_;
  std::unordered_map<std::string_view, uint32_t> by_role_;  // "mayor": nobody when several are called so
};

}  // namespace quote_attribution
