#include "branch_tip.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <thread>

#include "files.hpp"
#include "scratch.hpp"

using namespace stet;
using testing::shell;
namespace fs = std::filesystem;

namespace {

struct Branch {
  fs::path file() const { return scratch / "r" / Repository::branch; }
  // As writers do: a new file takes the place of the old one.
  void move_to(char digit) const { write_file(file(), std::string(40, digit) + '\n'); }
  // In the same file, which changes its time alone, and before Linux 6.13 not even that within one tick of 4
  // ms. A new file looks so that has the number of one before the last, as some systems give them out.
  void overwrite(char digit) const {
    std::fstream(file(), std::ios::in | std::ios::out) << std::string(40, digit) << '\n';
  }
  // As long ago as it takes until times tell two files apart.
  static void settle() { std::this_thread::sleep_for(std::chrono::milliseconds(3100)); }

  testing::Scratch scratch;
  Repository repository = made(scratch / "r");

 private:
  static Repository made(const fs::path& folder) {
    Repository::make(folder);
    return Repository(folder);
  }
};

std::string read(BranchTip& tip) {
  const auto commit = tip.read();
  return commit ? hex(*commit).substr(0, 2) : "none";
}

}  // namespace

TEST_CASE("a branch is what it is now, at once and after it was left alone for long") {
  const Branch branch;
  BranchTip tip(branch.repository);
  CHECK(read(tip) == "none");
  branch.move_to('1');
  CHECK(read(tip) == "11");
  Branch::settle();
  CHECK(read(tip) == "11");
  CHECK(read(tip) == "11");
  for (const char digit : {'2', '3', '4'}) {  // within one tick of the clock of files
    branch.move_to(digit);
    CHECK(read(tip) == std::string(2, digit));
  }
}

TEST_CASE("a branch that changed twice in one tick of the clock is not taken for the old one") {
  const Branch branch;
  branch.move_to('0');
  BranchTip tip(branch.repository);
  bool all_seen = true;
  for (int round = 0; round < 500; ++round) {
    branch.overwrite('1');
    all_seen &= read(tip) == "11";
    branch.overwrite('2');
    branch.overwrite('3');
    all_seen &= read(tip) == "33";
  }
  CHECK(all_seen);
}

TEST_CASE("a branch that names another, or is packed, or gone, is followed") {
  const Branch branch;
  BranchTip tip(branch.repository);
  branch.move_to('1');
  // The line is as long as one that names a commit.
  const std::string other = "refs/heads/" + std::string(24, 'x');
  fs::rename(branch.file(), branch.scratch / "r" / other);
  write_file(branch.file(), "ref: " + other + "\n");
  Branch::settle();
  CHECK(read(tip) == "11");
  CHECK(read(tip) == "11");
  write_file(branch.scratch / "r" / other, std::string(40, '2') + '\n');
  CHECK(read(tip) == "22");

  fs::remove(branch.file());
  CHECK(read(tip) == "none");
  write_file(branch.scratch / "r/packed-refs", std::string(40, '3') + " " + Repository::branch + "\n");
  CHECK(read(tip) == "33");
}

TEST_CASE("a branch written in place is read anew") {
  const Branch branch;
  BranchTip tip(branch.repository);
  branch.move_to('1');
  Branch::settle();
  CHECK(read(tip) == "11");
  shell("printf '%s\\n' 4444444444444444444444444444444444444444 | dd of='" + branch.file().string() +
        "' conv=notrunc status=none");
  CHECK(read(tip) == "44");
  tip.forget();
  CHECK(read(tip) == "44");
}
