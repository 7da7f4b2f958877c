// RFC 3339 times in UTC, to the second. No locale, no time zone of the machine.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stet {

// Seconds since 1970 of "2025-11-23", "2025-11-23T19:40:00Z" or with an offset or a fraction (dropped);
// a date alone means its first second in UTC. Years 1 to 9999, in UTC too. Nothing for any other text, nor
// for a day or hour that does not exist.
std::optional<int64_t> parse_timestamp(std::string_view text);

// "2025-11-23T19:40:00Z". Throws std::runtime_error for what is not of the years 1 to 9999: git takes a
// commit of any time.
std::string format_timestamp(int64_t unix_seconds);

bool has_timestamp(int64_t unix_seconds);  // whether it is of these years

int64_t now();

// Whether nobody can have seen anything at this time yet: it is more than a day ahead of `now`, which no zone
// and no clock that is a little fast explains. Once it was recorded, whatever is seen in truth would come
// late.
bool far_ahead(int64_t observed, int64_t now);

}  // namespace stet
