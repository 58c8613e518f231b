/* base/record.h - what a sandboxed child sends and docketd stores: facts of a file, pages, findings.
 *
 * A record travels as one frame: a header of 8 bytes (u32 length of the payload, u16 type, u16 version, little endian)
 * and the payload, a serialised GVariant in normal form. The page record is kept in the store as the very bytes that
 * travelled, its payload compressed with zlib. Every decoder takes bytes from an untrusted child: it checks the
 * normal form, UTF-8, counts, ranges and order against the Limits, and fails with DK_ERROR_INVALID or DK_ERROR_LIMIT.
 */
#pragma once
#include "base/error.h"
#include "base/limits.h"
#include <stdint.h>

typedef enum
{
  RECORD_FACTS = 1,    /* of a file: what it is and how many pages it has */
  RECORD_PAGE = 2,     /* of a page: text, words, bar codes */
  RECORD_FINDING = 3,  /* one decision about a document */
  RECORD_BYTES = 4,    /* a piece of a derived file, in order */
  RECORD_REFUSAL = 5,  /* why nothing can be had of the document or page */
  RECORD_END = 6,      /* the work was done whole; nothing follows */
  RECORD_PAGE_KEY = 7, /* 32 bytes: a digest of what a page's record will depend on, told before it is read */
  RECORD_AHEAD = 8,    /* the work asked for was done whole; what follows is of the next one, of this name */
  RECORD_COST = 9,     /* of reading a page: what of the child's CPU the recogniser took */
} RecordType;
#define RECORD_VERSION 1
#define RECORD_HEADER_BYTES 8

/* The GVariant that the work "labels" sends as RECORD_BYTES: classify/classify.h tells what it says. */
#define RECORD_LABELS_TYPE "(sa(uuuu))"
/* The work that "train" does too where nobody had done it: what was learnt of the shipped letters, for the next. */
#define RECORD_LETTERS "letters"

/* A whole frame of @type around @payload. */
GBytes *record_frame (RecordType type, GBytes *payload);
/* Writes the RECORD_HEADER_BYTES that go before a payload of @length bytes. */
void record_header_write (uint8_t *header, RecordType type, uint32_t length);
/* The type and payload length in the @RECORD_HEADER_BYTES at @header. Fails with INVALID for an unknown type or
 * version, LIMIT when the payload is longer than @limit. */
bool record_header (const uint8_t *header, uint64_t limit, RecordType *type, uint32_t *length, GError **error);

/* Integer pixels of the upright page at its dpi, origin top left, x1 and y1 exclusive. */
typedef struct
{
  int32_t x0, y0, x1, y1;
} RecordBox;

/* --- reasons and warnings: the closed list of INTERFACES --- */
typedef enum
{
  RECORD_CODE_NONE,
  RECORD_CODE_EMPTY,
  RECORD_CODE_DAMAGED,
  RECORD_CODE_UNSUPPORTED,
  RECORD_CODE_TOO_LARGE,
  RECORD_CODE_LIMIT,
  RECORD_CODE_TIMEOUT,
  RECORD_CODE_MEMORY,
  RECORD_CODE_CRASHED,
  RECORD_CODE_UNSAFE_NAME,
  RECORD_CODE_UNREADABLE,
  RECORD_CODE_SANDBOX,
  RECORD_CODE_NEEDS_PASSWORD, /* gives the outcome needs_password; in JSON its code is "unreadable" */
} RecordCode;
/* The word in INTERFACES ("too_large"); "needs_password" for the last. NULL for NONE. */
const char *record_code_name (RecordCode code);
/* NONE for an unknown word. */
RecordCode record_code_parse (const char *name);

typedef struct
{
  RecordCode code;
  unsigned page; /* 0: the whole document */
} RecordWarning;

/* --- facts --- */
typedef struct
{
  char *media_type; /* "image/tiff", lower case */
  unsigned pages;   /* at least 1 */
  bool paged;       /* false for a text without pages, whose page records have no boxes */
  bool picture;     /* a picture input, for which a searchable PDF is made */
  GArray *warnings; /* of RecordWarning */
} RecordFacts;
RecordFacts *record_facts_new (const char *media_type, unsigned pages);
void record_facts_free (RecordFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RecordFacts, record_facts_free)
GBytes *record_facts_encode (const RecordFacts *facts);
RecordFacts *record_facts_decode (GBytes *payload, const Limits *limits, GError **error);

/* --- a refusal --- */
GBytes *record_refusal_encode (RecordCode code);
bool record_refusal_decode (GBytes *payload, RecordCode *code, GError **error);

/* --- what the recogniser cost --- */
typedef struct
{
  uint64_t engine_us; /* of CPU, in its own work on pixels */
  uint64_t models_us; /* to load models: in the child, and before in the worker for all its children */
} RecordCost;
GBytes *record_cost_encode (const RecordCost *cost);
bool record_cost_decode (GBytes *payload, RecordCost *cost, GError **error);

/* --- a page --- */
typedef enum
{
  RECORD_ORIGIN_EMBEDDED,   /* the file's own text */
  RECORD_ORIGIN_RECOGNISED, /* read from pixels */
  RECORD_ORIGIN_BLANK,      /* nothing on it */
  RECORD_ORIGIN_MISSING,    /* could not be read; kept as a picture */
} RecordOrigin;
const char *record_origin_name (RecordOrigin origin);

enum
{
  RECORD_WORD_BEGINS_LINE = 1,
  RECORD_WORD_BEGINS_PARAGRAPH = 2,
  RECORD_WORD_BEGINS_BLOCK = 4,
};
/* A word is a slice of its page's text. Words come in reading order and do not overlap in the text. */
typedef struct
{
  uint32_t from, to; /* code points of the page's text, to exclusive */
  RecordBox box;
  uint8_t confidence; /* 0 to 100; 100 for embedded text */
  uint8_t begins;     /* of the RECORD_WORD_BEGINS flags */
  int16_t angle;      /* of the base line, tenths of a degree, counter-clockwise */
} RecordWord;

typedef struct
{
  char *type;  /* "CODE-128", "QR-Code" as ZBar names them */
  char *value; /* UTF-8 */
  RecordBox box;
} RecordBarcode;

typedef struct
{
  unsigned no; /* from 1 */
  RecordOrigin origin;
  char language[4]; /* ISO 639-1 or "und" */
  int rotation;     /* clockwise, as applied to the input to make it upright: 0 90 180 270 */
  unsigned dpi;     /* 0: a text without pages; then the sizes are 0 and there are no words */
  unsigned width_px, height_px;
  double confidence;   /* mean of the words, 0 to 100; negative where nothing was recognised */
  double skew;         /* degrees the upright page was turned clockwise before it was read; boxes are turned back */
  char *steps;         /* what was decided and done, words joined by spaces, e.g. "shrink deskew"; "". Of a PDF page
                        * first what became of its own text (own-text old-text old-text-replaced bad-text-replaced
                        * stamp-over-picture), then where its pixels came from (as-stored drawn): doc/reading.md */
  char *text;          /* UTF-8, lines as printed, each ended by \n */
  GArray *words;       /* of RecordWord */
  GPtrArray *barcodes; /* of RecordBarcode */
  GArray *warnings;    /* of RecordWarning */
} RecordPage;
/* An empty page @no: origin MISSING, language "und", confidence -1, empty text and lists. */
RecordPage *record_page_new (unsigned no);
void record_page_free (RecordPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RecordPage, record_page_free)
void record_page_add_barcode (RecordPage *page, const char *type, const char *value, RecordBox box);
void record_page_add_warning (RecordPage *page, RecordCode code);
/* The whole frame, as kept in the store. The same page gives the same bytes. */
GBytes *record_page_encode (const RecordPage *page);
/* From a whole frame. */
RecordPage *record_page_decode (GBytes *frame, const Limits *limits, GError **error);
/* The union of the boxes of the words that touch the code points @from to @to. False when no word does. */
bool record_page_box (const RecordPage *page, uint32_t from, uint32_t to, RecordBox *box);

/* --- a finding: one decision with its reasons --- */
typedef struct
{
  unsigned page;     /* from 1 */
  uint32_t from, to; /* code points of the page's text */
  RecordBox box;     /* all 0 on a text without boxes */
  char *text;        /* the words themselves */
  char *rule;        /* "vocabulary:not-received", "date:numeric" */
} RecordEvidence;

typedef struct
{
  char *name;          /* kind subject language, or a field of INTERFACES: sender address … deadline */
  char *value;         /* canonical: ISO date, "214.60 GBP", concept path */
  char *raw;           /* as on the page; "" for kind, subject and language */
  double confidence;   /* 0 to 1 */
  bool undecided;      /* value is the best guess, but a person should look */
  char **also;         /* further values that hold, best first; never NULL */
  GPtrArray *evidence; /* of RecordEvidence */
} RecordFinding;
RecordFinding *record_finding_new (const char *name, const char *value, const char *raw, double confidence);
void record_finding_free (RecordFinding *finding);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RecordFinding, record_finding_free)
/* Adds the words @from to @to of @page as a reason; text and box are taken from the page. */
void record_finding_because (RecordFinding *finding, const RecordPage *page, uint32_t from, uint32_t to,
                             const char *rule);
GBytes *record_finding_encode (const RecordFinding *finding);
RecordFinding *record_finding_decode (GBytes *payload, const Limits *limits, GError **error);
