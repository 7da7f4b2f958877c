#include "article_html.hpp"
#include "fill.hpp"
#include "marked_text.hpp"
#include "render.hpp"
#include "templates.hpp"
#include "view.hpp"

namespace stet {

std::string render_html(const Rendering& rendering) {
  const auto& plugins = rendering.report.report.plugins;
  const auto findings = placed_findings(rendering.document, plugins);
  auto values = report_view(rendering, findings);
  values["style"] = std::string(style_sheet);
  values["articleHtml"] = article_html(rendering.document, plugins, findings);
  return fill(html_template, values, [](const std::string& text) {
    std::string out;
    append_escaped(out, text);
    return out;
  });
}

}  // namespace stet
