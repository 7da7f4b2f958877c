// The host's side: one thread that gives documents to a process and judges all that it answers.
//
// Up to max_in_flight documents are with the process at a time, so that on one processor neither side waits
// for the other after every document. The answers come in order; when the process ends, the oldest document
// without an answer is the one it ended on, and the others are given to the next process.
#include "worker.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <iterator>
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
// How long an answer may take before anyone asks how long the process was starved: asking costs more than
// most answers.
constexpr auto time_unasked = 10ms;
constexpr const char* stopped_reason = "stet stopped before it was done";

// What is to be done with the process where there is no document for it.
enum class Wish { none, start, rest };

struct Job {
  explicit Job(std::shared_ptr<const SharedDocument> d) : document(std::move(d)) {}
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
  ~Impl() { request_stop(); }

  void request_stop() {
    thread.request_stop();
    const uint64_t one = 1;
    [[maybe_unused]] const auto written = write(stop.get(), &one, sizeof one);
  }

  void run(const std::stop_token& token);
  bool take_jobs(const std::stop_token& token);
  Wish take_wish();
  void start_before_jobs();
  void answer_oldest();
  Outcome check_oldest();
  void start();
  void end_process();
  std::optional<Outcome> start_and_wait();
  std::optional<Outcome> give();
  std::vector<VerifyBody> next_places() const;
  bool send_the_rest();
  Event next(Clock::time_point since);
  Outcome listen(Contract& contract, Outcome& said);
  bool take_statement(const Frame& frame, Contract& contract, Outcome& said);
  void take_what_is_left(Contract& contract, Outcome& said);

  Setup setup;
  std::chrono::milliseconds deadline;
  Descriptor options, stop;
  std::mutex mutex;
  std::condition_variable_any wake;
  std::deque<Job> queue;
  // A worker is made to be used: its process is started while the host reads what is to be checked.
  Wish wish = Wish::start;
  // The thread's own:
  std::deque<Job> in_flight;             // the oldest first
  std::optional<Outcome> early_failure;  // to start the process; the first document's outcome
  size_t given = 0;                      // of these, how many the process has
  std::optional<WorkerProcess> process;
  uint64_t answered = 0;                           // documents, by this process
  Clock::time_point idle_since;                    // when the process answered last
  std::weak_ptr<const SharedMemory> memory_given;  // that the process has mapped
  std::vector<stet_range> related;                 // of the finding at hand
  std::string confinement;
  std::jthread thread;  // last: it is joined before anything it uses goes
};

// More for in_flight, waiting where there is nothing else to do; false when it is time to stop.
bool Worker::Impl::take_jobs(const std::stop_token& token) {
  // Many at a time: what is handed over together takes one packet.
  if (in_flight.size() > max_in_flight / 2) return !token.stop_requested();
  std::unique_lock lock(mutex);
  if (in_flight.empty()) wake.wait(lock, token, [&] { return !queue.empty() || wish != Wish::none; });
  for (; !queue.empty() && in_flight.size() < max_in_flight; queue.pop_front())
    in_flight.push_back(std::move(queue.front()));
  if (!in_flight.empty() && wish == Wish::start) wish = Wish::none;  // the document starts it
  return !token.stop_requested();
}

Wish Worker::Impl::take_wish() {
  const std::lock_guard lock(mutex);
  return std::exchange(wish, Wish::none);
}

void Worker::Impl::run(const std::stop_token& token) {
  while (take_jobs(token)) {
    if (!in_flight.empty())
      answer_oldest();
    else if (take_wish() == Wish::start)
      start_before_jobs();
    else
      end_process();
  }
  const std::lock_guard lock(mutex);
  for (auto* jobs : {&in_flight, &queue})
    for (auto& job : *jobs) job.promise.set_value(ended(Kind::not_run, stopped_reason));
  queue.clear();
  in_flight.clear();
  process.reset();  // by the thread that started it
}

void Worker::Impl::start_before_jobs() {
  try {
    early_failure = start_and_wait();
  } catch (const Breach& e) {
    early_failure = ended(Kind::failed, e.what());
  } catch (const std::exception& e) {
    early_failure = ended(Kind::not_run, e.what());
  }
  if (early_failure) end_process();
}

void Worker::Impl::answer_oldest() {
  Outcome outcome;
  try {
    outcome = check_oldest();
  } catch (const std::exception& e) {
    outcome = ended(Kind::not_run, e.what());
  }
  if (outcome.kind != Kind::checked) {
    end_process();
  } else {
    ++answered;
    given -= std::min<size_t>(given, 1);  // an answer may be forged before anything was given
  }
  auto job = std::move(in_flight.front());
  in_flight.pop_front();
  job.document.reset();  // whoever has the outcome may count on the document being let go
  job.promise.set_value(std::move(outcome));
}

void Worker::Impl::end_process() {
  process.reset();
  given = 0;
}

void Worker::Impl::start() {
  process.emplace(setup.nursery.get());
  answered = 0;
  memory_given.reset();
  const StartBody body{getpid(), setup.confined ? 1u : 0u, setup.plugin->manifest().limits.memory_mb};
  process->send(Tag::start, bytes_of(body),
                {setup.plugin->memory().get(), options.get(), process->outbox().memory().get()});
  setup.nursery.reset();  // after sending: the last one waits for the nursery's end
}

// Nothing when the plugin is ready.
std::optional<Outcome> Worker::Impl::start_and_wait() {
  confinement.clear();
  start();
  auto event = process->next(Clock::now() + time_to_spawn, stop);
  if (event == Event::stopped) return ended(Kind::not_run, stopped_reason);
  // The first packet precedes all code of the plugin's; only therefore is it believed, and only
  // therefore is anything else no fault of the plugin's.
  if (event != Event::frame) return ended(Kind::not_run, "a worker process did not start");
  const auto said = one_line(process->frame().body, "no reason");
  if (process->frame().tag != Tag::confined)
    return ended(Kind::not_run, "a worker process cannot start: " + said);
  confinement = said;
  event = next(Clock::now());
  if (event != Event::frame)
    return interrupted(*process, event, "not ready within " + std::to_string(deadline.count()) + " ms");
  idle_since = Clock::now();
  if (process->frame().tag == Tag::ready) return std::nullopt;
  // Nothing was given to it yet.
  if (process->frame().tag == Tag::checked) throw Breach("a message outside the protocol");
  return concluded(process->frame().tag, process->frame().body);
}

// The next frame within the deadline.
Event Worker::Impl::next(Clock::time_point since) {
  const auto soon = since + std::min<Clock::duration>(deadline, time_unasked);
  auto event = process->next(soon, stop);
  if (event != Event::timed_out) return event;
  const auto starved = process->starved();
  for (auto until = since + deadline;;) {
    event = process->next(until, stop);
    if (event != Event::timed_out) return event;
    const auto stretch =
        std::min<std::chrono::nanoseconds>(process->starved() - starved, (max_stretch - 1) * deadline);
    if (since + deadline + stretch <= Clock::now()) return event;
    until = since + deadline + stretch;
  }
}

// Whether it was a statement; if so it is in `said`.
bool Worker::Impl::take_statement(const Frame& frame, Contract& contract, Outcome& said) {
  if (frame.tag == Tag::finding)
    said.findings.push_back(contract.accept(finding_in(frame.body, related)));
  else if (frame.tag == Tag::fact)
    said.facts.push_back(contract.accept(fact_in(frame.body)));
  else
    return false;
  return true;
}

// What the process said and could not send any more.
void Worker::Impl::take_what_is_left(Contract& contract, Outcome& said) try {
  const auto left = process->outbox().left();
  Frames frames(left);
  while (const auto frame = frames.next()) take_statement(*frame, contract, said);
} catch (const Breach&) {
  // It has ended, and why is known: what it left damaged adds nothing.
}

// Reads answers into `said` until the last one, which it returns.
Outcome Worker::Impl::listen(Contract& contract, Outcome& said) {
  for (;;) {
    const auto event = next(idle_since);
    if (event == Event::frame && take_statement(process->frame(), contract, said)) continue;
    auto last =
        event == Event::frame
            ? concluded(process->frame().tag, process->frame().body)
            : interrupted(*process, event, "no answer within " + std::to_string(deadline.count()) + " ms");
    if (last.kind != Kind::checked) take_what_is_left(contract, said);
    idle_since = Clock::now();
    return last;
  }
}

// The places of the documents from in_flight[given] on, as far as they lie in one memory.
std::vector<VerifyBody> Worker::Impl::next_places() const {
  const auto& memory = in_flight[given].document->memory();
  std::vector<VerifyBody> places;
  for (size_t i = given; i < in_flight.size() && in_flight[i].document->memory() == memory; ++i)
    places.push_back(
        {memory->size(), in_flight[i].document->offset(), in_flight[i].document->packed().size()});
  return places;
}

// Sends what of in_flight the process has not. False when it does not take it.
bool Worker::Impl::send_the_rest() {
  while (given < in_flight.size()) {
    const auto& memory = in_flight[given].document->memory();
    const auto places = next_places();
    const std::string_view body(reinterpret_cast<const char*>(places.data()),
                                places.size() * sizeof(VerifyBody));
    if (given == 0) idle_since = Clock::now();
    const bool is_known = memory_given.lock() == memory;
    if (is_known ? !process->send(Tag::verify, body, {})
                 : !process->send(Tag::verify, body, {memory->descriptor().get()}))
      return false;
    memory_given = memory;
    given += places.size();
  }
  return true;
}

// Sees to it that a process has the oldest document; otherwise the outcome says why there is none.
std::optional<Outcome> Worker::Impl::give() {
  if (early_failure) return std::exchange(early_failure, std::nullopt);
  for (;;) {
    const bool is_new = !process;
    if (is_new)
      if (auto failure = start_and_wait()) return failure;
    // Where not all can be sent, listening tells how the process ended, or makes room.
    if (send_the_rest() || given > 0 || is_new) return std::nullopt;
    end_process();  // it ended after its last answer, and never saw this document
  }
}

Outcome Worker::Impl::check_oldest() {
  for (bool is_first_try = true;; is_first_try = false) {
    Outcome said, last;
    try {
      if (auto failure = give()) {
        last = std::move(*failure);
      } else {
        Contract contract(setup.plugin->manifest(), in_flight.front().document->text());
        last = listen(contract, said);
      }
    } catch (const Breach& e) {
      last = ended(Kind::failed, e.what());
    }
    // It was handed over while the process ended, of itself, after the answer before: not this one's doing.
    // The plugin may lie here, but only once.
    const bool unseen =
        last.kind == Kind::crashed && process && process->outbox().documents_begun() == answered;
    if (unseen && answered > 0 && is_first_try) {
      end_process();
      continue;
    }
    last.findings = std::move(said.findings);
    last.facts = std::move(said.facts);
    last.confinement = confinement;
    return last;
  }
}

Worker::Worker(Setup setup) : impl_(std::make_unique<Impl>(std::move(setup))) {}
Worker::~Worker() = default;

std::vector<std::future<Outcome>> Worker::verify(Documents documents) {
  std::vector<std::future<Outcome>> outcomes;
  std::deque<Job> jobs;
  for (auto& document : documents)
    outcomes.push_back(jobs.emplace_back(std::move(document)).promise.get_future());
  {
    const std::lock_guard lock(impl_->mutex);
    std::move(jobs.begin(), jobs.end(), std::back_inserter(impl_->queue));
  }
  impl_->wake.notify_one();
  return outcomes;
}

void Worker::stop() {
  impl_->request_stop();
}

void Worker::rest() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->wish = Wish::rest;
  }
  impl_->wake.notify_one();
}

std::future<Outcome> Worker::verify(std::shared_ptr<const SharedDocument> document) {
  return std::move(verify(Documents{std::move(document)}).front());
}

}  // namespace stet
