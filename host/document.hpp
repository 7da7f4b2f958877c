// Bytes of an article -> UTF-8 text that remembers where it came from, and its structure.
// Knows no plugin and no ledger. How structure is read is written down in plain_text.hpp, markdown.hpp,
// front_matter.hpp, html.hpp and opening.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "finding.hpp"

namespace stet {

enum class Format { text, markdown, html };

// Same numbers as the STET_ constants of the plugin ABI; see plugin.h for what each covers.
enum class NodeKind : uint32_t {
  title = 1,
  byline,
  dateline,
  heading,
  paragraph,
  list_item,
  block_quote,
  link
};

inline constexpr uint32_t no_parent = UINT32_MAX;

struct Node {
  NodeKind kind;
  uint32_t parent = no_parent;  // index into nodes
  Range range;
  std::string value;  // link: target; heading: level as one digit; else empty
};

// What the document says of itself (front matter, or its first lines). Times are RFC 3339 or a
// date alone.
struct Metadata {
  std::optional<std::string> title, byline, published, modified, url;
  std::vector<std::string> sources;
};

// Maps offsets in the text back to offsets in the bytes. Runs are ascending in text.
struct ByteMap {
  struct Run {
    uint32_t text;   // first text offset of the run
    uint32_t bytes;  // byte offset it comes from
    uint32_t size;   // text bytes in the run, each one byte further on in the bytes; 0 where the source of
                     // a decoded character ends, see mapped_text.hpp
  };
  std::vector<Run> runs;
  // The byte offset that text offset `at` comes from; for an offset that the text added (a
  // paragraph break of rendered Markdown), the end of what stands before it.
  uint32_t to_bytes(uint32_t at) const;
};

struct Document {
  std::string name;   // as given, for messages
  std::string bytes;  // as received
  std::string text;   // what plugins read: no BOM, LF line ends, markup removed
  Format format = Format::text;
  std::vector<Node> nodes;  // ordered by range.begin, parents before children
  Metadata metadata;
  ByteMap map;
  std::vector<std::string> notices;  // what was set aside on reading, one sentence each

  Range to_bytes(Range in_text) const;  // byte range in `bytes`
};

inline constexpr size_t max_document_bytes = 16u << 20;

// Reads `bytes`. Throws std::runtime_error with one sentence that names the document, and the byte
// at fault, counted from 0: empty or blank, over 16 MiB, not UTF-8 (or UTF-16 by its BOM), a NUL byte,
// front matter that is not a YAML mapping or is never closed, Markdown or HTML made to exhaust the machine.
Document read_document(std::string name, std::string bytes, Format format);

// Markdown for .md and .markdown, HTML for .html, .htm and .xhtml, else text.
Format format_of(std::string_view file_name);

// "text", "markdown", "html".
std::string_view name(Format format);
std::optional<Format> format_named(std::string_view name);

// 1-based line and column (in characters) of a text offset.
struct Position {
  uint32_t line, column;
};
Position position_of(std::string_view text, uint32_t offset);

// The metadata as plugins get it (see stet_document::metadata).
nlohmann::json to_json(const Metadata& metadata);

}  // namespace stet
