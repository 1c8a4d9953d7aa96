import { questionsOf } from './question.js';

const NOW = `to_date = '9999-01-01'`;
const STOCKS = 'all_stocks_5yr';

/** What people ask on an ordinary day: who did the most, since when, how many of whom. */
export const everydayQuestions = [
  ...questionsOf('sales', [
    [
      'everyday-venue-most-tickets',
      'Which venue sold the most tickets?',
      `select venuename from sales join event using (eventid) join venue using (venueid) group by venueid, venuename order by sum(qtysold) desc limit 1`,
      { wider: true },
    ],
    [
      'everyday-venue-most-tickets-2008',
      'Which venue sold the most tickets in 2008?',
      `select venuename from sales join event using (eventid) join venue using (venueid) where year(saletime) = 2008 group by venueid, venuename order by sum(qtysold) desc limit 1`,
      { wider: true },
    ],
    [
      'everyday-city-most-tickets',
      'which city sold the most tickets in March 2008',
      `select venuecity from sales join event using (eventid) join venue using (venueid) where year(saletime) = 2008 and month(saletime) = 3 group by venuecity order by sum(qtysold) desc limit 1`,
      { wider: true },
    ],
    [
      'everyday-event-most-tickets-summer',
      'Which event sold the most tickets between June and August 2008?',
      `select eventname from sales join event using (eventid) where saletime >= '2008-06-01' and saletime < '2008-09-01' group by eventname order by sum(qtysold) desc limit 1`,
      { wider: true },
    ],
    [
      'everyday-never-sold',
      'How many events never sold a ticket?',
      'select count(*) from event e where not exists (select 1 from sales s where s.eventid = e.eventid)',
    ],
    [
      'everyday-venues-without-events',
      'Which venues have no events?',
      'select venuename from venue v where not exists (select 1 from event e where e.venueid = v.venueid)',
    ],
    [
      'everyday-tickets-by-category',
      'tickets sold by category',
      'select catname, sum(qtysold) from sales join event using (eventid) join category using (catid) group by catname',
    ],
    [
      'everyday-average-tickets',
      'How many tickets are bought in a sale on average?',
      'select avg(qtysold) from sales',
    ],
    [
      'everyday-concert-lovers',
      'How many users like both jazz and opera?',
      'select count(*) from users where likejazz and likeopera',
    ],
    [
      'everyday-share-of-jazz',
      'What percentage of users like jazz?',
      'select 100.0 * sum(case when likejazz then 1 else 0 end) / count(*) from users',
    ],
    [
      'everyday-commission-per-quarter',
      'commission per quarter in 2008',
      `select date_trunc('quarter', saletime), sum(commission) from sales where year(saletime) = 2008 group by 1`,
    ],
    [
      'everyday-busiest-day',
      'On which day were the most tickets sold?',
      'select saletime::date from sales group by 1 order by sum(qtysold) desc limit 1',
      { wider: true },
    ],
  ]),
  ...questionsOf('hr', [
    [
      'everyday-women',
      'How many women work here?',
      [
        `select count(*) from employees join dept_emp using (emp_no) where gender = 'F' and ${NOW}`,
        `select count(*) from employees where gender = 'F'`,
      ],
    ],
    [
      'everyday-share-women',
      'What share of employees are women?',
      `select 100.0 * sum(case when gender = 'F' then 1 else 0 end) / count(*) from employees`,
    ],
    [
      'everyday-women-by-department',
      'How many women are there in each department?',
      `select dept_name, count(*) from employees join dept_emp using (emp_no) join departments using (dept_no) where gender = 'F' and ${NOW} group by dept_name`,
    ],
    [
      'everyday-department-most-women',
      'Which department has the most women?',
      `select dept_name from employees join dept_emp using (emp_no) join departments using (dept_no) where gender = 'F' and ${NOW} group by dept_name order by count(*) desc limit 1`,
      { wider: true },
    ],
    [
      'everyday-top-earners',
      'Who are the 5 best paid employees?',
      `select first_name, last_name from employees join salaries using (emp_no) where ${NOW} order by salary desc limit 5`,
      { wider: true, ordered: true },
    ],
    [
      'everyday-latest-hire',
      'Who was hired last?',
      'select first_name, last_name from employees order by hire_date desc limit 1',
      { wider: true },
    ],
    [
      'everyday-hired-after',
      'Which employees were hired after 1998?',
      `select first_name, last_name from employees where hire_date >= '1999-01-01'`,
      { wider: true },
    ],
    [
      'everyday-never-managed',
      'How many employees have never been a manager?',
      'select count(*) from employees e where not exists (select 1 from dept_manager m where m.emp_no = e.emp_no)',
    ],
    [
      'everyday-several-titles',
      'How many employees have had more than one title?',
      'select count(*) from (select emp_no from titles group by emp_no having count(*) > 1)',
    ],
    [
      'everyday-average-engineers',
      'average salary of engineers',
      `select avg(salary) from salaries s join titles t using (emp_no) where t.title = 'Engineer' and s.${NOW} and t.${NOW}`,
    ],
    ['everyday-titles', 'What job titles are there?', 'select distinct title from titles'],
    [
      'everyday-manager-of-sales',
      'Who manages the Sales department?',
      `select first_name, last_name from dept_manager join employees using (emp_no) join departments using (dept_no) where dept_name = 'Sales' and ${NOW}`,
      { wider: true },
    ],
    [
      'everyday-hires-per-year',
      'number of hires per year',
      `select date_trunc('year', hire_date), count(*) from employees group by 1`,
    ],
    [
      'everyday-oldest-in-development',
      'Who is the oldest employee in Development?',
      `select first_name, last_name from employees join dept_emp using (emp_no) join departments using (dept_no) where dept_name = 'Development' and ${NOW} order by birth_date limit 1`,
      { wider: true },
    ],
  ]),
  ...questionsOf('finance', [
    [
      'everyday-apple-highest',
      'What was the highest closing price of AAPL in 2017?',
      `select max(close) from ${STOCKS} where name = 'AAPL' and year(date) = 2017`,
    ],
    [
      'everyday-volume-day',
      'On which day was the trading volume of AAPL the highest?',
      `select date from ${STOCKS} where name = 'AAPL' order by volume desc limit 1`,
      { wider: true },
    ],
    [
      'everyday-compare-average',
      'Compare the average closing price of AAPL and MSFT in 2016',
      `select name, avg(close) from ${STOCKS} where name in ('AAPL', 'MSFT') and year(date) = 2016 group by name`,
    ],
    [
      'everyday-most-traded',
      'Which stock was traded the most in January 2018?',
      `select name from ${STOCKS} where year(date) = 2018 and month(date) = 1 group by name order by sum(volume) desc limit 1`,
      { wider: true },
    ],
    [
      'everyday-tickers',
      'How many different stocks are there?',
      `select count(distinct name) from ${STOCKS}`,
    ],
  ]),
  ...questionsOf('legal', [
    [
      'everyday-largest-claims',
      'What are the five largest claims?',
      'select policy_id from claims order by total_claim_amount desc limit 5',
      { wider: true, ordered: true },
    ],
    [
      'everyday-fraud-share',
      'What percentage of claims are fraud?',
      'select 100.0 * sum(case when fraud = 1 then 1 else 0 end) / count(*) from claims',
    ],
    [
      'everyday-by-severity',
      'number of claims by severity',
      'select incident_severity, count(*) from claims group by 1',
    ],
    [
      'everyday-average-by-type',
      'average claim amount per incident type',
      'select incident_type, avg(total_claim_amount) from claims group by 1',
    ],
    [
      'everyday-no-police',
      'How many claims have no police report?',
      `select count(*) from claims where police_report_available = 'No'`,
    ],
    [
      'everyday-young',
      'How many customers are younger than 25?',
      'select count(*) from customers where customer_age < 25',
    ],
    [
      'everyday-premium-by-state',
      'Which state has the highest average premium?',
      'select policy_state from customers group by 1 order by avg(policy_annual_premium) desc limit 1',
      { wider: true },
    ],
    [
      'everyday-by-hour',
      'At which hour do most incidents happen?',
      'select incident_hour from claims group by 1 order by count(*) desc limit 1',
      { wider: true },
    ],
    [
      'everyday-total-fraud',
      'total amount of fraudulent claims',
      'select sum(total_claim_amount) from claims where fraud = 1',
    ],
  ]),
];
