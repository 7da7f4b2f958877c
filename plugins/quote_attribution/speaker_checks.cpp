#include "speaker_checks.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "lexicon.hpp"

namespace quote_attribution {

namespace {

using stet::sdk::Finding;

stet_range to_range(Span s) {
  return {s.begin, s.end};
}

std::string quoted(std::string_view name) {
  return "\"" + std::string(name) + "\"";
}

}  // namespace

std::optional<Phrase> glued_label(const Article& article, uint32_t quote) {
  constexpr uint32_t longest_label = 5;  // tokens
  const uint32_t token = article.outline.token_of_quote[quote];
  const Quote& q = article.marks.quotes[quote];
  const uint32_t begin = article.outline.sentences[article.outline.first_sentence_of_block[q.block]].begin;
  if (begin == token || token - begin > longest_label) return {};
  const auto& tokens = article.outline.tokens;
  if (tokens[token - 1].range.end != q.range.begin) return {};
  uint32_t words = 0;
  for (uint32_t i = begin; i < token; ++i) {
    const bool initial = tokens[i].kind == TokenKind::stop && i > begin;
    if (!initial && !tokens[i].capital) return {};
    if (tokens[i].is(determiner | pronoun | preposition | auxiliary)) return {};
    words += !initial;
  }
  const bool name = words >= 2 || article.people.is_named(begin);
  return name && tokens[token - 1].kind == TokenKind::word ? std::optional<Phrase>({begin, token})
                                                           : std::nullopt;
}

bool label_is_repeated(const Article& article, uint32_t quote, Phrase label) {
  const Attribution& attribution = article.attributions[quote];
  if (!attribution.speaker || attribution.speaker->begin < label.end) return false;
  const std::string_view surname = article.grammar.word(label.end - 1);
  const std::string name = article.people.name_of(*attribution.speaker);
  return name.size() >= surname.size() && name.substr(name.size() - surname.size()) == surname;
}

Finding glued_speaker(const Article& article, uint32_t quote, Phrase label) {
  const Span range = article.grammar.range(label);
  Finding f{"glued-speaker-label", to_range(range), {}};
  f.message = "the name " + quoted(slice(article.text, range)) + " runs into the quotation behind it";
  if (!label_is_repeated(article, quote, label)) return f;
  f.message += ", whose own clause names the speaker again";
  f.related.push_back(to_range(article.grammar.range(*article.attributions[quote].speaker)));
  f.has_fix = true;
  f.fix_range = f.range;
  return f;
}

namespace {

// Finds the second candidate for a speaker, walking the quotations in text order.
class Ambiguity {
 public:
  explicit Ambiguity(const Article& article)
      : article_(article), outline_(article.outline), people_(article.people) {}

  std::vector<Finding> all() {
    for (uint32_t q = 0; q < article_.attributions.size(); ++q) {
      const Attribution& a = article_.attributions[q];
      if (!a.speaker || a.evidence == Evidence::carried || !is_speech(article_.readings[q].kind)) continue;
      if (a.speaker->end != a.speaker->begin + 1) continue;
      read_until(a.speaker->begin);
      const bool pronoun = People::is_bare_pronoun(article_.grammar, *a.speaker);
      if (pronoun)
        judge_pronoun(q, a.speaker->begin);
      else
        judge_surname(a.speaker->begin);
    }
    return std::move(findings_);
  }

 private:
  uint32_t block_of(uint32_t token) const {
    return outline_.sentences[outline_.tokens[token].sentence].block;
  }

  // Notes who was named in full, and which surnames stood alone, before `token`.
  void read_until(uint32_t token) {
    for (; next_ < token; ++next_) {
      const auto person = people_.person_at(next_);
      if (!person) continue;
      const bool goes_on = people_.person_at(next_ + 1) == person;
      const bool began = next_ > 0 && people_.person_at(next_ - 1) == person;
      const std::string_view surname = people_.person(*person).surname;
      if (began && !goes_on)
        full_[surname][*person] = next_;
      else if (!began && !goes_on)
        alone_.insert(surname);
    }
  }

  void judge_surname(uint32_t token) {
    constexpr uint32_t near = 2;  // paragraphs
    const auto person = people_.person_at(token);
    if (!person || outline_.tokens[token].kind != TokenKind::word) return;
    const std::string_view surname = people_.person(*person).surname;
    const auto bearers = full_.find(surname);
    if (article_.grammar.word(token) != surname || bearers == full_.end() || alone_.count(surname) != 0)
      return;
    std::vector<uint32_t> candidates;
    for (const auto& [bearer, last] : bearers->second)
      if (block_of(last) + near >= block_of(token)) candidates.push_back(bearer);
    const Token* lead = token > 0 ? &outline_.tokens[token - 1] : nullptr;
    if (lead && (lead->is(title) || lead->kind == TokenKind::stop)) return;
    if (candidates.size() != 2) return;
    std::sort(candidates.begin(), candidates.end());
    if (is_told_apart(token, candidates)) return;
    report(token, candidates[0], candidates[1], bearers->second[candidates[0]],
           bearers->second[candidates[1]]);
  }

  // "Jane Doe, mother of Mary Doe, left. “We are tired,” Doe said.": one of them is whom the sentence is
  // about.
  bool is_told_apart(uint32_t token, const std::vector<uint32_t>& candidates) const {
    const uint32_t sentence = outline_.tokens[token].sentence;
    for (uint32_t s = sentence; s-- > 0 && sentence - s <= 3;) {
      const Sentence& before = outline_.sentences[s];
      const auto subject = article_.grammar.main_subject(before.begin, before.end);
      const auto person = subject ? people_.resolve(*subject) : std::nullopt;
      if (!person || std::find(candidates.begin(), candidates.end(), *person) == candidates.end()) continue;
      for (uint32_t i = subject->begin; i < subject->end; ++i) {
        const auto other = people_.person_at(i);
        if (other && other != person &&
            std::find(candidates.begin(), candidates.end(), *other) != candidates.end())
          return false;
      }
      return true;
    }
    return false;
  }

  // "Jane Doe and Mary Roe left. “We are tired,” she said."
  void judge_pronoun(uint32_t quote, uint32_t token) {
    const uint32_t sentence = outline_.tokens[token].sentence;
    const Token& pronoun_token = outline_.tokens[token];
    if (sentence == 0 || !pronoun_token.is(pronoun) || !pronoun_token.is(masculine | feminine)) return;
    constexpr uint32_t longest_clause = 30;  // tokens before the pronoun
    const uint32_t begin = outline_.sentences[sentence].begin;
    if (token - begin > longest_clause) return;
    for (uint32_t i = begin; i < token; ++i)
      if (people_.person_at(i)) return;
    const Sentence& before = outline_.sentences[sentence - 1];
    if (before.block + 1 < article_.marks.quotes[quote].block) return;
    uint32_t i = before.begin;
    const uint32_t limit = std::min(before.end, before.begin + 4);
    while (i < limit && !people_.person_at(i)) ++i;
    const auto first = people_.person_at(i);
    if (i >= limit || !first) return;
    while (people_.person_at(i) == first) ++i;
    if (i + 1 >= before.end || article_.grammar.word(i) != "and") return;
    ++i;
    while (i < before.end && outline_.tokens[i].is(title)) ++i;
    const auto second = people_.person_at(i);
    if (!second || second == first || !fits(*first, pronoun_token) || !fits(*second, pronoun_token)) return;
    report(token, *first, *second, before.begin, i);
  }

  bool fits(uint32_t person, const Token& pronoun_token) const {
    const Person& p = people_.person(person);
    return pronoun_token.is(masculine) ? p.masculine && !p.feminine : p.feminine && !p.masculine;
  }

  void report(uint32_t token, uint32_t a, uint32_t b, uint32_t first, uint32_t second) {
    const Span range = outline_.tokens[token].range;
    Finding f{"ambiguous-speaker", to_range(range), {}};
    f.message = quoted(slice(article_.text, range)) + " may be " + std::string(people_.person(a).name) +
                " or " + std::string(people_.person(b).name);
    for (const uint32_t place : {first, second}) f.related.push_back(to_range(outline_.tokens[place].range));
    findings_.push_back(std::move(f));
    alone_.insert(people_.person(a).surname);  // once is enough
  }

  const Article& article_;
  const Outline& outline_;
  const People& people_;
  uint32_t next_ = 0;
  std::unordered_map<std::string_view, std::unordered_map<uint32_t, uint32_t>> full_;
  std::unordered_set<std::string_view> alone_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> ambiguous_speakers(const Article& article) {
  return Ambiguity(article).all();
}

namespace {

std::u32string letters_of(std::string_view word) {
  std::u32string letters;
  for (size_t at = 0; at < word.size();) {
    const Character c = character_at(word, at);
    letters += c.code;
    at += c.size;
  }
  return letters;
}

// Whether one letter changed, came or went, or two neighbours changed places; never the first letter, and
// never a final s, which may be a plural.
bool is_one_slip_apart(std::string_view a, std::string_view b) {
  constexpr size_t shortest = 5;
  std::u32string x = letters_of(a), y = letters_of(b);
  if (x.size() > y.size()) std::swap(x, y);
  if (x.size() < shortest || y.size() > x.size() + 1 || x == y || x[0] != y[0]) return false;
  size_t head = 0;
  while (head < x.size() && x[head] == y[head]) ++head;
  if (y.size() > x.size())
    return !(head == x.size() && y.back() == 's') && x.substr(head) == y.substr(head + 1);
  if (x.substr(head + 1) == y.substr(head + 1)) return !(is_digit(x[head]) || is_digit(y[head]));
  return head + 1 < x.size() && x[head] == y[head + 1] && x[head + 1] == y[head] &&
         x.substr(head + 2) == y.substr(head + 2);
}

// Given names that are in the lists are two names, not two spellings: Maria and Mario, Jon and John.
// So may be names that differ in their last letter alone.
bool may_be_slip(std::string_view a, std::string_view b) {
  if ((classes_of(a) & given_name) && (classes_of(b) & given_name)) return false;
  const bool ending = a.size() == b.size() && a.substr(0, a.size() - 1) == b.substr(0, b.size() - 1);
  return !ending && is_one_slip_apart(a, b);
}

class Variants {
 public:
  explicit Variants(const Article& article) : article_(article), people_(article.people) { count(); }

  std::vector<Finding> all() {
    for (uint32_t p = 0; p < people_.size(); ++p) {
      const Person& person = people_.person(p);
      if (first_[p] == none || person.given.empty()) continue;
      compare(p, by_given_[person.given]);
      compare(p, by_surname_[person.surname]);
    }
    return std::move(findings_);
  }

 private:
  static constexpr uint32_t none = UINT32_MAX;
  static constexpr size_t most = 8;  // names alike in one part that are compared

  void count() {
    first_.assign(people_.size(), none);
    times_.assign(people_.size(), 0);
    speaks_.assign(people_.size(), false);
    for (uint32_t i = 0; i < article_.outline.tokens.size(); ++i) {
      const auto person = people_.person_at(i);
      const bool whole = person && people_.person_at(i + 1) == person;  // not a surname alone
      if (!whole || (i > 0 && people_.person_at(i - 1) == person)) continue;
      if (first_[*person] == none) first_[*person] = i;
      ++times_[*person];
    }
    for (const Attribution& a : article_.attributions)
      if (a.speaker)
        if (const auto person = people_.resolve(*a.speaker)) speaks_[*person] = true;
  }

  void compare(uint32_t p, std::vector<uint32_t>& alike) {
    const Person& person = people_.person(p);
    for (const uint32_t o : alike) {
      const Person& other = people_.person(o);
      const bool slip = person.given == other.given ? is_one_slip_apart(person.surname, other.surname)
                                                    : may_be_slip(person.given, other.given);
      const bool clash = (person.masculine && other.feminine) || (person.feminine && other.masculine);
      if (!slip || clash || !(speaks_[p] || speaks_[o])) continue;
      if (times_[p] <= times_[o])
        report(p, o);
      else
        report(o, p);
    }
    if (alike.size() < most) alike.push_back(p);
  }

  Span whole(uint32_t first) const {
    uint32_t end = first + 1;
    while (people_.person_at(end) && people_.person_at(end) == people_.person_at(first)) ++end;
    return article_.grammar.range({first, end});
  }

  void report(uint32_t rare, uint32_t usual) {
    Finding f{"speaker-name-variants", to_range(whole(first_[rare])), {}};
    f.message = quoted(people_.person(rare).name) + " is almost " + quoted(people_.person(usual).name) +
                ", who is named elsewhere: one person spelt in two ways?";
    f.related.push_back(to_range(whole(first_[usual])));
    findings_.push_back(std::move(f));
  }

  const Article& article_;
  const People& people_;
  std::vector<uint32_t> first_, times_;
  std::vector<bool> speaks_;
  std::unordered_map<std::string_view, std::vector<uint32_t>> by_given_, by_surname_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> name_variants(const Article& article) {
  return Variants(article).all();
}

}  // namespace quote_attribution
