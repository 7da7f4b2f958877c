#include "pairing.hpp"

namespace quote_attribution {

namespace {

enum class Act { open, close, ignore };

bool is_straight(char32_t code) {
  return code == '"' || code == 0x2033;
}

bool is_curly_opener(char32_t code) {
  return code == 0x201C || code == 0x201F;
}

// 24" and 6'2": a straight mark behind a digit measures, unless it closes something.
bool measures(const Mark& mark) {
  return is_digit(mark.before) || is_single_mark(mark.before);
}

Act straight_act(const Mark& mark, const Mark* opener, size_t left) {
  if (mark.before == '=') return Act::open;  // an attribute of leftover markup
  if (!opener) {
    if (mark.after == '>') return Act::ignore;  // the end of a tag that began elsewhere
    if (mark.looks_close && measures(mark)) return Act::ignore;
    const bool spaced_wrong = (mark.before == ',' || mark.before == ':') && left % 2 == 1;  // said," We go"
    if (spaced_wrong) return Act::open;
    const bool only_close = !is_space(mark.before) && !mark.looks_open && is_space(mark.after);
    return mark.looks_close || only_close ? Act::close : Act::open;
  }
  // An odd number of marks behind a measure is what closing here would leave without partner.
  constexpr uint32_t number = 4;  // digits that may be all there is between the marks
  const bool only_number = mark.range.begin - opener->range.end <= number;
  if (!only_number && is_digit(mark.before) && mark.after == ' ' && left % 2 == 1) return Act::ignore;
  const bool nested = mark.looks_open && !is_dash(mark.before) && !mark.looks_close;
  return nested ? Act::open : Act::close;
}

// "Read on »": an arrow, which stands apart from all words.
bool points(const Mark& mark) {
  return mark.code == 0xBB && is_space(mark.before) && is_space(mark.after);
}

class Stack {
 public:
  Stack(Habits habits, Pairing& result) : habits_(habits), result_(result) {}

  void take(const Mark& mark, size_t left) {
    const Act act = act_of(mark, left);
    if (act == Act::open) open_.push_back(mark);
    if (act == Act::close) close(mark);
  }

  void finish() { result_.left_open.assign(open_.begin(), open_.end()); }

 private:
  Act act_of(const Mark& mark, size_t left) const {
    const bool is_open = !open_.empty();
    if (mark.measures_inches) return Act::ignore;
    if (is_straight(mark.code)) return straight_act(mark, is_open ? &open_.back() : nullptr, left);
    if (!is_open && points(mark)) return Act::ignore;
    if (mark.code == 0xAB) return habits_.guillemets_point_inward ? Act::close : Act::open;
    if (mark.code == 0xBB) return habits_.guillemets_point_inward ? Act::open : Act::close;
    if (mark.code == 0x201E) return Act::open;
    const bool only_close = mark.looks_close && !mark.looks_open;
    if (is_curly_opener(mark.code)) {
      const bool german = is_open && open_.back().code == 0x201E;
      return german || only_close ? Act::close : Act::open;
    }
    if (!is_open && is_space(mark.before) && left > 0) return Act::open;
    const bool leads_word = is_letter(mark.after) && !is_letter(mark.before) && left > 0;
    return !is_open && ((mark.looks_open && !mark.looks_close) || leads_word) ? Act::open : Act::close;
  }

  void close(const Mark& mark) {
    if (open_.empty()) {
      result_.unopened.push_back(mark);
      return;
    }
    const Mark& opener = open_.back();
    const bool attribute = opener.before == '=';  // of leftover markup
    if (!attribute && lacks_space(opener) && opener.code != 0x201D)
      result_.defects.push_back({Defect::missing_space, opener.range});
    if (!attribute && opener.code == 0x201D && !habits_.closing_glyph_opens)
      result_.defects.push_back({Defect::wrong_opener, opener.range});
    if (!attribute && is_curly_opener(mark.code) && opener.code != 0x201E)
      result_.defects.push_back({Defect::wrong_closer, mark.range});
    result_.pairs.push_back({opener.range, mark.range});
    open_.pop_back();
  }

  Habits habits_;
  Pairing& result_;
  std::vector<Mark> open_;
};

}  // namespace

bool lacks_space(const Mark& opening) {
  const char32_t c = opening.before;
  const bool attached =
      is_spaced_script(c) || c == ',' || c == '.' || c == ';' || c == ':' || c == '!' || c == '?';
  return attached && is_spaced_script(opening.after);
}

void pair_doubles(const std::vector<Mark>& doubles, Habits habits, Pairing& result) {
  result.pairs.clear();
  result.unopened.clear();
  result.defects.clear();
  Stack stack(habits, result);
  for (size_t i = 0; i < doubles.size(); ++i) stack.take(doubles[i], doubles.size() - i - 1);
  stack.finish();
}

}  // namespace quote_attribution
