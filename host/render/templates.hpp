// The pages of this folder, as Mustache templates over the values of view.hpp, and the style sheet.
#pragma once

#include <string_view>

namespace stet {

extern const std::string_view html_template;  // also wants "style" and "articleHtml"
extern const std::string_view markdown_template;
extern const std::string_view style_sheet;

}  // namespace stet
