#include "tests/unit/index-fixture.h"

static void
expect_refusal (Fixture *f, const char *query, const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IndexResult) result = index_search (f->reader, query, 0, 20, &error);
  g_assert_null (result);
  g_assert_error (error, INDEX_ERROR, INDEX_ERROR_QUERY);
  if (strstr (error->message, word) == NULL)
    g_error ("%s is refused with: %s", query, error->message);
}

static void
test_accents_and_case_do_not_matter (Fixture *f, gconstpointer data)
{
  (void)data;
  put_pages (f, "es: Presento una RECLAMACIÓN por el envío.",
             "fr: Votre conseiller n'a pas été très poli, façade abîmée, œuvre perdue.",
             "hu: A készülék működése közben füst jött a csőből.", "en: The café charged me twice.", NULL);
  const char *const pairs[][2] = {
    { "reclamacion", "1" }, { "Reclamación", "1" }, { "ENVÍO", "1" },    { "envio", "1" },    { "ete", "2" },
    { "ÉTÉ", "2" },         { "facade", "2" },      { "abimee", "2" },   { "abîmée", "2" },   { "oeuvre", "2" },
    { "œuvre", "2" },       { "keszulek", "3" },    { "készülék", "3" }, { "mukodese", "3" }, { "csobol", "3" },
    { "csöböl", "3" },      { "CSŐBŐL", "3" },      { "cafe", "4" },     { "CAFÉ", "4" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    expect (f, pairs[i][0], pairs[i][1]);
}

static void
test_exact_form_comes_before_the_folded_one_before_the_inflected (Fixture *f, gconstpointer data)
{
  (void)data;
  put_pages (f, "es: Las reclamaciones anteriores siguen abiertas hoy.",
             "es: Una reclamacion anterior sigue abierta todavia hoy.",
             "es: Una reclamación anterior sigue abierta todavía hoy.", NULL);
  expect (f, "reclamación", "3 2 1");
  expect (f, "reclamacion", "2 3 1");
  expect (f, "reclamaciones", "1 3 2");
}

static void
test_spanish_inflections_find_each_other (Fixture *f, gconstpointer data)
{
  (void)data;
  put_pages (f, "es: Mi reclamación", "es: Mi reclamacion", "es: Mis reclamaciones", "es: Mis facturas", NULL);
  expect_count (f, "reclamación", 3);
  expect_count (f, "reclamacion", 3);
  expect_count (f, "reclamaciones", 3);
  expect_count (f, "factura", 1);
}

static void
test_hungarian_inflections_find_each_other (Fixture *f, gconstpointer data)
{
  (void)data;
  put_pages (f, "hu: Ez az első panasz.", "hu: A panaszokat továbbítottuk.", "hu: Foglalkozzanak a panaszokkal!",
             "hu: A szerződésemet felmondom.", "hu: A szerzodesek ervenyesek.", NULL);
  expect_count (f, "panasz", 3);
  expect_count (f, "panaszokat", 3);
  expect_count (f, "panaszokkal", 3);
  expect_count (f, "szerződés", 2);
  expect_count (f, "szerzodesek", 2);
}

static void
test_french_and_english_inflections_find_each_other (Fixture *f, gconstpointer data)
{
  (void)data;
  put_pages (f, "fr: Ma réclamation est restée sans réponse, le colis livré était vide.",
             "fr: Mes reclamations sont restees sans reponses, la caisse livree aussi.",
             "en: You delivered two broken parcels.", "en: One parcel was delivering nothing.", NULL);
  expect_count (f, "réclamations", 2);
  expect_count (f, "reclamation", 2);
  expect_count (f, "livrée", 2);
  expect_count (f, "livre", 2);
  expect_count (f, "delivers", 2);
  expect_count (f, "parcels", 2);
}

static void
test_page_in_another_language_is_found_by_its_plain_words (Fixture *f, gconstpointer data)
{
  (void)data;
  put_pages (f, "und: Rechnungen über Größen", "de: Beschwerden", NULL);
  expect (f, "grossen", "1");
  expect (f, "Größen", "1");
  expect (f, "beschwerden", "2");
  expect (f, "beschwerde", "");
}

static void
test_all_words_must_be_there (Fixture *f, gconstpointer data)
{
  (void)data;
  put_pages (f, "en: refund of a broken lamp", "en: refund of a damaged chair", "en: a late lamp", NULL);
  expect (f, "refund lamp", "1");
  expect (f, "refund AND lamp", "1");
  expect_count (f, "refund", 2);
  expect (f, "refund -lamp", "2");
  expect (f, "refund NOT lamp", "2");
  expect (f, "-refund", "3");
  expect_count (f, "broken OR damaged", 2);
  expect (f, "lamp broken OR late -refund", "3");
  expect_count (f, "(refund lamp) OR late", 2);
  expect (f, "-(broken OR damaged)", "3");
}

static void
test_phrase_stands_word_after_word (Fixture *f, gconstpointer data)
{
  (void)data;
  put_pages (f, "fr: Je n'ai jamais reçu le colis.", "fr: Le colis reçu jamais ouvert.", NULL);
  expect (f, "\"jamais recu\"", "1");
  expect (f, "“jamais reçu”", "1");
  expect (f, "« colis reçu »", "2");
  expect (f, "colis -\"jamais reçu\"", "2");
}

static void
test_wildcard_finds_words_by_their_beginning (Fixture *f, gconstpointer data)
{
  (void)data;
  put_pages (f, "hu: kártérítés", "hu: kártalanítás", "hu: kár", NULL);
  expect_count (f, "kárt*", 2);
  expect_count (f, "KART*", 2);
  expect_count (f, "kar*", 3);
  expect_refusal (f, "ka*", "3 letters");
  expect_refusal (f, "*kar", "end of a word");
}

static void
test_reference_is_found_with_and_without_its_marks (Fixture *f, gconstpointer data)
{
  (void)data;
  put_pages (f, "en: Your reference AB-1234567 of May.", "en: Your reference AB1234567 of May.",
             "en: Your reference AB 1234567 of May.", "en: Contract 2026/0815.17-C", NULL);
  expect_count (f, "AB-1234567", 3);
  expect_count (f, "ab1234567", 3);
  expect_count (f, "1234567", 2);
  expect (f, "2026081517c", "4");
  expect (f, "2026/0815.17-C", "4");
  expect (f, "2026/0815", "4");
}

static void
test_number_with_hyphens_is_not_found_inside_a_longer_one (Fixture *f, gconstpointer data)
{
  (void)data;
  put_pages (f, "en: My order AB-2024-0077 never arrived.",
             "en: My orders AB-2024-0078 and AB-2024-00771, PIN 0077, of 2024.",
             "en: My order XAB-2024-0077-5 never arrived.", "en: My order AB 2024 0077 never arrived.",
             "en: My order AB-2024-0077-5, or AB-\n2024-0077-6, never arrived.",
             "en: My order AB-2024-0077/2 (AB-2024\n0078).", NULL);
  expect_count (f, "AB-2024-0077", 3);
  expect (f, "AB-2024-0077 -AB-2024-0078", "1 4");
  expect_count (f, "AB20240077", 1);
  expect (f, "2024-0077", "4");
  expect (f, "AB-2024-0078", "2 6");
  expect_count (f, "\"2024-0077\"", 5);
  expect_count (f, "AB-2024-0077*", 4);
}

static void
test_words_with_digits_are_no_numbers (Fixture *f, gconstpointer data)
{
  (void)data;
  put_pages (f, "en: Write to jane.doe2@example.com or see www.shop24.example.com/help.",
             "en: My covid 19 test was type 2, not B 12.", "en: My Covid-19 test of summer 2026.", NULL);
  expect (f, "jane.doe2@example.com", "1");
  expect (f, "shop24.example.com", "1");
  expect_count (f, "covid-19", 2);
  expect_count (f, "covid19", 2);
  expect (f, "type-2", "2");
  expect (f, "summer-2026", "3");
  expect (f, "b12", "2");
}

static void
test_amounts_and_addresses_are_found (Fixture *f, gconstpointer data)
{
  (void)data;
  put_pages (f, "en: You owe me 1,234.56 GBP. Write to jane.doe@example.com",
             "fr: Remboursez 1\u202F234,56 € à jean@example.fr", "es: Devuelvan 1.234,56 euros o 89,90.", NULL);
  expect_count (f, "1234.56", 3);
  expect_count (f, "1.234,56", 3);
  expect (f, "89,90", "3");
  expect (f, "89.90", "3");
  expect (f, "jane.doe@example.com", "1");
  expect (f, "jean@example.fr", "2");
  expect (f, "example.com", "1");
}

static void
test_word_broken_over_a_line_is_one_word (Fixture *f, gconstpointer data)
{
  (void)data;
  put_pages (f, "fr: J'attends le rembourse-\n  ment complet de ma commande.", "en: a well-\nknown fault",
             "hu: a szerző\u00AD\ndésem másolata", "en: an e-mail, co\u00ADoperation", NULL);
  expect (f, "remboursement", "1");
  expect (f, "\"le remboursement complet\"", "1");
  expect (f, "rembourse", "1");
  expect (f, "\"well known fault\"", "2");
  expect (f, "well-known", "2");
  expect (f, "szerződés", "3");
  expect (f, "email", "4");
  expect (f, "e-mail", "4");
  expect (f, "cooperation", "4");
}

static void
test_word_broken_in_any_of_the_four_languages_is_found_whole_and_by_its_parts (Fixture *f, gconstpointer data)
{
  (void)data;
  put_pages (f, "hu: A számlával kapcsolatos rekla-\nmációmra nem válaszoltak.",
             "fr: Ma récla\u00AD\nmation est restée sans réponse.",
             "es: Presento esta recla\u2010\nmación por escrito.", "en: The refri-\ngerator was left in the rain.",
             NULL);
  expect (f, "\"kapcsolatos reklamációmra nem\"", "1");
  expect (f, "reklamáció", "1");
  expect (f, "\"ma réclamation est restée\"", "2");
  expect (f, "\"esta reclamación por\"", "3");
  expect (f, "refrigerators", "4");
  expect (f, "gerator", "4");
}

static void
test_hyphen_that_is_written_at_a_line_end_stays_one (Fixture *f, gconstpointer data)
{
  (void)data;
  put_pages (f, "en: Order A-\n4711 of the year.", "fr: Le 2026-\n03-12 nous avons pris rendez-\nvous.",
             "en: The self-\nservice till.", "hu: Kovács-\nNagy Éva", NULL);
  expect (f, "A-4711", "1");
  expect (f, "A4711", "1");
  expect (f, "\"order A-4711 of the\"", "1");
  expect (f, "2026-03-12", "2");
  expect (f, "20260312", "2");
  expect (f, "rendez-vous", "2");
  expect (f, "rendezvous", "2");
  expect (f, "self-service", "3");
  expect (f, "\"the self-service till\"", "3");
  expect (f, "Kovács-Nagy", "4");
  expect (f, "\"nagy éva\"", "4");
}

static void
test_apostrophe_parts_words (Fixture *f, gconstpointer data)
{
  (void)data;
  put_pages (f, "fr: Je résilie l’abonnement.", "en: The customer's parcel", NULL);
  expect (f, "abonnement", "1");
  expect (f, "l'abonnement", "1");
  expect (f, "d'abonnements", "1");
  expect (f, "customers", "2");
  expect (f, "customer's", "2");
}

static void
put_filed (Fixture *f)
{
  put (f, &(IndexPage){ .document = 1,
                        .page_no = 1,
                        .number = "D-2026-000001-42/1",
                        .text = "never arrived",
                        .language = "en",
                        .kind = "complaint",
                        .subject = "delivery/not-received",
                        .sender = "Zoé Nagy-Kovács",
                        .name = "Scan_0001.pdf",
                        .extra = "ES9121000418450200051332",
                        .received = dk_day (2026, 3, 14) });
  put (f, &(IndexPage){ .document = 1,
                        .page_no = 2,
                        .number = "D-2026-000001-42/1",
                        .text = "page two",
                        .language = "en",
                        .kind = "complaint",
                        .subject = "delivery/not-received",
                        .received = dk_day (2026, 3, 14) });
  put (f, &(IndexPage){ .document = 2,
                        .page_no = 1,
                        .number = "D-2026-000001-42/2",
                        .text = "merci beaucoup",
                        .language = "fr",
                        .kind = "thanks",
                        .subject = "delivery",
                        .sender = "Durand SARL",
                        .name = "lettre réponse.tif",
                        .received = dk_day (2026, 4, 1) });
  put (f, &(IndexPage){ .document = 3,
                        .page_no = 1,
                        .number = "D-2026-000011-12/1",
                        .text = "nothing",
                        .kind = "other",
                        .subject = "deliveryman",
                        .received = dk_day (2025, 12, 31) });
  commit (f);
}

static void
test_prefixes_choose_kind_subject_language_and_date (Fixture *f, gconstpointer data)
{
  (void)data;
  put_filed (f);
  expect (f, "kind:complaint", "1 1");
  expect (f, "KIND:Thanks", "2");
  expect (f, "kind:complaint arrived", "1");
  expect (f, "merci -kind:thanks", "");
  expect (f, "subject:delivery", "2 1 1");
  expect (f, "subject:delivery/", "2 1 1");
  expect (f, "subject:delivery/not-received", "1 1");
  expect (f, "lang:fr", "2");
  expect (f, "lang:und", "3");
  expect (f, "kind:thanks OR kind:other", "2 3");
  expect (f, "received:2026", "2 1 1");
  expect (f, "received:2026-03", "1 1");
  expect (f, "received:2026-04-01", "2");
  expect_refusal (f, "kind:complant", "complaint, suggestion");
  expect_refusal (f, "lang:english", "lang:en");
  expect_refusal (f, "received:yesterday", "2026-03-14");
  expect_refusal (f, "received:2026-13", "no date");
  expect_refusal (f, "received:2026-02-30", "no date");
}

static void
test_number_is_found_with_and_without_part_and_marks (Fixture *f, gconstpointer data)
{
  (void)data;
  put_filed (f);
  expect (f, "no:D-2026-000001-42", "2 1 1");
  expect (f, "no:d202600000142", "2 1 1");
  expect (f, "no:\"D 2026 000001 42\"", "2 1 1");
  expect (f, "no:D-2026-000001-42/1", "1 1");
  expect (f, "no:d202600000142/2", "2");
  expect (f, "no:D-2026-00001*", "3");
  expect_count (f, "D-2026-000001-42", 3);
  expect_refusal (f, "no:-", "docket number");
}

static void
test_sender_file_name_and_extra_words_are_found (Fixture *f, gconstpointer data)
{
  (void)data;
  put_filed (f);
  expect (f, "from:kovacs", "1");
  expect (f, "from:Zoé", "1");
  expect (f, "from:\"zoe nagy\"", "1");
  expect (f, "from:\"kovács zoé\"", "");
  expect (f, "from:dur*", "2");
  expect (f, "name:scan_0001.pdf", "1");
  expect (f, "name:reponse", "2");
  expect (f, "name:\"lettre rep*\"", "2");
  expect (f, "ES9121000418450200051332", "1");
}

static void
test_unknown_prefix_is_words (Fixture *f, gconstpointer data)
{
  (void)data;
  put_pages (f, "en: Subject was: late", NULL);
  expect (f, "was:late", "1");
  expect (f, "late:was", "1");
  expect (f, "early:late", "");
}

static void
test_query_that_cannot_be_understood_is_explained (Fixture *f, gconstpointer data)
{
  (void)data;
  put_pages (f, "en: word", NULL);
  expect_refusal (f, "", "at least one word");
  expect_refusal (f, " \t ", "at least one word");
  expect_refusal (f, "- . !", "at least one word");
  expect_refusal (f, "()", "at least one word");
  expect_refusal (f, "\"\"", "at least one word");
  expect_refusal (f, "\"open phrase", "does not end");
  expect_refusal (f, "word OR", "OR stands between");
  expect_refusal (f, "word NOT", "NOT stands before");
  expect_refusal (f, "(word", "not closed");
  expect_refusal (f, "word)", "closes nothing");
  expect_refusal (f, "kind:", "after “kind:”");
  expect_refusal (f, "from:!", "at least one word");
  g_autofree char *deep = g_strnfill (500, '(');
  expect_refusal (f, deep, "parentheses");
  g_autofree char *lengthy = g_strnfill (100000, 'a');
  expect_refusal (f, lengthy, "longer");
}

static void
test_odd_bytes_in_query_and_text_do_no_harm (Fixture *f, gconstpointer data)
{
  (void)data;
  g_autofree char *rule = g_strnfill (5000, 'x');
  put_text (f, 1, "hu", "bad \xFF\xFE bytes \xC3");
  put_text (f, 2, "hu", rule);
  put_text (f, 3, "hu", "½ № ﬁnal ΑΘΗΝΑ Москва \u202Eright");
  put (f, &(IndexPage){ .document = 4, .page_no = 1 });
  commit (f);
  expect (f, "bytes", "1");
  expect (f, rule + 1000, "2");
  expect (f, "final", "3");
  expect (f, "москва", "3");
  expect (f, "bytes \xFF", "1");
}

static void
test_hits_are_counted_and_paged (Fixture *f, gconstpointer data)
{
  (void)data;
  for (int i = 1; i <= 30; i++)
    put_text (f, i, "en", "parcel");
  commit (f);
  g_autoptr (GError) error = NULL;
  g_autoptr (IndexResult) page = index_search (f->reader, "parcel", 25, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->hits->len, ==, 5);
  g_assert_cmpuint (page->total, ==, 30);
  const IndexHit *hit = g_ptr_array_index (page->hits, 0);
  g_assert_cmpfloat (hit->score, >, 0.99);
}

#define add(name) g_test_add ("/index/search/" #name, Fixture, NULL, set_up, test_##name, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add (accents_and_case_do_not_matter);
  add (exact_form_comes_before_the_folded_one_before_the_inflected);
  add (spanish_inflections_find_each_other);
  add (hungarian_inflections_find_each_other);
  add (french_and_english_inflections_find_each_other);
  add (page_in_another_language_is_found_by_its_plain_words);
  add (all_words_must_be_there);
  add (phrase_stands_word_after_word);
  add (wildcard_finds_words_by_their_beginning);
  add (reference_is_found_with_and_without_its_marks);
  add (number_with_hyphens_is_not_found_inside_a_longer_one);
  add (words_with_digits_are_no_numbers);
  add (amounts_and_addresses_are_found);
  add (word_broken_over_a_line_is_one_word);
  add (word_broken_in_any_of_the_four_languages_is_found_whole_and_by_its_parts);
  add (hyphen_that_is_written_at_a_line_end_stays_one);
  add (apostrophe_parts_words);
  add (prefixes_choose_kind_subject_language_and_date);
  add (number_is_found_with_and_without_part_and_marks);
  add (sender_file_name_and_extra_words_are_found);
  add (unknown_prefix_is_words);
  add (query_that_cannot_be_understood_is_explained);
  add (odd_bytes_in_query_and_text_do_no_harm);
  add (hits_are_counted_and_paged);
  return g_test_run ();
}
