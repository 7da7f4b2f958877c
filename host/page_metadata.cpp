#include "page_metadata.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "foreign_json.hpp"
#include "stated_metadata.hpp"
#include "utf8.hpp"

namespace stet {
namespace {

using nlohmann::json;

// NewsArticle, BlogPosting, MedicalWebPage: what is first here is taken before what follows.
constexpr std::array<std::string_view, 3> types = {"Article", "Posting", "WebPage"};
constexpr std::array<const char*, 4> published_names = {"article:published_time", "date", "pubdate",
                                                        "dc.date"};
constexpr std::array<const char*, 3> modified_names = {"article:modified_time", "og:updated_time", "lastmod"};

// Of a thing that JSON-LD describes.
bool has_type(const json& thing, std::string_view ending) {
  const auto ends_so = [&](const json& type) {
    return type.is_string() && type.get_ref<const std::string&>().ends_with(ending);
  };
  const auto type = thing.find("@type");
  if (type == thing.end()) return false;
  return type->is_array() ? std::ranges::any_of(*type, ends_so) : ends_so(*type);
}

// The first such thing that `value` describes: itself, one of a list, or of a graph.
const json* find_thing(const json& value, std::string_view type_ending) {
  if (value.is_object() && has_type(value, type_ending)) return &value;
  if (value.is_object() && value.contains("@graph")) return find_thing(value["@graph"], type_ending);
  if (value.is_array())
    for (const auto& one : value)
      if (const json* found = find_thing(one, type_ending)) return found;
  return nullptr;
}

// A placeholder such as 0001-01-01, if it is from before there were newspapers.
bool is_placeholder(const std::string& time) {
  return time < "1600";
}

class Reader {
 public:
  explicit Reader(const HtmlPage& page) : nodes_(page.nodes()) {}

  PageMetadata read() {
    collect();
    read_title();
    auto& metadata = out_.metadata;
    metadata.byline = byline();
    metadata.published = time("datePublished", published_names);
    metadata.modified = time("dateModified", modified_names);
    metadata.url = url();
    return std::move(out_);
  }

 private:
  struct Statement {
    std::string name;  // lower case
    std::string_view value;
    Range source;
  };

  void collect() {
    for (uint32_t i = 0; i < nodes_.size(); ++i) {
      const auto& node = nodes_[i];
      if (node.tag == "script" && ascii_lower(node.attribute("type")) == "application/ld+json")
        read_description(text_in(i));
      else if (node.tag == "title" && title_ == 0)
        title_ = i;
      else
        collect(node);
    }
  }

  std::string_view text_in(uint32_t node) const {
    const bool filled = node + 1 < nodes_[node].end && nodes_[node + 1].is_text();
    return filled ? nodes_[node + 1].text : std::string_view();
  }

  void read_description(std::string_view text) try {
    const auto value = parse_foreign_json(text);
    for (size_t i = 0; i < best_type_; ++i)
      if (const json* found = find_thing(value, types[i])) {
        described_ = *found;
        best_type_ = i;
      }
  } catch (const std::runtime_error&) {
    // What the page states elsewhere is left.
  }

  void collect(const HtmlNode& node) {
    if (node.tag == "link" && ascii_lower(node.attribute("rel")) == "canonical")
      add("canonical", node, "href");
    if (node.tag == "meta")
      for (const char* key : {"property", "name", "itemprop"})
        if (const auto name = node.attribute(key); !name.empty()) add(ascii_lower(name), node, "content");
    if (node.tag == "time")
      if (const auto name = node.attribute("itemprop"); !name.empty())
        add(ascii_lower(name), node, "datetime");
  }

  void add(std::string name, const HtmlNode& node, std::string_view attribute) {
    const auto a = std::ranges::find(node.attributes, attribute, &HtmlAttribute::name);
    if (a != node.attributes.end() && !trimmed(a->value).empty())
      statements_.push_back({std::move(name), a->value, a->source});
  }

  const Statement* find(std::string_view name) const {
    const auto found = std::ranges::find(statements_, name, &Statement::name);
    return found == statements_.end() ? nullptr : &*found;
  }

  std::optional<std::string> described(const char* member) const {
    const auto found = described_.find(member);
    if (found == described_.end() || !found->is_string()) return std::nullopt;
    auto words = on_one_line(found->get_ref<const std::string&>());
    return words.empty() ? std::nullopt : std::optional(std::move(words));
  }

  void read_title() {
    if (const auto* stated = find("og:title")) {
      out_.title = stated->value;
      out_.title_source = stated->source;
    } else if (title_ != 0 && !trimmed(text_in(title_)).empty()) {
      out_.title = text_in(title_);
      out_.title_source = nodes_[title_ + 1].source;
    }
    if (!out_.title.empty()) out_.metadata.title = on_one_line(out_.title);
  }

  static void add_names(const json& author, std::vector<std::string>& names) {
    if (author.is_array())
      for (const auto& one : author)
        if (!one.is_array()) add_names(one, names);
    const json& name = author.is_object() && author.contains("name") ? author["name"] : author;
    if (!name.is_string()) return;
    if (auto words = on_one_line(name.get_ref<const std::string&>()); !words.empty()) names.push_back(words);
  }

  std::optional<std::string> byline() const {
    std::vector<std::string> names;
    if (const auto author = described_.find("author"); author != described_.end()) add_names(*author, names);
    if (names.empty())
      for (const auto& stated : statements_)
        if (stated.name == "author") names.push_back(on_one_line(stated.value));
    return joined_names(names);
  }

  // The first that can be read; if none can, the first that is stated goes into a notice.
  std::optional<std::string> time(const char* member, std::span<const char* const> names) {
    std::vector<std::pair<std::string, std::string>> stated;
    if (auto words = described(member)) stated.emplace_back(member, std::move(*words));
    for (const char* name : names)
      if (const auto* found = find(name)) stated.emplace_back(name, on_one_line(found->value));
    if (const auto* found = find(ascii_lower(member))) stated.emplace_back(member, on_one_line(found->value));
    std::vector<std::string> unread;
    for (const auto& [name, words] : stated) {
      std::vector<std::string> notices;
      auto read = stated_time("the page's " + name, words, notices);
      if (read && is_placeholder(*read)) continue;
      auto& kept = read ? out_.notices : unread;
      kept.insert(kept.end(), notices.begin(), notices.end());
      if (read) return read;
    }
    if (!unread.empty()) out_.notices.push_back(unread.front());
    return std::nullopt;
  }

  std::optional<std::string> url() const {
    std::vector<std::string> stated;
    for (const char* name : {"canonical", "og:url"})
      if (const auto* found = find(name)) stated.push_back(on_one_line(found->value));
    if (auto words = described("url")) stated.push_back(std::move(*words));
    for (auto& words : stated)
      if (words.starts_with("https://") || words.starts_with("http://")) return std::move(words);
    return std::nullopt;
  }

  std::span<const HtmlNode> nodes_;
  std::vector<Statement> statements_;  // of <meta>, <link> and <time>, in order
  json described_;                     // of the article, in JSON-LD
  size_t best_type_ = types.size();    // that it has, an index
  uint32_t title_ = 0;                 // the element of that name
  PageMetadata out_;
};

}  // namespace

PageMetadata read_page_metadata(const HtmlPage& page) {
  return Reader(page).read();
}

}  // namespace stet
