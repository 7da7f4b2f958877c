#include "git_object.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace stet {
namespace {

std::string signature_header(std::string_view armored) {
  while (armored.ends_with('\n')) armored.remove_suffix(1);
  std::string header = "gpgsig ";
  for (const char c : armored) {
    header += c;
    if (c == '\n') header += ' ';
  }
  return header + '\n';
}

[[noreturn]] void no_commit(const std::string& why) {
  throw std::runtime_error("is not a commit: " + why);
}

ObjectId needed_id(std::string_view text) {
  const auto id = id_in(text);
  if (!id) no_commit("an id is none");
  return *id;
}

// "NAME <MAIL> SECONDS ZONE", read as git reads it: behind the first ">".
int64_t time_in(std::string_view who) {
  const size_t mail = std::min(who.find("> "), who.size());
  const auto rest = who.substr(std::min(mail + 2, who.size()));
  const auto digits = rest.substr(0, rest.find(' '));
  int64_t time = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), time);
  if (error != std::errc() || end != digits.data() + digits.size() || who.find('>') != mail)
    no_commit("its time is none");
  return time;
}

// A header with the lines that continue it, which begin with a space, and its line feed.
std::string_view take_header(std::string_view& rest) {
  size_t end = rest.find('\n');
  while (end != rest.npos && rest.substr(end + 1).starts_with(' ')) end = rest.find('\n', end + 1);
  if (end == rest.npos) no_commit("it is cut short");
  const auto header = rest.substr(0, end + 1);
  rest.remove_prefix(end + 1);
  return header;
}

// Without the spaces that begin further lines.
std::string unfolded(std::string_view value) {
  std::string text;
  for (size_t i = 0; i < value.size(); ++i)
    if (value[i] != ' ' || i == 0 || value[i - 1] != '\n') text += value[i];
  return text;
}

}  // namespace

std::string_view name(ObjectType type) {
  switch (type) {
    case ObjectType::commit: return "commit";
    case ObjectType::tree: return "tree";
    case ObjectType::tag: return "tag";
    case ObjectType::blob: break;
  }
  return "blob";
}

std::string hex(const ObjectId& id) {
  return hex(bytes_of(id));
}

std::optional<ObjectId> id_in(std::string_view text) {
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  ObjectId id;
  if (text.size() != 2 * id.size() || text.find_first_not_of("0123456789abcdef") != text.npos)
    return std::nullopt;
  for (size_t i = 0; i < id.size(); ++i)
    id[i] = static_cast<unsigned char>(digit(text[2 * i]) << 4 | digit(text[2 * i + 1]));
  return id;
}

ObjectId object_id(ObjectType type, std::string_view bytes) {
  Sha1 sha1;
  return object_id(type, bytes, sha1);
}

ObjectId object_id(ObjectType type, std::string_view bytes, Sha1& sha1) {
  std::string header(name(type));
  header += ' ' + std::to_string(bytes.size()) + '\0';
  sha1.update(header);
  sha1.update(bytes);
  return sha1.finish();
}

std::string commit_object(const CommitText& text, const SignCommit& sign) {
  if (text.message.find('\0') != std::string::npos)
    throw std::runtime_error("a commit's message cannot hold a NUL");
  const std::string who = " stet <stet@localhost> " + std::to_string(text.unix_time) + " +0000\n";
  std::string header = "tree " + hex(text.tree) + '\n';
  if (text.parent) header += "parent " + hex(*text.parent) + '\n';
  header += "author" + who + "committer" + who;
  return signed_commit(std::move(header), text.message, sign);
}

std::string signed_commit(std::string header, const std::string& text, const SignCommit& sign) {
  std::string message = '\n' + text;
  if (!message.ends_with('\n')) message += '\n';
  if (sign)
    if (const auto armored = sign(header + message); !armored.empty()) header += signature_header(armored);
  return header + message;
}

// git looks for these in this order, and takes what comes behind for something else.
CommitParts parse_commit(std::string_view bytes) {
  CommitParts commit;
  auto rest = bytes;
  const auto take_value = [&](std::string_view name) {
    const auto header = take_header(rest);
    if (!header.starts_with(name) || header.size() < name.size() + 2 || header[name.size()] != ' ' ||
        header.find('\n') + 1 != header.size())
      no_commit("it does not begin with tree, parents, author and committer, a line each");
    return header.substr(name.size() + 1, header.size() - name.size() - 2);
  };
  commit.tree = needed_id(take_value("tree"));
  while (rest.starts_with("parent ")) commit.parents.push_back(needed_id(take_value("parent")));
  take_value("author");
  commit.unix_time = time_in(take_value("committer"));
  while (!rest.starts_with('\n')) {
    const auto header = take_header(rest);
    const auto name = header.substr(0, header.find(' '));
    if (name == "tree" || name == "parent" || name == "author" || name == "committer")
      no_commit("it has a " + std::string(name) + " behind its committer");
    if (name != "gpgsig") continue;
    if (!commit.signature.empty()) no_commit("it is signed twice");
    commit.signature = unfolded(header.substr(name.size() + 1));
    const auto begin = static_cast<size_t>(header.data() - bytes.data());
    commit.signed_text = std::string(bytes.substr(0, begin)).append(bytes.substr(begin + header.size()));
  }
  return commit;
}

}  // namespace stet
