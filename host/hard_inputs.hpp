// The standard hard inputs of the test kit: what any plugin may meet, and must come through.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "document.hpp"

namespace stet {

struct HardInput {
  std::string name;  // "1 MB of prose"
  Document document;
  // Handed to the plugin as it is, in place of the document's own. stet never makes such metadata; a
  // plugin that reads it may say that it cannot, and must not fall over.
  std::optional<std::string> metadata;
};

// The same every time. All text was made for this purpose.
std::vector<HardInput> hard_inputs();

}  // namespace stet
