#include "lines.hpp"

#include <algorithm>

#include "places.hpp"
#include "visible.hpp"

namespace stet {

constexpr unsigned unlimited_excerpt = 100;

void Lines::words(std::string_view text, std::string_view style) {
  const auto shown = visible(text);
  for (size_t at = 0; at < shown.size();) {
    const auto end = std::min(shown.find(' ', at), shown.size());
    if (end > at) word(std::string_view(shown).substr(at, end - at), style);
    at = end + 1;
  }
}

void Lines::exact(std::string_view text, std::string_view style) {
  styled(text, style);
  used_ += static_cast<unsigned>(columns(text));
}

void Lines::end() {
  out_ += '\n';
  used_ = 0;
  blank_due_ = false;
}

void Lines::excerpt(std::string_view text, Range range, unsigned margin) {
  const auto e = stet::excerpt(text, range, width_ == 0 ? unlimited_excerpt : width_ - margin);
  exact(std::string(margin, ' ') + e.before + e.marked + e.after);
  end();
  exact(std::string(margin + columns(e.before), ' '));
  exact("^" + std::string(std::max<size_t>(columns(e.marked), 1) - 1, '~'), style::green);
  end();
}

void Lines::word(std::string_view text, std::string_view style) {
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
void Lines::broken(std::string_view text, std::string_view style) {
  for (size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find_first_of("/-", at), text.size() - 1) + 1;
    const auto part = text.substr(at, end - at);
    if (used_ + columns(part) > width_ && used_ > hang_) new_line();
    if (used_ + columns(part) > width_)
      by_glyph(part, style);
    else
      exact(part, style);
    at = end;
  }
}

void Lines::by_glyph(std::string_view text, std::string_view style) {
  for (size_t at = 0; at < text.size();) {
    const auto from = at;
    const auto g = next_glyph(text, at);
    if (used_ + g.columns > width_ && used_ > hang_) new_line();
    exact(text.substr(from, at - from), style);
  }
}

void Lines::new_line() {
  out_ += '\n';
  out_.append(hang_, ' ');
  used_ = hang_;
  blank_due_ = false;
}

void Lines::styled(std::string_view text, std::string_view style) {
  if (!colour_ || style.empty()) {
    out_ += text;
    return;
  }
  ((out_ += style) += text) += style::plain;
}

}  // namespace stet
