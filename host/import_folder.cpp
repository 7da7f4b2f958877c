#include "import_folder.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <set>
#include <stdexcept>
#include <tuple>
#include <unordered_map>

#include "files.hpp"
#include "import_files.hpp"
#include "sentence.hpp"

namespace stet {
namespace {

namespace fs = std::filesystem;

class Folder : public ImportSource {
 public:
  explicit Folder(const fs::path& folder) : folder_(folder) {
    list();
    if (files_.empty() && unlisted_.empty())
      throw std::runtime_error(folder.string() +
                               ": holds no article file (.txt, .text, .md, .markdown, .html)");
    std::sort(files_.begin(), files_.end(), [](const File& a, const File& b) {
      return std::tie(a.changed, a.name) < std::tie(b.changed, b.name);
    });
    find_namesakes();
  }

  std::optional<Incoming> next(const Fault& fault) override {
    for (const auto& [where, why] : std::exchange(unlisted_, {})) fault(where, why);
    while (at_ < files_.size()) {
      const auto& file = files_[at_++];
      const auto path = folder_ / file.name;
      try {
        Incoming in = incoming_file(file.name, read_file(path, max_document_bytes), file.changed);
        if (const auto why = why_not_its_own(file, in); !why.empty()) throw std::runtime_error(why);
        in.where = path.string();
        in.folder = fs::absolute(path).parent_path();
        return in;
      } catch (const std::runtime_error& e) {
        fault(path.string(), without_name(without_name(e.what(), path.string()), file.name));
      }
    }
    return std::nullopt;
  }

  Progress progress() const override { return {at_, files_.size()}; }
  uint64_t passed_over() const override { return passed_over_; }

 private:
  struct File {
    int64_t changed;
    std::string name;
  };

  void list() {
    std::vector<fs::path> folders{folder_};
    while (!folders.empty()) {
      const auto folder = std::move(folders.back());
      folders.pop_back();
      std::error_code error;
      for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
        list(at->path(), folders);
      if (error) unlisted_.emplace_back(folder.string(), "cannot be listed: " + error.message());
    }
  }

  void list(const fs::path& path, std::vector<fs::path>& folders) {
    if (path.filename().native().starts_with('.')) return;
    struct stat status {};
    if (lstat(path.c_str(), &status) != 0)
      unlisted_.emplace_back(path.string(), std::strerror(errno));
    else if (S_ISDIR(status.st_mode))
      folders.push_back(path);
    else if (S_ISREG(status.st_mode) && is_article_file(path.native()))
      files_.push_back({status.st_mtim.tv_sec, path.lexically_relative(folder_).string()});
    else
      ++passed_over_;
  }

  // a/b.txt and a-b.txt. The first by name is the article, whichever was changed last: with the times the
  // article would be another file's at every import.
  void find_namesakes() {
    std::unordered_map<std::string, const File*> first;
    std::map<std::string, std::set<std::string>> groups;
    for (const auto& file : files_) {
      const auto id = id_by_name(file.name);
      if (!id) continue;
      const auto [found, is_new] = first.try_emplace(*id, &file);
      if (!is_new) groups[*id].insert({found->second->name, file.name});
    }
    for (auto& [id, names] : groups) {
      std::erase_if(names, [&](const auto& name) { return states_url(name); });
      for (const auto& name : names)
        if (name != *names.begin()) namesakes_.emplace(name, *names.begin());
    }
  }

  bool states_url(const std::string& name) const try {
    return incoming_file(name, read_file(folder_ / name, max_document_bytes), 0).stated_url.has_value();
  } catch (const std::runtime_error&) {
    return false;  // next() says why
  }

  std::string why_not_its_own(const File& file, const Incoming& in) {
    const auto namesake = namesakes_.find(file.name);
    if (namesake != namesakes_.end()) return is_also(in.article, (folder_ / namesake->second).string());
    return articles_.why_not_its_own((folder_ / file.name).string(), in);
  }

  fs::path folder_;
  std::vector<File> files_;
  std::vector<std::pair<std::string, std::string>> unlisted_;  // where, why
  std::map<std::string, std::string> namesakes_;               // a file, and the one whose id it would have
  ArticleFiles articles_;
  uint64_t passed_over_ = 0;
  size_t at_ = 0;
};

}  // namespace

std::unique_ptr<ImportSource> folder_source(const fs::path& folder) {
  return std::make_unique<Folder>(folder);
}

}  // namespace stet
