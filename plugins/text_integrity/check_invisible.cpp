// Characters that show nothing, or a box: left over from a copy, or hidden on purpose. Each kind says where
// it has work to do; there it is silent.
#include <stet/json.hpp>
#include <stet/text.hpp>

#include <string>

#include "checks.hpp"
#include "evidence.hpp"
#include "words.hpp"

namespace text_integrity {

namespace {

using stet::sdk::character_at;
using stet::sdk::character_before;
using stet::sdk::Finding;
using stet::sdk::JsonObject;
using stet::sdk::Severity;

constexpr size_t most_places = 200;
constexpr std::string_view check = "invisible-character";
constexpr char32_t soft_hyphen = 0xAD, zero_width_space = 0x200B, non_joiner = 0x200C, joiner = 0x200D,
                   word_joiner = 0x2060, byte_order_mark = 0xFEFF, object = 0xFFFC, replacement = 0xFFFD,
                   black_flag = 0x1F3F4, cancel_tag = 0xE007F;

enum class Kind {
  none,
  soft_hyphen,
  zero_width,  // shows nothing; has work in some scripts and between emoji
  word_joiner,
  variation,  // changes how the character before it looks
  stray,      // shows nothing and has no work in text
  tag,
  control,
  object,
  replacement,
  private_use
};

bool any(char32_t) {
  return true;
}

bool is_between(char32_t c, char32_t first, char32_t last) {
  return first <= c && c <= last;
}

// Line feed, tab and form feed (page breaks of extracted text) are white space.
bool is_control(char32_t c) {
  if (c < 0x20) return c != '\n' && c != '\t' && c != '\f';
  return c == 0x7F;
}

Kind kind_of(char32_t c) {
  // The controls U+0080 to U+009F are Windows-1252 read as Latin-1: the business of mojibake.
  if (c < 0xA0) return is_control(c) ? Kind::control : Kind::none;
  if (c < 0x2000) {
    if (c == soft_hyphen) return Kind::soft_hyphen;
    if (c == 0x115F || c == 0x1160 || c == 0x034F || is_between(c, 0x180B, 0x180F)) return Kind::zero_width;
    return Kind::none;
  }
  if (is_between(c, zero_width_space, joiner)) return Kind::zero_width;
  if (c == word_joiner) return Kind::word_joiner;
  if (is_between(c, 0x2061, 0x2064) || is_between(c, 0x206A, 0x206F)) return Kind::stray;
  if (c == 0x3164 || c == 0xFFA0) return Kind::zero_width;
  if (is_between(c, 0xFE00, 0xFE0F) || is_between(c, 0xE0100, 0xE01EF)) return Kind::variation;
  if (c == byte_order_mark || is_between(c, 0xFFF9, 0xFFFB)) return Kind::stray;
  if (c == object) return Kind::object;
  if (c == replacement) return Kind::replacement;
  if (is_between(c, 0xE0000, 0xE007F)) return Kind::tag;
  return is_private(c) ? Kind::private_use : Kind::none;
}

bool is_everyday_script(char32_t c) {
  const Script script = script_of(c);
  return script == latin || script == greek || script == cyrillic;
}

// A letter of a script in which characters without width have work: they join letters, part them, or allow a
// line to break where words are written without spaces.
bool uses_zero_width(char32_t c) {
  return (is_letter(c) || is_mark(c)) && has_script(c) && !is_everyday_script(c);
}

// Whether the nearest letter on either side is of such a script; spaces and marks may stand between.
bool is_beside_its_script(std::string_view text, Range range) {
  constexpr size_t far = 24;  // bytes
  for (size_t at = range.begin; at > 0 && range.begin - at < far;) {
    const auto c = character_before(text, at);
    if (uses_zero_width(c.code)) return true;
    if (is_letter(c.code)) break;
    at -= c.size;
  }
  for (size_t at = range.end; at < text.size() && at - range.end < far;) {
    const auto c = character_at(text, at);
    if (is_letter(c.code) || is_mark(c.code)) return uses_zero_width(c.code);
    at += c.size;
  }
  return false;
}

bool is_quotation_or_bracket(char32_t c) {
  return c == '"' || c == '\'' || c == '(' || c == ')' || c == '[' || c == ']' || c == '`' || c == 0xAB ||
         c == 0xBB || is_between(c, 0x2018, 0x201F);
}

// One character or several of one kind in a row, and what stands around them.
struct Run {
  Range range;
  Kind kind;
  char32_t first;  // its first character
  bool alone;      // the only one
  char32_t before, after;
};

bool joins_emoji(const Run& run) {
  const bool behind =
      is_pictograph(run.before) || is_between(run.before, 0x1F3FB, 0x1F3FF) || run.before == 0xFE0F;
  return run.first == joiner && run.alone && behind && is_pictograph(run.after);
}

// Between f and a tall letter a careful typesetter parts what a font would draw as one: Auf\u200clage.
bool parts_ligature(const Run& run) {
  return run.first == non_joiner && run.alone && is_lower(run.before) && is_lower(run.after) &&
         (run.before == 'f' || run.after == 'f');
}

// Ã and a soft hyphen are an í that went wrong: the business of mojibake.
bool is_misread(const Run& run) {
  return run.alone && is_between(run.before, 0xC2, 0xC5);
}

// What a tag sequence spells in ASCII, for people to see.
std::string hidden_text(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size() && out.size() < 200;) {
    const auto c = character_at(text, at);
    at += c.size;
    if (is_between(c.code, 0xE0020, 0xE007E)) out += static_cast<char>(c.code - 0xE0000);
  }
  return out;
}

bool is_flag(std::string_view text, const Run& run) {
  return run.before == black_flag && character_before(text, run.range.end).code == cancel_tag &&
         run.range.end - run.range.begin <= 7 * 4;
}

bool has_work(std::string_view text, const Run& run) {
  const bool between_letters = is_letter(run.before) && is_letter(run.after);
  switch (run.kind) {
    case Kind::soft_hyphen: return (between_letters && run.alone) || is_misread(run);
    case Kind::zero_width:
      return joins_emoji(run) || parts_ligature(run) || is_beside_its_script(text, run.range);
    case Kind::word_joiner: return !between_letters && !is_space(run.before) && !is_space(run.after);
    case Kind::variation: return run.alone && takes_variation(run.before);
    case Kind::tag: return is_flag(text, run);
    case Kind::replacement: return is_quotation_or_bracket(run.before) && is_quotation_or_bracket(run.after);
    default: return false;
  }
}

std::string sentence(std::string_view text, const Run& run) {
  const std::string name = code_point(run.first);
  switch (run.kind) {
    case Kind::tag: return "invisible tag characters spell “" + hidden_text(slice(text, run.range)) + "”";
    case Kind::control: return "the control character " + name + " has no place in a text";
    case Kind::object: return name + " stands where a picture or another object was lost in copying";
    case Kind::replacement: return name + " stands where a character was lost in decoding";
    case Kind::private_use:
      return name + " is for private use: it looks different, or like a box, for other readers";
    case Kind::variation: return name + " changes nothing here and cannot be seen";
    default: return name + " cannot be seen and has no work here";
  }
}

Severity severity_of(Kind kind) {
  return kind == Kind::tag || kind == Kind::replacement ? Severity::error : Severity::by_manifest;
}

// Whether taking it away mends the text for certain. A lost character is to be put back by somebody who knows
// it.
bool is_deletable(const Run& run) {
  switch (run.kind) {
    case Kind::object:
    case Kind::replacement:
    case Kind::private_use: return false;
    case Kind::control: return run.first != 11;  // VT: a line break for some programs
    default: return true;
  }
}

class Invisible {
 public:
  Invisible(std::string_view text, Findings& findings) : text_(text), findings_(findings) {}

  void read() {
    for (size_t at = next(0); at < text_.size(); at = next(at)) {
      const auto c = character_at(text_, at);
      const Kind kind = kind_of(c.code);
      at = kind == Kind::none ? at + c.size : take(read_run(at, kind));
    }
    if (soft_hyphen_count_ > 0) note_soft_hyphens();
  }

 private:
  // The next byte that may begin something: not ASCII, or a control.
  size_t next(size_t at) const {
    while (at < text_.size()) {
      const auto byte = static_cast<unsigned char>(text_[at]);
      if (byte >= 0x7F || (byte < 0x20 && byte != '\n' && byte != '\t')) break;
      ++at;
    }
    return at;
  }

  Run read_run(size_t at, Kind kind) const {
    const auto first = character_at(text_, at);
    size_t end = at + first.size;
    for (auto c = character_at(text_, end); end < text_.size() && kind_of(c.code) == kind;
         c = character_at(text_, end))
      end += c.size;
    return {{static_cast<uint32_t>(at), static_cast<uint32_t>(end)},
            kind,
            first.code,
            end == at + first.size,
            character_before(text_, at).code,
            character_at(text_, end).code};
  }

  size_t take(const Run& run) {
    if (!has_work(text_, run))
      report(run);
    else if (run.kind == Kind::soft_hyphen && !is_misread(run) && ++soft_hyphen_count_ <= most_places)
      soft_hyphens_.push_back(run.range);
    return run.range.end;
  }

  void report(const Run& run) {
    if (!findings_.takes(check, run.range, severity_of(run.kind))) return;
    Finding f{check, run.range, sentence(text_, run), severity_of(run.kind)};
    JsonObject evidence;
    evidence.json("characters", names_of(slice(text_, run.range), any));
    if (run.kind == Kind::tag) evidence.text("hidden", hidden_text(slice(text_, run.range)));
    f.evidence_json = evidence.str();
    findings_.add(is_deletable(run) ? mended(std::move(f), "") : std::move(f));
  }

  // Hyphenation hints are honest, but words that hold one are not found by a search: one note for all of
  // them.
  void note_soft_hyphens() {
    const size_t count = soft_hyphen_count_;
    if (!findings_.takes(check, soft_hyphens_.front(), Severity::note)) return;
    Finding f{check, soft_hyphens_.front(), {}, Severity::note};
    f.message = count == 1
                    ? "a soft hyphen stands inside a word: searches miss the word"
                    : std::to_string(count) + " soft hyphens stand inside words: searches miss those words";
    f.evidence_json = characters_json(slice(text_, f.range), any);
    f.related.assign(soft_hyphens_.begin() + 1, soft_hyphens_.end());
    findings_.add(std::move(f));
  }

  std::string_view text_;
  Findings& findings_;
  size_t soft_hyphen_count_ = 0;
  std::vector<Range> soft_hyphens_;  // the first of them
};

}  // namespace

void check_invisible(const Page& page, Findings& findings) {
  Invisible(page.text, findings).read();
}

}  // namespace text_integrity
