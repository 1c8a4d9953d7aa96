import { useEffect, useState } from 'react';
import { type Domain, fetchDomains } from '../shared/domains.js';

/** The gateway's domains; an empty list until they are known. */
export function useDomains(): readonly Domain[] {
  const [domains, setDomains] = useState<readonly Domain[]>([]);
  useEffect(() => {
    const leaving = new AbortController();
    void fetchDomains('/ask/examples.json', leaving.signal).then((found) => {
      if (!leaving.signal.aborted) setDomains(found);
    });
    return () => leaving.abort();
  }, []);
  return domains;
}
