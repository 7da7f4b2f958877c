#include "people.hpp"

#include <stet/plugin.h>

#include <algorithm>

#include "lexicon.hpp"

namespace quote_attribution {

namespace {

constexpr uint32_t sentences_back = 10;  // how far a pronoun reaches
constexpr uint32_t longest_look = 80;    // tokens of one sentence

bool is_name_word(const Token& t) {
  return t.kind == TokenKind::word && t.capital &&
         !t.is(determiner | pronoun | auxiliary | conjunction | subordinator);
}

// Harbour-born, Westhaven-based: a capital letter, but no name.
bool describes(std::string_view word) {
  const size_t hyphen = word.find('-');
  return hyphen != word.npos && hyphen + 1 < word.size() && word[hyphen + 1] >= 'a' &&
         word[hyphen + 1] <= 'z' && hyphen > 2;
}

// Ken and Kenneth; K. and Kenneth
bool is_same_given(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  const bool shortened = a.size() == 1 || (a.size() >= 3 && b.size() >= a.size() + 2);
  return !a.empty() && (shortened || a == b) && b.substr(0, a.size()) == a;
}

}  // namespace

void Person::take_signs(uint32_t signs, uint32_t own) {
  const bool both = (signs & quote_attribution::masculine) != 0 && (signs & quote_attribution::feminine) != 0;
  masculine = ((both ? own : signs) & quote_attribution::masculine) != 0;
  feminine = ((both ? own : signs) & quote_attribution::feminine) != 0;
}

People::People(std::string_view text, const std::vector<Block>& blocks, const Outline& outline,
               const Grammar& grammar)
    : text_(text),
      blocks_(blocks),
      outline_(outline),
      grammar_(grammar),
      person_at_(outline.tokens.size(), nobody),
      speaker_of_sentence_(outline.sentences.size()) {
  collect();
  add_single_names();
  attach_surnames();
  add_roles();
}

void People::collect() {
  for (uint32_t i = 0; i < outline_.tokens.size();)
    i = is_name_word(outline_.tokens[i]) ? take_run(i) : i + 1;
}

// A run of capitalised words, with initials and particles, up to a possessive. Returns where it ends.
uint32_t People::take_run(uint32_t begin) {
  const auto& tokens = outline_.tokens;
  const uint32_t count = static_cast<uint32_t>(tokens.size());
  uint32_t end = begin, words = 0;
  while (end < count && tokens[end].sentence == tokens[begin].sentence) {
    const Token& t = tokens[end];
    const bool initial = end > begin && grammar_.word(end) == "." &&
                         tokens[end - 1].range.end == t.range.begin &&
                         (tokens[end - 1].range.end - tokens[end - 1].range.begin == 1 ||
                          tokens[end - 1].is(title | abbreviation));
    const bool inner =
        end > begin && t.is(particle) && !t.capital && end + 1 < count && tokens[end + 1].capital;
    if (!is_name_word(t) && !initial && !inner) break;
    words += is_name_word(t);
    ++end;
    if (t.possessive) break;
  }
  const uint32_t first = name_begin(begin, end);
  const bool headline = in_headline(begin);  // every word has a capital there
  const bool named = end - first >= 2 && (!headline || (words <= 3 && tokens[first].is(given_name)));
  if (words > 0 && named) add(begin, first, end);
  return std::max(end, begin + 1);
}

// Behind what only describes, and behind the last title: "Transport Minister Jane Doe".
uint32_t People::name_begin(uint32_t begin, uint32_t end) const {
  const auto& tokens = outline_.tokens;
  uint32_t first = begin;
  while (first < end &&
         (describes(grammar_.word(first)) ||
          tokens[first].is(title | place | preposition | adverb | time_word | role | group) ||
          tokens[first].kind == TokenKind::stop) &&
         !tokens[first].is(given_name))
    ++first;
  for (uint32_t i = first; i + 2 < end; ++i)
    if (tokens[i].is(title | role) && !tokens[i].is(given_name) && is_name_word(tokens[i + 1])) first = i + 1;
  // "Minister of Education Jane Doe": the office goes on behind the preposition.
  const bool office = first >= 2 && tokens[first - 1].is(preposition) && tokens[first - 2].is(title | role);
  return office && end - first > 2 && !tokens[first].is(given_name) ? end - 2 : first;
}

bool People::in_headline(uint32_t token) const {
  const uint32_t kind = blocks_[outline_.sentences[outline_.tokens[token].sentence].block].kind;
  return kind == STET_TITLE || kind == STET_HEADING;
}

// Whether token `i`, a capitalised word, is the subject of a verb that cannot but report.
bool People::speaks_alone(uint32_t i) const {
  const auto& tokens = outline_.tokens;
  if (i + 1 >= tokens.size()) return false;
  if (grammar_.is_report(i + 1) && !tokens[i + 1].is(weak_report)) return true;
  return i > 0 && grammar_.is_report(i - 1) && !tokens[i - 1].is(weak_report) &&
         tokens[i + 1].kind != TokenKind::word;
}

bool People::may_be_name(uint32_t i) const {
  constexpr uint32_t no_name = group | place | time_word | role | title | determiner | pronoun | auxiliary |
                               preposition | conjunction | subordinator | adverb | reports | reporting |
                               statement;
  const Token& t = outline_.tokens[i];
  if (t.kind != TokenKind::word || !t.capital || t.possessive || person_at_[i] != nobody) return false;
  return (!t.is(no_name) || t.is(given_name)) && !in_headline(i);
}

// "Mr. Doe", "Doe said": people whose given name the document never says.
void People::add_single_names() {
  const auto& tokens = outline_.tokens;
  for (uint32_t i = 0; i < tokens.size(); ++i) {
    if (!may_be_name(i)) continue;
    const Token* lead = i > 0 ? &tokens[i - 1] : nullptr;
    if (lead && lead->kind == TokenKind::stop && i > 1) lead = &tokens[i - 2];
    const bool titled = lead && lead->is(title) && lead->capital && lead->sentence == tokens[i].sentence &&
                        !lead->is(determiner | adverb | group);
    const bool part =
        (i > 0 && tokens[i - 1].capital && !titled) || (i + 1 < tokens.size() && tokens[i + 1].capital);
    if (part || (!titled && !speaks_alone(i))) continue;
    auto& same = by_surname_[grammar_.word(i)];
    if (!same.empty()) continue;
    Person person{grammar_.word(i), grammar_.word(i), {}};
    person.take_signs(tokens[i].classes | (titled ? lead->classes : 0), tokens[i].classes);
    person.certain = true;
    same.push_back(static_cast<uint32_t>(people_.size()));
    people_.push_back(person);
    person_at_[i] = same.back();
  }
}

// What the tokens [first, end) name, with what stands before them.
Person People::person_of(uint32_t begin, uint32_t first, uint32_t last, uint32_t end) const {
  const auto& tokens = outline_.tokens;
  Person person;
  person.name = slice(text_, {tokens[first].range.begin, tokens[last].range.end});
  person.surname = grammar_.word(last);
  person.given = grammar_.word(first);
  uint32_t signs = tokens[first].classes;
  for (uint32_t i = begin > 2 ? begin - 2 : 0; i < first; ++i)
    if (tokens[i].is(title | role) && i + 3 > begin) signs |= tokens[i].classes;
  const bool speaks =
      (end < tokens.size() && grammar_.is_report(end)) || (begin > 0 && grammar_.is_report(begin - 1));
  person.certain = speaks || tokens[first].is(given_name) || (signs & (title | role)) != 0;
  person.take_signs(signs, tokens[first].classes);
  return person;
}

void People::add(uint32_t begin, uint32_t first, uint32_t end) {
  const auto& tokens = outline_.tokens;
  uint32_t last = end - 1;
  while (last > first && (tokens[last].kind != TokenKind::word || tokens[last].is(suffix))) --last;
  if (last == first || end - first > 6) return;
  for (uint32_t i = first; i < end; ++i)
    if (tokens[i].is(group | time_word | place) && !tokens[i].is(given_name)) return;
  const Person person = person_of(begin, first, last, end);
  auto& same = by_surname_[person.surname];
  const auto known = std::find_if(same.begin(), same.end(), [&](uint32_t p) {
    return is_same_given(people_[p].given, person.given) || people_[p].name == person.name;
  });
  uint32_t index = static_cast<uint32_t>(people_.size());
  if (known != same.end()) {
    index = *known;
    if (person.name.size() > people_[index].name.size()) people_[index].name = person.name;
    people_[index].certain = people_[index].certain || person.certain;
  } else {
    if (same.size() >= 8) return;
    people_.push_back(person);
    same.push_back(index);
  }
  for (uint32_t i = first; i < end; ++i) person_at_[i] = index;
}

// A surname alone is the person of that name; of several, the one named last.
void People::attach_surnames() {
  std::unordered_map<std::string_view, uint32_t> latest;
  for (uint32_t i = 0; i < outline_.tokens.size(); ++i) {
    const Token& t = outline_.tokens[i];
    if (person_at_[i] != nobody) {
      latest[people_[person_at_[i]].surname] = person_at_[i];
      continue;
    }
    if (t.kind != TokenKind::word || !t.capital) continue;
    const auto found = by_surname_.find(grammar_.word(i));
    if (found == by_surname_.end()) continue;
    const auto before = latest.find(grammar_.word(i));
    uint32_t person = before != latest.end() ? before->second : found->second.front();
    const Token* lead = i > 0 ? &outline_.tokens[i - 1] : nullptr;
    if (lead && lead->kind == TokenKind::stop && i > 1) lead = &outline_.tokens[i - 2];
    if (lead && lead->is(title) && lead->is(masculine | feminine))
      for (const uint32_t p : found->second)
        if (lead->is(feminine) ? people_[p].feminine : people_[p].masculine) person = p;
    person_at_[i] = person;
    people_[person].certain = true;  // places and products keep all of their words
  }
}

// Roles that stand before a name ("Mayor Jane Doe") or behind it ("Jane Doe, the mayor of ...").
void People::add_roles() {
  const auto& tokens = outline_.tokens;
  for (uint32_t i = 0; i < tokens.size(); ++i) {
    if (!tokens[i].is(role) || tokens[i].is(several)) continue;
    uint32_t person = nobody;
    for (uint32_t k = i + 1; k < std::min<size_t>(i + 4, tokens.size()) && person == nobody; ++k) {
      if (!tokens[k].capital && tokens[k].kind != TokenKind::comma) break;
      person = person_at_[k];
    }
    for (uint32_t k = i, steps = 0; k > 0 && steps < 8 && person == nobody; --k, ++steps) {
      if (tokens[k - 1].sentence != tokens[i].sentence || tokens[k].is(auxiliary) || grammar_.is_report(k))
        break;
      if (tokens[k].kind == TokenKind::comma) person = person_at_[k - 1];
    }
    if (person == nobody) continue;
    const auto [holder, first] = by_role_.emplace(grammar_.word(i), person);
    if (!first && holder->second != person) holder->second = nobody;
    if (!people_[person].masculine && !people_[person].feminine) {
      people_[person].masculine = tokens[i].is(masculine);
      people_[person].feminine = tokens[i].is(feminine);
    }
  }
}

void People::note_speaker(Phrase mention) {
  speaker_of_sentence_[grammar_.token(mention.begin).sentence] = mention;
}

bool People::is_bare_pronoun(const Grammar& grammar, Phrase mention) {
  const Token& t = grammar.token(mention.begin);
  const bool possessive = t.is(determiner) && t.is(masculine | feminine);  // his, her
  return mention.end == mention.begin + 1 && (t.is(pronoun) || possessive);
}

bool People::is_relative(Phrase mention) const {
  return mention.end == mention.begin + 1 && grammar_.is_relative(mention.begin);
}

// Whether the name that token `i` belongs to only says whose the mention is: Jane in "Jane Doe's lawyer".
bool People::owns(uint32_t i, Phrase mention) const {
  const uint32_t person = person_at_[i];
  while (i + 1 < person_at_.size() && person_at_[i + 1] == person && !outline_.tokens[i].possessive) ++i;
  return outline_.tokens[i].possessive && i + 1 < mention.end;
}

// The person whose name is the head of the mention: before any "of" or "for", or at its very end
// behind a title ("Secretary of State Jane Doe").
std::optional<uint32_t> People::person_in(Phrase mention) const {
  if (is_relative(mention)) {
    const auto stands_for = grammar_.antecedent(mention.begin);
    return stands_for ? person_in(*stands_for) : std::nullopt;
  }
  uint32_t head_end = mention.begin;
  while (head_end < mention.end && !grammar_.token(head_end).is(preposition)) ++head_end;
  for (uint32_t i = head_end; i-- > mention.begin;)
    if (person_at_[i] != nobody && !owns(i, mention)) return person_at_[i];
  const bool of_title = head_end > mention.begin && grammar_.token(head_end - 1).is(title | role);
  if (of_title && person_at_[mention.end - 1] != nobody && !outline_.tokens[mention.end - 1].possessive &&
      mention.end >= 2 && outline_.tokens[mention.end - 2].capital &&
      !grammar_.token(mention.end - 2).is(preposition))
    return person_at_[mention.end - 1];
  const uint32_t next = mention.end;
  const bool called = head_end > mention.begin && grammar_.token(head_end - 1).is(role | title);
  const bool apposition = next + 1 < outline_.tokens.size() &&
                          outline_.tokens[next].kind == TokenKind::comma && person_at_[next + 1] != nobody &&
                          (called || !outline_.tokens[mention.end - 1].capital);
  if (apposition && (called || grammar_.token(mention.begin).is(determiner | role)))
    return person_at_[next + 1];
  return {};
}

// "the mayor": whoever was called so, if that is one person.
std::optional<uint32_t> People::person_of_role(Phrase mention) const {
  uint32_t head = mention.begin;
  while (head + 1 < mention.end && !grammar_.token(head + 1).is(preposition)) ++head;
  const std::string_view first = grammar_.word(mention.begin);
  if ((first != "the" && first != "The") || !grammar_.token(head).is(role) ||
      grammar_.token(head).is(several))
    return {};
  std::optional<uint32_t> found;
  if (const auto holder = by_role_.find(grammar_.word(head)); holder != by_role_.end()) {
    if (holder->second == nobody) return {};
    found = holder->second;
  }
  if (found || !grammar_.token(head).is(generic_role)) return found;
  for (uint32_t i = mention.begin; i < mention.end; ++i)
    if (grammar_.token(i).possessive) return {};  // "the owners' lawyer" is nobody's second name
  return antecedent(head);
}

bool People::agrees(uint32_t person, const Token& pronoun_token) const {
  if (!people_[person].certain) return false;
  if (pronoun_token.is(pronoun | determiner) && pronoun_token.is(masculine)) return !people_[person].feminine;
  if (pronoun_token.is(pronoun | determiner) && pronoun_token.is(feminine)) return !people_[person].masculine;
  return true;
}

std::optional<uint32_t> People::antecedent_in(uint32_t sentence, uint32_t limit, const Token& pronoun_token,
                                              bool& goes_on) const {
  const Sentence& s = outline_.sentences[sentence];
  const uint32_t end = std::min({s.end, limit, s.begin + longest_look});
  auto subject = speaker_of_sentence_[sentence];
  if (!subject || subject->begin >= limit) subject = grammar_.main_subject(s.begin, end);
  if (subject && subject->end <= limit) {
    if (const auto person = person_in(*subject); person && agrees(*person, pronoun_token)) return person;
    const Token& head = grammar_.token(subject->begin);
    goes_on = is_bare_pronoun(grammar_, *subject) && head.is(masculine | feminine) &&
              head.is(masculine) == pronoun_token.is(masculine);
    if (goes_on) return {};
  }
  for (uint32_t i = s.begin; i < end; ++i)
    if (person_at_[i] != nobody && agrees(person_at_[i], pronoun_token)) return person_at_[i];
  return {};
}

// Walks back sentence by sentence: the subject first, then anybody else who agrees.
std::optional<uint32_t> People::antecedent(uint32_t pronoun_token) const {
  const Token& t = grammar_.token(pronoun_token);
  uint32_t sentence = t.sentence, limit = pronoun_token;
  for (uint32_t back = 0; back < sentences_back; ++back) {
    bool goes_on = false;
    if (const auto person = antecedent_in(sentence, limit, t, goes_on)) return person;
    if (sentence == 0) return {};
    --sentence;
    limit = UINT32_MAX;
  }
  return {};
}

// The words of the mention without determiner and titles: "Smith", "police", "Acme Corporation".
std::string People::plain_name(Phrase mention) const {
  uint32_t begin = mention.begin;
  while (begin + 1 < mention.end &&
         (grammar_.token(begin).is(title) || grammar_.token(begin).kind == TokenKind::stop) &&
         grammar_.token(begin + 1).kind != TokenKind::word)
    ++begin;
  while (begin + 1 < mention.end && grammar_.token(mention.end - 1).capital &&
         !grammar_.token(mention.end - 1).is(group) &&
         (grammar_.token(begin).is(title) || grammar_.token(begin).kind == TokenKind::stop) &&
         !grammar_.token(begin + 1).is(preposition))
    ++begin;
  const std::string_view first = grammar_.word(begin);
  if (begin + 1 < mention.end && grammar_.token(begin + 1).capital && (first == "the" || first == "The"))
    ++begin;
  return std::string(slice(text_, grammar_.range({begin, mention.end})));
}

std::optional<uint32_t> People::resolve(Phrase mention) const {
  if (is_relative(mention)) {
    const auto stands_for = grammar_.antecedent(mention.begin);
    return stands_for ? resolve(*stands_for) : std::nullopt;
  }
  if (is_bare_pronoun(grammar_, mention)) {
    const Token& t = grammar_.token(mention.begin);
    return t.is(masculine | feminine) ? antecedent(mention.begin) : std::nullopt;
  }
  if (const auto person = person_in(mention)) return person;
  return person_of_role(mention);
}

std::string People::name_of(Phrase mention) const {
  if (const auto person = resolve(mention)) return std::string(people_[*person].name);
  if (is_relative(mention)) {
    const auto stands_for = grammar_.antecedent(mention.begin);
    return stands_for ? name_of(*stands_for) : std::string();
  }
  return is_bare_pronoun(grammar_, mention) ? std::string() : plain_name(mention);
}

}  // namespace quote_attribution
