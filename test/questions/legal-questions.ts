import { questionsOf } from './question.js';

const CLAIMS_OF_CUSTOMERS = 'claims join customers using (policy_id)';

export const legalQuestions = questionsOf('legal', [
  [
    'frauds-2023',
    'How many frauds happened in the year 2023?',
    'select count(*) from claims where fraud = 1 and year(write_time) = 2023',
  ],
  [
    'frauds-claims-2023',
    'how many fraudulent claims were there in 2023',
    'select count(*) from claims where fraud = 1 and year(write_time) = 2023',
  ],
  ['frauds', 'Number of frauds', 'select count(*) from claims where fraud = 1'],
  [
    'frauds-2022',
    'how many frauds happened in 2022?',
    'select count(*) from claims where fraud = 1 and year(write_time) = 2022',
  ],
  ['not-fraud', 'How many claims were not fraudulent?', 'select count(*) from claims where fraud = 0'],
  [
    'frauds-filed-march',
    'How many fraudulent claims were filed in March 2023?',
    'select count(*) from claims where fraud = 1 and year(write_time) = 2023 and month(write_time) = 3',
  ],
  [
    'frauds-by-state',
    'how many frauds per state?',
    `select policy_state, count(*) from ${CLAIMS_OF_CUSTOMERS} where fraud = 1 group by 1`,
  ],
  [
    'frauds-top-state',
    'Which state has the most frauds?',
    `select policy_state from ${CLAIMS_OF_CUSTOMERS} where fraud = 1 group by 1 order by count(*) desc limit 1`,
  ],
  [
    'fraud-rate',
    'What percentage of claims are fraudulent?',
    ['select 100 * avg(fraud) from claims', 'select avg(fraud) from claims'],
  ],
  [
    'policies-this-year',
    'How many policies were claimed this year?',
    'select count(*) from claims where year(write_time) = 2023',
    { asOf: '2023-08-01T12:00:00Z' },
  ],
  [
    'policies-this-year-none',
    'How many policies were claimed this year?',
    'select count(*) from claims where year(write_time) = 2024',
  ],
  [
    'claims-last-year',
    'number of claims last year',
    'select count(*) from claims where year(write_time) = 2023',
  ],
  [
    'claims-last-month',
    'How many claims were filed last month?',
    'select count(*) from claims where year(write_time) = 2023 and month(write_time) = 3',
    { asOf: '2023-04-10T12:00:00Z' },
  ],
  [
    'claims-by-severity',
    'how many claims by incident severity',
    'select incident_severity, count(*) from claims group by 1',
  ],
  ['claims-per-type', 'claims per incident type', 'select incident_type, count(*) from claims group by 1'],
  [
    'claims-december-by-type',
    'Claims in December 2023 by incident type',
    `select incident_type, count(*) from claims
     where year(write_time) = 2023 and month(write_time) = 12 group by 1`,
  ],
  [
    'claims-by-month',
    'Number of claims filed each month',
    [
      `select date_trunc('month', write_time), count(*) from claims group by 1`,
      'select month(write_time), count(*) from claims group by 1',
    ],
  ],
  [
    'claims-best-month',
    'In which month were the most claims filed?',
    [
      `select date_trunc('month', write_time) from claims group by 1 order by count(*) desc limit 1`,
      'select month(write_time) from claims group by 1 order by count(*) desc limit 1',
    ],
  ],
  ['amount-average', 'average claim amount', 'select avg(total_claim_amount) from claims'],
  [
    'amount-by-severity',
    'What is the average claim amount by incident severity?',
    'select incident_severity, avg(total_claim_amount) from claims group by 1',
  ],
  [
    'amount-total-2023',
    'total claim amount in 2023',
    'select sum(total_claim_amount) from claims where year(write_time) = 2023',
  ],
  ['amount-highest', 'highest claim amount', 'select max(total_claim_amount) from claims'],
  ['amount-injuries', 'Sum of injury claims', 'select sum(injury_claim) from claims'],
  [
    'amount-vehicle-collisions',
    'average vehicle claim for collisions',
    `select avg(vehicle_claim) from claims where incident_type = 'Collision'`,
  ],
  [
    'amount-deductible-500',
    'average claim amount for customers with a deductible of 500',
    `select avg(total_claim_amount) from ${CLAIMS_OF_CUSTOMERS} where policy_deductible = 500`,
  ],
  [
    'amount-top-occupations',
    'Top 3 occupations by total claim amount',
    `select customer_occupation from ${CLAIMS_OF_CUSTOMERS} group by 1 order by sum(total_claim_amount) desc limit 3`,
    { ordered: true },
  ],
  [
    'claims-over-50000',
    'how many claims were above 50000 dollars',
    'select count(*) from claims where total_claim_amount > 50000',
  ],
  [
    'claims-10000-20000',
    'How many claims have a total amount between 10000 and 20000 dollars?',
    'select count(*) from claims where total_claim_amount between 10000 and 20000',
  ],
  [
    'injuries-more-than-2',
    'How many claims had more than 2 injuries?',
    'select count(*) from claims where num_injuries > 2',
  ],
  [
    'witnesses-none',
    'claims with no witnesses',
    [
      'select count(*) from claims where num_witnesses = 0',
      'select policy_id from claims where num_witnesses = 0',
    ],
  ],
  [
    'police-report',
    'How many claims have a police report?',
    `select count(*) from claims where police_report_available = 'Yes'`,
  ],
  [
    'police-report-none',
    'How many claims without a police report?',
    `select count(*) from claims where police_report_available = 'No'`,
  ],
  [
    'police-contacted',
    'In how many claims was the police contacted?',
    `select count(*) from claims where authorities_contacted = 'Police'`,
  ],
  [
    'authorities',
    'number of claims by authorities contacted',
    'select authorities_contacted, count(*) from claims group by 1',
  ],
  [
    'rear-collisions',
    'how many rear collisions were there',
    `select count(*) from claims where collision_type = 'Rear'`,
  ],
  [
    'collision-most-common',
    'Which collision type is the most common?',
    'select collision_type from claims group by 1 order by count(*) desc limit 1',
  ],
  [
    'totaled',
    'How many cars were totaled?',
    `select count(*) from claims where incident_severity = 'Totaled'`,
  ],
  [
    'spouse',
    'How many claims where the driver was the spouse?',
    `select count(*) from claims where driver_relationship = 'Spouse'`,
  ],
  [
    'vehicles-average',
    'average number of vehicles involved',
    'select avg(num_vehicles_involved) from claims',
  ],
  [
    'hour-busiest',
    'At what hour of the day do most incidents happen?',
    'select incident_hour from claims group by 1 order by count(*) desc limit 1',
  ],
  [
    'theft-or-break-in',
    'How many claims were a theft or a break-in?',
    [
      `select count(*) from claims where incident_type in ('Theft', 'Break-in')`,
      `select incident_type, count(*) from claims where incident_type in ('Theft', 'Break-in') group by 1`,
    ],
  ],
  [
    'claims-seattle',
    'How many claims came from customers in Seattle?',
    `select count(*) from ${CLAIMS_OF_CUSTOMERS} where customer_city = 'Seattle'`,
  ],
  ['customers', 'How many customers are there?', 'select count(*) from customers'],
  [
    'customers-los-angeles',
    'how many customers live in Los Angeles',
    `select count(*) from customers where customer_city = 'Los Angeles'`,
  ],
  [
    'customers-female',
    'number of female customers',
    `select count(*) from customers where customer_gender = 'Female'`,
  ],
  [
    'customers-retail',
    'how many customers work in Retail?',
    `select count(*) from customers where customer_occupation = 'Retail'`,
  ],
  [
    'customers-by-education',
    'customers by education',
    'select customer_education, count(*) from customers group by 1',
  ],
  [
    'customers-top-cities',
    'Top 5 cities by number of customers',
    'select customer_city from customers group by 1 order by count(*) desc limit 5',
    { ordered: true },
  ],
  [
    'customers-older-60',
    'How many customers are older than 60?',
    'select count(*) from customers where customer_age > 60',
  ],
  ['age-average', 'average age of customers', 'select avg(customer_age) from customers'],
  [
    'tenure-by-gender',
    'Average months as customer by gender',
    'select customer_gender, avg(months_as_customer) from customers group by 1',
  ],
  [
    'premium-average',
    'What is the average annual premium?',
    'select avg(policy_annual_premium) from customers',
  ],
  [
    'premium-by-state',
    'average premium by state',
    'select policy_state, avg(policy_annual_premium) from customers group by 1',
  ],
  [
    'policies-2020',
    'How many policies started in 2020?',
    'select count(*) from customers where year(policy_start_date) = 2020',
  ],
  [
    'cars-2015',
    'how many cars of model year 2015 are insured',
    'select count(*) from customers where auto_year = 2015',
  ],
  ['deductible-highest', 'Maximum deductible', 'select max(policy_deductible) from customers'],
]);
