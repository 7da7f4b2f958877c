// The few kinds of JSON that facts and evidence need.
#pragma once

#include <string>
#include <string_view>

namespace quote_attribution {

// `text` as a JSON string. Bytes that are not UTF-8 must not come here.
std::string quoted(std::string_view text);

}  // namespace quote_attribution
