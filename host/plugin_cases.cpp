#include "plugin_cases.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "canonical.hpp"
#include "files.hpp"
#include "line_difference.hpp"
#include "options.hpp"
#include "run.hpp"
#include "sources.hpp"

namespace stet {
namespace {

namespace fs = std::filesystem;

// Times in facts must not depend on when the case runs.
constexpr const char* case_time = "2000-01-01T00:00:00Z";
constexpr size_t max_expectation = 16u << 20;

// What a plugin said, a line for each item, and where each stands.
struct Listing {
  std::vector<std::string> lines;
  std::vector<std::optional<Range>> places;
  void add(std::string line, std::optional<Range> place) {
    lines.push_back(std::move(line));
    places.push_back(place);
  }
};

std::string place(const Document& document, Range range) {
  const auto at = position_of(document.text, range.begin);
  return std::to_string(at.line) + ":" + std::to_string(at.column) + " ";
}

std::string covered(const Document& document, Range range) {
  return nlohmann::json(document.text.substr(range.begin, range.end - range.begin)).dump();
}

// A message may hold a line feed; an expectation is a line an item.
std::string on_one_line(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '\n' ? std::string("\\n") : std::string(1, c);
  return out;
}

Listing findings_listing(const Document& document, const Outcome& outcome) {
  Listing all;
  for (const auto& f : outcome.findings)
    all.add(place(document, f.range) + std::string(name(f.severity)) + " " + f.check + " " +
                covered(document, f.range) + ": " + on_one_line(f.message),
            f.range);
  if (outcome.kind != Outcome::Kind::checked)
    all.add(std::string(name(outcome.kind)) + ": " + outcome.reason, std::nullopt);
  return all;
}

Listing facts_listing(const Document& document, const Outcome& outcome) {
  Listing all;
  for (const auto& f : outcome.facts)
    all.add(place(document, f.range) + f.kind + " " + covered(document, f.range) + " " + canonical(f.fields),
            f.range);
  return all;
}

struct Answer {
  Outcome outcome;
  PluginTestTime time{};
};

// With the options that NAME.stet.toml sets, or else stet.toml in the folder.
ChosenPlugin chosen(const std::shared_ptr<const PluginImage>& plugin, const fs::path& own_settings) {
  const auto& m = plugin->manifest();
  std::vector<ChosenPlugin> one = {
      {plugin->file(), m.id, m.version, plugin, "", "", false, nlohmann::json::object()}};
  const auto common = own_settings.parent_path() / settings_file;
  std::vector<Setting> settings;
  if (fs::exists(own_settings))
    settings = read_settings(own_settings);
  else if (fs::exists(common))
    settings = read_settings(common);
  apply_settings(settings, one);
  return one[0];
}

// One document through one fresh worker.
Answer answer(const ChosenPlugin& plugin, const Reading& reading) {
  const auto begin = std::chrono::steady_clock::now();
  Run run({plugin});
  auto outcome = run.check(reading)[0].outcome;
  return {std::move(outcome), std::chrono::steady_clock::now() - begin};
}

// ---- what is wrong ----

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> all;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) all.push_back(line);
  return all;
}

std::string text_of(const Listing& listing) {
  std::string text;
  for (const auto& line : listing.lines) text += line + "\n";
  return text;
}

std::vector<CaseLine> differing(const std::vector<std::string>& expected, const Listing& found) {
  std::vector<CaseLine> all;
  for (const auto& d : line_difference(expected, found.lines)) {
    if (d.found)
      all.push_back({true, found.lines[d.index], found.places[d.index]});
    else
      all.push_back({false, expected[d.index], std::nullopt});
  }
  return all;
}

fs::path beside(const fs::path& file, const char* extension) {
  return fs::path(file).replace_extension(extension);
}

void compare_runs(const Listing& first, const Listing& second, const char* what, CaseResult& result) {
  if (auto lines = differing(first.lines, second); !lines.empty())
    result.problems.push_back(
        {std::string("two runs on the same text give other ") + what + " (- first, + second)",
         std::move(lines), false});
}

void compare(const Listing& found, const fs::path& file, CaseResult& result) {
  const auto expected = read_file(file, max_expectation);
  if (auto lines = differing(lines_of(expected), found); !lines.empty())
    result.problems.push_back(
        {file.filename().string() + ": not what was expected (- expected, + found)", std::move(lines), true});
}

void compare_findings(const Listing& found, const fs::path& file, CaseResult& result) {
  if (fs::exists(file)) return compare(found, file, result);
  result.problems.push_back(
      {"there is no " + file.filename().string() + " (leave it empty for a case that must stay silent)",
       differing({}, found), true});
}

}  // namespace

std::vector<fs::path> case_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (const auto kind = entry.path().extension(); kind == ".txt" || kind == ".md")
      files.push_back(entry.path());
  if (error) throw std::runtime_error(folder.string() + ": " + error.message());
  if (files.empty())
    throw std::runtime_error(folder.string() + ": no cases (NAME.txt or NAME.md) in this folder");
  std::sort(files.begin(), files.end());
  return files;
}

CaseResult run_case(const std::shared_ptr<const PluginImage>& plugin, const fs::path& file) {
  const auto name = file.filename().string();
  CaseResult result;
  result.name = file.stem().string();
  result.document = read_document(name, read_file(file, max_document_bytes), format_of(name));
  const auto configured = chosen(plugin, beside(file, ".stet.toml"));
  const Reading reading{result.document, list_sources(result.document, file.parent_path(), {},
                                                      nlohmann::json::array(), 0, case_time)};
  auto first = answer(configured, reading);
  const auto second = answer(configured, reading);
  const auto findings = findings_listing(result.document, first.outcome);
  const auto facts = facts_listing(result.document, first.outcome);
  compare_runs(findings, findings_listing(result.document, second.outcome), "findings", result);
  compare_runs(facts, facts_listing(result.document, second.outcome), "facts", result);
  compare_findings(findings, beside(file, ".findings"), result);
  if (const auto expected = beside(file, ".facts"); fs::exists(expected)) compare(facts, expected, result);
  result.outcome = std::move(first.outcome);
  result.time = first.time;
  return result;
}

void bless(const CaseResult& result, const fs::path& file) {
  write_file(beside(file, ".findings"), text_of(findings_listing(result.document, result.outcome)));
  if (const auto facts = beside(file, ".facts"); fs::exists(facts))
    write_file(facts, text_of(facts_listing(result.document, result.outcome)));
}

HardResult run_hard_input(const std::shared_ptr<const PluginImage>& plugin, const HardInput& input,
                          const fs::path& folder) {
  auto a = answer(chosen(plugin, folder / settings_file),
                  {input.document, nlohmann::json::array(), {}, input.metadata});
  const bool checked = a.outcome.kind == Outcome::Kind::checked;
  const bool may_fail = input.metadata && a.outcome.kind == Outcome::Kind::failed;
  return {input.name, std::move(a.outcome), a.time, checked || may_fail};
}

}  // namespace stet
