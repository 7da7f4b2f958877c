// Whether the sentence around an expression speaks of what was or of what will be.
#pragma once

#include "expression.hpp"
#include "reader.hpp"

// Looks at most 40 tokens to either side, and not beyond the sentence.
Tense tense_around(const Reader& r, const Expression& e);
