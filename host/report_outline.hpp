// A report read fast: for whoever has to read very many.
#pragma once

#include <optional>
#include <string_view>

#include "report.hpp"

namespace stet {

// Nothing unless the report is sure to be canonical and one that parse_statement() takes. What it gives then
// is what that gives, without findings, changes, options and, unless they are wanted, facts and sources; and
// of `document` only "format", "gitBlob", "name" and "size". Takes about a tenth of the time of
// parse_statement() and is_canonical(), which decide about the rest.
std::optional<ReadReport> outline_of(std::string_view report, bool with_facts = false);

}  // namespace stet
