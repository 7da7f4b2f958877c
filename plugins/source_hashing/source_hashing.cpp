// Every link, front-matter source and source file becomes a `source` fact. The host read and hashed the
// files (a plugin opens none); this plugin says what that means for the article.
#include <stet/plugin.hpp>

#include <map>
#include <set>
#include <string>

#include <nlohmann/json.hpp>

namespace {

using nlohmann::json;
using stet::sdk::Range;

// Where a source without a place in the text is reported: the whole document.
constexpr Range whole{0, 0};

// The known sources by reference, from service stet.sources/1.
std::map<std::string, json> known_sources(const stet::sdk::Host& host) {
  std::map<std::string, json> known;
  const auto* service = host.service<stet_sources_v1>("stet.sources/1");
  if (!service) return known;
  for (auto& source : json::parse(stet::sdk::view(service->list(host.self()))))
    known.emplace(source.at("reference").get<std::string>(), std::move(source));
  return known;
}

bool is_url(const std::string& s) {
  return s.rfind("http://", 0) == 0 || s.rfind("https://", 0) == 0;
}

std::string without_fragment(const std::string& url) {
  return url.substr(0, url.find('#'));
}

class SourceHashing {
 public:
  explicit SourceHashing(std::string_view) {}

  void verify(const stet::sdk::Document& document, stet::sdk::Host& host) {
    const auto known = known_sources(host);
    std::set<std::string> stated;
    for (uint32_t i = 0; i < document.node_count(); ++i) {
      const auto node = document.node(i);
      if (node.kind != STET_LINK) continue;
      const std::string target(node.value);
      if (!is_url(target)) continue;
      stated.insert(target);
      state(host, node.range, std::string(document.text(node.range)), target, known);
    }
    const auto metadata = json::parse(document.metadata_json());
    for (const auto& source : metadata.value("sources", json::array())) {
      const auto reference = source.get<std::string>();
      if (stated.insert(reference).second)
        state(host, whole, reference, is_url(reference) ? reference : "", known);
    }
    for (const auto& [reference, source] : known) {
      if (stated.insert(reference).second)
        state(host, whole, reference, is_url(reference) ? reference : "", known);
      report(host, reference, source);
    }
  }

 private:
  static void state(stet::sdk::Host& host, Range range, const std::string& name, const std::string& url,
                    const std::map<std::string, json>& known) {
    json fact{{"name", name}, {"captures", json::array()}};
    if (!url.empty()) fact["url"] = url;
    auto source = known.find(url.empty() ? name : url);
    if (source == known.end()) source = known.find(without_fragment(url));
    if (source != known.end() && source->second.at("state") == "captured")
      fact["captures"].push_back(
          {{"sha256", source->second.at("sha256")}, {"time", source->second.at("time")}});
    host.state("source", range, fact.dump());
  }

  static void report(stet::sdk::Host& host, const std::string& reference, const json& source) {
    if (source.at("state") == "missing") {
      host.report({"source-missing", whole,
                   "The source \"" + reference +
                       "\" cannot be read: " + source.at("reason").get<std::string>() + "."});
    } else if (source.contains("recorded") && source["recorded"].at("sha256") != source.at("sha256")) {
      const auto& before = source["recorded"];
      stet::sdk::Finding finding{"source-changed", whole,
                                 "The source \"" + reference + "\" has changed since revision " +
                                     std::to_string(before.at("revision").get<unsigned>()) +
                                     ", when it was captured at " + before.at("time").get<std::string>() +
                                     "."};
      finding.evidence_json =
          json{{"reference", reference}, {"recorded", before.at("sha256")}, {"now", source.at("sha256")}}
              .dump();
      host.report(finding);
    }
  }
};

}  // namespace

STET_PLUGIN(SourceHashing)
