/** The instant that questions are asked at where they do not say another: after the end of all demo data. */
export const DEFAULT_AS_OF = '2024-06-15T12:00:00Z';

/** What SQL finds right, in the order that is asked for; several where the question may honestly be read so. */
export type RightSql = string | readonly [string, ...string[]];

export interface QuestionOptions {
  readonly asOf?: string;
  /** The order of the rows is part of the question. */
  readonly ordered?: boolean;
  /** The question names no columns to show: the answer may show more of them than the SQL does. */
  readonly wider?: boolean;
}

/** A question of a person, and SQL that a person wrote for it without looking at what Askgraph makes of it. */
export interface Question extends QuestionOptions {
  readonly id: string;
  readonly domain: string;
  readonly question: string;
  readonly sql: RightSql;
}

/** One line of a domain's list: its name within the domain, the question, the SQL, and what else holds. */
export type QuestionLine = readonly [
  name: string,
  question: string,
  sql: RightSql,
  options?: QuestionOptions,
];

export function questionsOf(domain: string, lines: readonly QuestionLine[]): Question[] {
  return lines.map(([name, question, sql, options]) => ({
    id: `${domain}/${name}`,
    domain,
    question,
    sql,
    ...options,
  }));
}
