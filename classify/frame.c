#include "classify/frame.h"
#include <string.h>

#define FRAMES 6

typedef struct
{
  const char *head, *foot;
} Frame;

static const struct
{
  char language[3];
  Frame frames[FRAMES];
} frames[] = {
  { "en",
    { { "Margaret Pell\n14 Orchard Close\nLudlow SY8 2TR\n\n12 May 2025\n\nDear Sir or Madam,\n\n",
        "\n\nYours faithfully,\nMargaret Pell\n" },
      { "To whom it may concern\n\n", "\n\nT. Adeyemi\n" },
      { "Dear Sirs,\n\n", "\n\nYours faithfully,\nR. K. Menon\nAccount 4471 209\n" },
      { "Subject: your services\n\nHello,\n\n", "\n\nKind regards,\nSean Doherty\n" },
      { "The Manager\nCustomer Services\n\n3 November 2026\n\nDear Sir or Madam,\n\n",
        "\n\nI look forward to hearing from you.\n\nYours faithfully,\nMrs J. Harker\n12 Mill Lane\n" },
      { "Hi,\n\n", "\n\nThanks,\nChloe\n" } } },
  { "fr",
    { { "Lucie Garnier\n8, rue des Tanneurs\n35600 Redon\n\nRedon, le 12 mai 2025\n\nMadame, Monsieur,\n\n",
        "\n\nJe vous prie d’agréer, Madame, Monsieur, l’expression de mes salutations distinguées.\n\nLucie "
        "Garnier\n" },
      { "Bonjour,\n\n", "\n\nCordialement,\nM. Bellet\n" },
      { "Objet : votre service\n\nMadame, Monsieur,\n\n", "\n\nVeuillez recevoir mes salutations.\n\nPaul Dumas\n" },
      { "À l’attention du service clientèle\n\nLe 3 novembre 2026\n\nMonsieur le Directeur,\n\n",
        "\n\nDans l’attente de votre réponse, je vous prie de croire à mes sentiments les meilleurs.\n\nA. Lenoir\n" },
      { "Messieurs,\n\n", "\n\nSalutations distinguées\nJeanne Maes\nClient 20 4471\n" },
      { "Bonjour,\n\n", "\n\nMerci\nInès\n" } } },
  { "es",
    { { "Lucía Ferrer Gil\nCalle del Pozo, 8\n44001 Teruel\n\nTeruel, 12 de mayo de 2025\n\nMuy señores míos:\n\n",
        "\n\nAtentamente,\nLucía Ferrer Gil\n" },
      { "Buenos días:\n\n", "\n\nUn saludo,\nManuel Ortega\n" },
      { "Asunto: su servicio\n\nEstimados señores:\n\n",
        "\n\nReciban un cordial saludo.\n\nCarmen Rey\nDNI 12345678Z\n" },
      { "A la atención del servicio de atención al cliente\n\n3 de noviembre de 2026\n\nEstimado señor director:\n\n",
        "\n\nQuedo a la espera de su respuesta. Les saluda atentamente,\n\nP. Santos\n" },
      { "Señores:\n\n", "\n\nAtentamente\nRosa Medina\nCliente 4471-20\n" },
      { "Hola:\n\n", "\n\nGracias,\nNerea\n" } } },
  { "hu",
    { { "Kelemen Ágnes\n2600 Vác, Malom utca 8.\n\nVác, 2025. május 12.\n\nTisztelt Hölgyem, Uram!\n\n",
        "\n\nTisztelettel:\nKelemen Ágnes\n" },
      { "Jó napot kívánok!\n\n", "\n\nÜdvözlettel:\nSipos Gábor\n" },
      { "Tárgy: szolgáltatásuk\n\nTisztelt Ügyfélszolgálat!\n\n",
        "\n\nKöszönettel:\nBalla Éva\nÜgyfélszám: 4471209\n" },
      { "Az igazgató részére\n\n2026. november 3.\n\nTisztelt Igazgató Úr!\n\n",
        "\n\nVálaszát várva, tisztelettel:\n\nNagy Péterné\n" },
      { "Tisztelt Cím!\n\n", "\n\nVarga István\n4031 Debrecen, Kút köz 2.\n" },
      { "Szia!\n\n", "\n\nKöszi,\nDóri\n" } } },
};

char *
classify_frame (const char *text, const char *language, guint32 seed)
{
  for (gsize i = 0; strchr (text, '\n') == NULL && i < G_N_ELEMENTS (frames); i++)
    if (g_str_has_prefix (language, frames[i].language))
      {
        const Frame *frame = &frames[i].frames[seed % FRAMES];
        return g_strconcat (frame->head, text, frame->foot, NULL);
      }
  return g_strdup (text);
}
