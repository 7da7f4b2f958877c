#include "fill.hpp"
#include "render.hpp"
#include "templates.hpp"
#include "view.hpp"

namespace stet {
namespace {

// What Markdown, its tables or its embedded HTML could take for markup within a line. Values never stand
// at a line's beginning, where more would count.
std::string escape_markdown(const std::string& text) {
  constexpr std::string_view marks = "\\`*_[]#|~$!";
  std::string out;
  for (const char c : text) {
    if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '&')
      out += "&amp;";
    else if (marks.find(c) != std::string_view::npos)
      (out += '\\') += c;
    else
      out += c;
  }
  return out;
}

}  // namespace

std::string render_markdown(const Rendering& rendering) {
  const auto findings = placed_findings(rendering.document, rendering.report.report.plugins);
  return fill(markdown_template, report_view(rendering, findings), escape_markdown);
}

}  // namespace stet
