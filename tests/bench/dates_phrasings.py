#!/usr/bin/env python3
"""dates_phrasings.py STET PHRASINGS.txt... [--misses] [--published DAY]

Measures the checks of date_consistency on phrasings written by hand (dates_phrasings.txt says how such a file is laid
out): per check how many contradictions were found by that check, and how many of their consistent counterparts drew a
finding of any check, which is a false alarm. --misses prints both kinds. Each phrasing stands between two paragraphs
that say nothing, so that it is neither a headline nor the last word; a headline opens its article, and what looks for
a day of publication stands under a title."""
import argparse
import collections
import json
import subprocess

BEFORE, AFTER = 'The harbour was quiet, and the gulls sat on the wall.', 'Nobody else wished to comment.'
TITLE = 'From the harbour'
HEADLINE, UNANCHORED = 'number-disagreement', 'relative-without-anchor'


def read(path):
    """Yields (check, contradicts itself, text) for each phrasing."""
    check = None
    with open(path, encoding='utf-8') as f:
        for line in f.read().splitlines():
            if line.startswith('== '):
                check = line[3:]
            elif line[:2] in ('- ', '+ '):
                yield check, line[0] == '-', line[2:].replace(' | ', '\n\n')


def row(id_, check, text, published):
    parts = [text, AFTER] if check == HEADLINE else [TITLE, text, AFTER] if check == UNANCHORED else [BEFORE, text, AFTER]
    whole = '\n\n'.join(parts)
    return {'id': id_, 'text': whole, 'format': 'text', **({} if check == UNANCHORED else {'published': published})}


def stream(stet, rows):
    data = ''.join(json.dumps(r, ensure_ascii=False) + '\n' for r in rows)
    out = subprocess.run([stet, 'stream'], input=data.encode(), stdout=subprocess.PIPE, check=False).stdout
    return [json.loads(line) for line in out.decode().splitlines()]


def checks(result):
    return {f['check']: f['message'] for f in result['findings'] if f['plugin'] == 'org.stet.date-consistency'}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('stet')
    parser.add_argument('phrasings', nargs='+')
    parser.add_argument('--misses', action='store_true')
    parser.add_argument('--published', default='2024-09-18')
    options = parser.parse_args()
    phrasings = [p for path in options.phrasings for p in read(path)]
    results = stream(options.stet, [row(str(i), c, text, options.published) for i, (c, _, text) in enumerate(phrasings)])
    if len(results) != len(phrasings):
        raise SystemExit('%d phrasings were sent and %d answers came back' % (len(phrasings), len(results)))
    tally, notes = collections.defaultdict(lambda: [0, 0, 0, 0]), []
    for (check, wrong, text), result in zip(phrasings, results):
        said = checks(result)
        hit = check in said if wrong else bool(said)
        tally[check][0 if wrong else 2] += 1
        tally[check][1 if wrong else 3] += hit
        if hit != wrong:
            notes.append('%s %s: %s%s' % ('missed' if wrong else 'alarm', check, text.replace('\n\n', ' | '),
                                          '' if wrong and not said else ' => %s' % said))
    print('%-24s %8s %8s %8s %8s %8s' % ('check', 'planted', 'found', 'recall', 'clean', 'alarms'))
    for check, (planted, found, clean, alarms) in tally.items():
        print('%-24s %8d %8d %8.3f %8d %8d' % (check, planted, found, found / planted, clean, alarms))
    if options.misses:
        print('\n'.join(notes))


if __name__ == '__main__':
    main()
