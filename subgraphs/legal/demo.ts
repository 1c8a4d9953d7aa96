import { CHANCE, type Demo, literal, pool } from '../connectors/demo-data.js';
import { EDUCATIONS, HOURLY_TRAFFIC, LIABILITIES, OCCUPATIONS, PLACES } from './pools.js';

const CUSTOMERS = 5_000;
const FRAUDS = 164;
const YEAR = 2023;

/** A car insurer's claims of one year and the customers who made them, written as Parquet files as they lie on S3. */
export const demo: Demo = {
  statements: (folder) => [
    ...CHANCE,
    ...POOLS,
    MADE_CUSTOMERS,
    INCIDENTS,
    MADE_CLAIMS,
    ...['customers', 'claims'].flatMap((table) => throughParquet(table, folder)),
  ],
};

const POOLS = [
  pool(
    'places',
    'city, state, zip',
    PLACES.flatMap(([city, state, zip, share]) => repeat(share, [city, state, zip])),
  ),
  pool(
    'educations',
    'education',
    EDUCATIONS.flatMap(([education, share]) => repeat(share, [education])),
  ),
  pool(
    'occupations',
    'occupation',
    OCCUPATIONS.map((occupation) => [occupation]),
  ),
  pool(
    'liabilities',
    'liability',
    LIABILITIES.flatMap(([liability, share]) => repeat(share, [liability])),
  ),
  pool(
    'hours',
    'hour',
    HOURLY_TRAFFIC.flatMap((share, hour) => repeat(share, [hour])),
  ),
];

function repeat<Item>(times: number, item: Item): Item[] {
  return Array.from({ length: times }, () => item);
}

function size(name: string): string {
  return `(SELECT count(*) FROM ${name})`;
}

/** The young, the newly insured and those with earlier claims pay more. */
const MADE_CUSTOMERS = `
  CREATE TEMP TABLE made_customers AS
  WITH people AS (
    SELECT n, greatest(18, least(84, 43 + bell(n, 1) * 14 // 1000)) AS age, below(n, 2, 100) AS gender,
      least(early(n, 3, 420), (age - 17) * 12) AS months,
      CASE WHEN below(n, 4, 100) < 82 THEN 0 ELSE 1 + early(n, 5, 4) END AS earlier_claims,
      CASE WHEN months >= 60 THEN 1 ELSE 1 + early(n, 6, 5) END AS insurers,
      250 * (1 + early(n, 7, 4)) AS deductible
    FROM range(1, ${CUSTOMERS} + 1) AS numbers(n)
  )
  SELECT n::INTEGER AS policy_id, age::INTEGER AS customer_age,
    CASE WHEN gender < 53 THEN 'Male' WHEN gender < 97 THEN 'Female' ELSE 'Unknown' END AS customer_gender,
    education::VARCHAR AS customer_education, occupation::VARCHAR AS customer_occupation,
    city::VARCHAR AS customer_city, (zip || lpad(below(n, 8, 60)::VARCHAR, 2, '0'))::VARCHAR AS customer_zip,
    state::VARCHAR AS policy_state,
    (DATE '${YEAR}-01-01' - to_months(months::INTEGER) - to_days(below(n, 9, 28)::INTEGER))::DATE AS policy_start_date,
    months::INTEGER AS months_as_customer,
    ((190000 + 4000 * greatest(0, 26 - age) + 14000 * earlier_claims - 90 * months - 25 * deductible
      + 25 * bell(n, 10)) / 100)::DECIMAL(8, 2) AS policy_annual_premium,
    deductible::INTEGER AS policy_deductible, liability::VARCHAR AS policy_liability,
    earlier_claims::INTEGER AS num_claims_past_year, insurers::INTEGER AS num_insurers_past_5_years,
    (${YEAR} - early(n, 11, 19))::INTEGER AS auto_year
  FROM people
  JOIN places ON places.i = below(n, 12, ${size('places')})
  JOIN educations ON educations.i = below(n, 13, ${size('educations')})
  JOIN occupations ON occupations.i = below(n, 14, ${size('occupations')})
  JOIN liabilities ON liabilities.i = below(n, 15, ${size('liabilities')})`;

/** What happened: winter has more collisions, a parked car has no driver, and a light knock seldom hurts anybody. */
const INCIDENTS = `
  CREATE TEMP TABLE incidents AS
  SELECT policy_id, policy_id AS n, auto_year, num_insurers_past_5_years, months_as_customer,
    DATE '${YEAR}-01-01' + CASE WHEN below(n, 20, 5) = 0 THEN (334 + below(n, 21, 90)) % 365
      ELSE below(n, 22, 365) END::INTEGER AS day,
    hours.hour,
    CASE WHEN below(n, 23, 100) < 74 THEN 'Collision' WHEN below(n, 24, 100) < 62 THEN 'Break-in' ELSE 'Theft' END AS kind,
    CASE WHEN kind = 'Theft' THEN CASE WHEN below(n, 25, 100) < 70 THEN 'Totaled' ELSE 'Major' END
      WHEN kind = 'Break-in' THEN CASE WHEN below(n, 25, 100) < 80 THEN 'Minor' ELSE 'Major' END
      WHEN below(n, 25, 100) < 54 THEN 'Minor' WHEN below(n, 25, 100) < 86 THEN 'Major' ELSE 'Totaled' END AS severity,
    CASE WHEN kind <> 'Collision' THEN 0
      ELSE greatest(0, below(n, 26, 3) - CASE severity WHEN 'Minor' THEN 2 WHEN 'Major' THEN 1 ELSE 0 END)
        + CASE WHEN below(n, 27, 25) = 0 THEN 1 + early(n, 28, 3) ELSE 0 END END AS injuries,
    CASE WHEN kind <> 'Collision' THEN 1 WHEN below(n, 29, 100) < 22 THEN 1 ELSE 2 + early(n, 30, 3) // 2 END AS vehicles,
    CASE WHEN kind = 'Collision' THEN early(n, 31, 6) ELSE early(n, 31, 3) END AS witnesses
  FROM made_customers
  JOIN hours ON hours.i = below(policy_id, 32, ${size('hours')})`;

/**
 * The claims that look most like fraud are frauds: unseen, without a report, at night, for much, by the new.
 * A claim is filed within some days, but never after the year's end.
 */
const MADE_CLAIMS = `
  CREATE TEMP TABLE made_claims AS
  WITH amounts AS (
    SELECT *,
      CASE WHEN severity = 'Totaled' OR injuries > 0 THEN below(n, 40, 100) < 88
        WHEN severity = 'Major' THEN below(n, 40, 100) < 62 ELSE below(n, 40, 100) < 34 END AS called,
      called AND below(n, 41, 100) < 70 AS reported,
      100 * CASE WHEN injuries = 0 THEN 0
        ELSE injuries * (12 + early(n, 42, 160)) + CASE severity WHEN 'Totaled' THEN 90 ELSE 0 END END AS injury_amount,
      50 * CASE severity WHEN 'Minor' THEN 12 + early(n, 43, 130) WHEN 'Major' THEN 110 + early(n, 43, 330)
        ELSE 260 + early(n, 43, 900) - 8 * (${YEAR} - auto_year) END AS vehicle_amount,
      day + to_hours(hour) AS happened
    FROM incidents
  ), suspected AS (
    SELECT *, row_number() OVER (ORDER BY
      bell(n, 44) + CASE WHEN witnesses = 0 THEN 500 ELSE 0 END + CASE WHEN reported THEN 0 ELSE 400 END
        + CASE WHEN hour < 6 OR hour > 21 THEN 300 ELSE 0 END + 150 * num_insurers_past_5_years
        + CASE WHEN months_as_customer < 24 THEN 300 ELSE 0 END + (injury_amount + vehicle_amount) // 50 DESC, n)
      <= ${FRAUDS} AS fraud
    FROM amounts
  )
  SELECT policy_id::INTEGER AS policy_id,
    CASE WHEN kind <> 'Collision' THEN 'N/A' WHEN below(n, 45, 100) < 68 THEN 'Self' WHEN below(n, 46, 100) < 50 THEN 'Spouse'
      WHEN below(n, 46, 100) < 82 THEN 'Child' ELSE 'Other' END AS driver_relationship,
    kind AS incident_type,
    CASE WHEN kind <> 'Collision' THEN 'N/A' ELSE ['Front', 'Rear', 'Side', 'Front', 'Rear'][1 + below(n, 47, 5)] END
      AS collision_type,
    severity AS incident_severity,
    CASE WHEN NOT called THEN 'None' WHEN injuries > 0 AND below(n, 48, 100) < 45 THEN 'Ambulance'
      WHEN kind = 'Collision' AND severity = 'Totaled' AND below(n, 48, 100) > 75 THEN 'Fire' ELSE 'Police' END
      AS authorities_contacted,
    vehicles::INTEGER AS num_vehicles_involved, injuries::INTEGER AS num_injuries, witnesses::INTEGER AS num_witnesses,
    CASE WHEN reported THEN 'Yes' ELSE 'No' END AS police_report_available,
    injury_amount::DECIMAL(10, 2) AS injury_claim, vehicle_amount::DECIMAL(10, 2) AS vehicle_claim,
    (injury_amount + vehicle_amount)::DECIMAL(10, 2) AS total_claim_amount,
    month(day)::INTEGER AS incident_month, day(day)::INTEGER AS incident_day, hour::INTEGER AS incident_hour,
    fraud::INTEGER AS fraud,
    (happened + to_seconds(2400 + early(n, 49, least(700000, epoch(TIMESTAMP '${YEAR + 1}-01-01' - happened) - 2400))))
      ::TIMESTAMP AS write_time
  FROM suspected`;

function throughParquet(table: string, folder: string): string[] {
  const file = literal(`${folder}/${table}.parquet`);
  return [
    `COPY (SELECT * FROM made_${table} ORDER BY policy_id) TO ${file} (FORMAT parquet, COMPRESSION zstd)`,
    `CREATE TABLE ${table} AS SELECT * FROM read_parquet(${file}) ORDER BY policy_id`,
  ];
}
