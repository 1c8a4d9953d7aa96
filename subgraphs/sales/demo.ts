import { CHANCE, type Demo } from '../connectors/demo-data.js';
import { CALENDAR_AND_PLACES, EVENTS } from './events.js';
import { PEOPLE } from './people.js';
import { TRADE } from './trade.js';

/** A ticket marketplace's year 2008 in the TICKIT schema of Amazon Redshift's sample database. */
export const demo: Demo = {
  statements: () => [...CHANCE, ...PEOPLE, ...CALENDAR_AND_PLACES, ...EVENTS, ...TRADE],
};
