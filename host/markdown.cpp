#include "markdown.hpp"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <cmark-gfm/houdini.h>

#include <algorithm>
#include <csetjmp>
#include <memory>
#include <mutex>
#include <stdexcept>

#include "arena.hpp"
#include "source_cursor.hpp"
#include "text_builder.hpp"
#include "utf8.hpp"

namespace stet {
namespace {

// cmark keeps tables of its extensions' special characters in static variables that a parser changes.
std::mutex one_parser;

// cmark's allocators take no context, and its C code cannot be left by an exception.
Arena* arena = nullptr;
std::jmp_buf out_of_memory;

struct ArenaInUse {
  explicit ArenaInUse(Arena& used) { arena = &used; }
  ~ArenaInUse() { arena = nullptr; }
  ArenaInUse(const ArenaInUse&) = delete;
  ArenaInUse& operator=(const ArenaInUse&) = delete;
};

void* checked(void* memory) {
  if (memory == nullptr) std::longjmp(out_of_memory, 1);
  return memory;
}

cmark_mem arena_memory = {
    [](size_t count, size_t size) {
      return checked(arena->take(size != 0 && count > SIZE_MAX / size ? SIZE_MAX : count * size));
    },
    [](void* memory, size_t size) { return checked(arena->grow(memory, size)); }, [](void*) {}};

// Null when the arena's limit was reached. Nothing with a destructor may live in here.
// No autolink extension: on "www.a.b" and 160,000 closing brackets it takes 6.7 s, and on addresses of
// mail without white space 6 kB of memory a byte.
cmark_node* parse(const char* source, size_t size) {
  if (setjmp(out_of_memory) != 0) return nullptr;
  cmark_parser* parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, &arena_memory);
  for (const char* name : {"table", "strikethrough"})
    cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(name));
  cmark_parser_feed(parser, source, size);
  return cmark_parser_finish(parser);
}

std::string decode_entity(std::string_view entity) {
  cmark_strbuf decoded;
  cmark_strbuf_init(cmark_get_default_mem_allocator(), &decoded, 16);
  const auto size = static_cast<bufsize_t>(entity.size()) - 1;
  const bool known =
      houdini_unescape_ent(&decoded, reinterpret_cast<const uint8_t*>(entity.data()) + 1, size) == size;
  std::string out =
      known ? std::string(reinterpret_cast<const char*>(decoded.ptr), static_cast<size_t>(decoded.size)) : "";
  cmark_strbuf_free(&decoded);
  return out;
}

// For every line it reads, cmark goes through all blocks that are open. This many steps take about a second.
constexpr size_t most_steps = 100'000'000;
constexpr size_t always_deep_enough = 100;

// How deep the blocks nest that the marks and the indentation at the front of `line` can open.
size_t possible_depth(std::string_view line) {
  size_t marks = 0, spaces = 0;
  for (char c : line.substr(0, line.find_first_not_of(" \t>-+*.)0123456789"))) {
    marks += c == '>' || c == '-' || c == '+' || c == '*' || c == '.' || c == ')';
    spaces += c == '\t' ? 4 : c == ' ';
  }
  return marks + spaces / 2;
}

// Calls visit(number, range without the line feed) for each line of `source`, numbered from 0.
template <class Visit>
void each_line(std::string_view source, Visit&& visit) {
  size_t number = 0;
  for (size_t at = 0; at < source.size(); ++number) {
    const size_t end = std::min(source.find('\n', at), source.size());
    visit(number, Range{static_cast<uint32_t>(at), static_cast<uint32_t>(end)});
    at = end + 1;
  }
}

void refuse_abysses(std::string_view source, const std::string& name, size_t first_line) {
  size_t lines = 0, deepest = 0, at_line = 0, widest_table = 0;
  each_line(source, [&](size_t number, Range range) {
    const auto line = source.substr(range.begin, range.end - range.begin);
    lines = number + 1;
    if (const size_t depth = possible_depth(line);
        depth > deepest && line.find_first_not_of("-* \t") != line.npos) {
      deepest = depth;
      at_line = number;
    }
    if (line.find_first_not_of("|-: \t>") == line.npos)
      widest_table = std::max(widest_table, static_cast<size_t>(std::count(line.begin(), line.end(), '|')));
  });
  if (deepest > always_deep_enough && deepest * lines > most_steps)
    throw std::runtime_error(name + ": line " + std::to_string(first_line + at_line) +
                             " nests its blocks up to " + std::to_string(deepest) + " deep");
  if (widest_table > 10'000)
    throw std::runtime_error(name + ": a table has " + std::to_string(widest_table) + " columns");
}

std::string_view view(const char* text) {
  return text == nullptr ? std::string_view() : text;
}

// Takes cmark's tree apart, in one pass and without recursion, however deep it is.
class Reader {
 public:
  explicit Reader(std::string_view source) : source_(source), cursor_(source, decode_entity) {
    each_line(source, [&](size_t, Range line) { lines_.push_back(line); });
  }

  MarkdownText read(cmark_node* root, size_t first_line) {
    cmark_iter* events = cmark_iter_new(root);
    for (auto event = cmark_iter_next(events); event != CMARK_EVENT_DONE; event = cmark_iter_next(events)) {
      cmark_node* node = cmark_iter_get_node(events);
      if (event == CMARK_EVENT_EXIT) {
        leave(node);
      } else if (cmark_node_get_type(node) == CMARK_NODE_IMAGE) {
        cmark_iter_reset(events, node, CMARK_EVENT_EXIT);
      } else {
        enter(node);
      }
    }
    if (html_ > 0)
      notices_.push_back("raw HTML was left out of the text in " + std::to_string(html_) +
                         (html_ == 1 ? " place, on line " : " places, the first on line ") +
                         std::to_string(first_line + html_line_ - 1));
    return {out_.take_content(), out_.take_nodes(), std::move(notices_)};
  }

 private:
  std::optional<uint32_t> offset_of(cmark_node* node) const {
    const int line = cmark_node_get_start_line(node), column = cmark_node_get_start_column(node);
    if (line < 1 || column < 1 || static_cast<size_t>(line) > lines_.size()) return std::nullopt;
    return lines_[static_cast<size_t>(line) - 1].begin + static_cast<uint32_t>(column) - 1;
  }

  Range extent(cmark_node* node) const {
    const auto last =
        static_cast<size_t>(std::max(cmark_node_get_end_line(node), cmark_node_get_start_line(node)));
    const auto end = last == 0 || last > lines_.size() ? source_.size() : lines_[last - 1].end + size_t{1};
    return {offset_of(node).value_or(0), static_cast<uint32_t>(end)};
  }

  static bool is_table_cell(cmark_node* node) {
    return view(cmark_node_get_type_string(node)) == "table_cell";
  }

  // Whether the block around a paragraph stands for it.
  static bool is_all_of_its_parent(cmark_node* node) {
    cmark_node* parent = cmark_node_parent(node);
    const auto type = parent == nullptr ? CMARK_NODE_NONE : cmark_node_get_type(parent);
    return (type == CMARK_NODE_ITEM || type == CMARK_NODE_BLOCK_QUOTE) && cmark_node_next(node) == nullptr &&
           cmark_node_previous(node) == nullptr;
  }

  void enter_leaf(cmark_node* node) {
    cursor_.enter(extent(node));
    out_.begin_block();
  }

  void enter(cmark_node* node) {
    const auto type = cmark_node_get_type(node);
    if (type == CMARK_NODE_BLOCK_QUOTE) {
      out_.open(NodeKind::block_quote);
    } else if (type == CMARK_NODE_ITEM) {
      out_.open(NodeKind::list_item);
    } else if (type == CMARK_NODE_HEADING) {
      out_.open(NodeKind::heading, std::to_string(cmark_node_get_heading_level(node)));
      enter_leaf(node);
    } else if (type == CMARK_NODE_PARAGRAPH || is_table_cell(node)) {
      if (!is_all_of_its_parent(node)) out_.open(NodeKind::paragraph);
      enter_leaf(node);
    } else if (type == CMARK_NODE_CODE_BLOCK) {
      read_code_block(node);
    } else if (type == CMARK_NODE_HTML_BLOCK) {
      note_html(node);
    } else {
      enter_inline(node, type);
    }
  }

  void enter_inline(cmark_node* node, cmark_node_type type) {
    const auto literal = view(cmark_node_get_literal(node));
    if (type == CMARK_NODE_TEXT) {
      append(literal, offset_of(node), SourceCursor::Spelling::escaped);
    } else if (type == CMARK_NODE_CODE) {
      const uint32_t begin = out_.size();
      append(literal, offset_of(node), SourceCursor::Spelling::code);
      out_.mark_code(begin);
    } else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) {
      if (out_.has_text()) cursor_.append_line_break(out_.space(), type == CMARK_NODE_SOFTBREAK ? " " : "\n");
    } else if (type == CMARK_NODE_LINK) {
      // An address in angle brackets may stand inside a link; the outer one counts.
      if (links_++ == 0) out_.open(NodeKind::link, std::string(view(cmark_node_get_url(node))));
    } else if (type == CMARK_NODE_HTML_INLINE) {
      const Range source = cursor_.skip(literal, offset_of(node));
      if (literal.starts_with("<br") && out_.has_text())
        out_.space().append_decoded("\n", source);
      else if (!literal.starts_with("<br"))
        note_html(node);
    }
  }

  void leave(cmark_node* node) {
    const auto type = cmark_node_get_type(node);
    if (type == CMARK_NODE_LINK) {
      if (--links_ == 0) out_.close();
    } else if (type == CMARK_NODE_BLOCK_QUOTE || type == CMARK_NODE_ITEM) {
      out_.close();
    } else if (type == CMARK_NODE_HEADING || type == CMARK_NODE_PARAGRAPH || is_table_cell(node)) {
      out_.end_block();
      if (type == CMARK_NODE_HEADING || !is_all_of_its_parent(node)) out_.close();
    }
  }

  // What an image or raw HTML leaves behind at either end of a block is not text.
  void append(std::string_view literal, std::optional<uint32_t> hint, SourceCursor::Spelling spelling) {
    if (!out_.has_text()) {
      const size_t spaces = std::min(literal.find_first_not_of(" \t\n"), literal.size());
      literal.remove_prefix(spaces);
      if (hint) *hint += static_cast<uint32_t>(spaces);
    }
    if (literal.empty()) return;
    cursor_.append(out_.text(), literal, hint, spelling);
  }

  void read_code_block(cmark_node* node) {
    out_.open(NodeKind::paragraph);
    out_.begin_block();
    const Range block = extent(node);
    cursor_.enter(block);
    const auto literal = view(cmark_node_get_literal(node));
    auto line = static_cast<size_t>(std::max(cmark_node_get_start_line(node), 1)) - 1;
    if (source_.substr(block.begin, 3) == "```" || source_.substr(block.begin, 3) == "~~~") ++line;
    each_line(
        trimmed(literal).empty() ? std::string_view() : literal.substr(0, literal.find_last_not_of('\n') + 1),
        [&](size_t number, Range range) {
          append_code_line(literal.substr(range.begin, range.end - range.begin), line + number);
        });
    out_.close();
  }

  // A line of code stands at the end of its source line, behind indentation and marks of other blocks.
  void append_code_line(std::string_view words, size_t line) {
    const Range stands = lines_[std::min(line, lines_.size() - 1)];
    if (out_.has_text()) cursor_.append_line_break(out_.space(), "\n");
    cursor_.append_line_end(out_.text(), words, stands);
  }

  void note_html(cmark_node* node) {
    if (html_++ == 0) html_line_ = static_cast<size_t>(std::max(cmark_node_get_start_line(node), 1));
  }

  std::string_view source_;
  std::vector<Range> lines_;
  SourceCursor cursor_;
  TextBuilder out_;
  std::vector<std::string> notices_;
  size_t links_ = 0;  // that are open
  size_t html_ = 0, html_line_ = 0;
};

}  // namespace

MarkdownText read_markdown(std::string_view source, const std::string& name, size_t first_line) {
  refuse_abysses(source, name, first_line);
  constexpr size_t mebibyte = size_t{1} << 20;
  Arena memory(std::min(64 * mebibyte + 256 * source.size(), 1024 * mebibyte));
  const std::lock_guard lock(one_parser);
  cmark_gfm_core_extensions_ensure_registered();
  const ArenaInUse in_use(memory);
  cmark_node* root = parse(source.data(), source.size());
  if (root == nullptr)
    throw std::runtime_error(name + ": its tables, references or nested blocks are too many to be read");
  memory.lift_limit();
  return Reader(source).read(root, first_line);
}

}  // namespace stet
