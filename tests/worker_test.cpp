#include "worker.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "sandbox.hpp"

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using Kind = stet::Outcome::Kind;

namespace {

namespace fs = std::filesystem;

std::shared_ptr<const stet::PluginImage> image(const std::string& name) {
  static std::map<std::string, std::shared_ptr<const stet::PluginImage>> images;
  auto& kept = images[name];
  if (!kept) kept = std::make_shared<const stet::PluginImage>(fs::path(STET_HOSTILE_DIR) / (name + ".so"));
  return kept;
}

stet::Document document_of(const std::vector<std::string>& paragraphs) {
  stet::Document d;
  d.name = "test";
  for (const auto& p : paragraphs) {
    const auto begin = static_cast<uint32_t>(d.text.size());
    d.text += p;
    d.nodes.push_back(
        {stet::NodeKind::paragraph, stet::no_parent, {begin, static_cast<uint32_t>(d.text.size())}, ""});
    d.text += "\n\n";
  }
  d.bytes = d.text;
  return d;
}

std::shared_ptr<const stet::SharedDocument> shared(
    const std::vector<std::string>& paragraphs = {"We stay.", "“We go,” she said.", "Ça va."},
    const nlohmann::json& sources = nlohmann::json::array()) {
  return std::make_shared<const stet::SharedDocument>(stet::Reading{document_of(paragraphs), sources});
}

stet::Outcome run(stet::Worker& worker) {
  return worker.verify(shared()).get();
}

// Deadlines of 500 ms stretched tenfold on a busy machine, and the time to start a process, which is long
// with sanitizers. On a quiet one everything here takes 500 ms and a little.
constexpr auto longest = stet::sandbox::built_with_sanitizers() ? 20s : 7s;

}  // namespace

TEST_CASE("a well-behaved plugin's findings and facts arrive in the order it gave them") {
  stet::Worker worker({image("echo")});
  const auto outcome = run(worker);
  REQUIRE(outcome.kind == Kind::checked);
  CHECK(outcome.reason.empty());
  REQUIRE(outcome.findings.size() == 3);
  REQUIRE(outcome.facts.size() == 3);
  for (size_t i = 0; i < 3; ++i) {
    CHECK(outcome.findings[i].message == "Paragraph " + std::to_string(i) + ".");
    CHECK(outcome.findings[i].plugin == "org.stet.hostile.echo");
    CHECK(outcome.findings[i].severity == stet::Severity::note);
    CHECK(outcome.facts[i].fields == nlohmann::json{{"number", i}});
    CHECK(outcome.facts[i].range == outcome.findings[i].range);
  }
}

TEST_CASE("a plugin gets its options, the document's metadata and its sources") {
  const nlohmann::json sources = {{{"reference", "a.txt"}, {"state", "missing"}, {"reason", "gone"}}};
  stet::Worker worker({image("echo"), {{"word", std::string(300000, 'w')}}});
  // 300 kB of options do not fit into evidence, so the options are seen through its size being refused.
  CHECK(worker.verify(shared({"One."}, sources)).get().reason ==
        "a finding outside the contract: over 65536 bytes of text");

  stet::Worker small({image("echo"), {{"word", "w"}}});
  auto document = document_of({"One."});
  document.metadata.title = "“Title”";
  const auto outcome =
      small.verify(std::make_shared<const stet::SharedDocument>(stet::Reading{document, sources})).get();
  REQUIRE(outcome.findings.size() == 1);
  const auto& evidence = outcome.findings[0].evidence;
  CHECK(evidence.at("options") == nlohmann::json{{"word", "w"}});
  CHECK(evidence.at("sources") == sources);
  CHECK(evidence.at("metadata").at("title") == "“Title”");
}

TEST_CASE("a plugin in C may say all that a finding can say") {
  stet::Worker worker({image("raw")});
  const auto outcome = worker.verify(shared({"ab"})).get();
  REQUIRE(outcome.kind == Kind::checked);
  REQUIRE(outcome.findings.size() == 1);
  const auto& f = outcome.findings[0];
  CHECK(f.severity == stet::Severity::error);
  CHECK(f.range == stet::Range{0, 2});
  CHECK(f.related == std::vector<stet::Range>{{0, 1}, {1, 2}});
  CHECK(f.evidence == nlohmann::json{{"a", {1}}});
  REQUIRE(f.fix);
  CHECK(f.fix->range == stet::Range{0, 1});
  CHECK(f.fix->text == "“");
}

TEST_CASE("an empty text is a document like any other, and a plugin may refuse it") {
  stet::Worker echo({image("echo")}), raw({image("raw")});
  const auto empty = shared({});
  CHECK(echo.verify(empty).get().kind == Kind::checked);
  const auto outcome = raw.verify(empty).get();
  CHECK(outcome.kind == Kind::failed);
  CHECK(outcome.reason == "the text is too short");
}

TEST_CASE("what was reported before the end is kept") {
  stet::Worker loops({image("loops")});
  CHECK(run(loops).findings.size() == 1);
  if (stet::sandbox::built_with_sanitizers()) return;
  stet::Worker segfault({image("segfault")}), floods({image("floods")});
  CHECK(run(segfault).findings.size() == 1);
  CHECK(run(floods).findings.size() == 10000);
}

TEST_CASE("a library that cannot be loaded is a failed check with the loader's reason") {
  if (stet::sandbox::built_with_sanitizers()) return;  // they add symbols named after the plugin's
  std::ifstream in(fs::path(STET_HOSTILE_DIR) / "raw.so", std::ios::binary);
  const std::string original((std::istreambuf_iterator<char>(in)), {});
  const auto changed = fs::temp_directory_path() / ("stet-renamed-" + std::to_string(getpid()) + ".so");
  // The symbol tables name what a library wants and has; renaming there is what a missing symbol is.
  const auto outcome_of = [&](const std::string& from, const std::string& to) {
    auto bytes = original;
    for (size_t at = 0; (at = bytes.find(from, at)) != bytes.npos; at += to.size())
      bytes.replace(at, to.size(), to);
    std::ofstream(changed, std::ios::binary) << bytes;
    stet::Worker worker({std::make_shared<const stet::PluginImage>(changed)});
    auto outcome = run(worker);
    fs::remove(changed);
    return outcome;
  };
  auto outcome = outcome_of("stet_plugin_v1", "stet_plugin_vX");
  CHECK(outcome.kind == Kind::failed);
  CHECK(outcome.reason == "exports no stet_plugin_v1");
  outcome = outcome_of("malloc", "nalloc");
  CHECK(outcome.kind == Kind::failed);
  CHECK(outcome.reason.rfind("does not load: undefined symbol: nalloc", 0) == 0);
}

TEST_CASE("documents are answered in the order they were given") {
  stet::Worker worker({image("echo")});
  std::vector<std::future<stet::Outcome>> answers;
  for (size_t n = 0; n < 50; ++n)
    answers.push_back(worker.verify(shared(std::vector<std::string>(n, "Words."))));
  for (size_t n = 0; n < 50; ++n) CHECK(answers[n].get().facts.size() == n);
}

TEST_CASE("several threads may give documents to one worker") {
  stet::Worker worker({image("echo")});
  std::vector<std::thread> threads;
  std::atomic<int> checked = 0;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 25; ++i) checked += run(worker).kind == Kind::checked;
    });
  for (auto& t : threads) t.join();
  CHECK(checked == 100);
}

TEST_CASE("a worker may be destroyed while its plugin loops and documents wait") {
  std::vector<std::future<stet::Outcome>> answers;
  const auto begin = Clock::now();
  {
    stet::Worker worker({image("loops")});
    for (int i = 0; i < 50; ++i) answers.push_back(worker.verify(shared()));
    std::this_thread::sleep_for(50ms);
  }
  CHECK(Clock::now() - begin < longest);  // fifty documents of 500 ms are not waited for
  for (auto& answer : answers) {
    const auto outcome = answer.get();
    CHECK(outcome.kind == Kind::not_run);
    CHECK(outcome.reason == "stet stopped before it was done");
  }
}

TEST_CASE("the host's open files and environment are not the plugin's") {
  // Nothing of the child can be asked about once it is confined; so this looks at it from outside.
  stet::Worker worker({image("echo")});
  const int kept_open = open("/dev/null", O_RDONLY);  // on purpose without O_CLOEXEC
  run(worker);
  close(kept_open);
  size_t children = 0;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    std::ifstream stat(entry.path() / "stat");
    std::string pid, name, state, parent;
    if (!(stat >> pid >> name >> state >> parent) || parent != std::to_string(getpid())) continue;
    ++children;
    std::ifstream environment(entry.path() / "environ");
    CHECK(environment.get() == EOF);
    std::error_code error;  // without privilege, a confined process cannot be looked into
    const fs::directory_iterator descriptors(entry.path() / "fd", error);
    if (!error) CHECK(std::distance(descriptors, fs::directory_iterator()) == 4);
  }
  CHECK(children == 1);
}

TEST_CASE("the outcome says how the plugin was confined, and what was missing") {
  stet::Worker free({image("echo"), nlohmann::json::object(), false});
  CHECK(run(free).confinement == "process; not confined: no rlimits, no Landlock, no seccomp");
  if (stet::sandbox::built_with_sanitizers()) return;
  stet::Worker confined({image("echo")});
  const auto how = run(confined).confinement;
  CHECK(how.rfind("process, rlimits", 0) == 0);
  for (const char* fence : {"Landlock", "seccomp"}) CHECK(how.find(fence) != how.npos);
}
