#include "import_source.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "article_id.hpp"
#include "front_matter.hpp"
#include "import_folder.hpp"
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

bool is_rows_file(std::string name) {
  if (name.ends_with(".gz")) name.resize(name.size() - 3);
  return name.ends_with(".jsonl") || name.ends_with(".ndjson");
}

}  // namespace

bool is_article_file(std::string_view name) {
  const auto lower = ascii_lower(name);
  for (const std::string_view ending : {".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml"})
    if (lower.ends_with(ending)) return true;
  return false;
}

std::optional<std::string> id_by_name(const std::string& name) try {
  return article_id(with_folders(name));
} catch (const std::runtime_error&) {
  return std::nullopt;
}

Incoming incoming_file(const std::string& name, std::string bytes, int64_t observed) {
  Incoming in;
  in.stated_url = url_in(name, bytes);
  in.article = article_id(in.stated_url.value_or(with_folders(name)));
  in.name = name;
  in.bytes = std::move(bytes);
  in.format = format_of(name);
  in.observed = format_timestamp(observed);
  return in;
}

void demand_import_source(const fs::path& path, const std::optional<std::string>& git_path) {
  std::error_code error;
  const auto status = fs::status(path, error);
  if (!fs::exists(status)) throw std::runtime_error(path.string() + ": no such file or folder");
  if (access(path.c_str(), R_OK) != 0) throw std::runtime_error(path.string() + ": " + std::strerror(errno));
  if (!git_path && !fs::is_directory(status) && !is_rows_file(path.string()))
    throw std::runtime_error(path.string() + ": neither a folder nor a .jsonl file; see: stet record");
}

std::unique_ptr<ImportSource> open_import_source(const fs::path& path,
                                                 const std::optional<std::string>& git_path,
                                                 const std::atomic<bool>* stop) {
  demand_import_source(path, git_path);
  if (git_path) return git_source(path, *git_path);
  if (fs::is_directory(path)) return folder_source(path);
  return rows_source(path, stop);
}

}  // namespace stet
