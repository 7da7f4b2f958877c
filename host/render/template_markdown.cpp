// The report as Markdown, for a README or a code host. A table row must stay one line, and a section that
// may be absent brings its own line break, for a blank line would end a table or loosen a list. Emphasis
// around values is HTML: asterisks beside punctuation do not always count as emphasis.
#include "templates.hpp"

namespace stet {

const std::string_view markdown_template = R"PAGE(# {{title}}

**{{verdict}}**; {{coverage}}.

{{article}}, revision {{revision}}{{#revisionCount}} of {{revisionCount}}{{/revisionCount}}, observed {{observedText}}.{{^complete}}

{{#plugins}}{{^checked}}
- **Not checked** by {{id}}: {{outcome}}{{#reason}}: {{reason}}{{/reason}}{{/checked}}{{/plugins}}{{^hasPlugins}}
- **Not checked:** no plugin ran, so nothing is known about this article.{{/hasPlugins}}{{/complete}}

## Findings

{{#hasFindings}}| No. | Severity | Check | Place | Finding | Evidence and fix |
| --- | --- | --- | --- | --- | --- |{{#findings}}
| {{letter}}{{number}} | {{severity}} | {{check}} | {{#place}}{{place}}{{/place}}{{^place}}whole document{{/place}} | {{message}}{{#related}} See also {{related}}.{{/related}}{{#excerpt}}<br>{{before}}<b>\[</b>{{marked}}<b>\]</b>{{after}}{{/excerpt}} | {{#fix}}Fix: {{verb}} {{#old}}<del>{{old}}</del>{{/old}}{{#new}}{{#old}} by {{/old}}<ins>{{new}}</ins>{{/new}}{{#more}}<br>{{/more}}{{/fix}}{{#evidence}}{{key}}: {{value}}{{#more}}<br>{{/more}}{{/evidence}} |{{/findings}}{{/hasFindings}}{{^hasFindings}}No plugin reported anything. This holds for those plugins alone that checked the article: {{coverage}}.{{/hasFindings}}

## Plugins

{{#hasPlugins}}| Plugin | Version | Outcome | Reason | What it gave | SHA-256 | Confinement |
| --- | --- | --- | --- | --- | --- | --- |{{#plugins}}
| {{id}} | {{version}} | {{#checked}}checked{{/checked}}{{^checked}}**{{outcome}}, not checked**{{/checked}} | {{reason}} | {{found}} | {{digest}} | {{confinement}} |{{/plugins}}{{/hasPlugins}}{{^hasPlugins}}**No plugin ran. Nothing was checked.**{{/hasPlugins}}

## Revision history

{{#history}}
- **r{{number}}**, {{timeText}}{{#current}} (**this report**){{/current}}: {{found}}, sha256 {{digest}}{{#first}}
  - First revision on record.{{/first}}{{#remark}}
  - {{remark}}{{/remark}}{{#unchanged}}
  - No change of text or facts.{{/unchanged}}{{#groups}}{{#rows}}
  - {{severity}}, {{change}}: {{message}}{{#difference}} {{lead}}{{#removed}}<del>{{removed}}</del>{{/removed}}{{#added}}{{#removed}} → {{/removed}}<ins>{{added}}</ins>{{/added}}{{tail}}{{#subject}} ({{subject}}){{/subject}}{{/difference}}{{/rows}}{{/groups}}{{/history}}

## Digests

- Document: sha256 {{documentSha256}}{{#textSha256}}
- Text as checked: sha256 {{textSha256}}{{/textSha256}}
- Report: sha256 {{reportSha256}}{{#previous}}
- Report of revision {{number}}: sha256 {{reportDigest}}{{/previous}}{{#keys}}
- Signed by key {{keyid}}{{/keys}}{{#unsigned}}
- **Signed by nobody:** this report carries no signature.{{/unsigned}}

## How to verify this report

A valid signature proves that the holder of the key signed exactly this report, and its digests fix which bytes were checked, by which plugins, and what each of them answered. It does not prove that the article is true, that anybody said what is quoted, or that a check which found nothing had nothing to find; and its times are the signer's word.

```sh
stet verify LEDGER
```

Without stet, with jq, openssl and the newsroom's public key (`key.pem`), which should come from the newsroom itself:

```sh
stet report {{{reference}}} --format dsse --ledger LEDGER > report.json    # or ask for this file
jq -r .payload report.json | base64 -d > statement.json
jq -r '.signatures[0].sig' report.json | base64 -d > signature
{ printf 'DSSEv1 28 application/vnd.in-toto+json %d ' "$(wc -c < statement.json)"; cat statement.json; } > signed
openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in signed -sigfile signature
sha256sum statement.json ARTICLE    # compare with the digests above
```
)PAGE";

}  // namespace stet
