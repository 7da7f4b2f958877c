#include "run.hpp"

#include <algorithm>
#include <utility>

#include "options.hpp"

namespace stet {
namespace {

template <class T>
void sort_by_place(std::vector<T>& all) {
  std::stable_sort(all.begin(), all.end(), [](const T& a, const T& b) { return a.range < b.range; });
}

std::future<Outcome> answered(Outcome outcome) {
  std::promise<Outcome> promise;
  promise.set_value(std::move(outcome));
  return promise.get_future();
}

}  // namespace

Run::Run(std::vector<ChosenPlugin> plugins, bool in_process, const std::shared_ptr<Nursery>& nursery) {
  for (auto& p : plugins) {
    Place place{std::move(p), nlohmann::json::object(), nullptr, nullptr};
    if (const auto& image = place.plugin.image) {
      const auto& services = image->manifest().services;
      wants_previous_ |= std::count(services.begin(), services.end(), "stet.previous/1") > 0;
      place.recorded_options = recorded_options(image->manifest(), place.plugin.options);
      if (in_process && place.plugin.bundled)
        place.here = std::make_unique<InProcess>(image, place.plugin.options);
      else
        place.worker = std::make_unique<Worker>(
            Worker::Setup{.plugin = image, .options = place.plugin.options, .nursery = nursery});
    }
    places_.push_back(std::move(place));
  }
}

Run::~Run() {
  for (auto& place : places_)
    if (place.worker) place.worker->stop();
}

void Run::rest() {
  for (auto& place : places_)
    if (place.worker) place.worker->rest();
}

std::vector<std::future<Outcome>> Run::Place::verify(const Worker::Documents& documents) {
  if (worker) return worker->verify(documents);
  std::vector<std::future<Outcome>> outcomes(documents.size());
  if (here)
    for (size_t i = 0; i < documents.size(); ++i) outcomes[i] = answered(here->verify(*documents[i]));
  return outcomes;
}

std::vector<Run::Pending> Run::start(std::span<const Reading> readings) {
  const auto documents = SharedDocument::share(readings, pool_, wants_previous_);
  std::vector<Pending> all(readings.size());
  for (auto& place : places_) {
    auto answers = place.verify(documents);
    for (size_t i = 0; i < readings.size(); ++i) all[i].answers_.push_back(std::move(answers[i]));
  }
  for (const auto& place : places_) {  // while they are at work: the digest may not be known yet
    const auto& p = place.plugin;
    const Outcome not_run{Outcome::Kind::not_run, p.reason, "", {}, {}};
    for (auto& one : all) one.runs_.push_back({p.id, p.version, p.sha256(), not_run, place.recorded_options});
  }
  return all;
}

void Run::Pending::wait() const {
  for (const auto& answer : answers_)
    if (answer.valid()) answer.wait();
}

std::vector<PluginRun> Run::Pending::get() {
  for (size_t i = 0; i < runs_.size(); ++i) {
    if (answers_[i].valid()) runs_[i].outcome = answers_[i].get();
    sort_by_place(runs_[i].outcome.findings);
    sort_by_place(runs_[i].outcome.facts);
  }
  return std::move(runs_);
}

std::vector<const Manifest*> Run::manifests() const {
  std::vector<const Manifest*> all;
  for (const auto& place : places_)
    if (place.plugin.image) all.push_back(&place.plugin.image->manifest());
  return all;
}

}  // namespace stet
