// timezone-impossible: two clock times that their zones do not make the same moment, an offset that no place
// has, and summer time in the middle of winter.
#include <algorithm>
#include <array>
#include <cstdlib>

#include "checks.hpp"

namespace {

constexpr int day_minutes = 24 * 60;
constexpr int eastmost = 14 * 60, westmost = -12 * 60;  // UTC+14 Kiribati, UTC-12 Baker Island

struct Moment {
  int minutes = 0;  // of the day
  int zone = 0;     // east of UTC
  bool sure_half = false;
  bool region = false;  // "ET", "Pacific": compared with its like only
  std::size_t first = 0, limit = 0;
};

// Zones that only summer has, in the northern hemisphere.
constexpr std::array<std::string_view, 6> summer_only = {"edt", "cdt", "mdt", "pdt", "cest", "eest"};

// Zones of North America by their bare names, which are an hour apart from each other all the year.
struct Region {
  std::string_view name, letters;
  int minutes;
};
constexpr std::array<Region, 4> regions = {
    {{"eastern", "et", -300}, {"central", "ct", -360}, {"mountain", "mt", -420}, {"pacific", "pt", -480}}};

// The hour and minute at `i`, `limit` the token after; nothing where no clock time stands.
bool read_clock(const Page& p, std::size_t i, Moment& m) {
  m.first = i;
  m.limit = i + 1;
  if (p.r.key(i) == Key::noon || p.r.key(i) == Key::midnight) {
    m.minutes = p.r.key(i) == Key::noon ? day_minutes / 2 : 0;
    return m.sure_half = true;
  }
  if (!p.r.plain_number(i) || p.r[i].has(Token::ordinal)) return false;
  int hour = p.r[i].value, minute = 0;
  if (p.r[i].digits == 4) {
    minute = hour % 100;
    hour /= 100;
    m.sure_half = true;
  } else if (p.r[i].digits > 2) {
    return false;
  } else if (p.r.sign(i + 1, ':') && p.r.touches(i + 1) && p.r.plain_number(i + 2) &&
             p.r[i + 2].digits == 2) {
    minute = p.r[i + 2].value;
    m.limit = i + 3;
    m.sure_half = p.r[i].digits == 2;
  }
  const Key half = p.r.key(m.limit);
  if (half == Key::am || half == Key::pm) {
    if (hour < 1 || hour > 12) return false;
    hour = hour % 12 + (half == Key::pm ? 12 : 0);
    m.sure_half = true;
    ++m.limit;
  }
  m.minutes = hour * 60 + minute;
  return minute <= 59;
}

const Region* region_at(const Page& p, std::size_t i) {
  if (!p.capital(i)) return nullptr;
  const auto found = std::find_if(regions.begin(), regions.end(), [&](const Region& r) {
    return p.is(i, r.letters) ? p.raw(i)[1] < 'a' : p.is(i, r.name);
  });
  return found == regions.end() || !p.capital(i) ? nullptr : &*found;
}

// "7:15 p.m. EST", "0015 GMT", "00:15 UTC", "noon Pacific"; a zone is needed.
std::optional<Moment> read_moment(const Page& p, std::size_t i) {
  Moment m;
  if (!read_clock(p, i, m) || m.minutes > day_minutes || p.r[m.limit].has(Token::paragraph))
    return std::nullopt;
  if (const Region* region = region_at(p, m.limit)) {
    m.region = true;
    m.zone = region->minutes;
    ++m.limit;
    return m.sure_half ? std::optional(m) : std::nullopt;
  }
  if (p.r.key(m.limit) != Key::zone || !p.capital(m.limit)) return std::nullopt;
  // An offset after the name is another zone: "GMT+2".
  if (p.r.touches(m.limit + 1) && (p.r.sign(m.limit + 1, '+') || p.r.sign(m.limit + 1, '-')))
    return std::nullopt;
  m.zone = p.r.word(m.limit).zone_minutes;
  ++m.limit;
  return m;
}

// What one name may mean elsewhere: India, Ireland or Israel; America or China; Britain or Bangladesh.
std::vector<int> meanings(const Page& p, const Moment& m) {
  if (p.is(m.limit - 1, "ist")) return {330, 60, 120};
  if (p.is(m.limit - 1, "cst")) return {-360, 480};
  if (p.is(m.limit - 1, "bst")) return {60, 360};
  return {m.zone};
}

// A name of summer time is not written by habit all the year, as "EST" and "GMT" are.
bool is_exact(const Page& p, const Moment& a, const Moment& b) {
  const auto summer = [&](const Moment& m) { return p.is_any(m.limit - 1, summer_only); };
  const auto world = [&](const Moment& m) { return p.is(m.limit - 1, "gmt") || p.is(m.limit - 1, "utc"); };
  return a.sure_half && b.sure_half && ((summer(a) && world(b)) || (world(a) && summer(b)));
}

// Minutes between the two as moments, halves of a day aside where one is not given.
int apart(const Moment& a, const Moment& b) {
  const int period = a.sure_half && b.sure_half ? day_minutes : day_minutes / 2;
  const int gap = std::abs((a.minutes - a.zone) - (b.minutes - b.zone)) % period;
  return gap > period / 2 ? period - gap : gap;
}

std::string offset(int minutes) {
  const int size = std::abs(minutes);
  std::string out = "UTC" + std::string(minutes < 0 ? "-" : "+") + std::to_string(size / 60);
  if (size % 60) out += ":" + std::to_string(size % 60);
  return out;
}

void report(const Page& p, std::size_t first, std::size_t limit, std::vector<stet_range> related,
            std::string message, Findings& out) {
  add_finding(out, "timezone-impossible", p.range(first, limit), std::move(related), std::move(message));
}

bool agrees(const Page& p, const Moment& a, const Moment& b) {
  const int room = a.region ? 0 : is_exact(p, a, b) ? 0 : 60;
  for (const int one : meanings(p, a))
    for (const int other : meanings(p, b)) {
      Moment x = a, y = b;
      x.zone = one;
      y.zone = other;
      if (apart(x, y) <= room) return true;
    }
  return false;
}

// "7 p.m. EST (2300 GMT)", "7 p.m. EST, or 2300 GMT". An hour is forgiven: EST is often written all the year.
void check_pair(const Page& p, const Moment& a, Findings& out) {
  std::size_t at = a.limit;
  if (p.r.sign(at, '(') || p.r.sign(at, '/'))
    ++at;
  else if (p.r.sign(at, ',') || p.r.key(at) == Key::or_)
    at += p.r.key(at + 1) == Key::or_ ? 2 : 1;
  else
    return;
  const auto b = read_moment(p, at);
  if (!b || a.region != b->region || agrees(p, a, *b)) return;
  report(p, b->first, b->limit, {p.range(a.first, a.limit)},
         "These are not one moment: by " + offset(a.zone) + " and " + offset(b->zone) + " they are " +
             std::to_string(apart(a, *b) / 60) + " h " + std::to_string(apart(a, *b) % 60) + " min apart.",
         out);
}

// "UTC+15", "GMT-13:00".
void check_offset(const Page& p, std::size_t i, Findings& out) {
  if (!p.is(i, "utc") && !p.is(i, "gmt")) return;
  const bool plus = p.r.sign(i + 1, '+'), minus = p.r.sign(i + 1, '-');
  if ((!plus && !minus) || !p.r.touches(i + 1) || !p.r.touches(i + 2) || !p.r.plain_number(i + 2) ||
      p.r[i + 2].digits > 2)
    return;
  const int minutes = p.r[i + 2].value * (plus ? 60 : -60);
  if (minutes <= eastmost && minutes >= westmost) return;
  report(p, i, i + 3, {}, "No place on Earth is at " + offset(minutes) + ": zones run from UTC-12 to UTC+14.",
         out);
}

// "25:10 GMT".
void check_hour(const Page& p, std::size_t i, Findings& out) {
  if (i < 3 || !p.r.plain_number(i - 3) || p.r[i - 3].digits != 2 || !p.r.sign(i - 2, ':') ||
      !p.r.touches(i - 2) || !p.r.plain_number(i - 1) || p.r[i - 1].digits != 2)
    return;
  const int hour = p.r[i - 3].value, minute = p.r[i - 1].value;
  if (hour < 24 || hour > 29 || minute > 59 || (hour == 24 && minute == 0) || p.r.sign(i - 4, ':')) return;
  report(p, i - 3, i + 1, {}, "A day has no hour " + std::to_string(hour) + ".", out);
}

void report_summer(const Page& p, std::size_t zone, const Expression& date, Findings& out) {
  const bool europe = p.is(zone, "cest") || p.is(zone, "eest");
  report(p, zone, zone + 1, {p.range(date)},
         (europe ? "This is summer time, and in " : "This is daylight saving time, and in ") +
             std::string(month_name(date.month)) +
             (europe ? " Europe has none." : " North America has none."),
         out);
}

// "January 15 at 6 p.m. CEST": the only day of the sentence is in winter.
void check_summer(const Page& p, std::size_t zone, Findings& out) {
  if (!p.is_any(zone, summer_only) || !p.capital(zone) || zone == 0 ||
      (p.r[zone - 1].kind != Token::number && p.r.key(zone - 1) != Key::am && p.r.key(zone - 1) != Key::pm))
    return;
  const std::size_t begin = p.sentence_begin(zone), end = p.sentence_end(zone);
  const Expression* day = nullptr;
  for (const auto& e : p.dates_from(begin)) {
    if (e.first_token >= end) break;
    if (e.form != Form::calendar || !e.month) continue;
    if (day) return;
    day = &e;
  }
  if (day && day->day && (day->month == 12 || day->month <= 2)) report_summer(p, zone, *day, out);
}

}  // namespace

void check_zones(const Page& p, Findings& out) {
  for (std::size_t i = 0; i < p.r.size(); ++i) {
    const bool zone = p.r[i].meaning->key == Key::zone;
    if (!zone && !region_at(p, i)) continue;
    if (zone) {
      check_offset(p, i, out);
      check_hour(p, i, out);
      check_summer(p, i, out);
    }
    for (std::size_t back = std::min<std::size_t>(4, i); back > 0; --back)  // the longest first
      if (const auto m = read_moment(p, i - back); m && m->limit == i + 1) {
        check_pair(p, *m, out);
        break;
      }
  }
}
