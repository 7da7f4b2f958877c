// Rules of the terminal form:
//   - No line is wider than `width` columns; what is longer wraps with an indent. 0 is no limit.
//   - Nothing from the article or a plugin reaches the terminal but through visible().
//   - One line for each plugin that did not check, and the last line says how many did.
#include <algorithm>

#include "lines.hpp"
#include "places.hpp"
#include "render.hpp"
#include "verdict.hpp"
#include "visible.hpp"

namespace stet {
namespace {

constexpr unsigned indent = Lines::indent;

std::string_view colour_of(Severity severity) {
  return severity == Severity::error     ? style::red
         : severity == Severity::warning ? style::magenta
                                         : style::cyan;
}

void print_fix(Lines& lines, const Document& document, const Fix& fix) {
  const Range r = within(document.text, fix.range);
  const auto old = document.text.substr(r.begin, r.end - r.begin);
  lines.exact(std::string(indent, ' '));
  lines.words("fix:", style::green);
  if (old.empty())
    lines.words("insert '" + fix.text + "'");
  else if (fix.text.empty())
    lines.words("delete '" + old + "'");
  else
    lines.words("replace '" + old + "' by '" + fix.text + "'");
  lines.end();
}

void print_finding(Lines& lines, const Document& document, const PlacedFinding& p) {
  const auto& f = *p.finding;
  lines.words(document.name + ":" + to_string(p.at) + ":", style::bold);
  lines.words(std::string(name(f.severity)) + ":", colour_of(f.severity));
  lines.words(f.message);
  lines.words("[" + std::string(short_name(f.plugin)) + "/" + f.check + "]");
  lines.end();
  if (!p.whole()) lines.excerpt(source_text(document), p.in_source, indent);
  if (f.fix) print_fix(lines, document, *f.fix);
}

void print_unchecked(Lines& lines, const Document& document, const PluginRun& run) {
  lines.words(document.name + ":", style::bold);
  lines.words("not checked", style::red);
  lines.words("by " + run.id + ":");
  lines.words(std::string(name(run.outcome.kind)) + (run.outcome.reason.empty() ? "" : ":"));
  lines.words(run.outcome.reason);
  lines.end();
}

}  // namespace

std::string render_terminal(const Document& document, const std::vector<PluginRun>& plugins, unsigned width,
                            bool colour) {
  if (width != 0) width = std::max(width, Lines::narrowest);
  std::string out;
  Lines lines(out, width, colour);
  for (const auto& p : placed_findings(document, plugins)) print_finding(lines, document, p);
  for (const auto& run : plugins)
    if (run.outcome.kind != Outcome::Kind::checked) print_unchecked(lines, document, run);
  const auto found = verdict(plugins);
  lines.words(found.findings, style::bold);
  lines.words("in " + document.name + " (" + found.coverage + ")");
  lines.end();
  return out;
}

}  // namespace stet
