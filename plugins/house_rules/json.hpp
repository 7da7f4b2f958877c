// What the host gives and takes as JSON. nlohmann/json lives here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace house_rules {

// A rule file as the host read it for us.
struct RuleFile {
  std::string name, text;
};

// Option "rules", in its order. Throws std::exception when the options are not what the manifest says.
std::vector<RuleFile> read_options(std::string_view json);

// What a document says of itself; see stet_document::metadata.
struct Metadata {
  std::optional<std::string> title, byline, published, modified;
};
Metadata read_metadata(std::string_view json);

// An object of texts, as evidence of a finding; empty texts are left out.
std::string evidence(const std::vector<std::pair<std::string_view, std::string_view>>& members);

}  // namespace house_rules
