// States the numbers of a text as facts, so that the host can say which of them a revision changed.
#pragma once

#include "page.hpp"

// Money, percentages, and whole numbers from 2 on that count a thing named right after them; `dates` of the
// page are left out.
void state_numbers(const Page& page, stet::sdk::Host& host);
