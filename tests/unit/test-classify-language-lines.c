/* Lines as people write them, none of which the tables were made from; clean and with misread letters. */
#include "classify/language.h"
#include <string.h>

typedef struct
{
  const char *language;
  const char *lines[24];
} Lines;

static const Lines held_out[] = {
  { "en",
    { "The curtains were hemmed far too short.",
      "Nobody warned us about the roadworks.",
      "Splendid, thanks a lot!",
      "Who do I talk to about a lost ring?",
      "Half the lights in the subway are out.",
      "i want this sorted today",
      "Your plumber left muddy boots on the rug.",
      "Could the crossing get a countdown?",
      "Not impressed at all.",
      "My late aunt's policy ended in June.",
      "We queued for ages in the rain.",
      "The lid fell off in the dishwasher.",
      "Brilliant night, the band was superb.",
      "Am I allowed to park a caravan here?",
      "Two mugs short again.",
      "Ring me on Thursday if you like.",
      "Loud music until dawn, every weekend.",
      "The gate squeaks terribly.",
      "Your young man on reception was a gem.",
      "Kindly cancel my subscription.",
      "Where can we hire a tandem?",
      "He sighed and rolled his eyes at me.",
      "Shouldn't that be free for pensioners?",
      "Brown water from the tap." } },
  { "fr",
    { "Les rideaux ont été coupés trop courts.",
      "Personne ne nous a prévenus des travaux.",
      "Super, merci encore !",
      "À qui m'adresser pour une bague perdue ?",
      "La moitié des ampoules sont grillées.",
      "je veux une solution aujourd'hui",
      "Votre plombier a sali le tapis.",
      "Un feu avec compte à rebours serait utile.",
      "Franchement pas terrible.",
      "L'assurance de ma tante a pris fin en juin.",
      "On a fait la queue sous la pluie.",
      "Le couvercle s'est détaché au lavage.",
      "Soirée géniale, orchestre au top.",
      "A-t-on le droit de garer une caravane ici ?",
      "Il manque encore deux tasses.",
      "Téléphonez-moi jeudi si vous voulez.",
      "Musique à fond jusqu'à l'aube.",
      "Le portail grince horriblement.",
      "Le jeune homme de l'accueil est une perle.",
      "Merci d'annuler mon abonnement.",
      "Où peut-on louer un tandem ?",
      "Il a soupiré en levant les yeux au ciel.",
      "Les retraités ne devraient rien payer.",
      "L'eau du robinet est marron." } },
  { "es",
    { "Las cortinas quedaron demasiado cortas.",
      "Nadie nos avisó de las obras.",
      "¡Genial, mil gracias!",
      "¿Con quién hablo por un anillo perdido?",
      "La mitad de las bombillas están fundidas.",
      "quiero que lo solucionen hoy mismo",
      "Su fontanero manchó la alfombra de barro.",
      "Vendría bien un semáforo con cuenta atrás.",
      "La verdad, bastante flojo.",
      "La póliza de mi tía terminó en junio.",
      "Hicimos cola bajo la lluvia.",
      "La tapa se soltó en el lavavajillas.",
      "Noche estupenda, la banda tocó de maravilla.",
      "¿Se puede dejar aquí una caravana?",
      "Otra vez faltan dos tazas.",
      "Llámeme el jueves si quiere.",
      "Música a tope hasta el amanecer.",
      "La verja chirría muchísimo.",
      "El muchacho de recepción es un sol.",
      "Anulen mi suscripción, por favor.",
      "¿Dónde alquilan un tándem?",
      "Suspiró y puso los ojos en blanco.",
      "Los jubilados deberían entrar gratis.",
      "Sale agua marrón del grifo." } },
  { "hu",
    { "Túl rövidre vágták a függönyt.",
      "Senki sem szólt az útfelbontásról.",
      "Szuper, ezer hála!",
      "Kit keressek egy elveszett gyűrű miatt?",
      "A lámpák fele kiégett az aluljáróban.",
      "meg ma oldjak meg ezt a dolgot",
      "A szerelőjük összesározta a szőnyeget.",
      "Jól jönne egy visszaszámlálós lámpa.",
      "Hát, ez elég gyengére sikerült.",
      "A nagynéném biztosítása júniusban lejárt.",
      "Esőben álltunk sorban.",
      "Levált a fedele a mosogatógépben.",
      "Fantasztikus este volt, remek zenekarral.",
      "Szabad itt lakókocsival megállni?",
      "Megint két bögre hiányzik.",
      "Csütörtökön felhívhat, ha gondolja.",
      "Hajnalig bömböl a zene.",
      "Borzasztóan nyikorog a kapu.",
      "A portás fiatalember egy kincs.",
      "Mondják le az előfizetésemet.",
      "Hol lehet tandemet bérelni?",
      "Sóhajtott egyet és a szemét forgatta.",
      "A nyugdíjasoknak ingyenes lehetne.",
      "Barna víz folyik a csapból." } },
  { "de",
    { "Die Vorhänge sind viel zu kurz geraten.",
      "Von der Baustelle hat uns niemand erzählt.",
      "Prima, tausend Dank!",
      "An wen wende ich mich wegen eines Rings?",
      "Die Hälfte der Lampen ist durchgebrannt.",
      "ich will das heute noch geklärt haben",
      "Ihr Klempner hat den Teppich beschmutzt.",
      "Eine Ampel mit Countdown wäre gut.",
      "Ehrlich gesagt ziemlich schwach.",
      "Die Police meiner Tante endete im Juni.",
      "Wir standen im Regen Schlange.",
      "Der Deckel löste sich in der Spülmaschine.",
      "Toller Abend, die Kapelle war spitze.",
      "Darf man hier einen Wohnwagen abstellen?",
      "Schon wieder fehlen zwei Tassen.",
      "Rufen Sie mich gern am Donnerstag an.",
      "Laute Musik bis zum Morgengrauen.",
      "Das Tor quietscht furchtbar.",
      "Der junge Mann am Empfang ist ein Schatz.",
      "Kündigen Sie bitte mein Abo.",
      "Wo kann man ein Tandem leihen?",
      "Er seufzte und verdrehte die Augen.",
      "Rentner sollten nichts zahlen müssen.",
      "Aus dem Hahn kommt braunes Wasser." } },
  { "pt",
    { "As cortinas ficaram curtas demais.",
      "Ninguém nos avisou das obras.",
      "Ótimo, mil vezes obrigada!",
      "Com quem falo sobre um anel perdido?",
      "Metade das lâmpadas está queimada.",
      "quero isso resolvido ainda hoje",
      "O seu encanador sujou o tapete.",
      "Um semáforo com contagem ajudaria.",
      "Sinceramente, bem fraquinho.",
      "A apólice da minha tia terminou em junho.",
      "Ficamos na fila debaixo de chuva.",
      "A tampa soltou-se na máquina.",
      "Noite fantástica, a banda tocou muito bem.",
      "Pode-se estacionar aqui uma caravana?",
      "Faltam outra vez duas canecas.",
      "Telefone-me na quinta, se quiser.",
      "Música alta até ao amanhecer.",
      "O portão range imenso.",
      "O rapaz da receção é um amor.",
      "Cancelem a minha assinatura.",
      "Onde se aluga uma bicicleta dupla?",
      "Suspirou e revirou os olhos.",
      "Os aposentados não deviam pagar nada.",
      "Sai água castanha da torneira." } },
  { "it",
    { "Le tende sono venute troppo corte.",
      "Nessuno ci ha avvisati dei lavori.",
      "Ottimo, grazie infinite!",
      "A chi mi rivolgo per un anello smarrito?",
      "Metà delle lampadine sono bruciate.",
      "voglio una soluzione oggi stesso",
      "Il vostro idraulico ha sporcato il tappeto.",
      "Servirebbe un semaforo col conto alla rovescia.",
      "Francamente piuttosto scarso.",
      "La polizza di mia zia è scaduta a giugno.",
      "Abbiamo fatto la coda sotto la pioggia.",
      "Il coperchio si è staccato nel lavaggio.",
      "Serata splendida, orchestra bravissima.",
      "Si può lasciare qui una roulotte?",
      "Mancano di nuovo due tazze.",
      "Mi chiami giovedì, se vuole.",
      "Musica alta fino all'alba.",
      "Il cancello cigola terribilmente.",
      "Il ragazzo all'ingresso è un tesoro.",
      "Annullate il mio abbonamento.",
      "Dove si noleggia un tandem?",
      "Ha sbuffato alzando gli occhi al cielo.",
      "I pensionati non dovrebbero pagare.",
      "Dal rubinetto esce acqua marrone." } },
};

/* Every twentieth letter is read as another that looks like it, beginning with the @from-th. */
static char *
misread (const char *line, guint from)
{
  static const char *const alike[] = { "ec", "co", "il", "li", "nu", "uv", "ao", "oe", "tf", "ri", "hb", "sa" };
  GString *text = g_string_new (line);
  for (guint at = from; at < text->len; at += 20)
    for (gsize i = 0; i < G_N_ELEMENTS (alike); i++)
      if (text->str[at] == alike[i][0])
        {
          text->str[at] = alike[i][1];
          break;
        }
  return g_string_free (text, FALSE);
}

static ClassifyLanguages *
shipped_languages (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = config_read ("conf", &error);
  g_assert_no_error (error);
  g_autoptr (Vocabulary) vocabulary = vocabulary_load (config, &error);
  g_assert_no_error (error);
  return classify_languages_new (vocabulary);
}

typedef struct
{
  guint all, right;
  double confidence;
} Score;

static void
score_line (const ClassifyLanguages *languages, const char *line, const char *language, Score *score)
{
  ClassifyLanguage found = classify_language_of (languages, line);
  bool right = g_str_equal (found.code, language);
  if (!right)
    g_test_message ("%s is %s (%.2f): %s", language, found.code, found.confidence, line);
  score->all++;
  score->right += right;
  score->confidence += found.confidence;
}

static void
test_short_lines_are_in_their_language (void)
{
  g_autoptr (ClassifyLanguages) languages = shipped_languages ();
  Score score = { 0 };
  for (gsize l = 0; l < G_N_ELEMENTS (held_out); l++)
    for (gsize i = 0; i < G_N_ELEMENTS (held_out[l].lines); i++)
      score_line (languages, held_out[l].lines[i], held_out[l].language, &score);
  g_assert_cmpuint (score.all, ==, 168);
  g_assert_cmpuint (score.right * 100, >=, score.all * 98);
  /* What it says of itself holds. */
  g_assert_cmpfloat_with_epsilon (score.confidence / score.all, (double)score.right / score.all, 0.03);
}

static void
test_misread_lines_are_in_their_language (void)
{
  g_autoptr (ClassifyLanguages) languages = shipped_languages ();
  Score score = { 0 };
  for (gsize l = 0; l < G_N_ELEMENTS (held_out); l++)
    for (gsize i = 0; i < G_N_ELEMENTS (held_out[l].lines); i++)
      for (guint from = 0; from < 20; from += 5)
        {
          g_autofree char *line = misread (held_out[l].lines[i], from);
          score_line (languages, line, held_out[l].language, &score);
        }
  g_assert_cmpuint (score.right * 1000, >=, score.all * 975);
}

static void
test_three_lines_leave_no_doubt (void)
{
  g_autoptr (ClassifyLanguages) languages = shipped_languages ();
  Score score = { 0 };
  for (gsize l = 0; l < G_N_ELEMENTS (held_out); l++)
    for (gsize i = 0; i + 2 < G_N_ELEMENTS (held_out[l].lines); i++)
      {
        const char *const *lines = &held_out[l].lines[i];
        g_autofree char *text = g_strdup_printf ("%s\n%s %s", lines[0], lines[1], lines[2]);
        score_line (languages, text, held_out[l].language, &score);
      }
  g_assert_cmpuint (score.right, ==, score.all);
}

/* What @text is found to be, as code; a g_assert'able string that lives until the next call. */
static const char *
code_of (const ClassifyLanguages *languages, const char *text)
{
  static ClassifyLanguage found;
  found = classify_language_of (languages, text);
  return found.code;
}

static void
test_names_and_shouting_do_not_vote (void)
{
  g_autoptr (ClassifyLanguages) languages = shipped_languages ();
  g_assert_cmpstr (code_of (languages, "Please write to my brother Giovanni Bernardelli."), ==, "en");
  g_assert_cmpstr (code_of (languages, "Je travaille chez SMITH AND SONS THE BOOKSHOP."), ==, "fr");
  g_assert_cmpstr (code_of (languages, "see https://www.la-tienda.example/los/pedidos/ayuda"), ==, "en");
  /* Where there is nothing else, capitals are text too. */
  g_assert_cmpstr (code_of (languages, "NADIE NOS AVISÓ DE LAS OBRAS"), ==, "es");
}

static void
test_what_says_nothing_is_undetermined (void)
{
  static const char *const texts[]
      = { "", " \n", "123 456", "2024-05-01", "XXXX XXXX", "***", "Qhxrtz", "x", "IBAN 55 1234" };
  g_autoptr (ClassifyLanguages) languages = shipped_languages ();
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpstr (code_of (languages, texts[i]), ==, "und");
}

static void
test_other_scripts_and_languages_are_named (void)
{
  g_autoptr (ClassifyLanguages) languages = shipped_languages ();
  g_assert_cmpstr (code_of (languages, "Το δέμα δεν ήρθε ακόμα."), ==, "el");
  g_assert_cmpstr (code_of (languages, "Посылка до сих пор не пришла, верните мне деньги."), ==, "ru");
  g_assert_cmpstr (code_of (languages, "החבילה עדיין לא הגיעה."), ==, "he");
  g_assert_cmpstr (code_of (languages, "لم تصل الطردية حتى الآن، أرجو إعادة المبلغ."), ==, "ar");
  g_assert_cmpstr (code_of (languages, "包裹到现在还没有到，请退款。"), ==, "zh");
  g_assert_cmpstr (code_of (languages, "Het pakket is nog steeds niet bezorgd."), ==, "nl");
  g_assert_cmpstr (code_of (languages, "Paczka wciąż nie dotarła, proszę o zwrot pieniędzy."), ==, "pl");
  g_assert_cmpstr (code_of (languages, "Coletul nu a ajuns nici astăzi, vă rog să îmi dați banii înapoi."), ==, "ro");
  g_assert_cmpstr (code_of (languages, "Paketet har fortfarande inte kommit och jag vill ha tillbaka mina pengar, "
                                       "annars skriver jag till tidningen."),
                   ==, "sv");
}

static void
test_accents_may_stand_apart_and_words_be_broken (void)
{
  g_autoptr (ClassifyLanguages) languages = shipped_languages ();
  g_assert_cmpstr (code_of (languages, "Fe\xcc\x81lek, hogy elve\xcc\x81sz."), ==, "hu");
  g_assert_cmpstr (code_of (languages, "a regge-\nli kávé hi-\ndeg volt"), ==, "hu");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/language/lines", test_short_lines_are_in_their_language);
  g_test_add_func ("/language/lines/misread", test_misread_lines_are_in_their_language);
  g_test_add_func ("/language/lines/three", test_three_lines_leave_no_doubt);
  g_test_add_func ("/language/names", test_names_and_shouting_do_not_vote);
  g_test_add_func ("/language/nothing", test_what_says_nothing_is_undetermined);
  g_test_add_func ("/language/scripts", test_other_scripts_and_languages_are_named);
  g_test_add_func ("/language/accents", test_accents_may_stand_apart_and_words_be_broken);
  return g_test_run ();
}
