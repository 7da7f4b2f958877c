// The host's side: one thread that gives documents to a process and judges all that it answers.
#include "worker.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "contract.hpp"
#include "sandbox.hpp"
#include "worker_process.hpp"

namespace stet {
namespace {

using Kind = Outcome::Kind;
using Clock = WorkerProcess::Clock;
using Event = WorkerProcess::Event;
using namespace std::chrono_literals;

// From the spawn until the process is confined: this program's own time, so never a plugin's fault.
constexpr auto time_to_spawn = 20s;
// A deadline grows by the time that the machine had no processor free for the plugin or for hearing
// it, up to this many times its length: a busy machine must not make an honest plugin look slow.
constexpr int max_stretch = 10;
constexpr const char* stopped_reason = "stet stopped before it was done";

struct Job {
  std::shared_ptr<const SharedDocument> document;
  std::promise<Outcome> promise;
};

Outcome ended(Kind kind, std::string reason) {
  return {kind, std::move(reason), "", {}, {}};
}

std::string named_call(std::string_view body) {
  const auto number = body_as<int32_t>(body);
  return "system call " + (number < 0 ? "that was not named" : sandbox::system_call_name(number));
}

// When a process was given something to do, and how long it had been starved by then.
struct Given {
  explicit Given(const WorkerProcess& process) : time(Clock::now()), starved(process.starved()) {}
  Clock::time_point time;
  std::chrono::nanoseconds starved;
};

// What any event means that is no answer.
Outcome interrupted(WorkerProcess& process, Event event, const std::string& late) {
  switch (event) {
    case Event::timed_out: return ended(Kind::timed_out, late);
    case Event::stopped: return ended(Kind::not_run, stopped_reason);
    case Event::too_large:
      return ended(Kind::failed, "a message over " + std::to_string(max_packet_bytes) + " bytes");
    default: return process.ending();
  }
}

// What the last packets mean, in whatever state; any other is a breach.
Outcome concluded(Tag tag, std::string_view body) {
  switch (tag) {
    case Tag::checked: return ended(Kind::checked, "");
    case Tag::failed:
    case Tag::refused:
    case Tag::unusable: return ended(Kind::failed, one_line(body, "failed without a reason"));
    case Tag::forbidden: return ended(Kind::forbidden, named_call(body));
    default: throw Breach("a message outside the protocol");
  }
}

}  // namespace

struct Worker::Impl {
  explicit Impl(Setup s)
      : setup(std::move(s)),
        deadline(setup.plugin->manifest().limits.deadline_ms),
        options(sealed_memory(setup.options.dump(), "share a plugin's options")),
        stop(eventfd(0, EFD_CLOEXEC)) {
    if (!stop) throw std::system_error(errno, std::generic_category(), "cannot make an eventfd");
    thread = std::jthread([this](const std::stop_token& token) { run(token); });
  }
  ~Impl() {
    thread.request_stop();
    const uint64_t one = 1;
    [[maybe_unused]] const auto written = write(stop.get(), &one, sizeof one);
  }

  void run(const std::stop_token& token);
  Outcome check(const SharedDocument& document);
  void start();
  std::optional<Outcome> start_and_wait();
  std::optional<Outcome> give(const SharedDocument& document);
  Event next(const Given& given);
  Outcome listen(Contract& contract, const Given& given, Outcome& said);

  Setup setup;
  std::chrono::milliseconds deadline;
  Descriptor options, stop;
  std::mutex mutex;
  std::condition_variable_any wake;
  std::deque<Job> queue;
  // The thread's own:
  std::optional<WorkerProcess> process;
  std::string confinement;
  std::jthread thread;  // last: it is joined before anything it uses goes
};

void Worker::Impl::run(const std::stop_token& token) {
  std::unique_lock lock(mutex);
  while (wake.wait(lock, token, [&] { return !queue.empty(); }) && !token.stop_requested()) {
    auto job = std::move(queue.front());
    queue.pop_front();
    lock.unlock();
    Outcome outcome;
    try {
      outcome = check(*job.document);
    } catch (const std::exception& e) {
      outcome = ended(Kind::not_run, e.what());
    }
    if (outcome.kind != Kind::checked) process.reset();
    job.document.reset();  // whoever has the outcome may count on the document being let go
    job.promise.set_value(std::move(outcome));
    lock.lock();
  }
  for (auto& job : queue) job.promise.set_value(ended(Kind::not_run, stopped_reason));
  queue.clear();
  process.reset();  // by the thread that started it
}

void Worker::Impl::start() {
  process.emplace();
  const StartBody body{getpid(), setup.confined ? 1u : 0u, setup.plugin->manifest().limits.memory_mb};
  process->send(Tag::start, bytes_of(body), {setup.plugin->memory().get(), options.get()});
}

// Nothing when the plugin is ready.
std::optional<Outcome> Worker::Impl::start_and_wait() {
  confinement.clear();
  start();
  auto event = process->next(Clock::now() + time_to_spawn, stop);
  if (event == Event::stopped) return ended(Kind::not_run, stopped_reason);
  // The first packet precedes all code of the plugin's; only therefore is it believed, and only
  // therefore is anything else no fault of the plugin's.
  if (event != Event::packet) return ended(Kind::not_run, "a worker process did not start");
  if (process->tag() != Tag::confined)
    return ended(Kind::not_run, "a worker process cannot start: " + one_line(process->body(), "no reason"));
  confinement = one_line(process->body(), "");
  event = next(Given(*process));
  if (event != Event::packet)
    return interrupted(*process, event, "not ready within " + std::to_string(deadline.count()) + " ms");
  if (process->tag() == Tag::ready) return std::nullopt;
  return concluded(process->tag(), process->body());
}

// The next packet within the deadline.
Event Worker::Impl::next(const Given& given) {
  for (auto until = given.time + deadline;;) {
    const auto event = process->next(until, stop);
    if (event != Event::timed_out) return event;
    const auto stretch =
        std::min<std::chrono::nanoseconds>(process->starved() - given.starved, (max_stretch - 1) * deadline);
    if (given.time + deadline + stretch <= Clock::now()) return event;
    until = given.time + deadline + stretch;
  }
}

// Reads answers into `said` until the last one, which it returns.
Outcome Worker::Impl::listen(Contract& contract, const Given& given, Outcome& said) {
  std::vector<stet_range> related;
  for (;;) {
    const auto event = next(given);
    if (event != Event::packet)
      return interrupted(*process, event, "no answer within " + std::to_string(deadline.count()) + " ms");
    if (process->tag() == Tag::finding)
      said.findings.push_back(contract.accept(finding_in(process->body(), related)));
    else if (process->tag() == Tag::fact)
      said.facts.push_back(contract.accept(fact_in(process->body())));
    else
      return concluded(process->tag(), process->body());
  }
}

// Gives the document to a process that is ready; otherwise the outcome says why there is none.
std::optional<Outcome> Worker::Impl::give(const SharedDocument& document) {
  for (;;) {
    const bool is_new = !process;
    if (is_new)
      if (auto failure = start_and_wait()) return failure;
    const uint64_t size = document.size();
    if (process->send(Tag::verify, bytes_of(size), {document.memory().get()})) return std::nullopt;
    if (is_new) return std::nullopt;  // listening tells how it ended
    process.reset();                  // it ended after its last answer, and never saw this document
  }
}

Outcome Worker::Impl::check(const SharedDocument& document) {
  Outcome said, last;
  try {
    if (auto failure = give(document)) {
      last = std::move(*failure);
    } else {
      Contract contract(setup.plugin->manifest(), document.text());
      last = listen(contract, Given(*process), said);
    }
  } catch (const Breach& e) {
    last = ended(Kind::failed, e.what());
  }
  last.findings = std::move(said.findings);
  last.facts = std::move(said.facts);
  last.confinement = confinement;
  return last;
}

Worker::Worker(Setup setup) : impl_(std::make_unique<Impl>(std::move(setup))) {}
Worker::~Worker() = default;

std::future<Outcome> Worker::verify(std::shared_ptr<const SharedDocument> document) {
  Job job{std::move(document), {}};
  auto outcome = job.promise.get_future();
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->queue.push_back(std::move(job));
  }
  impl_->wake.notify_one();
  return outcome;
}

}  // namespace stet
