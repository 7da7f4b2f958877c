#include "refs.hpp"

#include <stdexcept>

#include "files.hpp"

namespace stet {
namespace {

namespace fs = std::filesystem;

constexpr size_t most_bytes = 64u << 20;
constexpr int longest_way = 5;  // of references that name others, as in git
constexpr size_t id_digits = 40;

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

// A line an id, a space and a name; '#' begins a comment, '^' what the tag of the line before points to.
std::map<std::string, ObjectId> packed_references(const fs::path& repository) {
  std::map<std::string, ObjectId> all;
  const fs::path file = repository / "packed-refs";
  std::error_code none;
  if (!fs::exists(file, none)) return all;
  const std::string text = read_file(file, most_bytes);
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const auto line = std::string_view(text).substr(begin, end - begin);
    begin = end + 1;
    if (line.empty() || line[0] == '#' || line[0] == '^') continue;
    const auto id = id_in(line.substr(0, id_digits));
    if (!id || line.size() < id_digits + 2 || line[id_digits] != ' ')
      throw std::runtime_error(file.string() + ": is damaged");
    all.emplace(line.substr(id_digits + 1), *id);
  }
  return all;
}

std::optional<ObjectId> read(const fs::path& repository, const std::string& name, int way) {
  const fs::path file = repository / name;
  std::error_code none;
  if (!fs::is_regular_file(file, none)) {
    const auto packed = packed_references(repository);
    const auto found = packed.find(name);
    return found == packed.end() ? std::nullopt : std::optional(found->second);
  }
  std::string text = read_file(file, most_bytes);
  while (text.ends_with('\n') || text.ends_with(' ')) text.pop_back();
  constexpr std::string_view symbolic = "ref: ";
  if (text.starts_with(symbolic) && way < longest_way)
    return read(repository, text.substr(symbolic.size()), way + 1);
  const auto id = id_in(text);
  if (!id) throw std::runtime_error(file.string() + ": is no reference");
  return id;
}

}  // namespace

std::optional<ObjectId> id_in(std::string_view text) {
  ObjectId id{};
  if (text.size() != id_digits) return std::nullopt;
  for (size_t i = 0; i < id_digits; ++i) {
    const int value = digit(text[i]);
    if (value < 0) return std::nullopt;
    id[i / 2] = static_cast<unsigned char>(id[i / 2] << 4 | value);
  }
  return id;
}

std::optional<ObjectId> read_reference(const fs::path& repository, const std::string& name) {
  return read(repository, name, 0);
}

std::map<std::string, ObjectId> all_references(const fs::path& repository) {
  auto all = packed_references(repository);
  std::error_code none;
  for (const auto& file : fs::recursive_directory_iterator(repository / "refs", none)) {
    const std::string name = file.path().lexically_relative(repository).string();
    if (!file.is_regular_file(none) || name.ends_with(".lock")) continue;
    if (const auto id = read_reference(repository, name)) all.insert_or_assign(name, *id);
  }
  if (const auto id = read_reference(repository, "HEAD")) all.insert_or_assign("HEAD", *id);
  return all;
}

}  // namespace stet
