// pages_bench FILE...: what stet reads as the article of web pages, and how long it takes. Writes one JSON
// object,
// {"<name without ending>": {"articleBody": text without the title}}, and the time a page on stderr.
#include <chrono>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "document.hpp"
#include "files.hpp"

namespace {

using namespace stet;

std::string body_of(const Document& document) {
  const bool titled = !document.nodes.empty() && document.nodes.front().kind == NodeKind::title;
  return titled ? document.text.substr(document.nodes.front().range.end) : document.text;
}

}  // namespace

int main(int count, char** arguments) {
  auto bodies = nlohmann::json::object();
  std::chrono::duration<double, std::milli> spent{};
  for (int i = 1; i < count; ++i) {
    const std::filesystem::path file = arguments[i];
    std::string body;
    const auto begin = std::chrono::steady_clock::now();
    try {
      body = body_of(read_document(file.string(), read_file(file, max_document_bytes), Format::html));
    } catch (const std::exception& e) {
      std::cerr << e.what() << "\n";
    }
    spent += std::chrono::steady_clock::now() - begin;
    bodies[file.stem().string()] = {{"articleBody", body}};
  }
  std::cout << bodies.dump() << "\n";
  std::cerr << spent.count() / std::max(count - 1, 1) << " ms a page\n";
}
