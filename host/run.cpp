#include "run.hpp"

#include <algorithm>

#include "sandbox.hpp"

namespace stet {
namespace {

template <class T>
void sort_by_place(std::vector<T>& all) {
  std::stable_sort(all.begin(), all.end(), [](const T& a, const T& b) { return a.range < b.range; });
}

}  // namespace

Run::Run(std::vector<ChosenPlugin> plugins) : plugins_(std::move(plugins)) {
  for (const auto& p : plugins_)
    workers_.push_back(p.image ? std::make_unique<Worker>(Worker::Setup{p.image, nlohmann::json::object(),
                                                                        !sandbox::built_with_sanitizers()})
                               : nullptr);
}

Run::Pending Run::start(const Document& document, const nlohmann::json& sources) {
  const auto shared = std::make_shared<const SharedDocument>(document, sources);
  Pending pending;
  for (size_t i = 0; i < plugins_.size(); ++i) {
    const auto& p = plugins_[i];
    pending.runs_.push_back({p.id, p.version, p.sha256, {Outcome::Kind::not_run, p.reason, "", {}, {}}});
    pending.answers_.push_back(workers_[i] ? workers_[i]->verify(shared) : std::future<Outcome>());
  }
  return pending;
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
  for (const auto& p : plugins_)
    if (p.image) all.push_back(&p.image->manifest());
  return all;
}

}  // namespace stet
