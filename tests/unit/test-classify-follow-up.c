#include "tests/unit/classify_letters.h"
#include "tests/unit/fixture.h"

typedef const char *const Texts[];

/* Each of @texts, up to NULL, is @value; "" for one that a person wrote and that asks for no review. */
static void
all_are (const char *const *texts, const char *value)
{
  guint wrong = 0;
  for (; *texts != NULL; texts++)
    {
      g_autoptr (RecordFinding) finding = letter_finding (*texts, "follow_up");
      const char *found = finding != NULL ? finding->value : "";
      bool special = g_str_equal (found, "automatic") || g_str_equal (found, "bounce") || g_str_equal (found, "review");
      if (g_str_equal (special ? found : "", value))
        continue;
      wrong++;
      g_test_message ("“%s” is “%s” because of “%s”, not “%s”", *texts, found,
                      finding != NULL ? ((const RecordEvidence *)finding->evidence->pdata[0])->text : "", value);
    }
  g_assert_cmpuint (wrong, ==, 0);
}

static void
test_what_a_machine_wrote_is_automatic (void)
{
  static Texts texts = {
    "Automatic reply: Your complaint\n\nThank you for your email. I am away from my desk until 7 January with no "
    "access "
    "to email. If it is urgent please ring the switchboard.\n",
    "Out of Office: Re: your letter\n\nI am currently on annual leave and will return on Monday 4 January.\n",
    "Thank you for contacting Harrow Lettings. This mailbox is monitored Monday to Friday. Please do not reply to this "
    "message. Your ticket number is 88123.\n",
    "This is an automatically generated message. Your e-mail has been received.\n",
    "I'm on maternity leave until the summer; my colleague Jane Holt is looking after my post. This is an "
    "auto-response.\n",
    "Auto-Submitted: auto-replied\nSubject: Re: D-2026-000001-45\n\nI will be back next week.\n",
    "Réponse automatique : Votre réclamation\n\nBonjour, je suis absente jusqu'au 5 janvier inclus et n'ai pas accès à "
    "ma messagerie. En cas d'urgence, veuillez contacter M. Roux.\n",
    "Bonjour,\n\nje suis actuellement en congés et serai de retour le 4 janvier. Votre message sera lu à mon retour.\n",
    "Ceci est un message automatique, merci de ne pas y répondre. Votre demande a bien été enregistrée.\n",
    "Message d'absence du bureau. Je serai de retour lundi.\n",
    "Respuesta automática: Su reclamación\n\nGracias por su mensaje. Estoy de vacaciones hasta el 7 de enero y no "
    "tendré "
    "acceso al correo. Para asuntos urgentes, llame a mi compañera.\n",
    "Fuera de la oficina. Volveré el lunes. Si es urgente, contacte con mi compañera.\n",
    "Este es un mensaje generado automáticamente, por favor no responda a este correo. Hemos recibido su consulta.\n",
    "Autorrespuesta: me encuentro de baja maternal; me incorporaré en marzo.\n",
    "Automatikus válasz: Panasza\n\nKöszönöm levelét. Szabadságon vagyok január 5-ig, leveleimet addig nem olvasom. "
    "Sürgős esetben keresse kollégámat.\n",
    "Házon kívül vagyok, hétfőn válaszolok a levelekre.\n",
    "Ez egy automatikusan generált üzenet, kérjük, ne válaszoljon rá. Üzenetét megkaptuk.\n",
    "Absente du bureau du 20 au 31 décembre, je prendrai connaissance de votre message à mon retour.\n",
    "Estimado remitente: en estos momentos me encuentro fuera de la oficina y no podré leer su correo hasta el "
    "lunes.\n",
    "Automatikus üzenet: a címzett szülési szabadságon van.\n",
    "Jelenleg nem vagyok elérhető, január 10-től vagyok újra az irodában. Automatikus értesítés.\n",
    NULL
  };
  all_are (texts, "automatic");
}

static void
test_a_letter_that_came_back_is_a_bounce (void)
{
  static Texts texts = {
    "Mail delivery failed: returning message to sender\n\nThis message was created automatically by mail delivery "
    "software. A message that you sent could not be delivered to one or more of its recipients.\n",
    "Delivery Status Notification (Failure)\n\nYour message wasn't delivered because the address couldn't be found.\n",
    "Undeliverable: Your complaint\n\n550 5.1.1 user unknown\n",
    "Your message could not be delivered: the recipient's mailbox is full.\n",
    "Return to sender\nAddressee gone away\n",
    "Échec de la remise : votre message n'a pas pu être remis à l'adresse suivante. La boîte aux lettres est pleine.\n",
    "Non remis : Votre réclamation\n\nVotre message n'a pas été remis, car l'adresse est introuvable.\n",
    "Retour à l'envoyeur\nDestinataire inconnu à l'adresse\n",
    "Pli avisé et non réclamé. Retour à l'expéditeur.\n",
    "No se pudo entregar el mensaje a la dirección siguiente. El buzón está lleno.\n",
    "No se puede entregar: Su reclamación\n\nNo se encontró la dirección de correo.\n",
    "Devuelto a su procedencia. Destinatario desconocido en esas señas.\n",
    "DEVUELTO. Ausente de reparto. No retirado en oficina. Devolver al remitente.\n",
    "NPAI - n'habite pas à l'adresse indiquée\n",
    "Az alábbi címre küldött levele nem volt kézbesíthető: a felhasználó nem létezik.\n",
    "A kézbesítés nem sikerült a következő címzettnek. A postafiók megtelt.\n",
    "Kézbesíthetetlen: Panasza\n\nA megadott e-mail-cím nem található.\n",
    "Vissza a feladónak. A címzett ismeretlen helyre költözött.\n",
    NULL
  };
  all_are (texts, "bounce");
}

/* They tell of machines, of leave and of what came back, and are complaints all the same. */
static void
test_what_people_tell_of_machines_they_wrote_themselves (void)
{
  static Texts texts = {
    "Dear Sirs,\n\nI only ever get an automated reply from you, and nobody answers my complaint about the boiler.\n",
    "Your out of office message said that you would be back on Monday. It is Thursday, and I am still waiting.\n",
    "I was out of the office last week and only now saw your letter. The bill is still wrong.\n",
    "The parcel was returned to sender since your driver wrote the wrong flat number. I want my money back.\n",
    "Your website told me that my message could not be delivered, so I write by post: the lift is broken again.\n",
    "I am on leave until Friday, so please ring me on my mobile. The refund has not arrived.\n",
    "Je ne reçois que des messages automatiques de votre part et personne ne répond à ma réclamation.\n",
    "J'ai reçu une réponse automatique le 3 mars et rien depuis. Ma facture est toujours fausse.\n",
    "Le colis a été retourné à l'expéditeur par erreur ; je demande le remboursement.\n",
    "J'étais en congés quand votre technicien est passé. Je demande un nouveau rendez-vous.\n",
    "Solo recibo respuestas automáticas y nadie soluciona mi avería.\n",
    "El paquete fue devuelto al remitente sin avisarme y exijo que me devuelvan el dinero.\n",
    "Su mensaje automático decía que me llamarían en 48 horas, y no ha llamado nadie.\n",
    "Estaba de vacaciones cuando pasó el cartero; no se pudo entregar el paquete y ahora me lo cobran.\n",
    "Csak automatikus választ kaptam Önöktől, érdemi választ azóta sem. A számlám továbbra is hibás.\n",
    "A csomagot visszaküldték a feladónak, pedig itthon voltam. Kérem vissza a pénzemet.\n",
    "Szabadságon voltam, amikor a szerelő jött; kérem, adjanak új időpontot.\n",
    "A futár szerint a csomag kézbesítése sikertelen volt, pedig egész nap otthon voltam.\n",
    "Two of your letters went to my old address and were returned to you as undeliverable; that is not my fault.\n",
    "Me han devuelto el escrito que les mandé: dirección incorrecta. Lo envío de nuevo. La factura está mal.\n",
    "Nem értem, miért nem kereste senki a hibát. A számla rossz.\n",
    "Please have another member of staff deliver it, your driver was rude.\n",
    "Un superior suyo me prometió un descuento que no aparece en la factura.\n",
    "Kérem a gázóra felülvizsgálatát, mert hibás.\n",
    "Please review the attached photographs: the wall is still damp.\n",
    "The second stage of the building work is even louder than the first.\n",
    "Revisen la caldera, por favor: sigue perdiendo agua.\n",
    "J'ai fait réviser la chaudière et la panne est toujours là.\n",
    NULL
  };
  all_are (texts, "");
}

static void
test_who_does_not_accept_the_answer_asks_for_a_review (void)
{
  static Texts texts
      = { "I am not satisfied with your final response and want somebody senior to look at my complaint again.\n",
          "Please treat this letter as my request to go to stage two of your complaints procedure.\n",
          "I do not accept your decision and ask you to think again.\n",
          "I would like my complaint to be reviewed by a manager.\n",
          "Votre réponse ne me satisfait pas ; je demande que mon dossier soit réexaminé par un responsable.\n",
          "Je conteste la décision que vous m'avez notifiée et vous prie de la revoir.\n",
          "Je n'accepte pas votre décision et souhaite que ma réclamation soit réétudiée.\n",
          "No estoy conforme con su respuesta y pido que un superior vuelva a estudiar mi reclamación.\n",
          "Solicito que se reconsidere la resolución que me comunicaron.\n",
          "No acepto su decisión; quiero que la revise otra persona.\n",
          "Your final letter misses the point. Please have another member of staff consider my complaint afresh.\n",
          "Je souhaite contester votre réponse et saisir le niveau supérieur de votre service réclamations.\n",
          "Quiero recurrir la decisión que me enviaron.\n",
          "A döntésükkel nem értek egyet, kérem annak felülvizsgálatát.\n",
          "Nem fogadom el a válaszukat, kérem, hogy panaszomat egy vezető vizsgálja meg újra.\n",
          "Kérem döntésük felülbírálatát.\n",
          "Nem értek egyet a döntésükkel, kérem panaszom ismételt kivizsgálását.\n",
          NULL };
  all_are (texts, "review");
}

/* Free phrasings: some were there before the words were chosen, some after. */
static void
test_reviews_asked_for_freely_are_found_and_other_letters_about_an_answer_are_not (void)
{
  g_autoptr (GBytes) bytes = fixture ("classify/reviews.tsv");
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data, size);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);
  guint wrong = 0;
  for (char **line = lines + 1; *line != NULL; line++)
    {
      g_auto (GStrv) cells = g_strsplit (*line, "\t", 3);
      g_autofree char *letter = g_strconcat (cells[2], "\n", NULL);
      g_autoptr (RecordFinding) finding = letter_finding (letter, "follow_up");
      bool review = finding != NULL && g_str_equal (finding->value, "review");
      if (review == g_str_equal (cells[1], "R"))
        continue;
      wrong++;
      g_test_message ("%s", *line);
    }
  g_assert_cmpuint (g_strv_length (lines), >, 150);
  g_assert_cmpuint (wrong, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/follow-up/automatic", test_what_a_machine_wrote_is_automatic);
  g_test_add_func ("/follow-up/bounce", test_a_letter_that_came_back_is_a_bounce);
  g_test_add_func ("/follow-up/people", test_what_people_tell_of_machines_they_wrote_themselves);
  g_test_add_func ("/follow-up/review", test_who_does_not_accept_the_answer_asks_for_a_review);
  g_test_add_func ("/follow-up/reviews-freely",
                   test_reviews_asked_for_freely_are_found_and_other_letters_about_an_answer_are_not);
  return g_test_run ();
}
