// The texts of flags (declared in core/outcome_rows.h).
#include <algorithm>

#include "core/outcome_rows.h"

namespace iz {
namespace {

constexpr FlagText kFlags[] = {
    {"aa_with_error", "AA, but an error is reported",
     "MSA-1 says that all is well and an ERR says that something was rejected. We believe the ERR."},
    {"aa_with_warning", "AA, but a warning is reported",
     "With a warning MSA-1 should be AE. The guide has an example that does it this way, too; nothing was rejected."},
    {"ae_only_info", "AE, but only information is reported",
     "MSA-1 announces errors and there is none. The message was processed."},
    {"ae_without_err", "AE without an ERR",
     "AE promises a report of errors, and the report is not there. AE alone does not say whether anything was stored."},
    {"all_added_with_error", "All doses added, but an error is reported",
     "The registry counts every dose as added and reports an error that should have rejected some. Check with a "
     "query."},
    {"ar_for_content", "AR for a fault in the data",
     "AR is for header and configuration. This registry uses it for data: correct the data, not the connection."},
    {"auth_other_message", "The refusal names another message",
     "MSA-2 is not the MSH-10 of the message loaded. A registry that refuses a sender may not have read MSH-10."},
    {"batch", "One of several answers",
     "The paste holds more than one answer. Each stands for itself; the others are listed."},
    {"batch_wrapped", "The answer stands in a batch",
     "Lines FHS or BHS are around it. They say nothing about the message and were left aside."},
    {"code_0_with_error", "Code 0, message accepted, with an error",
     "ERR-3 says accepted and ERR-4 says error. Some registries always write 0; the severity counts."},
    {"code_0_with_warning", "Code 0, message accepted, with a warning",
     "ERR-3 says accepted, so ERR-4 should be I. Some registries always write 0; the severity counts."},
    {"code_204_elsewhere", "Code 204 for something that is no key",
     "204 means an unknown key. This registry also uses it for other faults; it says nothing about the patient."},
    {"connectivity_test", "The answer to a connectivity test",
     "It shows that the service can be reached. No message was submitted with it."},
    {"count_differs", "The registry counts other doses than were sent",
     "The number of doses it speaks of is not the number of order groups in the sent message."},
    {"dose_not_found", "The registry did not find the dose",
     "The dose was to be changed or deleted, and 204 says that the registry has none such."},
    {"enhanced_mode", "A code of the enhanced mode",
     "CA, CE and CR confirm the receipt, not the processing. The guide does not use them."},
    {"err1_used", "The error stands in ERR-1",
     "ERR-1 was given up with HL7 2.5; its place and text were read all the same."},
    {"err_misplaced", "ERR stands behind QAK", "In an answer to a query ERR belongs between MSA and QAK."},
    {"err_repeats", "Several ERR in an answer to a query", "The guide allows one. All were read."},
    {"erl_repaired", "The place of an error is not written as the guide says",
     "ERR-2 is segment, sequence, field. It was put right where only one reading is possible."},
    {"erl_repeats", "One ERR with several places", "ERR-2 may not repeat; there should be one ERR for each error."},
    {"family_answers_ae", "This registry answers AE also when all is stored",
     "Registries of this kind are known to send AE for messages that they stored. That is no proof for this one."},
    {"hl7_in_fault", "An HL7 answer stands inside a fault",
     "The service reported a fault and quoted the registry's answer in it. The answer was judged."},
    {"history_despite_error", "A history, although an error is reported",
     "MSA-1 or QAK-2 speaks of an error, and the history came all the same. What was sent counts."},
    {"message_type_odd", "MSH-9 is no answer to a submission or a query", "The content was read as what it is."},
    {"msa1_case", "MSA-1 is not written in capitals", "It was read as the code of table 0008 that it spells."},
    {"msa1_unknown", "MSA-1 holds no code of table 0008",
     "Without AA, AE or AR the answer does not say what happened."},
    {"msa2_case", "MSA-2 and MSH-10 differ in case or blanks",
     "They are the same but for that, so the answer was taken as the one to this message."},
    {"msa2_differs", "MSA-2 names another message",
     "It is not the MSH-10 of the message loaded. No error was placed in that message."},
    {"msa2_empty", "MSA-2 is empty", "The answer does not say which message it answers. Make sure by time and sender."},
    {"msa3_text", "The text stands in MSA-3",
     "MSA-3 is not supported by the guide, texts belong into ERR-8. It was read all the same."},
    {"msa_of_others", "An MSA for another message",
     "One of the MSA does not name the message that is loaded. It and its errors were left aside."},
    {"msh21_missing", "MSH-21 is empty", "An answer to a submission should name the profile Z23."},
    {"msh21_wrong", "MSH-21 names another profile", "An answer to a submission should name the profile Z23^CDCPHINVS."},
    {"msh9_structure", "MSH-9 is not complete",
     "It should be ACK^V04^ACK for a submission or ACK^Q11^ACK for a query that was refused."},
    {"no_msa", "There is no MSA", "This is HL7, but not an answer: the segment that says what happened is missing."},
    {"no_segment_ends", "Segments had lost their line ends", "They stood in one line and were taken apart."},
    {"pd_in_old_version", "QAK-2 is PD", "The value came with HL7 2.9; the guide for 2.5.1 does not have it."},
    {"qak1_differs", "QAK-1 does not repeat the query's tag",
     "QAK-1 should be QPD-2. Make sure that the answer belongs to the query."},
    {"qak_contradicts", "QAK-2 and the patients returned do not agree", "The content decides."},
    {"query_profile_differs", "The profile in MSH-21 does not fit the content", "The content decides."},
    {"receipt_asked", "The answer asks for an answer", "MSH-15 and MSH-16 of an answer should be NE."},
    {"sent_is_query", "A submission's answer to a query",
     "The message sent is a query, so this is judged as the answer to a query."},
    {"several_msa", "Several MSA in one answer", "Each was judged with its own errors, and the worst one counts."},
    {"severity_fatal", "ERR-4 is F", "F, fatal, is from later versions of HL7. It counts as an error."},
    {"severity_missing", "ERR-4 is empty or unknown",
     "Without a severity nobody can tell whether an error rejected something."},
    {"soap_request", "This is a request, not an answer", "The envelope holds the message that was sent."},
    {"success_word", "A word of success, but no answer",
     "The text sounds like success. Only an HL7 answer with MSA tells what was stored."},
    {"text_contradicts", "The text says the opposite of the codes",
     "MSA-1 or ERR-4 sounds like acceptance and the text says rejected. The text counts."},
    {"text_in_err9", "The text stands in ERR-9", "A text for people belongs into ERR-8. It was read all the same."},
    {"z32_for_z44", "A plain history in answer to Z44",
     "The query asked for an evaluated history and forecast (Z42). The registry sent a history only (Z32)."},
};

}  // namespace

std::span<const FlagText> flag_texts() { return kFlags; }

const FlagText* find_flag(std::string_view id) {
  const auto* const it =
      std::find_if(std::begin(kFlags), std::end(kFlags), [&](const FlagText& f) { return f.id == id; });
  return it == std::end(kFlags) ? nullptr : it;
}

}  // namespace iz
