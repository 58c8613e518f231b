#include "index/page_data.h"
#include <string.h>

static void
append (GByteArray *data, const char *text)
{
  g_byte_array_append (data, (const guint8 *)text, (guint)strlen (text));
}

GBytes *
page_data_pack (const IndexPage *page)
{
  static const guint8 nul = 0;
  GByteArray *data = g_byte_array_new ();
  append (data, page->number != NULL ? page->number : "");
  g_byte_array_append (data, &nul, 1);
  append (data, page->language != NULL ? page->language : "und");
  g_byte_array_append (data, &nul, 1);
  append (data, page->text != NULL ? page->text : "");
  return g_byte_array_free_to_bytes (data);
}

bool
page_data_read (const char *data, size_t size, PageData *page)
{
  size_t language = strlen (data) + 1, text = language < size ? language + strlen (data + language) + 1 : size + 1;
  if (text > size)
    return false;
  *page = (PageData){ data, data + language, data + text };
  return true;
}

char *
page_data_order (const IndexPage *page)
{
  return g_strdup_printf ("%010" G_GINT64_FORMAT "%019" G_GINT64_FORMAT "%010" G_GINT64_FORMAT,
                          page->received - (gint64)INT32_MIN, page->document,
                          G_GINT64_CONSTANT (9999999999) - page->page_no);
}
