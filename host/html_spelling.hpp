// Where the decoded text of a web page stands in its source.
#pragma once

#include <functional>
#include <string_view>

#include "finding.hpp"

namespace stet {

// Calls piece(decoded, source) for `text`, which a parser decoded from what `source` holds at `place`, piece
// by piece in order. A piece that is as long as its source stands there byte for byte; another is one
// character reference, such as "&eacute;". Tags between that the parser passed over stand in no piece. What
// cannot be found is one last piece whose source is empty.
void each_piece(std::string_view text, std::string_view source, Range place,
                const std::function<void(std::string_view decoded, Range source)>& piece);

}  // namespace stet
