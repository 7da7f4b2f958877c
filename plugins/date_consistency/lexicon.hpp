// The English words that expressions of time are made of. A word may have several readings
// ("second" is an ordinal and a unit); the grammar chooses among them by what stands around it.
#pragma once

#include <cstdint>
#include <string_view>

enum class Unit : uint8_t {
  none,
  second,
  minute,
  hour,
  day,
  night,
  week,
  weekend,
  fortnight,
  month,
  quarter,
  season,
  half,
  year,
  decade,
  century
};

enum class Part : uint8_t { none, dawn, morning, midday, afternoon, evening, night, daytime };

enum class Season : uint8_t { none, spring, summer, autumn, winter };

// Words that only help others. One of these per word.
enum class Key : uint8_t {
  none,
  a,
  the,
  this_,
  that,
  these,
  those,
  its,
  each,
  every,
  per,
  last,
  next,
  past,
  previous,
  following,
  coming,
  same,
  current,
  latest,
  recent,
  upcoming,
  full,
  entire,
  first,
  final,
  another,
  additional,
  ago,
  earlier,
  later,
  before,
  after,
  from,
  hence,
  back,
  early,
  late,
  mid,
  beginning,
  middle,
  end,
  nearly,
  almost,
  about,
  more,
  less,
  over,
  under,
  least,
  most,
  up,
  approximately,
  some,
  within,
  only,
  of,
  in,
  on,
  at,
  to,
  until,
  and_,
  or_,
  between,
  since,
  by,
  during,
  for_,
  than,
  as,
  throughout,
  few,
  several,
  many,
  couple,
  dozen,
  hundred,
  thousand,
  dozens,
  half,
  yesterday,
  today,
  tomorrow,
  tonight,
  overnight,
  noon,
  midnight,
  now,
  currently,
  recently,
  soon,
  lately,
  nowadays,
  previously,
  presently,
  present,
  future,
  term,
  near,
  time,
  moment,
  date,
  era,
  period,
  old,
  long_,
  so,
  far,
  being,
  daily,
  weekly,
  monthly,
  quarterly,
  yearly,
  annually,
  hourly,
  nightly,
  everyday,
  fiscal,
  calendar,
  ad,
  bc,
  am,
  pm,
  oclock,
  zone,
  anniversary,
  will,
  would_,
  be,
  past_verb,
  planned,
  set_to,  // planned when "to" follows
  christmas,
  halloween,
  thanksgiving,
  easter,
  eve,
  new_,
  labor,
  independence,
  memorial,
  valentine,
  veterans,
  boxing,
  columbus,
  election,
  kind_of_day,
  year_end,
  possible,
  ending,
  quarter_letter,
  pronoun,
  counted
};

struct Word {
  std::string_view text;  // lower case
  Key key = Key::none;
  int8_t month = 0;    // 1..12
  int8_t weekday = 0;  // 1 Monday .. 7 Sunday
  Unit unit = Unit::none;
  Part part = Part::none;
  Season season = Season::none;
  int16_t cardinal = -1;
  int8_t ordinal = 0;
  bool plural = false;
  bool clipped = false;      // an abbreviation that may end in a full stop
  bool past = false;         // a verb's past without "ed" that has another reading, too
  int16_t zone_minutes = 0;  // Key::zone: minutes east of UTC
};

// The word, or an entry with no readings. `lower` is lower case and at most 15 bytes long, else
// nothing is found. The answer lives as long as the program.
const Word& look_up(std::string_view lower);

inline constexpr std::size_t longest_word = 15;
