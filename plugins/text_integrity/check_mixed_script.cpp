// Words that mix scripts, and words in the wrong script altogether. Only what a reader cannot see is
// reported: each letter of the wrong script must have a look-alike in the right one.
#include <stet/json.hpp>
#include <stet/text.hpp>

#include <map>
#include <set>
#include <string>

#include "checks.hpp"
#include "evidence.hpp"
#include "script_word.hpp"
#include "surroundings.hpp"

namespace text_integrity {

namespace {

using stet::sdk::Finding;
using stet::sdk::JsonObject;
using stet::sdk::Severity;

constexpr uint32_t longest_word = 200;    // bytes; what is longer is no word
constexpr size_t most_candidates = 1000;  // words kept until the whole text is known

constexpr std::string_view check = "mixed-script";

// A word meant to be Latin, but for Cyrillic endings behind a foreign name in Cyrillic text (iPhoneа), and
// short words beside words of the other script (Zа победу).
bool is_meant_latin(const ScriptWord& word, bool mostly_latin, const Surroundings& surroundings) {
  const bool two_parts = word.runs == 2;
  if (two_parts && word.latin_first && !mostly_latin) return false;
  return !two_parts || word.latins >= 4 || !surroundings.is_beside(word.range, word.other);
}

// A word meant to be Cyrillic or Greek, but for a Latin acronym before or behind (PRщик), Greek symbols in
// Latin text (kΩ, ΔT), and I, which writes the palochka of Caucasian languages where no і of the text shows
// that it is Ukrainian.
bool is_meant_other(const ScriptWord& word, bool mostly_latin, bool has_cyrillic_i) {
  const bool acronym = word.runs == 2 && word.latins >= 2 && word.latin_capitals == word.latins;
  if (acronym || !word.plain_case || (word.other == greek && mostly_latin)) return false;
  if (word.has_latin_i && word.other == cyrillic && !has_cyrillic_i) return false;
  return word.runs > 2 || word.others >= 3;
}

auto is_letter_of(Script script) {
  return [script](char32_t c) { return is_letter(c) && script_of(c) == script; };
}

class MixedScript {
 public:
  MixedScript(const Page& page, const LookAlikes& look_alikes, Findings& findings)
      : text_(page.text), look_alikes_(look_alikes), surroundings_(page), findings_(findings) {}

  void read() {
    using stet::sdk::next_non_ascii;
    size_t done = 0;
    for (size_t at = next_non_ascii(text_, 0); at < text_.size(); at = next_non_ascii(text_, at)) {
      const auto c = stet::sdk::character_at(text_, at);
      if (!is_letter(c.code) || !has_script(c.code) || script_of(c.code) == latin) {
        at += c.size;
        continue;
      }
      const Range range = word_around(text_, done, at);
      at = done = range.end;
      if (range.end - range.begin <= longest_word) take(read_script_word(text_, range, look_alikes_));
    }
    report_whole_words();
  }

 private:
  void take(const ScriptWord& word) {
    if (!word.others_look_latin) in_earnest_.insert(word.other);
    if (word.latins == 0) return consider_whole(word);
    if (word.several || is_in_address(text_, word.range)) return;
    const bool mostly_latin = surroundings_.is_mostly_latin(word.range.begin);
    const auto written = slice(text_, word.range);
    if (word.others_look_latin && (mostly_latin || !word.latins_look_other)) {
      if (is_meant_latin(word, mostly_latin, surroundings_))
        report_mixed(word, word.other, "Latin", in_latin(written, look_alikes_));
    } else if (word.latins_look_other && is_meant_other(word, mostly_latin, has_cyrillic_i_)) {
      report_mixed(word, latin, script_name(word.other), in_script(written, word.other, look_alikes_));
    }
  }

  void report_mixed(const ScriptWord& word, Script wrong, const std::string& right,
                    const std::string& mended_word) {
    if (!findings_.takes(check, word.range)) return;
    const std::string written(slice(text_, word.range));
    Finding f{check, word.range, {}};
    f.message = "“" + written + "” has " + script_name(wrong) + " letters among its " + right +
                " ones that look the same; all " + right + " it is “" + mended_word + "”";
    f.evidence_json = JsonObject()
                          .text("word", written)
                          .json("letters", names_of(written, is_letter_of(wrong)))
                          .text("meant", mended_word)
                          .str();
    findings_.add(mended(std::move(f), mended_word));
  }

  // A word all in another script may be honest. It is reported only if the text has the same word in Latin.
  // Greek capitals are left alone: societies are named by them (ΑΚΑ is also AKA).
  void consider_whole(const ScriptWord& word) {
    const bool fits = word.others_look_latin && !word.several && word.others >= 2 && word.other != greek;
    if (!fits || candidates_ >= most_candidates || !surroundings_.is_mostly_latin(word.range.begin)) return;
    if (surroundings_.is_beside(word.range, word.other) || is_in_address(text_, word.range)) return;
    ++candidates_;
    whole_[in_latin(slice(text_, word.range), look_alikes_)].push_back(word);
  }

  void report_whole_words() {
    if (whole_.empty()) return;
    for (Range word = next_word(text_, 0); word.begin < word.end; word = next_word(text_, word.end)) {
      const auto twin = whole_.find(slice(text_, word));
      if (twin == whole_.end()) continue;
      for (const ScriptWord& wrong : twin->second) report_whole(wrong, twin->first, word);
      whole_.erase(twin);
    }
  }

  void report_whole(const ScriptWord& word, const std::string& mended_word, Range twin) {
    if (!findings_.takes(check, word.range, Severity::warning)) return;
    const std::string written(slice(text_, word.range));
    const std::string script = script_name(word.other);
    Finding f{check, word.range, {}, Severity::warning};
    f.message = "“" + written + "” is in " + script + " letters here and in Latin letters elsewhere";
    f.evidence_json = JsonObject()
                          .text("word", written)
                          .json("letters", names_of(written, is_letter_of(word.other)))
                          .text("meant", mended_word)
                          .str();
    f.related.push_back(twin);
    // Where the text has other words in that script, this one may be another than its Latin twin.
    const bool certain = in_earnest_.count(word.other) == 0;
    findings_.add(certain ? mended(std::move(f), mended_word) : std::move(f));
  }

  std::string_view text_;
  const LookAlikes& look_alikes_;
  bool has_cyrillic_i_ = text_.find("і") != text_.npos;
  Surroundings surroundings_;
  Findings& findings_;
  std::set<Script> in_earnest_;  // scripts with letters that nobody takes for Latin ones
  size_t candidates_ = 0;
  std::map<std::string, std::vector<ScriptWord>, std::less<>> whole_;  // by how it reads in Latin
};

}  // namespace

void check_mixed_script(const Page& page, const LookAlikes& look_alikes, Findings& findings) {
  MixedScript(page, look_alikes, findings).read();
}

}  // namespace text_integrity
