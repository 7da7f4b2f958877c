#include "plugin_cases.hpp"

#include <algorithm>
#include <ostream>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "canonical.hpp"
#include "files.hpp"
#include "run.hpp"
#include "sources.hpp"

namespace stet {
namespace {

namespace fs = std::filesystem;

// Times in facts must not depend on when the case runs.
constexpr const char* case_time = "2000-01-01T00:00:00Z";

std::string place(const Document& document, Range range) {
  const auto at = position_of(document.text, range.begin);
  return std::to_string(at.line) + ":" + std::to_string(at.column) + " ";
}

std::string covered(const Document& document, Range range) {
  return nlohmann::json(document.text.substr(range.begin, range.end - range.begin)).dump();
}

std::string findings_text(const Document& document, const Outcome& outcome) {
  std::string text;
  for (const auto& f : outcome.findings)
    text += place(document, f.range) + std::string(name(f.severity)) + " " + f.check + " " +
            covered(document, f.range) + ": " + f.message + "\n";
  if (outcome.kind != Outcome::Kind::checked)
    text += std::string(name(outcome.kind)) + ": " + outcome.reason + "\n";
  return text;
}

std::string facts_text(const Document& document, const Outcome& outcome) {
  std::string text;
  for (const auto& f : outcome.facts)
    text += place(document, f.range) + f.kind + " " + covered(document, f.range) + " " + canonical(f.fields) +
            "\n";
  return text;
}

struct Answer {
  std::string findings, facts;
  bool operator==(const Answer&) const = default;
};

Answer answer(const std::shared_ptr<const PluginImage>& image, const Document& document,
              const fs::path& folder) {
  Run run({{image->file(), image->manifest().id, image->manifest().version, image->sha256(), image, "", false,
            nlohmann::json::object()}});
  const auto sources = list_sources(document, folder, {}, nlohmann::json::array(), 0, case_time);
  const auto runs = run.check({document, sources});
  return {findings_text(document, runs[0].outcome), facts_text(document, runs[0].outcome)};
}

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> all;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) all.push_back(line);
  return all;
}

// The lines that only one side has, "-" for expected and "+" for found.
void print_difference(std::ostream& out, const std::string& expected, const std::string& found) {
  auto missing = lines(expected);
  for (const auto& line : lines(found)) {
    const auto same = std::find(missing.begin(), missing.end(), line);
    if (same != missing.end())
      missing.erase(same);
    else
      out << "    + " << line << "\n";
  }
  for (const auto& line : missing) out << "    - " << line << "\n";
}

constexpr size_t max_expectation = 16u << 20;

// Compares with the expectation in `file`, or writes it. An absent file expects nothing to be compared.
bool matches(const fs::path& file, const std::string& found, bool bless, std::ostream& out) {
  if (bless) {
    write_file(file, found);
    return true;
  }
  const auto expected = read_file(file, max_expectation);
  if (expected == found) return true;
  print_difference(out, expected, found);
  return false;
}

bool run_case(const std::shared_ptr<const PluginImage>& image, const fs::path& file, bool bless,
              std::ostream& out) {
  const auto document = read_document(file.filename().string(), read_file(file, max_document_bytes),
                                      format_of(file.filename().string()));
  const auto first = answer(image, document, file.parent_path());
  std::ostringstream problems;
  bool good = first == answer(image, document, file.parent_path());
  if (!good) problems << "    two runs of the same case differ\n";
  const auto beside = [&](const char* extension) { return fs::path(file).replace_extension(extension); };
  if (!bless && !fs::exists(beside(".findings"))) {
    problems << "    there is no " << beside(".findings").filename().string()
             << " (empty for a silent case)\n";
    good = false;
  } else {
    good &= matches(beside(".findings"), first.findings, bless, problems);
  }
  if (fs::exists(beside(".facts"))) good &= matches(beside(".facts"), first.facts, bless, problems);
  out << (good ? "ok    " : "FAIL  ") << file.stem().string() << "\n" << problems.str();
  return good;
}

}  // namespace

size_t run_plugin_cases(const fs::path& plugin, const fs::path& cases, bool bless, std::ostream& out) {
  const auto image = std::make_shared<const PluginImage>(plugin);
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(cases, error))
    if (const auto kind = entry.path().extension(); kind == ".txt" || kind == ".md")
      files.push_back(entry.path());
  if (files.empty())
    throw std::runtime_error(cases.string() + ": no cases (NAME.txt or NAME.md) in this folder");
  std::sort(files.begin(), files.end());
  size_t failed = 0;
  for (const auto& file : files) failed += run_case(image, file, bless, out) ? 0 : 1;
  out << files.size() - failed << " of " << files.size() << " cases hold\n";
  return failed;
}

}  // namespace stet
