// Which profile a message is checked against, and how sure that is.
//
//     iz::ChosenProfile c = iz::choose_profile(catalogue, message);
//     c.profile->id    // "Z22"
//     c.choice         // ProfileChoice::msh21
//     c.doubt          // ProfileDoubt::none
//
// MSH-21 names the profile; it may repeat, and the first name that is known counts. Without one MSH-9 tells the message
// type. Two queries share one type and are told apart by QPD-1, four responses by what they hold: candidates are several
// PID, a forecast has CVX 998, no person is Z33. Without an MSH the segments are looked at. A name that nothing has, or
// one that contradicts MSH-9, is a doubt, which becomes a finding; then the nearest profile is taken: the one whose
// segments the message has.
//
// Implementation Guide Release 1.5: MSH-21 (IZ-43, 54, 56, 60, 61, 63, 64, 65), QPD-1 (IZ-67, 68, 71).
#pragma once
#include <string>

#include "core/report.h"

namespace iz {

struct ChosenProfile {
  const Profile* profile = nullptr;  ///< nullptr: none fits
  ProfileChoice choice = ProfileChoice::none;
  ProfileDoubt doubt = ProfileDoubt::none;
  Path place;  ///< what the doubt is about: MSH-21 or MSH-9
};

ChosenProfile choose_profile(const Catalogue& catalogue, const Message& message);

/// The kind of message that MSH-9.1 names, in words: "ADT (patient administration)"; the code alone where it is none of
/// the usual ones, and "a message without a type" where there is none.
std::string message_kind(const Message& message);

}  // namespace iz
