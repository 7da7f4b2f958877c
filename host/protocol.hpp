// What host and worker say to each other: packets on a SEQPACKET socket. Both ends are one program,
// so the layout is this machine's own; but the host reads as if a stranger wrote.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include <stet/plugin.h>

#include "contract.hpp"
#include "descriptor.hpp"

namespace stet {

// First byte of a packet, then its body.
enum class Tag : char {
  // host to worker
  start = 's',   // StartBody; with the plugin's image and its options
  verify = 'v',  // uint64_t size of the packed document; with its memory
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

// The largest packet that either side sends.
inline constexpr size_t max_packet_bytes = 128 + max_statement_bytes + max_related * sizeof(stet_range);
inline constexpr size_t max_reason_bytes = 1000;

// One packet. False when the other side is gone, or (for one that does not block) not reading.
// Calls nothing but sendmsg(), so a signal handler may use it.
bool send_packet(int socket, Tag tag, std::initializer_list<std::string_view> parts,
                 std::initializer_list<int> descriptors = {}, bool may_block = true);
bool send_statement(int socket, const stet_finding& finding);
bool send_statement(int socket, const stet_fact& fact);

// The next packet and its descriptors, waiting for it. False when the other side is gone.
struct Received {
  Tag tag;
  std::string_view body;  // in `buffer`
  std::vector<Descriptor> descriptors;
};
bool receive_packet(int socket, std::span<char> buffer, Received& received);

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
