// The test kit of a plugin: golden cases, and the standard hard inputs.
//
// A folder holds NAME.txt or NAME.md beside NAME.findings (empty when the check must stay silent) and,
// where facts matter, NAME.facts. Both list one item a line, in text order:
//   LINE:COLUMN SEVERITY CHECK "COVERED TEXT": MESSAGE
//   LINE:COLUMN KIND "COVERED TEXT" FIELDS
// Line and column are 1-based and count characters; the covered text is a JSON string; the fields are
// compact JSON with sorted members. A file that a case needs beside it (a source) may lie in the folder.
// Options come from NAME.stet.toml, else from stet.toml in the folder, else they are the defaults.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "document.hpp"
#include "finding.hpp"
#include "hard_inputs.hpp"
#include "plugin_image.hpp"

namespace stet {

using PluginTestTime = std::chrono::duration<double, std::milli>;

// A line that one side has and the other has not.
struct CaseLine {
  bool found;                  // by the plugin; else expected
  std::string text;            // as it stands in the expectation
  std::optional<Range> place;  // of what was found, in the document's text
};

// What is wrong with one case: a sentence, and the lines it speaks of.
struct CaseProblem {
  std::string sentence;
  std::vector<CaseLine> lines;
  bool blessable = false;  // an expectation that can be rewritten
};

struct CaseResult {
  std::string name;
  Document document;
  Outcome outcome;
  PluginTestTime time{};  // of one run, with the start of its process
  std::vector<CaseProblem> problems;
  bool holds() const { return problems.empty(); }
};

// The inputs in a folder, by name. Throws std::runtime_error when it holds none.
std::vector<std::filesystem::path> case_files(const std::filesystem::path& folder);

// Runs one case twice, each time in a fresh worker. Throws std::runtime_error for an input that is none.
CaseResult run_case(const std::shared_ptr<const PluginImage>& plugin, const std::filesystem::path& file);

// Writes what was found as the expectation: NAME.findings, and NAME.facts where there is one.
void bless(const CaseResult& result, const std::filesystem::path& file);

struct HardResult {
  std::string name;
  Outcome outcome;
  PluginTestTime time{};
  bool holds;  // it was checked, or it failed in good order where it may
};

// With the options that stet.toml in `folder` sets.
HardResult run_hard_input(const std::shared_ptr<const PluginImage>& plugin, const HardInput& input,
                          const std::filesystem::path& folder);

}  // namespace stet
