#include "git_view.hpp"

#include <stdexcept>
#include <string_view>

#include "files.hpp"

namespace stet {
namespace {

constexpr std::string_view replacements = "refs/replace/";
constexpr size_t longest_head = 4096;

bool is_branch(const Repository& repository, const ObjectId& newest) {
  std::string head = read_file(repository.common_folder() / "HEAD", longest_head);
  while (!head.empty() && (head.back() == '\n' || head.back() == ' ')) head.pop_back();
  return head == std::string("ref: ") + Repository::branch || repository.reference("HEAD") == newest;
}

}  // namespace

void check_git_view(const Repository& repository, const ObjectId& newest,
                    const std::function<void(const std::string&, const std::string&)>& found) {
  const auto& folder = repository.common_folder();
  if (is_taken(folder / "info/grafts")) found("info/grafts", "has git show other parents of commits");
  if (is_taken(folder / "shallow"))
    found("shallow", "says that this is a shallow clone, which lacks older commits");
  try {
    for (const auto& [name, id] : repository.references())
      if (name.starts_with(replacements))
        found(name, "has git show another object in the place of " + name.substr(replacements.size()));
    for (const char* name : {"main", "refs/main", "refs/tags/main"})
      if (const auto id = repository.reference(name); id && id != newest)
        found(name, std::string("is what git takes for main, in the place of ") + Repository::branch);
    if (!is_branch(repository, newest))
      found("HEAD", std::string("is not ") + Repository::branch + ", so that git shows another ledger");
  } catch (const std::runtime_error& e) {
    found("refs", std::string("cannot be read: ") + e.what());
  }
}

}  // namespace stet
