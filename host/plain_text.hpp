// The structure of plain text.
#pragma once

#include <string_view>
#include <vector>

#include "document.hpp"

namespace stet {

// Blocks and links of `text`, in order. `text` is valid UTF-8 with LF line ends.
//
// Lines. Some texts keep each paragraph on one line, with or without blank lines between; others break
// lines to a width. Which one this is gets measured. All places are counted where two lines stand directly
// below each other, but for those after the first line of the text, next to list items, quoted lines, and
// bylines and date lines among the first eight. (Below a list item a line counts if it is indented or
// begins in lower case.) A place is a wrap if the upper line has at most 100 characters and the sentence
// runs on: it ends without . ! ? : ; or a closing mark, or the lower line begins with a lower-case letter.
// If more than half of the places are wraps, and at most a tenth of the lines are longer than 100
// characters, the text is wrapped and a paragraph goes on to the next blank line; else every line is a
// paragraph. Bylines and date lines among the first eight are always paragraphs of their own.
//
// Title. The first line, unless it is the only one, longer than 300 bytes, a list item or quoted. In
// wrapped text the title goes on where the next line begins in lower case; if what then comes of it ends
// like a sentence, it is a paragraph and there is no title.
//
// Heading (level 2). A line of at most 60 characters and 10 words, alone between blank lines, that begins
// with a capital or a digit and ends with a letter or a digit, before a block that does not look like one.
//
// List items. Lines that begin with "- ", "* ", "• ", "1. " or "1) ", at least two in a row of one kind,
// numbers counting up; one blank line may stand between. Indented lines below belong to the item, as do
// all that follow in wrapped text. Block quote. Lines that begin with ">"; an empty one parts paragraphs.
//
// Ranges leave out white space at both ends, the marks of list items and the first ">" of a quotation.
std::vector<Node> read_plain_text(std::string_view text);

}  // namespace stet
