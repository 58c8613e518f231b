/* The one door to Xapian: no exception leaves this file. */
#include <xapian.h>

#include "index/hook.h"
#include "index/index.h"
#include "index/page_data.h"
#include "index/query.h"
#include "index/snippet.h"
#include "index/spelling.h"
#include "index/stem.h"
#include "index/terms.h"
#include <algorithm>
#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <sys/stat.h>
#include <vector>

namespace
{
const Xapian::valueno order_slot = 0; /* of page_data_order */
const char seq_key[] = "seq";
const int tries = 5;                        /* when a writer overtakes the reader */
const Xapian::doccount counted_hits = 1001; /* up to here the total is exact */
const Xapian::termcount wildcard_words = 100;
const char flush_pages[] = "2000"; /* held in memory before they go to disk, uncommitted */

struct Missing
{
};

using Text = std::unique_ptr<char, decltype (&g_free)>;
Text
own (char *text)
{
  return Text (text, g_free);
}
}

struct Index
{
  std::string path;
  Xapian::WritableDatabase writer; /* only where writable */
  mutable Xapian::Database db;
  mutable struct stat seen;
  IndexLexicon *lexicon;
  bool writable, failed;
};

namespace
{
bool
refuse (GError **error, IndexError code, const std::string &path, const char *what)
{
  g_set_error (error, INDEX_ERROR, code, "index %s: %s", path.c_str (), what);
  return false;
}

bool
refuse_database (GError **error, const std::string &path, const Xapian::Error &caught)
{
  /* With an errno the system refused; without one the files do not hold what they should. */
  if (caught.get_error_string () == nullptr)
    return refuse (error, INDEX_ERROR_DAMAGED, path, "it is damaged and must be rebuilt: docket reindex");
  std::string what = caught.get_msg () + ": " + caught.get_error_string ();
  return refuse (error, INDEX_ERROR_FAILED, path, what.c_str ());
}

/* The one place that turns an exception into an INDEX_ERROR. */
bool
index_caught (GError **error, const std::string &path) noexcept
{
  try
    {
      throw;
    }
  catch (const Missing &)
    {
      return refuse (error, INDEX_ERROR_MISSING, path, "there is none yet");
    }
  catch (const Xapian::DatabaseLockError &)
    {
      return refuse (error, INDEX_ERROR_LOCKED, path, "another process writes to it");
    }
  catch (const Xapian::DatabaseModifiedError &)
    {
      return refuse (error, INDEX_ERROR_FAILED, path, "it changed at every try to read it");
    }
  catch (const Xapian::DatabaseError &caught)
    {
      return refuse_database (error, path, caught);
    }
  catch (const Xapian::RangeError &) /* a number in its files that cannot be */
    {
      return refuse (error, INDEX_ERROR_DAMAGED, path, "it is damaged and must be rebuilt: docket reindex");
    }
  catch (const Xapian::Error &caught)
    {
      return refuse (error, INDEX_ERROR_FAILED, path, caught.get_msg ().c_str ());
    }
  catch (const std::bad_alloc &)
    {
      return refuse (error, INDEX_ERROR_FAILED, path, "not enough memory");
    }
  catch (...)
    {
      return refuse (error, INDEX_ERROR_FAILED, path, "it cannot be used");
    }
}

/* Every commit gives the version file a new inode, and so does an index made anew in the same place. */
bool
version_file (const std::string &path, struct stat *at)
{
  struct stat table;
  if (stat ((path + "/iamglass").c_str (), at) == 0)
    return true;
  if (stat ((path + "/postlist.glass").c_str (), &table) == 0)
    throw Xapian::DatabaseCorruptError ("the version file is missing");
  throw Missing ();
}

bool
same_file (const struct stat &a, const struct stat &b)
{
  return a.st_ino == b.st_ino && a.st_dev == b.st_dev && a.st_mtim.tv_sec == b.st_mtim.tv_sec
         && a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

void
refresh (const Index *index, bool always)
{
  struct stat now;
  if (index->writable)
    return;
  version_file (index->path, &now);
  if (!always && same_file (now, index->seen))
    return;
  index->db = Xapian::Database (index->path);
  index->seen = now;
}

void
before_read ()
{
#ifdef DK_TEST_HOOKS
  if (index_hook_before_read != nullptr)
    index_hook_before_read ();
#endif
}

/* Runs @read on the last commit, and again when a writer overtakes it. */
template <typename Read>
bool
run (const Index *index, GError **error, Read read) noexcept
try
  {
    if (index->failed)
      return refuse (error, INDEX_ERROR_FAILED, index->path, "an earlier change failed: open it again");
    refresh (index, false);
    for (int left = tries;; left--)
      try
        {
          before_read ();
          read ();
          return true;
        }
      catch (const Xapian::DatabaseModifiedError &)
        {
          struct stat before = index->seen;
          if (left <= 1)
            throw;
          refresh (index, true);
          if (left < tries && same_file (before, index->seen)) /* nobody writes: the blocks are wrong */
            throw Xapian::DatabaseCorruptError ("blocks of another revision");
        }
  }
catch (...)
  {
    return index_caught (error, index->path);
  }

/* Runs @change inside the open transaction; a failed one leaves nothing of the transaction to rely on. */
template <typename Change>
bool
alter (Index *index, GError **error, Change change) noexcept
try
  {
    if (!index->writable || index->failed)
      return refuse (error, INDEX_ERROR_FAILED, index->path,
                     index->writable ? "an earlier change failed: open it again" : "it is open for reading");
    change ();
    return true;
  }
catch (...)
  {
    index->failed = true;
    return index_caught (error, index->path);
  }

Index *
open_index (const char *path, bool writable, GError **error) noexcept
try
  {
    std::unique_ptr<Index, decltype (&index_free)> index (new Index (), index_free);
    index->path = path;
    index->writable = writable;
    index->lexicon = index_lexicon_new ();
    if (!writable)
      {
        refresh (index.get (), true);
        return index.release ();
      }
    g_setenv ("XAPIAN_FLUSH_THRESHOLD", flush_pages, FALSE);
    index->writer = Xapian::WritableDatabase (path, Xapian::DB_CREATE_OR_OPEN | Xapian::DB_BACKEND_GLASS);
    index->db = index->writer;
    /* Without a transaction Xapian commits by itself, when it is full and when it is closed. */
    index->writer.begin_transaction ();
    return index.release ();
  }
catch (...)
  {
    index_caught (error, path);
    return nullptr;
  }

Xapian::Query
make_query (const QueryNode &node)
{
  std::vector<Xapian::Query> parts;
  Xapian::Query excluded;
  for (guint i = 0; i < node.children->len; i++)
    {
      const QueryNode &child = *static_cast<const QueryNode *> (g_ptr_array_index (node.children, i));
      if (node.op == QUERY_AND && child.op == QUERY_NOT)
        excluded |= make_query (*static_cast<const QueryNode *> (g_ptr_array_index (child.children, 0)));
      else
        parts.push_back (make_query (child));
    }
  switch (node.op)
    {
    case QUERY_TERM:
      return Xapian::Query (node.term);
    case QUERY_WILDCARD:
      return Xapian::Query (Xapian::Query::OP_WILDCARD, node.term, wildcard_words,
                            Xapian::Query::WILDCARD_LIMIT_MOST_FREQUENT, Xapian::Query::OP_SYNONYM);
    case QUERY_NOT:
      return Xapian::Query (Xapian::Query::OP_AND_NOT, Xapian::Query::MatchAll, parts.at (0));
    case QUERY_SCALE:
      return Xapian::Query (Xapian::Query::OP_SCALE_WEIGHT, parts.at (0), node.weight);
    case QUERY_OR:
      return Xapian::Query (Xapian::Query::OP_OR, parts.begin (), parts.end ());
    case QUERY_MAYBE:
      return Xapian::Query (Xapian::Query::OP_AND_MAYBE, parts.begin (), parts.end ());
    case QUERY_PHRASE:
      return Xapian::Query (Xapian::Query::OP_PHRASE, parts.begin (), parts.end (),
                            static_cast<Xapian::termcount> (parts.size ()));
    case QUERY_AND:
      break;
    }
  Xapian::Query all
      = parts.empty () ? Xapian::Query::MatchAll : Xapian::Query (Xapian::Query::OP_AND, parts.begin (), parts.end ());
  return excluded.empty () ? all : Xapian::Query (Xapian::Query::OP_AND_NOT, all, excluded);
}

/* The page's identity, out of its one Q term. */
void
read_identity (const Xapian::Document &document, IndexHit *hit)
{
  Xapian::TermIterator term = document.termlist_begin ();
  term.skip_to (INDEX_TERM_PAGE);
  std::string id = term == document.termlist_end () ? std::string () : *term;
  gchar *rest = nullptr;
  if (id.compare (0, 1, INDEX_TERM_PAGE) != 0)
    throw Xapian::DatabaseCorruptError ("a page without its identity");
  hit->document = g_ascii_strtoll (id.c_str () + 1, &rest, 10);
  hit->page_no = *rest == '.' ? g_ascii_strtoll (rest + 1, nullptr, 10) : 0;
}

IndexHit *
make_hit (const Index *index, const Xapian::MSetIterator &at, double best, const Query *query)
{
  std::unique_ptr<IndexHit, decltype (&index_hit_free)> hit (g_new0 (IndexHit, 1), index_hit_free);
  const Xapian::Document document = at.get_document ();
  const std::string data = document.get_data ();
  PageData page;
  if (!page_data_read (data.c_str (), data.size (), &page))
    throw Xapian::DatabaseCorruptError ("a page without its text");
  read_identity (document, hit.get ());
  hit->score = best > 0 ? std::min (1.0, at.get_weight () / best) : 1.0;
  hit->number = g_strdup (page.number);
  hit->snippet = index_snippet (page.text, page.language, query, index->lexicon);
  return hit.release ();
}

/* Whether @word stands on some page in this or another form. */
bool
is_known (const Index *index, const QueryWord &word)
{
  const IndexForms *forms = index_lexicon_forms (index->lexicon, word.raw, "und");
  bool in_text = strcmp (word.prefix, INDEX_TERM_EXACT) == 0;
  if (forms == nullptr || index->db.term_exists ((in_text ? "" : word.prefix) + std::string (forms->folded)))
    return true;
  for (const char *const *language = index_languages; in_text && *language != nullptr; language++)
    {
      forms = index_lexicon_forms (index->lexicon, word.raw, *language);
      for (int i = 0; forms != nullptr && i < INDEX_STEMS && forms->stems[i] != nullptr; i++)
        if (index->db.term_exists (INDEX_TERM_STEM + std::string (forms->stems[i])))
          return true;
    }
  return false;
}

/* Looks through the words that pages have for one like that of @spelling. */
void
find_instead (const Index *index, Spelling *spelling)
{
  const std::string prefix = spelling->prefix;
  unsigned left = SPELLING_TERMS;
  for (auto at = index->db.allterms_begin (prefix); at != index->db.allterms_end (prefix) && left > 0; ++at, --left)
    {
      const std::string term = *at;
      unsigned changes = spelling_changes (spelling, term.c_str () + prefix.size ());
      if (changes <= spelling->allowed)
        spelling_offer (spelling, term.c_str () + prefix.size (), changes, at.get_termfreq ());
    }
}

/* What of a query that finds nothing is on no page. */
void
spell (const Index *index, const Query *query, GPtrArray *spellings)
{
  for (guint i = 0; i < query->words->len; i++)
    {
      const QueryWord &word = g_array_index (query->words, QueryWord, i);
      if (is_known (index, word))
        continue;
      std::unique_ptr<Spelling, decltype (&spelling_free)> spelling (spelling_new (word.prefix, word.raw),
                                                                     spelling_free);
      if (spelling->allowed > 0)
        find_instead (index, spelling.get ());
      g_ptr_array_add (spellings, spelling_found (spelling.get ()));
    }
}

void
collect (const Index *index, const Query *query, unsigned offset, unsigned limit, IndexResult *result)
{
  Xapian::Enquire enquire (index->db);
  enquire.set_query (make_query (*query->root));
  enquire.set_sort_by_relevance_then_value (order_slot, true);
  const Xapian::MSet found = enquire.get_mset (offset, limit, counted_hits);
  g_ptr_array_set_size (result->hits, 0);
  g_ptr_array_set_size (result->spellings, 0);
  result->total = found.get_matches_lower_bound ();
  for (Xapian::MSetIterator at = found.begin (); at != found.end (); ++at)
    g_ptr_array_add (result->hits, make_hit (index, at, found.get_max_attained (), query));
  if (result->total == 0)
    spell (index, query, result->spellings);
}

Xapian::Document
make_document (const Index *index, const IndexPage &page, const std::string &id)
{
  Xapian::Document document;
  std::unique_ptr<GArray, decltype (&g_array_unref)> terms (index_terms (&page, index->lexicon), g_array_unref);
  for (guint i = 0; i < terms->len; i++)
    {
      const IndexTerm &term = g_array_index (terms.get (), IndexTerm, i);
      if (term.position > 0)
        document.add_posting (term.term, term.position, term.counts ? 1 : 0);
      else if (term.counts)
        document.add_term (term.term);
      else
        document.add_boolean_term (term.term);
    }
  document.add_boolean_term (id);
  document.add_boolean_term (own (index_term_document (page.document)).get ());
  document.add_value (order_slot, own (page_data_order (&page)).get ());
  std::unique_ptr<GBytes, decltype (&g_bytes_unref)> data (page_data_pack (&page), g_bytes_unref);
  gsize size;
  const char *bytes = static_cast<const char *> (g_bytes_get_data (data.get (), &size));
  document.set_data (std::string (bytes, size)); /* Xapian deflates it */
  return document;
}
}

extern "C" char *
index_stem (const char *language, const char *word)
try
  {
    thread_local std::map<std::string, Xapian::Stem> stemmers;
    auto at = stemmers.find (language);
    if (at == stemmers.end ())
      at = stemmers.emplace (language, Xapian::Stem (language)).first;
    return g_strdup (at->second (word).c_str ());
  }
catch (...)
  {
    return nullptr;
  }

Index *
index_open_writer (const char *path, GError **error)
{
  return open_index (path, true, error);
}

Index *
index_open_reader (const char *path, GError **error)
{
  return open_index (path, false, error);
}

void
index_free (Index *index)
try
  {
    if (index == nullptr)
      return;
    index_lexicon_free (index->lexicon);
    delete index; /* ends the open transaction, and with it what was not committed */
  }
catch (...)
  {
  }

bool
index_put (Index *index, const IndexPage *page, GError **error)
{
  return alter (index, error, [&] {
    auto text = own (g_utf8_make_valid (page->text == nullptr ? "" : page->text, -1));
    IndexPage valid = *page;
    valid.text = text.get ();
    const std::string id = own (index_term_page (page->document, page->page_no)).get ();
    index->writer.replace_document (
        id, make_document (index, valid, id)); /* by unique term: a second run changes nothing */
  });
}

bool
index_remove (Index *index, int64_t document, GError **error)
{
  return alter (index, error, [&] { index->writer.delete_document (own (index_term_document (document)).get ()); });
}

bool
index_commit (Index *index, int64_t seq, GError **error)
{
  return alter (index, error, [&] {
    index->writer.set_metadata (seq_key, std::to_string (seq));
    index->writer.commit_transaction ();
    index->writer.begin_transaction ();
  });
}

int64_t
index_seq (const Index *index)
{
  int64_t seq = 0;
  run (index, nullptr, [&] { seq = g_ascii_strtoll (index->db.get_metadata (seq_key).c_str (), nullptr, 10); });
  return seq;
}

bool
index_count (const Index *index, int64_t *documents, int64_t *pages, GError **error)
{
  return run (index, error, [&] {
    *documents = 0;
    *pages = index->db.get_doccount ();
    for (auto at = index->db.allterms_begin (INDEX_TERM_DOCUMENT); at != index->db.allterms_end (INDEX_TERM_DOCUMENT);
         ++at)
      ++*documents;
  });
}

bool
index_has (const Index *index, int64_t document, unsigned pages, GError **error)
{
  bool all = true;
  bool read = run (index, error, [&] {
    all = index->db.term_exists (own (index_term_document (document)).get ());
    for (unsigned page = 1; all && page <= pages; page++)
      all = index->db.term_exists (own (index_term_page (document, page)).get ());
  });
  return read && all;
}

GArray *
index_documents (const Index *index, GError **error)
{
  std::vector<gint64> ids;
  bool read = run (index, error, [&] {
    ids.clear ();
    for (auto at = index->db.allterms_begin (INDEX_TERM_DOCUMENT); at != index->db.allterms_end (INDEX_TERM_DOCUMENT);
         ++at)
      ids.push_back (g_ascii_strtoll ((*at).c_str () + 1, nullptr, 10));
  });
  if (!read)
    return nullptr;
  std::sort (ids.begin (), ids.end ());
  GArray *array = g_array_sized_new (FALSE, FALSE, sizeof (gint64), static_cast<guint> (ids.size ()));
  return ids.empty () ? array : g_array_append_vals (array, ids.data (), static_cast<guint> (ids.size ()));
}

IndexResult *
index_search (Index *index, const char *query, unsigned offset, unsigned limit, GError **error)
{
  g_autoptr (Query) parsed = query_parse (query, error);
  if (parsed == nullptr)
    return nullptr;
  IndexResult *result = g_new0 (IndexResult, 1);
  result->hits = g_ptr_array_new_with_free_func (reinterpret_cast<GDestroyNotify> (index_hit_free));
  result->spellings = g_ptr_array_new_with_free_func (reinterpret_cast<GDestroyNotify> (index_spelling_free));
  if (run (index, error, [&] { collect (index, parsed, offset, limit, result); }))
    return result;
  index_result_free (result);
  return nullptr;
}
