/** What several answers together allow: as little as the strictest of them. */
export class CachePolicy {
  #maximumAge: number | undefined;
  #scope: 'public' | 'private' = 'public';
  #isStorable = true;

  /** Takes in the Cache-Control of one subgraph's answer; one that has none allows nothing. */
  add(header: string | undefined): void {
    const directives = new Map(
      (header ?? 'no-store').split(',').map((directive) => {
        const [name = '', value] = directive.trim().toLowerCase().split('=');
        return [name, value] as const;
      }),
    );
    const age = Number(directives.get('max-age'));
    if (directives.has('no-store') || directives.has('no-cache') || !Number.isInteger(age) || age <= 0) {
      this.#isStorable = false;
      return;
    }
    if (directives.has('private')) this.#scope = 'private';
    this.#maximumAge = Math.min(this.#maximumAge ?? age, age);
  }

  /** The Cache-Control of the whole. */
  toHeader(): string {
    return this.#isStorable && this.#maximumAge !== undefined
      ? `max-age=${this.#maximumAge}, ${this.#scope}`
      : 'private, no-store';
  }
}
