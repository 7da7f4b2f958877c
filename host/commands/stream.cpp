// NDJSON in, NDJSON out, in input order; the shape of a row is in FORMATS.md. A row that cannot be read
// becomes a row with "error", and the stream goes on.
#include <deque>
#include <iostream>
#include <memory>

#include "commands.hpp"

namespace stet::commands {
namespace {

// Documents handed to the workers and not yet answered: enough to keep each busy while another prints.
constexpr size_t in_flight = 16;

struct Row {
  nlohmann::json id;
  std::string error;
  Run::Pending pending;
};

Document row_document(const nlohmann::json& row, const std::string& name) {
  const auto format = row.value("format", "text");
  if (format != "text" && format != "markdown")
    throw std::runtime_error(name + ": format is \"text\" or \"markdown\"");
  auto document = read_document(name, row.at("text").get<std::string>(),
                                format == "markdown" ? Format::markdown : Format::text);
  if (row.contains("published")) document.metadata.published = row["published"].get<std::string>();
  if (row.contains("url")) document.metadata.url = row["url"].get<std::string>();
  return document;
}

Row start(Run& run, const std::string& line, size_t number) {
  Row row;
  const std::string name = "line " + std::to_string(number);
  try {
    const auto value = nlohmann::json::parse(line);
    row.id = value.at("id");
    row.pending = run.start(row_document(value, name), nlohmann::json::array());
  } catch (const nlohmann::json::exception& e) {
    row.error = name + ": not a document of stet stream: " + e.what();
  } catch (const std::exception& e) {
    row.error = e.what();
  }
  return row;
}

nlohmann::json outcome_json(const Outcome& outcome) {
  nlohmann::json j{{"outcome", name(outcome.kind)}};
  if (!outcome.reason.empty()) j["reason"] = outcome.reason;
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

int stream(const PluginOptions& plugins) {
  Run run(plugins.choose());
  std::deque<Row> rows;
  bool good = true;
  const auto finish_oldest = [&] {
    good &= finish(rows.front());
    rows.pop_front();
  };
  size_t number = 0;
  for (std::string line; std::getline(std::cin, line);) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    rows.push_back(start(run, line, number));
    // A reader that waits for each answer must get it before it sends the next row.
    while (!rows.empty() && (rows.size() > in_flight || std::cin.rdbuf()->in_avail() <= 0)) finish_oldest();
    if (rows.empty()) std::cout << std::flush;
  }
  while (!rows.empty()) finish_oldest();
  std::cout << std::flush;
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
