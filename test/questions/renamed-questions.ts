/** A question of demo-questions.ts in the words of the renamed catalogs: it has the same rows. */
export interface RenamedQuestion {
  /** The id of the demo question. */
  readonly like: string;
  readonly question: string;
  /** Nothing in the catalog tells its readings apart: to be asked which one is meant is right as well. */
  readonly mayAsk?: boolean;
}

/** The example questions of the README, but for the weather, which is no database's. */
export const renamedExamples: readonly RenamedQuestion[] = [
  { like: 'sales/count', question: 'How many deals are there?' },
  { like: 'sales/commission-2008', question: 'What was the total fee for the deals in the year 2008?' },
  { like: 'legal/frauds-2023', question: 'How many scams occurred in the year 2023?' },
  { like: 'legal/policies-this-year', question: 'How many losses were reported this year?' },
  { like: 'legal/policies-this-year-none', question: 'How many losses were reported this year?' },
  { like: 'hr/birthday-this-month', question: 'Name all persons with day of birth this month' },
  { like: 'hr/hired-before-1990', question: 'How many persons joined before 1990?' },
  {
    like: 'finance/best-and-worst-may-2013',
    question: 'Which security performed the best and the worst in May of 2013?',
  },
  {
    like: 'finance/volume-july-2013',
    question: 'What is the average number of shares traded in July of 2013?',
  },
];

export const renamedNeighbours: readonly RenamedQuestion[] = [
  { like: 'hr/joined-1991', question: 'How many persons have a join day in 1991?' },
  { like: 'hr/hired-after-1995', question: 'number of people who came on board after 1995' },
  { like: 'hr/by-gender', question: 'count persons by sex' },
  { like: 'hr/women', question: 'How many ladies are there?' },
  { like: 'hr/men-1990', question: 'How many gentlemen joined in 1990?' },
  { like: 'hr/employees', question: 'How many persons are there?' },
  { like: 'hr/departments-count', question: 'How many organisational units are there?' },
  { like: 'hr/salary-average', question: 'What is the average yearly pay?' },
  { like: 'hr/salary-highest', question: 'What is the highest yearly pay?' },
  { like: 'hr/salary-by-department', question: 'average yearly pay by organisational unit' },
  { like: 'hr/salary-by-gender', question: 'average compensation by sex' },
  { like: 'hr/salary-by-title', question: 'average remuneration for each job name' },
  { like: 'hr/salary-top-10', question: 'top 10 persons by yearly pay' },
  { like: 'hr/by-title', question: 'how many persons by job name' },
  { like: 'hr/hires-per-year', question: 'How many persons joined each year?' },
  { like: 'hr/born-1953', question: 'Which persons were born in 1953?' },
  { like: 'sales/commission-june', question: 'total fee in june 2008' },
  { like: 'sales/commission-by-month', question: 'total fee per month in 2008' },
  { like: 'sales/revenue-2008', question: 'What were the total takings in 2008?' },
  { like: 'sales/price-highest', question: "What's the highest amount paid?" },
  { like: 'sales/revenue-by-quarter', question: 'proceeds by quarter' },
  { like: 'sales/events-top-revenue', question: 'What are the top 5 happenings by proceeds?' },
  { like: 'sales/revenue-by-category', question: 'Proceeds by kind name' },
  { like: 'sales/events-by-category', question: 'how many happenings are there for each kind' },
  { like: 'sales/venues-new-york', question: 'How many locations are in New York City?' },
  { like: 'sales/venues-over-70000', question: 'Which locations have more than 70000 seats?' },
  { like: 'sales/users-by-state', question: 'patrons by home region' },
  { like: 'sales/users-jazz', question: 'How many patrons enjoy jazz?' },
  { like: 'sales/revenue-wicked', question: 'What were the total takings from Wicked?' },
  { like: 'finance/volume-aapl-2015', question: 'average shares traded for AAPL in 2015' },
  { like: 'finance/close-aapl-2015', question: 'What was the highest final price of AAPL in 2015?' },
  { like: 'finance/best-2014', question: 'best performing security in 2014' },
  { like: 'finance/stocks', question: 'How many securities are there?' },
  { like: 'finance/close-msft-by-year', question: 'average final price of MSFT by year' },
  { like: 'finance/volume-by-stock', question: 'average shares traded by ticker in July 2013' },
  { like: 'legal/frauds', question: 'Number of scams' },
  { like: 'legal/frauds-by-state', question: 'how many scams per issued in state?' },
  { like: 'legal/claims-by-severity', question: 'how many losses by damage grade', mayAsk: true },
  { like: 'legal/claims-per-type', question: 'losses per loss kind' },
  { like: 'legal/amount-average', question: 'average whole amount' },
  { like: 'legal/amount-by-severity', question: 'What is the average settlement by damage grade?' },
  { like: 'legal/injuries-more-than-2', question: 'How many losses had more than 2 people hurt?' },
  { like: 'legal/customers-los-angeles', question: 'how many insured parties live in Los Angeles' },
  { like: 'legal/customers-by-education', question: 'insured parties by schooling' },
  { like: 'legal/premium-by-state', question: 'average yearly rate by state issued in' },
  { like: 'legal/claims-last-month', question: 'How many losses were reported last month?' },
];
