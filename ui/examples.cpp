#include "ui/examples.h"

namespace iz {
namespace {

constexpr ExampleMessage examples[] = {
    {"VXU with 2 errors", "2 doses, a unit and an eligibility to mend",
     "MSH|^~\\&|BrightCharts|LPEDS||STATEIIS|20260217094512-0500||VXU^V04^VXU_V04|LP-20260217-0412|P|2.5.1|||ER|AL|||||"
     "Z22^CDCPHINVS|LPEDS|STATEIIS\r"
     "PID|1||LP-88213^^^LPEDS^MR||Oakhart^Juniper^Wren^^^^L|Vellane^Maribel^^^^^M|20250211|F||2106-3^White^CDCREC|418 "
     "Lantern Row^^Millbrook^NY^12545^USA^P||^PRN^PH^^^845^5550142|||||||||2186-5^Not Hispanic or Latino^CDCREC||N|1\r"
     "PD1|||||||||||02^Reminder/recall - any method^HL70215|N|20260217|||A|20250211|20260217\r"
     "NK1|1|Vellane^Maribel^^^^^L|MTH^Mother^HL70063|418 Lantern Row^^Millbrook^NY^12545^USA^P|^PRN^PH^^^845^5550142\r"
     "ORC|RE|70551^LPEDS|70551-1^LPEDS|||||||7824^Quillon^Ada^^^^^^LPEDS^L^^^PRN||9105^Brandsted^Ivo^^^^^^LPEDS^L^^^"
     "MD\r"
     "RXA|0|1|20260217||03^MMR^CVX|0.5|ML^^UCUM||00^New immunization "
     "record^NIP001|7824^Quillon^Ada^^^^^^LPEDS^L^^^PRN|^^^LPEDS||||Y014882|20270531|MSD^Merck and Co., "
     "Inc.^MVX|||CP|A\r"
     "RXR|C38299^Subcutaneous^NCIT|LT^Left thigh^HL70163\r"
     "OBX|1|CE|64994-7^Vaccine funding program eligibility^LN|1|V02^VFC eligible - "
     "Medicaid^HL70064||||||F|||20260217|||VXC40^Eligibility captured at the immunization level^CDCPHINVS\r"
     "OBX|2|CE|30963-3^Vaccine funding source^LN|1|VXC50^Public^CDCPHINVS||||||F|||20260217\r"
     "OBX|3|CE|69764-9^Document type^LN|2|253088698300012711250131^MMR VIS^cdcgs1vis||||||F|||20260217\r"
     "OBX|4|DT|29769-7^Date VIS presented^LN|2|20260217||||||F|||20260217\r"
     "ORC|RE|70552^LPEDS|70551-2^LPEDS|||||||7824^Quillon^Ada^^^^^^LPEDS^L^^^PRN||9105^Brandsted^Ivo^^^^^^LPEDS^L^^^"
     "MD\r"
     "RXA|0|1|20260217||21^varicella^CVX^00006-4827-01^VARIVAX^NDC|0.5|mL^mL^UCUM||00^New immunization "
     "record^NIP001|7824^Quillon^Ada^^^^^^LPEDS^L^^^PRN|^^^LPEDS||||X027310|20260131|MSD^Merck and Co., "
     "Inc.^MVX|||CP|A\r"
     "RXR|C38299^Subcutaneous^NCIT|RT^Right thigh^HL70163\r"
     "OBX|1|CE|69764-9^Document type^LN|1|253088698300024011250131^Varicella VIS^cdcgs1vis||||||F|||20260217\r"
     "OBX|2|DT|29769-7^Date VIS presented^LN|1|20260217||||||F|||20260217\r"},
    {"VXU without a fault", "2 doses, as the guide wants them",
     "MSH|^~\\&|BrightCharts|LPEDS||STATEIIS|20260217094512-0500||VXU^V04^VXU_V04|LP-20260217-0413|P|2.5.1|||ER|AL|||||"
     "Z22^CDCPHINVS|LPEDS|STATEIIS\r"
     "PID|1||LP-88213^^^LPEDS^MR||Oakhart^Juniper^Wren^^^^L|Vellane^Maribel^^^^^M|20250211|F||2106-3^White^CDCREC|418 "
     "Lantern Row^^Millbrook^NY^12545^USA^P||^PRN^PH^^^845^5550142|||||||||2186-5^Not Hispanic or Latino^CDCREC||N|1\r"
     "PD1|||||||||||02^Reminder/recall - any method^HL70215|N|20260217|||A|20250211|20260217\r"
     "NK1|1|Vellane^Maribel^^^^^L|MTH^Mother^HL70063|418 Lantern Row^^Millbrook^NY^12545^USA^P|^PRN^PH^^^845^5550142\r"
     "ORC|RE|70551^LPEDS|70551-1^LPEDS|||||||7824^Quillon^Ada^^^^^^LPEDS^L^^^PRN||9105^Brandsted^Ivo^^^^^^LPEDS^L^^^"
     "MD\r"
     "RXA|0|1|20260217||03^MMR^CVX|0.5|mL^mL^UCUM||00^New immunization "
     "record^NIP001|7824^Quillon^Ada^^^^^^LPEDS^L^^^PRN|^^^LPEDS||||Y014882|20270531|MSD^Merck and Co., "
     "Inc.^MVX|||CP|A\r"
     "RXR|C38299^Subcutaneous^NCIT|LT^Left thigh^HL70163\r"
     "OBX|1|CE|64994-7^Vaccine funding program eligibility^LN|1|V02^VFC eligible - "
     "Medicaid^HL70064||||||F|||20260217|||VXC40^Eligibility captured at the immunization level^CDCPHINVS\r"
     "OBX|2|CE|30963-3^Vaccine funding source^LN|1|VXC50^Public^CDCPHINVS||||||F|||20260217\r"
     "OBX|3|CE|69764-9^Document type^LN|2|253088698300012711250131^MMR VIS^cdcgs1vis||||||F|||20260217\r"
     "OBX|4|DT|29769-7^Date VIS presented^LN|2|20260217||||||F|||20260217\r"
     "ORC|RE|70552^LPEDS|70551-2^LPEDS|||||||7824^Quillon^Ada^^^^^^LPEDS^L^^^PRN||9105^Brandsted^Ivo^^^^^^LPEDS^L^^^"
     "MD\r"
     "RXA|0|1|20260217||21^varicella^CVX^00006-4827-01^VARIVAX^NDC|0.5|mL^mL^UCUM||00^New immunization "
     "record^NIP001|7824^Quillon^Ada^^^^^^LPEDS^L^^^PRN|^^^LPEDS||||X027310|20270131|MSD^Merck and Co., "
     "Inc.^MVX|||CP|A\r"
     "RXR|C38299^Subcutaneous^NCIT|RT^Right thigh^HL70163\r"
     "OBX|1|CE|64994-7^Vaccine funding program eligibility^LN|1|V02^VFC eligible - "
     "Medicaid^HL70064||||||F|||20260217|||VXC40^Eligibility captured at the immunization level^CDCPHINVS\r"
     "OBX|2|CE|30963-3^Vaccine funding source^LN|1|VXC50^Public^CDCPHINVS||||||F|||20260217\r"
     "OBX|3|CE|69764-9^Document type^LN|2|253088698300024011250131^Varicella VIS^cdcgs1vis||||||F|||20260217\r"
     "OBX|4|DT|29769-7^Date VIS presented^LN|2|20260217||||||F|||20260217\r"},
    {"VXU with history and a refusal", "one dose from a record, one refused",
     "MSH|^~\\&|BrightCharts|LPEDS||STATEIIS|20260218101500-0500||VXU^V04^VXU_V04|LP-20260218-0009|P|2.5.1|||ER|AL|||||"
     "Z22^CDCPHINVS|LPEDS|STATEIIS\r"
     "PID|1||LP-90177^^^LPEDS^MR||Fennimore^Theo^Elias^^^^L|Dray^Corinne^^^^^M|20230612|M||2054-5^Black or African "
     "American^CDCREC|7 Orchard Bend^^Millbrook^NY^12545^USA^P||^PRN^PH^^^845^5550178|||||||||2186-5^Not Hispanic or "
     "Latino^CDCREC\r"
     "ORC|RE||80012^LPEDS\r"
     "RXA|0|1|20241003||140^Influenza, seasonal, injectable, preservative free^CVX|999|||01^Historical information - "
     "source unspecified^NIP001|||||||||||CP|A\r"
     "ORC|RE||9999^LPEDS|||||||||9105^Brandsted^Ivo^^^^^^LPEDS^L^^^MD\r"
     "RXA|0|1|20260218||141^Influenza, seasonal, injectable^CVX|999||||||||||||00^Parental decision^NIP002||RE|A\r"},
    {"ACK with an error", "the answer to the first message",
     "MSH|^~\\&|STATEIIS|STATEIIS|BrightCharts|LPEDS|20260217094515-0500||ACK^V04^ACK|IIS-5520318|P|2.5.1|||NE|NE|||||"
     "Z23^CDCPHINVS|STATEIIS|LPEDS\r"
     "MSA|AE|LP-20260217-0412\r"
     "ERR||RXA^1^7^1^1|103^Table value not found^HL70357|E||||Unit ML is not known\r"},
};

}  // namespace

std::span<const ExampleMessage> example_messages() { return examples; }

}  // namespace iz
