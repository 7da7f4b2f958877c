// What a document states of itself in fields of its own, as Metadata holds it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stet {

// Without control characters, each run of ASCII white space as one space, none at the ends.
std::string on_one_line(std::string_view value);

// "Jane Roe, John Doe and Ann Poe"; nothing for no names.
std::optional<std::string> joined_names(const std::vector<std::string>& names);

// The time as read_stated_time() reads it. What it cannot read is left out with a notice, and so is a time of
// day without its offset from UTC. `field`: "front matter field date".
std::optional<std::string> stated_time(const std::string& field, const std::string& words,
                                       std::vector<std::string>& notices);

}  // namespace stet
