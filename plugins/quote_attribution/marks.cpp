#include "marks.hpp"

#include <stet/plugin.h>

#include <algorithm>

#include "lexicon.hpp"
#include "pairing.hpp"
#include "single_marks.hpp"

namespace quote_attribution {

namespace {

Habits read_habits(std::string_view text) {
  Habits habits;
  const size_t left = text.find("«"), right = text.find("»");
  if (right != text.npos && (left == text.npos || right < left))
    habits.guillemets_point_inward = is_letter(character_at(text, right + 2).code);
  habits.closing_glyph_opens = text.find("“") == text.npos && text.find("„") == text.npos;
  return habits;
}

// Whether words that follow an opening mark end like `..., she said.`: then the mark that should have
// closed the quotation was forgotten, and the next paragraph does not go on with it.
bool ends_with_attribution(std::string_view words) {
  const size_t comma = words.find_last_of(',');
  if (comma == words.npos || words.size() - comma > 60) return false;
  bool found = false;
  size_t count = 0;
  for (size_t at = comma + 1; at < words.size();) {
    const size_t begin = words.find_first_not_of(" .\n", at);
    if (begin == words.npos) break;
    at = std::min(words.find_first_of(" .\n", begin), words.size());
    const uint32_t classes = classes_of(words.substr(begin, at - begin));
    found = found || ((classes & reports) && !(classes & weak_report));
    ++count;
  }
  return found && count <= 5;
}

constexpr uint32_t longest_gap = 8;  // blocks without marks inside of a quotation

class Reader {
 public:
  Reader(std::string_view text, const std::vector<Block>& blocks)
      : text_(text), blocks_(blocks), habits_(read_habits(text)) {}

  Marks read() {
    for (uint32_t b = 0; b < blocks_.size(); ++b) read_block(b);
    give_up_open();
    keep_outermost();
    return std::move(marks_);
  }

 private:
  void read_block(uint32_t b) {
    const Span range = blocks_[b].range;
    scan_marks(text_, range, found_);
    pair_doubles(found_.doubles, habits_, pairing_);
    join_with_open(b);
    marks_.defects.insert(marks_.defects.end(), pairing_.defects.begin(), pairing_.defects.end());
    for (const Mark& mark : pairing_.unopened) marks_.defects.push_back({Defect::unopened, mark.range});
    for (const Pair& pair : pairing_.pairs) add(pair, b, b, false);
    pair_singles(text_, found_.singles, singles_);
    for (const Pair& pair : singles_) add(pair, b, b, true);
    leave_open(b);
  }

  // A quotation left open by the block before goes on here if this block opens it again, or closes
  // it before opening anything.
  void join_with_open(uint32_t b) {
    if (!open_) return;
    if (reopens(b)) return go_on(b);
    const bool closes = !pairing_.unopened.empty() &&
                        pairing_.unopened.front().range.begin == found_.doubles.front().range.begin;
    if (found_.doubles.empty() && may_stand_inside(b)) return;
    if (!closes) return give_up_open();
    add({open_mark_.range, pairing_.unopened.front().range}, open_block_, b, false);
    pairing_.unopened.erase(pairing_.unopened.begin());
    open_ = false;
  }

  // A list, or lines led in by a colon, can be part of a quotation that is closed behind them.
  bool may_stand_inside(uint32_t b) const {
    const bool led_in = text_[blocks_[open_last_].range.end - 1] == ':';
    return b - open_last_ <= longest_gap && (blocks_[b].kind == STET_LIST_ITEM || led_in);
  }

  bool reopens(uint32_t b) const {
    if (b != open_last_ + 1 || found_.doubles.empty()) return false;
    const Mark& first = found_.doubles.front();
    const std::string_view lead =
        text_.substr(blocks_[b].range.begin, first.range.begin - blocks_[b].range.begin);
    return lead.find_first_not_of(" \t\n") == lead.npos && first.code == open_mark_.code;
  }

  void go_on(uint32_t b) {
    const uint32_t begin = found_.doubles.front().range.begin;
    auto& pairs = pairing_.pairs;
    const auto pair =
        std::find_if(pairs.begin(), pairs.end(), [&](const Pair& p) { return p.open.begin == begin; });
    if (pair != pairs.end()) {
      add({open_mark_.range, pair->close}, open_block_, b, false);
      pairs.erase(pair);
      open_ = false;
      return;
    }
    auto& left = pairing_.left_open;
    const auto again =
        std::find_if(left.begin(), left.end(), [&](const Mark& m) { return m.range.begin == begin; });
    if (again == left.end()) return give_up_open();
    // Still open: the newest opening mark is the one to name if it is never closed.
    newest_open_ = *again;
    open_last_ = b;
    left.erase(again);
    if (ends_with_attribution(rest_of_block(newest_open_, b))) give_up_open();
  }

  std::string_view rest_of_block(const Mark& mark, uint32_t b) const {
    return text_.substr(mark.range.end, blocks_[b].range.end - mark.range.end);
  }

  void leave_open(uint32_t b) {
    auto& left = pairing_.left_open;
    if (left.empty()) return;
    give_up_open();
    for (size_t i = 0; i + 1 < left.size(); ++i) report_open(left[i]);
    const Mark& last = left.back();
    if (ends_with_attribution(rest_of_block(last, b))) return report_open(last);
    open_ = true;
    open_mark_ = newest_open_ = last;
    open_block_ = open_last_ = b;
  }

  void give_up_open() {
    if (open_) report_open(newest_open_);
    open_ = false;
  }

  // Behind a digit a straight mark measures; behind = stands an attribute of leftover markup.
  void report_open(const Mark& mark) {
    if (mark.before == '=' || (mark.code == '"' && is_digit(mark.before))) return;
    marks_.defects.push_back({Defect::unclosed, mark.range});
    if (lacks_space(mark)) marks_.defects.push_back({Defect::missing_space, mark.range});
  }

  void add(const Pair& pair, uint32_t first, uint32_t last, bool single) {
    const uint32_t end = std::min(pair.close.end, blocks_[first].range.end);
    marks_.quotes.push_back({{pair.open.begin, pair.close.end},
                             {pair.open.end, pair.close.begin},
                             first,
                             last,
                             single,
                             {pair.open.begin, end}});
  }

  // Nested quotations are part of the outer one; single marks that straddle a double mark are none.
  void keep_outermost() {
    auto& quotes = marks_.quotes;
    std::sort(quotes.begin(), quotes.end(), [](const Quote& a, const Quote& b) {
      return a.range.begin != b.range.begin ? a.range.begin < b.range.begin : a.range.end > b.range.end;
    });
    std::vector<Quote> kept;
    for (const Quote& quote : quotes) {
      const bool overlaps = !kept.empty() && quote.range.begin < kept.back().range.end;
      if (!overlaps)
        kept.push_back(quote);
      else if (kept.back().single && !quote.single && quote.range.end > kept.back().range.end)
        kept.back() = quote;
    }
    quotes = std::move(kept);
    std::stable_sort(marks_.defects.begin(), marks_.defects.end(),
                     [](const MarkDefect& a, const MarkDefect& b) { return a.mark.begin < b.mark.begin; });
  }

  std::string_view text_;
  const std::vector<Block>& blocks_;
  Habits habits_;
  Marks marks_;
  BlockMarks found_;
  Pairing pairing_;
  std::vector<Pair> singles_;
  bool open_ = false;
  Mark open_mark_{}, newest_open_{};
  uint32_t open_block_ = 0, open_last_ = 0;
};

}  // namespace

Marks read_marks(std::string_view text, const std::vector<Block>& blocks) {
  return Reader(text, blocks).read();
}

}  // namespace quote_attribution
