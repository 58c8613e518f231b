#include "tests/unit/classify_letters.h"

static void
urges (const char *text, const char *value)
{
  g_autoptr (RecordFinding) finding = letter_finding (text, "urgency");
  if (finding == NULL || !g_str_equal (finding->value, value))
    g_error ("urgency is %s, not %s: %s", finding != NULL ? finding->value : "none", value, text);
  g_assert_cmpuint (finding->evidence->len, >, 0);
}

static void
may_wait (const char *text)
{
  g_autoptr (RecordFinding) finding = letter_finding (text, "urgency");
  if (finding != NULL)
    g_error ("urgency is %s because of “%s”: %s", finding->value,
             ((const RecordEvidence *)finding->evidence->pdata[0])->text, text);
}

static void
test_danger_is_found_in_four_languages (void)
{
  urges ("Dear Sirs,\n\nSince your fitter left on Monday there is a strong smell of gas in the kitchen.\n", "danger");
  urges ("Your kettle caught fire on Sunday and my son was injured.\n", "danger");
  urges ("Madame, Monsieur,\n\nDepuis le passage de votre technicien, il y a une odeur de gaz dans la cuisine.\n",
         "danger");
  urges ("Muy señores míos:\n\nLa tostadora que les compré se incendió ayer y mi hija sufrió quemaduras.\n", "danger");
  urges ("Tisztelt Cím!\n\nA villanyszerelés óta gázszag van a konyhában, és megrázott az áram.\n", "danger");
}

static void
test_what_burns_nearly_or_stings_is_danger (void)
{
  urges ("La plancha huele a quemado y ayer salieron chispas del enchufe. Casi se incendia la cocina.\n", "danger");
  urges ("El calentador que instalaron pierde gas y mi hija se mareó.\n", "danger");
  urges ("La prise fait des étincelles et sent le brûlé : c'est dangereux.\n", "danger");
  urges ("A kazánból gáz szivárog, mióta az Önök szerelője itt járt.\n", "danger");
  may_wait ("La tostada que me sirvieron olía a quemado.\n");
}

static void
test_age_alone_may_wait_but_not_with_what_it_makes_hard (void)
{
  urges ("Tengo 82 años y vivo sola; nadie me trae la lavadora que pagué.\n", "vulnerable");
  urges ("J'ai 84 ans et je vis seule au quatrième étage.\n", "vulnerable");
  urges ("I am 82 and live on my own; the lift has stood still since Monday.\n", "vulnerable");
  urges ("82 éves vagyok, egyedül élek, és nem jön a szerelő.\n", "vulnerable");
  urges ("My husband is disabled and uses a wheelchair.\n", "vulnerable");
  may_wait ("Soy cliente suyo desde hace 80 años, como lo fue mi padre.\n");
  may_wait ("My son, who lives alone, needs only one chair of the set.\n");
}

static void
test_the_press_and_consumer_offices_under_their_common_names (void)
{
  urges ("He presentado una denuncia en la oficina de consumo.\n", "regulator");
  urges ("Si siguen así, iré a los periódicos.\n", "press");
  urges ("Je vais raconter mon histoire à la presse.\n", "press");
}

static void
test_a_lawyer_and_a_court_are_found_in_four_languages (void)
{
  urges ("We act for Mrs Harker, whom your lorry knocked down. Unless we hear within 14 days we shall issue "
         "proceedings.\n",
         "lawyer");
  urges ("Sans réponse de votre part, je saisirai le tribunal judiciaire de Tours.\n", "lawyer");
  urges ("Si no recibo respuesta, mi abogado interpondrá la demanda ante el juzgado de primera instancia.\n", "lawyer");
  urges ("Ha nem fizetnek, az ügyvédem beperli Önöket.\n", "lawyer");
}

static void
test_authorities_are_found_in_four_languages (void)
{
  urges ("I shall refer this to the regulator and to the ombudsman.\n", "regulator");
  urges ("J'ai saisi le médiateur et signalé les faits à la DGCCRF.\n", "regulator");
  urges ("He presentado una queja ante el Defensor del Pueblo.\n", "regulator");
  urges ("A fogyasztóvédelemhez és a békéltető testülethez fordulok.\n", "regulator");
}

static void
test_the_press_is_found_in_four_languages (void)
{
  urges ("I am a journalist and am writing an article on your deliveries; please comment by Friday.\n", "press");
  urges ("Je vais alerter la presse et les associations de quartier.\n", "press");
  urges ("Si no me contestan, acudiré a los medios y lo haré público.\n", "press");
  urges ("Ha nem válaszolnak, a sajtóhoz fordulok.\n", "press");
}

static void
test_television_radio_and_newspapers_are_a_threat_where_they_are_to_hear_of_it (void)
{
  urges ("Llevaré mi caso a un programa de televisión.\n", "press");
  urges ("O me devuelven el dinero o llamo a la radio.\n", "press");
  urges ("Saldrán ustedes en las noticias.\n", "press");
  urges ("I shall be contacting the BBC and the local radio station.\n", "press");
  urges ("I will tell my story on TV.\n", "press");
  urges ("J'en parlerai à la radio.\n", "press");
  urges ("Je vais écrire au journal local.\n", "press");
  urges ("Je publierai tout sur Facebook.\n", "press");
  urges ("Felhívom a rádiót.\n", "press");
  urges ("Kiírom a Facebookra, hogy mindenki lássa.\n", "press");
  urges ("Ha nem válaszolnak, elmegyek a tévébe.\n", "press");
  may_wait ("Vi en la televisión su anuncio y compré la lavadora.\n");
  may_wait ("Oí su anuncio en la radio y llamé al número.\n");
  may_wait ("As seen on national television, your kettle boils in a minute. Mine does not.\n");
  may_wait ("I paid for an article that has never arrived.\n");
  may_wait ("J'ai vu votre annonce à la télévision et sur Facebook.\n");
  may_wait ("L'antenne va à la télévision par un câble trop court.\n");
  may_wait ("Láttam a televízióban a hirdetésüket.\n");
  may_wait ("A tévéhez nem járt távirányító.\n");
  may_wait ("A tévébe dugtam a kábelt, de nincs kép.\n");
}

static void
test_what_is_denied_on_condition_is_threatened (void)
{
  urges ("Si no me contestan iré a la televisión.\n", "press");
  urges ("If you do not pay I go to the press.\n", "press");
  urges ("Si vous ne répondez pas j'irai à la télévision.\n", "press");
  urges ("Ha nem válaszolnak a sajtóhoz fordulok.\n", "press");
  may_wait ("No quiero ir a la televisión ni a los periódicos.\n");
  may_wait ("I do not want to go to the press about this.\n");
  may_wait ("Je ne veux pas aller à la télévision.\n");
  may_wait ("Nem fordulok a televízióhoz.\n");
  may_wait ("Si no hay olor a gas, no hace falta que vengan.\n");
}

static void
test_vulnerable_persons_are_found_in_four_languages (void)
{
  urges ("We have had no heating for nine days and my wife is pregnant.\n", "vulnerable");
  urges ("Ma mère est handicapée et nous sommes sans chauffage depuis lundi.\n", "vulnerable");
  urges ("Estamos sin calefacción y mi hijo tiene una discapacidad del 65 %; va en silla de ruedas.\n", "vulnerable");
  urges ("Mozgássérült vagyok, és két hete nincs fűtés a lakásban.\n", "vulnerable");
}

static void
test_what_is_named_beside_the_first_stands_among_the_others (void)
{
  g_autoptr (RecordFinding) finding
      = letter_finding ("The heater caught fire, smoke came out and my baby was injured. My solicitor will write to "
                        "you.\n",
                        "urgency");
  g_assert_nonnull (finding);
  g_assert_cmpstr (finding->value, ==, "danger");
  g_assert_cmpstr (finding->also[0], ==, "lawyer");
}

static void
test_what_is_denied_does_not_urge (void)
{
  may_wait ("The fitter checked everything: there is no smell of gas and nothing was wrong.\n");
  may_wait ("Le technicien est passé, il n'y a pas d'odeur de gaz.\n");
  may_wait ("El técnico vino y no huele a gas.\n");
  may_wait ("A szerelő megnézte, és nem volt gázszag.\n");
}

static void
test_names_and_mentions_do_not_urge (void)
{
  may_wait ("Danger Ltd\n12 Fire Station Road\n\nDear Sirs,\n\nplease send us your price list for kettles.\n");
  may_wait ("Please follow us on Facebook. Your brochure on fire extinguishers was a pleasure to read.\n");
  may_wait ("The parcel was damaged, and the box had no label.\n");
  may_wait ("I saw your offer on social media and want to order two lamps.\n");
  may_wait ("Je me réfère à votre courrier. La lampe est arrivée cassée. Suivez-nous sur Facebook.\n");
  may_wait ("Vi su anuncio en redes sociales y quisiera un catálogo. El paquete llegó roto.\n");
  may_wait ("A csomag megsérült, a lámpa törött. A szállító kedves volt.\n");
  may_wait ("A füstölt sonka finom volt, köszönöm. A lámpa kigyulladt, amikor bekapcsoltam.\n");
  may_wait (
      "Harker Bank plc is authorised and regulated by the Financial Conduct Authority.\n\nMy card has not come.\n");
}

static void
test_a_page_of_nothing_does_not_urge (void)
{
  may_wait ("");
  may_wait ("4711 22 8\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/urgency/danger", test_danger_is_found_in_four_languages);
  g_test_add_func ("/urgency/nearly", test_what_burns_nearly_or_stings_is_danger);
  g_test_add_func ("/urgency/age", test_age_alone_may_wait_but_not_with_what_it_makes_hard);
  g_test_add_func ("/urgency/common-names", test_the_press_and_consumer_offices_under_their_common_names);
  g_test_add_func ("/urgency/lawyer", test_a_lawyer_and_a_court_are_found_in_four_languages);
  g_test_add_func ("/urgency/regulator", test_authorities_are_found_in_four_languages);
  g_test_add_func ("/urgency/media", test_television_radio_and_newspapers_are_a_threat_where_they_are_to_hear_of_it);
  g_test_add_func ("/urgency/condition", test_what_is_denied_on_condition_is_threatened);
  g_test_add_func ("/urgency/press", test_the_press_is_found_in_four_languages);
  g_test_add_func ("/urgency/vulnerable", test_vulnerable_persons_are_found_in_four_languages);
  g_test_add_func ("/urgency/also", test_what_is_named_beside_the_first_stands_among_the_others);
  g_test_add_func ("/urgency/denied", test_what_is_denied_does_not_urge);
  g_test_add_func ("/urgency/mentions", test_names_and_mentions_do_not_urge);
  g_test_add_func ("/urgency/nothing", test_a_page_of_nothing_does_not_urge);
  return g_test_run ();
}
