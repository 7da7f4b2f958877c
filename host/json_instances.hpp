// The templates that every use of nlohmann/json makes the compiler write out again, told to be in
// json_instances.cpp. For precompiled headers: no source includes this, and leaving it out changes nothing but the
// time to compile, which it halves under sanitizers.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace stet::json_instances {
using Input = nlohmann::detail::iterator_input_adapter<const char*>;  // what parse() makes of a string_view
}

extern template class std::vector<std::string>;
extern template class std::vector<nlohmann::json>;
extern template class std::map<std::string, nlohmann::json, std::less<>>;
extern template class nlohmann::basic_json<>;
extern template class nlohmann::detail::serializer<nlohmann::json>;
extern template class nlohmann::detail::iter_impl<const nlohmann::json>;
extern template class nlohmann::detail::lexer<nlohmann::json, stet::json_instances::Input>;
extern template class nlohmann::detail::parser<nlohmann::json, stet::json_instances::Input>;
extern template class nlohmann::detail::json_sax_dom_parser<nlohmann::json>;
extern template class nlohmann::detail::json_sax_dom_callback_parser<nlohmann::json>;
