// Running text as HTML: facts, links and findings marked in place, whatever ranges they have.
#pragma once

#include <cstddef>
#include <optional>
#include <queue>
#include <string>
#include <string_view>
#include <vector>

#include "../document.hpp"
#include "../report.hpp"
#include "marks.hpp"
#include "places.hpp"

namespace stet {

// Writes a document's text piece by piece, from its begin to its end. What is added (a finding's number,
// a speaker's name, a date's value) stands behind the words it is about, at the latest at the end of
// the range in which they begin.
class MarkedText {
 public:
  // Borrows all three.
  MarkedText(const Document& document, const std::vector<PluginRun>& plugins,
             const std::vector<PlacedFinding>& findings);

  // `range` must begin at or after the end of the range before it.
  void append(std::string& out, Range range);
  // What no text was left to hold: findings about the very end.
  void append_rest(std::string& out);
  // Notes on the findings whose numbers were written since the last call, and first of all on those
  // about the whole document. Nothing when there are none.
  void append_notes(std::string& out);

 private:
  // What stands behind words.
  struct Tail {
    Range range;
    size_t finding;  // number, or 0 for a label
    std::string html;
  };
  struct EndsLater {
    bool operator()(const Tail* a, const Tail* b) const {
      return std::pair(a->range.end, a->finding) > std::pair(b->range.end, b->finding);
    }
  };

  void add_fact(const Fact& fact);
  void add_span(Layer layer, Range range, std::string_view shape, std::string_view title,
                std::string_view label);
  void add_links();
  void add_findings();
  void append_piece(std::string& out, const Piece& piece);
  void append_tails(std::string& out, uint32_t until);

  const Document& document_;
  const std::vector<PlacedFinding>& findings_;
  std::vector<Mark> marks_;
  std::vector<std::string> openings_;  // tags, by Mark::index
  std::vector<Tail> tails_;            // by begin, the shorter first
  size_t next_tail_ = 0;
  std::priority_queue<const Tail*, std::vector<const Tail*>, EndsLater> open_tails_;
  std::vector<size_t> fresh_;  // numbers of findings whose notes are still to be written
  std::optional<Pieces> pieces_;
};

// Text for an element's content or a quoted attribute: the five characters of HTML are escaped, and what
// unfit_for_page() names is shown as its code point.
void append_escaped(std::string& out, std::string_view text);

// Whether a link may be followed from a report: http and https alone, without blanks or controls.
bool is_web_address(std::string_view target);

// "E", "W" or "N", so that no severity is told by colour alone.
std::string_view letter(Severity severity);

}  // namespace stet
