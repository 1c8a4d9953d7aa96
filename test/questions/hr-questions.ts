import { questionsOf } from './question.js';

const NOW = `to_date = '9999-01-01'`;
const SALARIES = `(select emp_no, salary from salaries where ${NOW})`;
const TITLES = `(select emp_no, title from titles where ${NOW})`;
const MEMBERS = `(select emp_no, dept_name from dept_emp join departments using (dept_no) where ${NOW})`;
const MANAGERS = `(select emp_no, dept_name from dept_manager join departments using (dept_no) where ${NOW})`;

export const hrQuestions = questionsOf('hr', [
  [
    'birthday-this-month',
    'Name all employees with birth date this month',
    'select first_name, last_name from employees where month(birth_date) = 5',
    { asOf: '2025-05-10T12:00:00Z' },
  ],
  [
    'birthday-this-month-who',
    'who has a birthday this month?',
    'select first_name, last_name from employees where month(birth_date) = 9',
    { asOf: '2024-09-30T12:00:00Z' },
  ],
  [
    'birthday-may',
    'Which employees were born in May?',
    'select first_name, last_name from employees where month(birth_date) = 5',
  ],
  [
    'birthday-december',
    'employees born in december',
    'select first_name, last_name from employees where month(birth_date) = 12',
    { wider: true },
  ],
  [
    'birthday-march-count',
    'how many employees have their birthday in March',
    'select count(*) from employees where month(birth_date) = 3',
  ],
  [
    'birthday-next-month',
    'Whose birthday is next month?',
    'select first_name, last_name from employees where month(birth_date) = 1',
    { asOf: '2024-12-20T12:00:00Z' },
  ],
  [
    'born-1953',
    'Who was born in 1953?',
    'select first_name, last_name from employees where year(birth_date) = 1953',
  ],
  [
    'hired-before-1990',
    'How many employees were hired before 1990?',
    `select count(*) from employees where hire_date < '1990-01-01'`,
  ],
  [
    'hired-before-1990-people',
    'how many people were hired before 1990',
    `select count(*) from employees where hire_date < '1990-01-01'`,
  ],
  [
    'hired-after-1995',
    'Number of employees hired after 1995',
    `select count(*) from employees where hire_date >= '1996-01-01'`,
  ],
  [
    'joined-1991',
    'How many staff joined in 1991?',
    'select count(*) from employees where year(hire_date) = 1991',
  ],
  [
    'hired-between',
    'How many employees were hired between 1990 and 1992?',
    'select count(*) from employees where year(hire_date) between 1990 and 1992',
  ],
  [
    'hired-since-1995',
    'how many employees were hired since 1995',
    `select count(*) from employees where hire_date >= '1995-01-01'`,
  ],
  [
    'hired-1980s',
    'How many people joined in the 1980s?',
    'select count(*) from employees where year(hire_date) between 1980 and 1989',
  ],
  [
    'hired-by-date',
    'employees hired on or after 1 January 2000',
    `select first_name, last_name from employees where hire_date >= '2000-01-01'`,
    { wider: true },
  ],
  [
    'hires-per-year',
    'How many employees were hired each year?',
    [
      `select date_trunc('year', hire_date), count(*) from employees group by 1`,
      'select year(hire_date), count(*) from employees group by 1',
    ],
  ],
  [
    'hires-by-month-1990',
    'hires by month in 1990',
    [
      `select date_trunc('month', hire_date), count(*) from employees where year(hire_date) = 1990 group by 1`,
      'select month(hire_date), count(*) from employees where year(hire_date) = 1990 group by 1',
    ],
  ],
  [
    'hires-best-year',
    'Which year saw the most hires?',
    [
      `select date_trunc('year', hire_date) from employees group by 1 order by count(*) desc limit 1`,
      'select year(hire_date) from employees group by 1 order by count(*) desc limit 1',
    ],
  ],
  ['employees', 'How many employees do we have?', 'select count(*) from employees'],
  ['women', 'How many women are there?', `select count(*) from employees where gender = 'F'`],
  [
    'men-1990',
    'How many men were hired in 1990?',
    `select count(*) from employees where gender = 'M' and year(hire_date) = 1990`,
  ],
  ['by-gender', 'count employees by gender', 'select gender, count(*) from employees group by 1'],
  ['salary-average', 'What is the average salary?', `select avg(salary) from ${SALARIES}`],
  [
    'salary-by-department',
    'What is the average salary by department?',
    `select dept_name, avg(salary) from ${SALARIES} join ${MEMBERS} using (emp_no) group by 1`,
  ],
  [
    'salary-each-department',
    'average pay in each department',
    `select dept_name, avg(salary) from ${SALARIES} join ${MEMBERS} using (emp_no) group by 1`,
  ],
  ['salary-highest', 'What is the highest salary?', `select max(salary) from ${SALARIES}`],
  [
    'salary-most',
    'Who earns the most?',
    `select first_name, last_name from employees join ${SALARIES} using (emp_no) order by salary desc limit 1`,
  ],
  [
    'salary-top-10',
    'top 10 employees by salary',
    `select first_name, last_name from employees join ${SALARIES} using (emp_no) order by salary desc limit 10`,
    { ordered: true },
  ],
  [
    'salary-lowest-marketing',
    'lowest salary in Marketing',
    `select min(salary) from ${SALARIES} join ${MEMBERS} using (emp_no) where dept_name = 'Marketing'`,
  ],
  [
    'salary-women',
    'average salary of women',
    `select avg(salary) from ${SALARIES} join employees using (emp_no) where gender = 'F'`,
  ],
  [
    'salary-by-gender',
    'Average salary by gender',
    `select gender, avg(salary) from ${SALARIES} join employees using (emp_no) group by 1`,
  ],
  [
    'salary-by-title',
    'what is the average salary for each job title?',
    `select title, avg(salary) from ${SALARIES} join ${TITLES} using (emp_no) group by 1`,
  ],
  [
    'salary-over-80000',
    'How many employees earn more than 80000?',
    `select count(*) from ${SALARIES} where salary > 80000`,
  ],
  [
    'salary-sum-by-department',
    'sum of salaries by department',
    `select dept_name, sum(salary) from ${SALARIES} join ${MEMBERS} using (emp_no) group by 1`,
  ],
  [
    'salary-of-person',
    'What is the salary of Kazuhito Cappelletti?',
    `select salary from ${SALARIES} join employees using (emp_no)
     where first_name = 'Kazuhito' and last_name = 'Cappelletti'`,
  ],
  [
    'salary-departments-over',
    'Which departments have an average salary over 65000?',
    `select dept_name from ${SALARIES} join ${MEMBERS} using (emp_no) group by 1 having avg(salary) > 65000`,
  ],
  [
    'members-sales',
    'How many employees work in Sales?',
    `select count(*) from ${MEMBERS} where dept_name = 'Sales'`,
  ],
  [
    'members-finance-list',
    'Name the employees in the Finance department',
    `select first_name, last_name from employees join ${MEMBERS} using (emp_no) where dept_name = 'Finance'`,
  ],
  [
    'members-by-department',
    'number of employees per department',
    `select dept_name, count(*) from ${MEMBERS} group by 1`,
  ],
  [
    'department-largest',
    'Which department has the most employees?',
    `select dept_name from ${MEMBERS} group by 1 order by count(*) desc limit 1`,
  ],
  [
    'departments-small',
    'which departments have fewer than 20 employees?',
    `select dept_name from ${MEMBERS} group by 1 having count(*) < 20`,
  ],
  [
    'not-in-sales',
    'How many employees do not work in Sales?',
    [
      `select count(*) from ${MEMBERS} where dept_name <> 'Sales'`,
      `select count(*) from employees where emp_no not in (select emp_no from ${MEMBERS} where dept_name = 'Sales')`,
    ],
  ],
  [
    'manager-finance',
    'Who is the manager of Finance?',
    `select first_name, last_name from employees join ${MANAGERS} using (emp_no) where dept_name = 'Finance'`,
  ],
  [
    'managers',
    'list all managers',
    `select first_name, last_name from employees join ${MANAGERS} using (emp_no)`,
    { wider: true },
  ],
  [
    'managers-women',
    'How many managers are women?',
    `select count(*) from employees join ${MANAGERS} using (emp_no) where gender = 'F'`,
  ],
  [
    'title-senior-engineer',
    'How many employees have the title Senior Engineer?',
    `select count(*) from ${TITLES} where title = 'Senior Engineer'`,
  ],
  ['by-title', 'how many employees by title', `select title, count(*) from ${TITLES} group by 1`],
  ['departments', 'List all departments', 'select dept_name from departments', { wider: true }],
  ['departments-count', 'How many departments are there?', 'select count(*) from departments'],
  [
    'oldest',
    'Who is the oldest employee?',
    // Two were born on the same day: either is an oldest one, and so are both.
    [
      'select first_name, last_name from employees order by birth_date, last_name limit 1',
      'select first_name, last_name from employees order by birth_date, last_name limit 1 offset 1',
      'select first_name, last_name from employees where birth_date = (select min(birth_date) from employees)',
    ],
  ],
  [
    'youngest-5',
    'the 5 youngest employees',
    'select first_name, last_name from employees order by birth_date desc limit 5',
    { ordered: true },
  ],
  [
    'hired-first',
    'Who was hired first?',
    'select first_name, last_name from employees order by hire_date limit 1',
  ],
  [
    'hired-latest',
    'most recently hired employee',
    'select first_name, last_name from employees order by hire_date desc limit 1',
  ],
  [
    'hired-when',
    'When was Christian Koblick hired?',
    `select hire_date from employees where first_name = 'Christian' and last_name = 'Koblick'`,
  ],
  [
    'age-average',
    'What is the average age of our employees?',
    [
      `select avg(date_diff('year', birth_date, date '2024-06-15')) from employees`,
      `select avg(datesub('year', birth_date, date '2024-06-15')) from employees`,
      `select avg((date '2024-06-15' - birth_date) / 365.25) from employees`,
    ],
  ],
  [
    'last-name-k',
    'How many employees have a last name starting with K?',
    `select count(*) from employees where last_name like 'K%'`,
  ],
]);
