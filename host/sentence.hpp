// Sentences that say what is wrong with something.
#pragma once

#include <string>

namespace stet {

// A sentence of the form "NAME: what is wrong" without the name, for whoever has said it already.
std::string without_name(const std::string& sentence, const std::string& name);

}  // namespace stet
