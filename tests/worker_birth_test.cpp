#include "worker_birth.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "worker.hpp"

using namespace std::chrono_literals;

namespace {

namespace fs = std::filesystem;

struct Process {
  int pid;
  std::string state;
};

// Of the process `parent`.
std::vector<Process> children(int parent = getpid()) {
  std::vector<Process> all;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    std::ifstream stat(entry.path() / "stat");
    std::string pid, name, state, its_parent;
    if (stat >> pid >> name >> state >> its_parent && its_parent == std::to_string(parent))
      all.push_back({std::stoi(pid), state});
  }
  return all;
}

// Whether it comes true within a few seconds.
template <class Condition>
bool soon(Condition condition) {
  for (int i = 0; i < 500; ++i, std::this_thread::sleep_for(10ms))
    if (condition()) return true;
  return condition();
}

bool runs(int pid) {
  std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
  std::string number, name, state;
  return (stat >> number >> name >> state) && state != "Z";
}

std::pair<stet::Descriptor, stet::Descriptor> sockets() {
  int pair[2];
  REQUIRE(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) == 0);
  return {stet::Descriptor(pair[0]), stet::Descriptor(pair[1])};
}

std::shared_ptr<const stet::PluginImage> image(const std::string& name) {
  return std::make_shared<const stet::PluginImage>(fs::path(STET_HOSTILE_DIR) / (name + ".so"));
}

stet::Outcome run(stet::Worker& worker) {
  stet::Document d;
  d.text = d.bytes = "We stay.\n";
  d.nodes.push_back({stet::NodeKind::paragraph, stet::no_parent, {0, 8}, ""});
  const auto no_sources = nlohmann::json::array();
  return worker.verify(std::make_shared<const stet::SharedDocument>(stet::Reading{d, no_sources})).get();
}

using Kind = stet::Outcome::Kind;

}  // namespace

TEST_CASE("a worker that is born has an empty environment, a session of its own, and its socket alone") {
  const int kept_open = open("/dev/null", O_RDONLY);  // on purpose without O_CLOEXEC
  const auto [ours, theirs] = sockets();
  stet::Child born;
  {
    stet::Nursery nursery;
    auto child = nursery.bear(theirs.get());
    REQUIRE(child);
    born = std::move(*child);
    REQUIRE(soon([&] { return getsid(born.pid) == born.pid; }));
  }
  close(kept_open);
  REQUIRE(children().size() == 1);  // and the nursery has ended
  CHECK(children()[0].pid == born.pid);
  const fs::path process = "/proc/" + std::to_string(born.pid);
  CHECK(std::ifstream(process / "environ").get() == EOF);
  CHECK(soon(
      [&] { return std::distance(fs::directory_iterator(process / "fd"), fs::directory_iterator()) == 4; }));
  const auto how = stet::end(born);
  REQUIRE(how);
  CHECK(how->si_code == CLD_KILLED);
  CHECK(children().empty());
}

TEST_CASE("workers that are born check what others check, and end with their host's wish alone") {
  const auto nursery = std::make_shared<stet::Nursery>();
  const stet::Worker::Setup setup{.plugin = image("echo"), .nursery = nursery};
  stet::Worker first(setup), second(setup);
  CHECK(run(first).kind == Kind::checked);
  CHECK(run(second).kind == Kind::checked);
  CHECK(children().size() == 3);
}

TEST_CASE("a worker starts its process alone where the nursery has ended") {
  const auto nursery = std::make_shared<stet::Nursery>();
  REQUIRE(children().size() == 1);
  kill(children()[0].pid, SIGKILL);
  stet::Worker worker({.plugin = image("echo"), .nursery = nursery});
  CHECK(run(worker).kind == Kind::checked);
}

// Whoever made one crash, and read its addresses, must not get another that has the same.
TEST_CASE("only the first process of a worker has the nursery's addresses") {
  const auto nursery = std::make_shared<stet::Nursery>();
  const int nursery_pid = children().at(0).pid;
  const auto stack_of = [](int pid) {
    std::ifstream maps("/proc/" + std::to_string(pid) + "/maps");
    std::string line;
    while (std::getline(maps, line))
      if (line.ends_with("[stack]")) return line.substr(0, line.find('-'));
    return std::string();
  };
  const auto stack_of_worker = [&] {
    for (const auto& child : children())
      if (child.pid != nursery_pid) return stack_of(child.pid);
    return std::string();
  };
  stet::Worker worker({.plugin = image("echo"), .nursery = nursery});
  CHECK(run(worker).kind == Kind::checked);
  const auto born = stack_of_worker();
  worker.rest();
  REQUIRE(soon([] { return children().size() == 1; }));
  CHECK(run(worker).kind == Kind::checked);
  const auto started = stack_of_worker();
  if (born.empty() || started.empty()) return;  // without privilege, a confined process cannot be looked into
  CHECK(born == stack_of(nursery_pid));
  CHECK(started != born);
}

TEST_CASE("the kernel ends a worker that is born when its host is killed") {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const int host = fork();
  REQUIRE(host >= 0);
  if (host == 0) {
    int pair[2] = {-1, -1};
    if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair) != 0) _exit(1);
    stet::Nursery nursery;
    const auto born = nursery.bear(pair[1]);
    const int pid = born ? born->pid : -1;
    if (write(ends[1], &pid, sizeof pid) != sizeof pid) _exit(1);
    for (;;) pause();
  }
  int born = -1;
  REQUIRE(read(ends[0], &born, sizeof born) == sizeof born);
  REQUIRE(born > 0);
  CHECK(soon([&] { return runs(born); }));
  CHECK(children(host).size() == 2);
  kill(host, SIGKILL);
  waitpid(host, nullptr, 0);
  CHECK(soon([&] { return !runs(born); }));
  for (const int end : ends) close(end);
}

TEST_CASE("a worker that rests has no process until it gets a document") {
  stet::Worker worker({.plugin = image("echo")});
  for (int i = 0; i < 3; ++i) {
    CHECK(run(worker).kind == Kind::checked);
    CHECK(children().size() == 1);
    worker.rest();
    CHECK(soon([] { return children().empty(); }));
  }
}

TEST_CASE("a worker that is told to rest answers first what it was given") {
  stet::Worker worker({.plugin = image("echo")});
  stet::Document d;
  d.text = d.bytes = "We stay.\n";
  const auto no_sources = nlohmann::json::array();
  std::vector<std::future<stet::Outcome>> answers;
  for (int i = 0; i < 100; ++i)
    answers.push_back(
        worker.verify(std::make_shared<const stet::SharedDocument>(stet::Reading{d, no_sources})));
  worker.rest();
  for (auto& answer : answers) CHECK(answer.get().kind == Kind::checked);
  CHECK(soon([] { return children().empty(); }));
}
