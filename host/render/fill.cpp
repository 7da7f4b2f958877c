#include "fill.hpp"

#include <stdexcept>

#include <kainjow/mustache.hpp>

namespace stet {
namespace {

using nlohmann::json;
namespace mustache = kainjow::mustache;

mustache::data converted(const json& value) {
  switch (value.type()) {
    case json::value_t::object: {
      mustache::data object(mustache::data::type::object);
      for (const auto& [key, member] : value.items()) object[key] = converted(member);
      return object;
    }
    case json::value_t::array: {
      mustache::list list;
      for (const auto& element : value) list.push_back(converted(element));
      return mustache::data(list);
    }
    case json::value_t::string: {
      const auto& text = value.get_ref<const std::string&>();
      return text.empty() ? mustache::data(false) : mustache::data(text);
    }
    case json::value_t::boolean: return mustache::data(value.get<bool>());
    case json::value_t::null: return mustache::data(false);
    default: return mustache::data(value.dump());
  }
}

}  // namespace

std::string fill(std::string_view page, const json& values,
                 const std::function<std::string(const std::string&)>& escape) {
  mustache::mustache parsed{std::string(page)};
  if (!parsed.is_valid()) throw std::logic_error("a template does not parse: " + parsed.error_message());
  parsed.set_custom_escape(escape);
  std::string out;
  parsed.render(converted(values), [&](const std::string& text) { out += text; });
  return out;
}

}  // namespace stet
