// Text under construction that remembers which bytes it came from.
#pragma once

#include <string>
#include <string_view>

#include "document.hpp"

namespace stet {

// Source offsets must not decrease from one call to the next. What an escape or an entity decodes to is
// a run of one byte (the first of the source), followed by an empty run at the end of the source, so
// that a range over the character maps to all of "&amp;".
struct MappedText {
  std::string text;
  ByteMap map;

  void append(std::string_view verbatim, uint32_t source);
  void append_decoded(std::string_view decoded, Range source);
  void append_added(std::string_view added);               // stands nowhere in the source
  void append_lost(std::string_view text, uint32_t near);  // stands somewhere not before `near`
  void truncate(size_t size);
};

// `text` whose source is the text of `inner`, as one whose source is the source of `inner`.
void rebase(MappedText& text, const ByteMap& inner);

// Puts `first` and a line break before `text`, whose source stands behind that of `first`.
MappedText join_lines(MappedText first, const MappedText& text);

// `bytes` from `begin` on with CR LF and CR as LF.
MappedText with_line_feeds(std::string_view bytes, uint32_t begin);

}  // namespace stet
