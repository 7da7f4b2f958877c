// Addresses in a text: names in them are not ours to spell.
#pragma once

#include <string_view>
#include <vector>

#include "span.hpp"

namespace house_rules {

// A run of characters that is an address as a whole, and the characters that make it one: "://", "@",
// the "#" of a hashtag, "www.", the point of a domain name such as example.org.
struct Address {
  Span range, sign;
};

// In text order.
std::vector<Address> find_addresses(std::string_view text);

}  // namespace house_rules
