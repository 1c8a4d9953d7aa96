import { expect, it } from 'vitest';
import { describeDemo } from '../../test/fixtures/demo-suite.js';
import { demo } from './demo.js';

describeDemo('hr', demo, ({ row, rows }) => {
  it('has 300 employees, 29 of them hired before 1990', async () => {
    expect(
      await row(`SELECT count(*), count(*) FILTER (hire_date < '1990-01-01'), count(DISTINCT (first_name, last_name))
        FROM employees`),
    ).toEqual(['300', '29', '300']);
  });

  it('has the four known employees born in a May, and somebody born in every month', async () => {
    expect(
      await rows(
        `SELECT first_name || ' ' || last_name FROM employees WHERE month(birth_date) = 5 ORDER BY emp_no`,
      ),
    ).toEqual([['Christian Koblick'], ['Tzvetan Zielinski'], ['Kazuhito Cappelletti'], ['Yinghua Dredge']]);
    expect(await row('SELECT count(DISTINCT month(birth_date)) FROM employees')).toEqual(['12']);
  });

  it('hires grown people only', async () => {
    expect(await row(`SELECT min(date_diff('year', birth_date, hire_date)) >= 20 FROM employees`)).toEqual([
      true,
    ]);
  });

  it('has the nine departments, each with one manager at a time, who works in it', async () => {
    expect(await rows('SELECT dept_name FROM departments ORDER BY dept_name')).toEqual(
      [
        'Customer Service',
        'Development',
        'Finance',
        'Human Resources',
        'Marketing',
        'Production',
        'Quality Management',
        'Research',
        'Sales',
      ].map((name) => [name]),
    );
    expect(
      await row(`SELECT count(DISTINCT dept_no), count(*) FROM dept_manager WHERE to_date = '9999-01-01'`),
    ).toEqual(['9', '9']);
    expect(
      await row(`SELECT count(*) FROM (SELECT *, lead(from_date) OVER (PARTITION BY dept_no ORDER BY from_date) AS next
        FROM dept_manager) WHERE next <> to_date`),
    ).toEqual(['0']);
    expect(
      await row(`SELECT count(*) FROM dept_manager AS post ANTI JOIN dept_emp AS work ON work.emp_no = post.emp_no
        AND work.dept_no = post.dept_no AND work.from_date <= post.from_date AND work.to_date >= post.to_date`),
    ).toEqual(['0']);
  });

  it('gives every employee a department, a title and a salary from the first day on, without gaps or overlaps', async () => {
    for (const table of ['dept_emp', 'titles', 'salaries']) {
      expect(
        await row(`SELECT count(DISTINCT emp_no), count(*) FILTER (from_date >= to_date),
            count(*) FILTER (next <> to_date), count(*) FILTER (first <> hire_date)
          FROM (SELECT *, lead(from_date) OVER (PARTITION BY emp_no ORDER BY from_date) AS next,
            min(from_date) OVER (PARTITION BY emp_no) AS first FROM ${table}) JOIN employees USING (emp_no)`),
        table,
      ).toEqual(['300', '0', '0', '0']);
    }
  });

  it('ends department, title and salary of those who left on the same day', async () => {
    expect(
      await row(`SELECT count(*) FILTER (work < '9999-01-01') BETWEEN 20 AND 60,
          count(*) FILTER (work <> title OR work <> salary)
        FROM (SELECT emp_no, max(to_date) AS work FROM dept_emp GROUP BY emp_no)
        JOIN (SELECT emp_no, max(to_date) AS title FROM titles GROUP BY emp_no) USING (emp_no)
        JOIN (SELECT emp_no, max(to_date) AS salary FROM salaries GROUP BY emp_no) USING (emp_no)`),
    ).toEqual([true, '0']);
  });

  it('raises salaries every year, and pays the higher titles more', async () => {
    expect(
      await row(`SELECT count(*) FILTER (salary <= before), min(salary) >= 38000, max(salary) <= 130000
        FROM (SELECT *, lag(salary) OVER (PARTITION BY emp_no ORDER BY from_date) AS before FROM salaries)`),
    ).toEqual(['0', true, true]);
    const pay = await rows(`SELECT title FROM titles JOIN salaries USING (emp_no)
      WHERE titles.to_date = '9999-01-01' AND salaries.to_date = '9999-01-01'
        AND title IN ('Assistant Engineer', 'Engineer', 'Senior Engineer') GROUP BY title ORDER BY avg(salary)`);
    expect(pay).toEqual([['Assistant Engineer'], ['Engineer'], ['Senior Engineer']]);
  });

  it('never takes a title back', async () => {
    const order = `list_position(['Assistant Engineer', 'Engineer', 'Senior Engineer', 'Technique Leader'], title)`;
    expect(
      await row(`SELECT count(*) FROM (SELECT ${order} AS rank, lag(${order}) OVER (PARTITION BY emp_no ORDER BY from_date)
        AS before FROM titles) WHERE rank < before`),
    ).toEqual(['0']);
  });
});
