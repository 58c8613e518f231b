/* base/config.h - what people edit, as one numbered thing: docket.yaml, vocabulary/, taxonomy/, policies/, calendars/,
 * templates/. Read from a store or from the shipped conf/, kept as one blob, and handed to the worker as bytes, so that
 * a decision can name exactly the configuration it was made under. */
#pragma once
#include "base/error.h"
#include "base/yaml.h"

typedef struct Config Config;
Config *config_ref (Config *config);
void config_unref (Config *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Config, config_unref)
/* Reads the configuration files (*.yaml) below the folder @path. Fails with CONFIG (file:line:column: …) for a file
 * that is not YAML, LIMIT above LIMITS_CONFIG_BYTES. The folder may lack the sub-folders, not docket.yaml (NOT_FOUND).
 * Hidden files and editors' backups are passed over. Paths in errors are those of config_paths. */
Config *config_read (const char *path, GError **error);
/* The folder, in no store, under which a configuration has the shipped vocabulary files that complete it. */
#define CONFIG_COMPLETED "shipped"
/* Whether the words of @scheme are those by which docket itself reads, and not the company's kinds and subjects. */
bool config_is_own_scheme (const char *scheme);
/* The configuration of a store: as config_read, and completed. Where a shipped vocabulary file of a scheme of docket's
 * own has concepts that no file of the store has, it stands under CONFIG_COMPLETED as well. Fails also where the
 * shipped files cannot be read. */
Config *config_read_store (const char *path, GError **error);
/* @config, that of a store, completed anew. Owned by the caller. Fails likewise. */
Config *config_completed (const Config *config, GError **error);
/* The canonical bytes (a JSON object of path to text, sorted), owned by the caller, and back. Fails with INVALID or
 * CONFIG. */
GBytes *config_bytes (const Config *config);
Config *config_from_bytes (GBytes *bytes, GError **error);
/* The same with all that was parsed of it, for a program of the same build: nothing has to be parsed again. Fails with
 * INVALID. */
GBytes *config_pack (const Config *config);
Config *config_unpack (GBytes *bytes, GError **error);
/* Keeps what was parsed of @config, read from the folder @path, in tmp/ there: files that stay as they are need not be
 * parsed by the next config_read. It may be lost at any time. */
bool config_keep (Config *config, const char *path, GError **error);
/* Lower-case hex SHA-256 of config_bytes. Lent. */
const char *config_digest (const Config *config);
/* Paths below @folder ("calendars"), sorted. NULL-terminated, owned by the caller. */
char **config_paths (const Config *config, const char *folder);
/* The parsed file at @path ("calendars/ES.yaml"), lent; NULL when there is none. */
const Yaml *config_file (const Config *config, const char *path);
/* The text of the file at @path, lent; NULL when there is none. */
const char *config_text (const Config *config, const char *path);
/* @config in which each path of @texts (char * to char *) has that text, and where it is NULL no file any more. Owned
 * by the caller. Fails with CONFIG for a text that is not YAML, LIMIT above LIMITS_CONFIG_BYTES. */
Config *config_with (const Config *config, GHashTable *texts, GError **error);
/* The text of a YAML file, @text, in which the line "key: …" has the value @value; its comment and all other lines
 * stay, and a missing key is added at the end. Owned by the caller. */
char *config_text_with (const char *text, const char *key, const char *value);
/* Where the shipped files are: $DOCKET_DATA, else conf/ or share/docket/ beside the folder of the running program or a
 * few above it, else the data folder chosen when it was built. Owned by the caller. */
char *config_shipped_path (void);

/* --- docket.yaml --- */
typedef struct
{
  char *name;       /* of the folder below inbox/ */
  char *channel;    /* "paper" "email" "file" "form" … */
  char **languages; /* hints, ISO 639-1, best first; never NULL */
  char *owner;      /* or "" */
  unsigned poll_s;  /* 0: chosen by the kind of file system */
  char *received;   /* today | file_time | previous_working_day (ask: a person says it, provisional today) */
  bool keep_taken;  /* sources go to taken/ instead of being removed */
  bool inotify;     /* false: rescan alone */
  bool urgent;      /* its documents go before those of other profiles */
} ConfigProfile;

/* A shape of the company's own numbers: # a digit, @ a capital letter, * either, anything else itself. */
typedef struct
{
  const char *field; /* customer_no order_no invoice_no reference_no, a literal */
  char *shape;
} ConfigNumber;

typedef struct
{
  char *entity;              /* name of the firm */
  char *country;             /* ISO 3166 "ES" or "ES-AN" */
  char *language;            /* of names and folders: en fr es hu */
  char *zone;                /* IANA */
  char *calendar;            /* "ES" or "ES-AN" */
  char *prefix;              /* of docket numbers: 1 to 8 capital letters or digits, begins with a letter */
  char *policy;              /* pack of the deadline policies, "ES-LEY10-2025"; "" none */
  char **languages;          /* of the mail: subset of en fr es hu */
  char **own;                /* own addresses, phones, e-mails, names, struck out of fields */
  bool ascii;                /* names in filed/ folded to ASCII */
  unsigned poll_s;           /* rescan interval of local drop folders, default 2 */
  double certain;            /* a decision below this confidence goes to review */
  bool certain_auto;         /* kind and subject by the thresholds of their model instead; certain is 0.60 then */
  unsigned close_after_days; /* an answered case to which the customer says nothing; 0: never */
  char *outside_body;        /* whom customers may turn to when the firm rejects a complaint, with address; "" none */
  bool second_stage;         /* a review of an answer may be asked for, whatever the packs say */
  double blind_check;        /* the share, 0 to 1, of what is filed alone that a person checks blindly, default 0.02 */
  GPtrArray *numbers;        /* of ConfigNumber: the shapes of the company's own numbers, in the order written */
  char *customers;           /* a CSV file beside docket.yaml with the customers; "" none */
  GPtrArray *profiles;       /* of ConfigProfile; "default" always exists */
} Settings;
/* Validates and reads docket.yaml. Fails with CONFIG. Owned by the caller. */
Settings *settings_load (const Config *config, GError **error);
void settings_free (Settings *settings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Settings, settings_free)
/* The pack that a firm in @country goes by where docket.yaml names none; "" none. Static. */
const char *settings_law (const char *country);
/* The text of the shipped docket.yaml, comments kept, with country and language set where they are not NULL; what they
 * imply (zone, calendar, policy) stays implied. Owned by the caller. Fails when the shipped file cannot be read. */
char *settings_template (const char *country, const char *language, GError **error);
/* Lent; NULL when there is no such profile. */
/* Ways in which something may reach the firm: paper email phone …; NULL-terminated. */
extern const char *const settings_channels[];
const ConfigProfile *settings_profile (const Settings *settings, const char *name);
