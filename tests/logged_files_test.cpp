#include "logged_files.hpp"

#include <catch2/catch.hpp>

#include "key_changes.hpp"
#include "leaf.hpp"
#include "problems.hpp"

using namespace stet;
using Catch::Contains;

namespace {

constexpr int64_t opened = 1'735'689'600;
const std::string about = R"({"format":1,"log":"x","origin":"desk"})";

// A log, and the files that commits of one key after the other brought.
struct Past {
  PrivateKey first = PrivateKey::generate(), second = PrivateKey::generate();
  std::vector<Hash> leaves;
  LoggedFiles files;

  Past() {
    bring({"ledger.json", about}, first);
    bring(key_file({first.public_key(), opened}), first);
  }
  static std::string id(const PrivateKey& key) { return key.public_key().keyid(); }
  void log(const NamedBytes& file) { leaves.push_back(leaf_hash(file_leaf(file.first, file.second))); }
  void commit(const NamedBytes& file, const PrivateKey& by) {
    files.add({file.first, file.second, ""}, id(by));
  }
  void bring(const NamedBytes& file, const PrivateKey& by) { log(file), commit(file, by); }

  ListedKey let_in(const PrivateKey& key, const PrivateKey& by) const {
    ListedKey listed{key.public_key(), opened, leaves.size()};
    listed.listed_by = Signature{id(by), by.sign(admission(listed))};
    return listed;
  }
  ListedKey retired() const {
    ListedKey listed{first.public_key(), opened};
    listed.retired = KeyEnd{opened, leaves.size()};
    return listed;
  }
  NamedBytes witnesses(size_t from_size) const {
    const auto witness = vkey({"watch", NoteKeyType::cosignature_v1, second.public_key()});
    return {"ledger.json", R"({"format":1,"log":"x","origin":"desk","witnesses":{"fromSize":)" +
                               std::to_string(from_size) + R"(,"keys":[")" + witness +
                               R"("],"required":1}})"};
  }
  std::string problems() const {
    Verification result;
    files.check(leaves, result);
    return testing::listed(result);
  }
};

}  // namespace

TEST_CASE("keys and witnesses that came one after the other are in order") {
  Past past;
  past.bring(past.witnesses(2), past.first);
  past.bring(key_file(past.let_in(past.second, past.first)), past.first);
  past.bring(key_file(past.retired()), past.first);
  past.bring(past.witnesses(5), past.second);
  CHECK(past.problems() == "");
}

TEST_CASE("an older version in the place of a newer one is noticed") {
  Past past;
  past.bring(past.witnesses(2), past.first);
  past.commit({"ledger.json", about}, past.first);
  CHECK_THAT(past.problems(), Contains("ledger.json: is number 1 of the log, and took the place of a version "
                                       "that is number 3 of the log"));
}

TEST_CASE("a key that was let in after the end of the one that let it in is noticed") {
  Past past;
  past.bring(key_file(past.retired()), past.first);
  const auto stolen = past.let_in(past.second, past.first);
  past.log(key_file(stolen));
  past.commit(key_file(stolen), past.second);
  CHECK_THAT(past.problems(), Contains("is number 4 of the log, and was let in by " + Past::id(past.first) +
                                       ", whose end is number 3 of the log"));
}

TEST_CASE("a key that nobody let in, or that a stranger did, is noticed") {
  Past past;
  SECTION("nobody") {
    past.bring(key_file({past.second.public_key(), opened, 2}), past.first);
    CHECK_THAT(past.problems(), Contains("is number 3 of the log, and no key of the ledger let it in"));
  }
  SECTION("a stranger") {
    past.bring(key_file(past.let_in(past.second, PrivateKey::generate())), past.first);
    CHECK_THAT(past.problems(), Contains("which is not one of the ledger's keys"));
  }
  SECTION("a signature that is not the first key's") {
    auto listed = past.let_in(past.second, past.first);
    listed.listed_by->bytes = past.second.sign(admission(listed));
    past.bring(key_file(listed), past.first);
    CHECK_THAT(past.problems(), Contains("that does not hold"));
  }
}

TEST_CASE("what says another place in the log than it has is noticed") {
  Past past;
  SECTION("a key that would count for what was there before") {
    ListedKey listed{past.second.public_key(), opened, 1};
    listed.listed_by = Signature{Past::id(past.first), past.first.sign(admission(listed))};
    past.bring(key_file(listed), past.first);
    CHECK_THAT(past.problems(), Contains("says that it is number 2 of the log, and is number 3 of the log"));
  }
  SECTION("witnesses") {
    past.bring(past.witnesses(9), past.first);
    CHECK_THAT(past.problems(),
               Contains("ledger.json: says that it is number 10 of the log, and is number 3"));
  }
}

TEST_CASE("what a key's commit brought after the end of that key is noticed") {
  Past past;
  past.bring(key_file(past.let_in(past.second, past.first)), past.first);
  past.bring(key_file(past.retired()), past.first);
  past.bring(past.witnesses(4), past.first);
  CHECK_THAT(past.problems(), Contains("ledger.json: is number 5 of the log, in a commit by " +
                                       Past::id(past.first) + ", whose end is number 4 of the log"));
}
