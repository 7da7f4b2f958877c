// A word that runs into a quotation: “We go”said Smith. What quote-attribution reports as
// missing-space-before-quote (a letter or a comma before an opening mark that a letter follows) is not
// reported here.
#include <stet/json.hpp>
#include <stet/text.hpp>

#include <map>
#include <string>
#include <vector>

#include "checks.hpp"
#include "words.hpp"

namespace text_integrity {

namespace {

using stet::sdk::character_at;
using stet::sdk::character_before;
using stet::sdk::Finding;
using stet::sdk::JsonObject;

constexpr std::string_view check = "glued-quotation";
constexpr size_t most_candidates = 1000;  // kept until the whole text is known
constexpr char32_t straight = '"', left_curly = 0x201C, right_curly = 0x201D, low = 0x201E,
                   left_guillemet = 0xAB, right_guillemet = 0xBB, left_single = 0x2018, right_single = 0x2019;

struct Mark {
  Range range{0, 0};
  char32_t code = 0;
  char32_t before = 0, after = 0;  // 0: the edge of the block
};

bool is_mark_of_quotation(char32_t c) {
  return c == straight || c == left_curly || c == right_curly || c == low || c == left_guillemet ||
         c == right_guillemet || c == left_single || c == right_single;
}

// Scripts with spaces between words whose words never hold a mark (as Hebrew abbreviations do).
bool is_spaced_letter(char32_t c) {
  if (!is_letter(c)) return false;
  if (c < 0x80) return true;
  const Script script = script_of(c);
  return script == latin || script == greek || script == cyrillic;
}

bool is_sentence_end(char32_t c) {
  return c == '.' || c == ',' || c == '!' || c == '?' || c == 0x2026;
}

bool is_opening_bracket(char32_t c) {
  return c == '(' || c == '[' || c == '{' || c == '<';
}

bool is_dash(char32_t c) {
  return c == '-' || c == '/' || (c >= 0x2010 && c <= 0x2015);
}

// Parted on the left, attached on the right.
bool opens_clearly(const Mark& mark) {
  const bool apart = is_space(mark.before) || is_opening_bracket(mark.before) || is_dash(mark.before) ||
                     is_mark_of_quotation(mark.before);
  return apart && !is_space(mark.after);
}

Range word_behind(std::string_view text, uint32_t at) {
  uint32_t end = at;
  for (auto c = character_at(text, end); is_letter(c.code) || is_mark(c.code); c = character_at(text, end))
    end += c.size;
  return {at, end};
}

// The marks of a block, without those in leftover markup; none for a block of code.
std::vector<Mark> read_marks(std::string_view text, Range block) {
  std::vector<Mark> marks;
  const auto words = slice(text, block);  // find_first_of() would look each of its characters up
  if (words.find('`') != words.npos || words.find('{') != words.npos) return marks;
  bool in_tag = false;
  for (size_t at = block.begin; at < block.end;) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte == '<')
      in_tag =
          at + 1 < block.end && (is_letter(static_cast<unsigned char>(text[at + 1])) || text[at + 1] == '/');
    if (byte == '>' || byte == '\n') in_tag = false;
    if (byte < 0x80 && byte != '"') {
      ++at;
      continue;
    }
    const auto c = character_at(text, at);
    const auto end = at + c.size;
    if (is_mark_of_quotation(c.code) && !in_tag)
      marks.push_back({{static_cast<uint32_t>(at), static_cast<uint32_t>(end)},
                       c.code,
                       at > block.begin ? character_before(text, at).code : 0,
                       end < block.end ? character_at(text, end).code : 0});
    at = end;
  }
  return marks;
}

class GluedQuotation {
 public:
  GluedQuotation(const Page& page, Findings& findings) : page_(page), text_(page.text), findings_(findings) {
    const size_t left = text_.find("«"), right = text_.find("»");
    inward_ = right < left;
  }

  void read() {
    for (const auto& block : page_.blocks) {
      const auto marks = read_marks(text_, block.range);
      read_straight(marks);
      read_pairs(marks);
    }
    settle();
  }

 private:
  // In a block of an even number of marks, one that is attached on both sides closes if the one before it
  // opens.
  void read_straight(const std::vector<Mark>& marks) {
    std::vector<Mark> straights;
    for (const Mark& mark : marks)
      if (mark.code == straight) straights.push_back(mark);
    if (straights.size() % 2 != 0) return;
    for (size_t i = 1; i < straights.size(); i += 2) {
      const Mark& opener = straights[i - 1];
      const Mark& closer = straights[i];
      if (!opens_clearly(opener) || is_space(closer.before) || is_digit(closer.before)) return;
      consider_closer(opener, closer);
    }
  }

  void read_pairs(const std::vector<Mark>& marks) {
    open_.clear();
    const Mark* single = nullptr;
    for (const Mark& mark : marks) {
      if (mark.code == straight) continue;
      if (mark.code == left_single) {
        single = opens_clearly(mark) ? &mark : nullptr;
      } else if (mark.code == right_single) {
        const bool closes = single != nullptr && is_sentence_end(mark.before);
        if (closes && long_enough(word_behind(text_, mark.range.end))) consider_closer(*single, mark);
        if (closes) single = nullptr;
      } else if (!open_.empty() && closes(open_.back(), mark)) {
        consider_closer(open_.back(), mark);
        open_.pop_back();
      } else if (opens(mark)) {
        consider_opener(mark);
        open_.push_back(mark);
      }
    }
  }

  bool closes(const Mark& opener, const Mark& mark) const {
    switch (opener.code) {
      case left_curly: return mark.code == right_curly;
      case low: return mark.code == left_curly || mark.code == right_curly;
      case left_guillemet: return mark.code == right_guillemet;
      case right_guillemet: return mark.code == left_guillemet;
      default: return false;
    }
  }

  bool opens(const Mark& mark) const {
    if (mark.code == (inward_ ? right_guillemet : left_guillemet)) return true;
    return mark.code == left_curly || mark.code == low;
  }

  // One letter or two behind an apostrophe or a title's mark may be an ending.
  static bool long_enough(Range word) { return word.end - word.begin >= 3; }

  void consider_closer(const Mark& opener, const Mark& closer) {
    const bool unspaced = is_letter(closer.before) && !is_spaced_letter(closer.before);
    if (!is_spaced_letter(closer.after) || unspaced) return;
    const Range inside{opener.range.end, closer.range.begin};
    const Range word = word_behind(text_, closer.range.end);
    const size_t size = word.end - word.begin;
    const auto held = slice(text_, inside);
    const bool has_words = held.find(' ') != held.npos;
    const bool is_comma = closer.before == ',' || closer.before == '.' || closer.before == 0x2026;
    const bool is_call = closer.before == '!' || closer.before == '?';
    const bool capital = is_upper(closer.after) && size >= 2;
    if (size < 2 || inside.end - inside.begin < 2) return;
    if (is_comma || (has_words && capital) || (is_call && (capital || size >= 4)))
      return report_behind(closer, word);
    // Many languages put endings behind a quoted title: “Aşk ve Gurur”dan. A word that the text has elsewhere
    // by itself is none.
    if (size >= 3 && (has_words || capital || size >= 4)) await(closer, word);
  }

  void await(const Mark& closer, Range word) {
    if (candidates_ >= most_candidates) return;
    ++candidates_;
    waiting_[slice(text_, word)].push_back({closer, word});
  }

  void settle() {
    if (waiting_.empty()) return;
    for (Range word = next_word(text_, 0); word.begin < word.end && !waiting_.empty();
         word = next_word(text_, word.end)) {
      const auto found = waiting_.find(slice(text_, word));
      if (found == waiting_.end() || !stands_alone(word)) continue;
      for (const auto& [closer, glued] : found->second) report_behind(closer, glued);
      waiting_.erase(found);
    }
  }

  bool stands_alone(Range word) const {
    const auto before = character_before(text_, word.begin).code, after = character_at(text_, word.end).code;
    return is_space(before) && (is_space(after) || is_sentence_end(after) || after == ':' || after == ';');
  }

  // Not the sign of a kind of number, as X in X“00FF”.
  bool has_word_before(uint32_t at) const {
    constexpr unsigned enough = 3;
    unsigned letters = 0;
    for (auto c = character_before(text_, at); is_spaced_letter(c.code) && letters < enough;
         c = character_before(text_, at)) {
      ++letters;
      at -= c.size;
    }
    return letters == enough;
  }

  // What quote-attribution leaves: a bracket before the mark, or a number behind it.
  void consider_opener(const Mark& mark) {
    const bool label = (mark.before == ')' || mark.before == ']') && is_spaced_letter(mark.after);
    const bool number = is_digit(mark.after) && has_word_before(mark.range.begin);
    if (!label && !number) return;
    const auto size = character_before(text_, mark.range.begin).size;
    report({mark.range.begin - size, mark.range.end}, mark.range.begin,
           "there is no space before the opening quotation mark");
  }

  void report_behind(const Mark& closer, Range word) {
    report({closer.range.begin, word.end}, closer.range.end,
           "there is no space behind the closing quotation mark");
  }

  void report(Range range, uint32_t place, const char* sentence) {
    if (!findings_.takes(check, range)) return;
    Finding f{check, range, sentence};
    f.evidence_json = JsonObject().text("glued", slice(text_, range).substr(0, 100)).str();
    f.has_fix = true;
    f.fix_range = {place, place};
    f.fix_text = " ";
    findings_.add(std::move(f));
  }

  struct Glued {
    Mark closer;
    Range word;
  };

  const Page& page_;
  std::string_view text_;
  Findings& findings_;
  bool inward_ = false;  // »so«, not «so»: by the guillemet that comes first
  std::vector<Mark> open_;
  size_t candidates_ = 0;
  std::map<std::string_view, std::vector<Glued>> waiting_;  // by the word behind the mark
};

}  // namespace

void check_glued_quotation(const Page& page, Findings& findings) {
  GluedQuotation(page, findings).read();
}

}  // namespace text_integrity
