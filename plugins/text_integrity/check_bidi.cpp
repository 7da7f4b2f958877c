// Controls of writing direction: they can show words in another order than a program reads them (“Trojan
// Source”).
#include <stet/json.hpp>
#include <stet/text.hpp>

#include <algorithm>
#include <string>

#include "checks.hpp"
#include "words.hpp"

namespace text_integrity {

namespace {

using stet::sdk::Finding;
using stet::sdk::Severity;

constexpr std::string_view check = "bidi-control";

constexpr char32_t arabic_mark = 0x061C, left_mark = 0x200E, right_mark = 0x200F, right_embedding = 0x202B,
                   pop = 0x202C, left_override = 0x202D, right_override = 0x202E, right_isolate = 0x2067,
                   first_isolate = 0x2066, last_isolate = 0x2068, pop_isolate = 0x2069;

constexpr size_t deepest = 125;  // of nested controls; those inside have no effect (UAX 9, BD2)

struct Control {
  Range range;
  char32_t code;
};

bool is_direction_mark(char32_t c) {
  return c == arabic_mark || c == left_mark || c == right_mark;
}

bool is_isolate(char32_t c) {
  return c >= first_isolate && c <= last_isolate;
}

bool is_override(char32_t c) {
  return c == left_override || c == right_override;
}

bool is_control(char32_t c) {
  return is_direction_mark(c) || (c >= 0x202A && c <= right_override) ||
         (c >= first_isolate && c <= pop_isolate);
}

// Whether what it holds can look different from how it reads, in a text that runs from left to right.
bool turns(char32_t c) {
  return c == right_override || c == right_embedding || c == right_isolate;
}

bool has_right_to_left(std::string_view text) {
  for (size_t at = stet::sdk::next_non_ascii(text, 0); at < text.size();
       at = stet::sdk::next_non_ascii(text, at)) {
    const auto c = stet::sdk::character_at(text, at);
    if (is_right_to_left(c.code)) return true;
    at += c.size;
  }
  return false;
}

bool has_left_to_right(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const auto c = stet::sdk::character_at(text, at);
    if (is_letter(c.code) && !is_right_to_left(c.code)) return true;
    at += c.size;
  }
  return false;
}

class Bidi {
 public:
  Bidi(const Page& page, Findings& findings) : page_(page), text_(page.text), findings_(findings) {}

  void read() {
    for (const auto& block : page_.blocks) {
      block_ = block.range;
      find_controls(block_);
      if (controls_.empty()) continue;
      if (!known_) {
        right_to_left_ = has_right_to_left(text_);
        known_ = true;
      }
      match();
    }
  }

 private:
  void find_controls(Range block) {
    controls_.clear();
    const std::string_view text = text_.substr(0, block.end);
    for (size_t at = stet::sdk::next_non_ascii(text, block.begin); at < text.size();
         at = stet::sdk::next_non_ascii(text, at)) {
      const auto c = stet::sdk::character_at(text, at);
      const Range range{static_cast<uint32_t>(at), static_cast<uint32_t>(at + c.size)};
      if (is_control(c.code)) controls_.push_back({range, c.code});
      at += c.size;
    }
  }

  // Pairs openers with closers as the bidirectional algorithm does (UAX 9, BD9 and X7): the closer of an
  // isolate also ends what is open inside of it.
  void match() {
    open_.clear();
    size_t isolates = 0;
    for (const Control& control : controls_) {
      if (is_direction_mark(control.code)) {
        mark(control);
      } else if (control.code == pop_isolate) {
        if (isolates == 0) {
          stray(control);
          continue;
        }
        while (!is_isolate(open_.back().code)) unclosed(take());
        --isolates;
        paired(take(), control);
      } else if (control.code == pop) {
        if (open_.empty() || is_isolate(open_.back().code))
          stray(control);
        else
          paired(take(), control);
      } else {
        isolates += is_isolate(control.code);
        open_.push_back(control);
      }
    }
    while (!open_.empty()) unclosed(take());
  }

  Control take() {
    const Control control = open_.back();
    open_.pop_back();
    return control;
  }

  void mark(const Control& control) {
    if (right_to_left_) return;
    report(control.range, control.code, Severity::warning,
           " has no work in a text without right-to-left letters", true);
  }

  void stray(const Control& control) {
    report(control.range, control.code, Severity::by_manifest, " closes nothing that this paragraph opened",
           true);
  }

  // Texts in Hebrew and Arabic begin paragraphs with an opener to say which way all of it runs; the end of
  // the paragraph closes it.
  bool opens_paragraph(const Control& control) const {
    return right_to_left_ && !is_override(control.code) &&
           control.range.begin == block_.begin + 3 * (open_.size());
  }

  void unclosed(const Control& control) {
    if (opens_paragraph(control)) return;
    const bool harmless = !right_to_left_ && !turns(control.code);
    report(control.range, control.code, Severity::by_manifest, " is not closed in this paragraph", harmless);
  }

  void paired(const Control& opener, const Control& closer) {
    const Range inside{opener.range.end, closer.range.begin};
    const Range whole{opener.range.begin, closer.range.end};
    if (!right_to_left_) {
      if (!turns(opener.code)) return superfluous(whole, inside, opener.code);
      return report(whole, opener.code, Severity::by_manifest,
                    " reorders what is shown, in a text without right-to-left letters", false);
    }
    constexpr uint32_t longest =
        100;  // bytes looked at; they may be looked at again for each nested override
    if (opener.code != right_override || open_.size() >= deepest) return;
    const auto held = slice(text_, inside).substr(0, longest);
    if (has_left_to_right(held) && !has_right_to_left(held))
      report(whole, opener.code, Severity::by_manifest, " shows left-to-right letters backwards", false);
  }

  void superfluous(Range whole, Range inside, char32_t code) {
    constexpr uint32_t longest = 1000;
    const Severity severity = is_override(code) ? Severity::by_manifest : Severity::warning;
    if (!findings_.takes(check, whole, severity)) return;
    Finding f = finding(whole, code, severity,
                        " and its partner have no work in a text without right-to-left letters");
    const bool nested = std::any_of(controls_.begin(), controls_.end(), [&](const Control& c) {
      return c.range.begin >= inside.begin && c.range.end <= inside.end;
    });
    const bool mends = !nested && inside.end - inside.begin <= longest;
    findings_.add(mends ? mended(std::move(f), std::string(slice(text_, inside))) : std::move(f));
  }

  static Finding finding(Range range, char32_t code, Severity severity, const char* what) {
    Finding f{check, range, code_point(code) + what, severity};
    f.evidence_json = stet::sdk::JsonObject().text("character", code_point(code)).str();
    return f;
  }

  void report(Range range, char32_t code, Severity severity, const char* what, bool is_deletable) {
    if (!findings_.takes(check, range, severity)) return;
    Finding f = finding(range, code, severity, what);
    findings_.add(is_deletable ? mended(std::move(f), "") : std::move(f));
  }

  const Page& page_;
  std::string_view text_;
  Findings& findings_;
  Range block_{0, 0};
  bool known_ = false, right_to_left_ = false;
  std::vector<Control> controls_, open_;
};

}  // namespace

void check_bidi(const Page& page, Findings& findings) {
  Bidi(page, findings).read();
}

}  // namespace text_integrity
