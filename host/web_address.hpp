// Addresses of the web that stand in one another (RFC 3986).
#pragma once

#include <string>
#include <string_view>

namespace stet {

// What `reference`, as in a link, means in a page at `base`, an absolute address: RFC 3986, section 5.2. One
// that is absolute itself stays as it is.
std::string resolved(std::string_view reference, std::string_view base);

}  // namespace stet
