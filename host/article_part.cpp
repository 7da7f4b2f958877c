#include "article_part.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "utf8.hpp"

namespace stet {
namespace {

using namespace std::string_view_literals;

template <size_t N>
bool is_one_of(const std::array<std::string_view, N>& sorted, std::string_view word) {
  return std::ranges::binary_search(sorted, word);
}

constexpr std::array blocks = {
    "address"sv,  "article"sv,    "aside"sv,  "blockquote"sv, "body"sv,   "caption"sv, "center"sv,
    "dd"sv,       "details"sv,    "dialog"sv, "dir"sv,        "div"sv,    "dl"sv,      "dt"sv,
    "fieldset"sv, "figcaption"sv, "figure"sv, "footer"sv,     "form"sv,   "h1"sv,      "h2"sv,
    "h3"sv,       "h4"sv,         "h5"sv,     "h6"sv,         "header"sv, "hgroup"sv,  "hr"sv,
    "html"sv,     "li"sv,         "main"sv,   "nav"sv,        "ol"sv,     "p"sv,       "pre"sv,
    "section"sv,  "summary"sv,    "table"sv,  "tbody"sv,      "td"sv,     "tfoot"sv,   "th"sv,
    "thead"sv,    "tr"sv,         "ul"sv};

constexpr std::array wordless_tags = {
    "applet"sv,   "area"sv,     "aside"sv,      "audio"sv,    "button"sv,   "canvas"sv, "datalist"sv,
    "dialog"sv,   "embed"sv,    "figcaption"sv, "footer"sv,   "frame"sv,    "head"sv,   "iframe"sv,
    "input"sv,    "link"sv,     "map"sv,        "menu"sv,     "meta"sv,     "nav"sv,    "noembed"sv,
    "noframes"sv, "noscript"sv, "object"sv,     "option"sv,   "param"sv,    "rp"sv,     "script"sv,
    "select"sv,   "style"sv,    "svg"sv,        "template"sv, "textarea"sv, "title"sv,  "video"sv};

constexpr std::array foreign_roles = {"banner"sv, "complementary"sv, "contentinfo"sv, "dialog"sv,
                                      "menu"sv,   "navigation"sv,    "search"sv};

// Words, and beginnings of words, by which pages name what stands around an article.
constexpr std::array foreign_words = {"ad"sv, "ads"sv, "bio"sv, "date"sv, "tags"sv, "time"sv};
constexpr std::array foreign_beginnings = {
    "adslot"sv,    "advert"sv,     "aside"sv,   "author"sv,   "banner"sv,     "breadcrumb"sv, "byline"sv,
    "button"sv,    "caption"sv,    "comment"sv, "contrib"sv,  "cookie"sv,     "copyright"sv,  "credit"sv,
    "cta"sv,       "dateline"sv,   "disqus"sv,  "email"sv,    "facebook"sv,   "follow"sv,     "footer"sv,
    "gallery"sv,   "hidden"sv,     "login"sv,   "masthead"sv, "menu"sv,       "meta"sv,       "modal"sv,
    "nav"sv,       "newsletter"sv, "noprint"sv, "outbrain"sv, "pagination"sv, "paywall"sv,    "photo"sv,
    "popular"sv,   "popup"sv,      "print"sv,   "profile"sv,  "promo"sv,      "rail"sv,       "recirc"sv,
    "recommend"sv, "related"sv,    "reply"sv,   "share"sv,    "sharing"sv,    "sidebar"sv,    "signup"sv,
    "skip"sv,      "sponsor"sv,    "subscri"sv, "taboola"sv,  "teaser"sv,     "toolbar"sv,    "trending"sv,
    "widget"sv};

// How pages name the article's body, whatever stands between the two words.
constexpr std::array body_names = {"articlebody"sv, "articlecontent"sv, "articlecopy"sv, "articletext"sv,
                                   "bodycopy"sv,    "bodytext"sv,       "contentbody"sv, "entrycontent"sv,
                                   "postbody"sv,    "postcontent"sv,    "storybody"sv,   "storycontent"sv,
                                   "storytext"sv,   "textbody"sv};

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_letter(char c) {
  return is_lower(ascii_lower(c));
}

bool is_foreign_word(std::string_view word) {
  return is_one_of(foreign_words, word) ||
         std::ranges::any_of(foreign_beginnings, [&](auto begin) { return word.starts_with(begin); });
}

// Whether any of the words of a class or an id is foreign: "relatedStories-list_2" is related, stories, list.
bool names_something_foreign(std::string_view names) {
  std::string word;
  for (size_t i = 0; i <= names.size(); ++i) {
    const char c = i < names.size() ? names[i] : ' ';
    const bool begins = i > 0 && is_lower(names[i - 1]) && is_letter(c) && !is_lower(c);
    if (begins || !is_letter(c)) {
      if (is_foreign_word(word)) return true;
      word.clear();
    }
    if (is_letter(c)) word += ascii_lower(c);
  }
  return false;
}

bool names_body(std::string_view names) {
  std::string letters;
  for (const char c : names)
    if (is_letter(c) || c == ' ') letters += ascii_lower(c);
  return std::ranges::any_of(body_names, [&](auto name) { return letters.find(name) != letters.npos; });
}

bool is_name(const HtmlAttribute& a) {
  return a.name == "class" || a.name == "id";
}

bool is_named_body(const HtmlNode& node) {
  return std::ranges::any_of(node.attributes, [](const HtmlAttribute& a) {
    return (a.name == "itemprop" && a.value.find("articleBody") != a.value.npos) ||
           (is_name(a) && names_body(a.value));
  });
}

bool is_hidden(const HtmlAttribute& a) {
  return a.name == "hidden" || (a.name == "aria-hidden" && a.value == "true") ||
         (a.name == "style" &&
          (a.value.find("display:none") != a.value.npos || a.value.find("display: none") != a.value.npos));
}

bool is_hidden(const HtmlNode& node) {
  return std::ranges::any_of(node.attributes, [](const HtmlAttribute& a) { return is_hidden(a); });
}

bool is_never_foreign(const HtmlNode& node) {
  return node.tag == "body" || node.tag == "html" || node.tag == "article" || node.tag == "main" ||
         node.attribute("itemprop") == "articleBody";
}

bool has_foreign_role(const HtmlNode& node) {
  return is_one_of(foreign_roles, node.attribute("role"));
}

bool has_foreign_name(const HtmlNode& node) {
  return std::ranges::any_of(
      node.attributes, [](const HtmlAttribute& a) { return is_name(a) && names_something_foreign(a.value); });
}

bool can_hold_article(std::string_view tag) {
  return tag != "p" && tag != "ul" && tag != "ol" && tag != "dl" && tag != "blockquote" && tag != "pre" &&
         !is_heading(tag) && (is_block(tag) || tag == "span" || tag == "custom");
}

constexpr uint32_t least_paragraph = 60;

// Of the text in an element that is not left out, in bytes without white space.
struct Measures {
  uint32_t size = 0, linked = 0;          // all of it
  uint32_t own_size = 0, own_linked = 0;  // of a block: not in blocks further down
  double weight = 0;                      // of the paragraphs in it
};

// Of each node how many before it are what `judge` says, and of all.
template <class Judge>
std::vector<uint32_t> counted(std::span<const HtmlNode> nodes, Judge&& judge) {
  std::vector<uint32_t> before(nodes.size() + 1, 0);
  for (size_t i = 0; i < nodes.size(); ++i) before[i + 1] = before[i] + (judge(nodes[i]) ? 1 : 0);
  return before;
}

class Finder {
 public:
  explicit Finder(const HtmlPage& page)
      : nodes_(page.nodes()),
        quotes_before_(counted(nodes_, [](const HtmlNode& n) { return n.tag == "blockquote"; })),
        headings_before_(counted(nodes_, [](const HtmlNode& n) { return is_heading(n.tag); })),
        left_out_(nodes_.size()) {}

  ArticlePart find() {
    leave_out([&](uint32_t i) { return holds_no_words(i) || is_hidden(nodes_[i]); });
    measure();
    // What is named so but holds this much is the article, or around it: "page-with-sidebar".
    const double much = 0.4 * load(0);
    leave_out([&](uint32_t i) { return load(i) < much && is_foreign(i); });
    measure();
    const uint32_t body = narrowed(outermost());
    for (uint32_t i = body + 1; i < nodes_[body].end; i = left_out_[i] ? nodes_[i].end : i + 1)
      if (!left_out_[i]) left_out_[i] = leads_away(i);
    return {body, first_paragraph(body), std::move(left_out_)};
  }

 private:
  // Of a page without paragraphs, the size of its text.
  double load(uint32_t i) const { return measures_[0].weight > 0 ? measures_[i].weight : measures_[i].size; }

  bool is_in(uint32_t node, std::string_view tag) const {
    for (uint32_t at = node; at != 0; at = nodes_[at].parent)
      if (nodes_[nodes_[at].parent].tag == tag) return true;
    return false;
  }

  // Whether the element holds any of those that were counted.
  bool holds(const std::vector<uint32_t>& before, uint32_t node) const {
    return before[nodes_[node].end] > before[node + 1];
  }

  // Who said what a block quote quotes may stand in its footer, or in the caption of a figure around it.
  bool holds_no_words(uint32_t i) const {
    if (!is_one_of(wordless_tags, nodes_[i].tag)) return false;
    if (nodes_[i].tag == "footer") return !is_in(i, "blockquote");
    if (nodes_[i].tag == "figcaption") return !holds(quotes_before_, nodes_[i].parent);
    return true;
  }

  // Parts of a sentence, and headings, are the article's whatever their names: <time class="date">,
  // <h2 id="railway-strike">.
  bool is_foreign(uint32_t i) const {
    const auto& node = nodes_[i];
    if (is_never_foreign(node)) return false;
    if (has_foreign_role(node)) return true;
    return has_foreign_name(node) && !is_heading(node.tag) && !is_in(i, "p");
  }

  template <class Judge>
  void leave_out(Judge&& judge) {
    for (uint32_t i = 0; i < nodes_.size(); i = left_out_[i] ? nodes_[i].end : i + 1)
      if (!left_out_[i]) left_out_[i] = !nodes_[i].is_text() && judge(i);
  }

  // Calls visit(element) for what `node` is in, innermost first.
  template <class Visit>
  void each_around(uint32_t node, Visit&& visit) const {
    for (uint32_t at = nodes_[node].parent;; at = nodes_[at].parent) {
      visit(at);
      if (at == 0) return;
    }
  }

  void measure() {
    measures_.assign(nodes_.size(), {});
    for (uint32_t i = 0; i < nodes_.size(); i = left_out_[i] ? nodes_[i].end : i + 1)
      if (!left_out_[i] && nodes_[i].is_text()) measure_text(i);
    for (uint32_t i = 1; i < nodes_.size(); ++i) weigh(i);
  }

  void measure_text(uint32_t text) {
    const auto size = static_cast<uint32_t>(
        std::ranges::count_if(nodes_[text].text, [](unsigned char c) { return c > 0x20; }));
    bool linked = false, in_block = false;
    if (size == 0) return;
    each_around(text, [&](uint32_t at) {
      auto& m = measures_[at];
      linked |= nodes_[at].tag == "a";
      m.size += size;
      if (linked) m.linked += size;
      if (in_block || !is_block(nodes_[at].tag)) return;
      in_block = true;
      m.own_size += size;
      if (linked) m.own_linked += size;
    });
  }

  bool is_paragraph(uint32_t block) const {
    const auto& m = measures_[block];
    return m.own_size >= least_paragraph && m.own_linked * 2 <= m.own_size && !is_heading(nodes_[block].tag);
  }

  void weigh(uint32_t block) {
    if (!is_paragraph(block)) return;
    auto& m = measures_[block];
    const double weight = m.own_size - m.own_linked;
    m.weight += weight;
    each_around(block, [&](uint32_t at) { measures_[at].weight += weight; });
  }

  // The heaviest of the elements that `judge` picks; the page if none weighs anything.
  template <class Judge>
  uint32_t heaviest(Judge&& judge) const {
    uint32_t best = 0;
    for (uint32_t i = 1; i < nodes_.size(); ++i)
      if (!left_out_[i] && measures_[i].weight > (best == 0 ? 0 : measures_[best].weight) && judge(nodes_[i]))
        best = i;
    return best;
  }

  // The heaviest of them, or what it is in where those beside it hold as much together: an article in pieces.
  template <class Judge>
  uint32_t whole(Judge&& judge) const {
    const uint32_t piece = heaviest(judge), around = nodes_[piece].parent;
    double all = 0;
    for (uint32_t i = around + 1; i < nodes_[around].end; i = nodes_[i].end)
      if (!left_out_[i] && judge(nodes_[i])) all += measures_[i].weight;
    return all > 2 * measures_[piece].weight ? around : piece;
  }

  uint32_t outermost() const {
    const double least = 0.1 * measures_[0].weight;
    const uint32_t named = whole([](const HtmlNode& n) {
      return n.tag != "body" && n.tag != "html" && can_hold_article(n.tag) && is_named_body(n);
    });
    if (named != 0 && measures_[named].weight >= least) return named;
    const uint32_t article = whole([](const HtmlNode& n) { return n.tag == "article"; });
    return measures_[article].weight >= least ? article : 0;
  }

  uint32_t block_of(uint32_t node) const {
    uint32_t at = node;
    while (at != 0 && !is_block(nodes_[at].tag)) at = nodes_[at].parent;
    return at;
  }

  // Whether a paragraph begins with the text. One that stands beside a heading has to be long itself.
  bool begins_paragraph(uint32_t text) const {
    if (!nodes_[text].is_text() || trimmed(nodes_[text].text).empty()) return false;
    const uint32_t block = block_of(text);
    return is_paragraph(block) &&
           (!holds(headings_before_, block) || nodes_[text].text.size() >= least_paragraph);
  }

  // In the body; its first <p> where it has none, else its end.
  uint32_t first_paragraph(uint32_t body) const {
    uint32_t first_p = nodes_[body].end;
    for (uint32_t i = body; i < nodes_[body].end; i = left_out_[i] ? nodes_[i].end : i + 1) {
      if (left_out_[i]) continue;
      if (begins_paragraph(i)) return i;
      if (nodes_[i].tag == "p") first_p = std::min(first_p, i);
    }
    return first_p;
  }

  uint32_t narrowed(uint32_t at) const {
    constexpr double most = 0.75;
    for (uint32_t child = at + 1; child < nodes_[at].end;) {
      const auto& m = measures_[child];
      const bool further = m.weight > most * measures_[at].weight && m.own_size * 2 < m.size &&
                           can_hold_article(nodes_[child].tag);
      if (further) at = child;
      child = further ? at + 1 : nodes_[child].end;
    }
    return at;
  }

  // One more way to somewhere else.
  bool leads_away(uint32_t i) const {
    const auto& m = measures_[i];
    const auto tag = nodes_[i].tag;
    const bool is_cell = tag == "td" || tag == "th" || tag == "tr" || tag == "dt" || tag == "dd";
    if (m.size == 0 || !is_block(tag) || is_heading(tag) || is_cell) return false;
    if (tag == "p" || tag == "li") return m.linked * 5 > m.size * 4 && !ends_sentence(i);
    return m.linked * 2 > m.size && m.weight == 0;
  }

  bool ends_sentence(uint32_t element) const {
    for (uint32_t i = nodes_[element].end; i-- > element;) {
      auto text = trimmed(nodes_[i].text);
      if (text.empty()) continue;
      for (const auto mark : {"”"sv, "’"sv, "»"sv, "\""sv, "'"sv, ")"sv})
        while (text.ends_with(mark)) text.remove_suffix(mark.size());
      return text.ends_with('.') || text.ends_with('?') || text.ends_with('!');
    }
    return false;
  }

  std::span<const HtmlNode> nodes_;
  std::vector<uint32_t> quotes_before_, headings_before_;
  std::vector<Measures> measures_;
  std::vector<bool> left_out_;
};

}  // namespace

bool is_block(std::string_view tag) {
  return is_one_of(blocks, tag);
}

bool is_heading(std::string_view tag) {
  return tag.size() == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6';
}

ArticlePart find_article(const HtmlPage& page) {
  return Finder(page).find();
}

}  // namespace stet
