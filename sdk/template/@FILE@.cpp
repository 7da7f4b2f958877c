// @ID@: titles that ask or shout instead of telling. A first check: make it yours.
#include <stet/plugin.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

class Check@CLASS@ {
 public:
  // The host has checked the options against manifest.json and filled in the defaults.
  explicit Check@CLASS@(std::string_view options)
      : endings_(nlohmann::json::parse(options).at("endings").get<std::vector<std::string>>()) {}

  void verify(const stet::sdk::Document& document, stet::sdk::Host& host) {
    for (uint32_t i = 0; i < document.node_count(); ++i)
      if (const auto node = document.node(i); node.kind == STET_TITLE) check(document, node.range, host);
  }

 private:
  void check(const stet::sdk::Document& document, stet::sdk::Range title, stet::sdk::Host& host) {
    const auto text = document.text(title);
    for (const auto& ending : endings_) {
      if (text.size() < ending.size() || text.substr(text.size() - ending.size()) != ending) continue;
      // Ranges are byte offsets into the whole text.
      const stet::sdk::Range place{title.end - static_cast<uint32_t>(ending.size()), title.end};
      return host.report({"title-ending", place, "The title ends in \"" + ending + "\": say what is known."});
    }
  }

  std::vector<std::string> endings_;
};

STET_PLUGIN(Check@CLASS@)
