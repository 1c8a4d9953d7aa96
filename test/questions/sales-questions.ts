import { questionsOf } from './question.js';

const SALES_OF_EVENTS = 'sales join event using (eventid)';

export const salesQuestions = questionsOf('sales', [
  ['count', 'How many ticket sales are there?', 'select count(*) from sales'],
  ['count-made', 'how many ticket sales have we made', 'select count(*) from sales'],
  ['count-total', 'Total number of sales?', 'select count(*) from sales'],
  ['count-transactions', "what's the number of sales transactions", 'select count(*) from sales'],
  ['tickets-sold', 'How many tickets were sold?', 'select sum(qtysold) from sales'],
  [
    'tickets-sold-march',
    'how many tickets did we sell in march 2008',
    `select sum(qtysold) from sales where saletime >= '2008-03-01' and saletime < '2008-04-01'`,
  ],
  [
    'commission-2008',
    'What was the total commission for the ticket sales in the year 2008?',
    'select sum(commission) from sales where year(saletime) = 2008',
  ],
  [
    'commission-total-short',
    'Total commission in 2008',
    'select sum(commission) from sales where year(saletime) = 2008',
  ],
  [
    'commission-june',
    'how much commission did we earn in june 2008?',
    `select sum(commission) from sales where saletime >= '2008-06-01' and saletime < '2008-07-01'`,
  ],
  [
    'commission-first-quarter',
    'Commission earned in the first quarter of 2008',
    `select sum(commission) from sales where saletime >= '2008-01-01' and saletime < '2008-04-01'`,
  ],
  ['commission-average', 'What is the average commission per sale?', 'select avg(commission) from sales'],
  ['commission-lowest', 'lowest commission', 'select min(commission) from sales'],
  [
    'commission-last-year',
    'total commission last year',
    'select sum(commission) from sales where year(saletime) = 2008',
    { asOf: '2009-03-01T09:00:00Z' },
  ],
  [
    'commission-by-month',
    'Show me the commission per month in 2008',
    [
      `select date_trunc('month', saletime), sum(commission) from sales group by 1`,
      'select month(saletime), sum(commission) from sales group by 1',
    ],
  ],
  ['revenue-2008', 'What was our total revenue in 2008?', 'select sum(pricepaid) from sales'],
  [
    'revenue-by-quarter',
    'revenue by quarter',
    [
      `select date_trunc('quarter', saletime), sum(pricepaid) from sales group by 1`,
      'select quarter(saletime), sum(pricepaid) from sales group by 1',
    ],
  ],
  [
    'revenue-best-month',
    'Which month had the highest revenue?',
    [
      `select date_trunc('month', saletime) from sales group by 1 order by sum(pricepaid) desc limit 1`,
      'select month(saletime) from sales group by 1 order by sum(pricepaid) desc limit 1',
      'select month from sales join date using (dateid) group by 1 order by sum(pricepaid) desc limit 1',
    ],
  ],
  ['price-highest', "What's the highest price paid for a sale?", 'select max(pricepaid) from sales'],
  [
    'price-average-december',
    'average price paid per sale in December 2008',
    `select avg(pricepaid) from sales where saletime >= '2008-12-01' and saletime < '2009-01-01'`,
  ],
  [
    'events-top-revenue',
    'What are the top 5 events by revenue?',
    [
      `select eventname from ${SALES_OF_EVENTS} group by eventname order by sum(pricepaid) desc limit 5`,
      `select eventname from ${SALES_OF_EVENTS} group by eventid, eventname order by sum(pricepaid) desc limit 5`,
    ],
    { ordered: true },
  ],
  [
    'events-most-tickets',
    'Which 10 events sold the most tickets?',
    [
      `select eventname from ${SALES_OF_EVENTS} group by eventname order by sum(qtysold) desc limit 10`,
      `select eventname from ${SALES_OF_EVENTS} group by eventid, eventname order by sum(qtysold) desc limit 10`,
    ],
    { ordered: true },
  ],
  [
    'venues-top-sales',
    'top 3 venues by number of sales',
    `select venuename from ${SALES_OF_EVENTS} join venue using (venueid)
     group by venueid, venuename order by count(*) desc limit 3`,
    { ordered: true },
  ],
  [
    'revenue-by-category',
    'Revenue by category',
    `select catname, sum(pricepaid) from ${SALES_OF_EVENTS} join category using (catid) group by 1`,
  ],
  [
    'commission-by-group',
    'commission by category group',
    `select catgroup, sum(commission) from ${SALES_OF_EVENTS} join category using (catid) group by 1`,
  ],
  [
    'events-by-category',
    'how many events are there in each category',
    'select catname, count(*) from event join category using (catid) group by 1',
  ],
  [
    'events-by-city',
    'number of events per venue city',
    'select venuecity, count(*) from event join venue using (venueid) group by 1',
  ],
  [
    'venues-new-york',
    'How many venues are in New York City?',
    `select count(*) from venue where venuecity = 'New York City'`,
  ],
  [
    'venues-chicago',
    'list the venues in Chicago',
    `select venuename from venue where venuecity = 'Chicago'`,
    { wider: true },
  ],
  [
    'venue-largest',
    'What is the largest venue?',
    'select venuename from venue order by venueseats desc limit 1',
    { wider: true },
  ],
  [
    'venues-over-70000',
    'Which venues have more than 70000 seats?',
    'select venuename from venue where venueseats > 70000',
  ],
  ['venue-capacity', 'average capacity of venues', 'select avg(venueseats) from venue'],
  [
    'venue-capacity-los-angeles',
    'total seating capacity in Los Angeles',
    `select sum(venueseats) from venue where venuecity = 'Los Angeles'`,
  ],
  ['users-ca', 'how many users live in CA', `select count(*) from users where state = 'CA'`],
  ['users-california', 'How many users live in California?', `select count(*) from users where state = 'CA'`],
  ['users-jazz', 'How many users like jazz?', 'select count(*) from users where likejazz'],
  [
    'users-opera-rock',
    'how many users like both opera and rock',
    'select count(*) from users where likeopera and likerock',
  ],
  [
    'users-not-sports',
    'How many users do not like sports?',
    [
      'select count(*) from users where not likesports',
      'select count(*) from users where likesports is distinct from true',
    ],
  ],
  [
    'users-top-city',
    'Which city has the most users?',
    'select city from users group by 1 order by count(*) desc limit 1',
  ],
  ['users-by-state', 'users by state', 'select state, count(*) from users group by 1'],
  [
    'users-cities',
    'How many different cities do our users come from?',
    ['select count(distinct city) from users', 'select count(distinct (city, state)) from users'],
  ],
  [
    'events-holidays',
    'number of events on holidays',
    'select count(*) from event join date using (dateid) where holiday',
  ],
  [
    'sales-saturdays',
    'How many sales were made on Saturdays?',
    `select count(*) from sales join date using (dateid) where day = 'SA'`,
  ],
  [
    'listings-more-than-10',
    'How many listings have more than 10 tickets?',
    'select count(*) from listing where numtickets > 10',
  ],
  ['listings-asking-price', 'average asking price of one ticket', 'select avg(priceperticket) from listing'],
  [
    'category-most-events',
    'Which category has the most events?',
    'select catname from event join category using (catid) group by 1 order by count(*) desc limit 1',
  ],
  [
    'sales-over-1000',
    'how many sales of more than 1000 dollars',
    'select count(*) from sales where pricepaid > 1000',
  ],
  [
    'sales-500-to-1000',
    'How many sales had a price paid between 500 and 1000 dollars?',
    'select count(*) from sales where pricepaid between 500 and 1000',
  ],
  ['sales-quantity-8', 'how many sales had a quantity of 8', 'select count(*) from sales where qtysold = 8'],
  [
    'concerts-august',
    'How many concerts took place in August 2008?',
    `select count(*) from event join category using (catid)
     where catgroup = 'Concerts' and year(starttime) = 2008 and month(starttime) = 8`,
  ],
  [
    'events-pop',
    'how many Pop events are there',
    `select count(*) from event join category using (catid) where catname = 'Pop'`,
  ],
  [
    'events-not-new-york',
    'How many events are not in New York City?',
    `select count(*) from event join venue using (venueid) where venuecity <> 'New York City'`,
  ],
  [
    'revenue-wicked',
    'What was the total revenue from Wicked?',
    `select sum(pricepaid) from ${SALES_OF_EVENTS} where eventname = 'Wicked'`,
  ],
  [
    'tickets-macbeth',
    'how many tickets were sold for Macbeth',
    `select sum(qtysold) from ${SALES_OF_EVENTS} where eventname = 'Macbeth'`,
  ],
  [
    'seller-most-tickets',
    'Which seller sold the most tickets?',
    ['firstname, lastname', 'username', 'userid', 'firstname', 'lastname'].map(
      (columns) =>
        `select ${columns} from sales join users on userid = sellerid
         group by userid, username, firstname, lastname order by sum(qtysold) desc limit 1`,
    ) as [string, ...string[]],
  ],
  [
    'sellers',
    'How many sellers are there?',
    ['select count(distinct sellerid) from sales', 'select count(distinct sellerid) from listing'],
  ],
  [
    'buyers-distinct',
    'how many distinct buyers bought tickets in 2008',
    'select count(distinct buyerid) from sales where year(saletime) = 2008',
  ],
  ['tickets-per-sale', 'Average number of tickets per sale', 'select avg(qtysold) from sales'],
  ['price-median', 'what is the median price paid', 'select median(pricepaid) from sales'],
  [
    'sales-share-new-york',
    'What percentage of sales were for events in New York City?',
    [100, 1].map(
      (of) =>
        `select ${of} * avg((venuecity = 'New York City')::int)
         from ${SALES_OF_EVENTS} join venue using (venueid)`,
    ) as [string, ...string[]],
  ],
  [
    'sales-2009',
    'How many sales were there in 2009?',
    'select count(*) from sales where year(saletime) = 2009',
  ],
  [
    'revenue-june-july',
    'Compare the revenue in June and July 2008',
    [
      `select date_trunc('month', saletime), sum(pricepaid) from sales where month(saletime) in (6, 7) group by 1`,
      'select month(saletime), sum(pricepaid) from sales where month(saletime) in (6, 7) group by 1',
    ],
  ],
  [
    'events-without-sales',
    'How many events had no sales?',
    'select count(*) from event where eventid not in (select eventid from sales)',
  ],
  ['categories', 'Names of all categories', 'select catname from category', { wider: true }],
  [
    'events-garden-may',
    'list the events at Madison Square Garden in May 2008',
    `select eventname from event join venue using (venueid)
     where venuename = 'Madison Square Garden' and year(starttime) = 2008 and month(starttime) = 5`,
    { wider: true },
  ],
  [
    'sale-last',
    'When was the last sale made?',
    ['select max(saletime) from sales', 'select max(saletime)::date from sales'],
  ],
  [
    'revenue-sports',
    'revenue from sports in the second half of 2008',
    `select sum(pricepaid) from ${SALES_OF_EVENTS} join category using (catid)
     where catgroup = 'Sports' and saletime >= '2008-07-01' and saletime < '2009-01-01'`,
  ],
]);
