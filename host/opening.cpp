#include "opening.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

#include "stated_time.hpp"
#include "utf8.hpp"

namespace stet {
namespace {

constexpr size_t longest_line = 160;      // bytes of a byline or a date line
constexpr size_t longest_dateline = 120;  // bytes up to the dash
constexpr size_t blocks_looked_at = 4;

std::vector<std::string_view> split(std::string_view text, std::string_view by) {
  std::vector<std::string_view> parts;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find(by, at), text.size());
    if (end > at) parts.push_back(text.substr(at, end - at));
    at = end + by.size();
  }
  return parts;
}

bool begins_upper(std::string_view text) {
  const auto c = static_cast<UChar32>(character_at(text, 0).value);
  return !text.empty() && (u_isupper(c) || u_istitle(c) || (u_isalpha(c) && !u_islower(c)));
}

bool has(std::string_view text, UBool (*property)(UChar32)) {
  for (size_t at = 0; at < text.size();) {
    const auto [value, size] = character_at(text, at);
    if (property(static_cast<UChar32>(value))) return true;
    at += size;
  }
  return false;
}

bool is_particle(std::string_view word) {
  constexpr std::array<std::string_view, 18> particles = {"de",  "da",  "di",  "du",  "del", "della",
                                                          "der", "den", "dos", "la",  "le",  "el",
                                                          "al",  "bin", "ibn", "van", "von", "ter"};
  return std::find(particles.begin(), particles.end(), word) != particles.end();
}

// Words that begin with a capital, but for the particles of names.
bool is_name(std::string_view text, size_t least, size_t most) {
  const auto words = split(text, " ");
  return words.size() >= least && words.size() <= most && begins_upper(words.front()) &&
         !has(text, u_isdigit) && std::all_of(words.begin(), words.end(), [](std::string_view word) {
           return begins_upper(word) || is_particle(word);
         });
}

size_t find_first(std::string_view text, std::initializer_list<std::string_view> any_of) {
  size_t first = text.size();
  for (auto mark : any_of) first = std::min(first, text.find(mark));
  return first;
}

bool are_names(std::string_view text) {
  std::vector<std::string_view> names;
  for (auto listed : split(text, ", "))
    for (auto joined : split(listed, " and "))
      for (auto name : split(joined, " & ")) names.push_back(trimmed(name));
  if (names.empty()) return false;
  if (names.size() == 1) return is_name(names[0], 1, 5) && !is_weekday(names[0]) && !is_month(names[0]);
  return std::all_of(names.begin(), names.end(), [](std::string_view name) { return is_name(name, 2, 5); });
}

std::string_view without_separators(std::string_view text) {
  constexpr std::array<std::string_view, 10> separators = {" ", ",", "|", "(", ")", "-", "•", "·", "—", "–"};
  const auto drop = [&](auto at_end, auto remove) {
    for (bool again = true; again;) {
      again = false;
      for (auto mark : separators)
        if (!text.empty() && at_end(mark)) {
          remove(mark.size());
          again = true;
        }
    }
  };
  drop([&](auto mark) { return text.starts_with(mark); }, [&](size_t n) { text.remove_prefix(n); });
  drop([&](auto mark) { return text.ends_with(mark); }, [&](size_t n) { text.remove_suffix(n); });
  return text;
}

enum class Label { none, published, modified };

// Takes the label off the front of a date.
Label take_label(std::string_view& text) {
  static constexpr std::array<std::pair<std::string_view, Label>, 9> labels = {
      {{"first published", Label::published},
       {"published", Label::published},
       {"posted", Label::published},
       {"date", Label::published},
       {"last updated", Label::modified},
       {"updated", Label::modified},
       {"last modified", Label::modified},
       {"modified", Label::modified},
       {"corrected", Label::modified}}};
  const std::string lower = ascii_lower(text.substr(0, 20));
  for (const auto& [name, label] : labels) {
    if (!lower.starts_with(name)) continue;
    text = trimmed(text.substr(name.size()));
    if (text.starts_with(":")) text = trimmed(text.substr(1));
    if (text.starts_with("on ")) text = trimmed(text.substr(3));
    return label;
  }
  return Label::none;
}

void fill(std::optional<std::string>& field, std::string_view value) {
  if (!field && !value.empty()) field = value;
}

// Whether all parts of the line are dates; only then anything is filled in.
bool read_date_line(std::string_view line, Metadata& metadata) {
  if (line.size() > longest_line) return false;
  const size_t dividing = find_first(line, {"|", "•", "·"});
  const std::string_view mark =
      dividing == line.size() ? "|" : line.substr(dividing, character_at(line, dividing).size);
  Metadata read;
  for (auto part : split(line, mark)) {
    part = trimmed(part);
    const Label label = take_label(part);
    const auto time = read_stated_time(part);
    if (!time) return false;
    fill(label == Label::modified ? read.modified : read.published, time->value);
  }
  if (!read.published && !read.modified) return false;
  fill(metadata.published, read.published.value_or(""));
  fill(metadata.modified, read.modified.value_or(""));
  return true;
}

bool takes_byline(std::string_view line, Node& node, Metadata& metadata) {
  const auto byline = read_byline(line);
  if (!byline) return false;
  node.kind = NodeKind::byline;
  node.value.clear();
  fill(metadata.byline, byline->names);
  read_date_line(byline->rest, metadata);
  return true;
}

// "ST. PAUL, Minn." and whether its first part is in capitals.
bool is_place(std::string_view text, bool& capitals) {
  const auto parts = split(text, ", ");
  if (parts.empty() || parts.size() > 3) return false;
  capitals = !has(parts.front(), u_islower) && count_characters(parts.front()) > 1;
  return std::all_of(parts.begin(), parts.end(), [](std::string_view part) { return is_name(part, 1, 4); });
}

bool is_date(std::string_view text) {
  return is_day_of_year(text) || read_stated_time(text).has_value();
}

// Takes the longest date off the end of "PLACE, Region, Sunday, Nov. 23, 2025".
std::string_view take_date(std::string_view& head) {
  for (size_t comma = head.find(','); comma != std::string_view::npos; comma = head.find(',', comma + 1)) {
    const auto date = trimmed(head.substr(comma + 1));
    if (!is_date(date)) continue;
    head = head.substr(0, comma);
    return date;
  }
  return {};
}

bool take_agency(std::string_view& head) {
  if (!head.ends_with(")")) return false;
  const size_t open = head.rfind('(');
  if (open == std::string_view::npos || open == 0) return false;
  const auto agency = head.substr(open + 1, head.size() - open - 2);
  if (agency.size() > 60 || !begins_upper(agency)) return false;
  head = trimmed(head.substr(0, open));
  return true;
}

// Begin and end of the first dash that may close a dateline.
std::optional<Range> first_dash(std::string_view text) {
  const size_t em = text.find("—");
  const size_t spaced = find_first(text, {" – ", " - ", " -- ", "\u00A0– "});
  if (em < spaced) return Range{static_cast<uint32_t>(em), static_cast<uint32_t>(em + 3)};
  if (spaced == text.size()) return std::nullopt;
  const auto begin = static_cast<uint32_t>(spaced + character_at(text, spaced).size);
  return Range{begin, static_cast<uint32_t>(text.find(' ', begin))};
}

bool is_block(const Node& node) {
  return node.parent == no_parent && (node.kind == NodeKind::paragraph || node.kind == NodeKind::heading);
}

bool insert_dateline(std::string_view text, std::vector<Node>& nodes, uint32_t paragraph,
                     Metadata& metadata) {
  const Range range = nodes[paragraph].range;
  const auto dateline = read_dateline(text.substr(range.begin, range.end - range.begin));
  if (!dateline) return false;
  if (const auto time = read_stated_time(dateline->date)) fill(metadata.published, time->value);
  for (Node& node : nodes)
    if (node.parent != no_parent && node.parent > paragraph) ++node.parent;
  nodes.insert(nodes.begin() + paragraph + 1,
               {NodeKind::dateline, paragraph, {range.begin, range.begin + dateline->size}, ""});
  return true;
}

}  // namespace

std::optional<Byline> read_byline(std::string_view line) {
  if (line.size() > longest_line || line.find('\n') != std::string_view::npos) return std::nullopt;
  if (!line.starts_with("By ") && !line.starts_with("BY ")) return std::nullopt;
  if (std::string_view(".!?:;").find(line.back()) != std::string_view::npos && !line.ends_with(" Jr.") &&
      !line.ends_with(" Sr."))
    return std::nullopt;
  const auto rest = trimmed(line.substr(3));
  size_t end =
      find_first(rest, {"|", " • ", " · ", "—", " – ", " - ", " (", " for ", " in ", " at ", " of "});
  // A comma ends the names, but for one in a list of names that "and" closes.
  const size_t last_joint = find_first(rest.substr(0, end), {" and ", " & "});
  const size_t from = last_joint < end ? last_joint : 0;
  end = std::min(end, rest.find(", ", from));
  const auto names = trimmed(rest.substr(0, end));
  if (!are_names(names)) return std::nullopt;
  return Byline{names, without_separators(rest.substr(end))};
}

bool is_date_line(std::string_view line) {
  Metadata unused;
  return read_date_line(line, unused);
}

std::optional<Dateline> read_dateline(std::string_view paragraph) {
  const auto front = paragraph.substr(0, longest_dateline);
  const auto dash = first_dash(front);
  if (!dash) return std::nullopt;
  // "NATO — the alliance — said" goes on in lower case, an article's first sentence does not.
  const auto sentence = trimmed(paragraph.substr(dash->end));
  if (sentence.empty() || u_islower(static_cast<UChar32>(character_at(sentence, 0).value)))
    return std::nullopt;
  auto head = trimmed(front.substr(0, dash->begin));
  const bool agency = take_agency(head);
  const auto date = take_date(head);
  bool capitals = false;
  if (!is_place(head, capitals) || !(capitals || agency || !date.empty())) return std::nullopt;
  return Dateline{dash->end, date};
}

void read_opening(std::string_view text, std::vector<Node>& nodes, Metadata& metadata) {
  std::vector<uint32_t> paragraphs;
  size_t looked_at = 0;
  for (uint32_t i = 0; i < nodes.size() && looked_at < blocks_looked_at; ++i) {
    if (!is_block(nodes[i])) continue;
    ++looked_at;
    const auto line = text.substr(nodes[i].range.begin, nodes[i].range.end - nodes[i].range.begin);
    if (read_date_line(line, metadata)) {
      nodes[i].kind = NodeKind::paragraph;
      nodes[i].value.clear();
      paragraphs.clear();
    } else if (takes_byline(line, nodes[i], metadata)) {
      paragraphs.clear();
    } else if (nodes[i].kind == NodeKind::paragraph) {
      paragraphs.push_back(i);
    }
  }
  for (size_t i = 0; i < std::min<size_t>(paragraphs.size(), 2); ++i)
    if (insert_dateline(text, nodes, paragraphs[i], metadata)) return;
}

}  // namespace stet
