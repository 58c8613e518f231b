/* tests/fuzz/letters.h - letters as page records, for the targets of classify. */
#pragma once
#include "base/record.h"
#include "tests/fuzz/fuzz.h"

static inline void
fuzz_letters (GPtrArray *seeds)
{
  fuzz_seed_text (seeds, "Anne Martin\n12 High Street\nLeeds LS1 4AB\nanne.martin@example.org\n\n12 March 2026\n\n"
                         "Your ref: AB-1234567, order no. 778812\n\nDear Sirs,\n\nI wish to complain: the lamp I paid "
                         "£214.60 for never arrived. Please reply within 14 days.\n\nYours faithfully,\nAnne Martin\n");
  fuzz_seed_text (seeds, "Mme Élise Durand\n3 bis rue des Œillets\n75011 Paris\nTél. 01 23 45 67 89\n\nParis, le 3 mai "
                         "2026\n\nMadame, Monsieur,\n\nMa commande n° 4471 n'est jamais arrivée. Je demande le "
                         "remboursement de 1 234,56 € sur FR76 3000 6000 0112 3456 7890 189 avant le 15/06/2026.\n");
  fuzz_seed_text (seeds, "D.ª María Gómez Núñez\nC/ Mayor, 5, 2.º B\n41001 Sevilla\nNIF 12345678Z\n\nSevilla, a 7 de "
                         "abril de 2026\n\nPresento una reclamación por la factura F-2026/0091 de 89,90 €. Exijo "
                         "respuesta en el plazo de quince días hábiles. ¿Cuándo?\n");
  fuzz_seed_text (seeds, "Kovács Ödön\n1051 Budapest, Sas utca 3. II/4.\nTel.: +36 30 123 4567\n\nBudapest, 2026. "
                         "május 4.\n\nTisztelt Ügyfélszolgálat!\n\nPanaszt szeretnék tenni, a szőnyeg 45 000 Ft volt, "
                         "kérem válaszukat 2026. június 15-ig.\n\nÜdvözlettel: Kovács Ödön\n");
}

/* Pages parted by form feeds, without boxes. Owned by the caller. */
static inline GPtrArray *
fuzz_pages (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_utf8 (data, size);
  g_auto (GStrv) parts = g_strsplit (text, "\f", 8);
  GPtrArray *pages = g_ptr_array_new_with_free_func ((GDestroyNotify)record_page_free);
  for (char **part = parts; *part != NULL; part++)
    {
      RecordPage *page = record_page_new (pages->len + 1);
      page->origin = RECORD_ORIGIN_EMBEDDED;
      g_free (page->text);
      page->text = g_strdup (*part);
      g_ptr_array_add (pages, page);
    }
  if (pages->len == 0)
    g_ptr_array_add (pages, record_page_new (1));
  return pages;
}

/* A finding that docketd would refuse costs the whole document: each must survive the way there, and its reasons stand
 * on its pages. */
static inline void
fuzz_finding (const RecordFinding *finding, const GPtrArray *pages)
{
  static const Limits limits = LIMITS_DEFAULT;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = record_finding_encode (finding);
  g_autoptr (RecordFinding) read = record_finding_decode (bytes, &limits, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < finding->evidence->len; i++)
    {
      const RecordEvidence *reason = finding->evidence->pdata[i];
      g_assert_true (reason->page >= 1 && reason->page <= pages->len);
      const RecordPage *page = pages->pdata[reason->page - 1];
      g_assert_true (reason->from <= reason->to && reason->to <= g_utf8_strlen (page->text, -1));
    }
}
