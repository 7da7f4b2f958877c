#!/usr/bin/env python3
"""dates_spec.py STET recognizers CASES.jsonl
dates_spec.py STET duckling CASES.json

Share of the cases of two rule libraries' own specifications that `stet stream` gets right: Recognizers-Text's
DateTimeModel, and Duckling's Time corpus. Both were written for assistants ("remind me ..."), stet for news, so classes
that news does not need stay low; they are named by the table.

A value of ours is compared as the stretch of time it covers. A range that we state as its two ends, as TimeML does,
counts as right when both ends are. Recognizers: all results of a case must be right and nothing else be found. The second
column writes months, weekdays and holidays with a capital, as news does; stet reads no "may" and "sun" in small letters."""
import collections
import datetime
import json
import re
import subprocess
import sys

NAMES = re.compile(r"\b(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|"
                   r"dec(ember)?|mon(day)?|tue(s(day)?)?|wed(nesday)?|thu(rs(day)?)?|fri(day)?|sat(urday)?|sun(day)?|christmas|"
                   r"easter|halloween|thanksgiving|labor|memorial|independence|new year|eve)(s?)\b")
D = datetime.datetime
DAY = datetime.timedelta(1)
PART = re.compile(r'(\d{4}-\d\d-\d\d)(T(?:MO|MI|AF|EV|NI|DT))')
CLOCK = re.compile(r'\d\d:\d\d(:\d\d)?')


def month_after(year, month, count=1):
    month += count - 1
    return D(year + month // 12, month % 12 + 1, 1)


def stretch(value):
    """(begin, end) of a TIMEX3 value; None for durations, sets, references and what is open."""
    try:
        if m := re.fullmatch(r'(\d{4})', value):
            return D(int(value), 1, 1), D(int(value) + 1, 1, 1)
        if m := re.fullmatch(r'(\d\d)', value):
            return D(int(value) * 100, 1, 1), D(int(value) * 100 + 100, 1, 1)
        if m := re.fullmatch(r'(\d{3})', value):
            return D(int(value) * 10, 1, 1), D(int(value) * 10 + 10, 1, 1)
        if m := re.fullmatch(r'(\d{4})-(\d\d)', value):
            return D(int(m[1]), int(m[2]), 1), month_after(int(m[1]), int(m[2]))
        if m := re.fullmatch(r'(\d{4})-Q(\d)', value):
            return month_after(int(m[1]), 3 * int(m[2]) - 2, 0), month_after(int(m[1]), 3 * int(m[2]) - 2, 3)
        if m := re.fullmatch(r'(\d{4})-H(\d)', value):
            return month_after(int(m[1]), 6 * int(m[2]) - 5, 0), month_after(int(m[1]), 6 * int(m[2]) - 5, 6)
        if m := re.fullmatch(r'(\d{4})-W(\d\d)(-WE)?', value):
            monday = D.fromisocalendar(int(m[1]), int(m[2]), 1)
            return (monday + 5 * DAY if m[3] else monday), monday + 7 * DAY
        if m := re.fullmatch(r'(\d{4}-\d\d-\d\d)', value):
            return D.fromisoformat(value), D.fromisoformat(value) + DAY
        if m := re.fullmatch(r'(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d))?', value):
            at = D.fromisoformat(m[1]) + datetime.timedelta(hours=int(m[2]), minutes=int(m[3]), seconds=int(m[4] or 0))
            return at, at
    except (ValueError, OverflowError):
        pass
    return None


def instant(text):
    text = (text or '').replace(' ', 'T')
    for candidate in (text, '2016-11-07T' + text):
        try:
            return D.fromisoformat(candidate)
        except ValueError:
            continue
    return None


def plain_timex(timex):
    """'T09' is 'T09:00'."""
    return re.sub(r'(T\d\d)$', r'\1:00', timex or '')


def agrees_with(value, facts):
    """One resolution of Recognizers against the facts that touch its words."""
    timex = plain_timex(value.get('timex'))
    if any(f['value'] == timex or (timex.startswith('T') and f['value'].endswith(timex)) for f in facts):
        return True
    parts = [PART.fullmatch(f['value']) for f in facts]
    if any(m and timex.endswith(m[2]) and (value.get('start') or '').startswith(m[1]) for m in parts):
        return True
    begin, end = instant(value.get('start')), instant(value.get('end'))
    at = instant(value.get('value'))
    spans = [s for s in (stretch(f['value']) for f in facts) if s]
    if CLOCK.fullmatch(value.get('start') or '') and end and len(spans) > 1:  # of no day
        return spans[0][0].time() == begin.time() and spans[-1][0].time() == end.time()
    if at:
        return any(s[0] == at for s in spans)
    if begin and end:
        if any(s == (begin, end) for s in spans):
            return True
        return len(spans) > 1 and spans[0][0] == begin and end in spans[-1]
    return False


def stream(stet, rows):
    data = '\n'.join(json.dumps(row) for row in rows) + '\n'
    out = subprocess.run([stet, 'stream'], input=data.encode(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout
    results = [json.loads(line) for line in out.decode().splitlines()]
    return [sorted((f for f in r.get('facts', []) if f['kind'] == 'date'), key=lambda f: f['range']) for r in results]


def capitalised(text):
    return NAMES.sub(lambda m: m.group().title(), text)


def class_of(result):
    kind = (result['type'] or 'none').split('.')[-1]
    values = result['values']
    if 'range' in kind and values and any(not (v.get('start') and v.get('end')) for v in values):
        return kind + ', open'
    if 'range' in kind and values and values[0].get('timex', '').startswith('('):
        return kind + ', two ends'
    return kind


def recognizers(stet, path):
    with open(path, encoding='utf-8') as f:
        cases = [json.loads(line) for line in f if line.strip()]
    table = collections.defaultdict(lambda: [0, 0, 0])
    for column, change in ((1, str), (2, capitalised)):
        rows = [{'id': str(i), 'text': change(c['text']), 'format': 'text', 'published': (c['ref'] or '2016-11-07')[:10]} for i, c in enumerate(cases)]
        for case, row, facts in zip(cases, rows, stream(stet, rows)):
            text = row['text']
            places = [(len(text[:r['start']].encode()), len(text[:r['end']].encode())) for r in case['results']]
            right = not case['results'] and not facts
            if case['results']:
                touching = [[f for f in facts if f['range'][0] < b and a < f['range'][1]] for a, b in places]
                right = all(any(agrees_with(v, t) for v in r['values']) for r, t in zip(case['results'], touching))
                right = right and sum(map(len, touching)) == len(facts)
            kinds = sorted({class_of(r) for r in case['results']}) or ['nothing to find']
            for name in ('all', ' + '.join(kinds) if len(kinds) == 1 else 'several kinds'):
                table[name][0] += column == 1
                table[name][column] += right
    return table


def duckling_value(value):
    """(begin, end or None) of the Haskell value, to the second; the grain is the word after it."""
    numbers = [tuple(map(int, re.findall(r'\d+', g))) for g in re.findall(r'\((\d+(?:, \d+){5}(?:\.\d+)?)\)', value)]
    grain = re.search(r'\)+ (\w+)', value)
    if not numbers or not grain:
        return None
    begin = D(*numbers[0][:6])
    if len(numbers) > 1:
        return begin, D(*numbers[1][:6])
    return begin, {'Year': lambda: D(begin.year + 1, 1, 1), 'Quarter': lambda: month_after(begin.year, begin.month, 3),
                   'Month': lambda: month_after(begin.year, begin.month), 'Week': lambda: begin + 7 * DAY,
                   'Day': lambda: begin + DAY}.get(grain[1], lambda: begin)()


def duckling(stet, path):
    with open(path, encoding='utf-8') as f:
        spec = json.load(f)
    cases = [(c['kind'] + (' (British)' if '/GB/' in c['file'] else ''), duckling_value(c['value']), s)
             for c in spec['cases'] for s in c['strings']]
    table = collections.defaultdict(lambda: [0, 0, 0])
    for column, change in ((1, str), (2, capitalised)):
        rows = [{'id': str(i), 'text': change(s), 'format': 'text', 'published': spec['context'][:10]} for i, (_, _, s) in enumerate(cases)]
        for (kind, wanted, _), facts in zip(cases, stream(stet, rows)):
            spans = [s for s in (stretch(f['value']) for f in facts) if s]
            right = wanted is not None and (any(s == wanted for s in spans) or (
                len(spans) > 1 and spans[0][0] == wanted[0] and wanted[1] in spans[-1]))
            for name in ('all', kind):
                table[name][0] += column == 1
                table[name][column] += right
    return table


def main():
    if len(sys.argv) != 4 or sys.argv[2] not in ('recognizers', 'duckling'):
        sys.exit(__doc__)
    table = {'recognizers': recognizers, 'duckling': duckling}[sys.argv[2]](sys.argv[1], sys.argv[3])
    print('%-28s %6s %8s %8s %12s' % (sys.argv[2], 'cases', 'right', 'share', 'capitalised'))
    for name, (total, right, capital) in sorted(table.items(), key=lambda row: -row[1][0]):
        print('%-28s %6d %8d %7.1f%% %11.1f%%' % (name, total, right, 100 * right / total, 100 * capital / total))


if __name__ == '__main__':
    main()
