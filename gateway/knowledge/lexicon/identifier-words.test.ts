import { describe, expect, it } from 'vitest';
import { identifierLabel, identifierWords, makeVocabulary, writtenOut } from './identifier-words.js';

const vocabulary = makeVocabulary([
  'Date of hire of the employee.',
  'Severity of the incident',
  'Whether the venue likes jazz',
]);
const words = (name: string) => identifierWords(name, vocabulary).join(' ');

describe('identifierWords', () => {
  it.each([
    // Every style of writing names.
    ['hire_date', 'hire date'],
    ['hireDate', 'hire date'],
    ['HireDate', 'hire date'],
    ['HIRE_DATE', 'hire date'],
    ['hire-date', 'hire date'],
    ['hire.date', 'hire date'],
    ['Hire Date', 'hire date'],
    ['__hire__date__', 'hire date'],
    ['userName2', 'user name2'],
    ['address2', 'address2'],
    ['customerID', 'customer id'],
    ['pricePaidUSD', 'price paid usd'],
    // Names run together, of the common words and of the catalog's own.
    ['hiredate', 'hire date'],
    ['pricepaid', 'price paid'],
    ['totalprice', 'total price'],
    ['starttime', 'start time'],
    ['saletime', 'sale time'],
    ['eventid', 'event id'],
    ['venueseats', 'venue seats'],
    ['incidentseverity', 'incident severity'],
    ['employeehiredate', 'employee hire date'],
    ['likejazz', 'like jazz'],
    // Short forms are written out.
    ['dept_emp', 'department employee'],
    ['emp_no', 'employee number'],
    ['qtysold', 'quantity sold'],
    ['numtickets', 'number tickets'],
    ['catgroup', 'category group'],
    ['all_stocks_5yr', 'all stocks five year'],
    ['firstname', 'first name'],
    ['lname', 'last name'],
    ['dob', 'birth date'],
    ['avg_amt', 'average amount'],
    ['cust_addr', 'customer address'],
    ['total_pct', 'total percent'],
    ['acc_bal', 'account balance'],
    // What does not split is one word.
    ['employees', 'employees'],
    ['holiday', 'holiday'],
    ['datestamp', 'datestamp'],
    ['begin', 'begin'],
    ['total', 'total'],
    ['a', 'a'],
    ['x1', 'x1'],
    ['', ''],
    ['__', ''],
  ])('the words of %j are %j', (name, expected) => expect(words(name)).toBe(expected));

  it('splits by the catalog’s own words only where it has them', () => {
    expect(identifierWords('jazzvenue', makeVocabulary([]))).toEqual(['jazzvenue']);
    expect(identifierWords('jazzvenue', makeVocabulary(['Where jazz is played.']))).toEqual([
      'jazz',
      'venue',
    ]);
  });

  it('does not split by short words of a comment, which are in nearly every name', () =>
    expect(identifierWords('hattable', makeVocabulary(['the hat and the table']))).toEqual(['hattable']));
});

describe('identifierLabel', () => {
  it.each([
    ['hire_date', 'hire date'],
    ['numtickets', 'number of tickets'],
    ['num_injuries', 'number of injuries'],
    ['no', 'number'],
    ['emp_no', 'employee number'],
  ])('says %s as “%s”', (name, label) => expect(identifierLabel(name, vocabulary)).toBe(label));
});

describe('writtenOut', () => {
  it('reads what people say as names are read', () => expect(writtenOut('max')).toBe('maximum'));
  it('leaves a denial as it is', () => expect(writtenOut('no')).toBe('no'));
});

describe('makeVocabulary', () => {
  it('has the words of three letters and more, in lower case, beside the common ones', () => {
    const own = makeVocabulary(['The Fraud of 2023, by ID']);
    expect(['fraud', 'the'].every((word) => own.has(word))).toBe(true);
    expect(['Fraud', 'by', '2023'].some((word) => own.has(word))).toBe(false);
    expect(own.has('venue')).toBe(true);
  });
});
