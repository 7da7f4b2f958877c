#include <map>

#include "verdict.hpp"
#include "view.hpp"
#include "visible.hpp"

namespace stet {
namespace {

using nlohmann::json;

constexpr unsigned fact_columns = 160;

struct Placed {
  const Fact* fact;
  Range range;
  Position at{1, 1};
};

std::vector<Placed> placed_facts(const Document& document, const std::vector<PluginRun>& plugins) {
  std::vector<Placed> placed;
  for (const auto& run : plugins)
    for (const auto& fact : run.outcome.facts) placed.push_back({&fact, within(document.text, fact.range)});
  std::ranges::stable_sort(placed, {}, &Placed::range);
  std::vector<uint32_t> offsets;
  for (const auto& p : placed) offsets.push_back(source_range(document, p.range).begin);
  const auto found = positions(source_text(document), offsets);
  for (size_t i = 0; i < placed.size(); ++i) placed[i].at = found[i];
  return placed;
}

json text_member(const json& fields, const char* key) {
  const auto found = fields.find(key);
  if (found == fields.end() || found->is_null()) return "";
  return one_line(*found, fact_columns);
}

json place_and_text(const Document& document, const Placed& p) {
  const auto covered = std::string_view(document.text).substr(p.range.begin, p.range.end - p.range.begin);
  return {{"place", covered.empty() ? json(false) : json(to_string(p.at))},
          {"text", clipped(covered.substr(0, fact_columns * 8), fact_columns)}};
}

std::string speaker_name(const Fact& fact) {
  const auto speaker = fact.fields.find("speaker");
  return speaker != fact.fields.end() && speaker->is_object()
             ? text_member(*speaker, "name").get<std::string>()
             : std::string();
}

// Groups keep the order in which speakers first speak; quotations without a speaker come last.
class Speakers {
 public:
  void add(const std::string& speaker, json quote) {
    const auto [at, is_new] = groups_.try_emplace(speaker, names_.size());
    if (is_new) {
      names_.push_back(speaker);
      quotes_.push_back(json::array());
    }
    quotes_[at->second].push_back(std::move(quote));
  }

  json view() && {
    json rows = json::array();
    json nameless = json::array();
    for (size_t i = 0; i < names_.size(); ++i) {
      const bool named = !names_[i].empty();
      json group{{"speaker", named ? names_[i] : "no speaker found"},
                 {"total", counted(quotes_[i].size(), "quotation")},
                 {"quotes", std::move(quotes_[i])}};
      (named ? rows : nameless).push_back(std::move(group));
    }
    for (auto& group : nameless) rows.push_back(std::move(group));
    return rows;
  }

 private:
  std::map<std::string, size_t> groups_;
  std::vector<std::string> names_;
  std::vector<json> quotes_;
};

json captures_view(const json& fields) {
  json rows = json::array();
  const auto captures = fields.find("captures");
  if (captures == fields.end() || !captures->is_array()) return rows;
  for (const auto& capture : *captures)
    if (capture.is_object())
      rows.push_back(
          {{"captureDigest", text_member(capture, "sha256")},
           {"captureTime", visible(readable_time(text_member(capture, "time").get<std::string>()))}});
  return rows;
}

}  // namespace

json facts_view(const Document& document, const std::vector<PluginRun>& plugins) {
  Speakers speakers;
  size_t quotes = 0;
  json dates = json::array(), sources = json::array(), others = json::array();
  for (const auto& p : placed_facts(document, plugins)) {
    const auto& fields = p.fact->fields;
    json row = place_and_text(document, p);
    if (p.fact->kind == "quote") {
      ++quotes;
      row["type"] = text_member(fields, "type");
      row["cue"] = text_member(fields, "cue");
      speakers.add(speaker_name(*p.fact), std::move(row));
    } else if (p.fact->kind == "date") {
      for (const char* key : {"type", "value", "mod"}) row[key] = text_member(fields, key);
      dates.push_back(std::move(row));
    } else if (p.fact->kind == "source") {
      for (const char* key : {"name", "url"}) row[key] = text_member(fields, key);
      row["captures"] = captures_view(fields);
      sources.push_back(std::move(row));
    } else {
      row["kind"] = visible(p.fact->kind);
      row["fields"] = one_line(fields, 2 * fact_columns);
      others.push_back(std::move(row));
    }
  }
  const auto section = [](json rows, std::string total) -> json {
    if (rows.empty()) return false;
    return {{"total", std::move(total)}, {"rows", std::move(rows)}};
  };
  const auto total = [](const json& rows, std::string_view word) { return counted(rows.size(), word); };
  json view;
  view["dates"] = section(dates, total(dates, "date"));
  view["sources"] = section(sources, total(sources, "source"));
  view["others"] = section(others, total(others, "other fact"));
  view["quotations"] = section(std::move(speakers).view(), counted(quotes, "quotation"));
  view["none"] = quotes + dates.size() + sources.size() + others.size() == 0;
  return view;
}

}  // namespace stet
