#!/usr/bin/env python3
"""What tests/bench/quotes.sh scores, in the records that eval_quotes.py reads (offsets in code points).

quotes_predict.py floor GOLD            matching marks; the nearest name or pronoun outside of them speaks
quotes_predict.py speed INPUT WITH WITHOUT
                                        MB/s of the plugin: the time of the program WITH it less that WITHOUT"""
import json
import os
import re
import subprocess
import sys

MARKED = re.compile(r'“[^“”\n]+”|"[^"\n]+"|\'\'[^\n]+?\'\'')
NAME = re.compile(r"\b(?:[A-Z][\w’-]+(?: [A-Z]\.)?(?: [A-Z][\w’-]+)+|[Hh]e|[Ss]he|[A-Z][a-z]{3,})\b")


def read(path):
    with open(path, encoding='utf-8') as lines:
        return [json.loads(line) for line in lines if line.strip()]


def nearest(text, names, begin, end):
    def distance(name):
        return begin - name.end() if name.end() <= begin else name.start() - end
    near = [n for n in names if n.end() <= begin or n.start() >= end]
    return min(near, key=distance).group() if near else None


def names_of(text, inside):
    """Full names, pronouns, and words that are the last of some full name."""
    found = [n for n in NAME.finditer(text) if not any(b <= n.start() < e for b, e in inside)]
    surnames = {n.group().split()[-1] for n in found if ' ' in n.group()}
    return [n for n in found if ' ' in n.group() or n.group() in surnames or n.group().lower() in ('he', 'she')]


def floor(gold):
    for document in gold:
        text, quotes = document['text'], []
        marked = list(MARKED.finditer(text))
        inside = [m.span() for m in marked]
        names = names_of(text, inside)
        for mark in marked:
            begin, end = mark.span()
            words = len(mark.group().split())
            whole = mark.group()[-2:-1] in '.,!?' and words > 2
            quotes.append({'start': begin, 'end': end, 'text': mark.group(),
                           'type': 'direct' if whole or words > 4 else 'mixed', 'marked': [[begin, end]],
                           'speaker': nearest(text, names, begin, end), 'speaker_resolved': None})
        yield {'id': document['id'], 'text': text, 'quotes': quotes}


def seconds(program, path):
    """The least processor time of several runs."""
    best = None
    for _ in range(5):
        with open(path, 'rb') as source:
            before = os.times()
            subprocess.run([program, 'stream', '--in-process'], stdin=source, stdout=subprocess.DEVNULL, check=True)
        after = os.times()
        spent = after.children_user - before.children_user + after.children_system - before.children_system
        best = spent if best is None else min(best, spent)
    return best


def speed(path, with_plugin, without):
    size = sum(len(row['text'].encode()) for row in read(path))
    whole, rest = seconds(with_plugin, path), seconds(without, path)
    print('speed: %.1f MB/s for the plugin, %.1f MB/s with the program around it (%.2f MB of text)'
          % (size / 1e6 / max(whole - rest, 1e-3), size / 1e6 / whole, size / 1e6))


def main():
    command, paths = sys.argv[1], sys.argv[2:]
    if command == 'speed':
        speed(*paths)
        return
    for row in floor(read(paths[0])):
        print(json.dumps(row, ensure_ascii=False))


if __name__ == '__main__':
    main()
