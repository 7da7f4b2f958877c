#include "json_instances.hpp"

template class std::vector<std::string>;
template class std::vector<nlohmann::json>;
template class std::map<std::string, nlohmann::json, std::less<>>;
template class nlohmann::basic_json<>;
template class nlohmann::detail::serializer<nlohmann::json>;
template class nlohmann::detail::iter_impl<const nlohmann::json>;
template class nlohmann::detail::lexer<nlohmann::json, stet::json_instances::Input>;
template class nlohmann::detail::parser<nlohmann::json, stet::json_instances::Input>;
template class nlohmann::detail::json_sax_dom_parser<nlohmann::json>;
template class nlohmann::detail::json_sax_dom_callback_parser<nlohmann::json>;
