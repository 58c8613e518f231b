#include "base/settings_numbers.h"
#include <string.h>

#define SHORTEST 4
#define LONGEST 32
#define FEWEST_DIGITS 6 /* of a shape that has nothing but digits; fewer would fit any number */
#define MOST 64

static const char *const keys[] = { "customer", "order", "invoice", "reference", NULL };
static const char *const fields[] = { "customer_no", "order_no", "invoice_no", "reference_no" };
static const char form[] = "a shape has 4 to 32 characters: # for a digit, @ for a capital letter, * for either, and "
                           "A-Z 0-9 - / . _ for themselves";

void
settings_number_free (ConfigNumber *number)
{
  g_free (number->shape);
  g_free (number);
}

/* NULL when @shape is good, else what is wrong with it. */
static const char *
fault_of (const char *shape)
{
  size_t n = strlen (shape), open = 0, letters = 0;
  if (n < SHORTEST || n > LONGEST || strspn (shape, "#@*" G_CSET_A_2_Z G_CSET_DIGITS "-/._") != n)
    return form;
  for (const char *p = shape; *p != '\0'; p++)
    {
      open += strchr ("#@*", *p) != NULL;
      letters += *p != '#';
    }
  if (open < 2)
    return "a shape needs two or more of # @ *, else it is one number";
  return letters == 0 && n < FEWEST_DIGITS ? "a shape of digits alone needs six or more, else any number fits" : NULL;
}

static bool
read_shapes (GPtrArray *numbers, const YamlNode *mapping, size_t key, GError **error)
{
  g_auto (GStrv) shapes = NULL;
  const YamlNode *node = yaml_get (mapping, keys[key]);
  if (!yaml_want_list (mapping, keys[key], &shapes, error))
    return false;
  for (char **shape = shapes; shape != NULL && *shape != NULL; shape++)
    {
      const char *fault = numbers->len < MOST ? fault_of (*shape) : "there are more than 64 shapes";
      if (fault != NULL)
        {
          g_autofree char *shown = yaml_shown (*shape);
          return yaml_throw (node, error, "numbers, %s: \"%s\": %s", keys[key], shown, fault);
        }
      ConfigNumber *number = g_new0 (ConfigNumber, 1);
      number->field = fields[key];
      number->shape = g_strdup (*shape);
      g_ptr_array_add (numbers, number);
    }
  return true;
}

bool
settings_numbers_read (GPtrArray *numbers, const YamlNode *root, GError **error)
{
  const YamlNode *mapping = yaml_get (root, "numbers");
  if (mapping == NULL || yaml_is_empty (mapping))
    return true;
  if (!yaml_check_keys (mapping, keys, error))
    return false;
  for (size_t key = 0; keys[key] != NULL; key++)
    if (!read_shapes (numbers, mapping, key, error))
      return false;
  return true;
}
