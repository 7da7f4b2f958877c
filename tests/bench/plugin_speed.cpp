// plugin_speed PLUGIN.so ARTICLES.ndjson [TIMES]: megabytes per second of one plugin alone, in this process,
// on one core.
//
// Reads what `stet stream` reads. Each line of a text is a paragraph node, and the first is the title;
// reading JSON and cutting lines is not timed. The answer is CPU time (user), so that a busy machine disturbs
// it little.
#include <dlfcn.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include <stet/plugin.h>

namespace {

struct Article {
  std::string text, metadata;
  std::vector<stet_node> nodes;
};

std::vector<stet_node> lines_of(const std::string& text) {
  std::vector<stet_node> nodes;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const uint32_t kind = nodes.empty() ? STET_TITLE : STET_PARAGRAPH;
    if (end > at)
      nodes.push_back(
          {kind, STET_NO_PARENT, {static_cast<uint32_t>(at), static_cast<uint32_t>(end)}, {"", 0}});
    at = end + 1;
  }
  return nodes;
}

std::vector<Article> read(const char* path) {
  std::vector<Article> out;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    const auto row = nlohmann::json::parse(line);
    Article a{row.at("text"), "{}", {}};
    if (row.contains("published")) a.metadata = nlohmann::json{{"published", row["published"]}}.dump();
    a.nodes = lines_of(a.text);
    out.push_back(std::move(a));
  }
  return out;
}

int take_finding(void*, const stet_finding*) {
  return 1;
}
int take_fact(void*, const stet_fact*) {
  return 1;
}
void print_reason(void*, stet_text reason) {
  std::cerr << std::string(reason.data, reason.size) << "\n";
}
const void* no_service(void*, stet_text) {
  return nullptr;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return std::cerr << "usage: plugin_speed PLUGIN.so ARTICLES.ndjson [TIMES]\n", 2;
  void* library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
  const auto* plugin = library ? static_cast<const stet_plugin*>(dlsym(library, "stet_plugin_v1")) : nullptr;
  if (!plugin) return std::cerr << argv[1] << " is no plugin\n", 2;
  const stet_host host{sizeof host, 0, nullptr, take_finding, take_fact, print_reason, no_service};
  void* instance = plugin->create(&host, {"{}", 2});
  const auto articles = read(argv[2]);
  const int times = argc > 3 ? std::atoi(argv[3]) : 3;
  double bytes = 0;
  const std::clock_t start = std::clock();
  for (int n = 0; n < times; ++n)
    for (const auto& a : articles) {
      const stet_document document{sizeof document,
                                   sizeof(stet_node),
                                   static_cast<uint32_t>(a.nodes.size()),
                                   0,
                                   a.nodes.data(),
                                   {a.text.data(), a.text.size()},
                                   {a.metadata.data(), a.metadata.size()}};
      plugin->verify(instance, &document);
      bytes += static_cast<double>(a.text.size());
    }
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  plugin->destroy(instance);
  std::cout << bytes / seconds / 1e6 << " MB/s\n";
}
