import { expect, it } from 'vitest';
import { describeDemo } from '../../test/fixtures/demo-suite.js';
import { demo } from './demo.js';

describeDemo('legal', demo, ({ row, rows }) => {
  it('has 5,000 claims of 2023 by 5,000 customers, and 164 frauds', async () => {
    expect(
      await row(`SELECT (SELECT count(*) FROM customers), count(*), count(DISTINCT policy_id), sum(fraud),
        count(*) FILTER (fraud NOT IN (0, 1)), count(*) FILTER (year(write_time) <> 2023) FROM claims`),
    ).toEqual(['5000', '5000', '5000', '164', '0', '0']);
  });

  it('files every claim after its incident, which happened on a day of the year', async () => {
    expect(
      await row(`SELECT count(*) FILTER (write_time <= happened), max(date_diff('day', happened, write_time)) <= 10,
          count(DISTINCT incident_month), count(DISTINCT incident_day), count(DISTINCT incident_hour)
        FROM (SELECT *, make_timestamp(2023, incident_month, incident_day, incident_hour, 0, 0) AS happened FROM claims)`),
    ).toEqual(['0', true, '12', '31', '24']);
  });

  it('adds up the amounts of a claim, and claims for injuries only where somebody was hurt', async () => {
    expect(
      await row(`SELECT count(*) FILTER (total_claim_amount <> injury_claim + vehicle_claim),
        count(*) FILTER ((injury_claim > 0) <> (num_injuries > 0)), min(vehicle_claim) > 0, max(total_claim_amount) < 150000
        FROM claims`),
    ).toEqual(['0', '0', true, true]);
  });

  it('speaks of a collision side and a driver only where there was a collision', async () => {
    expect(
      await row(`SELECT count(*) FILTER ((collision_type = 'N/A') <> (incident_type <> 'Collision')),
        count(*) FILTER ((driver_relationship = 'N/A') <> (incident_type <> 'Collision')),
        count(*) FILTER (police_report_available = 'Yes' AND authorities_contacted = 'None') FROM claims`),
    ).toEqual(['0', '0', '0']);
    expect(
      await rows('SELECT DISTINCT authorities_contacted FROM claims ORDER BY authorities_contacted'),
    ).toEqual([['Ambulance'], ['Fire'], ['None'], ['Police']]);
  });

  it('makes bad damage dear, and frauds likelier where nobody saw', async () => {
    expect(
      await rows(
        'SELECT incident_severity FROM claims GROUP BY incident_severity ORDER BY avg(total_claim_amount)',
      ),
    ).toEqual([['Minor'], ['Major'], ['Totaled']]);
    const [unseen, seen] = (
      await rows('SELECT avg(fraud) FROM claims GROUP BY num_witnesses > 0 ORDER BY num_witnesses > 0')
    ).map(([share]) => Number(share));
    expect(unseen).toBeGreaterThan(2 * (seen ?? 1));
  });

  it('has believable customers', async () => {
    expect(
      await row(`SELECT min(customer_age), max(customer_age) <= 90, count(*) FILTER (months_as_customer > (customer_age - 16) * 12),
          count(*) FILTER (date_diff('month', policy_start_date, DATE '2023-01-01') - months_as_customer NOT IN (0, 1)),
          count(*) FILTER (length(customer_zip) <> 5), min(policy_annual_premium) > 500, max(policy_annual_premium) < 5000
        FROM customers`),
    ).toEqual([18, true, '0', '0', '0', true, true]);
  });
});
