#include "lexicon.hpp"

#include <array>
#include <vector>

#include "plain_words.hpp"

namespace {

Word word(std::string_view text, Key key) {
  Word w;
  w.text = text;
  w.key = key;
  return w;
}

Word month(std::string_view text, int number, bool clipped = false) {
  Word w;
  w.text = text;
  w.month = static_cast<int8_t>(number);
  w.clipped = clipped;
  return w;
}

Word weekday(std::string_view text, int number, bool clipped = false, bool plural = false) {
  Word w;
  w.text = text;
  w.weekday = static_cast<int8_t>(number);
  w.clipped = clipped;
  w.plural = plural;
  return w;
}

Word unit(std::string_view text, Unit unit, bool plural, bool clipped = false) {
  Word w;
  w.text = text;
  w.unit = unit;
  w.plural = plural;
  w.clipped = clipped;
  return w;
}

Word part(std::string_view text, Part part, bool plural = false) {
  Word w;
  w.text = text;
  w.part = part;
  w.plural = plural;
  return w;
}

Word season(std::string_view text, Season season, bool plural = false) {
  Word w;
  w.text = text;
  w.season = season;
  w.plural = plural;
  return w;
}

Word cardinal(std::string_view text, int value) {
  Word w;
  w.text = text;
  w.cardinal = static_cast<int16_t>(value);
  return w;
}

Word ordinal(std::string_view text, int value, Key key = Key::none) {
  Word w;
  w.text = text;
  w.ordinal = static_cast<int8_t>(value);
  w.key = key;
  return w;
}

Word zone(std::string_view text, int minutes) {
  Word w = word(text, Key::zone);
  w.zone_minutes = static_cast<int16_t>(minutes);
  return w;
}

void add_calendar(std::vector<Word>& out) {
  constexpr std::array<std::string_view, 12> months = {"january",   "february", "march",    "april",
                                                       "may",       "june",     "july",     "august",
                                                       "september", "october",  "november", "december"};
  constexpr std::array<std::string_view, 12> short_months = {"jan", "feb", "mar",  "apr", "",    "jun",
                                                             "jul", "aug", "sept", "oct", "nov", "dec"};
  for (int m = 0; m < 12; ++m) {
    out.push_back(month(months[static_cast<size_t>(m)], m + 1));
    const auto clipped = short_months[static_cast<size_t>(m)];
    if (!clipped.empty()) out.push_back(month(clipped, m + 1, true));
  }
  out.push_back(month("sep", 9, true));
  constexpr std::array<std::string_view, 7> days = {"monday", "tuesday",  "wednesday", "thursday",
                                                    "friday", "saturday", "sunday"};
  constexpr std::array<std::string_view, 7> many = {"mondays", "tuesdays",  "wednesdays", "thursdays",
                                                    "fridays", "saturdays", "sundays"};
  for (int d = 0; d < 7; ++d) {
    out.push_back(weekday(days[static_cast<size_t>(d)], d + 1));
    out.push_back(weekday(many[static_cast<size_t>(d)], d + 1, false, true));
  }
  struct Clipped {
    std::string_view text;
    int day;
  };
  for (const auto& [text, day] : {Clipped{"mon", 1},
                                  {"tue", 2},
                                  {"tues", 2},
                                  {"wed", 3},
                                  {"thu", 4},
                                  {"thur", 4},
                                  {"thurs", 4},
                                  {"fri", 5},
                                  {"sat", 6},
                                  {"sun", 7}})
    out.push_back(weekday(text, day, true));
  out.insert(out.end(), {season("spring", Season::spring), season("summer", Season::summer),
                         season("autumn", Season::autumn), season("fall", Season::autumn),
                         season("winter", Season::winter), season("springtime", Season::spring),
                         season("summertime", Season::summer), season("wintertime", Season::winter),
                         season("summers", Season::summer, true), season("winters", Season::winter, true)});
}

void add_units(std::vector<Word>& out) {
  struct Named {
    std::string_view one, many;
    Unit unit;
  };
  for (const auto& [one, many, of] : {Named{"minute", "minutes", Unit::minute},
                                      {"hour", "hours", Unit::hour},
                                      {"day", "days", Unit::day},
                                      {"week", "weeks", Unit::week},
                                      {"weekend", "weekends", Unit::weekend},
                                      {"fortnight", "fortnights", Unit::fortnight},
                                      {"month", "months", Unit::month},
                                      {"quarter", "quarters", Unit::quarter},
                                      {"year", "years", Unit::year},
                                      {"decade", "decades", Unit::decade},
                                      {"century", "centuries", Unit::century}}) {
    out.push_back(unit(one, of, false));
    out.push_back(unit(many, of, true));
  }
  out.insert(out.end(), {unit("seconds", Unit::second, true), unit("secs", Unit::second, true, true),
                         unit("sec", Unit::second, false, true), unit("mins", Unit::minute, true, true),
                         unit("min", Unit::minute, false, true), unit("hrs", Unit::hour, true, true),
                         unit("hr", Unit::hour, false, true), unit("yrs", Unit::year, true, true),
                         unit("yr", Unit::year, false, true), unit("mos", Unit::month, true, true)});
  out.insert(out.end(),
             {part("dawn", Part::dawn), part("morning", Part::morning), part("mornings", Part::morning, true),
              part("afternoon", Part::afternoon), part("afternoons", Part::afternoon, true),
              part("evening", Part::evening), part("evenings", Part::evening, true),
              part("midday", Part::midday), part("lunchtime", Part::midday), part("daytime", Part::daytime)});
  for (const bool many : {false, true}) {
    Word night = part(many ? "nights" : "night", Part::night, many);
    night.unit = Unit::night;
    out.push_back(night);
  }
}

void add_numbers(std::vector<Word>& out) {
  constexpr std::array<std::string_view, 20> small = {
      "zero",     "one",     "two",     "three",     "four",     "five",    "six",
      "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
      "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
  for (size_t n = 0; n < small.size(); ++n) out.push_back(cardinal(small[n], static_cast<int>(n)));
  constexpr std::array<std::string_view, 8> tens = {"twenty", "thirty",  "forty",  "fifty",
                                                    "sixty",  "seventy", "eighty", "ninety"};
  for (size_t n = 0; n < tens.size(); ++n) out.push_back(cardinal(tens[n], static_cast<int>(n + 2) * 10));
  constexpr std::array<std::string_view, 20> order = {
      "third",       "fourth",     "fifth",      "sixth",      "seventh",    "eighth",    "ninth",
      "tenth",       "eleventh",   "twelfth",    "thirteenth", "fourteenth", "fifteenth", "sixteenth",
      "seventeenth", "eighteenth", "nineteenth", "twentieth",  "",           ""};
  for (size_t n = 0; n < order.size(); ++n)
    if (!order[n].empty()) out.push_back(ordinal(order[n], static_cast<int>(n) + 3));
  out.push_back(ordinal("first", 1, Key::first));
  out.push_back(ordinal("thirtieth", 30));
  Word second = ordinal("second", 2);
  second.unit = Unit::second;
  out.push_back(second);
}

void add_zones(std::vector<Word>& out) {
  struct Named {
    std::string_view text;
    int hours;
  };
  for (const auto& [text, hours] :
       {Named{"gmt", 0}, {"utc", 0},  {"bst", 1},  {"cet", 1},  {"cest", 2}, {"eet", 2},   {"eest", 3},
        {"msk", 3},      {"est", -5}, {"edt", -4}, {"cst", -6}, {"cdt", -5}, {"mst", -7},  {"mdt", -6},
        {"pst", -8},     {"pdt", -7}, {"et", -5},  {"jst", 9},  {"kst", 9},  {"aest", 10}, {"aedt", 11}})
    out.push_back(zone(text, hours * 60));
  out.push_back(zone("ist", 330));
}

void add_plain(std::vector<Word>& out) {
  for (const auto& [text, key] : plain) out.push_back(word(text, key));
  for (const std::string_view text : {"fell", "rose", "went", "grew", "sank", "slid", "shrank", "swung"}) {
    Word w = word(text, Key::counted);
    w.past = true;
    out.push_back(w);
  }
}

class Table {
 public:
  Table() {
    add_plain(words_);
    add_calendar(words_);
    add_units(words_);
    add_numbers(words_);
    add_zones(words_);
    for (size_t i = 0; i < words_.size(); ++i) {
      size_t at = slot(words_[i].text);
      while (slots_[at]) at = (at + 1) % slots_.size();
      slots_[at] = static_cast<uint16_t>(i + 1);
    }
  }

  const Word& find(std::string_view lower) const {
    for (size_t at = slot(lower); slots_[at]; at = (at + 1) % slots_.size())
      if (words_[slots_[at] - 1u].text == lower) return words_[slots_[at] - 1u];
    return none_;
  }

 private:
  // The first two bytes, the last and the length tell these words apart well enough.
  size_t slot(std::string_view s) const {
    const auto byte = [&](size_t i) { return static_cast<size_t>(static_cast<unsigned char>(s[i])); };
    return (byte(0) * 31 + byte(s.size() > 1 ? 1 : 0) * 1009 + byte(s.size() / 2) * 257 +
            byte(s.size() - 1) * 71 + s.size() * 7919) %
           slots_.size();
  }

  std::array<uint16_t, 2048> slots_{};
  std::vector<Word> words_;
  Word none_;
};

}  // namespace

const Word& look_up(std::string_view lower) {
  static const Table table;
  static const Word none;
  return lower.empty() || lower.size() > longest_word ? none : table.find(lower);
}
