import { questionsOf } from './question.js';

const NOW = `to_date = '9999-01-01'`;
const STOCKS = 'all_stocks_5yr';
const SALES_OF_EVENTS = 'sales join event using (eventid)';

/** Shares, growth, comparisons with the average, the best of each group, never and at least: to be read, or not at all. */
export const harderQuestions = [
  ...questionsOf('sales', [
    [
      'harder-share-category',
      'What share of the revenue comes from each category?',
      [100, 1].map(
        (of) =>
          `select catname, ${of} * sum(pricepaid) / (select sum(pricepaid) from sales)
           from ${SALES_OF_EVENTS} join category using (catid) group by 1`,
      ) as [string, ...string[]],
    ],
    [
      'harder-above-average',
      'How many venues have more seats than the average venue?',
      'select count(*) from venue where venueseats > (select avg(venueseats) from venue)',
    ],
    [
      'harder-top-per-group',
      'the best-selling event of each category',
      `select catname, eventname from ${SALES_OF_EVENTS} join category using (catid) group by 1, 2
       qualify row_number() over (partition by catname order by sum(qtysold) desc) = 1`,
    ],
    [
      'harder-never',
      'How many users never bought a ticket?',
      'select count(*) from users where userid not in (select buyerid from sales)',
    ],
    [
      'harder-at-least-100',
      'How many events sold at least 100 tickets?',
      `select count(*) from (select eventid from sales group by 1 having sum(qtysold) >= 100)`,
    ],
    [
      'harder-growth',
      'By how much did revenue grow from June to July 2008?',
      [
        `select sum(pricepaid) filter (month(saletime) = 7) - sum(pricepaid) filter (month(saletime) = 6) from sales`,
        `select 100 * (sum(pricepaid) filter (month(saletime) = 7) / sum(pricepaid) filter (month(saletime) = 6) - 1) from sales`,
      ],
    ],
    [
      'harder-either',
      'How many users like either jazz or opera?',
      'select count(*) from users where likejazz or likeopera',
    ],
    [
      'harder-neither',
      'users who like neither sports nor rock',
      [
        'select count(*) from users where not likesports and not likerock',
        'select firstname, lastname from users where not likesports and not likerock',
      ],
    ],
    [
      'harder-two-conditions',
      'revenue from Pop concerts in Chicago in the summer of 2008',
      `select sum(pricepaid) from ${SALES_OF_EVENTS} join category using (catid) join venue using (venueid)
       where catname = 'Pop' and venuecity = 'Chicago' and month(saletime) in (6, 7, 8)`,
    ],
    [
      'harder-except',
      'total commission for all categories except Musicals',
      [
        `select sum(commission) from ${SALES_OF_EVENTS} join category using (catid) where catname <> 'Musicals'`,
        `select catname, sum(commission) from ${SALES_OF_EVENTS} join category using (catid)
     where catname <> 'Musicals' group by 1`,
      ],
    ],
    [
      'harder-difference',
      'How many more tickets were sold in May than in April 2008?',
      `select sum(qtysold) filter (month(saletime) = 5) - sum(qtysold) filter (month(saletime) = 4) from sales`,
    ],
    [
      'harder-second',
      'Which venue has the second most seats?',
      'select venuename from venue order by venueseats desc limit 1 offset 1',
    ],
    [
      'harder-contains',
      'How many events have "Symphony" in their name?',
      `select count(*) from event where eventname like '%Symphony%'`,
    ],
    [
      'harder-both-columns',
      'average price per ticket and average number of tickets of listings',
      'select avg(priceperticket), avg(numtickets) from listing',
    ],
    [
      'harder-buyers-city',
      'Which city do the buyers with the highest total price paid come from?',
      'select city from sales join users on userid = buyerid group by 1 order by sum(pricepaid) desc limit 1',
    ],
  ]),
  ...questionsOf('hr', [
    [
      'harder-share-women',
      'What percentage of employees are women?',
      [100, 1].map((of) => `select ${of} * avg((gender = 'F')::int) from employees`) as [string, ...string[]],
    ],
    [
      'harder-above-average',
      'How many employees earn more than the average salary?',
      `select count(*) from salaries where ${NOW} and salary > (select avg(salary) from salaries where ${NOW})`,
    ],
    [
      'harder-two-departments',
      'How many employees worked in at least two departments?',
      'select count(*) from (select emp_no from dept_emp group by 1 having count(*) >= 2)',
    ],
    [
      'harder-best-paid-each',
      'highest salary in each department',
      `select dept_name, max(salary) from salaries s join dept_emp d on d.emp_no = s.emp_no and d.${NOW}
       join departments using (dept_no) where s.${NOW} group by 1`,
    ],
    [
      'harder-gap',
      'What is the difference between the average salary of men and women?',
      `select abs(avg(salary) filter (gender = 'M') - avg(salary) filter (gender = 'F'))
       from salaries join employees using (emp_no) where ${NOW}`,
    ],
    [
      'harder-never-managed',
      'How many employees were never a manager?',
      'select count(*) from employees where emp_no not in (select emp_no from dept_manager)',
    ],
    [
      'harder-same-letter',
      'How many employees have a first name that starts with A?',
      `select count(*) from employees where first_name like 'A%'`,
    ],
    [
      'harder-two-titles',
      'How many employees are either Senior Engineer or Technique Leader?',
      `select count(*) from titles where ${NOW} and title in ('Senior Engineer', 'Technique Leader')`,
    ],
    [
      'harder-weekday',
      'How many employees were hired on a Monday?',
      'select count(*) from employees where isodow(hire_date) = 1',
    ],
    [
      'harder-average-year',
      'average salary by hire year',
      [
        `select date_trunc('year', hire_date), avg(salary) from salaries join employees using (emp_no) where ${NOW} group by 1`,
        `select year(hire_date), avg(salary) from salaries join employees using (emp_no) where ${NOW} group by 1`,
      ],
    ],
  ]),
  ...questionsOf('finance', [
    [
      'harder-days-above',
      'On how many days did AAPL close above 150 dollars?',
      `select count(*) from ${STOCKS} where name = 'AAPL' and close > 150`,
    ],
    [
      'harder-up-days',
      'How many days in 2015 did MSFT close higher than it opened?',
      `select count(*) from ${STOCKS} where name = 'MSFT' and year(date) = 2015 and close > open`,
    ],
    [
      'harder-range',
      'What was the largest difference between high and low of NFLX in 2014?',
      `select max(high - low) from ${STOCKS} where name = 'NFLX' and year(date) = 2014`,
    ],
    [
      'harder-never-below',
      'How many stocks never closed below 100 dollars?',
      `select count(*) from (select name from ${STOCKS} group by 1 having min(close) >= 100)`,
    ],
    [
      'harder-excluding',
      'average volume in 2016 of all stocks other than AAPL',
      `select avg(volume) from ${STOCKS} where year(date) = 2016 and name <> 'AAPL'`,
    ],
    [
      'harder-best-each-year',
      'best performing stock of each year',
      `select date_trunc('year', date), name from ${STOCKS} group by 1, 2 qualify row_number() over
       (partition by date_trunc('year', date) order by arg_max(close, date) / arg_min(close, date) desc) = 1`,
      { wider: true },
    ],
    [
      'harder-averages-over',
      'Which stocks had an average close above 700 in 2017?',
      `select name from ${STOCKS} where year(date) = 2017 group by 1 having avg(close) > 700`,
    ],
  ]),
  ...questionsOf('legal', [
    [
      'harder-fraud-rate-type',
      'fraud rate by incident type',
      [100, 1].map((of) => `select incident_type, ${of} * avg(fraud) from claims group by 1`) as [
        string,
        ...string[],
      ],
    ],
    [
      'harder-above-average',
      'How many claims are above the average claim amount?',
      'select count(*) from claims where total_claim_amount > (select avg(total_claim_amount) from claims)',
    ],
    [
      'harder-and',
      'How many claims had at least one injury and no witness?',
      'select count(*) from claims where num_injuries >= 1 and num_witnesses = 0',
    ],
    [
      'harder-ratio',
      'ratio of injury claim to vehicle claim',
      'select sum(injury_claim) / sum(vehicle_claim) from claims',
    ],
    [
      'harder-two-groups',
      'number of claims by incident type and severity',
      'select incident_type, incident_severity, count(*) from claims group by 1, 2',
    ],
    [
      'harder-other-than',
      'claims of customers from states other than CA',
      [
        `select count(*) from claims join customers using (policy_id) where policy_state <> 'CA'`,
        `select policy_id from claims join customers using (policy_id) where policy_state <> 'CA'`,
      ],
    ],
    [
      'harder-cities-over',
      'Which cities have more than 300 customers?',
      'select customer_city from customers group by 1 having count(*) > 300',
    ],
    [
      'harder-weekend',
      'How many claims were filed on weekends?',
      'select count(*) from claims where isodow(write_time) in (6, 7)',
    ],
    [
      'harder-largest-claim-city',
      'In which city does the customer with the largest claim live?',
      'select customer_city from claims join customers using (policy_id) order by total_claim_amount desc limit 1',
    ],
    [
      'harder-top-frauds',
      'top 2 occupations by number of frauds',
      `select customer_occupation from claims join customers using (policy_id) where fraud = 1
       group by 1 order by count(*) desc limit 2`,
      { ordered: true },
    ],
  ]),
  ...questionsOf('product', [
    [
      'harder-difference',
      'How much warmer was New York than Seattle on average in July 2013?',
      `select avg(temp_max) filter (location = 'New York') - avg(temp_max) filter (location = 'Seattle')
       from weather where year(date) = 2013 and month(date) = 7`,
    ],
    [
      'harder-frost',
      'How many days in 2014 was it below freezing in New York?',
      `select count(*) from weather where location = 'New York' and year(date) = 2014 and temp_min < 0`,
    ],
  ]),
];
