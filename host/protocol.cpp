#include "protocol.hpp"

#include <sys/socket.h>
#include <sys/uio.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "byte_reader.hpp"

namespace stet {
namespace {

constexpr size_t max_descriptors = 3;

// Before each body.
struct FrameHead {
  uint32_t tag, size;
};

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
static_assert(sizeof(FrameHead) + sizeof(FindingHead) + max_statement_bytes +
                  max_related * sizeof(stet_range) <=
              Outbox::capacity);

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

ByteReader reader_of(std::string_view bytes) {
  return {bytes, malformed};
}

stet_text take_text(ByteReader& body, size_t size) {
  const auto piece = body.take(size);
  return {piece.data(), piece.size()};
}

// The pieces of a body must be all of it.
void demand_end(const ByteReader& body) {
  if (body.left() > 0) malformed();
}

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

bool send_packet(int socket, std::span<iovec> pieces, std::initializer_list<int> descriptors,
                 bool may_block) {
  msghdr message{};
  message.msg_iov = pieces.data();
  message.msg_iovlen = pieces.size();
  ControlBuffer control{};
  attach(message, control, descriptors);
  ssize_t sent;
  do sent = sendmsg(socket, &message, MSG_NOSIGNAL | (may_block ? 0 : MSG_DONTWAIT));
  while (sent < 0 && errno == EINTR);
  return sent >= 0;
}

FrameHead head_of(Tag tag, size_t body_size) {
  return {static_cast<uint32_t>(tag), static_cast<uint32_t>(body_size)};
}

bool put(Outbox& outbox, int socket, Tag tag, std::initializer_list<std::string_view> body) {
  size_t size = 0;
  for (const auto part : body) size += part.size();
  if (!outbox.fits(sizeof(FrameHead) + size) && !send_outbox(outbox, socket)) return false;
  const auto head = head_of(tag, size);
  outbox.append(bytes_of(head), body);
  return true;
}

}  // namespace

std::optional<Frame> Frames::next() {
  if (rest_.empty()) return std::nullopt;
  auto packet = reader_of(rest_);
  const auto head = packet.take_as<FrameHead>();
  const auto body = packet.take(head.size);
  rest_.remove_prefix(sizeof head + head.size);
  return Frame{static_cast<Tag>(head.tag), body};
}

bool send_frame(int socket, Tag tag, std::string_view body, std::initializer_list<int> descriptors,
                bool may_block) {
  auto head = head_of(tag, body.size());
  std::array<iovec, 2> pieces{{{&head, sizeof head}, {const_cast<char*>(body.data()), body.size()}}};
  return send_packet(socket, pieces, descriptors, may_block);
}

bool put_frame(Outbox& outbox, int socket, Tag tag, std::string_view body) {
  return put(outbox, socket, tag, {body});
}

bool put_statement(Outbox& outbox, int socket, const stet_finding& f) {
  const auto fix = f.has_fix ? view(f.fix_text) : std::string_view();
  const FindingHead head{
      f.severity,      f.range,           f.has_fix,          f.fix_range,
      size32(f.check), size32(f.message), size32(f.evidence), static_cast<uint32_t>(fix.size()),
      f.related_count};
  const std::string_view related(reinterpret_cast<const char*>(f.related),
                                 f.related_count * sizeof(stet_range));
  return put(outbox, socket, Tag::finding,
             {bytes_of(head), view(f.check), view(f.message), view(f.evidence), fix, related});
}

bool put_statement(Outbox& outbox, int socket, const stet_fact& f) {
  const FactHead head{f.range, size32(f.kind), size32(f.fields)};
  return put(outbox, socket, Tag::fact, {bytes_of(head), view(f.kind), view(f.fields)});
}

bool send_outbox(Outbox& outbox, int socket) {
  const auto all = outbox.take();
  std::array<iovec, 1> piece{{{const_cast<char*>(all.data()), all.size()}}};
  return all.empty() || send_packet(socket, piece, {}, true);
}

bool receive_frame(int socket, std::span<char> buffer, Received& received) {
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
  received.descriptors = detach(message);
  const auto frame = Frames({buffer.data(), static_cast<size_t>(size)}).next();
  received.frame = frame.value();
  return true;
}

template <class T>
T body_as(std::string_view bytes) {
  auto body = reader_of(bytes);
  const auto value = body.take_as<T>();
  demand_end(body);
  return value;
}
template StartBody body_as(std::string_view);
template VerifyBody body_as(std::string_view);
template int32_t body_as(std::string_view);

stet_finding finding_in(std::string_view bytes, std::vector<stet_range>& related) {
  auto body = reader_of(bytes);
  const auto head = body.take_as<FindingHead>();
  stet_finding f{};
  f.size = sizeof f;
  f.severity = head.severity;
  f.range = head.range;
  f.check = take_text(body, head.check_size);
  f.message = take_text(body, head.message_size);
  f.evidence = take_text(body, head.evidence_size);
  f.has_fix = head.has_fix;
  f.fix_range = head.fix_range;
  f.fix_text = take_text(body, head.fix_size);
  const auto ranges = body.take(size_t{head.related_count} * sizeof(stet_range));
  demand_end(body);
  related.resize(head.related_count);
  if (!ranges.empty()) std::memcpy(related.data(), ranges.data(), ranges.size());
  f.related = related.data();
  f.related_count = head.related_count;
  return f;
}

stet_fact fact_in(std::string_view bytes) {
  auto body = reader_of(bytes);
  const auto head = body.take_as<FactHead>();
  const stet_fact f{sizeof f, 0, take_text(body, head.kind_size), head.range,
                    take_text(body, head.fields_size)};
  demand_end(body);
  return f;
}

}  // namespace stet
