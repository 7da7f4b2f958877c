// Finds every expression of time of a text.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "expression.hpp"
#include "reader.hpp"

// Called for each stretch of the text (some paragraphs) with its tokens and its expressions, whose
// `first_token` and `limit` are places in them. Expressions come in text order and do not overlap.
using OnStretch = std::function<void(const Reader&, std::vector<Expression>&)>;

void scan(std::string_view text, const OnStretch& on_stretch);
