#!/usr/bin/env python3
"""dates_planted.py STET ARTICLES.ndjson [--seed N] [--misses N]

Plants one contradiction at a time into clean articles and asks STET (with `stet stream`) for them. ARTICLES.ndjson holds
what `stet stream` reads: {"id", "text", "published"?}. Prints per check how many contradictions were planted in
place (the article's own words were changed) or as a sentence of their own, how many were found, and the recall; then
the findings on the articles as they were, which are false alarms unless an article is wrong by itself.

A contradiction counts as found when a finding of that check, or one of its related places, touches the planted words.
--misses N prints the first N that were not found. The same seed plants the same contradictions."""
import argparse
import collections
import datetime
import json
import random
import re
import subprocess

MONTHS = ('January February March April May June July August September October November December').split()
DAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split()
NUMBER = ('zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen '
          'seventeen eighteen nineteen twenty').split()
NAMES = ['Ida Holm', 'Per Lunde', 'Nora Vale', 'Jonas Weir', 'Mara Quill', 'Tom Harker', 'Lena Brook', 'Otto Senn']
TOWNS = ['Lundmouth', 'Weirford', 'Halebridge', 'Quillham', 'Vale End', 'Harkerton', 'Port Senn']
THINGS = ['books', 'lanterns', 'boats', 'chairs', 'tickets', 'sheep']
MONTH = '|'.join(MONTHS)
FULL = re.compile(r'(?<![\w,] )\b(%s) (\d{1,2}), ((?:19|20)\d\d)\b' % MONTH)
DAY_MONTH = re.compile(r'\b(\d{1,2}) (%s) ((?:19|20)\d\d)\b' % MONTH)
MONTH_DAY = re.compile(r'\b(on|On|by|until|since|before|after) (%s) (\d{1,2})\b(?!, \d)(?=[.,;])' % MONTH)
YEARS = re.compile(r'\b(from|From) ((?:19|20)\d\d) (to|until) ((?:19|20)\d\d)\b')


def word_or_figure(random_, n):
    return NUMBER[n] if n <= 12 and random_.random() < .7 else str(n)


def shown(random_, day, year=True):
    month = MONTHS[day.month - 1]
    if random_.random() < .5:
        return '%s %d%s' % (month, day.day, ', %d' % day.year if year else '')
    return '%d %s%s' % (day.day, month, ' %d' % day.year if year else '')


def any_day(random_, first=2000, last=2024):
    return datetime.date(random_.randint(first, last), random_.randint(1, 12), random_.randint(1, 28))


def exists(year, month, day):
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def replaced(text, match, new):
    return text[:match.start()] + new + text[match.end():], match.start(), match.start() + len(new)


# In place: (random, text, published) -> (text, begin, end) or None.

def weekday_without_year(r, text, published):
    """A wrong weekday before a day and month within two weeks of publication."""
    found = [m for m in MONTH_DAY.finditer(text)]
    r.shuffle(found)
    for m in found:
        date = exists(published.year, MONTHS.index(m.group(2)) + 1, int(m.group(3)))
        if date and abs((date - published).days) <= 14:
            wrong = DAYS[(date.weekday() + r.randint(1, 6)) % 7]
            return replaced(text, m, '%s %s, %s %s' % (m.group(1), wrong, m.group(2), m.group(3)))
    return None


def weekday_in_place(r, text, published):
    if published and (done := weekday_without_year(r, text, published)):
        return done
    found = [m for m in FULL.finditer(text)] + [m for m in DAY_MONTH.finditer(text)]
    r.shuffle(found)
    for m in found:
        if re.search(r'(%s),? *$' % '|'.join(DAYS), text[:m.start()]):
            continue
        month_first = m.group(1) in MONTHS
        month, day = (m.group(1), m.group(2)) if month_first else (m.group(2), m.group(1))
        date = exists(int(m.group(3)), MONTHS.index(month) + 1, int(day))
        if date and date.year > 1923:
            wrong = DAYS[(date.weekday() + r.randint(1, 6)) % 7]
            return replaced(text, m, '%s, %s' % (wrong, m.group()))
    return None


def impossible_in_place(r, text, _):
    found = [m for m in FULL.finditer(text)] + [m for m in MONTH_DAY.finditer(text)]
    r.shuffle(found)
    for m in found:
        parts = m.groups()
        at = 0 if parts[0] in MONTHS else 1
        short = r.choice(['April', 'June', 'September', 'November', 'February'])
        day = 30 if short == 'February' and r.random() < .5 else 31
        if at == 0:
            return replaced(text, m, '%s %d, %s' % (short, day, parts[2]))
        return replaced(text, m, '%s %s %d' % (parts[0], short, day))
    return None


def range_in_place(r, text, _):
    m = YEARS.search(text)
    if m and int(m.group(2)) < int(m.group(4)) and r.random() < .8:
        return replaced(text, m, '%s %s %s %s' % (m.group(1), m.group(4), m.group(3), m.group(2)))
    found = [m for m in MONTH_DAY.finditer(text) if m.group(1) in ('on', 'On') and 2 <= int(m.group(3)) <= 28]
    if not found:
        return None
    m = r.choice(found)
    later = int(m.group(3))
    return replaced(text, m, '%s %s %d-%d' % (m.group(1), m.group(2), later, r.randint(1, later - 1)))


LIST = re.compile(r'\b(two|three|four|five|six)((?: [a-z]+){1,2}s: (?:[A-Z][a-z]+(?: [A-Z][a-z]+)?(?:, (?:and )?| and )){1,8}'
                  r'[A-Z][a-z]+(?: [A-Z][a-z]+)?\.)')


def count_in_place(r, text, _):
    m = LIST.search(text)
    if not m:
        return None
    wrong = NUMBER[NUMBER.index(m.group(1)) + r.choice([1, 2])]
    return replaced(text, m, wrong + m.group(2))


# A sentence of its own: (random, published) -> text.

def weekday_added(r, published):
    day = any_day(r)
    if published and r.random() < .5:
        near = published + datetime.timedelta(days=r.randint(-10, 10))
        wrong = DAYS[(near.weekday() + r.randint(1, 6)) % 7]
        return 'The choir of %s sings on %s, %s.' % (r.choice(TOWNS), wrong, shown(r, near, False))
    wrong = DAYS[(day.weekday() + r.randint(1, 6)) % 7]
    return r.choice(['The mill was sold on {0}, {1}.', 'It had opened on {0}, {1}, in the rain.',
                     '{0}, {1}, was the day of the flood.', 'They met on {0} {1} at noon.', 'It closed on {1}, a {0}.',
                     'The date in the register is {1} ({0}).', 'The wedding was on {0} ({1}).']).format(wrong, shown(r, day))


def impossible_added(r, _):
    month = r.choice(['April', 'June', 'September', 'November'])
    return r.choice(['The permit runs out on 31 {0}.', 'The bridge was closed on {0} 31, {1}.',
                     'They had promised to answer by {0} 31st.', 'The last ferry sailed on February 30, {1}.',
                     'The register says {1}-02-30 instead.', 'He signed it on the 31st of {0}.',
                     'The lease began on {0} 31st, {1}.', 'The date on the form is 31/04/{1}.',
                     'It was sold on Feb. 30, {1}.', 'Between 29 and 31 {0} {1} nobody came.']).format(month, r.randint(1950, 2024))


def range_added(r, _):
    year = r.randint(1950, 2015)
    month, a = r.choice(MONTHS), r.randint(10, 28)
    return r.choice(['She was mayor from {1} to {0}.', 'He led the choir ({1}-{0}).',
                     'The school was open between {1} and {0}.', 'The fair runs {2} {3}-{4}.',
                     'The camp was held from {3} {2} {1} to {4} {2} {1}.', 'The fair runs from {2} {3} to {2} {4}.',
                     'It is shut from {3} {2} to {4} {2}.', 'Rooms are free {3}-{4} {2} {0}.',
                     'From {3} to {4} {2} {0} he was away.', 'It was built in {1}-{0}.']).format(
                         year, year + r.randint(2, 9), month, a, a - r.randint(1, 9))


def count_added(r, _):
    n = r.randint(3, 6)
    wrong = n + r.choice([-1, 1, 2])
    kind = r.randint(0, 7)
    if kind > 2:
        towns = r.sample(TOWNS, n)
        names = '%s and %s' % (', '.join(towns[:-1]), towns[-1])
        listed = '\n'.join('%d. Keep the %s dry' % (i + 1, THINGS[i % 6]) for i in range(n))
        return [None, None, None, 'Here are %s ways to save the mill:\n%s' % (word_or_figure(r, wrong), listed),
                'The union sent a list of %s demands:\n%s' % (word_or_figure(r, wrong), listed.replace('1. ', '1. Please: ')),
                '%s towns - %s - will join.' % (NUMBER[wrong].capitalize(), names),
                'The line links %s towns (%s).' % (NUMBER[wrong], names),
                'The %s winners are %s and %s.' % (NUMBER[wrong], ', '.join(NAMES[:n - 1]), NAMES[n - 1])][kind]
    if kind == 0:
        towns = r.sample(TOWNS, n)
        return 'The line will serve %s towns: %s and %s.' % (NUMBER[wrong], ', '.join(towns[:-1]), towns[-1])
    items = ['Keep the %s dry' % THINGS[i % 6] for i in range(n)]
    if kind == 1:
        return 'The council presented a %s-point plan:\n%s' % (word_or_figure(r, wrong), '\n'.join('- ' + i for i in items))
    return 'It has the following %s rules:\n\n%s' % (word_or_figure(r, wrong), '\n'.join('- ' + i for i in items))


def total_added(r, _):
    a, b = r.randint(3, 12), r.randint(3, 12)
    kind = r.randint(0, 9)
    wrong = a + b + r.choice([-2, -1, 1, 2])
    if kind > 4:
        more, less = max(a, b), min(a, b)
        return [None, None, None, None, None,
                '%d people were on board: %s men and %s women.' % (wrong, word_or_figure(r, a), word_or_figure(r, b)),
                'The %d passengers - %d men and %d women - were saved.' % (wrong, a, b),
                'Of the %d passengers, %d were men and %d were women.' % (a + b - r.randint(1, 2), a, b),
                '%d men and %d women, %d people in all, were saved.' % (a, b, wrong),
                'By %d votes to %d the %d-member council kept the pier.' % (more, less, a + b - r.randint(1, 2))][kind]
    if kind == 0:
        return 'The ferry carried %d people, %s men and %s women.' % (a + b + r.choice([-2, -1, 1, 2]), word_or_figure(r, a),
                                                                     word_or_figure(r, b))
    if kind == 1:
        return 'The fire hurt %d people, including %d women and %d children.' % (a + b - r.randint(1, 2), a, b)
    if kind == 2:
        lose = min(a, b)
        return 'The %d-member council voted %d-%d to keep the pier.' % (a + b - r.randint(1, 2), a + b - lose, lose)
    if kind == 3:
        return '%s sold %d %s and %s sold %d, for a total of %d.' % (NAMES[0], a * 10, THINGS[a % 6], NAMES[1], b * 7,
                                                                    a * 10 + b * 7 + r.choice([-10, 3, 10]))
    return 'The crew rescued %d people (%s men and %s women).' % (a + b + r.choice([-1, 1, 3]), word_or_figure(r, a),
                                                                 word_or_figure(r, b))


def percent_added(r, _):
    a = r.randint(4, 40) * 10
    b = a + r.choice([-1, 1]) * r.randint(1, a // 20) * 10 if a >= 40 else a + 20
    true = abs(b - a) / a * 100
    wrong = round(true + r.choice([-1, 1]) * max(5, true * .3))
    wrong = wrong if wrong > 0 else round(true + 8)
    verb = 'rose' if b > a else 'fell'
    kind = r.randint(0, 5)
    if kind > 2:
        return [None, None, None, 'Membership %s by %d percent, from %d to %d.' % (verb, wrong, a, b),
                'Membership %s from %d in 2010 to %d now, a change of %d%%.' % (verb, a, b, wrong),
                'That was a %d percent change from %d to %d boats.' % (wrong, a, b)][kind]
    if kind == 0:
        return 'Membership %s from %d to %d, or %d percent.' % (verb, a, b, wrong)
    if kind == 1:
        return 'Catches %s %d%% to %d tons from %d tons.' % (verb, wrong, b, a)
    n = r.randint(20, 60)
    k = r.randint(5, n - 5)
    off = round(k / n * 100) + r.choice([-9, -6, 6, 9])
    return 'Of the boats, %d of %d hulls, or %d percent, were sound.' % (k, n, max(1, off))


def age_added(r, published):
    name, age = r.choice(NAMES), r.randint(21, 70)
    if published and r.random() < .3:
        return '%s, %d, was born in %d and still sails.' % (name, age, published.year - age - r.randint(3, 9))
    second = age + r.choice([-3, -2, -1, 1, 2])
    return r.choice(['{0}, {1}, of Weirford found the boat. The owner thanked {0}, {2}, in the end.',
                     '{0}, {1}, runs the mill. The {2}-year-old {0} bought it last.',
                     '{0} ({1}) found the boat. "It was late," said {3}, {2}.',
                     '{0}, aged {1}, found the boat. The {2}-year-old {3} had been out all night.',
                     'The boat was found by {0}, {1}. The owner thanked {0}, {2}, in the end.']).format(
                         name, age, second, name.split()[1])


def future_added(r, published):
    if not published:
        return None
    day = published + datetime.timedelta(days=r.randint(3, 400))
    return r.choice(['The fair was held on {0}.', 'The old captain died on {0}.', 'The strike began on {0}.',
                     'The pier was opened on {0}.']).format(shown(r, day))


def past_added(r, published):
    if not published:
        return None
    day = published - datetime.timedelta(days=r.randint(3, 400))
    return r.choice(['The fair will be held on {0}.', 'The next vote will take place on {0}.',
                     'The pier will open to visitors on {0}.', 'The hearing is scheduled for {0}.']).format(shown(r, day))


def duration_added(r, published):
    kind = r.randint(0, 2)
    if kind == 0 or not published:
        n = r.randint(20, 60)
        return ('Holm called the plan to reconsider decommissioning in %d years unacceptable. "In %d years nobody will talk '
                'about decommissioning," she said.' % (n, n + r.choice([-1, 1])))
    if kind == 1:
        n = r.randint(10, 40)
        return r.choice(['The {0}-day strike cost much. Nobody remembers why the {1}-day strike began.',
                         'The strike lasted {0} days. Nobody remembers why the {1}-day strike began.']).format(
                             n, n + r.choice([-2, 1, 3]))
    years = r.randint(6, 40)
    return 'The mill burned down %d years ago, in %d.' % (years, published.year - years - r.choice([-5, 6, 9]))


def order_added(r, published):
    day, n = any_day(r), r.randint(2, 8)
    if published and r.random() < .3:
        wrong = published + datetime.timedelta(days=r.choice([-4, -3, 3, 4]))
        return 'The ferry stays in port today, %s.' % shown(r, wrong)
    second = day + datetime.timedelta(days=n + r.choice([2, 3, 4]))
    return r.choice(['The ship left on %s. %s days later, on %s, it was found.',
                     'The trial began on %s and ended %s days later, on %s.',
                     'The ship left on %s. It was found %s days later (%s).']) % (
                         shown(r, day), NUMBER[n].capitalize(), shown(r, second))


def numeric_added(r, _):
    a = r.randint(1, 12)
    b = r.choice([x for x in range(1, 13) if x != a])
    return 'The lease was signed on %02d/%02d/%d.' % (a, b, r.randint(1990, 2024))


def zone_added(r, _):
    hour = r.randint(1, 11)
    return r.choice(['The launch is at {0} p.m. EST ({1:02d}00 GMT).', 'The clock there runs at UTC+{2}.',
                     'The talk begins at {0} p.m. EDT on January 9.']).format(hour, (hour + 17 + 3) % 24, r.randint(15, 19))


def headline_planted(r, text, _):
    n = r.randint(3, 12)
    head = r.choice(['%s killed in mill fire', '%s dead after ferry sinks', 'Mill fire kills %s']) % word_or_figure(r, n)
    body = r.choice(['The fire killed %s people, the police said.', '%s people were killed, the police said.',
                     '%s people died on the pier on Friday.']) % word_or_figure(r, n + r.choice([-1, 1]))
    return head[0].upper() + head[1:], body[0].upper() + body[1:]


IN_PLACE = {'weekday-mismatch': weekday_in_place, 'impossible-date': impossible_in_place, 'range-reversed': range_in_place,
            'count-mismatch': count_in_place}
ADDED = {'weekday-mismatch': weekday_added, 'impossible-date': impossible_added, 'range-reversed': range_added,
         'count-mismatch': count_added, 'total-mismatch': total_added, 'percent-mismatch': percent_added,
         'age-mismatch': age_added, 'future-as-past': future_added, 'past-as-future': past_added,
         'duration-mismatch': duration_added, 'order-contradiction': order_added, 'ambiguous-numeric-date': numeric_added,
         'timezone-impossible': zone_added}


def with_paragraph(r, text, words):
    """`words` as a paragraph of its own, not before the second line, which may be a dateline."""
    breaks = [m.start() for m in re.finditer(r'\n+(?=[A-Z“"])', text)][1:] or [len(text)]
    at = r.choice(breaks)
    return text[:at] + '\n\n' + words + '\n\n' + text[at:].lstrip('\n'), at + 2, at + 2 + len(words)


def plant(r, article):
    """Yields (check, kind, text, begin, end) of one article: every check in place if it can be, and one sentence added."""
    text = article['text']
    try:
        published = datetime.date.fromisoformat(article.get('published', '')[:10])
    except ValueError:
        published = None
    for check, change in IN_PLACE.items():
        done = change(r, text, published)
        if done:
            yield (check, 'in place') + done
    for check, make in ADDED.items():
        words = make(r, published)
        if words:
            yield (check, 'added') + with_paragraph(r, text, words)
    if not re.search(r'\b(killed|dead|died|deaths?)\b', text):
        head, body = headline_planted(r, text, published)
        new = head + '\n\n' + body + '\n\n' + text
        yield 'number-disagreement', 'added', new, 0, len(head)


def stream(stet, rows):
    data = '\n'.join(json.dumps(row, ensure_ascii=False) for row in rows) + '\n'
    out = subprocess.run([stet, 'stream'], input=data.encode(), stdout=subprocess.PIPE, check=False).stdout
    return [json.loads(line) for line in out.decode().splitlines()]


def findings(result):
    return [f for f in result.get('findings', []) if f['plugin'] == 'org.stet.date-consistency']


def touches(text, finding, begin, end):
    first, last = len(text[:begin].encode()), len(text[:end].encode())
    return any(a < last and first < b for a, b in [finding['range']] + finding.get('related', []))


def report(tally, misses, limit):
    print('%-24s %8s %8s %8s %8s %8s' % ('check', 'in place', 'found', 'added', 'found', 'recall'))
    for check in sorted({c for c, _ in tally}):
        a, b = tally[check, 'in place'], tally[check, 'added']
        print('%-24s %8d %8d %8d %8d %8.3f' % (check, a[0], a[1], b[0], b[1], (a[1] + b[1]) / (a[0] + b[0])))
    for line in misses[:limit]:
        print('missed', line)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('stet')
    parser.add_argument('articles')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--misses', type=int, default=0)
    options = parser.parse_args()
    r = random.Random(options.seed)
    with open(options.articles, encoding='utf-8') as f:
        articles = [json.loads(line) for line in f if line.strip()]
    planted, rows = [], []
    for article in articles:
        for check, kind, text, begin, end in plant(r, article):
            planted.append((check, kind, text, begin, end))
            rows.append({'id': str(len(rows)), 'text': text, 'format': 'text', **{k: article[k] for k in ('published',) if k in article}})
    tally, misses = collections.defaultdict(lambda: [0, 0]), []
    for (check, kind, text, begin, end), result in zip(planted, stream(options.stet, rows)):
        found = any(f['check'] == check and touches(text, f, begin, end) for f in findings(result))
        tally[check, kind][0] += 1
        tally[check, kind][1] += found
        if not found:
            misses.append('%s (%s): %s' % (check, kind, text[max(0, begin - 40):end + 20].replace('\n', ' / ')))
    report(tally, misses, options.misses)
    alarms = collections.Counter()
    noisy = set()
    for result in stream(options.stet, articles):
        for f in findings(result):
            alarms[f['check']] += 1
            if f['check'] != 'relative-without-anchor':
                noisy.add(result['id'])
    print('as they were: %d articles, %d with a finding other than relative-without-anchor: %s' %
          (len(articles), len(noisy), dict(sorted(alarms.items()))))


if __name__ == '__main__':
    main()
