// The worker's side: the plugin's process. Nothing here is trusted by the host once plugin code ran.
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <optional>
#include <stdexcept>
#include <string>

#include "contract.hpp"
#include "plugin.hpp"
#include "protocol.hpp"
#include "sandbox.hpp"
#include "worker.hpp"
#include "worker_birth.hpp"

namespace stet {
namespace {

// Outside a document's statements, which go through the outbox.
bool send(Tag tag, std::string_view body) {
  return send_frame(worker_socket, tag, body);
}

void on_forbidden(int system_call) {
  const int32_t number = system_call;
  send(Tag::forbidden, bytes_of(number));
  _exit(1);
}

void require(bool sent) {
  if (!sent) throw std::runtime_error("the host is gone");
}

// What the plugin says goes to the host only if it keeps the contract: so the plugin is told at once
// when it does not, and the host need not be asked.
template <class Statement>
void pass_on(Contract& contract, Outbox& outbox, const Statement& statement) {
  try {
    contract.check(statement);
  } catch (const Breach& e) {
    require(put_frame(outbox, worker_socket, Tag::refused, e.what()) && send_outbox(outbox, worker_socket));
    throw;
  }
  require(put_statement(outbox, worker_socket, statement));
}

// The documents that the host hands over, and the memory that they lie in.
class Documents {
 public:
  void take_memory(Descriptor memory, size_t size) { mapping_.emplace(memory, size); }
  std::string_view at(const VerifyBody& place) const {
    return mapping_.value().bytes().substr(place.offset, place.size);
  }

 private:
  std::optional<Mapping> mapping_;
};

// False when the host will want no more of this process.
bool check(Session& session, const Manifest& manifest, Outbox& outbox, std::string_view packed) {
  outbox.begin_document();
  const DocumentView document(packed);
  Contract contract(manifest, document.text());
  const auto failure = session.verify(document, {[&](const stet_finding& f) { pass_on(contract, outbox, f); },
                                                 [&](const stet_fact& f) { pass_on(contract, outbox, f); }});
  put_frame(outbox, worker_socket, failure ? Tag::failed : Tag::checked, failure.value_or(""));
  return send_outbox(outbox, worker_socket) && !failure;
}

[[noreturn]] void serve(const StartBody& start, Descriptor image, Descriptor options_memory,
                        Descriptor outbox_memory) {
  Outbox outbox(outbox_memory);
  outbox_memory.reset();
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
  std::array<char, max_request_bytes> buffer{};
  Documents documents;
  for (Received received; receive_frame(worker_socket, buffer, received);)
    for (auto rest = received.frame.body; !rest.empty(); rest.remove_prefix(sizeof(VerifyBody))) {
      const auto place = body_as<VerifyBody>(rest.substr(0, sizeof(VerifyBody)));
      if (!received.descriptors.empty()) {
        documents.take_memory(std::move(received.descriptors[0]), place.memory_size);
        received.descriptors.clear();
      }
      if (!check(session, manifest, outbox, documents.at(place))) _exit(0);
    }
  // No dlclose, no destructors, of the plugin or of this program: the process is the unit of unloading.
  _exit(0);
}

}  // namespace

int worker_main(int, char**) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  close(worker_socket + 1);  // the program's file
  std::array<char, 64> buffer{};
  Received received{};
  bool is_any = receive_frame(worker_socket, buffer, received);
  const bool is_nursery = is_any && received.frame.tag == Tag::bear;
  // Ends in a child, whose socket gives it another frame, and when the host lets go of the nursery.
  while (is_any && received.frame.tag == Tag::bear && received.descriptors.size() == 1) {
    bear_worker(std::move(received.descriptors[0]));
    is_any = receive_frame(worker_socket, buffer, received);
  }
  if (is_nursery && !is_any) return 0;
  if (!is_any || received.frame.tag != Tag::start || received.descriptors.size() != 3) {
    std::fputs("stet: `stet worker` is for stet itself\n", stderr);
    return 2;
  }
  const auto start = body_as<StartBody>(received.frame.body);
  if (getppid() != start.host) return 1;  // it ended before the signal above was asked for
  try {
    auto& with = received.descriptors;
    serve(start, std::move(with[0]), std::move(with[1]), std::move(with[2]));
  } catch (const std::exception& e) {
    send(Tag::unusable, e.what());
  }
  _exit(1);
}

}  // namespace stet
