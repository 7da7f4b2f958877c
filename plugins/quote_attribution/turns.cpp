#include "turns.hpp"

#include <stet/plugin.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "lexicon.hpp"

namespace quote_attribution {

namespace {

constexpr uint32_t most_people = 200;  // looked through for a label in capitals

// The label that a paragraph begins with.
struct Label {
  Phrase words;
  uint32_t block;
  uint32_t first;                  // token behind the colon
  std::optional<uint32_t> person;  // whose name it is
  bool addresses = false;
};

class Reader {
 public:
  Reader(const std::vector<Block>& blocks, const Outline& outline, const Grammar& grammar,
         const People& people)
      : blocks_(blocks), outline_(outline), grammar_(grammar), people_(people) {}

  std::vector<Turn> read() {
    for (uint32_t b = 0; b < blocks_.size(); ++b)
      if (const auto label = label_of(b)) labels_.push_back(*label);
    std::vector<Turn> turns;
    const bool questions = has_questions();
    const bool names = has_names();
    const auto answers = questions ? only_person_before(labels_.front().block) : std::nullopt;
    for (const Label& label : labels_) {
      const auto person = is_letter_label(label, "A") ? answers : names ? label.person : std::nullopt;
      if (person) turns.push_back(turn(label, *person));
    }
    return turns;
  }

 private:
  std::string_view word(const Label& label) const { return slice_of(label.words); }
  std::string_view slice_of(Phrase p) const {
    const std::string_view first = grammar_.word(p.begin), last = grammar_.word(p.end - 1);
    return {first.data(), static_cast<size_t>(last.data() + last.size() - first.data())};
  }

  std::string_view who(const Label& label) const {
    return label.person ? people_.person(*label.person).name : word(label);
  }

  bool is_letter_label(const Label& label, std::string_view letter) const { return word(label) == letter; }

  // `Q:`, `A.`, `Jane Doe:` and words of the speaker behind it, not a quotation in marks.
  std::optional<Label> label_of(uint32_t b) const {
    constexpr uint32_t longest_label = 5;  // tokens
    if (blocks_[b].kind != STET_PARAGRAPH) return {};
    const uint32_t s = outline_.first_sentence_of_block[b];
    if (s == outline_.first_sentence_of_block[b + 1]) return {};
    const uint32_t begin = outline_.sentences[s].begin;
    const uint32_t end = outline_.sentences[outline_.first_sentence_of_block[b + 1] - 1].end;
    uint32_t colon = begin;
    while (colon < end && colon - begin < longest_label && grammar_.token(colon).capital) ++colon;
    if (colon == begin || colon + 1 >= end || grammar_.token(colon + 1).kind == TokenKind::quote) return {};
    const bool letter = colon == begin + 1 && (grammar_.word(begin) == "Q" || grammar_.word(begin) == "A");
    const bool stop = letter && grammar_.word(colon) == ".";
    if (grammar_.token(colon).kind != TokenKind::colon && !stop) return {};
    Label label{{begin, colon}, b, colon + 1, {}, false};
    if (!letter) label.person = person_of(colon - 1);
    label.addresses = addresses(label.first, end);
    return label;
  }

  // `DOE:` is Doe, when one person of the document is called so.
  std::optional<uint32_t> person_of(uint32_t token) const {
    if (const auto person = people_.person_at(token)) return person;
    const auto same_letters = [](char a, char b) { return a == (b >= 'a' && b <= 'z' ? b - 32 : b); };
    std::optional<uint32_t> found;
    const std::string_view name = grammar_.word(token);
    for (uint32_t p = 0; p < std::min(people_.size(), most_people); ++p) {
      const std::string_view surname = people_.person(p).surname;
      if (!std::equal(name.begin(), name.end(), surname.begin(), surname.end(), same_letters)) continue;
      if (found) return {};
      found = p;
    }
    return found;
  }

  // Whether the words [begin, end) speak of or to somebody, as only dialogue does: I, you, a question.
  bool addresses(uint32_t begin, uint32_t end) const {
    for (uint32_t i = begin; i < end; ++i) {
      const std::string_view w = grammar_.word(i);
      for (const std::string_view sign :
           {"I", "we", "We", "you", "You", "me", "my", "My", "our", "Our", "your", "?"})
        if (w == sign) return true;
    }
    return false;
  }

  bool has_questions() const {
    for (size_t i = 0; i + 1 < labels_.size(); ++i)
      if (is_letter_label(labels_[i], "Q") && is_letter_label(labels_[i + 1], "A")) return true;
    return false;
  }

  // Two labels, each of several paragraphs, and one of them a person's name.
  bool has_names() const {
    std::map<std::string_view, uint32_t> uses;
    bool named = false;
    for (const Label& label : labels_) ++uses[who(label)];
    size_t dialogue = 0;
    for (const Label& label : labels_) dialogue += label.addresses;
    if (dialogue * 2 < labels_.size()) return false;  // a form, a table
    uint32_t repeated = 0;
    for (const auto& [text, count] : uses) repeated += count > 1;
    for (const Label& label : labels_) named = named || (label.person && uses[who(label)] > 1);
    return repeated > 1 && named;
  }

  // Whoever answers, if the text before the first question names one person and no other.
  std::optional<uint32_t> only_person_before(uint32_t block) const {
    std::set<uint32_t> named;
    const uint32_t end = outline_.sentences[outline_.first_sentence_of_block[block]].begin;
    for (uint32_t i = 0; i < end && named.size() < 2; ++i)
      if (const auto person = people_.person_at(i)) named.insert(*person);
    return named.size() == 1 ? std::optional(*named.begin()) : std::nullopt;
  }

  Turn turn(const Label& label, uint32_t person) const {
    const Span block = blocks_[label.block].range;
    return {{grammar_.token(label.first).range.begin, block.end},
            label.words,
            person,
            outline_.first_sentence_of_block[label.block]};
  }

  const std::vector<Block>& blocks_;
  const Outline& outline_;
  const Grammar& grammar_;
  const People& people_;
  std::vector<Label> labels_;
};

}  // namespace

std::vector<Turn> read_turns(const std::vector<Block>& blocks, const Outline& outline, const Grammar& grammar,
                             const People& people) {
  return Reader(blocks, outline, grammar, people).read();
}

}  // namespace quote_attribution
