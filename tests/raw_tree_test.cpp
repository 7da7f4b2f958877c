#include "raw_tree.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <stdexcept>
#include <vector>

using namespace stet;
using namespace std::string_literals;

namespace {

const ObjectId id = object_id(ObjectType::blob, "x");

}  // namespace

TEST_CASE("entries come back as they were appended") {
  std::string tree;
  append_entry(tree, {file_mode, "a", id});
  append_entry(tree, {folder_mode, "b c", {}});
  std::string_view rest = tree;
  const auto a = take_entry(rest), b = take_entry(rest);
  CHECK(rest.empty());
  CHECK((a.name == "a" && a.id == id && !a.is_folder()));
  CHECK((b.name == "b c" && b.id == ObjectId{} && b.is_folder()));
  CHECK(find_entry(tree, "b c")->is_folder());
  CHECK_FALSE(find_entry(tree, "b"));
  CHECK_FALSE(find_entry("", "b"));
}

TEST_CASE("the order is git's: a folder's name as if a slash followed it") {
  const RawEntry entries[] = {{file_mode, "a", {}},     {file_mode, "a-b", {}},  {folder_mode, "a", {}},
                              {file_mode, "a0", {}},    {folder_mode, "ab", {}}, {file_mode, "b", {}},
                              {folder_mode, "\xff", {}}};
  for (size_t i = 0; i < std::size(entries); ++i)
    for (size_t j = 0; j < std::size(entries); ++j) CHECK(stands_before(entries[i], entries[j]) == (i < j));
}

TEST_CASE("what is no tree is refused at whatever byte it ends") {
  std::string tree;
  append_entry(tree, {file_mode, "name", id});
  for (size_t size = 0; size < tree.size(); ++size) {
    std::string_view cut = std::string_view(tree).substr(0, size);
    CHECK_THROWS_AS(take_entry(cut), std::runtime_error);
  }
  const std::string no_space = "100644\0"s + std::string(20, ' ');
  std::string_view rest = no_space;
  CHECK_THROWS_AS(take_entry(rest), std::runtime_error);
}
