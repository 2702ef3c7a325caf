// Names that stand in for the legal name of a newborn: BabyBoySmith, BG2, Girl1Marie, Twin A, NB.
//
// A name is cut into words at blanks, punctuation, digits and capitals behind small letters; words that are written
// together are taken apart as far as they are words of the list or names of the message (its family, its mother). It is a
// placeholder when it begins with a strong word (BABY, BOY, GIRL), when it ends with one behind a name of the message, or
// when it is nothing but brief words (BB, NB) and numbers. Babette, Boyd and Newborne have no such word. Whether the age
// makes it one is the rule's question. Internal to check.
#pragma once
#include <string_view>

#include "core/message.h"

namespace iz {

struct NewbornWords;

/// Whether a given name is the placeholder of a newborn. The message's own names help to take it apart.
bool is_newborn_name(const NewbornWords& words, const Message& message, std::string_view given);

}  // namespace iz
