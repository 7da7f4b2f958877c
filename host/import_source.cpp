#include "import_source.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <tuple>

#include "article_id.hpp"
#include "files.hpp"
#include "front_matter.hpp"
#include "import_git.hpp"
#include "import_rows.hpp"
#include "page_metadata.hpp"
#include "timestamp.hpp"
#include "utf8.hpp"

namespace stet {
namespace {

namespace fs = std::filesystem;

// What the front matter or the page says as url.
std::optional<std::string> url_in(const std::string& name, const std::string& bytes) {
  const Format format = format_of(name);
  if (format == Format::text || (format == Format::markdown && !bytes.starts_with("---")))
    return std::nullopt;
  if (format == Format::html && first_not_utf8(bytes)) return std::nullopt;  // will be refused
  std::string source;
  for (const char c : bytes)
    if (c != '\r') source += c;
  if (format == Format::markdown) return read_front_matter(source, name).metadata.url;
  return read_page_metadata(HtmlPage(source, name)).metadata.url;
}

std::string with_folders(std::string name) {
  std::replace(name.begin(), name.end(), '/', '-');
  return name;
}

class Folder : public ImportSource {
 public:
  explicit Folder(const fs::path& folder) : folder_(folder) {
    for (fs::recursive_directory_iterator at(folder), end; at != end; ++at) list(at);
    if (files_.empty())
      throw std::runtime_error(folder.string() +
                               ": holds no article file (.txt, .text, .md, .markdown, .html)");
    std::sort(files_.begin(), files_.end(), [](const File& a, const File& b) {
      return std::tie(a.changed, a.name) < std::tie(b.changed, b.name);
    });
  }

  std::optional<Incoming> next(const Fault& fault) override {
    while (at_ < files_.size()) {
      const auto& file = files_[at_++];
      const auto path = folder_ / file.name;
      try {
        Incoming in = incoming_file(file.name, read_file(path, max_document_bytes), file.changed);
        in.where = path.string();
        in.folder = fs::absolute(path).parent_path();
        return in;
      } catch (const std::runtime_error& e) {
        const std::string why = e.what(), prefix = path.string() + ": ";
        fault(path.string(), why.starts_with(prefix) ? why.substr(prefix.size()) : why);
      }
    }
    return std::nullopt;
  }

  Progress progress() const override { return {at_, files_.size()}; }

 private:
  struct File {
    int64_t changed;
    std::string name;
  };

  void list(fs::recursive_directory_iterator& at) {
    if (at->path().filename().native().starts_with('.')) return at.disable_recursion_pending();
    if (!at->is_regular_file() || !is_article_file(at->path().native())) return;
    struct stat status {};
    if (stat(at->path().c_str(), &status) != 0)
      throw std::runtime_error(at->path().string() + ": " + std::strerror(errno));
    files_.push_back({status.st_mtim.tv_sec, at->path().lexically_relative(folder_).string()});
  }

  fs::path folder_;
  std::vector<File> files_;
  size_t at_ = 0;
};

bool is_rows_file(std::string name) {
  if (name.ends_with(".gz")) name.resize(name.size() - 3);
  return name.ends_with(".jsonl") || name.ends_with(".ndjson");
}

}  // namespace

bool is_article_file(std::string_view name) {
  for (const std::string_view ending : {".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml"})
    if (name.ends_with(ending)) return true;
  return false;
}

Incoming incoming_file(const std::string& name, std::string bytes, int64_t observed) {
  Incoming in;
  in.article = article_id(url_in(name, bytes).value_or(with_folders(name)));
  in.name = name;
  in.bytes = std::move(bytes);
  in.format = format_of(name);
  in.observed = format_timestamp(observed);
  return in;
}

std::unique_ptr<ImportSource> open_import_source(const fs::path& path,
                                                 const std::optional<std::string>& git_path) {
  std::error_code error;
  const auto status = fs::status(path, error);
  if (!fs::exists(status)) throw std::runtime_error(path.string() + ": no such file or folder");
  if (git_path) return git_source(path, *git_path);
  if (fs::is_directory(status)) return std::make_unique<Folder>(path);
  if (is_rows_file(path.string())) return rows_source(path);
  throw std::runtime_error(path.string() + ": neither a folder nor a .jsonl file; see: stet record");
}

}  // namespace stet
