// What host and worker say to each other: packets on a SEQPACKET socket. Both ends are one program,
// so the layout is this machine's own; but the host reads as if a stranger wrote.
//
// A packet holds frames, one behind the other: Frame, then its body.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <stet/plugin.h>

#include "contract.hpp"
#include "descriptor.hpp"
#include "outbox.hpp"

namespace stet {

enum class Tag : char {
  // host to worker
  start = 's',   // StartBody; with the plugin's image, its options, and an outbox
  verify = 'v',  // VerifyBody...; the first time that a memory is spoken of, with that memory
  // host to nursery
  bear = 'b',  // with the socket of the worker that it is to fork
  // nursery to host
  born = 'w',  // int32_t process id; with its pidfd
  // worker to host
  confined = 'c',  // how, in words; sent before any of the plugin's code runs, and only then
  ready = 'r',     // an instance was made
  finding = 'f',
  fact = 't',
  refused = 'n',    // a statement was outside the contract: the sentence
  checked = 'd',    // verify() returned 1
  failed = 'x',     // it did not: the reason
  unusable = 'u',   // the plugin cannot be loaded, or made no instance: the reason
  forbidden = 'p',  // int32_t number of a system call
};

struct StartBody {
  int32_t host;  // process id, to notice that the host ended before the worker began
  uint32_t confined;
  uint32_t memory_mb;
};

// One document to check: a part of the memory that came with this packet or with an earlier one.
struct VerifyBody {
  uint64_t memory_size, offset, size;
};
inline constexpr size_t max_in_flight = 64;  // documents given to a worker and not answered

// The largest packet that a worker sends; the largest that the host does.
inline constexpr size_t max_packet_bytes = Outbox::capacity;
inline constexpr size_t max_request_bytes = 4096;

struct Frame {
  Tag tag;
  std::string_view body;
};

// Takes the frames of a packet, in order. Throws Breach at one that is cut short.
class Frames {
 public:
  Frames() = default;
  explicit Frames(std::string_view packet) : rest_(packet) {}
  std::optional<Frame> next();

 private:
  std::string_view rest_;
};

// One packet of one frame. False when the other side is gone, or (for one that does not block) not
// reading. Calls nothing but sendmsg(), so a signal handler may use it.
bool send_frame(int socket, Tag tag, std::string_view body, std::initializer_list<int> descriptors = {},
                bool may_block = true);
// Puts a frame into the outbox, sending first what is there when it does not fit. False when the other
// side is gone.
bool put_frame(Outbox& outbox, int socket, Tag tag, std::string_view body);
bool put_statement(Outbox& outbox, int socket, const stet_finding& finding);
bool put_statement(Outbox& outbox, int socket, const stet_fact& fact);
bool send_outbox(Outbox& outbox, int socket);

// The next packet, of one frame, and its descriptors, waiting for it. False when the other side is gone.
struct Received {
  Frame frame;  // in `buffer`
  std::vector<Descriptor> descriptors;
};
bool receive_frame(int socket, std::span<char> buffer, Received& received);

// A body as plain bytes of T, a finding or a fact; the latter two borrow `body` and `related`. Throw
// Breach when the body is not that.
template <class T>
T body_as(std::string_view body);
stet_finding finding_in(std::string_view body, std::vector<stet_range>& related);
stet_fact fact_in(std::string_view body);

template <class T>
std::string_view bytes_of(const T& value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

}  // namespace stet
