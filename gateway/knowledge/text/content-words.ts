/** Words that carry no content of their own: leaving them unplaced costs nothing. */
const FUNCTION_WORDS = new Set(
  (
    'a an the of to in on at for from with and is are was were be been being am do does did has have had having can could ' +
    'will would shall should may might must i me my we our us you your they them their it its he she his her there ' +
    'here that this these those please what which who whom whose how when where why as into than then also just only ' +
    'so if but about any some such s t will ever all across during within among out up down me tell let know want see ' +
    'like happened happen happens occurred occur occurs took take place exist exists existing made make made respective ' +
    'respectively overall entire whole data database table record records row rows entries entry information info ' +
    'details according based given currently current got get many much long per each every come came comes saw see seen compare compared dollar dollars usd both'
  ).split(' '),
);

/** Whether a lower-case word says something that an answer must account for. */
export function isContentWord(word: string): boolean {
  return !FUNCTION_WORDS.has(word);
}
