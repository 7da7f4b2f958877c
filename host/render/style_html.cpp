// A newspaper page crossed with a compiler: one serif column, monospaced places and digests, and few
// colours, all of them at least 4.5:1 on their ground.
#include "templates.hpp"

namespace stet {

const std::string_view style_sheet = R"CSS(
:root {
  color-scheme: light dark;
  --paper: #fcfbf7; --ink: #1d1c1a; --soft: #5d594f; --rule: #d9d4c7; --wash: #f3f0e7;
  --error: #a11729; --error-wash: #fbe4e2; --warning: #7a4800; --warning-wash: #faecc8;
  --note: #1c5481; --note-wash: #e2edf7; --quote: #2c5c4c; --quote-wash: #e8f1ea; --date: #6b3a80;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", Charter, Georgia, "Noto Serif", serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #17181a; --ink: #e6e2d9; --soft: #aaa498; --rule: #3d3b37; --wash: #212225;
    --error: #ff9d97; --error-wash: #46191d; --warning: #f1be69; --warning-wash: #3c2b0b;
    --note: #92c3ef; --note-wash: #142f48; --quote: #9fd2bc; --quote-wash: #1b2c26; --date: #d3ade6;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 1.5rem; }
body { margin: 0 auto; max-width: 63rem; padding: 1.1rem 1.1rem 4rem; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.55 var(--serif); overflow-wrap: break-word; }
code, pre, .place, .badge, .ref, .label, .nameplate span, .legend, nav, th { font-family: var(--mono); }
code, .place { font-size: .84em; }
code { overflow-wrap: anywhere; }
a { color: inherit; text-decoration-thickness: 1px; text-underline-offset: .18em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--note); outline-offset: 2px; border-radius: 2px; }
:target { scroll-margin-top: 1.5rem; outline: 2px solid var(--note); outline-offset: 4px; }
section:target { outline: none; }
small { color: var(--soft); font-size: .84em; font-weight: 400; }
del { color: var(--error); text-decoration-thickness: 1px; }
ins { color: var(--quote); text-decoration-thickness: 1px; text-underline-offset: .18em; }
.fix del, .fix ins, .difference { white-space: pre-wrap; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .3rem .6rem; }

.masthead { border-top: 4px double var(--ink); padding-top: .35rem; }
.nameplate { display: flex; justify-content: space-between; align-items: baseline; margin: 0;
  border-bottom: 1px solid var(--ink); padding-bottom: .25rem; }
.nameplate b { font-size: 1.5rem; font-style: italic; letter-spacing: -.02em; line-height: 1.1; }
.nameplate span { font-size: .75rem; color: var(--soft); }
h1 { font-size: 1.2rem; line-height: 1.3; margin: 1rem 0 .2rem; text-wrap: balance; }
.identity { margin: 0 0 1rem; color: var(--soft); font-size: .92rem; }
.identity > * + *::before { content: "\00b7\00a0"; }
.verdict { border: 1px solid var(--rule); border-left: .45rem solid var(--soft); background: var(--wash);
  padding: .65rem .9rem; margin: 0 0 1rem; }
.verdict p { margin: 0; font-size: 1.06rem; }
.verdict ul { margin: .4rem 0 0; padding: 0; list-style: none; font-size: .94rem; }
.verdict li { margin-top: .2rem; }
.verdict.error { border-left-color: var(--error); }
.verdict.warning { border-left-color: var(--warning); }
.verdict.note { border-left-color: var(--note); }
.verdict.clean { border-left-color: var(--quote); }
.verdict.unchecked { border-left-style: dashed; border-left-color: var(--error); }
nav { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; font-size: .8rem; }
nav a { padding: .35rem 0; }

section { margin-top: 2.6rem; }
h2 { font-size: 1.3rem; line-height: 1.25; margin: 0 0 1rem; padding-top: .5rem; border-top: 1px solid var(--ink); }
h3 { font-size: 1.05rem; line-height: 1.3; margin: 1.4rem 0 .4rem; }
.notice { color: var(--soft); font-size: .92rem; font-style: italic; }
.legend { border: 0; padding: 0; margin: 0 0 1.6rem; font-size: .76rem; line-height: 2; color: var(--soft);
  display: flex; flex-wrap: wrap; gap: 0 1.3rem; }
.legend legend { float: left; padding: 0; }
.legend label { cursor: pointer; }
.legend input { accent-color: var(--soft); vertical-align: -.12em; margin: 0 .15rem 0 0; }

article { max-width: 38rem; }
article p, article ul, article blockquote { margin: 0 0 1em; }
article .headline { font-size: clamp(1.75rem, 1.3rem + 2vw, 2.4rem); line-height: 1.14; letter-spacing: -.012em;
  margin: 0 0 .55em; text-wrap: balance; }
article .byline { color: var(--soft); font-style: italic; margin-top: -.5em; }
article .dateline { font-variant-caps: all-small-caps; letter-spacing: .04em; }
article h4, article h5, article h6 { font-size: 1.15rem; line-height: 1.3; margin: 1.6em 0 .5em; }
article h5 { font-size: 1.05rem; }
article h6 { font-size: 1rem; font-style: italic; }
article ul { padding-left: 1.25rem; }
article li { margin-bottom: .4em; padding-left: .2rem; }
article li.marked { list-style: none; text-indent: -.9rem; }
article li.marked > * { text-indent: 0; }
article blockquote { border-left: 2px solid var(--rule); padding-left: 1rem; font-style: italic; }
article blockquote > :last-child { margin-bottom: 0; }
.dead-link { text-decoration: line-through 1px var(--soft); }
.quote { background: var(--quote-wash); box-shadow: 0 .12em 0 var(--quote-wash), 0 -.08em 0 var(--quote-wash); }
article .headline .quote { background: none; box-shadow: inset 0 -.28em 0 var(--quote-wash); }
.date { text-decoration: underline dotted var(--date) 2px; text-underline-offset: .2em; }
.source { text-decoration: underline dashed var(--note) 1px; text-underline-offset: .2em; }
.label { font-size: .62rem; line-height: 1; font-weight: 400; letter-spacing: -.01em; white-space: nowrap; padding-left: .3em;
  user-select: none; vertical-align: .42em; }
.quote-label { color: var(--quote); font: italic .74rem/1 var(--serif); }
.date-label { color: var(--date); }
mark { color: inherit; text-decoration: underline wavy 1.5px; text-underline-offset: .2em; text-decoration-skip-ink: none; }
mark.error { background: var(--error-wash); text-decoration-color: var(--error); }
mark.warning { background: var(--warning-wash); text-decoration-color: var(--warning); }
mark.note { background: var(--note-wash); text-decoration-color: var(--note); }
sup { line-height: 0; font-size: inherit; vertical-align: baseline; user-select: none; }
.ref { position: relative; top: -.5em; font-size: .68rem; font-weight: 700; text-decoration: none; padding: .1em .3em;
  margin: 0 .1em; border: 1px solid; border-radius: .25em; }
.label + sup .ref { margin-left: .35em; }
.ref.error, .badge.error, .remark.error b, .margin.error b { color: var(--error); }
.ref.warning, .badge.warning, .remark.warning b, .margin.warning b { color: var(--warning); }
.ref.note, .badge.note, .remark.note b, .margin.note b { color: var(--note); }
.notes { margin: -.35em 0 1.2em; font-size: .9rem; line-height: 1.45; }
.notes p { margin: 0; padding: .4rem .7rem; border-left: 3px solid; background: var(--wash); }
.notes p + p { border-top: 1px solid var(--rule); }
.notes .ref { position: static; }
.notes code { color: var(--soft); white-space: nowrap; }
.notes .error { border-left-color: var(--error); }
.notes .warning { border-left-color: var(--warning); }
.notes .note { border-left-color: var(--note); }
#article:has(#show-quotes:not(:checked)) article .quote.quote { background: none; box-shadow: none; }
#article:has(#show-quotes:not(:checked)) article .quote-label, #article:has(#show-dates:not(:checked)) article .date-label,
#article:has(#show-findings:not(:checked)) article :is(sup, .notes, .margin) { display: none; }
#article:has(#show-dates:not(:checked)) article .date, #article:has(#show-sources:not(:checked)) article .source,
#article:has(#show-findings:not(:checked)) article mark { text-decoration: none; background: none; }

.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; line-height: 1.45; }
th { text-align: left; font-size: .74rem; font-weight: 400; color: var(--soft); border-bottom: 1px solid var(--ink);
  padding: .2rem .9rem .3rem 0; white-space: nowrap; }
td { vertical-align: top; padding: .6rem .9rem .6rem 0; border-bottom: 1px solid var(--rule); }
td:last-child { padding-right: 0; }
.place { white-space: nowrap; font-variant-numeric: tabular-nums; color: var(--soft); }
td.place { min-width: 5.5rem; white-space: normal; }
td.check { min-width: 10rem; }
.plugins td:first-child { min-width: 13rem; }
.badge { font-weight: 700; white-space: nowrap; font-size: .84rem; }
.badge span { font-weight: 400; display: block; font-size: .92em; }
td.check span, .plugins td span { display: block; color: var(--soft); }
.excerpt { display: block; margin-top: .35rem; padding: .3rem .5rem; font-size: .78rem; background: var(--wash); white-space: pre-wrap; }
.related { color: var(--soft); }
.evidence p { margin: 0 0 .25rem; overflow-wrap: anywhere; font-size: .95em; }
.evidence b { font-weight: 400; font-family: var(--mono); font-size: .84em; color: var(--soft); }
.evidence .fix b { font-family: inherit; font-size: inherit; font-weight: 700; color: inherit; }
.digest { display: inline-block; max-width: 17rem; font-size: .76rem; line-height: 1.35; color: var(--soft); }
.unchecked td { background: var(--error-wash); padding-left: .6rem; }
.unchecked td:first-child { box-shadow: inset .45rem 0 var(--error); padding-left: 1rem; }
.unchecked td span, .unchecked .digest { color: inherit; }

summary { cursor: pointer; padding: .3rem 0; }
#facts details { border-bottom: 1px solid var(--rule); padding: .15rem 0; }
#facts details[open] { padding-bottom: 1rem; }
.plain, .history, .changes { list-style: none; margin: 0; padding: 0; }
.plain li { margin: .35rem 0; max-width: 46rem; padding-left: 4rem; text-indent: -4rem; }
.plain .place { display: inline-block; min-width: 3.75rem; text-indent: 0; }
.history > li { position: relative; border-left: 2px solid var(--rule); padding: 0 0 1.5rem 1.3rem; margin-left: .4rem; }
.history > li:last-child { padding-bottom: 0; }
.history > li::before { content: ""; position: absolute; left: -.45rem; top: .5rem; width: .75rem; height: .75rem;
  border-radius: 50%; background: var(--paper); border: 2px solid var(--soft); }
.history > li.current::before { background: var(--ink); border-color: var(--ink); }
.history p { margin: 0; }
.when b { font-family: var(--mono); font-size: .95em; margin-right: .4rem; }
.here { font: .74rem var(--mono); background: var(--ink); color: var(--paper); padding: .1rem .45rem; margin-left: .4rem;
  white-space: nowrap; }
.what { color: var(--soft); font-size: .88rem; }
.what .digest { max-width: none; display: inline; }
.changes { margin: .1rem 0 .4rem 1.6rem; max-width: 46rem; }
.changes li { margin-bottom: .7rem; }
.changes code { color: var(--soft); }
.difference { display: block; margin-top: .25rem; padding: .35rem .7rem; background: var(--wash); }
.difference del { background: var(--error-wash); padding: 0 .12em; }
.difference ins { background: var(--quote-wash); padding: 0 .12em; }
.difference cite::before { content: "\2014\00a0"; }
.difference cite { white-space: nowrap; color: var(--soft); }
#verify > p { max-width: 42rem; }
.digests { margin: 1.2rem 0; font-size: .94rem; }
.digests dt { color: var(--soft); }
.digests dd { margin: 0 0 .5rem; overflow-wrap: anywhere; }
pre { background: var(--wash); border: 1px solid var(--rule); padding: .7rem .9rem; font-size: .82rem; line-height: 1.55;
  margin: .5rem 0 1rem; }
pre code { font-size: inherit; overflow-wrap: normal; }
footer { margin-top: 3rem; border-top: 4px double var(--ink); padding-top: .5rem; font-size: .88rem; color: var(--soft); }

@media screen and (max-width: 46rem) {
  .legend legend { width: 100%; }
  .cards thead { position: absolute; left: -99rem; }
  .cards, .cards tbody, .cards tr, .cards td { display: block; }
  .cards tr { border-bottom: 1px solid var(--rule); padding: .8rem 0; }
  .cards td { border: 0; padding: 0 0 .3rem; min-width: 0; }
  .findings tr { display: flex; flex-wrap: wrap; gap: 0 .8rem; align-items: baseline; }
  .findings .message, .findings .evidence { flex: 1 0 100%; }
  .badge span, .findings .check span { display: inline; }
  .findings .check { order: 3; flex: 1 0 100%; font-size: .86rem; }
  .findings .evidence { order: 2; }
  .unchecked { background: var(--error-wash); box-shadow: inset .45rem 0 var(--error); }
  .unchecked td, .unchecked td:first-child { padding: 0 .6rem .3rem 1.1rem; box-shadow: none; background: none; }
  .digest { max-width: none; display: inline; }
  .plugins td[data-label]:not(:empty)::before { content: attr(data-label) " "; color: var(--soft); font-size: .88em; }
}
@media screen and (min-width: 46.01rem) {
  body { padding-left: 2rem; padding-right: 2rem; }
  .digests { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.6rem; }
  .digests dd { margin: 0; }
}
@media screen and (min-width: 64rem) {
  body { font-size: 1.125rem; }
  .margin { display: block; float: right; clear: right; width: 17.5rem; margin: .15rem -21rem .8rem 0; padding-left: .8rem;
    border-left: 3px solid; font: .84rem/1.42 var(--serif); text-indent: 0; text-align: left; letter-spacing: 0;
    color: var(--ink); text-wrap: initial; }
  .margin b { font-family: var(--mono); }
  .margin.error { border-left-color: var(--error); }
  .margin.warning { border-left-color: var(--warning); }
  .margin.note { border-left-color: var(--note); }
  article::after { content: ""; display: block; clear: both; }
  .notes:not(.whole) { display: none; }
}
@media print {
  :root { --paper: #fff; --wash: #f5f5f3; }
  @page { margin: 16mm 18mm 18mm; }
  body { font-size: 10.5pt; max-width: none; padding: 0; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  nav, .skip, .legend input { display: none; }
  article { max-width: none; }
  article .headline { font-size: 20pt; }
  article a.link::after { content: " (" attr(href) ")"; font-size: .8em; overflow-wrap: anywhere; }
  .scroll { overflow: visible; }
  table { font-size: 9pt; }
  td.place, td.check, .plugins td:first-child { min-width: 0; }
  .digests code { font-size: 7.5pt; }
  pre { white-space: pre-wrap; font-size: 7.5pt; }
  h2, h3, h4, summary { break-after: avoid; }
  tr, .notes p, .changes li, dd, pre, .verdict { break-inside: avoid; }
  p { orphans: 3; widows: 3; }
  details::details-content { content-visibility: visible; display: block; block-size: auto; }
  .digests { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem; }
  .digests dd { margin: 0; }
}
)CSS";

}  // namespace stet
