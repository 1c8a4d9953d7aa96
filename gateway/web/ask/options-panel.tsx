import type { ReactNode } from 'react';
import type { Domain } from '../shared/domains.js';
import type { AskOptions } from './ask-options.js';

interface OptionsPanelProps {
  readonly options: AskOptions;
  readonly domains: readonly Domain[];
  readonly onChange: (options: AskOptions) => void;
}

/** Folded away: the day that counts as today, and which domains to ask. The folded line tells what is set. */
export function OptionsPanel({ options, domains, onChange }: OptionsPanelProps): ReactNode {
  const toggle = (name: string): void => {
    const chosen = options.domains.includes(name)
      ? options.domains.filter((other) => other !== name)
      : [...options.domains, name];
    onChange({ ...options, domains: chosen });
  };
  const set = [
    ...(options.date === '' ? [] : [`as of ${options.date}`]),
    ...(options.domains.length === 0 ? [] : [`only ${options.domains.join(', ')}`]),
  ];
  return (
    <details className="options">
      <summary>Options{set.length > 0 && <span className="options-set">{set.join(' · ')}</span>}</summary>
      <div className="options-body">
        <div className="field">
          <label htmlFor="as-of">Read the question as of</label>
          <input
            id="as-of"
            type="date"
            value={options.date}
            aria-describedby="as-of-help"
            onChange={(event) => onChange({ ...options, date: event.target.value })}
          />
          <p id="as-of-help" className="hint">
            The day that “today” or “this year” means. Empty: today.
          </p>
        </div>
        {domains.length > 0 && (
          <fieldset className="field">
            <legend>Ask only these domains</legend>
            <div className="checks">
              {domains.map((domain) => (
                <label key={domain.name}>
                  <input
                    type="checkbox"
                    checked={options.domains.includes(domain.name)}
                    onChange={() => toggle(domain.name)}
                  />
                  {domain.name}
                </label>
              ))}
            </div>
            <p className="hint">None ticked: all of them.</p>
          </fieldset>
        )}
      </div>
    </details>
  );
}
