// A note is written twice: where its number is, for wide pages that show it in the margin, and below
// the block, for narrow ones and paper. The style sheet always hides one of the two from everybody.
#include "marked_text.hpp"

#include <algorithm>
#include <tuple>

#include "../utf8.hpp"
#include "visible.hpp"

namespace stet {
namespace {

constexpr unsigned label_columns = 40;
constexpr unsigned title_columns = 120;
constexpr unsigned margin_note_columns = 280;

std::string escaped(std::string_view text) {
  std::string out;
  append_escaped(out, text);
  return out;
}

std::string field(const Fact& fact, const char* key) {
  const auto found = fact.fields.find(key);
  return found != fact.fields.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string speaker_of(const Fact& fact) {
  const auto speaker = fact.fields.find("speaker");
  if (speaker == fact.fields.end() || !speaker->is_object()) return {};
  const auto name = speaker->find("name");
  return name != speaker->end() && name->is_string() ? name->get<std::string>() : std::string();
}

std::string number_link(const PlacedFinding& p, bool anchor) {
  const auto number = std::to_string(p.number);
  const auto severity = std::string(name(p.finding->severity));
  return "<a class=\"ref " + severity + "\"" + (anchor ? " id=\"m" + number + "\"" : "") + " href=\"#f" +
         number + "\" aria-label=\"Finding " + number + ", " + severity + "\">" +
         std::string(letter(p.finding->severity)) + number + "</a>";
}

std::string margin_note(const PlacedFinding& p) {
  return "<span class=\"margin " + std::string(name(p.finding->severity)) + "\" hidden><b>" +
         std::string(letter(p.finding->severity)) + std::to_string(p.number) + "</b> " +
         escaped(clipped(p.finding->message, margin_note_columns)) + "</span>";
}

Layer layer_of(Severity severity) {
  return severity == Severity::error     ? Layer::error
         : severity == Severity::warning ? Layer::warning
                                         : Layer::note;
}

std::string_view closing_of(std::string_view opening) {
  return opening.starts_with("<a") ? "</a>" : opening.starts_with("<m") ? "</mark>" : "</span>";
}

std::string link_opening(const std::string& target) {
  if (is_web_address(target))
    return "<a class=\"link\" rel=\"noopener nofollow noreferrer\" href=\"" + escaped(target) + "\">";
  return "<span class=\"dead-link\" title=\"Not followed: " + escaped(clipped(target, title_columns)) + "\">";
}

}  // namespace

MarkedText::MarkedText(const Document& document, const std::vector<PluginRun>& plugins,
                       const std::vector<PlacedFinding>& findings)
    : document_(document), findings_(findings) {
  for (const auto& run : plugins)
    for (const auto& fact : run.outcome.facts) add_fact(fact);
  add_links();
  add_findings();
  std::ranges::stable_sort(tails_, {}, [](const Tail& t) { return t.range; });
  pieces_.emplace(std::move(marks_));
}

void MarkedText::add_fact(const Fact& fact) {
  const Range range = within(document_.text, fact.range);
  if (range.begin == range.end) return;
  if (fact.kind == "quote") {
    const auto speaker = speaker_of(fact);
    const auto title = speaker.empty() ? "Quotation, no speaker found" : "Quotation: " + speaker;
    add_span(Layer::quote, range, "quote", title, speaker.empty() ? "speaker?" : speaker);
  } else if (fact.kind == "date") {
    add_span(Layer::date, range, "date", field(fact, "type") + " " + field(fact, "value"),
             field(fact, "value"));
  } else if (fact.kind == "source") {
    const auto url = field(fact, "url");
    add_span(Layer::source, range, "source", "Source: " + (url.empty() ? field(fact, "name") : url), {});
  }
}

void MarkedText::add_span(Layer layer, Range range, std::string_view shape, std::string_view title,
                          std::string_view label) {
  marks_.push_back({layer, range, static_cast<uint32_t>(openings_.size())});
  const std::string start = "<span class=\"";
  openings_.push_back(start + std::string(shape) + "\" title=\"" + escaped(clipped(title, title_columns)) +
                      "\">");
  if (label.empty()) return;
  const auto words = escaped(clipped(label, label_columns));
  tails_.push_back({range, 0, start + "label " + std::string(shape) + "-label\">" + words + "</span>"});
}

void MarkedText::add_links() {
  for (const auto& node : document_.nodes) {
    if (node.kind != NodeKind::link) continue;
    marks_.push_back(
        {Layer::link, within(document_.text, node.range), static_cast<uint32_t>(openings_.size())});
    openings_.push_back(link_opening(node.value));
  }
}

void MarkedText::add_findings() {
  for (const auto& p : findings_) {
    if (p.whole()) {
      fresh_.push_back(p.number);
      continue;
    }
    const auto severity = p.finding->severity;
    marks_.push_back({layer_of(severity), p.in_text, static_cast<uint32_t>(openings_.size())});
    openings_.push_back("<mark class=\"" + std::string(name(severity)) + "\">");
    tails_.push_back({p.in_text, p.number, "<sup>" + number_link(p, true) + "</sup>" + margin_note(p)});
  }
}

void MarkedText::append(std::string& out, Range range) {
  const auto open_from = [&](uint32_t at) {
    for (; next_tail_ < tails_.size() && tails_[next_tail_].range.begin <= at; ++next_tail_) {
      const Range r = tails_[next_tail_].range;
      if (r.begin == range.end && r.end != r.begin) return;  // begins with the break behind this range
      open_tails_.push(&tails_[next_tail_]);
    }
  };
  for (const auto& piece : pieces_->cut(range)) {
    open_from(piece.range.begin);
    append_tails(out, piece.range.begin);
    append_piece(out, piece);
    append_tails(out, piece.range.end);
  }
  open_from(range.end);
  append_tails(out, UINT32_MAX);
}

void MarkedText::append_rest(std::string& out) {
  for (; next_tail_ < tails_.size(); ++next_tail_) open_tails_.push(&tails_[next_tail_]);
  append_tails(out, UINT32_MAX);
}

void MarkedText::append_piece(std::string& out, const Piece& piece) {
  std::vector<std::string_view> closings;
  const auto open = [&](Layer layer) {
    const auto index = piece.marks[static_cast<size_t>(layer)];
    if (index == no_mark) return false;
    out += openings_[index];
    closings.push_back(closing_of(openings_[index]));
    return true;
  };
  for (const auto layer : {Layer::link, Layer::quote, Layer::date, Layer::source}) open(layer);
  open(Layer::error) || open(Layer::warning) || open(Layer::note);
  append_escaped(
      out, std::string_view(document_.text).substr(piece.range.begin, piece.range.end - piece.range.begin));
  for (; !closings.empty(); closings.pop_back()) out += closings.back();
}

void MarkedText::append_tails(std::string& out, uint32_t until) {
  for (; !open_tails_.empty() && open_tails_.top()->range.end <= until; open_tails_.pop()) {
    const Tail& tail = *open_tails_.top();
    out += tail.html;
    if (tail.finding) fresh_.push_back(tail.finding);
  }
}

void MarkedText::append_notes(std::string& out) {
  if (fresh_.empty()) return;
  std::ranges::sort(fresh_);
  out += findings_[fresh_.front() - 1].whole() ? "<div class=\"notes whole\">" : "<div class=\"notes\">";
  for (const auto number : fresh_) {
    const auto& p = findings_[number - 1];
    const std::string severity(name(p.finding->severity));
    out += "<p class=\"remark " + severity + "\">" + number_link(p, p.whole()) + " <b>" + severity + "</b> " +
           escaped(visible(p.finding->message)) + " <code>" + escaped(visible(p.finding->check)) +
           "</code></p>";
  }
  out += "</div>\n";
  fresh_.clear();
}

std::string_view letter(Severity severity) {
  return severity == Severity::error ? "E" : severity == Severity::warning ? "W" : "N";
}

void append_escaped(std::string& out, std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const auto from = at;
    const char32_t c = next_character(text, at);
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      case 0xFFFD: out += "\uFFFD"; break;
      default:
        if (c >= 0x20 && c < 0x7F)
          out += static_cast<char>(c);
        else if (unfit_for_page(c))
          out += "&lt;" + code_point(c) + "&gt;";
        else
          out += text.substr(from, at - from);
    }
  }
}

bool is_web_address(std::string_view target) {
  const std::string start = ascii_lower(target.substr(0, 8));
  if (!start.starts_with("http://") && !start.starts_with("https://")) return false;
  for (size_t at = 0; at < target.size();) {
    const char32_t c = next_character(target, at);
    if (c <= 0x20 || unfit_for_page(c)) return false;
  }
  return true;
}

}  // namespace stet
