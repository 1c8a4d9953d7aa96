import { stem } from '../text/tokenize.js';

/**
 * What people call the same thing in tables of any kind: words and short phrases that may stand for one another. Written
 * by hand; a word may be in several groups. A catalog's own glossary goes before it.
 */
const GROUPS = `
student, pupil, learner, undergraduate
teacher, instructor, professor, lecturer, faculty, tutor, educator
school, college, university, institution, academy
course, class, subject
grade, mark
employee, worker, staff, personnel, staff member
employer, company, firm
company, firm, business, enterprise, corporation, organization, manufacturer, vendor
manager, supervisor, boss, head
supplier, vendor, provider
customer, client, buyer, shopper, consumer
customer, guest, patron
user, member, account holder
person, people, individual
doctor, physician
drug, medication, medicine
hospital, clinic
illness, disease, condition, diagnosis
author, writer
book, publication
article, paper, publication
movie, film, motion picture
singer, artist, musician, performer, vocalist
song, track, tune
album, record, release
actor, actress, performer, cast
player, athlete, sportsperson
team, club, squad
match, game, fixture
coach, trainer
stadium, arena, venue
competition, contest, tournament, championship
race, grand prix
driver, racer
vehicle, car, automobile
airplane, aircraft, plane
airline, carrier
airport, airfield
flight, trip
trip, journey, ride, travel
ship, vessel, boat
captain, skipper
hotel, inn, lodging
room, chamber
apartment, flat
building, house, structure
property, estate, real estate
address, residence, home
city, town, municipality
country, nation
region, area, district, territory
state, province
county, district
location, place, site, position
headquarters, headquarter, head office, main office
store, shop, outlet
branch, office
product, item, good, article, merchandise
order, purchase
transaction, payment
booking, reservation
invoice, bill
shipment, delivery
contract, agreement
account, acct
balance, funds
loan, credit, mortgage
policy, insurance policy
claim, insurance claim
price, cost, charge, fee
fare, price, cost
pay, salary, wage, earnings, income, compensation, earn, earning, paid
revenue, turnover, sales, income
profit, earnings
budget, funding
weight, mass
height, tall, stature
size, capacity
capacity, seat
enrollment, enrolment
population, inhabitant, resident, people
area, surface
length, duration
duration, time, length
speed, velocity
score, point, result
point, score
rating, score, rank
rank, ranking, position, standing
level, tier, grade
age, years old, old
gender, sex
birthday, date of birth, birth date, born
nationality, citizenship, citizen, country
language, tongue
religion, faith
job, occupation, profession, position, work
job title, position, role, title
role, position, function
first name, given name, forename, fname
last name, surname, family name, lname
email, mail, email address, e-mail
phone, telephone, phone number, telephone number, cell, mobile
zip code, zip, postal code, postcode, post code
website, web site, homepage, url, link
type, kind, category
category, kind, type, genre
genre, style, kind, type
status, condition
description, detail, explanation
detail, information
comment, remark, note, review
review, opinion
code, abbreviation, symbol
day, date
year, date
start, begin, beginning
end, finish
title, name, heading
series, program
concert, gig
start date, begin date, from date
end date, finish date, to date
hire, employ, recruit
hire date, start date
open, opening, opened
founded, established, founding, foundation, opened, created, started
founder, creator
built, construct, construction, constructed, build
release, publish, issue
released, published, issued, release date, release year
death, died, die, fatality, killed, casualty, deceased
damage, loss, destruction
destroy, destruct, destruction, destroyed
authorize, authorise, authorization, authorized
injury, injured, hurt, wounded
winner, champion, victor
win, victory, won, winning
loss, defeat, lost
attendance, spectator, audience, attendee, turnout
party, political party
election, vote, ballot
candidate, nominee
president, head
committee, board
project, assignment
department, division, dept
dorm, dormitory
major, field of study, subject
credit, credit hour
prerequisite, prereq
hobby, interest
allergy, intolerance
pet, animal
dog, puppy
species, breed
document, file, paper
file, document
image, picture, photo
camera, lens
channel, station
program, programme, show
episode, part
magazine, journal
newspaper, paper
mountain, peak
river, stream
lake, water
museum, gallery
painting, artwork, picture
park, garden
bridge, span
railway, train, rail
train, locomotive
bus, coach
route, line, path
stop, station
storm, hurricane, cyclone
weather, climate
temperature, heat
wine, vintage
grape, variety
food, dish, meal
restaurant, eatery, diner
recipe, dish
ingredient, component
material, substance
color, colour, hue
brand, make, maker, label
maker, manufacturer, producer, make
model, version
device, machine, gadget
technician, engineer, mechanic
engineer, technician
software, application, program
browser, web browser
screen, display
battery, power
horsepower, power
engine, motor
fuel, gas
mile, mileage, distance
mpg, miles per gallon
attraction, sight, tourist attraction
tourist, visitor, traveler, traveller
visit, trip
event, happening, occasion
conference, convention
workshop, seminar
participant, attendee, entrant, competitor, contestant
sponsor, backer
donor, contributor, giver
grant, award, funding
award, prize, honor, honour
medal, prize
goal, target
opponent, rival, adversary
season, year
crime, offense, offence
police, officer
court, tribunal
lawyer, attorney
debt, liability
asset, holding, property
share, stock
stock, inventory
market, exchange
industry, sector, branch
customer, subscriber
subscription, plan
complaint, grievance
feedback, comment
question, query
answer, response
post, article
tweet, post, message
follower, fan
friend, buddy
rival, competitor
parent, mother, father
child, kid, son, daughter
spouse, husband, wife, partner
married, marital status
ship, send, dispatch, deliver
shipping, delivery, shipped
arrive, arrival, arriving
depart, departure, departing, leave, leaving
origin, source, departure
destination, arrival
latitude, lat
longitude, long, lng
elevation, altitude, height
percentage, percent, share
ratio, proportion
tax, duty
discount, rebate, reduction
bonus, extra
commission, fee
rent, rental, lease
owner, holder, proprietor, possessor
tenant, renter, lessee
agent, representative, rep
representative, rep, agent
nurse, caregiver
patient, sufferer
treatment, procedure, therapy
appointment, meeting, consultation
prescription, prescribe
room number, room
floor, storey, story, level
block, section
section, class, part
semester, term
schedule, timetable
exam, test, examination
decision, result, outcome
outcome, result
theme, topic, subject
topic, subject
nickname, alias
`;

const STEMMED = new Map<string, readonly string[]>();

function stemsOf(phrase: string): readonly string[] {
  const known = STEMMED.get(phrase);
  const made = known ?? phrase.split(/[ -]/).map(stem);
  STEMMED.set(phrase, made);
  return made;
}

/** Other ways to say a run of stems, by the stems joined with a space. */
const OTHERS = new Map<string, (readonly string[])[]>();
for (const group of GROUPS.trim().split('\n')) {
  const phrases = group.split(', ').map(stemsOf);
  for (const phrase of phrases) {
    const key = phrase.join(' ');
    const others = phrases.filter((other) => other.join(' ') !== key);
    OTHERS.set(key, [...(OTHERS.get(key) ?? []), ...others]);
  }
}

const LONGEST = 3;
const MOST = 24;

/** The same stems with one run of them said otherwise, in words of which each is known. */
export function saidOtherwise(stems: readonly string[], isKnown: (word: string) => boolean): string[][] {
  const found: string[][] = [];
  for (let start = 0; start < stems.length; start++) {
    for (let end = Math.min(stems.length, start + LONGEST); end > start; end--) {
      for (const other of OTHERS.get(stems.slice(start, end).join(' ')) ?? []) {
        if (other.every(isKnown)) found.push([...stems.slice(0, start), ...other, ...stems.slice(end)]);
        if (found.length === MOST) return found;
      }
    }
  }
  return found;
}
