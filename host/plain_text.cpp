#include "plain_text.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "links.hpp"
#include "nodes.hpp"
#include "opening.hpp"
#include "utf8.hpp"

namespace stet {
namespace {

constexpr size_t longest_wrapped_line = 100;  // characters
constexpr size_t longest_title = 300;         // bytes
constexpr size_t longest_heading = 60;        // characters
constexpr size_t most_words_of_heading = 10;
constexpr size_t lines_of_opening = 8;

struct Line {
  Range range;      // without white space at both ends; empty for a blank line
  char marker = 0;  // '-', '*', 'o' (bullet), '.', ')', '>' or none
  bool indented = false;
  bool item = false;     // the marker is one of a list
  bool opening = false;  // a byline or a date line near the top
  uint32_t number = 0;   // of a numbered item
  uint32_t content = 0;  // where the text behind the marker begins
  bool blank() const { return range.begin == range.end; }
};

std::string_view view(std::string_view text, Range range) {
  return text.substr(range.begin, range.end - range.begin);
}

void read_marker(std::string_view text, Line& line) {
  const auto words = view(text, line.range);
  size_t size = 0;
  if (words.starts_with(">")) {
    line.marker = '>';
    size = words.find_first_not_of("> \t");
    line.content = line.range.begin + static_cast<uint32_t>(std::min(size, words.size()));
    return;
  }
  if (words.starts_with("- ") || words.starts_with("* ")) {
    line.marker = words[0];
    size = 1;
  } else if (words.starts_with("• ")) {
    line.marker = 'o';
    size = std::string_view("•").size();
  } else {
    const auto [end, error] =
        std::from_chars(words.data(), words.data() + std::min<size_t>(words.size(), 4), line.number);
    size = static_cast<size_t>(end - words.data());
    if (error != std::errc() || size + 1 >= words.size() || words[size + 1] != ' ') return;
    if (words[size] != '.' && words[size] != ')') return;
    line.marker = words[size++];
  }
  line.content = line.range.begin + static_cast<uint32_t>(words.find_first_not_of(" \t", size));
}

std::vector<Line> split_lines(std::string_view text) {
  std::vector<Line> lines;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const auto words = trimmed(text.substr(at, end - at));
    Line line;
    if (!is_blank(words)) {
      line.range.begin = static_cast<uint32_t>(words.data() - text.data());
      line.range.end = line.range.begin + static_cast<uint32_t>(words.size());
      line.indented = line.range.begin >= at + 2;
      read_marker(text, line);
    }
    lines.push_back(line);
    at = end + 1;
  }
  return lines;
}

bool ends_sentence(std::string_view words) {
  switch (character_before(words, words.size()).value) {
    case '.':
    case '!':
    case '?':
    case ':':
    case ';':
    case '"':
    case '\'':
    case ')':
    case ']':
    case U'…':
    case U'”':
    case U'’':
    case U'»':
    case U'。': return true;
    default: return false;
  }
}

bool begins_lower(std::string_view words) {
  return u_islower(static_cast<UChar32>(character_at(words, 0).value));
}

void mark_opening(std::string_view text, std::vector<Line>& lines) {
  size_t seen = 0;
  for (Line& line : lines) {
    if (line.blank()) continue;
    if (++seen > lines_of_opening) return;
    const auto words = view(text, line.range);
    line.opening = seen > 1 && (read_byline(words).has_value() || is_date_line(words));
  }
}

// Whether the break between two lines tells anything about the others.
bool is_telling(std::string_view text, const Line& upper, const Line& lower) {
  if (upper.blank() || lower.blank() || upper.opening || lower.opening) return false;
  if (upper.marker == '>' || lower.marker != 0) return false;
  return upper.marker == 0 || lower.indented || begins_lower(view(text, lower.range));
}

bool is_wrapped(std::string_view text, const std::vector<Line>& lines) {
  size_t breaks = 0, wraps = 0, full = 0, too_long = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].blank()) continue;
    const auto words = view(text, lines[i].range);
    const bool is_long = count_characters(words) > longest_wrapped_line;
    too_long += is_long;
    if (++full == 1 || i + 1 == lines.size() || !is_telling(text, lines[i], lines[i + 1])) continue;
    ++breaks;
    wraps += !is_long && (!ends_sentence(words) || begins_lower(view(text, lines[i + 1].range)));
  }
  return 2 * wraps > breaks && 10 * too_long <= full;
}

bool follows(const Line& item, const Line& before) {
  const bool numbered = item.marker == '.' || item.marker == ')';
  return item.marker == before.marker && (!numbered || item.number == before.number + 1);
}

// Whether a line that follows an item belongs to it.
bool continues_item(const Line& line, bool wrapped) {
  return !line.blank() && line.marker == 0 && (wrapped || line.indented);
}

void mark_items(std::vector<Line>& lines, bool wrapped) {
  Line* last = nullptr;  // candidate that a next item would follow
  size_t blanks = 0;
  for (Line& line : lines) {
    if (line.blank()) {
      if (++blanks > 1) last = nullptr;
    } else if (line.marker != 0 && line.marker != '>') {
      if (last != nullptr && follows(line, *last)) last->item = line.item = true;
      last = &line;
      blanks = 0;
    } else if (blanks > 0 || !continues_item(line, wrapped)) {
      last = nullptr;
    }
  }
}

bool looks_like_heading(std::string_view words) {
  if (count_characters(words) > longest_heading || words.find("://") != std::string_view::npos) return false;
  if (std::count(words.begin(), words.end(), ' ') >= static_cast<long>(most_words_of_heading)) return false;
  const auto first = static_cast<UChar32>(character_at(words, 0).value);
  const auto last = static_cast<UChar32>(character_before(words, words.size()).value);
  return (u_isupper(first) || u_isdigit(first)) && (u_isalpha(last) || u_isdigit(last));
}

// Goes through the lines once and makes blocks of them.
class Blocks {
 public:
  Blocks(std::string_view text, std::vector<Line> lines, bool wrapped)
      : text_(text), lines_(std::move(lines)), wrapped_(wrapped) {}

  std::vector<Node> read() {
    skip_blanks();
    read_title();
    for (skip_blanks(); at_ < lines_.size(); skip_blanks()) {
      const Line& line = lines_[at_];
      if (is_quoted(line))
        read_quote();
      else if (line.item)
        read_item();
      else if (is_heading(at_))
        add(NodeKind::heading, take_line(), "2");
      else
        add(NodeKind::paragraph, take_paragraph());
    }
    return std::move(nodes_);
  }

 private:
  void add(NodeKind kind, Range range, std::string value = {}, uint32_t parent = no_parent) {
    nodes_.push_back({kind, parent, range, std::move(value)});
  }

  void skip_blanks() {
    while (at_ < lines_.size() && lines_[at_].blank()) ++at_;
  }

  Range take_line() { return lines_[at_++].range; }

  static bool is_quoted(const Line& line) { return line.marker == '>' && line.content < line.range.end; }
  static bool is_plain(const Line& line) { return !line.blank() && !line.item && !is_quoted(line); }

  Range take_paragraph() {
    Range range = take_line();
    const bool alone = !wrapped_ || lines_[at_ - 1].opening;
    while (!alone && at_ < lines_.size() && is_plain(lines_[at_]) && !lines_[at_].opening)
      range.end = take_line().end;
    return range;
  }

  void read_title() {
    if (at_ >= lines_.size() || !is_plain(lines_[at_])) return;
    const size_t begin = at_;
    Range range = take_line();
    while (wrapped_ && at_ < lines_.size() && is_plain(lines_[at_]) &&
           begins_lower(view(text_, lines_[at_].range)))
      range.end = take_line().end;
    const bool sentence = at_ > begin + 1 && ends_sentence(view(text_, range));
    skip_blanks();
    if (at_ >= lines_.size() || sentence || range.end - range.begin > longest_title)
      at_ = begin;
    else
      add(NodeKind::title, range);
  }

  void read_item() {
    Range range{lines_[at_].content, lines_[at_].range.end};
    ++at_;
    while (at_ < lines_.size() && !lines_[at_].item && continues_item(lines_[at_], wrapped_))
      range.end = take_line().end;
    add(NodeKind::list_item, range);
  }

  // A quotation's only paragraph is the quotation itself.
  void read_quote() {
    std::vector<Range> paragraphs;
    bool open = false;
    for (; at_ < lines_.size() && lines_[at_].marker == '>'; ++at_) {
      const Line& line = lines_[at_];
      if (line.content == line.range.end) {
        open = false;
      } else if (open && wrapped_) {
        paragraphs.back().end = line.range.end;
      } else {
        paragraphs.push_back({line.content, line.range.end});
        open = true;
      }
    }
    const auto quote = static_cast<uint32_t>(nodes_.size());
    add(NodeKind::block_quote, {paragraphs.front().begin, paragraphs.back().end});
    if (paragraphs.size() > 1)
      for (const Range& range : paragraphs) add(NodeKind::paragraph, range, {}, quote);
  }

  bool stands_alone(size_t i) const {
    return is_plain(lines_[i]) && i > 0 && lines_[i - 1].blank() && i + 1 < lines_.size() &&
           lines_[i + 1].blank();
  }

  bool is_heading(size_t i) const {
    if (!stands_alone(i) || !looks_like_heading(view(text_, lines_[i].range))) return false;
    size_t next = i + 1;
    while (next < lines_.size() && lines_[next].blank()) ++next;
    if (next == lines_.size()) return false;
    return !(stands_alone(next) && looks_like_heading(view(text_, lines_[next].range)));
  }

  std::string_view text_;
  std::vector<Line> lines_;
  bool wrapped_;
  size_t at_ = 0;
  std::vector<Node> nodes_;
};

}  // namespace

std::vector<Node> read_plain_text(std::string_view text) {
  auto lines = split_lines(text);
  mark_opening(text, lines);
  const bool wrapped = is_wrapped(text, lines);
  mark_items(lines, wrapped);
  auto nodes = Blocks(text, std::move(lines), wrapped).read();
  add_links(nodes, text, find_addresses(text));
  return nodes;
}

}  // namespace stet
