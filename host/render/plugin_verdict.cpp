#include "plugin_verdict.hpp"

#include <algorithm>
#include <cstdio>

#include "lines.hpp"
#include "verdict.hpp"

namespace stet {
namespace {

using nlohmann::json;

constexpr size_t most_lines = 40;  // of one problem, before the rest is only counted

std::string in_ms(PluginTestTime time) {
  char text[32];
  std::snprintf(text, sizeof text, time.count() < 9.95 ? "%.1f ms" : "%.0f ms", time.count());
  return text;
}

Lines lines_of(std::string& out, unsigned width, bool colour) {
  return Lines(out, width == 0 ? 0 : std::max(width, Lines::narrowest), colour);
}

void print_result(Lines& lines, bool holds, const std::string& name, const std::string& rest) {
  lines.exact(holds ? "ok    " : "FAIL  ", holds ? style::green : style::red);
  lines.hang(6);
  lines.words(name, style::bold);
  lines.words(rest);
  lines.end();
}

void print_line(Lines& lines, const CaseLine& line, const Document& document) {
  constexpr unsigned margin = 8;
  lines.exact(line.found ? "    + " : "    - ", line.found ? style::red : style::cyan);
  lines.hang(margin);
  lines.words(line.text);
  lines.end();
  if (line.found && line.place) lines.excerpt(document.text, *line.place, margin);
}

void print_problem(Lines& lines, const CaseProblem& problem, const Document& document) {
  lines.exact("    ");
  lines.hang(4);
  lines.words(problem.sentence);
  lines.end();
  const size_t shown = std::min(problem.lines.size(), most_lines);
  for (size_t i = 0; i < shown; ++i) print_line(lines, problem.lines[i], document);
  if (shown == problem.lines.size()) return;
  lines.exact("    ");
  lines.words("and " + counted(problem.lines.size() - shown, "more line"));
  lines.end();
}

json to_json(const CaseProblem& problem) {
  json j{{"problem", problem.sentence}, {"lines", json::array()}};
  for (const auto& line : problem.lines) {
    json one{{"side", line.found ? "found" : "expected"}, {"text", line.text}};
    if (line.place) one["range"] = {line.place->begin, line.place->end};
    j["lines"].push_back(std::move(one));
  }
  return j;
}

json to_json(const CaseResult& result) {
  json j{{"name", result.name},
         {"holds", result.holds()},
         {"outcome", name(result.outcome.kind)},
         {"findings", result.outcome.findings.size()},
         {"facts", result.outcome.facts.size()},
         {"ms", result.time.count()},
         {"problems", json::array()}};
  for (const auto& problem : result.problems) j["problems"].push_back(to_json(problem));
  return j;
}

json to_json(const HardResult& result) {
  json j{{"name", result.name},
         {"holds", result.holds},
         {"outcome", name(result.outcome.kind)},
         {"findings", result.outcome.findings.size()},
         {"facts", result.outcome.facts.size()},
         {"ms", result.time.count()}};
  if (!result.outcome.reason.empty()) j["reason"] = result.outcome.reason;
  return j;
}

bool silent(const CaseResult& result) {
  return result.outcome.kind == Outcome::Kind::checked && result.outcome.findings.empty();
}

std::string of(size_t held, size_t all, const char* noun) {
  return std::to_string(held) + " of " + counted(all, noun);
}

}  // namespace

std::string render_case(const CaseResult& result, unsigned width, bool colour) {
  std::string out;
  auto lines = lines_of(out, width, colour);
  print_result(lines, result.holds(), result.name, "(" + in_ms(result.time) + ")");
  for (const auto& problem : result.problems) print_problem(lines, problem, result.document);
  return out;
}

std::string render_hard(const HardResult& result, unsigned width, bool colour) {
  std::string out;
  auto lines = lines_of(out, width, colour);
  auto rest = "(" + in_ms(result.time) + ")";
  if (result.outcome.kind != Outcome::Kind::checked)
    rest += " " + std::string(name(result.outcome.kind)) + ": " + result.outcome.reason;
  print_result(lines, result.holds, "hard: " + result.name, rest);
  return out;
}

size_t PluginVerdict::failed() const {
  const auto fails = [](const auto& results, auto holds) {
    return results.size() - static_cast<size_t>(std::count_if(results.begin(), results.end(), holds));
  };
  return fails(cases, [](const CaseResult& r) { return r.holds(); }) +
         fails(hard, [](const HardResult& r) { return r.holds; });
}

json to_json(const PluginVerdict& verdict) {
  json j{{"holds", verdict.failed() == 0},
         {"cases", json::array()},
         {"hard", json::array()},
         {"unseen", verdict.unseen}};
  for (const auto& result : verdict.cases) j["cases"].push_back(to_json(result));
  for (const auto& result : verdict.hard) j["hard"].push_back(to_json(result));
  return j;
}

std::string render_verdict(const PluginVerdict& verdict, unsigned width, bool colour) {
  std::string out;
  auto lines = lines_of(out, width, colour);
  const auto say = [&](const std::string& text, std::string_view style = {}) {
    lines.words(text, style);
    lines.end();
  };
  size_t held = 0, quiet = 0, hard = 0;
  for (const auto& r : verdict.cases) held += r.holds(), quiet += silent(r);
  for (const auto& r : verdict.hard) hard += r.holds;
  say(of(held, verdict.cases.size(), "case") + " and " + of(hard, verdict.hard.size(), "hard input") +
          " hold",
      verdict.failed() == 0 ? style::green : style::red);
  if (quiet == 0) say("no case is silent: add articles that the check must leave alone");
  for (const auto& check : verdict.unseen) say("no case makes " + check + " report anything");
  return out;
}

}  // namespace stet
