#include "reason.hpp"

#include <stdexcept>

#include "render/visible.hpp"

namespace stet {

void demand_reason(const std::string& of, const std::string& reason) {
  if (reason.empty()) throw std::runtime_error(of + " needs a reason");
  if (const auto hidden = hidden_character(reason))
    throw std::runtime_error("the reason of " + of + " holds " + code_point(*hidden) +
                             ": it has to be one line of characters that are seen as they are");
}

}  // namespace stet
