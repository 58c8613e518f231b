/* Forms with boxes: what stands beside the empty ones of a group with one tick is said by nobody. */
#include "classify/boxes.h"
#include "tests/unit/classify_letters.h"

/* The words of @text that are said, with a blank behind each. Owned by the caller. */
static char *
said (const char *text)
{
  g_autoptr (GPtrArray) pages = letter_pages (text);
  g_autoptr (ClassifyWords) words = classify_words_new (pages);
  g_autoptr (ClassifyWords) chosen = classify_boxes_chosen (words);
  const ClassifyWords *left = chosen != NULL ? chosen : words;
  GString *all = g_string_new (NULL);
  for (guint i = 0; i < left->words->len; i++)
    g_string_append_printf (all, "%s ", g_array_index (left->words, ClassifyWord, i).text);
  return g_string_free (all, FALSE);
}

static void
says (const char *text, const char *words)
{
  g_autofree char *all = said (text);
  g_assert_cmpstr (all, ==, words);
}

static void
test_only_what_is_ticked_is_said (void)
{
  says ("☐ Queja\n☒ Elogio\n☐ Duda\nHola", "elogio hola ");
  says ("[ ] Queja\n[x] Elogio\n\nHola", "x elogio hola ");
  says ("Tipo: ( ) Queja  (X) Elogio  ( ) Duda", "tipo x elogio ");
  says ("Tipo: Queja ☐  Elogio ☑  Duda ☐\nHola", "tipo elogio hola ");
  says ("Queja ☐\nElogio ☒\nDuda ☐\n", "elogio ");
  says ("\uf0a8 Queja\n\uf0fe Elogio\n", "elogio ");
}

static void
test_each_question_has_a_tick_of_its_own (void)
{
  says ("☐ Queja ☒ Elogio\n☒ Tienda ☐ Web\n", "elogio tienda ");
  says ("Tipo: ☐ Queja ☒ Elogio\nLugar: ☐ Tienda ☐ Web\n", "tipo elogio lugar tienda web ");
  says ("☐ Queja ☐ Duda\n☒ Elogio ☐ Idea\n", "elogio ");
}

static void
test_a_scan_may_have_letters_for_boxes (void)
{
  says ("O Queja\nO Duda\nX Elogio\nO Idea\n", "x elogio ");
  says ("Tipo: U Queja [UU Duda & Elogio Ll] Idea\n", "tipo elogio ");
}

static void
test_without_one_tick_all_is_said (void)
{
  says ("☐ Queja\n☐ Elogio\n", "queja elogio ");
  says ("☒ Queja\n☒ Elogio\n☐ Duda\n", "queja elogio duda ");
  says ("☒ Queja\n", "queja ");
  says ("✓ rápido\n✓ barato\n", "rapido barato ");
  says ("O me pagan\no voy a juicio\n", "o me pagan o voy a juicio ");
  says ("El modelo X\no el modelo Y\nno llegó", "el modelo x o el modelo y no llego ");
  says ("☒ ☐\n", "");
  says ("", "");
}

#define FORM(queja, idea, elogio, duda, factura, averia, trato, text)                                                  \
  "☐ " queja "\n☐ " idea "\n☒ " elogio "\n☐ " duda "\n\n[ ] " factura "   [ ] " averia "   [x] " trato "\n\n" text

/* Nothing but the ticks tells the kind. */
static void
test_kind_and_subject_are_what_is_ticked (void)
{
  const char *const forms[] = {
    FORM ("Complaint", "Suggestion", "Thanks", "Question", "Wrong bill, overcharged", "Faulty product, out of order",
          "Friendly staff", "I was at your desk on Monday, with my daughter.\n"),
    FORM ("Réclamation", "Suggestion", "Remerciements", "Question", "Erreur de facturation", "Produit en panne",
          "Amabilité du personnel", "J'étais à votre guichet lundi, avec ma fille.\n"),
    FORM ("Reclamación", "Sugerencia", "Agradecimiento", "Consulta", "Error en la factura", "Producto averiado",
          "Amabilidad del personal", "Estuve en su mostrador el lunes, con mi hija.\n"),
    FORM ("Panasz", "Javaslat", "Köszönet", "Kérdés", "Hibás számla", "Hibás termék, nem működik",
          "Munkatársak viselkedése", "Hétfőn jártam a pultjuknál, a lányommal.\n"),
  };
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      letter_is (forms[i], "kind", "thanks");
      letter_is (forms[i], "subject", "service/staff");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/boxes/ticked", test_only_what_is_ticked_is_said);
  g_test_add_func ("/boxes/questions", test_each_question_has_a_tick_of_its_own);
  g_test_add_func ("/boxes/scan", test_a_scan_may_have_letters_for_boxes);
  g_test_add_func ("/boxes/all", test_without_one_tick_all_is_said);
  g_test_add_func ("/boxes/kind", test_kind_and_subject_are_what_is_ticked);
  return g_test_run ();
}
