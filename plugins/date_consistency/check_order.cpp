// order-contradiction: "two days later, on 9 May" after 5 May; "today, 21 November" published on the 23rd.
#include <cstdlib>

#include "checks.hpp"

using calendar::Day;

namespace {

constexpr int64_t most_days = 60;  // beyond, "two months later" is no arithmetic
constexpr uint32_t near_bytes = 1500;

bool is_day(const Expression& e) {
  return e.form == Form::calendar && e.month && e.day && e.mod == Mod::none && !e.year_is_relative &&
         !e.moved && e.unit == Unit::none;
}

// The day of `e`, in `year` if it names none.
std::optional<Day> day_of(const Expression& e, int year) {
  const Day day{e.year ? e.year : year, e.month, e.day};
  return is_day(e) && calendar::exists(day) ? std::optional(day) : std::nullopt;
}

// Days that an expression counts from the date before it; 0 for none.
int64_t step(const Expression& e) {
  if (e.form == Form::anaphor && e.unit == Unit::day && e.by_text && !e.has_clock()) return e.shift;
  if (e.form != Form::ago || e.deictic_ago || e.amount.vague || e.amount.hundredths % 100 ||
      e.mod != Mod::none)
    return 0;
  const int64_t count = e.amount.hundredths / 100 * e.shift;
  if (e.amount.unit == Unit::day) return count;
  return e.amount.unit == Unit::week ? count * 7 : 0;
}

// "Two days later, on 9 May": the date stands beside the step.
bool beside(const Page& p, const Expression& step, const Expression& date) {
  std::size_t at = step.limit;
  if (p.r.sign(at, ',') || p.r.sign(at, '(')) ++at;
  if (p.r.key(at) == Key::on) ++at;
  return at == date.first_token && at > step.limit;
}

void report(const Page& p, const Expression& e, stet_range related, std::string message, Findings& out) {
  add_finding(out, "order-contradiction", p.range(e), {related}, std::move(message));
}

std::string in_days(int64_t days) {
  return std::to_string(std::abs(days)) + (std::abs(days) == 1 ? " day " : " days ") +
         (days < 0 ? "before" : "after");
}

// all[i] steps from the date before it to the date beside it.
void check_step(const Page& p, std::size_t i, Findings& out) {
  const auto &anchor = p.dates[i - 1], &moved = p.dates[i], &date = p.dates[i + 1];
  const int64_t stated = step(moved);
  if (!stated || std::abs(stated) > most_days || !beside(p, moved, date)) return;
  if (moved.begin - anchor.end > near_bytes) return;
  // Further back, something without a date may have happened in between.
  const std::size_t sentence = p.sentence_begin(moved.first_token);
  if (anchor.first_token < p.sentence_begin(sentence ? sentence - 1 : 0)) return;
  const int year = anchor.year ? anchor.year : p.time.day ? p.time.day->year : 2001;
  const auto from = day_of(anchor, year), to = day_of(date, year);
  if (!from || !to || (date.year && !anchor.year)) return;
  int64_t real = calendar::serial(*to) - calendar::serial(*from);
  if (!date.year && std::abs(real) > 180) real += real < 0 ? 365 : -365;  // over New Year
  const int64_t room = moved.amount.unit == Unit::week || std::abs(stated) >= 10 ? 2 : 1;
  if ((stated > 0) == (real > 0) && real != 0 && std::abs(real - stated) <= room) return;
  if (std::abs(real) > 2 * most_days) return;  // counted from something else
  report(p, date, p.range(anchor),
         std::to_string(date.day) + " " + month_name(date.month) + " is " +
             (real ? in_days(real) : "the same day as") + " " + std::to_string(anchor.day) + " " +
             month_name(anchor.month) + ", not " + in_days(stated) + ".",
         out);
}

// "Today, 21 November" and "yesterday (21 November)" against the day of publication.
void check_today(const Page& p, std::size_t i, Findings& out) {
  const auto &word = p.dates[i], &date = p.dates[i + 1];
  if (word.form != Form::shift || word.unit != Unit::day || word.has_clock() || !p.time.day ||
      std::abs(word.shift) > 1)
    return;
  if (!(p.r.sign(word.limit, ',') || p.r.sign(word.limit, '(')) || word.limit + 1 != date.first_token ||
      !is_day(date))
    return;
  const Day meant = calendar::add_days(*p.time.day, word.shift);
  const auto written = day_of(date, meant.year);
  if (!written) return;
  const int64_t apart = calendar::serial(*written) - calendar::serial(meant);
  if (std::abs(apart) <= 1 || std::abs(std::abs(apart) - 365) <= 2) return;
  report(p, date, p.range(word),
         "\"" + std::string(p.text.substr(word.begin, word.end - word.begin)) + "\" is " + in_words(meant) +
             " by the document's own day, not " + in_words(*written) + ".",
         out);
}

}  // namespace

void check_order(const Page& p, Findings& out) {
  for (std::size_t i = 0; i + 1 < p.dates.size(); ++i) {
    if (i > 0) check_step(p, i, out);
    check_today(p, i, out);
  }
}
