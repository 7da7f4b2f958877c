#include "html.hpp"

#include <algorithm>

#include "article_part.hpp"
#include "html_page.hpp"
#include "html_spelling.hpp"
#include "page_metadata.hpp"
#include "stated_metadata.hpp"
#include "text_builder.hpp"
#include "utf8.hpp"
#include "web_address.hpp"
#include "words.hpp"

namespace stet {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';  // the last only from "&#13;"
}

// Calls visit(i) for the element and what is in it and not left out, in order.
template <class Visit>
void each_kept(std::span<const HtmlNode> nodes, uint32_t element, const std::vector<bool>& left_out,
               Visit&& visit) {
  for (uint32_t i = element; i < nodes[element].end;) {
    const bool skipped = left_out[i] && i != element;
    if (!skipped) visit(i);
    i = skipped ? nodes[i].end : i + 1;
  }
}

// Writes an article's elements down, in one pass and without recursion, however deep they are.
class Writer {
 public:
  // `body` and `left_out`: what write() will be called with last. `base`: what the page's links are relative
  // to.
  Writer(const HtmlPage& page, uint32_t body, const std::vector<bool>& left_out, std::string base)
      : page_(page), nodes_(page.nodes()), base_(std::move(base)) {
    look_ahead(body, left_out);
    limit_ = next_text_[body];
  }

  void write_title(uint32_t heading, const std::vector<bool>& left_out) {
    open_title();
    write(heading, left_out);
    close_title();
  }

  void write_title(std::string_view stated, Range source) {
    open_title();
    append_text(stated, source);
    close_title();
  }

  void write(uint32_t element, const std::vector<bool>& left_out) {
    count_texts(left_out);
    look_ahead(element, left_out);
    each_kept(nodes_, element, left_out, [&](uint32_t i) {
      while (!around_.empty() && nodes_[around_.back()].end <= i) leave();
      if (!nodes_[i].is_text()) return enter(i);
      if (!in_title_) limit_ = next_text_[i + 1];
      append_text(nodes_[i].text, nodes_[i].source);
    });
    while (!around_.empty()) leave();
    end_block();
  }

  TextBuilder& out() { return out_; }

 private:
  void open_title() {
    in_title_ = true;
    out_.open(NodeKind::title);
  }

  void close_title() {
    end_block();
    out_.close();
    in_title_ = false;
  }

  void enter(uint32_t i) {
    around_.push_back(i);
    const auto tag = nodes_[i].tag;
    if (is_block(tag) && !in_title_) end_block();
    if (tag == "br" || (is_block(tag) && in_title_)) add_line_break();
    if (tag == "a") link_ = i;
    if (tag == "pre") ++preformatted_;
    if (tag == "q") append_mark("“");
    if (in_title_) return;
    if (tag == "li") out_.open(NodeKind::list_item);
    if (tag == "blockquote") out_.open(NodeKind::block_quote);
    if (is_heading(tag)) out_.open(NodeKind::heading, std::string(tag.substr(1)));
  }

  void leave() {
    const auto tag = nodes_[around_.back()].tag;
    if (tag == "q") append_mark("”");
    if (is_block(tag) && !in_title_) end_block();
    if (tag == "a") {
      close_link();
      link_ = 0;
    }
    if (tag == "pre") --preformatted_;
    if (!in_title_ && (tag == "li" || tag == "blockquote" || is_heading(tag))) out_.close();
    around_.pop_back();
  }

  // Whether the text that begins here is all that the item or quotation around it holds, or stands in it
  // without an element of its own.
  bool is_directly_in_its_node() const {
    for (size_t k = around_.size(); k-- > 0;) {
      const auto tag = nodes_[around_[k]].tag;
      if (tag == "li" || tag == "blockquote" || is_heading(tag)) return true;
      if (is_block(tag) && k > 0 && !is_all_of(around_[k], around_[k - 1])) return false;
    }
    return false;
  }

  void count_texts(const std::vector<bool>& left_out) {
    texts_before_.assign(nodes_.size() + 1, 0);
    uint32_t left_out_to = 0;
    for (uint32_t i = 0; i < nodes_.size(); ++i) {
      if (left_out[i]) left_out_to = std::max(left_out_to, nodes_[i].end);
      const bool counts = i >= left_out_to && nodes_[i].is_text() && !trimmed(nodes_[i].text).empty();
      texts_before_[i + 1] = texts_before_[i] + (counts ? 1 : 0);
    }
  }

  // Where in the source the first of the texts of `element` begins that are still to be written.
  void look_ahead(uint32_t element, const std::vector<bool>& left_out) {
    next_text_.assign(nodes_.size() + 1, UINT32_MAX);
    std::vector<uint32_t> texts;
    each_kept(nodes_, element, left_out, [&](uint32_t i) {
      if (nodes_[i].is_text()) texts.push_back(i);
    });
    uint32_t behind = nodes_[element].end, first = UINT32_MAX;
    for (auto text = texts.rbegin(); text != texts.rend(); ++text) {
      std::fill(next_text_.begin() + *text + 1, next_text_.begin() + behind + 1, first);
      first = std::min(first, nodes_[*text].source.begin);
      behind = *text;
    }
    std::fill(next_text_.begin() + element, next_text_.begin() + behind + 1, first);
  }

  // Whether nothing but white space stands beside the element in the one around it.
  bool is_all_of(uint32_t inner, uint32_t outer) const {
    const auto texts = [&](uint32_t i) { return texts_before_[nodes_[i].end] - texts_before_[i]; };
    return texts(inner) == texts(outer);
  }

  void begin_block() {
    paragraph_ = !in_title_ && !is_directly_in_its_node();
    if (paragraph_) out_.open(NodeKind::paragraph);
    out_.begin_block();
    in_block_ = true;
  }

  void end_block() {
    breaks_ = 0;
    space_.reset();
    if (!in_block_) return;
    close_link();
    out_.end_block();
    if (paragraph_) out_.close();
    in_block_ = false;
  }

  // Links are opened where their text begins: an <a> may go around whole blocks.
  void open_link() {
    if (link_ == 0 || link_is_open_ || in_title_) return;
    const auto target = nodes_[link_].attribute("href");
    if (target.empty()) return;
    out_.open(NodeKind::link, resolved(on_one_line(target), base_));
    link_is_open_ = true;
  }

  void close_link() {
    if (link_is_open_) out_.close();
    link_is_open_ = false;
  }

  void add_line_break() {
    if (in_title_ || breaks_ == 0) {
      ++breaks_;
      return;
    }
    end_block();
  }

  void begin_text() {
    if (!in_block_) begin_block();
    if (out_.has_text() && breaks_ > 0)
      out_.space().append_added(in_title_ ? " " : "\n");
    else if (out_.has_text() && space_)
      append(out_.space(), " ", *space_);
    breaks_ = 0;
    space_.reset();
    open_link();
  }

  // What the parser moved to before its place, such as text between a table's rows, cannot be mapped, nor can
  // a title that stands behind the body.
  void append(MappedText& text, std::string_view words, Range source) {
    const bool is_behind = source.end > limit_;
    if (source.begin < reached_ || source.begin == source.end || is_behind)
      text.append_lost(words, reached_);
    else if (page_.source().substr(source.begin, source.end - source.begin) == words)
      text.append(words, source.begin);
    else
      text.append_decoded(words, source);
    if (!is_behind) reached_ = std::max(reached_, source.end);
  }

  void append_mark(std::string_view mark) {
    begin_text();
    out_.text().append_added(mark);
  }

  void append_text(std::string_view text, Range place) {
    each_piece(text, page_.source(), place, [&](std::string_view piece, Range source) {
      const bool verbatim = piece.size() == source.end - source.begin;
      for (size_t at = 0; at < piece.size();) {
        const bool space = is_space(piece[at]);
        size_t end = at;
        while (end < piece.size() && is_space(piece[end]) == space) ++end;
        const Range part{source.begin + static_cast<uint32_t>(at), source.begin + static_cast<uint32_t>(end)};
        append_part(piece.substr(at, end - at), verbatim ? part : source);
        at = end;
      }
    });
  }

  // Words or white space.
  void append_part(std::string_view part, Range source) {
    if (!is_space(part.front())) {
      begin_text();
      append(out_.text(), part, source);
    } else if (preformatted_ > 0 && in_block_ && out_.has_text()) {
      std::string kept(part);
      std::ranges::replace(kept, '\r', ' ');
      append(out_.space(), kept, source);
    } else if (!space_) {
      space_ = source;
    } else {
      space_->end = std::max(space_->end, source.end);
    }
  }

  const HtmlPage& page_;
  std::span<const HtmlNode> nodes_;
  std::string base_;
  TextBuilder out_;
  std::vector<uint32_t> texts_before_;  // of each node: texts that are not blank nor left out
  std::vector<uint32_t> around_;        // elements around the current place
  uint32_t link_ = 0;                   // the <a> around it
  size_t preformatted_ = 0;             // <pre> around it
  size_t breaks_ = 0;                   // <br> since the last text
  std::optional<Range> space_;          // white space since the last text
  std::vector<uint32_t> next_text_;     // of each node: where in the source what is behind it begins
  uint32_t limit_ = UINT32_MAX;         // where in the source what follows the current text begins
  uint32_t reached_ = 0;                // end of the source that is in the text
  bool in_title_ = false, in_block_ = false, paragraph_ = false, link_is_open_ = false;
};

// The heading that is the article's title.
class TitleSearch {
 public:
  TitleSearch(const HtmlPage& page, const ArticlePart& part, const std::optional<std::string>& stated)
      : nodes_(page.nodes()), part_(part), stated_(simple(stated.value_or(""))) {}

  // 0: there is none.
  uint32_t find() const {
    uint32_t last = 0, left_out_to = 0;
    for (uint32_t i = 1; i < part_.first_paragraph; ++i) {
      if (part_.left_out[i]) left_out_to = std::max(left_out_to, nodes_[i].end);
      if (!is_heading(nodes_[i].tag)) continue;
      const std::string words = simple(text_in(i));
      if (words.empty()) continue;
      if (says_stated(words)) return i;
      if (nodes_[i].tag == "h1" && i >= left_out_to) last = i;
    }
    return last;
  }

 private:
  static constexpr size_t longest = 1000;

  // Enough of it to compare.
  std::string text_in(uint32_t element) const {
    std::string all;
    each_kept(nodes_, element, part_.left_out, [&](uint32_t i) {
      if (all.size() < longest) all += nodes_[i].text.substr(0, longest);
    });
    return all;
  }

  // Letters and digits alone.
  static std::string simple(std::string_view text) {
    std::string out;
    for (const Word& word : words_of(text.substr(0, longest)))
      if (!word.mark) out += ascii_lower(text.substr(word.range.begin, word.range.end - word.range.begin));
    return out;
  }

  // A page's title often has the outlet's name added.
  bool says_stated(const std::string& words) const {
    const auto& [shorter, longer] =
        std::minmax(words, stated_, [](const auto& a, const auto& b) { return a.size() < b.size(); });
    return 2 * shorter.size() >= longer.size() && longer.find(shorter) != longer.npos;
  }

  std::span<const HtmlNode> nodes_;
  const ArticlePart& part_;
  std::string stated_;
};

size_t words_in(const HtmlPage& page) {
  size_t count = 0;
  for (const auto& node : page.nodes()) {
    const auto parent = page.nodes()[node.parent].tag;
    if (node.is_text() && parent != "script" && parent != "style") count += count_words(node.text);
  }
  return count;
}

// Its address, unless the page names another. Each link would hold one too long for an address again.
std::string base_of(const HtmlPage& page, const std::optional<std::string>& url) {
  constexpr size_t longest = 2000;
  const auto base = std::ranges::find(page.nodes(), "base", &HtmlNode::tag);
  std::string found = url.value_or("");
  if (base != page.nodes().end()) found = resolved(on_one_line(base->attribute("href")), found);
  return found.size() <= longest ? found : "";
}

// What is left out of the body when it begins behind `title`.
std::vector<bool> left_out_behind(std::span<const HtmlNode> nodes, uint32_t title, const ArticlePart& part) {
  auto left_out = part.left_out;
  const uint32_t end = nodes[title].end;
  for (uint32_t i = part.body + 1; i < std::min(end, nodes[part.body].end); ++i)
    if (nodes[i].end <= end || nodes[i].is_text()) left_out[i] = true;
  return left_out;
}

}  // namespace

HtmlText read_html(std::string_view source, const std::string& name) {
  const HtmlPage page(source, name);
  const auto part = find_article(page);
  auto stated = read_page_metadata(page);
  const uint32_t title = TitleSearch(page, part, stated.metadata.title).find();
  const auto left_out = title == 0 ? part.left_out : left_out_behind(page.nodes(), title, part);
  Writer writer(page, part.body, left_out, base_of(page, stated.metadata.url));
  if (title != 0) {
    writer.write_title(title, part.left_out);
    stated.metadata.title.reset();  // the heading's words are
  } else if (stated.metadata.title) {
    writer.write_title(stated.title, stated.title_source);
  }
  writer.write(part.body, left_out);
  HtmlText out{writer.out().take_content(), writer.out().take_nodes(), std::move(stated.metadata),
               std::move(stated.notices)};
  out.notices.push_back("of the page's " + std::to_string(words_in(page)) + " words, " +
                        std::to_string(count_words(out.content.text)) + " were read as its article");
  return out;
}

}  // namespace stet
