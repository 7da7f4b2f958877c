#include "html_page.hpp"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <csetjmp>
#include <ctime>
#include <stdexcept>

#include "utf8.hpp"

namespace stet {
namespace {

constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

// Elements that never nest in themselves without others around them, or hold nothing.
constexpr std::array<std::string_view, 35> never_deep = {
    "area", "base", "body",  "br",     "col",   "colgroup", "dd",    "dt",     "embed", "frame", "head", "hr",
    "html", "img",  "input", "keygen", "li",    "link",     "meta",  "option", "p",     "param", "path", "rb",
    "rp",   "rt",   "rtc",   "source", "tbody", "td",       "tfoot", "th",     "thead", "tr",    "wbr"};

bool is_never_deep(std::string_view tag) {
  return std::ranges::binary_search(never_deep, tag);
}

// How deep the elements of `source` may nest, and how many tags there are.
struct Extent {
  size_t tags = 0, deepest = 0;
};

// Behind the element whose content is no markup, or the comment, that begins at `at`; `at` if none does.
size_t behind_raw_text(std::string_view source, size_t at) {
  if (source.substr(at).starts_with("<!--")) return std::min(source.find("-->", at), source.size());
  for (const std::string_view tag : {"script", "style"}) {
    if (ascii_lower(source.substr(at + 1, tag.size())) != tag) continue;
    for (size_t end = source.find("</", at); end != source.npos; end = source.find("</", end + 2))
      if (ascii_lower(source.substr(end + 2, tag.size())) == tag) return end + 2 + tag.size();
    return source.size();
  }
  return at;
}

Extent extent_of(std::string_view source) {
  Extent out;
  size_t open = 0;
  for (size_t at = source.find('<'); at != source.npos; at = source.find('<', at + 1)) {
    if (const size_t behind = behind_raw_text(source, at); behind != at) {
      at = behind;
      continue;
    }
    const bool closes = source.substr(at + 1).starts_with('/');
    const size_t begin = at + 1 + (closes ? 1 : 0);
    const size_t end = std::min(source.find_first_not_of(letters, begin), source.size());
    if (end == begin) continue;
    ++out.tags;
    if (is_never_deep(ascii_lower(source.substr(begin, std::min<size_t>(end - begin, 16))))) continue;
    if (!closes)
      out.deepest = std::max(out.deepest, ++open);
    else if (open > 0)
      --open;
  }
  return out;
}

// At each tag the parser may walk all elements that are open. This many steps take about a second.
constexpr size_t most_steps = 400'000'000;
constexpr size_t always_shallow_enough = 300;

void refuse_abysses(std::string_view source, const std::string& name) {
  const auto [tags, deepest] = extent_of(source);
  if (deepest > always_shallow_enough && deepest * tags > most_steps)
    throw std::runtime_error(name + ": its elements nest up to " + std::to_string(deepest) + " deep");
}

// CPU time of this thread, in seconds.
double spent() {
  std::timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

// gumbo does not look whether it got memory, and its C code cannot be left by an exception. It takes memory
// for each tag and attribute, so this is also where it is stopped when a page keeps it busy that extent_of()
// took for a shallow one, such as "<x><div></x></div>" over and over: the largest page takes a second.
struct Memory {
  Arena& arena;
  std::jmp_buf exhausted;
  double until = spent() + 20;
  unsigned pieces = 0;
};

void* take(void* user, size_t size) {
  auto& memory = *static_cast<Memory*>(user);
  void* const piece = memory.arena.take(size);
  const bool too_long = ++memory.pieces % 256 == 0 && spent() > memory.until;
  if (piece == nullptr || too_long) std::longjmp(memory.exhausted, 1);
  return piece;
}

// Null when memory or time came to their limits. Nothing with a destructor may live in here. The tree is
// given back with the arena: gumbo's own way goes down it by recursion.
const GumboOutput* parse(Memory& memory, std::string_view source) {
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = take;
  options.deallocator = [](void*, void*) {};
  options.userdata = &memory;
  options.max_errors = 0;
  if (setjmp(memory.exhausted) != 0) return nullptr;
  return gumbo_parse_with_options(&options, source.data(), source.size());
}

// Takes gumbo's tree apart without recursion, however deep it is.
class Flattener {
 public:
  Flattener(std::string_view source, std::vector<HtmlNode>& nodes, std::vector<HtmlAttribute>& attributes)
      : source_(source), nodes_(nodes), attributes_(attributes) {}

  void flatten(const GumboNode* root) {
    enter(root);
    while (!open_.empty()) {
      auto& [element, child, place] = open_.back();
      if (child < element->v.element.children.length) {
        enter(static_cast<const GumboNode*>(element->v.element.children.data[child++]));
      } else {
        nodes_[place].end = static_cast<uint32_t>(nodes_.size());
        open_.pop_back();
      }
    }
    give_attributes();
  }

 private:
  struct Open {
    const GumboNode* element;
    unsigned child;
    uint32_t place;
  };

  Range range_of(GumboStringPiece piece) const {
    const auto begin = static_cast<uint32_t>(piece.data - source_.data());
    return {begin, begin + static_cast<uint32_t>(piece.length)};
  }

  void enter(const GumboNode* node) {
    const auto place = static_cast<uint32_t>(nodes_.size());
    const uint32_t parent = open_.empty() ? place : open_.back().place;
    if (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE) {
      const auto& element = node->v.element;
      nodes_.push_back({tag_of(element), parent, place, {}, {0, 0}, {}});
      add_attributes(element);
      open_.push_back({node, 0, place});
    } else if (node->type != GUMBO_NODE_COMMENT && node->type != GUMBO_NODE_DOCUMENT) {
      const auto& text = node->v.text;
      nodes_.push_back({{}, parent, place + 1, text.text, range_of(text.original_text), {}});
      first_attribute_.push_back(attributes_.size());
    }
  }

  static std::string_view tag_of(const GumboElement& element) {
    if (element.tag_namespace != GUMBO_NAMESPACE_HTML) return "svg";
    return element.tag == GUMBO_TAG_UNKNOWN ? "custom" : gumbo_normalized_tagname(element.tag);
  }

  void add_attributes(const GumboElement& element) {
    first_attribute_.push_back(attributes_.size());
    for (unsigned i = 0; i < element.attributes.length; ++i) {
      const auto* attribute = static_cast<const GumboAttribute*>(element.attributes.data[i]);
      Range source =
          attribute->original_value.data == nullptr ? Range{0, 0} : range_of(attribute->original_value);
      const auto spelled = source_.substr(source.begin, source.end - source.begin);
      if (spelled.starts_with('"') || spelled.starts_with('\'')) source = {source.begin + 1, source.end - 1};
      attributes_.push_back({attribute->name, attribute->value, source});
    }
  }

  void give_attributes() {
    first_attribute_.push_back(attributes_.size());
    for (size_t i = 0; i < nodes_.size(); ++i)
      nodes_[i].attributes =
          std::span(attributes_).subspan(first_attribute_[i], first_attribute_[i + 1] - first_attribute_[i]);
  }

  std::string_view source_;
  std::vector<HtmlNode>& nodes_;
  std::vector<HtmlAttribute>& attributes_;
  std::vector<size_t> first_attribute_;  // of each node
  std::vector<Open> open_;
};

// Whoever goes from every text up to the page takes so many.
size_t steps_around(std::span<const HtmlNode> nodes) {
  size_t steps = 0;
  std::vector<uint32_t> depth(nodes.size(), 0);
  for (size_t i = 1; i < nodes.size(); ++i) steps += depth[i] = depth[nodes[i].parent] + 1;
  return steps;
}

constexpr size_t mebibyte = size_t{1} << 20;

}  // namespace

std::string_view HtmlNode::attribute(std::string_view name) const {
  for (const auto& a : attributes)
    if (a.name == name) return a.value;
  return {};
}

HtmlPage::HtmlPage(std::string_view source, const std::string& name)
    : source_(source), memory_(std::min(64 * mebibyte + 256 * source.size(), 1024 * mebibyte)) {
  refuse_abysses(source, name);
  Memory memory{memory_, {}};
  const GumboOutput* output = parse(memory, source);
  if (output == nullptr) throw std::runtime_error(name + ": its elements are too many to be read");
  Flattener(source, nodes_, attributes_).flatten(output->root);
  if (steps_around(nodes_) > most_steps)
    throw std::runtime_error(name + ": its elements nest too deep to be read");
}

}  // namespace stet
