// What git stores, as bytes: object ids, and the text of a commit.
#pragma once

#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "digest.hpp"

namespace stet {

using ObjectId = Sha1Digest;

struct ObjectIdHash {
  size_t operator()(const ObjectId& id) const {
    size_t start;  // an id is a hash already
    std::memcpy(&start, id.data(), sizeof start);
    return start;
  }
};

std::string hex(const ObjectId& id);
// The id that 40 lower-case hex digits give.
std::optional<ObjectId> id_in(std::string_view hex);
inline std::string_view bytes_of(const ObjectId& id) {
  return {reinterpret_cast<const char*>(id.data()), id.size()};
}

// Numbers of the pack format.
enum class ObjectType : uint8_t { commit = 1, tree = 2, blob = 3, tag = 4 };

std::string_view name(ObjectType type);  // "commit", "tree", "blob", "tag"

ObjectId object_id(ObjectType type, std::string_view bytes);
// The same, for whoever needs many.
ObjectId object_id(ObjectType type, std::string_view bytes, Sha1& sha1);

struct CommitText {
  ObjectId tree;
  std::optional<ObjectId> parent;
  std::string message;  // a line break is added at its end if there is none
  int64_t unix_time = 0;
};

// Given the bytes of the commit without a signature, returns the armored signature over them
// ("-----BEGIN SSH SIGNATURE----- ..."), or nothing for none.
using SignCommit = std::function<std::string(std::string_view unsigned_commit)>;

// The bytes of a commit by "stet <stet@localhost>". The signature goes where git looks for it: into the
// header gpgsig, whose further lines begin with a space. Throws std::runtime_error for a message that
// holds a NUL, which git would not show the rest of.
std::string commit_object(const CommitText& text, const SignCommit& sign = {});

// A commit's header lines and, after the empty line, its message, with a signature over both put in between.
std::string signed_commit(std::string header, const std::string& message, const SignCommit& sign);

// What a stored commit says, whoever made it.
struct CommitHeader {
  ObjectId tree{};
  std::vector<ObjectId> parents;
  int64_t unix_time = 0;  // of the committer
};

// The same, with what its signature is verified by.
struct CommitParts : CommitHeader {
  std::string signature;    // armored; empty when it is not signed
  std::string signed_text;  // the commit without its signature
};

// Throws std::runtime_error with one clause for what is no commit, for one that git would read otherwise (a
// header twice, or not in its place), and for one that is signed twice.
CommitParts parse_commit(std::string_view bytes);

}  // namespace stet
