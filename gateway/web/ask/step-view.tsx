import type { ReactNode } from 'react';
import { CopyButton } from '../shared/copy-button.js';
import { graphiqlLink } from '../shared/graphiql-link.js';
import type { Step } from './answer.js';
import { durationText } from './answer-meta.js';
import { groupDigits } from './cell-text.js';

const LANGUAGE = { GRAPHQL: 'GraphQL', SQL: 'SQL' } as const satisfies Record<Step['language'], string>;

export function StepView({ step }: { step: Step }): ReactNode {
  const { query, variables, executedSql } = step;
  return (
    <section className="step" aria-label={`Step ${step.name}`}>
      <h4>{step.name}</h4>
      <p className="step-meta">{metaText(step)}</p>
      {step.error && (
        <p className="step-error">
          {step.error.message} (<code>{step.error.code}</code>)
        </p>
      )}
      <CodeBlock title={LANGUAGE[step.language]} code={query} />
      {hasVariables(variables) && <CodeBlock title="Variables" code={JSON.stringify(variables, null, 2)} />}
      {executedSql && executedSql !== query && <CodeBlock title="SQL that ran" code={executedSql} />}
      {step.language === 'GRAPHQL' && (
        <a className="quiet-button" href={graphiqlLink(query, hasVariables(variables) ? variables : null)}>
          Open in GraphiQL
        </a>
      )}
    </section>
  );
}

function CodeBlock({ title, code }: { title: string; code: string }): ReactNode {
  return (
    <figure className="code">
      <figcaption>
        {title}
        <CopyButton text={code} label={`Copy ${title}`} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>
        <code>{code}</code>
      </pre>
    </figure>
  );
}

function metaText(step: Step): string {
  return [
    step.domain ?? 'combining the steps',
    step.engine,
    ...(step.status === 'SUCCEEDED' ? [] : [step.status.toLowerCase()]),
    ...(step.rows === null ? [] : [step.rows === 1 ? '1 row' : `${groupDigits(String(step.rows))} rows`]),
    ...(step.milliseconds === null ? [] : [durationText(step.milliseconds)]),
  ].join(' · ');
}

function hasVariables(variables: unknown): variables is object {
  return typeof variables === 'object' && variables !== null && Object.keys(variables).length > 0;
}
