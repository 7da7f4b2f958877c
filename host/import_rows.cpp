#include "import_rows.hpp"

#include <algorithm>
#include <deque>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "article_id.hpp"
#include "line_reader.hpp"
#include "plain_json.hpp"
#include "timestamp.hpp"

namespace stet {
namespace {

using nlohmann::json;

// A row holds one document, or all revisions of one article.
constexpr size_t max_row_bytes = 64 * max_document_bytes;

// The text of a member; nothing where it is missing, null or empty.
std::optional<std::string> text_of(const json& row, const char* member) {
  const auto found = row.find(member);
  if (found == row.end() || found->is_null()) return std::nullopt;
  if (!found->is_string()) throw std::runtime_error(std::string(member) + " is not a text");
  auto text = found->get<std::string>();
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}

std::string time_in(const json& row, const char* member) {
  const auto text = text_of(row, member);
  const auto time = text ? parse_timestamp(*text) : std::nullopt;
  if (text && !time)
    throw std::runtime_error(std::string(member) + " is \"" + *text +
                             "\", which is not an RFC 3339 time or date");
  return time ? format_timestamp(*time) : "";
}

// When the document was seen. A clock of this machine would make every import of a row another one.
std::string observed_in(const json& row) {
  for (const char* member : {"observed", "time", "published"})
    if (auto time = time_in(row, member); !time.empty()) return time;
  throw std::runtime_error("has no time: observed, time or published");
}

// Of a row's text. A page's address often ends in .html, and what was taken from the page is plain text.
Format format_in(const json& row, const std::string& name) {
  if (const auto stated = text_of(row, "format")) {
    if (const auto format = format_named(*stated)) return *format;
    throw std::runtime_error("format is neither text nor markdown nor html");
  }
  const Format by_name = format_of(name);
  return by_name == Format::html ? Format::text : by_name;
}

std::string name_in(const json& article) {
  for (const char* member : {"id", "article_id", "url"})
    if (auto name = text_of(article, member)) return *name;
  throw std::runtime_error("has neither id nor url");
}

// `row`: what one revision says. `article`: what holds of all of them; may be the same object.
Incoming incoming(const json& article, const json& row) {
  Incoming in;
  const std::string called = name_in(article);
  in.article = article_id(called);
  in.url = text_of(article, "url");
  in.name = in.url.value_or(called);
  in.format = format_in(article, in.name);
  in.observed = observed_in(row);
  if (text_of(row, "published")) {
    static_cast<void>(time_in(row, "published"));
    in.published = text_of(row, "published");
  }
  in.title = text_of(row, "title");
  if (!in.title) in.title = text_of(article, "title");
  auto text = text_of(row, "text"), html = text_of(row, "html");
  if (!text && !html) throw std::runtime_error("has no text");
  if (!text) in.format = Format::html;
  in.bytes = std::move(text ? *text : *html);
  return in;
}

class Rows : public ImportSource {
 public:
  Rows(const std::filesystem::path& file, const std::atomic<bool>* stop) : file_(file), lines_(file, stop) {}

  std::optional<Incoming> next(const Fault& fault) override {
    while (ready_.empty()) {
      const auto line = lines_.next(max_row_bytes);
      if (!line) return std::nullopt;
      if (++number_ == 1) refuse_utf16(*line);
      if (line->find_first_not_of(" \t\r") == std::string::npos) continue;
      read_row(*line, fault);
    }
    Incoming first = std::move(ready_.front());
    ready_.pop_front();
    return first;
  }

  Progress progress() const override { return {lines_.done(), lines_.size()}; }

 private:
  // Each of its lines would be one that is not JSON.
  void refuse_utf16(const std::string& first) const {
    const bool is_marked = first.starts_with("\xFF\xFE") || first.starts_with("\xFE\xFF");
    if (is_marked || first.substr(0, 2).find('\0') != std::string::npos)
      throw std::runtime_error(file_.string() + ": is UTF-16; rows are read as UTF-8");
  }

  void read_row(const std::string& line, const Fault& fault) {
    const std::string where = file_.string() + ":" + std::to_string(number_);
    try {
      if (line.size() > max_row_bytes)
        throw std::runtime_error("is over " + std::to_string(max_row_bytes >> 20) + " MiB");
      auto plain = read_plain_json(line);
      const auto row = plain ? std::move(*plain) : json::parse(line);
      if (!row.is_object()) throw std::runtime_error("is not a JSON object");
      if (const auto revisions = row.find("revisions"); revisions != row.end() && !revisions->is_null())
        return read_revisions(row, where, fault);
      take(row, row, where);
    } catch (const json::parse_error& e) {
      fault(where, "is not JSON at byte " + std::to_string(e.byte));
    } catch (const json::out_of_range&) {
      fault(where, "is JSON with a number out of range");
    } catch (const json::exception&) {
      fault(where, "is JSON of another shape");
    } catch (const std::runtime_error& e) {
      fault(where, e.what());
    }
  }

  void read_revisions(const json& article, const std::string& where, const Fault& fault) {
    const auto& revisions = article.at("revisions");
    if (!revisions.is_array()) throw std::runtime_error("revisions is not a list");
    if (revisions.empty()) throw std::runtime_error("revisions is an empty list");
    for (const char* own : {"text", "html"})
      if (text_of(article, own))
        throw std::runtime_error("has both revisions and a " + std::string(own) +
                                 " of its own, see FORMATS.md");
    const size_t first = ready_.size();
    for (size_t i = 0; i < revisions.size(); ++i) {
      const std::string which = where + ", revision " + std::to_string(i + 1);
      try {
        if (!revisions[i].is_object()) throw std::runtime_error("is not a JSON object");
        take(article, revisions[i], which);
      } catch (const std::runtime_error& e) {
        fault(which, e.what());
      }
    }
    std::stable_sort(ready_.begin() + static_cast<std::ptrdiff_t>(first), ready_.end(),
                     [](const Incoming& a, const Incoming& b) { return a.observed < b.observed; });
  }

  void take(const json& article, const json& row, const std::string& where) {
    ready_.push_back(incoming(article, row));
    ready_.back().where = where;
  }

  std::filesystem::path file_;
  LineReader lines_;
  size_t number_ = 0;  // of the line last read, from 1
  std::deque<Incoming> ready_;
};

}  // namespace

std::unique_ptr<ImportSource> rows_source(const std::filesystem::path& file, const std::atomic<bool>* stop) {
  return std::make_unique<Rows>(file, stop);
}

}  // namespace stet
