/* stet plugin ABI, version 1.
 *
 * A plugin is a shared library that exports one symbol, `stet_plugin_v1`, and carries its
 * manifest (JSON) in the ELF section `.stet.manifest`. What a plugin *is* (id, checks, fact
 * kinds, options, limits) is data in the manifest, which the host reads without running any
 * plugin code. What a plugin *does* is the three functions of `stet_plugin` below.
 *
 * Rules that hold for every pointer in this file:
 *   - Borrowed. Whoever passes a pointer owns it; it is valid until that call returns.
 *     Nothing is ever freed on the other side.
 *   - Text is UTF-8 with an explicit size and no terminating NUL.
 *   - No exception may leave a function. The C++ wrapper in plugin.hpp sees to it.
 *   - One instance is used by one thread. The host runs each plugin in a process of its own.
 *
 * How it grows: fields are only ever appended, and each struct starts with its size as the
 * side that filled it in was compiled; read a field only after checking that size. Elements
 * of an array are `node_size` bytes apart for the same reason. Unknown node kinds must be
 * skipped. Optional host services come from `stet_host::service` by name. Anything else is
 * version 2: a new symbol, `stet_plugin_v2`, beside this one.
 */
#ifndef STET_PLUGIN_H
#define STET_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define STET_ABI_VERSION 1u
#define STET_EXPORT __attribute__((visibility("default")))
#define STET_NO_PARENT UINT32_MAX

typedef struct stet_text {
  const char* data;
  size_t size;
} stet_text;

/* Half-open range of byte offsets into stet_document::text, on character boundaries. */
typedef struct stet_range {
  uint32_t begin;
  uint32_t end;
} stet_range;

/* Kinds of stet_node. Title, dateline, byline, headings, paragraphs and list items are blocks:
 * they come in text order and do not overlap, but that a list item or a block quote may hold
 * paragraphs and a dateline begins its paragraph. Links are inside blocks. */
enum {
  STET_TITLE = 1,
  STET_BYLINE = 2,
  STET_DATELINE = 3, /* place and date that open the first paragraph, such as "GENEVA, Nov. 23 -" */
  STET_HEADING = 4,
  STET_PARAGRAPH = 5,
  STET_LIST_ITEM = 6,
  STET_BLOCK_QUOTE = 7,
  STET_LINK = 8
};

typedef struct stet_node {
  uint32_t kind;
  uint32_t parent; /* index in nodes, or STET_NO_PARENT */
  stet_range range;
  stet_text value; /* link: its target; heading: its level as one digit; else empty */
} stet_node;

typedef struct stet_document {
  uint32_t size;      /* sizeof(stet_document) in the host */
  uint32_t node_size; /* sizeof(stet_node) in the host: bytes from one node to the next */
  uint32_t node_count;
  uint32_t reserved;
  const stet_node* nodes; /* ordered by range.begin, parents before children */
  stet_text text;         /* the whole document, at most 16 MiB */
  stet_text metadata;     /* JSON object: title, byline, published, modified, url (strings,
                             absent when unknown), sources (array of strings). Times are
                             RFC 3339, or a date alone when no more is known. */
} stet_document;

enum {
  STET_DEFAULT = 0, /* the severity that the manifest gives this check */
  STET_NOTE = 1,    /* worth knowing */
  STET_WARNING = 2, /* an editor should look */
  STET_ERROR = 3    /* do not publish as is */
};

/* Something that does not hold. `size` must reach to the end of `message`; what an older plugin's struct
 * ends before counts as zero. */
typedef struct stet_finding {
  uint32_t size; /* sizeof(stet_finding) in the plugin */
  int32_t severity;
  stet_text check;           /* id of a check declared in the manifest */
  stet_range range;          /* what the finding is about; empty for the whole document */
  stet_text message;         /* one sentence for an editor */
  stet_text evidence;        /* JSON object, or empty */
  const stet_range* related; /* other places that the message speaks of, or NULL */
  uint32_t related_count;
  uint32_t has_fix; /* 1: replacing `fix_range` by `fix_text` mends it for certain */
  stet_range fix_range;
  stet_text fix_text;
} stet_finding;

/* Something that was read: a quotation and its speaker, a date and its value. */
typedef struct stet_fact {
  uint32_t size; /* sizeof(stet_fact) in the plugin */
  uint32_t reserved;
  stet_text kind;   /* a fact kind declared in the manifest */
  stet_range range; /* where it stands in the text */
  stet_text fields; /* JSON object; "kind", "range" and "plugin" are the host's own */
} stet_fact;

/* What one call of verify() may say: at most 10,000 findings and 10,000 facts, 16 MiB in all; the texts
 * of one finding or fact at most 64 KiB together, its related ranges at most 1,024; its JSON nested at
 * most 64 deep, with whole numbers from -(2^53 - 1) to 2^53 - 1. */
typedef struct stet_host {
  uint32_t size; /* sizeof(stet_host) in the host */
  uint32_t reserved;
  void* self;
  /* Record a finding, or a fact. Both are copied. 1: taken. 0: refused, because the check or the
   * kind is not declared, a range leaves the text or splits a character, the message is empty, a
   * text is not UTF-8, the JSON is none, or it is too much; the host then ends this call as failed,
   * keeps what was taken before, and takes nothing more. */
  int (*report)(void* self, const stet_finding* finding);
  int (*state)(void* self, const stet_fact* fact);
  /* Say why the current call is about to fail. */
  void (*fail)(void* self, stet_text reason);
  /* A table of further functions by name, such as "stet.sources/1", or NULL when the host has
   * none or the manifest did not ask for it. Valid as long as the host. */
  const void* (*service)(void* self, stet_text name);
} stet_host;

/* Service "stet.sources/1": what the host knows of the sources of the document at hand. */
typedef struct stet_sources_v1 {
  uint32_t size;
  uint32_t reserved;
  /* JSON array, one object per source that was named for this document or read beside it:
   *   reference  as the document or the user names it (URL or relative path)
   *   state      "captured" | "missing"
   *   sha256     of the bytes read now, and `time` when they were read (captured only)
   *   reason     why it could not be read (missing only)
   *   recorded   {"sha256", "time", "revision"} of the newest earlier capture, absent if none
   * Valid until verify() returns. */
  stet_text (*list)(void* self);
} stet_sources_v1;

/* Service "stet.previous/1": the revision of the same article that was recorded last. */
typedef struct stet_previous_v1 {
  uint32_t size;
  uint32_t reserved;
  /* NULL when there is none: a first revision, or a check that touches no ledger. Valid until verify()
   * returns. */
  const stet_document* (*document)(void* self);
  /* JSON object: revision (number), observed (RFC 3339). Empty when there is none. Valid as above. */
  stet_text (*about)(void* self);
} stet_previous_v1;

typedef struct stet_plugin {
  uint32_t size; /* sizeof(stet_plugin) in the plugin */
  uint32_t abi;  /* STET_ABI_VERSION */
  /* New instance, or NULL after host->fail(). `host` outlives the instance. `options` is a JSON
   * object, complete: already checked against the manifest's schema, defaults filled in. */
  void* (*create)(const stet_host* host, stet_text options);
  /* Check one document. 1: it was checked (findings or not). 0: it could not be, after fail(). */
  int (*verify)(void* instance, const stet_document* document);
  /* Not called when the host ends the plugin's process, which is how it usually ends. */
  void (*destroy)(void* instance);
} stet_plugin;

/* What a plugin defines (no STET_EXPORT there: this declaration exports it). */
STET_EXPORT extern const stet_plugin stet_plugin_v1;

#ifdef __cplusplus
}
#endif
#endif
