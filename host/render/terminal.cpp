// Rules of the terminal form:
//   - No line is wider than `width` columns; what is longer wraps with an indent. 0 is no limit.
//   - Nothing from the article or a plugin reaches the terminal but through visible().
//   - One line for each plugin that did not check, and the last line says how many did.
#include <algorithm>

#include "places.hpp"
#include "render.hpp"
#include "verdict.hpp"
#include "visible.hpp"

namespace stet {
namespace {

constexpr unsigned unlimited_excerpt = 100;
constexpr unsigned indent = 4;
constexpr unsigned narrowest = 20;

constexpr std::string_view bold = "\x1b[1m", red = "\x1b[1;31m", magenta = "\x1b[1;35m", cyan = "\x1b[1;36m",
                           green = "\x1b[32m", plain = "\x1b[0m";

std::string_view colour_of(Severity severity) {
  return severity == Severity::error ? red : severity == Severity::warning ? magenta : cyan;
}

// Writes words one after the other, each with its style, and begins a new line where one would not fit.
class Lines {
 public:
  Lines(std::string& out, unsigned width, bool colour) : out_(out), width_(width), colour_(colour) {}

  void words(std::string_view text, std::string_view style = {}) {
    const auto shown = visible(text);
    for (size_t at = 0; at < shown.size();) {
      const auto end = std::min(shown.find(' ', at), shown.size());
      if (end > at) word(std::string_view(shown).substr(at, end - at), style);
      at = end + 1;
    }
  }

  // Takes the text as it is, blanks included, and never wraps it.
  void exact(std::string_view text, std::string_view style = {}) {
    styled(text, style);
    used_ += static_cast<unsigned>(columns(text));
  }

  void end() {
    out_ += '\n';
    used_ = 0;
    blank_due_ = false;
  }

 private:
  void word(std::string_view text, std::string_view style) {
    const auto wide = static_cast<unsigned>(columns(text));
    if (width_ && blank_due_ && used_ + 1 + wide > width_) {
      new_line();
    } else if (blank_due_) {
      out_ += ' ';
      ++used_;
    }
    if (width_ && used_ + wide > width_)
      broken(text, style);
    else
      exact(text, style);
    blank_due_ = true;
  }

  // A word that fits no line: broken after '/' or '-' if that helps, else anywhere.
  void broken(std::string_view text, std::string_view style) {
    for (size_t at = 0; at < text.size();) {
      const auto end = std::min(text.find_first_of("/-", at), text.size() - 1) + 1;
      const auto part = text.substr(at, end - at);
      if (used_ + columns(part) > width_ && used_ > indent) new_line();
      if (used_ + columns(part) > width_)
        by_glyph(part, style);
      else
        exact(part, style);
      at = end;
    }
  }

  void by_glyph(std::string_view text, std::string_view style) {
    for (size_t at = 0; at < text.size();) {
      const auto from = at;
      const auto g = next_glyph(text, at);
      if (used_ + g.columns > width_ && used_ > indent) new_line();
      exact(text.substr(from, at - from), style);
    }
  }

  void new_line() {
    out_ += '\n';
    out_.append(indent, ' ');
    used_ = indent;
    blank_due_ = false;
  }

  void styled(std::string_view text, std::string_view style) {
    if (!colour_ || style.empty()) {
      out_ += text;
      return;
    }
    ((out_ += style) += text) += plain;
  }

  std::string& out_;
  unsigned width_;
  bool colour_;
  unsigned used_ = 0;
  bool blank_due_ = false;
};

void print_excerpt(Lines& lines, std::string_view source, Range range, unsigned width) {
  const auto e = excerpt(source, range, width == 0 ? unlimited_excerpt : width - indent);
  const std::string margin(indent, ' ');
  lines.exact(margin + e.before + e.marked + e.after);
  lines.end();
  lines.exact(margin + std::string(columns(e.before), ' '));
  lines.exact("^" + std::string(std::max<size_t>(columns(e.marked), 1) - 1, '~'), green);
  lines.end();
}

void print_fix(Lines& lines, const Document& document, const Fix& fix) {
  const Range r = within(document.text, fix.range);
  const auto old = document.text.substr(r.begin, r.end - r.begin);
  lines.exact(std::string(indent, ' '));
  lines.words("fix:", green);
  if (old.empty())
    lines.words("insert '" + fix.text + "'");
  else if (fix.text.empty())
    lines.words("delete '" + old + "'");
  else
    lines.words("replace '" + old + "' by '" + fix.text + "'");
  lines.end();
}

void print_finding(Lines& lines, const Document& document, const PlacedFinding& p, unsigned width) {
  const auto& f = *p.finding;
  lines.words(document.name + ":" + to_string(p.at) + ":", bold);
  lines.words(std::string(name(f.severity)) + ":", colour_of(f.severity));
  lines.words(f.message);
  lines.words("[" + std::string(short_name(f.plugin)) + "/" + f.check + "]");
  lines.end();
  if (!p.whole()) print_excerpt(lines, source_text(document), p.in_source, width);
  if (f.fix) print_fix(lines, document, *f.fix);
}

void print_unchecked(Lines& lines, const Document& document, const PluginRun& run) {
  lines.words(document.name + ":", bold);
  lines.words("not checked", red);
  lines.words("by " + run.id + ":");
  lines.words(std::string(name(run.outcome.kind)) + (run.outcome.reason.empty() ? "" : ":"));
  lines.words(run.outcome.reason);
  lines.end();
}

}  // namespace

std::string render_terminal(const Document& document, const std::vector<PluginRun>& plugins, unsigned width,
                            bool colour) {
  if (width != 0) width = std::max(width, narrowest);
  std::string out;
  Lines lines(out, width, colour);
  for (const auto& p : placed_findings(document, plugins)) print_finding(lines, document, p, width);
  for (const auto& run : plugins)
    if (run.outcome.kind != Outcome::Kind::checked) print_unchecked(lines, document, run);
  const auto found = verdict(plugins);
  lines.words(found.findings, bold);
  lines.words("in " + document.name + " (" + found.coverage + ")");
  lines.end();
  return out;
}

}  // namespace stet
