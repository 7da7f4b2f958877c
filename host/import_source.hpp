// Where an import takes its revisions from: files of a folder, rows of JSONL, a git repository's history of a
// path. Reads, and decides nothing: what is known already, and what is out of order, is import's to say.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document.hpp"

namespace stet {

// A document as it was found, before it is read.
struct Incoming {
  std::string where;    // for messages: a file, "rows.jsonl:17", "commit 1a2b3c4: news/a.md"
  std::string article;  // id, see article_id()
  std::string name;     // of its file, for read_document()
  std::string bytes;
  Format format = Format::text;
  std::string observed;  // RFC 3339 UTC
  // What the row says beside the document; replaces what the document says of itself.
  std::optional<std::string> published, url, title;
  std::optional<std::string> stated_url;  // what a file says of itself, and its article is called by
  std::filesystem::path folder;  // where it lies, for the files it names as its sources; empty: nowhere
};

// Incoming documents one after the other. Those of one article come in the order in which they were observed.
class ImportSource {
 public:
  using Fault = std::function<void(const std::string& where, const std::string& why)>;

  virtual ~ImportSource() = default;
  // The next document; nothing at the end. A row or file that is none is told to `fault`, and passed over.
  // Throws std::runtime_error with one sentence when nothing more can be read at all.
  virtual std::optional<Incoming> next(const Fault& fault) = 0;
  // How much has been read, of how much there is, in units of the source's own; total 0: not known.
  struct Progress {
    uint64_t done = 0, total = 0;
  };
  virtual Progress progress() const = 0;
  // Files that are no articles by their names, and links.
  virtual uint64_t passed_over() const { return 0; }
};

// By its name: .txt, .text, .md, .markdown, .html, .htm or .xhtml, in letters of either case.
bool is_article_file(std::string_view name);

// A file of an import. `name` is its path below the folder that is imported. The article is what its front
// matter or its page says as `url`, else its name with the folders' names before it: news/ferry.md is article
// "news-ferry", so that two files of one name are not taken for one article. Throws as article_id() and
// read_front_matter() do.
Incoming incoming_file(const std::string& name, std::string bytes, int64_t observed);

// The article of a file that states no url; nothing where the name makes no id.
std::optional<std::string> id_by_name(const std::string& name);

// `path`: a folder (see folder_source()), or a file with rows of JSON (.jsonl, .ndjson, and with .gz behind).
// `git_path`: instead, the git repository `path`, and what of its history to read; see git_source(). Throws
// std::runtime_error naming `path`. The first looks whether there is one, and does not read it. Once `stop`
// is true, the second need not go through all of a file: it has no rows then.
void demand_import_source(const std::filesystem::path& path, const std::optional<std::string>& git_path = {});
std::unique_ptr<ImportSource> open_import_source(const std::filesystem::path& path,
                                                 const std::optional<std::string>& git_path = {},
                                                 const std::atomic<bool>* stop = nullptr);

}  // namespace stet
