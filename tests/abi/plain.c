/* Built with older and newer headers than the host's: reads and writes only what both sides have. */
#include <stdio.h>
#include <stet/plugin.h>
#include <string.h>

/* Whether `object`, which begins with its size, has `member`. */
#define HAS(object, member) \
  ((const char*)(&(object)->member + 1) - (const char*)(object) <= (ptrdiff_t)(object)->size)

static stet_text text(const char* s) {
  const stet_text t = {s, strlen(s)};
  return t;
}

static void* create(const stet_host* host, stet_text options) {
  (void)options;
  return (void*)host;
}

static int say(const stet_host* host, stet_range range, const char* message) {
  stet_finding finding;
  stet_fact fact;
  memset(&finding, 0, sizeof finding);
  finding.size = sizeof finding;
  finding.severity = STET_NOTE;
  finding.check = text("node");
  finding.range = range;
  finding.message = text(message);
  memset(&fact, 0, sizeof fact);
  fact.size = sizeof fact;
  fact.kind = text("node");
  fact.range = range;
  fact.fields = text("{\"read\":true}");
#ifdef NEWER
  /* What this host cannot know must not disturb it. */
  finding.confidence = fact.confidence = 0xdeadbeef;
  finding.advice = text("unknown to the host");
#endif
  return host->report(host->self, &finding) && host->state(host->self, &fact);
}

static int verify(void* self, const stet_document* document) {
  const stet_host* host = self;
  uint32_t i;
#ifdef NEWER
  if (HAS(document, language)) return say(host, document->nodes->range, "the host is newer than this test");
  if (HAS(host, suggest)) host->suggest(host->self, text("a word"));
#endif
  for (i = 0; i < document->node_count; ++i) {
    const char* base = (const char*)document->nodes;
    const stet_node* node = (const stet_node*)(base + (size_t)i * document->node_size);
    char message[100];
    snprintf(message, sizeof message, "Node %u of kind %u in %u, %u bytes.", (unsigned)i,
             (unsigned)node->kind, (unsigned)(node->parent == STET_NO_PARENT ? 999 : node->parent),
             (unsigned)(node->range.end - node->range.begin));
    if (!say(host, node->range, message)) return 0;
  }
  return 1;
}

static void destroy(void* self) {
  (void)self;
}

#ifdef NEWER
static void later(void* self) {
  (void)self;
}
const stet_plugin stet_plugin_v1 = {sizeof(stet_plugin), STET_ABI_VERSION, create, verify, destroy, later};
#else
const stet_plugin stet_plugin_v1 = {sizeof(stet_plugin), STET_ABI_VERSION, create, verify, destroy};
#endif
