#include "protocol.hpp"

#include <sys/socket.h>
#include <sys/uio.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace stet {
namespace {

constexpr size_t max_parts = 8, max_descriptors = 2;

// A statement's body: one of these, then its texts, then its related ranges.
struct FindingHead {
  int32_t severity;
  stet_range range;
  uint32_t has_fix;
  stet_range fix_range;
  uint32_t check_size, message_size, evidence_size, fix_size, related_count;
};
struct FactHead {
  stet_range range;
  uint32_t kind_size, fields_size;
};
static_assert(1 + sizeof(FindingHead) <= 128);

union ControlBuffer {  // the union aligns it
  cmsghdr header;
  char bytes[CMSG_SPACE(max_descriptors * sizeof(int))];
};

std::string_view view(stet_text text) {
  return {text.data, text.size};
}
uint32_t size32(stet_text text) {
  return static_cast<uint32_t>(text.size);
}

[[noreturn]] void malformed() {
  throw Breach("a message outside the protocol");
}

// Takes the pieces of a body, which must be all of it.
class Body {
 public:
  explicit Body(std::string_view bytes) : rest_(bytes) {}
  std::string_view take(size_t size) {
    if (size > rest_.size()) malformed();
    const auto piece = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return piece;
  }
  template <class T>
  T take_as() {
    T value;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }
  stet_text take_text(size_t size) {
    const auto piece = take(size);
    return {piece.data(), piece.size()};
  }
  void end() const {
    if (!rest_.empty()) malformed();
  }

 private:
  std::string_view rest_;
};

void attach(msghdr& message, ControlBuffer& control, std::initializer_list<int> descriptors) {
  if (descriptors.size() == 0) return;
  const size_t size = descriptors.size() * sizeof(int);
  message.msg_control = control.bytes;
  message.msg_controllen = CMSG_SPACE(size);
  cmsghdr* header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(size);
  std::memcpy(CMSG_DATA(header), descriptors.begin(), size);
}

std::vector<Descriptor> detach(msghdr& message) {
  std::vector<Descriptor> all;
  const cmsghdr* header = CMSG_FIRSTHDR(&message);
  if (!header || header->cmsg_type != SCM_RIGHTS) return all;
  std::array<int, max_descriptors> numbers{};
  const size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
  std::memcpy(numbers.data(), CMSG_DATA(header), count * sizeof(int));
  for (size_t i = 0; i < count; ++i) all.emplace_back(numbers[i]);
  return all;
}

}  // namespace

bool send_packet(int socket, Tag tag, std::initializer_list<std::string_view> parts,
                 std::initializer_list<int> descriptors, bool may_block) {
  std::array<iovec, max_parts> pieces{};
  size_t count = 0;
  pieces[count++] = {&tag, sizeof tag};
  for (const auto part : parts) pieces[count++] = {const_cast<char*>(part.data()), part.size()};
  msghdr message{};
  message.msg_iov = pieces.data();
  message.msg_iovlen = count;
  ControlBuffer control{};
  attach(message, control, descriptors);
  ssize_t sent;
  do sent = sendmsg(socket, &message, MSG_NOSIGNAL | (may_block ? 0 : MSG_DONTWAIT));
  while (sent < 0 && errno == EINTR);
  return sent >= 0;
}

bool send_statement(int socket, const stet_finding& f) {
  const auto fix = f.has_fix ? view(f.fix_text) : std::string_view();
  const FindingHead head{
      f.severity,      f.range,           f.has_fix,          f.fix_range,
      size32(f.check), size32(f.message), size32(f.evidence), static_cast<uint32_t>(fix.size()),
      f.related_count};
  const std::string_view related(reinterpret_cast<const char*>(f.related),
                                 f.related_count * sizeof(stet_range));
  return send_packet(socket, Tag::finding,
                     {bytes_of(head), view(f.check), view(f.message), view(f.evidence), fix, related});
}

bool send_statement(int socket, const stet_fact& f) {
  const FactHead head{f.range, size32(f.kind), size32(f.fields)};
  return send_packet(socket, Tag::fact, {bytes_of(head), view(f.kind), view(f.fields)});
}

bool receive_packet(int socket, std::span<char> buffer, Received& received) {
  iovec piece{buffer.data(), buffer.size()};
  ControlBuffer control{};
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  message.msg_control = control.bytes;
  message.msg_controllen = sizeof control.bytes;
  ssize_t size;
  do size = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  while (size < 0 && errno == EINTR);
  if (size <= 0) return false;
  received.tag = static_cast<Tag>(buffer[0]);
  received.body = {buffer.data() + 1, static_cast<size_t>(size) - 1};
  received.descriptors = detach(message);
  return true;
}

template <class T>
T body_as(std::string_view bytes) {
  Body body(bytes);
  const auto value = body.take_as<T>();
  body.end();
  return value;
}
template StartBody body_as(std::string_view);
template uint64_t body_as(std::string_view);
template int32_t body_as(std::string_view);

stet_finding finding_in(std::string_view bytes, std::vector<stet_range>& related) {
  Body body(bytes);
  const auto head = body.take_as<FindingHead>();
  stet_finding f{};
  f.size = sizeof f;
  f.severity = head.severity;
  f.range = head.range;
  f.check = body.take_text(head.check_size);
  f.message = body.take_text(head.message_size);
  f.evidence = body.take_text(head.evidence_size);
  f.has_fix = head.has_fix;
  f.fix_range = head.fix_range;
  f.fix_text = body.take_text(head.fix_size);
  const auto ranges = body.take(size_t{head.related_count} * sizeof(stet_range));
  body.end();
  related.resize(head.related_count);
  if (!ranges.empty()) std::memcpy(related.data(), ranges.data(), ranges.size());
  f.related = related.data();
  f.related_count = head.related_count;
  return f;
}

stet_fact fact_in(std::string_view bytes) {
  Body body(bytes);
  const auto head = body.take_as<FactHead>();
  const stet_fact f{sizeof f, 0, body.take_text(head.kind_size), head.range,
                    body.take_text(head.fields_size)};
  body.end();
  return f;
}

}  // namespace stet
