// What a call of a plugin costs: in this process, in a worker, and in a worker with many documents in flight.
// Usage: worker_bench SECONDS ARTICLE PLUGIN.so...
// Times are wall time per document, the median of several rounds; "over" is what is added to the call in
// process. One processor: host and workers share it.
#include <sched.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "files.hpp"
#include "in_process.hpp"
#include "options.hpp"
#include "worker.hpp"

namespace {

using Clock = std::chrono::steady_clock;
constexpr size_t document_bytes = 10000, batch = 64, rounds = 7;

// Of the documents' size, cut at the end of a line.
stet::Document sample(const std::string& file) {
  auto text = stet::read_file(file, stet::max_document_bytes);
  while (text.size() < document_bytes) text += "\n\n" + text;
  text.resize(text.rfind('\n', document_bytes));
  return stet::read_document("sample.txt", text, stet::Format::text);
}

void use_processors(unsigned count) {
  cpu_set_t set;
  CPU_ZERO(&set);
  for (unsigned i = 0; i < count; ++i) CPU_SET(i, &set);
  if (sched_setaffinity(0, sizeof set, &set) != 0) std::perror("sched_setaffinity");
}

// Microseconds for one document; `work(n)` checks n of them.
template <class Work>
double per_document(double seconds, Work work) {
  work(batch);  // starts what has to be started
  size_t n = batch;
  std::vector<double> times;
  for (size_t round = 0; round <= rounds; ++round) {
    const auto begin = Clock::now();
    work(n);
    const auto took = std::chrono::duration<double>(Clock::now() - begin).count();
    if (round > 0) times.push_back(took / static_cast<double>(n) * 1e6);
    // The first round only finds out how many fill the time.
    if (round == 0)
      n = std::max<size_t>(batch, static_cast<size_t>(seconds / rounds / took * batch) / batch * batch);
  }
  std::nth_element(times.begin(), times.begin() + rounds / 2, times.end());
  return times[rounds / 2];
}

void demand_checked(const stet::Outcome& outcome) {
  if (outcome.kind == stet::Outcome::Kind::checked) return;
  std::fprintf(stderr, "worker_bench: %s\n", outcome.reason.c_str());
  std::exit(1);
}

class Bench {
 public:
  Bench(const stet::Document& document, const std::string& plugin, double seconds)
      : document_(document),
        image_(std::make_shared<const stet::PluginImage>(plugin)),
        options_(stet::complete_options(image_->manifest(), {})),
        seconds_(seconds) {}

  void run() {
    use_processors(2);
    const double here = in_process();
    std::printf("%-28s in process                    %8.1f us  %7.0f calls/s\n",
                image_->manifest().id.c_str(), here, 1e6 / here);
    for (const unsigned processors : {1u, 2u}) {
      use_processors(processors);
      stet::Worker worker({image_, options_});
      const auto name = std::to_string(processors) + (processors == 1 ? " core " : " cores");
      report("worker, " + name + ", one at a time", one_at_a_time(worker), here);
      report("worker, " + name + ", pipelined", pipelined(worker), here);
    }
  }

 private:
  static void report(const std::string& name, double time, double here) {
    std::printf("  %-26s %-29s %8.1f us  %7.0f calls/s  %+7.1f us over\n", "", name.c_str(), time, 1e6 / time,
                time - here);
  }

  stet::Worker::Documents shared(size_t n) {
    return stet::SharedDocument::share(std::vector<stet::Reading>(n, stet::Reading{document_}), pool_);
  }

  double in_process() {
    stet::InProcess plugin(image_, options_);
    return per_document(seconds_, [&](size_t n) {
      for (size_t i = 0; i < n; i += batch)
        for (const auto& document : shared(batch)) demand_checked(plugin.verify(*document));
    });
  }

  double one_at_a_time(stet::Worker& worker) {
    return per_document(seconds_, [&](size_t n) {
      for (size_t i = 0; i < n; ++i) demand_checked(worker.verify(shared(1).front()).get());
    });
  }

  // As `stet stream` does it: a batch is handed over while the one before is checked.
  double pipelined(stet::Worker& worker) {
    return per_document(seconds_, [&](size_t n) {
      auto before = worker.verify(shared(batch));
      for (size_t i = batch; i < n; i += batch) finish(std::exchange(before, worker.verify(shared(batch))));
      finish(std::move(before));
    });
  }

  static void finish(std::vector<std::future<stet::Outcome>> answers) {
    answers.back().wait();
    for (auto& answer : answers) demand_checked(answer.get());
  }

  const stet::Document& document_;
  std::shared_ptr<const stet::PluginImage> image_;
  nlohmann::json options_;
  double seconds_;
  stet::MemoryPool pool_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == "worker") return stet::worker_main(argc, argv);
  if (argc < 4) {
    std::fputs("usage: worker_bench SECONDS ARTICLE PLUGIN.so...\n", stderr);
    return 2;
  }
  const auto document = sample(argv[2]);
  std::printf("a document of %zu bytes; %zu in flight when pipelined\n", document.text.size(), batch);
  for (int i = 3; i < argc; ++i) Bench(document, argv[i], std::atof(argv[1])).run();
}
