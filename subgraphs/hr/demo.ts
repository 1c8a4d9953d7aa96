import { CHANCE, type Demo, pool, values } from '../connectors/demo-data.js';
import { CAREERS, DEPARTMENTS, FAMILIES, KNOWN, MEN, WOMEN } from './names.js';

const EMPLOYEES = 300;
const HIRED_BEFORE_1990 = 29;
/** The day that the records end with. Whatever holds on it holds until 9999-01-01. */
const RECORDED_UNTIL = "DATE '2002-08-01'";
const FOREVER = "DATE '9999-01-01'";

/** The MySQL "employees" schema: a company's people with their departments, titles and salaries over time. */
export const demo: Demo = {
  statements: () => [
    ...CHANCE,
    ...POOLS,
    EMPLOYEES_TABLE,
    DEPARTMENTS_TABLE,
    ...PLACES,
    MANAGERS,
    ...TITLES,
    SALARIES,
  ],
};

const POOLS = [
  pool(
    'women',
    'name',
    WOMEN.map((name) => [name]),
  ),
  pool(
    'men',
    'name',
    MEN.map((name) => [name]),
  ),
  pool(
    'families',
    'name',
    FAMILIES.map((name) => [name]),
  ),
  pool(
    'offices',
    'dept_no, bonus, career',
    DEPARTMENTS.flatMap(([no, , share, bonus, career]) =>
      Array.from({ length: share }, () => [no, bonus, career]),
    ),
  ),
  `CREATE TEMP TABLE careers AS SELECT * FROM (${values(CAREERS)}) AS careers(career, level, title)`,
  `CREATE TEMP TABLE known AS
   SELECT emp_no, first_name, last_name, gender, birth_date::DATE AS birth_date, hire_date::DATE AS hire_date
   FROM (${values(KNOWN)}) AS known(emp_no, first_name, last_name, gender, birth_date, hire_date)`,
];

/** May birthdays are the known employees' own: everybody else draws from the other eleven months. */
const EMPLOYEES_TABLE = `
  CREATE TABLE employees AS
  WITH drawn AS (
    SELECT 10000 + n AS emp_no, n, below(n, 1, 100) < 42 AS woman,
      1 + (n % 11) + CASE WHEN n % 11 >= 4 THEN 1 ELSE 0 END AS birth_month,
      row_number() OVER (ORDER BY draw(n, 2))
        <= ${HIRED_BEFORE_1990} - (SELECT count(*) FROM known WHERE hire_date < '1990-01-01') AS among_the_first
    FROM range(1, ${EMPLOYEES} + 1) AS numbers(n)
    WHERE 10000 + n NOT IN (SELECT emp_no FROM known)
  )
  SELECT emp_no::INTEGER AS emp_no, birth_date, first_name::VARCHAR AS first_name, last_name::VARCHAR AS last_name,
    gender::VARCHAR AS gender, hire_date
  FROM (
    SELECT emp_no,
      make_date(1953 + below(n, 3, 12), birth_month, 1 + below(n, 4, 28)) AS birth_date,
      CASE WHEN woman THEN women.name ELSE men.name END AS first_name,
      families.name AS last_name,
      CASE WHEN woman THEN 'F' ELSE 'M' END AS gender,
      CASE WHEN among_the_first THEN DATE '1985-02-01' + below(n, 5, 1790)::INTEGER
        ELSE DATE '1990-01-02' + (CASE WHEN below(n, 9, 2) = 0 THEN early(n, 6, 4200) ELSE below(n, 6, 3800) END)::INTEGER END AS hire_date
    FROM drawn
    JOIN women ON women.i = below(n, 7, ${WOMEN.length})
    JOIN men ON men.i = below(n, 8, ${MEN.length})
    JOIN families ON families.i = (n * 61) % ${FAMILIES.length}
    UNION ALL
    SELECT emp_no, birth_date, first_name, last_name, gender, hire_date FROM known
  )
  ORDER BY emp_no`;

const DEPARTMENTS_TABLE = `
  CREATE TABLE departments AS
  SELECT dept_no::VARCHAR AS dept_no, dept_name::VARCHAR AS dept_name
  FROM (${values(DEPARTMENTS.map(([no, name]) => [no, name]))}) AS departments(dept_no, dept_name)
  ORDER BY dept_no`;

/** Nearly one in six has left, and one in eight of those who served four years has changed the department once. */
const PLACES = [
  `CREATE TEMP TABLE service AS
   WITH drawn AS (
     SELECT emp_no, hire_date, below(emp_no, 20, 100) < 16 AS leaves, below(emp_no, 21, 8) = 0 AS moves,
       below(emp_no, 22, 100) AS first_office, below(emp_no, 23, 100) AS second_office,
       hire_date + 400 + below(emp_no, 24, 2600)::INTEGER AS left_on
     FROM employees
   )
   SELECT emp_no, hire_date,
     CASE WHEN leaves AND left_on < ${RECORDED_UNTIL} THEN left_on ELSE ${FOREVER} END AS to_date,
     hire_date + 1460 + below(emp_no, 25, 700)::INTEGER AS moved_on,
     moves AND moved_on < least(to_date, ${RECORDED_UNTIL}) AND one.dept_no <> two.dept_no AS moved,
     one.dept_no AS first_dept, CASE WHEN moved THEN two.dept_no ELSE one.dept_no END AS last_dept
   FROM drawn
   JOIN offices AS one ON one.i = first_office
   JOIN offices AS two ON two.i = second_office`,
  `CREATE TABLE dept_emp AS
   SELECT emp_no, dept_no, from_date, to_date FROM (
     SELECT emp_no, first_dept AS dept_no, hire_date AS from_date,
       CASE WHEN moved THEN moved_on ELSE to_date END AS to_date FROM service
     UNION ALL
     SELECT emp_no, last_dept, moved_on, to_date FROM service WHERE moved
   )
   ORDER BY emp_no, from_date`,
];

/** Each department has been handed on once or twice, always to somebody who has been in it since being hired. */
const MANAGERS = `
  CREATE TABLE dept_manager AS
   WITH ranked AS (
     SELECT emp_no, first_dept AS dept_no, hire_date,
       row_number() OVER (PARTITION BY first_dept ORDER BY hire_date, emp_no) AS seniority
     FROM service WHERE NOT moved AND to_date = ${FOREVER}
   ), started AS (
     SELECT emp_no, dept_no,
       CASE WHEN seniority = 1 THEN hire_date
         ELSE hire_date + 900 + 700 * (seniority - 2)::INTEGER + below(emp_no, 30, 300)::INTEGER END AS from_date
     FROM ranked WHERE seniority <= 2 + ascii(right(dept_no, 1)) % 2
   )
   SELECT dept_no, emp_no, from_date,
     lead(from_date, 1, ${FOREVER}) OVER (PARTITION BY dept_no ORDER BY from_date, emp_no) AS to_date
   FROM started
   ORDER BY dept_no, from_date`;

/** Titles only rise; a former manager keeps the highest title of the career. */
const TITLES = [
  `CREATE TEMP TABLE career_steps AS
   WITH promotions AS (
     SELECT emp_no, hire_date, to_date AS end_date, career, level, title,
       hire_date + (level * (1500 + below(emp_no, 40, 1300)))::INTEGER AS from_date
     FROM service
     JOIN (SELECT DISTINCT dept_no, career FROM offices) AS offices ON offices.dept_no = service.last_dept
     JOIN careers USING (career)
     WHERE level <= 1 + below(emp_no, 41, 3)
   )
     SELECT promotions.emp_no, title, level, promotions.from_date, end_date
     FROM promotions
     LEFT JOIN dept_manager AS post USING (emp_no)
     WHERE promotions.from_date < least(end_date, ${RECORDED_UNTIL})
       AND (post.from_date IS NULL OR promotions.from_date < post.from_date)
     UNION ALL
     SELECT emp_no, 'Manager', 4, dept_manager.from_date, service.to_date
     FROM dept_manager JOIN service USING (emp_no)
     UNION ALL
     SELECT dept_manager.emp_no, title, 4, dept_manager.to_date, service.to_date
     FROM dept_manager
     JOIN service USING (emp_no)
     JOIN (SELECT dept_no, career FROM offices GROUP BY ALL) AS offices ON offices.dept_no = service.last_dept
     JOIN careers USING (career)
     WHERE dept_manager.to_date <> ${FOREVER}
       AND level = (SELECT max(level) FROM careers AS others WHERE others.career = careers.career)`,
  `CREATE TABLE titles AS
   SELECT emp_no, title::VARCHAR AS title, from_date,
     lead(from_date, 1, end_date) OVER (PARTITION BY emp_no ORDER BY from_date) AS to_date
   FROM career_steps
   ORDER BY emp_no, from_date`,
];

/** One row a year of service: a start that depends on the department, a raise every year, more at every promotion. */
const SALARIES = `
  CREATE TABLE salaries AS
  WITH years AS (
    SELECT emp_no, hire_date, to_date AS end_date, last_dept, unnest(range(0, 18)) AS year,
      (hire_date + to_years(year::INTEGER))::DATE AS from_date
    FROM service
  ), levels AS (
    SELECT years.emp_no, year, years.from_date, years.end_date, last_dept, max(level) AS level
    FROM years JOIN career_steps ON career_steps.emp_no = years.emp_no AND career_steps.from_date <= years.from_date
    WHERE years.from_date < least(years.end_date, ${RECORDED_UNTIL})
    GROUP BY ALL
  )
  SELECT emp_no,
    (38000 + bonus + below(emp_no, 50, 9000) + year * (900 + below(emp_no, 51, 1500))
      + below(emp_no * 32 + year, 52, 800) + level * 4500)::INTEGER AS salary,
    from_date, lead(from_date, 1, end_date) OVER (PARTITION BY emp_no ORDER BY from_date) AS to_date
  FROM levels
  JOIN (SELECT dept_no, any_value(bonus) AS bonus FROM offices GROUP BY dept_no) AS offices ON dept_no = last_dept
  ORDER BY emp_no, from_date`;
