/** Words that begin sentences about data, where a capital letter makes no name of them. */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  `a about above according across after all almost along also although altogether among amounting an and another any
  approximately are around as at average based because before behind below between both but by combined compared
  considering counting currently data day days despite down during each eight either eighteen eighty eleven even every
  everyone exactly except few fewer fifteen fifty figures finally first five following for forty four fourteen fourth
  from given had half has have he hence her here his how however hundred if in including indeed instead into is it its
  just last least less like listed lowest highest many mean meanwhile median month months more most much nearly neither
  next nine nineteen ninety no nobody none nor not note nothing now number of on once one only or other others our out
  over overall part per people percent quarter question ranked ranking result results rows second second-highest seven
  seventeen seventy several she since six sixteen sixty so some still such sum ten than that the their them then there
  therefore these they thirteen thirty this those though three through throughout thus to together top total totals
  twelve twenty two under until up value values was we were what when where whereas which while who whose with within
  without year years yes yet you your zero`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
