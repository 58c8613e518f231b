#include "extract/bind_hidden.h"
#include "extract/bind_content.h"
#include <stdlib.h>

enum
{
  MOST_DEPTH = 4,  /* of forms in forms */
  MOST_FORMS = 64, /* looked into on one page */
};

/* What was met on the page. */
typedef struct
{
  unsigned forms;
  bool removed, text;
} Findings;

/* Where the names of a content stream lead to. */
typedef struct
{
  BindPdf *pdf;
  qpdf_oh resources;
  bool owned; /* its /XObject is a copy that may be changed */
  unsigned depth;
  Findings *findings;
} Scope;

/* What libqpdf cannot decode is left as it is; the failure must not be taken for one of the whole file. */
static bool
is_well (BindPdf *pdf)
{
  qpdf_data qpdf = extract_bind_pdf_data (pdf);
  bool failed = qpdf_has_error (qpdf);
  if (failed)
    qpdf_get_error (qpdf);
  return !failed;
}

static void
replace_object (Scope *scope, const char *name, qpdf_oh object)
{
  qpdf_oh objects = qpdf_oh_get_key (extract_bind_pdf_data (scope->pdf), scope->resources, "/XObject");
  if (!scope->owned)
    {
      objects = extract_bind_pdf_copy (scope->pdf, objects);
      extract_bind_pdf_set (scope->pdf, scope->resources, "/XObject", objects);
      scope->owned = true;
    }
  extract_bind_pdf_set (scope->pdf, objects, name, object);
}

static qpdf_oh
form_of (const Scope *scope, const char *name, bool *found)
{
  qpdf_data qpdf = extract_bind_pdf_data (scope->pdf);
  qpdf_oh objects = qpdf_oh_get_key (qpdf, scope->resources, "/XObject");
  qpdf_oh object = qpdf_oh_is_dictionary (qpdf, objects) ? qpdf_oh_get_key (qpdf, objects, name) : objects;
  *found = qpdf_oh_is_stream (qpdf, object)
           && qpdf_oh_is_name_and_equals (qpdf, qpdf_oh_get_key (qpdf, qpdf_oh_get_dict (qpdf, object), "/Subtype"),
                                          "/Form");
  return object;
}

static bool
decode (BindPdf *pdf, qpdf_oh stream, guint8 **bytes, gsize *size)
{
  QPDF_BOOL decoded = QPDF_FALSE;
  *bytes = NULL;
  qpdf_oh_get_stream_data (extract_bind_pdf_data (pdf), stream, qpdf_dl_generalized, &decoded, bytes, size);
  return is_well (pdf) && decoded && *bytes != NULL;
}

static qpdf_oh
stripped_form (const Scope *scope, qpdf_oh form, const Scope *inner, const GByteArray *content)
{
  qpdf_data qpdf = extract_bind_pdf_data (scope->pdf);
  qpdf_oh copy = extract_bind_pdf_deflated (scope->pdf, "<< >>", content->data, content->len);
  qpdf_oh from = qpdf_oh_get_dict (qpdf, form), to = qpdf_oh_get_dict (qpdf, copy);
  qpdf_oh rest = extract_bind_pdf_copy (scope->pdf, from);
  static const char *const coding[] = { "/Length", "/Filter", "/DecodeParms", "/F", "/FFilter", "/FDecodeParms" };
  for (gsize i = 0; i < G_N_ELEMENTS (coding); i++)
    qpdf_oh_remove_key (qpdf, rest, coding[i]);
  extract_bind_pdf_merge (scope->pdf, to, rest);
  if (inner->resources != scope->resources)
    extract_bind_pdf_set (scope->pdf, to, "/Resources", inner->resources);
  return copy;
}

static bool draws (const char *name, int mode, gpointer data);

static bool
strip (Scope *scope, const guint8 *bytes, gsize size, int mode, BindContent *content)
{
  bool followed = extract_bind_content_strip (bytes, size, mode, draws, scope, content);
  scope->findings->text |= !followed || content->shows_text;
  scope->findings->removed |= followed && content->removed > 0;
  return followed;
}

/* False when nothing of the form can be seen once its invisible text is gone. */
static bool
form_draws (Scope *scope, const char *name, qpdf_oh form, int mode)
{
  qpdf_data qpdf = extract_bind_pdf_data (scope->pdf);
  g_autofree guint8 *bytes = NULL;
  gsize size;
  if (!decode (scope->pdf, form, &bytes, &size))
    return true;
  Scope inner = { .pdf = scope->pdf, .depth = scope->depth + 1, .findings = scope->findings };
  qpdf_oh own = qpdf_oh_get_key (qpdf, qpdf_oh_get_dict (qpdf, form), "/Resources");
  bool has_own = qpdf_oh_is_dictionary (qpdf, own);
  inner.resources = has_own ? extract_bind_pdf_copy (scope->pdf, own) : scope->resources;
  inner.owned = !has_own && scope->owned;
  BindContent content;
  bool seen = true;
  if (strip (&inner, bytes, size, mode, &content))
    {
      seen = content.paints || content.removed == 0;
      if (seen && (content.removed > 0 || (has_own && inner.owned)))
        replace_object (scope, name, stripped_form (scope, form, &inner, content.rest));
    }
  g_byte_array_unref (content.rest);
  return seen;
}

static bool
draws (const char *name, int mode, gpointer data)
{
  Scope *scope = data;
  bool found;
  qpdf_oh form = form_of (scope, name, &found);
  if (!found || scope->depth >= MOST_DEPTH || ++scope->findings->forms > MOST_FORMS)
    return true;
  return form_draws (scope, name, form, mode);
}

qpdf_oh
extract_bind_hidden_strip (BindPdf *pdf, qpdf_oh page, qpdf_oh resources, bool *kept)
{
  qpdf_data qpdf = extract_bind_pdf_data (pdf);
  qpdf_oh stream = qpdf_oh_get_key (qpdf, page, "/Contents");
  g_autofree guint8 *bytes = NULL;
  gsize size = 0;
  Findings findings = { .forms = 0 };
  qpdf_oh_get_page_content_data (qpdf, page, &bytes, &size);
  *kept = !is_well (pdf);
  if (*kept || bytes == NULL)
    return stream;
  Scope scope = { .pdf = pdf, .resources = resources, .findings = &findings };
  BindContent content;
  if (strip (&scope, bytes, size, 0, &content) && content.removed > 0)
    stream = extract_bind_pdf_deflated (pdf, "<< >>", content.rest->data, content.rest->len);
  g_byte_array_unref (content.rest);
  *kept = findings.text && !findings.removed;
  return stream;
}
