#include "git_object.hpp"

#include <stdexcept>

namespace stet {
namespace {

std::string_view name_of(ObjectType type) {
  switch (type) {
    case ObjectType::commit: return "commit";
    case ObjectType::tree: return "tree";
    case ObjectType::blob: break;
  }
  return "blob";
}

std::string signature_header(std::string_view armored) {
  while (armored.ends_with('\n')) armored.remove_suffix(1);
  std::string header = "gpgsig ";
  for (const char c : armored) {
    header += c;
    if (c == '\n') header += ' ';
  }
  return header + '\n';
}

}  // namespace

std::string hex(const ObjectId& id) {
  return hex(bytes_of(id));
}

ObjectId object_id(ObjectType type, std::string_view bytes) {
  Sha1 sha1;
  return object_id(type, bytes, sha1);
}

ObjectId object_id(ObjectType type, std::string_view bytes, Sha1& sha1) {
  std::string header(name_of(type));
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
  std::string message = '\n' + text.message;
  if (!message.ends_with('\n')) message += '\n';
  if (sign)
    if (const auto armored = sign(header + message); !armored.empty()) header += signature_header(armored);
  return header + message;
}

}  // namespace stet
