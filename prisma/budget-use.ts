/** What was used, in whole numbers; money in millionths. */
export interface StoredUse {
  readonly tokens: number;
  readonly bytes: number;
  readonly microMoney: number;
}

/** What accounts have used by day. Every method throws STORE_UNAVAILABLE where the database does not answer. */
export interface BudgetUse {
  used(account: string, day: string): Promise<StoredUse>;
  /** Adds to what was used if that leaves every amount within its limit (0: none). Says whether it did. */
  addWithin(account: string, day: string, use: StoredUse, limits: StoredUse): Promise<boolean>;
  /** Adds whatever it comes to; what is negative is given back. */
  add(account: string, day: string, use: StoredUse): Promise<void>;
  /** Forgets the days before one. */
  forgetBefore(day: string): Promise<void>;
  close(): Promise<void>;
}
