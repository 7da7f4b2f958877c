// Gives expressions their TIMEX3 values, in text order, from the document time and from the dates
// that the text named before.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "calendar.hpp"
#include "document_time.hpp"
#include "expression.hpp"

// Whether a text tells of times long before its own: then a date without a year belongs to the
// year named last, not to the year of publication.
bool is_narrative(std::span<const Expression> all, const DocumentTime& time);

// The year in which `month` and `day` (0: unknown) are nearest to `to`, the nearer past on a tie.
int nearest_year(int month, int day, const calendar::Day& to);

class Resolver {
 public:
  Resolver(const DocumentTime& time, bool narrative) : time_(time), narrative_(narrative) {}

  std::string value(const Expression& e);

 private:
  struct Spoken {  // what the text named last
    int year = 0, month = 0, day = 0, quarter = 0;
  };
  struct Quarter {  // the one whose results the text reports; 0 for none
    int year = 0, quarter = 0;
  };

  std::optional<calendar::Day> base() const;
  std::optional<calendar::Day> spoken_day() const;
  std::string calendar_value(const Expression& e);
  std::string named_month(const Expression& e);
  std::string named_weekday(const Expression& e);
  std::string named_quarter(const Expression& e);
  int year_for(int month, int day, const Expression& e) const;
  int story_year(int month, int day) const;
  int full_year(const Expression& e) const;
  std::string named_year(const Expression& e);
  std::string counted_weekday(const Expression& e);
  std::string moved_value(const Expression& e);
  void report_quarter(int year, int quarter, bool fiscal);
  void leave_quarter(const Amount& amount);
  std::string shifted(const calendar::Day& from, Unit unit, int64_t by);
  std::string shift_value(const Expression& e);
  std::string ago_value(const Expression& e);
  std::string anaphor_value(const Expression& e);
  std::string speak_day(const calendar::Day& day);
  static std::string unknown(Unit unit);

  DocumentTime time_;
  bool narrative_;
  Spoken spoken_;
  Quarter reported_;
  std::string length_;  // of the months whose results the text reports after that: "P9M"
  int aside_ = 0;       // a year far from the story, not yet followed
};
