#include "document.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "front_matter.hpp"
#include "html.hpp"
#include "mapped_text.hpp"
#include "markdown.hpp"
#include "opening.hpp"
#include "plain_text.hpp"
#include "utf8.hpp"

namespace stet {
namespace {

using namespace std::string_view_literals;

constexpr std::array<std::string_view, 3> format_names = {"text", "markdown", "html"};  // as in Format

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF"sv;

void refuse_other_encodings(std::string_view bytes, const std::string& name) {
  // UTF-32 first: its little-endian mark begins with that of UTF-16.
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> marks = {
      {{"\xFF\xFE\0\0"sv, "UTF-32"},
       {"\0\0\xFE\xFF"sv, "UTF-32"},
       {"\xFF\xFE"sv, "UTF-16"},
       {"\xFE\xFF"sv, "UTF-16"}}};
  for (const auto& [mark, encoding] : marks)
    if (bytes.starts_with(mark))
      throw std::runtime_error(name + ": byte 0 begins the byte order mark of " + std::string(encoding) +
                               "; only UTF-8 is read");
}

void refuse_unreadable(std::string_view bytes, const std::string& name) {
  if (bytes.empty()) throw std::runtime_error(name + ": the document is empty");
  if (bytes.size() > max_document_bytes)
    throw std::runtime_error(name + ": the document has " + std::to_string(bytes.size()) +
                             " bytes; at most " + std::to_string(max_document_bytes) + " are read");
  refuse_other_encodings(bytes, name);
  const size_t nul = bytes.find('\0');
  const auto broken = first_not_utf8(bytes);
  if (broken && *broken < nul)
    throw std::runtime_error(name + ": byte " + std::to_string(*broken) + " is not UTF-8");
  if (nul != std::string_view::npos)
    throw std::runtime_error(name + ": byte " + std::to_string(nul) + " is NUL");
  if (is_blank(bytes)) throw std::runtime_error(name + ": the document is blank");
}

// The text with LF line ends, as it maps to the bytes.
MappedText read_characters(std::string_view bytes, std::vector<std::string>& notices) {
  const bool marked = bytes.starts_with(utf8_mark);
  if (marked) notices.emplace_back("the byte order mark at the front was dropped");
  if (bytes.find('\r') != std::string_view::npos) notices.emplace_back("line ends with CR were read as LF");
  return with_line_feeds(bytes, marked ? utf8_mark.size() : 0);
}

void read_plain(Document& document, MappedText characters) {
  document.nodes = read_plain_text(characters.text);
  document.text = std::move(characters.text);
  document.map = std::move(characters.map);
}

void prepend_title(MarkdownText& body, MappedText title) {
  const auto size = static_cast<uint32_t>(title.text.size());
  for (Node& node : body.nodes) {
    node.range = {node.range.begin + size + 1, node.range.end + size + 1};
    if (node.parent != no_parent) ++node.parent;
  }
  body.nodes.insert(body.nodes.begin(), {NodeKind::title, no_parent, {0, size}, ""});
  body.content = body.content.text.empty() ? std::move(title) : join_lines(std::move(title), body.content);
}

// `content` maps to the characters; `if_blank` is said of a document without any.
void take(Document& document, MappedText content, std::vector<Node> nodes, const MappedText& characters,
          const char* if_blank) {
  rebase(content, characters.map);
  if (is_blank(content.text)) throw std::runtime_error(document.name + ": " + if_blank);
  document.text = std::move(content.text);
  document.map = std::move(content.map);
  document.nodes = std::move(nodes);
}

void add_notices(Document& document, const std::vector<std::string>& notices) {
  document.notices.insert(document.notices.end(), notices.begin(), notices.end());
}

void read_marked_up(Document& document, const MappedText& characters) {
  auto front = read_front_matter(characters.text, document.name);
  const auto source = std::string_view(characters.text).substr(front.end);
  auto body = read_markdown(source, document.name, front.lines + 1);
  for (auto& run : body.content.map.runs) run.bytes += static_cast<uint32_t>(front.end);
  const bool headed =
      !body.nodes.empty() && body.nodes.front().kind == NodeKind::heading && body.nodes.front().value == "1";
  if (headed) {
    body.nodes.front().kind = NodeKind::title;
    body.nodes.front().value.clear();
  } else if (!front.title.text.empty()) {
    prepend_title(body, std::move(front.title));
  }
  take(document, std::move(body.content), std::move(body.nodes), characters,
       "the document is blank but for its markup");
  document.metadata = std::move(front.metadata);
  add_notices(document, front.notices);
  add_notices(document, body.notices);
}

void read_web_page(Document& document, const MappedText& characters) {
  auto page = read_html(characters.text, document.name);
  take(document, std::move(page.content), std::move(page.nodes), characters,
       "the page holds no article that could be read");
  document.metadata = std::move(page.metadata);
  add_notices(document, page.notices);
}

void read_title(const Document& document, Metadata& metadata) {
  if (metadata.title) return;
  for (const Node& node : document.nodes)
    if (node.kind == NodeKind::title)
      metadata.title = document.text.substr(node.range.begin, node.range.end - node.range.begin);
}

}  // namespace

uint32_t ByteMap::to_bytes(uint32_t at) const {
  const auto after =
      std::upper_bound(runs.begin(), runs.end(), at, [](uint32_t t, const Run& r) { return t < r.text; });
  if (after == runs.begin()) return 0;
  const Run& run = *(after - 1);
  return run.bytes + std::min(at - run.text, run.size);
}

Range Document::to_bytes(Range in_text) const {
  const auto& runs = map.runs;
  const uint32_t begin = map.to_bytes(in_text.begin);
  if (in_text.end <= in_text.begin) return {begin, begin};
  // The end of the last character, not the begin of the next, which may stand behind markup.
  const auto next = std::lower_bound(runs.begin(), runs.end(), in_text.end,
                                     [](const ByteMap::Run& r, uint32_t t) { return r.text < t; });
  if (next != runs.end() && next->text == in_text.end && next->size == 0)
    return {begin, std::max(begin, next->bytes)};
  if (next == runs.begin()) return {begin, begin};
  const auto& run = *(next - 1);
  return {begin, std::max(begin, run.bytes + std::min(in_text.end - run.text, run.size))};
}

Document read_document(std::string name, std::string bytes, Format format) {
  refuse_unreadable(bytes, name);
  Document document;
  document.name = std::move(name);
  document.bytes = std::move(bytes);
  document.format = format;
  auto characters = read_characters(document.bytes, document.notices);
  switch (format) {
    case Format::text: read_plain(document, std::move(characters)); break;
    case Format::markdown: read_marked_up(document, characters); break;
    case Format::html: read_web_page(document, characters); break;
  }
  read_title(document, document.metadata);
  read_opening(document.text, document.nodes, document.metadata);
  return document;
}

Format format_of(std::string_view file_name) {
  const size_t dot = file_name.rfind('.');
  if (dot == std::string_view::npos) return Format::text;
  const std::string extension = ascii_lower(file_name.substr(dot + 1));
  if (extension == "md" || extension == "markdown") return Format::markdown;
  return extension == "html" || extension == "htm" || extension == "xhtml" ? Format::html : Format::text;
}

std::string_view name(Format format) {
  return format_names[static_cast<size_t>(format)];
}

std::optional<Format> format_named(std::string_view name) {
  const auto found = std::ranges::find(format_names, name);
  if (found == format_names.end()) return std::nullopt;
  return static_cast<Format>(found - format_names.begin());
}

Position position_of(std::string_view text, uint32_t offset) {
  const auto before = text.substr(0, offset);
  const size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
  return {static_cast<uint32_t>(std::count(before.begin(), before.end(), '\n')) + 1,
          static_cast<uint32_t>(count_characters(before.substr(line_begin))) + 1};
}

nlohmann::json to_json(const Metadata& metadata) {
  auto object = nlohmann::json::object();
  const auto add = [&](const char* key, const std::optional<std::string>& value) {
    if (value) object[key] = *value;
  };
  add("title", metadata.title);
  add("byline", metadata.byline);
  add("published", metadata.published);
  add("modified", metadata.modified);
  add("url", metadata.url);
  if (!metadata.sources.empty()) object["sources"] = metadata.sources;
  return object;
}

}  // namespace stet
