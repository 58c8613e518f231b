#include "classify/language.h"
#include "base/text.h"
#include "classify/detect.h"
#include <math.h>
#include <string.h>

/* Short texts: groups of one to four letters of the folded words with their borders, as log-likelihood a language, and
 * the letters that only some of them write. All numbers were set on lines that are no part of docket. */
#define LANGUAGES 7
#define GROUP_LETTERS 4
#define SMOOTH 0.4
#define SMALL_WORD_COUNT 40.0 /* how often a small word is taken to occur beside each label of the vocabulary */
#define SPECIAL_LETTER 2.5    /* log-likelihood that ő speaks for Hungarian */
#define SMALL_WORD 1.5        /* a word that is a small word of the language, the whole of it */
#define PAGE_HINT 1.0         /* what the page's own language says */
#define FEW_LETTERS 40        /* below, CLD2 is confidently wrong */
#define SOME_LETTERS 160      /* below, own tables answer where CLD2 is not sure */
#define DETECTED 4.0          /* what CLD2's answer, sure of itself, says on a short text */
#define SLOPE 0.5             /* of the soft-max: the groups of a word are not independent */
#define READ_BYTES (256 * 1024)
#define ALSO_SHARE 0.2
#define UNKNOWN_BELOW 0.4

static const char *const codes[LANGUAGES] = { "en", "fr", "es", "hu", "de", "pt", "it" };
static const char *const small_words[LANGUAGES] = {
  "the of and to in is it you that was for on are with as i his they be at one have this from or had by not but what "
  "all "
  "were we when your can said there an each which she do how their if will up other about out many then them these so "
  "some "
  "her would make him into has more no could my than been who its now did get our me any very after just because over "
  "too "
  "only where am should please thank here why must still never again also before since until while does us",
  "de la le les des et un une du en est que qui dans pour pas vous nous je il elle au aux ce cette sur par plus avec "
  "ne se "
  "sont mais ou on votre notre mon ma mes vos nos a ai avons avez ete etre fait leur lui y si tout tous bien sans "
  "comme "
  "meme aussi deux ont suis etait merci bonjour madame monsieur depuis apres avant encore jamais chez rien tres peu "
  "ces "
  "cet son sa ses donc car alors quand comment pourquoi l d j n s c qu",
  "de la el los las y en un una que es no se por con para su sus al del lo me mi mis le les como mas pero o si ya esta "
  "este esto muy sin sobre ser son ha he han hay fue era tambien yo usted ustedes nos cuando desde hasta todo todos "
  "todas "
  "donde porque entre nada bien gracias hola senor senora dos tres antes despues nunca siempre aun ni cual quien tengo "
  "tiene estoy estan nuestro nuestra",
  "a az es hogy nem is egy van volt ez azt meg de csak mar ha kell ki el fel le be mint vagy sem en te o mi ti ok "
  "nekem "
  "neki itt ott ezt ezek azok akkor most majd meg igen minden semmi nagyon kerem koszonom tisztelt udvozlettel "
  "szeretnem "
  "lehet lenne volna mert ami aki amely miert mikor hol hogyan mely sok tobb jo nincs vannak voltak lett utan elott "
  "alatt "
  "ota nelkul kozott altal onok onoknek ezert pedig azonban ugy igy",
  "der die das und ist nicht ich ein eine einen einem einer zu von mit auf fur im in den dem des es sie er wir ihr "
  "sich "
  "auch als an am bei nach aus wie wenn aber oder dass noch nur schon wird werden wurde war sind haben hat habe kann "
  "konnen "
  "muss sehr bitte danke guten tag mein meine ihre ihren unser keine kein mehr immer wieder seit bis uber unter vor "
  "durch "
  "rechnung beschwerde lieferung bestellung vertrag kundigung kunde kundendienst geehrte damen herren grusse "
  "freundlichen "
  "mochte wurden leider bereits heute gestern woche monat zeit geld konto jahr frage antwort wann warum was wo",
  "o os um uma do da dos das em no na nos nas que nao e por para com se mais como mas ao aos pelo pela seu sua meu "
  "minha "
  "isso isto esta este ele ela eles voce nos foi sao ser ter tem tenho ja muito tambem quando ate depois sem mesmo "
  "ainda so "
  "obrigado obrigada bom dia boa tarde senhor senhora reclamacao fatura entrega encomenda contrato cliente atendimento "
  "nunca "
  "recebi pedido conta dinheiro gostaria saber porque qual onde quanto fazer estou esta estao preciso agora ontem hoje "
  "servico nao favor cumprimentos produto empresa ano mes dias semana",
  "il lo la i gli le un uno una di del della dei delle da dal in nel nella con su per tra che non e si mi ti ci vi ne "
  "come "
  "ma o se anche piu gia sono ho hai ha abbiamo hanno era stato essere questo questa quello sua suo mio mia nostro "
  "vostro "
  "molto grazie buongiorno gentile signore signora reclamo fattura consegna ordine contratto cliente servizio mai "
  "ancora "
  "dopo prima quando dove perche quanto vorrei sapere ricevuto soldi conto oggi ieri settimana mese anno cordiali "
  "saluti "
  "prodotto azienda tempo bene tutto tutti senza alla al allo agli degli",
};
/* Before folding: letters that hardly another writes. */
static const char *const special_letters[LANGUAGES] = { "", "àèêëîïôùûœ", "ñ¿¡", "őűöü", "ßäöü", "ãõ", "ìòù" };

struct ClassifyLanguages
{
  GHashTable *groups; /* group of letters to double[LANGUAGES], the log-likelihoods */
  GHashTable *small;  /* small word to a set of languages, as bits */
};

typedef void (*GroupFunc) (const char *group, void *data);

/* Every group of one to four letters of @word, its borders written "_"; the border alone is none. */
static void
each_group (const char *word, GroupFunc func, void *data)
{
  g_autofree char *bordered = g_strdup_printf ("_%s_", word);
  size_t length = strlen (bordered);
  char group[GROUP_LETTERS + 1];
  for (size_t from = 0; from < length; from++)
    for (size_t n = 1; n <= GROUP_LETTERS && from + n <= length; n++)
      {
        if (n == 1 && bordered[from] == '_')
          continue;
        memcpy (group, bordered + from, n);
        group[n] = '\0';
        func (group, data);
      }
}

typedef struct
{
  GHashTable *groups;
  unsigned language;
  double times;
} Counting;

static void
count_group (const char *group, void *data)
{
  const Counting *counting = data;
  double *counts = g_hash_table_lookup (counting->groups, group);
  if (counts == NULL)
    {
      counts = g_new0 (double, LANGUAGES);
      g_hash_table_insert (counting->groups, g_strdup (group), counts);
    }
  counts[counting->language] += counting->times;
}

static int
language_index (const char *code)
{
  for (int i = 0; i < LANGUAGES; i++)
    if (g_str_equal (codes[i], code))
      return i;
  return -1;
}

static void
count_label (ClassifyLanguages *languages, const Label *label)
{
  int language = language_index (label->language);
  if (language < 0)
    return;
  Counting counting = { languages->groups, (unsigned)language, 1 };
  g_auto (GStrv) words = classify_words_of_label (label->text);
  for (char **word = words; *word != NULL; word++)
    {
      char *star = strchr (*word, '*');
      /* A stem has no right border; counting it with one would teach endings that nobody writes. */
      if (star == NULL)
        each_group (*word, count_group, &counting);
      else if (star - *word >= 4)
        {
          star[-1] = '\0';
          each_group (*word, count_group, &counting);
        }
    }
}

static void
count_small_words (ClassifyLanguages *languages, unsigned language)
{
  g_auto (GStrv) words = g_strsplit (small_words[language], " ", -1);
  Counting counting = { languages->groups, language, SMALL_WORD_COUNT };
  for (char **word = words; *word != NULL; word++)
    {
      each_group (*word, count_group, &counting);
      guint set = GPOINTER_TO_UINT (g_hash_table_lookup (languages->small, *word)) | 1u << language;
      g_hash_table_insert (languages->small, g_strdup (*word), GUINT_TO_POINTER (set));
    }
}

/* Counts become logarithms of shares, smoothed. */
static void
finish_groups (ClassifyLanguages *languages)
{
  double sums[LANGUAGES] = { 0 };
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, languages->groups);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    for (int i = 0; i < LANGUAGES; i++)
      sums[i] += ((double *)value)[i] + SMOOTH;
  g_hash_table_iter_init (&iter, languages->groups);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    for (int i = 0; i < LANGUAGES; i++)
      ((double *)value)[i] = log ((((double *)value)[i] + SMOOTH) / sums[i]);
}

ClassifyLanguages *
classify_languages_new (const Vocabulary *vocabulary)
{
  static const char *const schemes[] = { "kind", "subject", "sign" };
  ClassifyLanguages *languages = g_new0 (ClassifyLanguages, 1);
  languages->groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  languages->small = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (unsigned i = 0; i < LANGUAGES; i++)
    count_small_words (languages, i);
  for (size_t s = 0; s < G_N_ELEMENTS (schemes); s++)
    {
      const GPtrArray *concepts = vocabulary_concepts (vocabulary, schemes[s]);
      for (guint i = 0; i < concepts->len; i++)
        {
          const GArray *labels = ((const Concept *)concepts->pdata[i])->labels;
          for (guint j = 0; j < labels->len; j++)
            count_label (languages, &g_array_index (labels, Label, j));
        }
    }
  finish_groups (languages);
  return languages;
}

void
classify_languages_free (ClassifyLanguages *languages)
{
  if (languages == NULL)
    return;
  g_hash_table_unref (languages->groups);
  g_hash_table_unref (languages->small);
  g_free (languages);
}

typedef struct
{
  const ClassifyLanguages *languages;
  double score[LANGUAGES];
  guint known, all; /* groups that the tables have, and all of them */
} Reading;

static void
add_group (const char *group, void *data)
{
  Reading *reading = data;
  const double *shares = g_hash_table_lookup (reading->languages->groups, group);
  reading->all++;
  if (shares == NULL)
    return;
  reading->known++;
  for (int i = 0; i < LANGUAGES; i++)
    reading->score[i] += shares[i] / GROUP_LETTERS;
}

static void
add_special_letters (Reading *reading, const char *text)
{
  guint seen = 0;
  for (const char *p = text; *p != '\0' && seen < 20; p = g_utf8_next_char (p))
    for (int i = 0; i < LANGUAGES && (guchar)*p >= 0x80; i++)
      if (g_utf8_strchr (special_letters[i], -1, g_unichar_tolower (g_utf8_get_char (p))) != NULL)
        {
          reading->score[i] += SPECIAL_LETTER;
          seen++;
        }
}

static void
add_word (Reading *reading, const char *word)
{
  if (!g_ascii_isalpha (*word))
    return;
  each_group (word, add_group, reading);
  guint set = GPOINTER_TO_UINT (g_hash_table_lookup (reading->languages->small, word));
  for (guint i = 0; i < LANGUAGES; i++)
    if (set & 1u << i)
      reading->score[i] += SMALL_WORD;
}

/* The best by own tables, how sure in *@sure; -1 when most of the letters are unlike all of them. */
static int
read_short (const ClassifyLanguages *languages, const GPtrArray *pages, const ClassifyWords *words,
            const ClassifyDetected *detected, double *sure)
{
  Reading reading = { .languages = languages };
  for (guint i = 0; i < words->words->len; i++)
    add_word (&reading, g_array_index (words->words, ClassifyWord, i).text);
  *sure = 0;
  if (reading.known == 0 || reading.known * 2 < reading.all)
    return -1;
  for (guint i = 0; i < pages->len; i++)
    {
      const RecordPage *page = pages->pdata[i];
      int hint = language_index (page->language);
      if (hint >= 0)
        reading.score[hint] += PAGE_HINT;
      add_special_letters (&reading, page->text);
    }
  int other = detected->reliable ? language_index (detected->language[0]) : -1;
  if (other >= 0)
    reading.score[other] += DETECTED;
  int best = 0;
  for (int i = 1; i < LANGUAGES; i++)
    if (reading.score[i] > reading.score[best])
      best = i;
  double sum = 0;
  for (int i = 0; i < LANGUAGES; i++)
    sum += exp (SLOPE * (reading.score[i] - reading.score[best]));
  *sure = 1 / sum;
  return best;
}

static GString *
text_of (const GPtrArray *pages)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < pages->len && text->len < READ_BYTES; i++)
    g_string_append_printf (text, "%s\n", ((const RecordPage *)pages->pdata[i])->text);
  return text;
}

/* Latin letters are plain ASCII once they are folded. */
static bool
is_mostly_latin (const ClassifyWords *words)
{
  guint latin = 0, other = 0;
  for (guint i = 0; i < words->words->len; i++)
    {
      const char *word = g_array_index (words->words, ClassifyWord, i).text;
      if (g_ascii_isalpha (*word))
        latin++;
      else if ((guchar)*word >= 0x80)
        other++;
    }
  return latin >= other;
}

static RecordFinding *
finding_of (const char *language, double confidence, double certain, const ClassifyDetected *detected)
{
  RecordFinding *finding = record_finding_new ("language", language, "", confidence);
  finding->undecided = confidence < certain || g_str_equal (language, "und");
  g_autoptr (GStrvBuilder) also = g_strv_builder_new ();
  for (int i = 0; detected != NULL && i < CLASSIFY_DETECT_MOST; i++)
    if (detected->share[i] >= ALSO_SHARE && !g_str_equal (detected->language[i], language)
        && !g_str_equal (detected->language[i], "und"))
      g_strv_builder_add (also, detected->language[i]);
  g_strfreev (finding->also);
  finding->also = g_strv_builder_end (also);
  return finding;
}

RecordFinding *
classify_language (const ClassifyLanguages *languages, const GPtrArray *pages, const ClassifyWords *words,
                   double certain)
{
  double sure = 0;
  int own = -1;
  bool latin = is_mostly_latin (words);
  if (words->letters == 0)
    return finding_of ("und", 0, certain, NULL);
  ClassifyDetected detected;
  g_autoptr (GString) text = text_of (pages);
  classify_detect (text->str, text->len, &detected);
  if (words->letters < SOME_LETTERS && latin)
    own = read_short (languages, pages, words, &detected, &sure);
  if (words->letters < FEW_LETTERS && latin)
    return finding_of (own < 0 || sure < UNKNOWN_BELOW ? "und" : codes[own], own < 0 ? 0 : sure, certain, NULL);
  if (own >= 0 && !detected.reliable)
    return finding_of (codes[own], sure, certain, NULL);
  const char *found = detected.language[0];
  double share = detected.share[0] * (detected.reliable ? 1 : 0.5);
  return finding_of (found, g_str_equal (found, "und") ? 0 : share, certain, &detected);
}
