// ledger_writer_bench ours|git FOLDER ARTICLES articles|rounds [PACK-COMPRESSION]: what it costs to store
// five revisions of each article in batches of 1000, through Ledger::append or through git fast-import, the
// same bytes at the same paths. Prints microseconds a revision: CPU, wall; then the most anonymous memory
// (MB) of this process, without the batch that it makes up; then the size of the packs (MB).
//
// "articles": an article's revisions one after the other, as an import brings them. "rounds": every article's
// first revision, then every second one, and so on, as time brings them.
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "corpus.hpp"
#include "ledger.hpp"

using namespace stet;
using namespace stet::bench;
namespace fs = std::filesystem;

namespace {

struct Order {
  uint32_t articles;
  bool rounds;
  size_t size() const { return size_t{articles} * revisions; }
  std::vector<Entry> batch(size_t first) const {
    std::vector<Entry> entries;
    for (size_t i = first; i < std::min(first + in_batch, size()); ++i) {
      const auto n = static_cast<uint32_t>(i);
      entries.push_back(rounds ? make_entry(n % articles, n / articles + 1)
                               : make_entry(n / revisions, n % revisions + 1));
    }
    return entries;
  }
};

double seconds(const timeval& t) {
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
}

double cpu(int who) {
  rusage used{};
  getrusage(who, &used);
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

double wall() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double anonymous_mb() {
  std::ifstream status("/proc/self/status");
  std::string word;
  double kb = 0;
  while (status >> word)
    if (word == "RssAnon:") status >> kb;
  return kb / 1024;
}

double packs_mb(const fs::path& folder) {
  double bytes = 0;
  for (const auto& file : fs::directory_iterator(folder / "objects/pack"))
    bytes += static_cast<double>(file.file_size());
  return bytes / 1e6;
}

struct Cost {
  double cpu = 0, wall = 0, memory = 0;
};

Cost ours(const fs::path& folder, const Order& order) {
  double before = 0;
  {
    const auto one_batch = order.batch(0);
    before = anonymous_mb();
  }
  auto ledger = Ledger::create(folder, {{"ledger.json", R"({"format":1,"origin":"bench"})"}}, time_0);
  const auto locked = ledger.lock();
  Cost cost;
  for (size_t i = 0; i < order.size(); i += in_batch) {
    const auto batch = order.batch(i);
    const double cpu_0 = cpu(RUSAGE_SELF), wall_0 = wall();
    ledger.append(batch, "batch", time_0);
    cost.cpu += cpu(RUSAGE_SELF) - cpu_0;
    cost.wall += wall() - wall_0;
    cost.memory = std::max(cost.memory, anonymous_mb() - before);
  }
  return cost;
}

// A batch as fast-import reads it. The last command makes it say when it is done.
std::string stream_of(const std::vector<Entry>& batch) {
  std::string s = "commit refs/heads/main\ncommitter stet <stet@localhost> " + std::to_string(time_0) +
                  " +0000\ndata 5\nbatch\n";
  const auto file = [&](const std::string& path, const std::string& bytes) {
    s += "M 100644 inline " + path + "\ndata " + std::to_string(bytes.size()) + '\n' + bytes + '\n';
  };
  for (const auto& e : batch) {
    const std::string path = entry_path(e.article, e.revision, "");
    file(path, e.document);
    file(path + ".report", e.report);
    file(path + ".sig", e.signatures);
  }
  return s + "progress done\n";
}

class FastImport {
 public:
  FastImport(const fs::path& folder, const std::string& level) {
    if (pipe(in_) != 0 || pipe(out_) != 0) throw std::runtime_error("no pipe");
    if (fork() == 0) {
      dup2(in_[0], 0);
      dup2(out_[1], 1);
      for (const int fd : {in_[0], in_[1], out_[0], out_[1]}) close(fd);
      const std::string dir = "--git-dir=" + folder.string(), config = "pack.compression=" + level;
      execlp("git", "git", dir.c_str(), "-c", config.c_str(), "fast-import", "--quiet", nullptr);
      _exit(127);
    }
    close(in_[0]);
    close(out_[1]);
  }
  void send(const std::string& stream) const {
    for (size_t at = 0; at < stream.size();) {
      const ssize_t n = write(in_[1], stream.data() + at, stream.size() - at);
      if (n < 0) throw std::runtime_error("git fast-import has ended");
      at += static_cast<size_t>(n);
    }
    for (char c = 0; c != '\n';)
      if (read(out_[0], &c, 1) != 1) throw std::runtime_error("git fast-import has ended");
  }
  void finish() const {
    close(in_[1]);
    int status = 0;
    if (wait(&status) < 0 || status != 0) throw std::runtime_error("git fast-import has failed");
  }

 private:
  int in_[2]{}, out_[2]{};
};

Cost gits(const fs::path& folder, const Order& order, const std::string& level) {
  if (std::system(("git init -q --bare -b main '" + folder.string() + "'").c_str()) != 0)
    throw std::runtime_error("git init has failed");
  const double cpu_0 = cpu(RUSAGE_CHILDREN);
  const FastImport git(folder, level);
  Cost cost;
  for (size_t i = 0; i < order.size(); i += in_batch) {
    const std::string stream = stream_of(order.batch(i));
    const double wall_0 = wall();
    git.send(stream);
    cost.wall += wall() - wall_0;
  }
  const double wall_0 = wall();
  git.finish();
  cost.wall += wall() - wall_0;
  cost.cpu = cpu(RUSAGE_CHILDREN) - cpu_0;
  return cost;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 5)
    return std::fputs("usage: ledger_writer_bench ours|git FOLDER ARTICLES articles|rounds [LEVEL]\n",
                      stderr),
           2;
  const fs::path folder = argv[2];
  const Order order{static_cast<uint32_t>(std::stoul(argv[3])), std::strcmp(argv[4], "rounds") == 0};
  const bool own = std::strcmp(argv[1], "ours") == 0;
  const Cost cost = own ? ours(folder, order) : gits(folder, order, argc > 5 ? argv[5] : "-1");
  const double each = 1e6 / static_cast<double>(order.size());
  std::printf("%.1f %.1f %.1f %.1f\n", cost.cpu * each, cost.wall * each, cost.memory, packs_mb(folder));
} catch (const std::exception& e) {
  std::cerr << "ledger_writer_bench: " << e.what() << "\n";
  return 1;
}
