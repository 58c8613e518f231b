/* Operators of a PDF page: whatever they are, following them ends, and what is found is something. */
#include "extract/pdf_content.h"
#include "extract/plausible.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/extract_pdf.h"

static const char picture[] = "/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8";
static const char form[] = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Matrix[2 0 0 2 0 0]";

/* The bytes are the operators of a page and of the form that they may paint. */
static void
follow (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_text (data, size);
  SomeStream streams[] = { { picture, "\0\1\2\3", 4 }, { form, data, size }, { form, "/I2 Do", 6 } };
  g_autoptr (GBytes) file = some_pdf ("/MediaBox[0 0 99 99]", text, NULL, streams, G_N_ELEMENTS (streams));
  qpdf_data qpdf = extract_qpdf_open (file);
  qpdf_oh page = qpdf != NULL ? extract_qpdf_page (qpdf, 1, 1) : 0;
  if (page != 0)
    {
      g_autoptr (ExtractPdfContent) content = extract_pdf_content (qpdf, page, (ExtractArea){ 0, 0, 99, 99 });
      for (guint i = 0; i < content->pictures->len; i++)
        g_assert_true (qpdf_oh_is_stream (qpdf, g_array_index (content->pictures, ExtractPdfPicture, i).stream));
    }
  extract_qpdf_close (qpdf);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  follow (data, size);
  g_autofree char *text = fuzz_utf8 (data, size);
  ExtractPlausible plausible = extract_plausible (text);
  double share = extract_plausible_share (&plausible);
  g_assert_true (share >= 0 && share <= 1);
  g_assert_cmpuint (plausible.rubbish, <=, plausible.characters);
  return 0;
}

void
fuzz_seeds (GPtrArray *seeds)
{
  fuzz_seed_text (seeds, "q 99 0 0 99 0 0 cm /I1 Do Q BT 3 Tr /F1 9 Tf 1 0 0 1 9 9 Tm (not (seen) \\051) Tj ET");
  fuzz_seed_text (seeds, "0 0 99 99 re W n /I2 Do /G1 gs 0 0 m 9 9 l S 0 0 9 9 re f* 1 0 0 rg [(a)-20<6263>]TJ");
  fuzz_seed_text (seeds, "BI /W 2 /H 2 /BPC 8 /CS /G ID abcd EI % a word\n/OC /MC0 BDC /I3 Do EMC .5 -.5 +5 sh");
}
