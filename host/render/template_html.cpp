// The report page. It must read well without its style sheet, and hold nothing that fetches or runs.
#include "templates.hpp"

namespace stet {

const std::string_view html_template = R"PAGE(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{{title}} ({{verdict}})</title>
<style>
{{{style}}}
</style>
</head>
<body>
<a class="skip" href="#article">Skip to the article</a>
<header class="masthead">
<p class="nameplate"><b>stet</b> <span>verification report</span></p>
<h1>{{title}}</h1>
<p class="identity"><code>{{article}}</code> <span>revision {{revision}}{{#revisionCount}} of {{revisionCount}}{{/revisionCount}}</span> <span>observed <time datetime="{{observed}}">{{observedText}}</time></span></p>
<div class="verdict {{state}}">
<p><strong>{{verdict}}</strong>; {{coverage}}.</p>
{{^complete}}
<ul>
{{#plugins}}
{{^checked}}
<li><b>Not checked</b> by <code>{{id}}</code>: {{outcome}}{{#reason}}: {{reason}}{{/reason}}</li>
{{/checked}}
{{/plugins}}
{{^hasPlugins}}
<li><b>Not checked:</b> no plugin ran, so nothing is known about this article.</li>
{{/hasPlugins}}
</ul>
{{/complete}}
</div>
<nav aria-label="Sections"><a href="#article">Article</a> <a href="#findings">Findings</a> <a href="#facts">Facts</a> <a href="#plugins">Plugins</a> <a href="#history">History</a> <a href="#verify">Verify</a></nav>
</header>
<main>
<section id="article" aria-labelledby="article-title">
<h2 id="article-title">The article as it was read</h2>
{{#notices}}
<p class="notice">On reading: {{text}}</p>
{{/notices}}
<fieldset class="legend"><legend>Marked in the text</legend>
<label><input type="checkbox" id="show-findings" checked autocomplete="off"> <mark class="error">finding</mark></label>
<label><input type="checkbox" id="show-quotes" checked autocomplete="off"> <span class="quote">quotation</span><span class="label quote-label">speaker</span></label>
<label><input type="checkbox" id="show-dates" checked autocomplete="off"> <span class="date">date</span><span class="label date-label">value</span></label>
<label><input type="checkbox" id="show-sources" checked autocomplete="off"> <span class="source">source</span></label>
</fieldset>
<article>
{{{articleHtml}}}</article>
</section>
<section id="findings" aria-labelledby="findings-title">
<h2 id="findings-title">Findings</h2>
{{#hasFindings}}
<div class="scroll" role="region" aria-label="Findings" tabindex="0">
<table class="cards findings">
<thead><tr><th scope="col">No.</th><th scope="col">Place</th><th scope="col">Finding</th><th scope="col">Check</th><th scope="col">Evidence and fix</th></tr></thead>
<tbody>
{{#findings}}
<tr id="f{{number}}"><td class="badge {{severity}}"><a href="#m{{number}}" aria-label="Finding {{number}} in the text">{{letter}}{{number}}</a> <span>{{severity}}</span></td>
<td class="place">{{#place}}<a href="#m{{number}}">{{place}}</a>{{/place}}{{^place}}whole document{{/place}}</td>
<td class="message">{{message}}{{#related}} <span class="related">See also {{related}}.</span>{{/related}}{{#excerpt}}<code class="excerpt"><bdi>{{before}}<mark class="{{severity}}">{{marked}}</mark>{{after}}</bdi></code>{{/excerpt}}</td>
<td class="check"><code>{{check}}</code> <span>{{by}}</span></td>
<td class="evidence">{{#fix}}<p class="fix"><b>Fix:</b> {{verb}} {{#old}}<del>{{old}}</del>{{/old}} {{#new}}{{#old}}by {{/old}}<ins>{{new}}</ins>{{/new}}</p>{{/fix}}{{#evidence}}<p><b>{{key}}</b> {{value}}</p>{{/evidence}}</td></tr>
{{/findings}}
</tbody>
</table>
</div>
{{/hasFindings}}
{{^hasFindings}}
<p>No plugin reported anything. This holds for those plugins alone that <a href="#plugins">checked</a> the article: {{coverage}}.</p>
{{/hasFindings}}
</section>
<section id="facts" aria-labelledby="facts-title">
<h2 id="facts-title">Facts read in the article</h2>
{{#facts}}
{{#none}}
<p>No plugin stated any fact.</p>
{{/none}}
{{#quotations}}
<details><summary>{{total}}, by speaker</summary>
{{#rows}}
<h3>{{speaker}} <small>{{total}}</small></h3>
<ul class="plain">
{{#quotes}}
<li>{{#place}}<span class="place">{{place}}</span>{{/place}} <bdi>{{text}}</bdi>{{#type}} <small>{{type}}</small>{{/type}}</li>
{{/quotes}}
</ul>
{{/rows}}
</details>
{{/quotations}}
{{#dates}}
<details><summary>{{total}}, with values</summary>
<div class="scroll" role="region" aria-label="Dates" tabindex="0">
<table>
<thead><tr><th scope="col">Place</th><th scope="col">Words</th><th scope="col">Kind</th><th scope="col">Value</th></tr></thead>
<tbody>
{{#rows}}
<tr><td class="place">{{place}}</td><td><bdi>{{text}}</bdi></td><td>{{type}}</td><td><code>{{value}}</code>{{#mod}} ({{mod}}){{/mod}}</td></tr>
{{/rows}}
</tbody>
</table>
</div>
</details>
{{/dates}}
{{#sources}}
<details><summary>{{total}}</summary>
<ul class="plain">
{{#rows}}
<li>{{#place}}<span class="place">{{place}}</span>{{/place}} {{name}}{{#url}} <code>{{url}}</code>{{/url}}{{#captures}}<br><small>sha256 <code>{{captureDigest}}</code>, read {{captureTime}}</small>{{/captures}}{{^captures}}<br><small>not captured: nothing is known of what it said</small>{{/captures}}</li>
{{/rows}}
</ul>
</details>
{{/sources}}
{{#others}}
<details><summary>{{total}}</summary>
<ul class="plain">
{{#rows}}
<li>{{#place}}<span class="place">{{place}}</span>{{/place}} {{kind}}: <bdi>{{text}}</bdi> <code>{{fields}}</code></li>
{{/rows}}
</ul>
</details>
{{/others}}
{{/facts}}
</section>
<section id="plugins" aria-labelledby="plugins-title">
<h2 id="plugins-title">What became of every plugin</h2>
{{#hasPlugins}}
<div class="scroll" role="region" aria-label="Plugins" tabindex="0">
<table class="cards plugins">
<thead><tr><th scope="col">Plugin</th><th scope="col">Outcome</th><th scope="col">SHA-256</th><th scope="col">Confinement</th></tr></thead>
<tbody>
{{#plugins}}
<tr{{^checked}} class="unchecked"{{/checked}}><td><code>{{id}}</code> <span>{{version}}</span></td>
<td>{{#checked}}<b>checked</b> <span>{{found}}</span>{{/checked}}{{^checked}}<b>{{outcome}} &#8211; not checked</b> <span>{{reason}}</span> <span>Before its end: {{found}}.</span>{{/checked}}</td>
<td data-label="sha256"><code class="digest">{{digest}}</code></td><td data-label="confined by">{{confinement}}</td></tr>
{{/plugins}}
</tbody>
</table>
</div>
{{/hasPlugins}}
{{^hasPlugins}}
<p><strong>No plugin ran. Nothing was checked.</strong></p>
{{/hasPlugins}}
</section>
<section id="history" aria-labelledby="history-title">
<h2 id="history-title">Revision history</h2>
<ol class="history">
{{#history}}
<li{{#current}} class="current" aria-current="true"{{/current}}>
<p class="when"><b>r{{number}}</b> <time datetime="{{time}}">{{timeText}}</time>{{#current}} <span class="here">this report</span>{{/current}}</p>
<p class="what">{{found}} &#183; sha256 <code class="digest">{{digest}}</code></p>
{{#first}}
<p>First revision on record.</p>
{{/first}}
{{#remark}}
<p>{{remark}}</p>
{{/remark}}
{{#unchanged}}
<p>No change of text or facts.</p>
{{/unchanged}}
{{#groups}}
<details{{^folded}} open{{/folded}} class="{{severity}}"><summary><span class="badge {{severity}}">{{letter}}</span> {{heading}}</summary>
<ul class="changes">
{{#rows}}
<li><code>{{change}}</code> {{message}}{{#difference}}<span class="difference"><bdi>{{lead}}{{#removed}}<del>{{removed}}</del>{{/removed}}{{#added}}{{#removed}}<span class="arrow"> &#8594; </span>{{/removed}}<ins>{{added}}</ins>{{/added}}{{tail}}</bdi>{{#subject}} <cite>{{subject}}</cite>{{/subject}}</span>{{/difference}}</li>
{{/rows}}
</ul>
</details>
{{/groups}}
</li>
{{/history}}
</ol>
</section>
<section id="verify" aria-labelledby="verify-title">
<h2 id="verify-title">How to verify this report</h2>
<p>A valid signature proves that the holder of the key signed exactly this report, and its digests fix which bytes were checked, by which plugins, and what each of them answered. It does not prove that the article is true, that anybody said what is quoted, or that a check which found nothing had nothing to find; and its times are the signer&#8217;s word.</p>
<dl class="digests">
<dt>Document (SHA-256)</dt><dd><code>{{documentSha256}}</code></dd>
{{#textSha256}}
<dt>Text as checked (SHA-256)</dt><dd><code>{{textSha256}}</code></dd>
{{/textSha256}}
<dt>Report (SHA-256)</dt><dd><code>{{reportSha256}}</code></dd>
{{#previous}}
<dt>Report of revision {{number}} (SHA-256)</dt><dd><code>{{reportDigest}}</code></dd>
{{/previous}}
{{#keys}}
<dt>Signed by key</dt><dd><code>{{keyid}}</code></dd>
{{/keys}}
{{#unsigned}}
<dt>Signed by key</dt><dd><strong>nobody: this report carries no signature</strong></dd>
{{/unsigned}}
<dt>File</dt><dd>{{fileName}}{{#size}}, {{size}} bytes{{/size}}{{#gitBlob}}, git blob <code>{{gitBlob}}</code>{{/gitBlob}}</dd>
{{#metadata}}
<dt>{{label}}</dt><dd>{{#href}}<a rel="noopener nofollow noreferrer" href="{{href}}">{{value}}</a>{{/href}}{{^href}}{{value}}{{/href}}</dd>
{{/metadata}}
{{#declared}}
<dt>Source named by the article</dt><dd>{{text}}</dd>
{{/declared}}
<dt>Recorded</dt><dd>{{recordedText}}</dd>
</dl>
<h3>With stet</h3>
<pre class="scroll" role="region" aria-label="Commands with stet" tabindex="0"><code>stet verify LEDGER</code></pre>
<h3>Without stet: jq and openssl</h3>
<p>Get the newsroom&#8217;s public key (<code>key.pem</code>) from the newsroom, not from whoever sent you this page.</p>
<pre class="scroll" role="region" aria-label="Commands with jq and openssl" tabindex="0"><code>stet report {{reference}} --format dsse --ledger LEDGER &gt; report.json    # or ask for this file
jq -r .payload report.json | base64 -d &gt; statement.json
jq -r '.signatures[0].sig' report.json | base64 -d &gt; signature
{ printf 'DSSEv1 28 application/vnd.in-toto+json %d ' "$(wc -c &lt; statement.json)"; cat statement.json; } &gt; signed
openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in signed -sigfile signature
sha256sum statement.json    # {{reportSha256}}
sha256sum ARTICLE           # {{documentSha256}}</code></pre>
</section>
</main>
<footer><p><b>stet</b> lets it stand, or says why not. This page was rendered from a report; the report, not the page, is the evidence.</p></footer>
</body>
</html>
)PAGE";

}  // namespace stet
