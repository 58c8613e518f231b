#include "extract/recognise_models.h"
#include <malloc.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

enum
{
  LANGUAGES = 4,
  ORIENTATION = LANGUAGES, /* comes after the languages */
  MODELS,
  EXPECTED = MODELS, /* a file was seen that will be recognised */
  MARKS,
};

static struct
{
  const char *language, *model;
  GMappedFile *file; /* NULL: not asked for */
  TessBaseAPI *engine;
} models[MODELS] = {
  { "en", "eng", NULL, NULL }, { "fr", "fra", NULL, NULL }, { "es", "spa", NULL, NULL },
  { "hu", "hun", NULL, NULL }, { "", "osd", NULL, NULL },
};

/* What a child had to load itself, or expects. It shares these bytes with its worker: a hostile one can do no more with
 * them than have a model loaded. */
static _Atomic (bool) *wanted;

RecordCost extract_recognise_spent;

uint64_t
extract_recognise_cpu_us (void)
{
  struct timespec now = { 0 };
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (uint64_t)now.tv_sec * G_USEC_PER_SEC + (uint64_t)now.tv_nsec / 1000;
}

static GMappedFile *
open_model (const char *name, GError **error)
{
  const char *folders[]
      = { g_getenv ("TESSDATA_PREFIX"), "/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tessdata", NULL };
  for (const char **folder = folders[0] != NULL ? folders : folders + 1; *folder != NULL; folder++)
    {
      g_autofree char *file = g_strconcat (name, ".traineddata", NULL);
      g_autofree char *path = g_build_filename (*folder, file, NULL);
      GMappedFile *mapped = g_mapped_file_new (path, FALSE, NULL);
      if (mapped != NULL && g_mapped_file_get_length (mapped) > 0)
        return mapped;
      g_clear_pointer (&mapped, g_mapped_file_unref);
    }
  dk_throw (error, DK_ERROR_NOT_FOUND, "load the recognition model \"%s\": install the package tesseract-ocr-%s", name,
            name);
  return NULL;
}

static bool
find_model (int model, GError **error)
{
  if (models[model].file == NULL)
    models[model].file = open_model (models[model].model, error);
  return models[model].file != NULL;
}

bool
extract_recognise_warm_up (char **languages, GError **error)
{
  bool any = false;
  setMsgSeverity (L_SEVERITY_NONE);
  for (int i = 0; i < LANGUAGES; i++)
    if (g_strv_contains ((const char *const *)languages, models[i].language))
      {
        any = true;
        if (!find_model (i, error))
          return false;
      }
  if (!any)
    return dk_throw (error, DK_ERROR_INVALID, "load recognition models: none of en, fr, es, hu is asked for");
  if (wanted == NULL)
    {
      void *shared = mmap (NULL, sizeof *wanted * MARKS, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
      if (shared == MAP_FAILED)
        return dk_throw_errno (error, "share memory with children");
      wanted = shared;
    }
  return find_model (ORIENTATION, error);
}

/* The bytes are handed over, since a child may open no file. */
static TessBaseAPI *
load (int model)
{
  GMappedFile *file = models[model].file;
  bool language = model != ORIENTATION;
  TessBaseAPI *engine = TessBaseAPICreate ();
  if (TessBaseAPIInit5 (engine, g_mapped_file_get_contents (file), (int)g_mapped_file_get_length (file),
                        models[model].model, language ? OEM_LSTM_ONLY : OEM_TESSERACT_ONLY, NULL, 0, NULL, NULL, 0, 0)
      != 0)
    {
      TessBaseAPIDelete (engine);
      return NULL;
    }
  TessBaseAPISetVariable (engine, "debug_file", "/dev/null");
  TessBaseAPISetVariable (engine, "tessedit_do_invert", "0");
  TessBaseAPISetVariable (engine, "invert_threshold", "0");
  TessBaseAPISetPageSegMode (engine, language ? PSM_AUTO : PSM_OSD_ONLY);
  /* What was free and written to would be copied, page by page, for each child that writes there. */
  malloc_trim (0);
  return engine;
}

static TessBaseAPI *
engine_of (int model)
{
  if (model < 0 || models[model].file == NULL)
    return NULL;
  if (models[model].engine == NULL)
    {
      uint64_t before_us = extract_recognise_cpu_us ();
      atomic_store (&wanted[model], true);
      models[model].engine = load (model);
      extract_recognise_spent.models_us += extract_recognise_cpu_us () - before_us;
    }
  return models[model].engine;
}

static int
model_of (const char *language)
{
  for (int i = 0; i < LANGUAGES; i++)
    if (models[i].file != NULL && strcmp (models[i].language, language) == 0)
      return i;
  return -1;
}

void
extract_recognise_prepare (char *const *hints)
{
  const char *first = hints != NULL ? extract_recognise_first (hints) : NULL;
  if (first != NULL)
    engine_of (model_of (first));
  for (int i = 0; wanted != NULL && i < MODELS; i++)
    if (atomic_load (&wanted[i]))
      engine_of (i);
}

void
extract_recognise_expect (void)
{
  if (wanted != NULL)
    atomic_store (&wanted[EXPECTED], true);
}

bool
extract_recognise_is_expected (void)
{
  return wanted != NULL && atomic_load (&wanted[EXPECTED]);
}

TessBaseAPI *
extract_recognise_engine (const char *language)
{
  return engine_of (model_of (language));
}

TessBaseAPI *
extract_recognise_orientation_engine (void)
{
  return engine_of (ORIENTATION);
}

bool
extract_recognise_knows (const char *language)
{
  return model_of (language) >= 0;
}

const char *
extract_recognise_first (char *const *hints)
{
  for (; hints != NULL && *hints != NULL; hints++)
    if (model_of (*hints) >= 0)
      return models[model_of (*hints)].language;
  for (int i = 0; i < LANGUAGES; i++)
    if (models[i].file != NULL)
      return models[i].language;
  return NULL;
}
