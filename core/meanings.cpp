#include "core/meanings.h"

#include <algorithm>
#include <iterator>

#include "core/message.h"

namespace iz {
namespace {

// Sorted by segment and field.
constexpr Meaning meanings[] = {
    {"DSC", 0, "Continuation", "Where a long answer goes on. Immunization answers come whole and have none."},

    {"ERR", 0, "Error", "One thing the registry has to say about the message it received: where, what, and how grave."},
    {"ERR", 1, "Old error location", "A form of older versions; the place belongs in ERR-2."},
    {"ERR", 2, "Place",
     "The place in the sent message that this is about: segment, its number in the whole message, field and so on. "
     "Empty when it is about the message as a whole."},
    {"ERR", 3, "What is wrong", "The kind of fault by HL7's list: a required value is missing, a code is not known."},
    {"ERR", 4, "Severity",
     "E: something was not stored. W: stored, perhaps without this value. I: for information. This decides what "
     "happened, not the AE in MSA-1."},
    {"ERR", 5, "Fault in detail", "A finer reason, such as an illogical date or a value that no table has."},
    {"ERR", 6, "Parameters", "Values that the message text of the fault refers to."},
    {"ERR", 7, "Note for programmers", "Technical detail for whoever maintains the interface."},
    {"ERR", 8, "Message text", "What the registry tells a person about this fault."},
    {"ERR", 12, "Help desk", "Whom to call or write to about this fault."},

    {"IN1", 0, "Insurance", "Who pays for the patient's care. Registries seldom need it."},

    {"MSA", 0, "Acknowledgment", "Which message this answers and how it went as a whole."},
    {"MSA", 1, "Answer",
     "AA: accepted as it is. AE: something is reported in ERR, from a remark to the loss of the whole message. AR: "
     "not processed at all, because of its type or something unrelated to its content."},
    {"MSA", 2, "Answer to message",
     "The control number (MSH-10) of the message that is answered: with it an answer is paired with what was sent."},
    {"MSA", 3, "Text", "Free text of older versions; texts belong in ERR-8."},

    {"MSH", 0, "Message header", "Who sends what to whom, when, and by which rules."},
    {"MSH", 1, "Field separator", "The character between two fields: |."},
    {"MSH", 2, "Encoding characters",
     "The characters between components, repetitions and subcomponents, and the escape character: ^~\\&."},
    {"MSH", 3, "Sending system", "The product or system that wrote the message."},
    {"MSH", 4, "Sending facility",
     "The clinic or organization that is responsible for the data. Registries find the account of the sender by it."},
    {"MSH", 5, "Receiving system", "The registry's system."},
    {"MSH", 6, "Receiving facility", "The registry that the message is meant for."},
    {"MSH", 7, "Sent",
     "When the message was written, to the second and with the time zone. It is not the date of any dose."},
    {"MSH", 9, "Message type",
     "What the message does: VXU V04 sends immunizations, ACK acknowledges, QBP Q11 asks, RSP K11 answers."},
    {"MSH", 10, "Control number",
     "The sender's number of this message, different for each. The answer repeats it in MSA-2."},
    {"MSH", 11, "Processing", "P for real data, T or D for tests. A registry may treat test data in another way."},
    {"MSH", 12, "HL7 version", "Always 2.5.1 in these messages."},
    {"MSH", 15, "Transport answer wanted", "When the receiver is to confirm that it has received the message."},
    {"MSH", 16, "Answer wanted",
     "When the registry is to answer what it did with the content. Always (AL) is the guide's choice."},
    {"MSH", 18, "Character set", "How letters beyond plain English are coded, such as UNICODE UTF-8."},
    {"MSH", 21, "Profile", "The rules that the message claims to follow: Z22 for an update, Z23 for its answer."},
    {"MSH", 22, "Responsible sender", "The organization that answers for the message if others pass it on."},
    {"MSH", 23, "Responsible receiver", "The organization that the message is meant for in the end."},

    {"NK1", 0, "Next of kin", "A parent, guardian or other person who belongs to the patient."},
    {"NK1", 1, "Number", "1 for the first of these people, 2 for the second, and so on."},
    {"NK1", 2, "Name", "The name of that person. Registries match children by a parent's name too."},
    {"NK1", 3, "Relationship", "What the person is to the patient: mother, father, guardian."},
    {"NK1", 4, "Address", "Where that person can be reached by mail, for reminders."},
    {"NK1", 5, "Phone", "How that person can be called or written to, for reminders."},

    {"NTE", 0, "Note", "A remark on the observation before it."},
    {"NTE", 3, "Note text", "The remark itself."},

    {"OBX", 0, "Observation",
     "One more fact about the dose or the patient: eligibility, funding, information statement, reaction, immunity."},
    {"OBX", 1, "Number", "Counts the observations: 1, 2, 3."},
    {"OBX", 2, "Type of value", "How OBX-5 is written: a code, a date, a number, a text."},
    {"OBX", 3, "Question", "What is stated, as a LOINC code: 64994-7 is the funding eligibility of the dose."},
    {"OBX", 4, "Belongs together",
     "Observations with the same number speak of one thing: an information statement and the day it was handed out."},
    {"OBX", 5, "Answer", "What is stated about the question in OBX-3, in the form that OBX-2 names."},
    {"OBX", 6, "Unit", "The unit of a number in OBX-5."},
    {"OBX", 11, "Status", "F: final. Immunization observations have no other status."},
    {"OBX", 14, "Observed on", "The day to which the statement applies, for eligibility the day of the dose."},
    {"OBX", 17, "Method", "How eligibility was recorded: for each dose or once for the visit."},

    {"ORC", 0, "Order", "Begins a dose: the numbers by which both sides know it and who ordered and entered it."},
    {"ORC", 1, "Order control", "Always RE: the observations and results follow."},
    {"ORC", 2, "Ordering system's number", "The number of the order where it was placed, if there was one."},
    {"ORC", 3, "Number of the dose",
     "The sender's own number of this dose. The registry knows the dose by it when it is sent again, corrected or "
     "deleted. 9999 stands for a dose that was not given."},
    {"ORC", 10, "Entered by", "Who typed the dose into the record."},
    {"ORC", 12, "Ordered by", "Who ordered the dose. Expected for a dose that the sender gave itself."},
    {"ORC", 17, "Entering organization", "The clinic whose staff entered the dose."},

    {"PD1", 0, "Preferences", "How the patient may be reminded, who may see the record, and whether it is active."},
    {"PD1", 11, "Reminders", "Whether and how the patient is to be reminded of doses that are due."},
    {"PD1", 12, "Protected",
     "Whether the family has asked that the record is not shared. Y: do not share; N: may be shared; empty: not "
     "asked."},
    {"PD1", 13, "Protected since", "The day on which that choice was made."},
    {"PD1", 16, "Status in the registry", "Whether the sender still looks after the patient: active, moved, deceased."},
    {"PD1", 17, "Status since", "The day on which that status began."},
    {"PD1", 18, "Reminders since", "The day on which the choice of reminders was made."},

    {"PID", 0, "Patient",
     "Who was vaccinated. Registries find the person by number, name, date of birth, sex and mother."},
    {"PID", 1, "Number", "Always 1: a message is about one patient."},
    {"PID", 3, "Patient numbers",
     "The numbers under which the patient is known, each with who gave it and what kind it is: MR for a medical record "
     "number, SR for the registry's own."},
    {"PID", 5, "Name", "The patient's name, the legal one first. Registries find the person by it."},
    {"PID", 6, "Mother's maiden name",
     "The mother's name before marriage. It tells children with the same name apart."},
    {"PID", 7, "Date of birth",
     "To the day. Which doses are due and valid depends on it, and the registry finds the person by it."},
    {"PID", 8, "Sex", "Male, female or not known, as it is on record."},
    {"PID", 9, "Other names", "No longer used; other names are repetitions of PID-5."},
    {"PID", 10, "Race", "One or more races by the federal list, for public health statistics."},
    {"PID", 11, "Address", "Where the patient lives, for reminders and for rates by area."},
    {"PID", 13, "Phone and email", "How the patient or a parent can be reached, for reminders."},
    {"PID", 14, "Phone at work", "A number at work; registries use PID-13."},
    {"PID", 15, "Language", "The language the family prefers, for reminders."},
    {"PID", 22, "Ethnicity", "Hispanic or Latino, or not, by the federal list."},
    {"PID", 24, "Twin or more", "Y if the patient was born with siblings. It keeps the records of twins apart."},
    {"PID", 25, "Birth order", "1 for the first born of twins, 2 for the second. Needed if PID-24 is Y."},
    {"PID", 29, "Died on", "The day of death, if the patient has died."},
    {"PID", 30, "Died", "Y if the patient has died: no more reminders are sent."},
    {"PID", 33, "Last change", "When the sender last changed these data."},
    {"PID", 34, "Last changed by", "Where these data were last changed."},

    {"PV1", 0, "Visit", "The visit. Older messages put the funding eligibility here."},
    {"PV1", 20, "Eligibility of the visit",
     "Funding eligibility for the whole visit; now an observation of each dose."},

    {"QAK", 0, "Result of the query", "Whether the registry has found the patient."},
    {"QAK", 1, "Number of the query", "Repeats the number in QPD-2."},
    {"QAK", 2, "Result",
     "OK: data found. NF: no match, or none that may be shared. TM: too many matches. AE, AR: fault in the query."},
    {"QAK", 3, "Name of the query", "Repeats QPD-1."},
    {"QAK", 4, "Matches", "How many patients match."},

    {"QPD", 0, "Query", "What is asked and about whom."},
    {"QPD", 1, "Name of the query", "Z34 asks for the history, Z44 for the history with the doses that are due."},
    {"QPD", 2, "Number of the query", "The sender's number of this query; the answer repeats it."},
    {"QPD", 3, "Patient numbers", "Numbers under which the patient is known. The registry's own number finds best."},
    {"QPD", 4, "Name", "The name of the patient who is looked for."},
    {"QPD", 5, "Mother's maiden name", "It tells patients with the same name and date of birth apart."},
    {"QPD", 6, "Date of birth", "Of the patient who is looked for, to the day."},
    {"QPD", 7, "Sex", "Of the patient who is looked for."},
    {"QPD", 8, "Address", "Of the patient who is looked for."},
    {"QPD", 9, "Phone", "Of the patient who is looked for."},
    {"QPD", 10, "Twin or more", "Y if the patient was born with siblings: then the birth order decides who is meant."},
    {"QPD", 11, "Birth order", "1 for the first born of twins, 2 for the second."},
    {"QPD", 12, "Last change", "When the sender last changed the patient's data."},
    {"QPD", 13, "Last changed by", "Where the patient's data were last changed."},

    {"RCP", 0, "How to answer", "How quickly and with how many records the registry is to answer."},
    {"RCP", 1, "Priority", "I: at once."},
    {"RCP", 2, "At most", "The largest number of patients that the sender can use."},

    {"RXA", 0, "Administered vaccine",
     "One dose: which vaccine, when, how much, from which lot, or why it was not given."},
    {"RXA", 1, "Counter", "Always 0."},
    {"RXA", 2, "Counter of the dose", "Always 1. It does not count the doses of a series."},
    {"RXA", 3, "Date given", "The day of the dose, or the day on which it was refused."},
    {"RXA", 4, "End of administration", "Equal to RXA-3 if it is sent at all."},
    {"RXA", 5, "Vaccine",
     "The vaccine: an NDC names the very product, a CVX the kind of vaccine. 998 stands for no vaccine."},
    {"RXA", 6, "Amount", "How much was given, as a number; 999 if it is not known, as in doses from a history."},
    {"RXA", 7, "Unit", "The unit of the amount, nearly always mL. Not sent if the amount is 999."},
    {"RXA", 9, "Information source",
     "00: the sender gave this dose. 01 to 08: known from another source. Registries treat the two differently."},
    {"RXA", 10, "Given by", "Who gave the dose."},
    {"RXA", 11, "Given at", "The clinic where the dose was given."},
    {"RXA", 12, "Per time unit", "Not used for vaccines."},
    {"RXA", 15, "Lot number", "The manufacturer's lot, as printed on the vial. Recalls and stock depend on it."},
    {"RXA", 16, "Expires", "The last day on which the vaccine may be given."},
    {"RXA", 17, "Manufacturer", "Who made the vaccine, by CDC's MVX codes."},
    {"RXA", 18, "Reason for refusal", "Why the dose was refused. Sent only if RXA-20 is RE."},
    {"RXA", 19, "Indication", "Why the vaccine was given, where that is unusual."},
    {"RXA", 20, "Completion",
     "CP: given. PA: given in part, it does not count. RE: refused. NA: not given for another reason."},
    {"RXA", 21, "Action", "A: add the dose. U: replace what was sent before. D: delete it from the record."},
    {"RXA", 22, "Entered on", "When the dose was entered into the sender's record."},

    {"RXR", 0, "Route and site", "How and where on the body the vaccine was given."},
    {"RXR", 1, "Route", "Into the muscle, under the skin, by mouth, through the nose."},
    {"RXR", 2, "Site", "Where on the body, such as the left thigh."},

    {"SFT", 0, "Software", "The product that wrote the message."},
};

}  // namespace

const Meaning* find_meaning(uint32_t segment, uint32_t field) {
  const std::string name = segment_name(segment);
  const auto* it = std::lower_bound(std::begin(meanings), std::end(meanings), 0, [&](const Meaning& row, int) {
    return row.segment != name ? row.segment < std::string_view(name) : row.field < field;
  });
  return it != std::end(meanings) && it->segment == name && it->field == field ? it : nullptr;
}

}  // namespace iz
