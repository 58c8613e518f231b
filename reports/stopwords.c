#include "reports/stopwords.h"
#include "base/text.h"
#include <string.h>

/* Besides the little words, the courtesies and the words of correspondence itself. Folded: without accents. */
static const char english[]
    = " a about above after again against all also although am among an and another any anyone anything are around as "
      "ask at away "
      "back be because been before being below between both but by came can cannot come could day days dear did do "
      "does "
      "doing done down during each either else even ever every few first for from further get getting give given go "
      "going gone good got had has have having he her here hers him himself his how however i if in into is it its "
      "itself just keep kind know last least less let letter like made make many may me mine more most much must my "
      "myself near need new next nobody now of off often on once one only or other our ours out over own per please "
      "put quite rather really regards said same say says see seen send sent shall she should since sincerely sir "
      "madam so some someone something soon still such take than thank thanks that the their them then there these "
      "they thing things this those though three through time times to today told too took toward two under until up "
      "upon us use used very via want was way we week weeks well went were what when where whether which while who "
      "whom whose why will with within would write writing wrote year years yes yesterday yet you your yours yourself "
      "faithfully truly sincerely don didn doesn isn wasn ll ve re mr mrs ms month months "
      "january february march april june july august september october november december monday tuesday wednesday "
      "thursday friday saturday sunday finally need needs person number date address company concerning regarding "
      "reference subject hereby attached enclosed able unable "
      "two four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty hundred thousand "
      "second third mail email phone telephone tel fax ";
static const char french[]
    = " a afin ai ainsi alors apres au aucun aucune aujourd aussi autre autres aux avais avait avant avec avez avoir "
      "avons "
      "bien bonjour ca car ce ceci cela celle celles celui cependant ces cet cette ceux chaque cher chere chez ci "
      "comme comment cordialement dans de deja depuis des deux devez devoir dire dit dois doit donc dont du elle elles "
      "en encore entre envers es est et etaient etais etait ete etes etre eu eux faire fait fais faites fois font fut "
      "hui ici il ils j je jour jours jusqu jusque la le les lettre leur leurs lors lorsque lui m ma madame mais "
      "malgre "
      "me meme memes merci mes messieurs mettre mise moi moins mois mon monsieur n ni nos notre nous on ont or ou par "
      "parce pendant peu peut peux plus plusieurs pour pourquoi pourrait pouvez pouvoir prie pris puis puisque qu "
      "quand que quel quelle quelles quelque quels qui quoi sa salutations sans se sera serait ses si sien soit "
      "sommes son sont sous souvent suis sur ta tant te tel telle tes toi ton toujours tous tout toute toutes tres "
      "trop tu un une vers veuillez vient voici voila vos votre vous agreer expression distinguees sentiments semaine "
      "semaines an ans annee annees d l s t c y "
      "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi "
      "vendredi samedi dimanche present presente compter concernant objet reference demande indique remarque numero "
      "date adresse joint jointe ci-joint personne fin egalement actuellement ensuite "
      "trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente quarante cinquante soixante cent cents "
      "mille premier premiere deuxieme troisieme mail email courriel telephone tel fax ";
static const char spanish[]
    = " a ademas ahi ahora al algo alguien algun alguna algunas algunos alli ano anos antes aqui asi atentamente "
      "atento aun "
      "aunque bien bueno buenos buenas cada carta casi como con contra cosa cual cuales cuando cuanto cuyo da dado de "
      "deben debe debido decir del demas dentro desde despues dia dias dice dicen dicho donde dos durante e el ella "
      "ellas ello ellos en encuentro entonces entre era eran eres es esa esas ese eso esos esta estaba estado estan "
      "estar estas este esto estos estoy fue fueron gracias ha habia haber hace hacen hacer hacia han hasta hay he "
      "hemos hizo hoy la las le les lo los luego mas me mes meses mi mia mientras mio mis mismo mucha muchas mucho "
      "muchos muy nada nadie ni ninguna ninguno nos nosotros nuestra nuestras nuestro nuestros o os otra otras otro "
      "otros para pero poco podria por porque primero pueda puede pueden puedo pues que quien quienes quiero saludo "
      "saludos se sea segun senor senora senores ser seria si sido siempre siendo sin sino sobre sois solo somos son "
      "soy su sus suya suyo tal tambien tan tanto te tenemos tengo ti tiempo tiene tienen toda todas todavia todo "
      "todos tras tu tus un una unas uno unos usted ustedes va vamos van varias varios ver vez veces y ya yo estimado "
      "estimada estimados estimadas cordial cordialmente semana semanas tres le "
      "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes miercoles "
      "jueves viernes sabado domingo pasado pasada solicito contrario presentare adjunto adjunta asunto numero fecha "
      "direccion referencia respecto relacion ademas mediante presente "
      "dos cuatro cinco seis siete ocho nueve diez once doce quince veinte treinta cuarenta cincuenta sesenta cien "
      "ciento cientos mil segundo segunda tercero mail email correo electronico telefono tel fax ";
static const char hungarian[]
    = " a abban ahol ahogy ahogyan aki akik akkor alatt amely amelyek amelyet ami amig amikor amit an annak arra arrol "
      "az "
      "azert azok azon azonban azt aztan azutan be bele benne cimu csak de e eddig eg egesz egy egyeb egyes egyetlen "
      "egyik egyre ek el eleg elott elso en ennek eppen erre ert es ev evek ez ezek ezen ezert ezt ezzel fel fele "
      "felett "
      "ha hanem hat ha het heten hiszen hogy hogyan honap ide igen igy ill ilyen is ismet itt jo jobban jol kedves "
      "kell "
      "keresztul keszonom ket ketto ki kivul koszonettel koszonom kozott kozul legalabb lehet lesz lett level ma maga "
      "magat maguk mar mas masik meg mely mert mi miatt mig mikor milyen mind minden mindenki mindig minek mint mintha "
      "mit mivel most nagy nagyobb nagyon nap napja napok naponta neha nehany nekem neki nelkul o ok oket olyan ot "
      "ott ossze pedig persze rola ra s sajat sok sokat sokkal szamara szamomra szemben szerint szinte talan tehat "
      "teljes tisztelettel tisztelt tovabb tovabba tobb udvozlettel ugy ugyanis ugyanakkor uj ujabb ujra utan utana "
      "utolso vagy vagyok valaki valamely valami valamint van vannak vele vissza viszont volna volt voltak voltam "
      "voltunk onok onoknek on onnek holgyem uram cim kerem kerjuk kerem szeretnem szeretnek szeretnenk hetek hete "
      "napig napon "
      "januar februar marcius aprilis majus junius julius augusztus szeptember oktober november december hetfo kedd "
      "szerda csutortok pentek szombat vasarnap hetfon kedden szerdan csutortokon penteken szombaton belul fordulok "
      "alkalommal ellenkezo esetben targy szam szamu mellekelten hivatkozva kapcsolatban tovabbra szeptemberi oktoberi "
      "novemberi evi "
      "harom negy nyolc kilenc tiz tizenegy tizenketto tizenot husz harminc negyven otven hatvan szaz ezer masodik "
      "harmadik mail email telefon telefonszam tel fax ";
static const char *const denials[]
    = { " not no never nothing none without cannot nobody ", " pas non jamais rien aucun aucune sans ne n ",
        " no nunca nada jamas sin tampoco ningun ninguna ", " nem ne soha sem nincs semmi sose nelkul " };
static const char *const stop_words[] = { english, french, spanish, hungarian };
static const char *const languages[] = { "en", "fr", "es", "hu" };

/* Beginnings of a line, whole words unless a * ends them. */
static const char *const greetings[]
    = { "dear",          "hello",    "to whom it may",     "good morning", "good afternoon", "sir",
        "madam",         "madame",   "monsieur",           "messieurs",    "mesdames",       "bonjour",
        "cher",          "chere",    "estimad*",           "muy senor*",   "senores",        "buenos dias",
        "buenas tardes", "hola",     "distinguid*",        "apreciad*",    "tisztelt",       "kedves",
        "jo napot",      "udvozlom", "a quien corresponda" };
static const char *const closings[] = { "yours",
                                        "sincerely",
                                        "kind regards",
                                        "best regards",
                                        "regards",
                                        "faithfully",
                                        "with thanks",
                                        "best wishes",
                                        "cordialement",
                                        "veuillez agreer",
                                        "je vous prie d",
                                        "bien a vous",
                                        "salutations",
                                        "bien cordialement",
                                        "sinceres salutations",
                                        "dans l",
                                        "avec mes salutations",
                                        "atentamente",
                                        "atentos saludos",
                                        "un saludo",
                                        "un cordial saludo",
                                        "saludos",
                                        "reciban un",
                                        "reciba un",
                                        "le saluda",
                                        "les saluda",
                                        "sin otro particular",
                                        "cordialmente",
                                        "tisztelettel",
                                        "udvozlettel",
                                        "koszonettel" };

static int
language_index (const char *language)
{
  for (int i = 0; i < 4; i++)
    if (strcmp (languages[i], language) == 0)
      return i;
  return -1;
}

static bool
stands_in (const char *list, const char *folded)
{
  g_autofree char *key = g_strconcat (" ", folded, " ", NULL);
  return strstr (list, key) != NULL;
}

bool
report_is_stop_word (const char *language, const char *word)
{
  int index = language_index (language);
  g_autofree char *folded = dk_fold (word);
  return index >= 0 && (stands_in (stop_words[index], folded) || stands_in (denials[index], folded));
}

bool
report_is_contact (const char *word)
{
  static const char contacts[] = " tel telephone phone mobile mob fax mail email e-mail web www courriel telefono tlf "
                                 "movil correo electronico telefon telefonszam ";
  g_autofree char *folded = dk_fold (word);
  g_strdelimit (folded, ".", ' ');
  g_strstrip (folded);
  return *folded != '\0' && stands_in (contacts, folded);
}

bool
report_is_denial (const char *language, const char *word)
{
  int index = language_index (language);
  g_autofree char *folded = dk_fold (word);
  return index >= 0 && stands_in (denials[index], folded);
}

static bool
begins_with_any (const char *line, const char *const *beginnings, gsize n, gsize longest)
{
  if (strlen (line) > longest)
    return false;
  g_autofree char *folded = dk_fold (line);
  g_strstrip (folded);
  for (gsize i = 0; i < n; i++)
    {
      gsize length = strcspn (beginnings[i], "*");
      if (strncmp (folded, beginnings[i], length) == 0
          && (beginnings[i][length] == '*' || !g_unichar_isalpha (g_utf8_get_char (folded + length))))
        return true;
    }
  return false;
}

bool
report_is_greeting (const char *line)
{
  return begins_with_any (line, greetings, G_N_ELEMENTS (greetings), 70);
}

bool
report_is_closing (const char *line)
{
  return begins_with_any (line, closings, G_N_ELEMENTS (closings), 110);
}
