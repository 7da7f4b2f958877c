// The worker's side: the plugin's process. Nothing here is trusted by the host once plugin code ran.
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <stdexcept>
#include <string>

#include "contract.hpp"
#include "plugin.hpp"
#include "protocol.hpp"
#include "sandbox.hpp"
#include "worker.hpp"

namespace stet {
namespace {

bool send(Tag tag, std::string_view body) {
  return send_packet(worker_socket, tag, {body});
}

void on_forbidden(int system_call) {
  const int32_t number = system_call;
  send(Tag::forbidden, bytes_of(number));
  _exit(1);
}

// What the plugin says goes to the host only if it keeps the contract: so the plugin is told at once
// when it does not, and the host need not be asked.
template <class Statement>
void pass_on(Contract& contract, const Statement& statement) {
  try {
    contract.accept(statement);
  } catch (const Breach& e) {
    send(Tag::refused, e.what());
    throw;
  }
  if (!send_statement(worker_socket, statement)) throw std::runtime_error("the host is gone");
}

void check(Session& session, const Manifest& manifest, Descriptor memory, size_t size) {
  std::optional<std::string> failure;
  {
    const Mapping mapping(memory, size);
    memory.reset();
    const DocumentView document(mapping.bytes());
    Contract contract(manifest, document.text());
    failure = session.verify(document, {[&](const stet_finding& f) { pass_on(contract, f); },
                                        [&](const stet_fact& f) { pass_on(contract, f); }});
  }
  send(failure ? Tag::failed : Tag::checked, failure ? *failure : std::string());
}

[[noreturn]] void serve(const StartBody& start, Descriptor image, Descriptor options_memory) {
  const auto how = start.confined ? sandbox::confine_for_loading(start.memory_mb, on_forbidden)
                                  : std::string("process; not confined: no rlimits, no Landlock, no seccomp");
  send(Tag::confined, how);
  const auto manifest = parse_manifest(manifest_section(Mapping(image).bytes()));
  const std::string options(Mapping(options_memory).bytes());
  const Plugin plugin("/proc/self/fd/" + std::to_string(image.get()));
  image.reset();
  options_memory.reset();
  if (start.confined) sandbox::confine_for_verifying();
  Session session(plugin, manifest, options);
  send(Tag::ready, "");
  std::array<char, 64> buffer{};
  for (Received received; receive_packet(worker_socket, buffer, received);)
    check(session, manifest, std::move(received.descriptors.at(0)), body_as<uint64_t>(received.body));
  // No dlclose, no destructors, of the plugin or of this program: the process is the unit of unloading.
  _exit(0);
}

}  // namespace

int worker_main(int, char**) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  std::array<char, 64> buffer{};
  Received received{};
  if (!receive_packet(worker_socket, buffer, received) || received.tag != Tag::start ||
      received.descriptors.size() != 2) {
    std::fputs("stet: `stet worker` is for stet itself\n", stderr);
    return 2;
  }
  const auto start = body_as<StartBody>(received.body);
  if (getppid() != start.host) return 1;  // it ended before the signal above was asked for
  try {
    serve(start, std::move(received.descriptors[0]), std::move(received.descriptors[1]));
  } catch (const std::exception& e) {
    send(Tag::unusable, e.what());
  }
  _exit(1);
}

}  // namespace stet
