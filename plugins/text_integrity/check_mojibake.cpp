// UTF-8 that was read as Windows-1252: â€™ for ’. And the other way round: Windows-1252 that was read as
// Latin-1, where quotation marks become controls.
#include <stet/json.hpp>
#include <stet/text.hpp>

#include <string>

#include "checks.hpp"
#include "windows.hpp"
#include "words.hpp"

namespace text_integrity {

namespace {

using stet::sdk::character_at;
using stet::sdk::character_before;
using stet::sdk::Finding;
using stet::sdk::JsonObject;

constexpr std::string_view check = "mojibake";
constexpr uint32_t longest_run = 600;  // bytes of one finding
constexpr char32_t replacement = 0xFFFD;

// Sequences in a row, and what stands around them.
struct Run {
  Range range{0, 0};
  unsigned count = 0;
  bool strong = false;
  Misread first;  // the only one, if count is 1
  char32_t lead = 0, before = 0, after = 0;
};

// “â€™” shown as an example.
bool is_shown(const Run& run) {
  const auto parts = [](char32_t c) {
    return c == '"' || c == '\'' || c == '`' || (c >= 0x2018 && c <= 0x201E) || c == 0xAB || c == 0xBB;
  };
  return parts(run.before) && parts(run.after);
}

// Two bytes: an accented letter (Ã©) or a sign of Latin-1 (Â£). Honest text has Ã and Â too, before quotation
// marks, dashes and now and then before ® or ™; it has them before other signs only by mistake.
bool is_wrong_pair(const Run& run) {
  constexpr char32_t a_circumflex = 0xC2, a_ring = 0xC5;
  if (run.lead > a_ring) return false;
  const bool lower_before = is_lower(run.before);
  if (run.lead == a_circumflex) {
    if (run.first.strong) return !is_upper(run.before);
    return run.first.weak && (lower_before || is_digit(run.before));
  }
  if (run.first.strong) return is_letter(run.before) || is_letter(run.after);
  return run.first.weak && lower_before;
}

bool is_between(char32_t c, char32_t first, char32_t last) {
  return first <= c && c <= last;
}

// Three bytes: punctuation and signs (â€™, â‚¬), letters of Vietnamese (á»‡), a byte order mark, fi in one
// character, or a replacement character (ï¿½).
bool is_wrong_triple(const Run& run) {
  const char32_t c = run.first.code;
  if (!run.first.strong) return is_between(c, 0x1E00, 0x1EFF) && run.first.weak && is_lower(run.before);
  if (is_between(c, 0x1E00, 0x1EFF)) return is_letter(run.before) || is_letter(run.after);
  return is_between(c, 0x2000, 0x2BFF) || is_between(c, 0xFB00, 0xFB06) || c == 0xFEFF || c == replacement;
}

bool is_wrong(const Run& run) {
  if (is_shown(run)) return false;
  if (run.count > 1) return run.strong;
  if (run.first.bytes == 2) return is_wrong_pair(run);
  return run.first.bytes == 3 ? is_wrong_triple(run) : is_between(run.first.code, 0x1F000, 0x1FAFF);
}

// Some texts went wrong more than once.
std::string read_right(std::string_view text) {
  std::string right = reread(text);
  for (std::string again = reread(right); !again.empty(); again = reread(right)) right = again;
  return right;
}

class Mojibake {
 public:
  Mojibake(std::string_view text, Findings& findings) : text_(text), findings_(findings) {}

  void read() {
    using stet::sdk::next_non_ascii;
    for (size_t at = next_non_ascii(text_, 0); at < text_.size(); at = next_non_ascii(text_, at)) {
      const auto c = character_at(text_, at);
      const auto next = static_cast<uint32_t>(at + c.size);
      if (is_between(c.code, 0x80, 0x9F)) {
        report_control({static_cast<uint32_t>(at), next}, c.code);
        at = next;
        continue;
      }
      const Run run = read_run(at);
      if (run.count > 0 && is_wrong(run)) {
        report(run);
        at = run.range.end;
      } else {
        at = next;
      }
    }
  }

 private:
  Run read_run(size_t at) const {
    Run run;
    run.range = {static_cast<uint32_t>(at), static_cast<uint32_t>(at)};
    for (Misread next = read_misread(text_, at); next.size != 0 && run.range.end - at < longest_run;
         next = read_misread(text_, run.range.end)) {
      if (run.count++ == 0) run.first = next;
      run.strong = run.strong || next.strong;
      run.range.end += next.size;
    }
    run.lead = character_at(text_, at).code;
    run.before = character_before(text_, at).code;
    run.after = character_at(text_, run.range.end).code;
    return run;
  }

  void report(const Run& run) {
    if (!findings_.takes(check, run.range)) return;
    const std::string written(slice(text_, run.range)), right = read_right(written);
    const auto first = character_at(right, 0);
    Finding f{check, run.range, "“" + written + "” is UTF-8 read as Windows-1252; it stands for "};
    const bool shows = !is_space(first.code) && first.code != 0xFEFF && first.code != 0xAD;
    f.message += first.size == right.size() && !shows ? code_point(first.code) : "“" + right + "”";
    f.evidence_json = JsonObject().text("written", written).text("meant", right).str();
    // A character that was lost before is not to be had back.
    const bool lost = right.find("\uFFFD") != right.npos;
    findings_.add(lost ? std::move(f) : mended(std::move(f), first.code == 0xFEFF ? "" : right));
  }

  // Quotation marks, dashes, dots, bullet and ™ have these numbers in all Windows code pages of Europe.
  void report_control(Range range, char32_t c) {
    if (!findings_.takes(check, range)) return;
    const char32_t meant = windows_character(c);
    const bool certain = c == 0x85 || is_between(c, 0x91, 0x97) || c == 0x99;
    std::string right;
    if (meant != 0) stet::sdk::append_utf8(right, meant);
    Finding f{check, range, code_point(c) + " is a control character"};
    if (meant != 0) f.message += "; Windows-1252 has " + code_point(meant) + " at its place";
    f.evidence_json = JsonObject().text("written", code_point(c)).text("meant", right).str();
    findings_.add(certain ? mended(std::move(f), right) : std::move(f));
  }

  std::string_view text_;
  Findings& findings_;
};

}  // namespace

void check_mojibake(const Page& page, Findings& findings) {
  Mojibake(page.text, findings).read();
}

}  // namespace text_integrity
