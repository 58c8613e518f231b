/* docket-seed: makes the model that is shipped, of the shipped letters; run when docket is built. */
#include "base/file.h"
#include "classify/train.h"
#include <fcntl.h>
#include <stdio.h>

#define LETTERS_BYTES (16 << 20)

static const char usage[] = "Usage: docket-seed CONFIGURATION MODEL\n"
                            "Writes MODEL, learnt from the letters in CONFIGURATION/letters with its vocabulary.\n";

static bool
read_letters (const char *folder, ClassifyLetters *letters, GError **error)
{
  g_auto (GStrv) names = dk_list_dir (AT_FDCWD, folder, error);
  for (char **name = names; name != NULL && *name != NULL; name++)
    {
      g_autofree char *path = g_build_filename (folder, *name, NULL);
      g_autoptr (GBytes) bytes
          = g_str_has_suffix (path, ".tsv") ? dk_read_file (AT_FDCWD, path, LETTERS_BYTES, error) : NULL;
      if (g_str_has_suffix (path, ".tsv") && (bytes == NULL || !classify_letters_add (letters, bytes, false, error)))
        {
          g_prefix_error (error, "%s: ", path);
          return false;
        }
    }
  return names != NULL;
}

static bool
make (const char *configuration, const char *path, GError **error)
{
  g_autofree char *folder = g_build_filename (configuration, "letters", NULL);
  g_autoptr (ClassifyLetters) letters = classify_letters_new ();
  g_autoptr (Config) config = config_read (configuration, error);
  g_autoptr (Classifier) classifier = config != NULL ? classifier_new (config, NULL, error) : NULL;
  if (classifier == NULL || !read_letters (folder, letters, error))
    return false;
  g_autoptr (ClassifyModel) model = classify_train (classifier, letters, error);
  if (model == NULL)
    return false;
  g_autoptr (GBytes) bytes = classify_model_encode (model);
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  printf ("%u letters: kind F1 %.3f, calibration error %.3f, alone %.2f from %.3f; subject F1 %.3f, alone %.2f\n",
          model->letters, model->kind.f1, model->kind.ece, model->kind.alone, model->kind.threshold, model->subject.f1,
          model->subject.alone);
  return dk_write_file (AT_FDCWD, path, data, size, 0644, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  if (argc != 3)
    return fputs (usage, stderr) < 0 ? 1 : 64;
  if (make (argv[1], argv[2], &error))
    return 0;
  fprintf (stderr, "docket-seed: %s\n", error->message);
  return dk_exit_status (error);
}
