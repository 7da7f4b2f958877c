#include "git_object.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <stdexcept>

#include "ledger_attacks.hpp"

using namespace stet;
using Catch::Contains;
using testing::git;
using testing::Scratch;
using testing::shell;

namespace {

const CommitText text{object_id(ObjectType::tree, ""), std::nullopt, "one\n\ntwo", 1763900000};

}  // namespace

TEST_CASE("SHA-1 in parts is SHA-1 of the whole, and begins anew after it") {
  Sha1 sha1;
  sha1.update("ab");
  sha1.update("c");
  CHECK(hex(sha1.finish()) == "a9993e364706816aba3e25717850c26c9cd0d89d");
  CHECK(hex(sha1.finish()) == "da39a3ee5e6b4b0d3255bfef95601890afd80709");
}

TEST_CASE("ids are git's") {
  CHECK(hex(object_id(ObjectType::blob, "")) == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
  CHECK(hex(object_id(ObjectType::tree, "")) == "4b825dc642cb6eb9a060e54bf8d69288fbee4904");
  CHECK(hex(object_id(ObjectType::blob, "x")) == git_blob_hex("x"));
  CHECK(object_id(ObjectType::commit, "x") != object_id(ObjectType::blob, "x"));
}

TEST_CASE("a commit is what git writes for the same") {
  const Scratch scratch;
  const auto folder = scratch / "r";
  shell("git init -q --bare '" + folder.string() + "'");
  const auto made = [&](const std::string& arguments) {
    return shell("cd '" + folder.string() +
                 "' && export GIT_AUTHOR_NAME=stet GIT_AUTHOR_EMAIL=stet@localhost GIT_COMMITTER_NAME=stet "
                 "GIT_COMMITTER_EMAIL=stet@localhost GIT_AUTHOR_DATE='1763900000 +0000' "
                 "GIT_COMMITTER_DATE='1763900000 +0000' && git write-tree >/dev/null && printf "
                 "'one\\n\\ntwo\\n' | "
                 "git commit-tree " +
                 arguments)
        .substr(0, 40);
  };
  const auto first = object_id(ObjectType::commit, commit_object(text));
  CHECK(hex(first) == made(hex(text.tree)));
  CommitText second = text;
  second.parent = first;
  CHECK(hex(object_id(ObjectType::commit, commit_object(second))) ==
        made(hex(text.tree) + " -p " + hex(first)));
}

TEST_CASE("a message that cannot be stored is refused") {
  CommitText bad = text;
  bad.message = std::string("a\0b", 3);
  CHECK_THROWS_WITH(commit_object(bad), Contains("cannot hold a NUL"));
}

TEST_CASE("a signature stands in the header, over the commit without it") {
  std::string given;
  const auto bytes = commit_object(text, [&](std::string_view unsigned_commit) {
    given = unsigned_commit;
    return std::string("-----BEGIN X-----\nabc\n-----END X-----\n");
  });
  CHECK(given == commit_object(text));
  CHECK_THAT(bytes, Contains(" +0000\ngpgsig -----BEGIN X-----\n abc\n -----END X-----\n\none\n\ntwo\n"));
  CHECK(commit_object(text, [](auto) { return std::string(); }) == commit_object(text));
}

TEST_CASE("git verifies a commit that ssh-keygen has signed, and no altered one") {
  const Scratch scratch;
  const std::string in = "cd '" + scratch.path().string() + "' && ";
  shell(in +
        "git init -q --bare r && ssh-keygen -q -t ed25519 -N '' -C '' -f key && "
        "(printf 'stet@localhost '; cat key.pub) >allowed");
  const auto sign = [&](std::string_view commit) {
    std::ofstream(scratch / "commit", std::ios::binary) << commit;
    shell(in + "rm -f commit.sig && ssh-keygen -q -Y sign -n git -f key commit");
    return shell(in + "cat commit.sig");
  };
  const auto verify = [&](const std::string& commit) {
    std::ofstream(scratch / "commit", std::ios::binary) << commit;
    return shell(in +
                 "git -C r -c gpg.ssh.allowedSignersFile=../allowed verify-commit "
                 "$(git -C r hash-object -t commit -w ../commit) 2>&1 || true");
  };
  shell(in + "git -C r write-tree");
  const std::string signed_commit = commit_object(text, sign);
  CHECK_THAT(verify(signed_commit), Contains("Good \"git\" signature for stet@localhost"));
  std::string altered = signed_commit;
  altered.replace(altered.find("two"), 3, "too");
  CHECK_THAT(verify(altered), !Contains("Good"));
}

TEST_CASE("an id is 40 lower-case hex digits") {
  CHECK(hex(*id_in("00000000000000000000000000000000000000ff")) ==
        "00000000000000000000000000000000000000ff");
  CHECK_FALSE(id_in("00000000000000000000000000000000000000fF"));
  CHECK_FALSE(id_in("000000000000000000000000000000000000000"));
  CHECK_FALSE(id_in(""));
}
