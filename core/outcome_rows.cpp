#include "core/outcome_rows.h"

#include <algorithm>

namespace iz {
namespace {

constexpr Row kRows[] = {
    {"D1", "SOAP and HTTP; retry advice of the IZ Gateway",
     "What came back holds no answer in HL7, so nothing says whether the message arrived."},
    {"D2", "CDC WSDL 2011, SecurityFault; table 0357; error codes of registries",
     "The registry does not accept the sender: facility, user, password or enrolment. It did not look at the data."},
    {"D3", "CDC WSDL 2011, MessageTooLargeFault and UnsupportedOperationFault",
     "The service refused the call itself before it read the message."},
    {"D4", "Addendum 2015, IZ-51; answers of registries",
     "MSH-9 does not call it an answer. It has an MSA, so it is read as one."},
    {"D5", "Implementation Guide Release 1.5, table 6-3: MSA-2 is MSH-10 of the message that is answered",
     "MSA-2 names another message than the one loaded."},
    {"D6", "Implementation Guide Release 1.5, table 6-3 and table 0008",
     "There is no MSA, or MSA-1 holds no code of table 0008, so the answer does not say what happened."},
    {"D7", "HL7 table 0008; the guide has no enhanced mode",
     "A code of the enhanced mode speaks of the receipt only: CA received, CE and CR refused."},
    {"D8", "Implementation Guide Release 1.5, tables 0008 and 0357; Addendum 2015",
     "AR, or an error 200 to 203, refuses the message for its header or configuration, whatever its data."},
    {"D9", "Implementation Guide Release 1.5, table 0008; answers of registries",
     "AR is meant for header and configuration, but the errors of this answer stand in the data."},
    {"D10", "HL7 table 0357, codes 206 and 207",
     "The registry reports a failure of its own (206, 207) and names no place in the message."},
    {"D11", "Answers of registries: texts that speak of the whole message",
     "A text says that the message was rejected; it counts more than MSA-1 and ERR-4."},
    {"D12", "Answers of registries: texts that speak of one record or order group",
     "A text says that a record or an order group was not processed; it counts more than MSA-1 and ERR-4."},
    {"D13", "Implementation Guide Release 1.5, table 3-1",
     "An error in the patient or the header, or one without a place, takes the whole message with it."},
    {"D14", "Implementation Guide Release 1.5, table 3-1",
     "An error in ORC or RXA takes its own order group with it; the other groups are processed."},
    {"D15", "Implementation Guide Release 1.5, table 3-1 and the example with NK1-3",
     "An error in a segment beside the dose takes that segment only; the doses are stored."},
    {"D16", "Implementation Guide Release 1.5, table 0516",
     "Only warnings: the message was processed, and something beside the doses may have been lost."},
    {"D17", "HL7 table 0516; test cases of AIRA", "Only information is reported: the message was processed."},
    {"D18", "Implementation Guide Release 1.5, table 0008: AE reaches from ignored data to rejection",
     "AE without an error that has a severity says nothing about what was stored."},
    {"D19", "Implementation Guide Release 1.5, table 0008; guidance of AIRA",
     "No error is reported; the code, or a text that counts or queues the doses, says what was done."},
    {"D20", "Answers of registries: one MSA for each remark",
     "Each MSA is judged with its own errors, and the worst one counts."},
    {"Q1", "Implementation Guide Release 1.5, tables 7-2, 8-1 and 11-2",
     "The answer holds one patient: that is a match, whatever MSA-1 and QAK-2 say."},
    {"Q2", "Implementation Guide Release 1.5, table 7-2", "The answer lists patients to choose from and no history."},
    {"Q3", "Implementation Guide Release 1.5, chapter 10 and table 11-2",
     "No patient is returned: none is known, or none may be shown."},
    {"Q4", "Implementation Guide Release 1.5, table 7-2; QAK-2 TM", "More patients fit than may be listed."},
    {"Q5", "HL7 v2.9 table 0208, PD", "The patient is known, and the record is protected."},
    {"Q6", "Implementation Guide Release 1.5, table 10-3", "The query itself has an error, so it was not run."},
    {"Q7", "Implementation Guide Release 1.5, appendix B; Addendum 2015",
     "The query was refused for its header or configuration."},
    {"Q8", "Implementation Guide Release 1.5, tables 7-2 and 11-2",
     "The profile in MSH-21 and the content do not agree; the content decides."},
};

}  // namespace

std::span<const Row> decision_rows() { return kRows; }

Reason reason(std::string_view row) {
  const auto* const it = std::find_if(std::begin(kRows), std::end(kRows), [&](const Row& r) { return r.id == row; });
  return it == std::end(kRows) ? Reason{row, {}} : Reason{it->id, it->source};
}

}  // namespace iz
