import { questionsOf } from './question.js';

const NOW = `to_date = '9999-01-01'`;
const STOCKS = 'all_stocks_5yr';

/** Short, long, careless and polite: as people type who have no idea of the tables. */
export const spokenQuestions = [
  ...questionsOf('sales', [
    ['spoken-count', 'sales count pls', 'select count(*) from sales'],
    ['spoken-city-each', 'List the city of each venue', 'select venuecity from venue'],
    [
      'spoken-polite',
      'Could you please tell me how many tickets were sold in total during the month of May 2008?',
      `select sum(qtysold) from sales where month(saletime) = 5 and year(saletime) = 2008`,
    ],
    [
      'spoken-commission-q3',
      'commission q3 2008',
      `select sum(commission) from sales where quarter(saletime) = 3 and year(saletime) = 2008`,
    ],
    [
      'spoken-between-dates',
      'total commission between 2008-02-01 and 2008-02-14',
      `select sum(commission) from sales where saletime >= '2008-02-01' and saletime < '2008-02-15'`,
    ],
    [
      'spoken-on-day',
      'how many sales did we have on 4 July 2008?',
      `select count(*) from sales where saletime::date = '2008-07-04'`,
    ],
    [
      'spoken-bottom-3',
      'the 3 smallest venues by number of seats',
      'select venuename from venue order by venueseats limit 3',
      { ordered: true, wider: true },
    ],
    [
      'spoken-musicals',
      'how many musicals are there?',
      `select count(*) from event join category using (catid) where catname = 'Musicals'`,
    ],
    [
      'spoken-texas',
      'users from TX who like rock',
      [
        `select count(*) from users where state = 'TX' and likerock`,
        `select firstname, lastname from users where state = 'TX' and likerock`,
      ],
    ],
    ['spoken-state-venues', 'number of venues by state', 'select venuestate, count(*) from venue group by 1'],
    [
      'spoken-price-range',
      'cheapest and most expensive price per ticket',
      'select min(priceperticket), max(priceperticket) from listing',
    ],
    ['spoken-listed', 'How many tickets were listed in total?', 'select sum(numtickets) from listing'],
    ['spoken-days', 'how many holidays are in the calendar', 'select count(*) from date where holiday'],
    [
      'spoken-weekly',
      'number of sales per week',
      [
        `select date_trunc('week', saletime), count(*) from sales group by 1`,
        'select week, count(*) from sales join date using (dateid) group by 1',
        'select week(saletime), count(*) from sales group by 1',
      ],
    ],
  ]),
  ...questionsOf('hr', [
    ['spoken-headcount', 'total employees', 'select count(*) from employees'],
    [
      'spoken-newest',
      'who joined last?',
      'select first_name, last_name from employees order by hire_date desc limit 1',
    ],
    [
      'spoken-90s',
      'people hired in the 90s, how many?',
      'select count(*) from employees where year(hire_date) between 1990 and 1999',
    ],
    [
      'spoken-women-joined',
      'Number of women who joined in 1995 or later',
      `select count(*) from employees where gender = 'F' and hire_date >= '1995-01-01'`,
    ],
    [
      'spoken-pay-range',
      'what are the lowest and the highest salaries?',
      `select min(salary), max(salary) from salaries where ${NOW}`,
    ],
    [
      'spoken-development',
      "what's the average salary in Development",
      `select avg(salary) from salaries s join dept_emp d on d.emp_no = s.emp_no and d.${NOW}
       join departments using (dept_no) where s.${NOW} and dept_name = 'Development'`,
    ],
    [
      'spoken-staff-title',
      'number of staff with the title Senior Staff',
      `select count(*) from titles where ${NOW} and title = 'Senior Staff'`,
    ],
    [
      'spoken-birthdays-july',
      'july birthdays',
      'select first_name, last_name from employees where month(birth_date) = 7',
      { wider: true },
    ],
    [
      'spoken-born-after',
      'How many employees were born after 1960?',
      `select count(*) from employees where birth_date >= '1961-01-01'`,
    ],
    [
      'spoken-first-name',
      'how many employees are called Hugo?',
      `select count(*) from employees where first_name = 'Hugo'`,
    ],
    ['spoken-titles', 'which job titles do we have?', 'select distinct title from titles'],
    [
      'spoken-managers-count',
      'how many managers do we have right now',
      [
        `select count(*) from dept_manager where ${NOW}`,
        `select count(*) from titles where ${NOW} and title = 'Manager'`,
      ],
    ],
    [
      'spoken-gender-department',
      'number of employees by department and gender',
      `select dept_name, gender, count(*) from dept_emp join departments using (dept_no)
       join employees using (emp_no) where ${NOW} group by 1, 2`,
    ],
  ]),
  ...questionsOf('finance', [
    [
      'spoken-apple',
      'AAPL close 2017-12-29',
      `select close from ${STOCKS} where name = 'AAPL' and date = '2017-12-29'`,
    ],
    [
      'spoken-average-price',
      'what did a share of MSFT cost on average in 2015?',
      `select avg(close) from ${STOCKS} where name = 'MSFT' and year(date) = 2015`,
    ],
    [
      'spoken-busiest-stock',
      'most traded stock in March 2014',
      `select name from ${STOCKS} where year(date) = 2014 and month(date) = 3 group by 1 order by sum(volume) desc limit 1`,
    ],
    [
      'spoken-biggest-loser',
      'which stock fell the most in January 2016?',
      `select name from ${STOCKS} where year(date) = 2016 and month(date) = 1 group by 1
       order by arg_max(close, date) / arg_min(close, date) limit 1`,
      { wider: true },
    ],
    ['spoken-max-open', 'max open price 2016', `select max(open) from ${STOCKS} where year(date) = 2016`],
    [
      'spoken-amzn-quarter',
      'average closing price of AMZN per quarter in 2017',
      [
        `select date_trunc('quarter', date), avg(close) from ${STOCKS} where name = 'AMZN' and year(date) = 2017 group by 1`,
        `select quarter(date), avg(close) from ${STOCKS} where name = 'AMZN' and year(date) = 2017 group by 1`,
      ],
    ],
    [
      'spoken-since',
      'total volume of NFLX since 2018',
      `select sum(volume) from ${STOCKS} where name = 'NFLX' and date >= '2018-01-01'`,
    ],
    ['spoken-first-day', 'what is the first trading day in the data', `select min(date) from ${STOCKS}`],
  ]),
  ...questionsOf('legal', [
    [
      'spoken-claims',
      'claims total',
      ['select count(*) from claims', 'select sum(total_claim_amount) from claims'],
    ],
    [
      'spoken-claims-dollars',
      'how much money was claimed in total?',
      'select sum(total_claim_amount) from claims',
    ],
    ['spoken-theft', 'number of thefts', `select count(*) from claims where incident_type = 'Theft'`],
    [
      'spoken-major-fraud',
      'How many of the major claims were fraudulent?',
      `select count(*) from claims where incident_severity = 'Major' and fraud = 1`,
    ],
    [
      'spoken-summer',
      'claims filed from June to August 2023',
      [
        'select count(*) from claims where month(write_time) between 6 and 8',
        'select policy_id from claims where month(write_time) between 6 and 8',
      ],
    ],
    [
      'spoken-quarter',
      'claims per quarter',
      [
        `select date_trunc('quarter', write_time), count(*) from claims group by 1`,
        'select quarter(write_time), count(*) from claims group by 1',
      ],
    ],
    [
      'spoken-gender-claims',
      'average total claim amount by customer gender',
      `select customer_gender, avg(total_claim_amount) from claims join customers using (policy_id) group by 1`,
    ],
    [
      'spoken-california-premium',
      'average premium in CA',
      `select avg(policy_annual_premium) from customers where policy_state = 'CA'`,
    ],
    [
      'spoken-executives',
      'how many customers are executives',
      `select count(*) from customers where customer_occupation = 'Executive'`,
    ],
    [
      'spoken-masters',
      'customers with a Masters degree',
      [
        `select count(*) from customers where customer_education = 'Masters'`,
        `select policy_id from customers where customer_education = 'Masters'`,
      ],
    ],
    [
      'spoken-young',
      'how many customers are younger than 25?',
      'select count(*) from customers where customer_age < 25',
    ],
    [
      'spoken-night',
      'how many incidents happened at hour 3',
      'select count(*) from claims where incident_hour = 3',
    ],
    [
      'spoken-fire',
      'claims where the fire department was called',
      `select count(*) from claims where authorities_contacted = 'Fire'`,
    ],
  ]),
  ...questionsOf('product', [
    [
      'spoken-hot',
      'is it warm in Seattle right now?',
      `select temp_max, temp_min from weather where location = 'Seattle' and date = '2015-12-31'`,
      { wider: true },
    ],
    [
      'spoken-nyc',
      'nyc weather',
      `select temp_max, temp_min from weather where location = 'New York' and date = '2015-12-31'`,
      { wider: true },
    ],
    [
      'spoken-rain-year',
      'total rain in New York in 2012',
      `select sum(precipitation) from weather where location = 'New York' and year(date) = 2012`,
    ],
    [
      'spoken-coldest',
      'coldest day in New York in 2014',
      `select date from weather where location = 'New York' and year(date) = 2014 order by temp_min limit 1`,
    ],
    ['spoken-london', 'weather in London today', 'select weather from weather where false', { wider: true }],
  ]),
];
