/** What the short forms in names stand for. */
const ABBREVIATIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    acc: 'account',
    acct: 'account',
    addr: 'address',
    amt: 'amount',
    avg: 'average',
    bal: 'balance',
    bldg: 'building',
    cal: 'calendar',
    cat: 'category',
    cd: 'code',
    cnt: 'count',
    crs: 'course',
    cust: 'customer',
    dept: 'department',
    desc: 'description',
    dob: 'birth date',
    dt: 'date',
    emp: 'employee',
    fname: 'first name',
    hrs: 'hours',
    inv: 'invoice',
    lang: 'language',
    len: 'length',
    lname: 'last name',
    firstname: 'first name',
    lastname: 'last name',
    lat: 'latitude',
    lng: 'longitude',
    loc: 'location',
    max: 'maximum',
    mgr: 'manager',
    min: 'minimum',
    nbr: 'number',
    no: 'number',
    nr: 'number',
    num: 'number',
    org: 'organization',
    pct: 'percent',
    pmt: 'payment',
    pop: 'population',
    prod: 'product',
    prof: 'professor',
    qtr: 'quarter',
    qty: 'quantity',
    ref: 'reference',
    src: 'source',
    stu: 'student',
    svc: 'service',
    tel: 'telephone',
    temp: 'temperature',
    tot: 'total',
    txn: 'transaction',
    univ: 'university',
    usr: 'user',
    vol: 'volume',
    yr: 'year',
    yrs: 'years',
    '5yr': 'five year',
  }),
);

/** Words that names are often run together from; a catalog's own words are added to them. */
const COMMON = (
  'address age amount begin birth buyer calendar category city code color commission cost count country date day ' +
  'department description discount email end event first group hour id last likes like limit list listing location ' +
  'maximum minimum minute month name number order owner paid pay percent person phone price product quantity rate ' +
  'rating region sale sales seat seats seller size sold start state status stock street tax team temperature ticket ' +
  'tickets time title total type unit user value venue version volume week weight year zip per qty num cat desc'
).split(' ');

/**
 * The words of a name: `hire_date`, `hireDate` and, where both halves are words, `hiredate` → `hire date`.
 * Short forms are written out.
 */
export function identifierWords(name: string, vocabulary: ReadonlySet<string>): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((part) => part !== '')
    .flatMap((part) => splitCompound(part.toLowerCase(), vocabulary))
    .flatMap((word) => (ABBREVIATIONS.get(word) ?? word).split(' '));
}

/** What a short form that a person says stands for, as names are read: "max" is "maximum". "No" is no number there. */
export function writtenOut(word: string): string {
  return word === 'no' ? word : (ABBREVIATIONS.get(word) ?? word);
}

/** A name as a person says it: `hire_date` is "hire date", `numtickets` is "number of tickets". */
export function identifierLabel(name: string, vocabulary: ReadonlySet<string>): string {
  const words = identifierWords(name, vocabulary);
  return words[0] === 'number' && words.length > 1
    ? ['number', 'of', ...words.slice(1)].join(' ')
    : words.join(' ');
}

/** Every word that occurs in the given texts, with the common words of names: what a compound may be made of. */
export function makeVocabulary(texts: Iterable<string>): Set<string> {
  const vocabulary = new Set(COMMON);
  for (const text of texts) {
    for (const word of text.toLowerCase().match(/[a-z]{3,}/g) ?? []) vocabulary.add(word);
  }
  return vocabulary;
}

/** Splits a run-together name into the fewest known words; a name that does not split is one word. */
function splitCompound(word: string, vocabulary: ReadonlySet<string>): string[] {
  if (ABBREVIATIONS.has(word)) return [word];
  const known = (part: string) => COMMON_SET.has(part) || (part.length >= 4 && vocabulary.has(part));
  let best: string[] = [word];
  for (let cut = 2; cut <= word.length - 2; cut++) {
    const head = word.slice(0, cut);
    const rest = word.slice(cut);
    if (!known(head) || (rest.length < 4 && !COMMON_SET.has(rest))) continue;
    if (known(rest)) return [head, rest];
    const tail = splitCompound(rest, vocabulary);
    if (tail.length > 1 && (best.length === 1 || tail.length + 1 < best.length)) best = [head, ...tail];
  }
  return best;
}

const COMMON_SET: ReadonlySet<string> = new Set(COMMON);
