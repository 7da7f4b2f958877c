// Sentences that say what is wrong with something.
#pragma once

#include <cstdint>
#include <string>

namespace stet {

// A sentence of the form "NAME: what is wrong" without the name, for whoever has said it already.
std::string without_name(const std::string& sentence, const std::string& name);

// The other way: with the name in front, unless it stands there already.
std::string naming(const std::string& name, const std::string& why);

// "1 entry", of a log.
std::string counted_entries(uint64_t number);

}  // namespace stet
