import type { Token } from '../../../knowledge/text/tokenize.js';

/** Words that relate things to one another and add nothing to what a question's names say. */
const RELATING = new Set(
  (
    'belong belongs belonging own owns owned owning contain hold holds held holding include includes including involve ' +
    'involves involved offer offers offered offering use uses used using teach teaches taught teaching take takes taken ' +
    'taking study studies studied enroll enrolls enrolled work works worked working live lives lived living located ' +
    'locate come comes came go goes went gone make makes made making produce produces produced buy buys bought order ' +
    'ordered purchase purchased purchases sell sells sold give gives given get gets got receive receives received ' +
    'participate participated participates participating attend attends attended attending play plays played playing ' +
    'win wins won winning associated related corresponding assigned affiliated employed hired managed manages manage ' +
    'supervised advise advises advised written writes wrote write published directed direct directs created create ' +
    'registered register recorded placed placing stay stayed stays treat treated treats visit visited visits serve ' +
    'served serves serving run runs running provide provided provides supply supplied supplies issued issue issues pay ' +
    'pays paid spend spends spent done doing put puts called named titled shown listed present available total ' +
    'appear appears appeared reviewed rated performed perform performs hosted host hosts led lead leads following ' +
    'either various respective specific different same having times time ' +
    'correspond corresponds correspondingly accessible require requires required need needs needed relate relates belonging ' +
    'sing sings sang sung operate operates operated operating associate associates complete completes completed ' +
    'accommodate accommodates charge responsible consisting ' +
    'happen happened exist exists existing lie lies consist consists comprise comprises ' +
    'claimed claim claims prescribed prescribe prescribes trained train trains undergo undergone carry carried ' +
    'considered known keep kept rented rent rents booked book books departing arriving depart arrive departs arrives'
  ).split(' '),
);

/** Verbs of being there at all. */
const USE = new Set(
  'use used uses using appear appears appeared occur occurs occurring listed found'.split(' '),
);

export function isUse(word: string): boolean {
  return USE.has(word);
}

/** Verbs that ask for something, where a sentence starts with them. */
const REQUESTS = new Set(
  'sort order report output compute calculate retrieve identify select provide present print determine state describe count'.split(
    ' ',
  ),
);

/** Whether a word is one of those that relate things, whatever it could name as well. */
export function isRelating(word: string): boolean {
  return RELATING.has(word);
}

export function isRequest(token: Token): boolean {
  return REQUESTS.has(token.lower);
}

/** Whether a word that names nothing only relates what is named. */
export function isVerb(token: Token): boolean {
  return (
    token.kind === 'word' && !token.proper && (RELATING.has(token.lower) || /(ed|ing)$/.test(token.lower))
  );
}

/** Words that change nothing of what is asked, wherever they stand. */
const EMPTY = new Set(
  (
    'primarily presently individually overall yet already normally usually specifically possible possibly actually ' +
    'simply kindly please whatsoever still namely currently again corresponding respective respectively various'
  ).split(' '),
);

export function isEmpty(word: string): boolean {
  return EMPTY.has(word);
}
