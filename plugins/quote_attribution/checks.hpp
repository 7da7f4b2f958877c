// What is wrong with the marks and attributions of a document.
#pragma once

#include <stet/plugin.hpp>

#include "speech.hpp"

namespace quote_attribution {

// A document, read.
struct Article {
  std::string_view text;
  const std::vector<Block>& blocks;
  const Marks& marks;
  const Outline& outline;
  const Grammar& grammar;
  const People& people;
  const std::vector<Attribution>& attributions;
  const std::vector<Reading>& readings;
};

// Everything this plugin complains of, by place in the document.
std::vector<stet::sdk::Finding> findings_of(const Article& article);

}  // namespace quote_attribution
