// NDJSON in, NDJSON out, in input order; the shape of a row is in FORMATS.md. A row that cannot be read
// becomes a row with "error", and the stream goes on.
#include <deque>
#include <iostream>
#include <memory>
#include <optional>
#include <vector>

#include "../files.hpp"
#include "../sandbox.hpp"
#include "../sentence.hpp"
#include "../timestamp.hpp"
#include "commands.hpp"

namespace stet::commands {
namespace {

// Documents are handed to the workers many at a time, up to so many or so large, and one such batch is read
// while the one before is checked.
constexpr size_t batch_documents = 64, batch_bytes = 1u << 20;

struct Row {
  nlohmann::json id;
  std::string error;
  std::optional<Document> document;
  Run::Pending pending;
};

// The text of a member; nothing where it is missing or null.
std::optional<std::string> text_of(const nlohmann::json& row, const char* member) {
  const auto found = row.find(member);
  if (found == row.end() || found->is_null()) return std::nullopt;
  if (!found->is_string()) throw std::runtime_error(std::string(member) + " is not a text");
  return found->get<std::string>();
}

nlohmann::json id_of(const nlohmann::json& row) {
  const auto found = row.find("id");
  if (found == row.end()) throw std::runtime_error("has no id");
  if (!found->is_string() && !found->is_number())
    throw std::runtime_error("id is neither a text nor a number");
  return *found;
}

Document document_of(const nlohmann::json& row, const std::string& name) {
  const auto format = format_named(text_of(row, "format").value_or("text"));
  if (!format) throw std::runtime_error("format is neither text nor markdown nor html");
  const auto text = text_of(row, "text");
  if (!text) throw std::runtime_error("has no text");
  auto document = read_document(name, *text, *format);
  const auto published = text_of(row, "published"), url = text_of(row, "url");
  if (published && !parse_timestamp(*published))
    throw std::runtime_error("published is \"" + *published + "\", which is not an RFC 3339 time or date");
  if (published) document.metadata.published = published;
  if (url) document.metadata.url = url;
  return document;
}

Row read_row(const std::string& line, size_t number) {
  Row row;
  const std::string name = "line " + std::to_string(number);
  try {
    const auto value = nlohmann::json::parse(line);
    if (!value.is_object()) throw std::runtime_error("is not a JSON object");
    row.id = id_of(value);
    row.document = document_of(value, name);
  } catch (const nlohmann::json::parse_error& e) {
    row.error = name + ": not JSON at byte " + std::to_string(e.byte);
  } catch (const nlohmann::json::exception&) {
    row.error = name + ": holds a number that is too large";
  } catch (const std::exception& e) {
    row.error = naming(name, e.what());
  }
  return row;
}

void start(Run& run, std::vector<Row>& rows) {
  std::vector<Reading> readings;
  for (const auto& row : rows)
    if (row.document) readings.push_back({*row.document});
  if (readings.empty()) return;
  auto pending = run.start(readings);
  auto next = pending.begin();
  for (auto& row : rows)
    if (row.document) row.pending = std::move(*next++);
}

nlohmann::json outcome_json(const Outcome& outcome) {
  nlohmann::json j{{"outcome", name(outcome.kind)}};
  if (!outcome.reason.empty()) j["reason"] = outcome.reason;
  if (!sandbox::missing_fences(outcome.confinement).empty()) j["confinement"] = outcome.confinement;
  return j;
}

bool finish(Row& row) {
  nlohmann::json out{{"id", row.id}};
  if (!row.error.empty()) {
    out["error"] = row.error;
  } else {
    out["outcomes"] = nlohmann::json::object();
    out["facts"] = out["findings"] = nlohmann::json::array();
    for (const auto& run : row.pending.get()) {
      out["outcomes"][run.id] = outcome_json(run.outcome);
      for (const auto& f : run.outcome.facts) out["facts"].push_back(to_json(f));
      for (const auto& f : run.outcome.findings) out["findings"].push_back(to_json(f));
    }
  }
  std::cout << out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
  return row.error.empty();
}

// Rows of the input until there are enough for a batch, or none is there yet; empty at the end. `number` is
// that of the last line read.
std::vector<Row> read_batch(size_t& number) {
  std::vector<Row> rows;
  size_t bytes = 0;
  for (std::string line; std::getline(std::cin, line);) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    rows.push_back(read_row(line, number));
    bytes += line.size();
    if (rows.size() == batch_documents || bytes >= batch_bytes || std::cin.rdbuf()->in_avail() <= 0) break;
  }
  return rows;
}

int stream(const PluginOptions& plugins) {
  Run run = plugins.run();
  std::deque<std::vector<Row>> batches;
  bool good = true;
  const auto finish_oldest = [&] {
    batches.front().back().pending.wait();  // the last answer comes last: one wait instead of many
    for (auto& row : batches.front()) good &= finish(row);
    batches.pop_front();
  };
  size_t number = 0;
  while (std::cout) {
    auto rows = read_batch(number);
    if (rows.empty()) break;
    start(run, rows);
    batches.push_back(std::move(rows));
    // A reader that waits for each answer must get it before it sends the next row.
    const bool is_waiting = std::cin.rdbuf()->in_avail() <= 0;
    while (batches.size() > (is_waiting ? 0 : 1)) finish_oldest();
    if (is_waiting) std::cout << std::flush;
  }
  while (!batches.empty() && std::cout) finish_oldest();
  std::cout << std::flush;
  if (std::cin.bad()) throw std::runtime_error("standard input cannot be read");
  return good ? 0 : 2;
}

}  // namespace

void add_stream(CLI::App& app, int& exit_code) {
  auto* command =
      app.add_subcommand("stream", "check documents given as NDJSON on stdin, answer as NDJSON on stdout");
  const auto plugins = std::make_shared<PluginOptions>();
  plugins->add_to(command);
  command->footer(R"(Example: echo '{"id":"1","text":"A title\nHe left today."}' | stet stream)");
  command->callback([plugins, &exit_code] { exit_code = stream(*plugins); });
}

}  // namespace stet::commands
