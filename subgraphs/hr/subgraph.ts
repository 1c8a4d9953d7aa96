import { embedded } from '../connectors/embedded.js';
import { mysql } from '../connectors/mysql.js';
import { serverFromEnvironment } from '../connectors/server-options.js';
import { defineSubgraph, glue } from '../define-subgraph.js';
import { demo } from './demo.js';

export default defineSubgraph({
  name: 'hr',
  description: 'The people of the company: employees, departments, managers, job titles and salaries.',
  production: 'Amazon Aurora MySQL',
  catalog: glue({ database: 'hr' }),
  source: (environment) =>
    environment.HR_MYSQL_HOST
      ? mysql(serverFromEnvironment(environment, 'HR_MYSQL', { port: 3306 }))
      : embedded(demo),
  metrics: [
    {
      name: 'payroll',
      table: 'salaries',
      expression: 'sum(salary)',
      filter: "to_date = '9999-01-01'",
      unit: 'USD',
      owner: 'People operations',
      synonyms: ['wage bill'],
      description: 'What the salaries that are paid now come to in a year.',
    },
    {
      name: 'medianPay',
      table: 'salaries',
      expression: 'median(salary)',
      filter: "to_date = '9999-01-01'",
      unit: 'USD',
      owner: 'People operations',
      synonyms: ['median current salary'],
      description: 'The salary in the middle of those that are paid now.',
    },
  ],
  glossary: {
    staff: 'employees',
    people: 'employees',
    worker: 'employees',
    colleague: 'employees',
    hired: 'employees.hire_date',
    joined: 'employees.hire_date',
    born: 'employees.birth_date',
    birthday: 'employees.birth_date',
    sex: 'employees.gender',
    women: "employees.gender = 'F'",
    men: "employees.gender = 'M'",
    pay: 'salaries.salary',
    earn: 'salaries.salary',
    wage: 'salaries.salary',
    position: 'titles.title',
    role: 'titles.title',
    manager: 'dept_manager',
    team: 'departments',
  },
  examples: [
    'Name all employees with birth date this month',
    'How many employees were hired before 1990?',
    'What is the average salary by department?',
  ],
});
