#include "extract/bind_signed.h"

enum
{
  MOST_FIELDS = 20000,
  MOST_DEPTH = 32,
};

typedef struct
{
  qpdf_data qpdf;
  unsigned seen;
} Search;

/* @signature: the kind of field, which children inherit. */
static bool
any_is_signed (Search *search, qpdf_oh fields, bool signature, unsigned depth)
{
  qpdf_data qpdf = search->qpdf;
  int n = qpdf_oh_is_array (qpdf, fields) ? qpdf_oh_get_array_n_items (qpdf, fields) : 0;
  for (int i = 0; i < n; i++)
    {
      qpdf_oh field = qpdf_oh_get_array_item (qpdf, fields, i);
      if (++search->seen > MOST_FIELDS || depth > MOST_DEPTH)
        return true;
      if (!qpdf_oh_is_dictionary (qpdf, field))
        continue;
      qpdf_oh kind = qpdf_oh_get_key (qpdf, field, "/FT");
      bool is_signature = qpdf_oh_is_name (qpdf, kind) ? qpdf_oh_is_name_and_equals (qpdf, kind, "/Sig") : signature;
      if (is_signature && qpdf_oh_has_key (qpdf, field, "/V"))
        return true;
      if (any_is_signed (search, qpdf_oh_get_key (qpdf, field, "/Kids"), is_signature, depth + 1))
        return true;
    }
  return false;
}

bool
extract_bind_signed (BindPdf *pdf)
{
  Search search = { .qpdf = extract_bind_pdf_data (pdf) };
  qpdf_oh root = extract_bind_pdf_root (pdf);
  qpdf_oh form = qpdf_oh_get_key (search.qpdf, root, "/AcroForm");
  if (qpdf_oh_has_key (search.qpdf, root, "/Perms"))
    return true;
  return qpdf_oh_is_dictionary (search.qpdf, form)
         && any_is_signed (&search, qpdf_oh_get_key (search.qpdf, form, "/Fields"), false, 0);
}
