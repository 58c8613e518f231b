#include "classify/model.h"
#include "base/digest.h"
#include <math.h>
#include <string.h>

#define FIRST_LINE "docket-model 2\n"
#define FACTOR_MOST 1000 /* of a scale */
#define SURE_MOST 0.999  /* of the share of a kind: more would tell of nothing but of itself */

const ClassifySubjectScale classify_subject_scale_default = { .words = 0.8, .taught = 2 };

void
classify_model_free (ClassifyModel *model)
{
  if (model == NULL)
    return;
  g_clear_pointer (&model->bytes, g_bytes_unref);
  g_free (model->made_from);
  classify_linear_free (model->kinds);
  classify_linear_free (model->subjects);
  g_clear_pointer (&model->pages, classify_linear_free);
  g_free (model);
}

static json_t *
figures_to_json (const ClassifyFigures *figures)
{
  return json_pack ("{s:I, s:f, s:f, s:f, s:f}", "n", (json_int_t)figures->n, "f1", figures->f1, "ece", figures->ece,
                    "alone", figures->alone, "threshold", figures->threshold);
}

static void
figures_from_json (const json_t *json, ClassifyFigures *figures)
{
  figures->n = (guint)CLAMP (dk_json_int (json, "n", 0), 0, G_MAXINT);
  figures->f1 = dk_json_real (json, "f1", 0);
  figures->ece = dk_json_real (json, "ece", 0);
  figures->alone = dk_json_real (json, "alone", 0);
  figures->threshold = dk_json_real (json, "threshold", 1);
}

static json_t *
kind_scale_to_json (const ClassifyKindScale *scale)
{
  json_t *offsets = json_array ();
  for (guint k = 0; k < CLASSIFY_KINDS; k++)
    json_array_append_new (offsets, json_real (scale->offsets[k]));
  return json_pack ("{s:f, s:o}", "slope", scale->slope, "offsets", offsets);
}

static void
kind_scale_from_json (const json_t *json, ClassifyKindScale *scale)
{
  scale->slope = dk_json_real (json, "slope", 1);
  for (guint k = 0; k < CLASSIFY_KINDS; k++)
    scale->offsets[k] = json_number_value (json_array_get (json_object_get (json, "offsets"), k));
}

static json_t *
page_scale_to_json (const ClassifyPageScale *scale)
{
  return json_pack ("{s:f, s:f, s:f}", "slope", scale->slope, "sure", scale->sure, "offset", scale->offset);
}

static ClassifyPageScale
page_scale_from_json (const json_t *json)
{
  return (ClassifyPageScale){ .slope = dk_json_real (json, "slope", 0),
                              .sure = dk_json_real (json, "sure", 0),
                              .offset = dk_json_real (json, "offset", 0) };
}

GBytes *
classify_model_encode (const ClassifyModel *model)
{
  const ClassifySubjectScale *scale = &model->subject_scale;
  g_autoptr (GByteArray) weights = g_byte_array_new ();
  json_t *kinds = classify_linear_encode (model->kinds, weights);
  json_t *subjects = classify_linear_encode (model->subjects, weights);
  g_autoptr (json_t) json = json_pack (
      "{s:i, s:i, s:s, s:o, s:o, s:o, s:o, s:o, s:{s:f, s:f}}", "letters", (int)model->letters, "corrections",
      (int)model->corrections, "made_from", model->made_from, "kind", figures_to_json (&model->kind), "subject",
      figures_to_json (&model->subject), "kinds", kinds, "subjects", subjects, "kind_scale",
      kind_scale_to_json (&model->kind_scale), "subject_scale", "words", scale->words, "taught", scale->taught);
  if (model->pages != NULL)
    {
      json_object_set_new (json, "pages", classify_linear_encode (model->pages, weights));
      json_object_set_new (json, "page_scale", page_scale_to_json (&model->page_scale));
    }
  g_autofree char *line = dk_json_canonical (json);
  GByteArray *out = g_byte_array_new ();
  g_byte_array_append (out, (const guint8 *)FIRST_LINE, strlen (FIRST_LINE));
  g_byte_array_append (out, (const guint8 *)line, (guint)strlen (line));
  g_byte_array_append (out, (const guint8 *)"\n", 1);
  g_byte_array_append (out, weights->data, weights->len);
  return g_byte_array_free_to_bytes (out);
}

/* The JSON line after the first; *@data and *@left go on behind it. */
static json_t *
read_head (const guint8 **data, gsize *left, GError **error)
{
  gsize first = strlen (FIRST_LINE);
  const guint8 *end
      = *left > first && memcmp (*data, FIRST_LINE, first) == 0 ? memchr (*data + first, '\n', *left - first) : NULL;
  if (end == NULL)
    {
      dk_throw (error, DK_ERROR_INVALID, "this is no model of docket, or one of another version");
      return NULL;
    }
  json_t *json = dk_json_parse ((const char *)*data + first, (size_t)(end - *data) - first, error);
  *left -= (gsize)(end + 1 - *data);
  *data = end + 1;
  return json;
}

/* Whether the numbers are such as training makes: with others the shares would be none. */
static bool
is_in_range (const ClassifyModel *model)
{
  const ClassifySubjectScale *subject = &model->subject_scale;
  bool good = model->kind_scale.slope > 0 && model->kind_scale.slope < FACTOR_MOST;
  for (guint k = 0; k < CLASSIFY_KINDS; k++)
    good = good && fabs (model->kind_scale.offsets[k]) < FACTOR_MOST;
  const ClassifyPageScale *page = &model->page_scale;
  good = good && page->slope >= 0 && page->slope < FACTOR_MOST && fabs (page->sure) < FACTOR_MOST
         && fabs (page->offset) < FACTOR_MOST;
  const double factors[] = { subject->words, subject->taught };
  for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
    good = good && factors[i] >= 0 && factors[i] < FACTOR_MOST;
  return good;
}

/* The weights of what is no message, which models made by a docket before this one lack. */
static bool
decode_pages (const json_t *json, const guint8 **data, gsize *left, ClassifyModel *model, GError **error)
{
  const json_t *pages = json_object_get (json, "pages");
  model->page_scale = page_scale_from_json (json_object_get (json, "page_scale"));
  model->pages = pages != NULL ? classify_linear_decode (pages, data, left, error) : NULL;
  return pages == NULL || model->pages != NULL;
}

static bool
kinds_are_known (const ClassifyLinear *kinds)
{
  for (guint k = 0; k < CLASSIFY_KINDS; k++)
    if (kinds->n != CLASSIFY_KINDS || !g_str_equal (kinds->classes[k], classify_kind_ids[k]))
      return false;
  return true;
}

ClassifyModel *
classify_model_decode (GBytes *bytes, GError **error)
{
  gsize left;
  const guint8 *data = g_bytes_get_data (bytes, &left);
  g_autoptr (DkDigest) digest = dk_digest_new ();
  dk_digest_add (digest, data, left);
  g_autofree char *hex = dk_digest_end_hex (digest);
  g_autoptr (json_t) json = read_head (&data, &left, error);
  if (json == NULL)
    return NULL;
  g_autoptr (ClassifyModel) model = g_new0 (ClassifyModel, 1);
  model->bytes = g_bytes_ref (bytes);
  g_strlcpy (model->version, hex, sizeof model->version);
  model->made_from = g_strdup (dk_json_string (json, "made_from", ""));
  model->letters = (guint)CLAMP (dk_json_int (json, "letters", 0), 0, G_MAXINT);
  model->corrections = (guint)CLAMP (dk_json_int (json, "corrections", 0), 0, G_MAXINT);
  figures_from_json (json_object_get (json, "kind"), &model->kind);
  figures_from_json (json_object_get (json, "subject"), &model->subject);
  kind_scale_from_json (json_object_get (json, "kind_scale"), &model->kind_scale);
  const json_t *scale = json_object_get (json, "subject_scale");
  model->subject_scale = (ClassifySubjectScale){ .words = dk_json_real (scale, "words", 0),
                                                 .taught = dk_json_real (scale, "taught", 0) };
  model->kinds = classify_linear_decode (json_object_get (json, "kinds"), &data, &left, error);
  model->subjects
      = model->kinds != NULL ? classify_linear_decode (json_object_get (json, "subjects"), &data, &left, error) : NULL;
  if (model->subjects == NULL || !decode_pages (json, &data, &left, model, error))
    return NULL;
  if (left != 0 || (model->pages != NULL && model->pages->n != 1) || !kinds_are_known (model->kinds)
      || !is_in_range (model))
    {
      dk_throw (error, DK_ERROR_INVALID, "the model is not of the five kinds, or is not whole");
      return NULL;
    }
  return g_steal_pointer (&model);
}

/* Logarithms of weights into shares that sum up to 1. */
static void
soft_max (double *values, guint n)
{
  double most = -G_MAXDOUBLE, sum = 0;
  for (guint k = 0; k < n; k++)
    most = MAX (most, values[k]);
  for (guint k = 0; k < n; k++)
    sum += values[k] = exp (values[k] - most);
  for (guint k = 0; k < n; k++)
    values[k] /= sum;
}

void
classify_kind_scale_apply (const ClassifyKindScale *scale, const double *values, double *probabilities)
{
  for (guint k = 0; k < CLASSIFY_KINDS; k++)
    probabilities[k] = scale->slope * values[k] + scale->offsets[k];
  soft_max (probabilities, CLASSIFY_KINDS);
}

double
classify_page_scale_apply (const ClassifyPageScale *scale, double value, const double *probabilities)
{
  double most = 0;
  for (guint k = 0; k < CLASSIFY_KINDS; k++)
    most = MAX (most, probabilities[k]);
  most = MIN (most, SURE_MOST);
  double sum = scale->slope * value + scale->sure * log (most / (1 - most)) + scale->offset;
  return scale->slope > 0 ? 1 / (1 + exp (-sum)) : 0;
}

void
classify_subject_scale_apply (const ClassifySubjectScale *scale, const double *words, const double *values, guint n,
                              double *probabilities)
{
  for (guint t = 0; t < n; t++)
    probabilities[t] = scale->words * words[t] + scale->taught * values[t];
  soft_max (probabilities, n);
}
