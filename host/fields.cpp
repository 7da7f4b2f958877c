#include "fields.hpp"

#include "fold.hpp"

namespace stet {

using nlohmann::json;

const json* field_at(const json& fields, std::string_view path) {
  const json* value = &fields;
  for (;;) {
    const size_t dot = path.find('.');
    if (!value->is_object()) return nullptr;
    const auto member = value->find(std::string(path.substr(0, dot)));
    if (member == value->end() || member->is_null()) return nullptr;
    value = &*member;
    if (dot == path.npos) return value;
    path.remove_prefix(dot + 1);
  }
}

bool same_value(const json* a, const json* b) {
  if (!a || !b) return a == b;
  if (*a == *b) return true;
  return a->is_string() && b->is_string() &&
         fold(a->get_ref<const std::string&>()) == fold(b->get_ref<const std::string&>());
}

std::string words_for(const json* value) {
  if (!value) return {};
  if (value->is_string()) return value->get<std::string>();
  return value->dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace stet
