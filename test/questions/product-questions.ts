import { questionsOf } from './question.js';

/** Over weather.csv, read as a table of its columns: the temperatures are in °C, the wind in metres per second. */
const SEATTLE = `from weather where location = 'Seattle'`;
const NEW_YORK = `from weather where location = 'New York'`;
const FAHRENHEIT = (column: string) => `round(${column} * 9 / 5 + 32, 1)`;

export const productQuestions = questionsOf('product', [
  [
    'now-new-york',
    'What is the weather like right now in New York City in degrees Fahrenheit?',
    `select ${FAHRENHEIT('temp_max')}, ${FAHRENHEIT('temp_min')}, weather ${NEW_YORK} and date = '2015-12-31'`,
    { wider: true },
  ],
  [
    'now-seattle',
    'current weather in Seattle',
    `select temp_max, temp_min, weather ${SEATTLE} and date = '2014-07-04'`,
    { asOf: '2014-07-04T20:00:00Z', wider: true },
  ],
  [
    'now-seattle-celsius',
    'how is the weather in seattle today in celsius?',
    `select temp_max, temp_min, weather ${SEATTLE} and date = '2013-02-01'`,
    { asOf: '2013-02-01T20:00:00Z', wider: true },
  ],
  [
    'now-paris',
    "What's the weather in Paris right now?",
    'select weather from weather where false',
    { wider: true },
  ],
  [
    'high-july-4',
    'How hot was it in New York on July 4 2014?',
    `select temp_max ${NEW_YORK} and date = '2014-07-04'`,
    { wider: true },
  ],
  [
    'day-christmas',
    'weather in Seattle on 2013-12-25',
    `select temp_max, temp_min, weather ${SEATTLE} and date = '2013-12-25'`,
    { wider: true },
  ],
  [
    'history-week',
    'Weather history of New York from 2014-01-01 to 2014-01-07',
    `select date, temp_max, temp_min, weather ${NEW_YORK} and date between '2014-01-01' and '2014-01-07'`,
    { wider: true },
  ],
  [
    'rain-november',
    'How much rain fell in Seattle in November 2014?',
    `select sum(precipitation) ${SEATTLE} and year(date) = 2014 and month(date) = 11`,
  ],
  [
    'rain-by-month',
    'rainfall in Seattle by month in 2013',
    [
      `select date_trunc('month', date), sum(precipitation) ${SEATTLE} and year(date) = 2013 group by 1`,
      `select month(date), sum(precipitation) ${SEATTLE} and year(date) = 2013 group by 1`,
    ],
  ],
  [
    'temperature-highest',
    'Highest temperature in New York in 2013',
    `select max(temp_max) ${NEW_YORK} and year(date) = 2013`,
  ],
  [
    'temperature-lowest-fahrenheit',
    'lowest temperature in Seattle in January 2015 in fahrenheit',
    `select ${FAHRENHEIT('min(temp_min)')} ${SEATTLE} and year(date) = 2015 and month(date) = 1`,
  ],
  [
    'high-by-month',
    'average high in New York by month in 2014',
    [
      `select date_trunc('month', date), avg(temp_max) ${NEW_YORK} and year(date) = 2014 group by 1`,
      `select month(date), avg(temp_max) ${NEW_YORK} and year(date) = 2014 group by 1`,
    ],
  ],
  [
    'snow-days',
    'How many days did it snow in New York in February 2014?',
    `select count(*) ${NEW_YORK} and weather = 'snow' and year(date) = 2014 and month(date) = 2`,
  ],
  [
    'windiest-day',
    'Which day was the windiest in New York in 2012?',
    `select date ${NEW_YORK} and year(date) = 2012 order by wind desc limit 1`,
  ],
  [
    'wind-average',
    'average wind speed in Seattle in March 2015',
    [
      `select avg(wind * 3.6) ${SEATTLE} and year(date) = 2015 and month(date) = 3`,
      `select avg(round(wind * 3.6, 1)) ${SEATTLE} and year(date) = 2015 and month(date) = 3`,
    ],
  ],
]);
