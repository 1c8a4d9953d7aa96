import type { Verdict } from './evaluate.js';
import type { CurvePoint, Figures, Report } from './figures.js';
import { costText, percent } from './print-report.js';
import type { Rows } from './same-result.js';

/** The whole report as one page that needs nothing from elsewhere. */
export function writeHtml(report: Report, title: string): string {
  const failures = report.verdicts.filter(({ outcome }) => outcome === 'wrong' || outcome === 'failed');
  const abstained = report.verdicts.filter(({ outcome }) => outcome === 'abstained');
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<style>
body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}
table{border-collapse:collapse;margin:1rem 0}td,th{padding:.2rem .7rem;border-bottom:1px solid #ddd;text-align:right}
td:first-child,th:first-child{text-align:left}pre{background:#f6f6f6;padding:.6rem;overflow:auto;font-size:13px}
article{border-top:1px solid #ccc;padding:.6rem 0}h3{font-size:1rem;margin:.2rem 0}
</style>
<h1>${escapeHtml(title)}</h1>
${figuresTable({ ...report.databases, ...prefixed(report.difficulties), total: report.total })}
<h2>Precision against coverage</h2>
${curve(report.curve)}
<h2>Wrong or failed (${failures.length})</h2>
${failures.map(failure).join('\n')}
<h2>Not answered (${abstained.length})</h2>
<ul>${abstained.map(({ database, question, reason }) => `<li>${escapeHtml(database)}: ${escapeHtml(question)} <small>${escapeHtml(reason)}</small></li>`).join('\n')}</ul>
</html>
`;
}

function prefixed(groups: Readonly<Record<string, Figures>>): Record<string, Figures> {
  return Object.fromEntries(Object.entries(groups).map(([name, figures]) => [`(${name})`, figures]));
}

function figuresTable(groups: Readonly<Record<string, Figures>>): string {
  const head = [
    'database',
    'asked',
    'answered',
    'right',
    'coverage',
    'precision',
    'accuracy',
    'routing',
    'median ms',
    'p99 ms',
    'slowest ms',
    'calls',
    'tokens',
    'cost',
  ];
  const rows = Object.entries(groups).map(([name, figures]) => [
    name,
    figures.asked,
    figures.answered,
    figures.right,
    percent(figures.coverage),
    percent(figures.precision),
    percent(figures.accuracy),
    percent(figures.routing),
    figures.medianMilliseconds.toFixed(1),
    figures.p99Milliseconds.toFixed(0),
    figures.slowestMilliseconds.toFixed(0),
    figures.modelCalls,
    figures.tokens,
    costText(figures),
  ]);
  const line = (cells: readonly unknown[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(String(cell))}</${tag}>`).join('')}</tr>`;
  return `<table>${line(head, 'th')}${rows.map((row) => line(row, 'td')).join('')}</table>`;
}

const WIDTH = 520;
const HEIGHT = 300;
const MARGIN = 40;

function curve(points: readonly CurvePoint[]): string {
  const x = (share: number) => MARGIN + share * (WIDTH - 2 * MARGIN);
  const y = (share: number) => HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN);
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  const grid = ticks.map(
    (tick) =>
      `<line x1="${x(0)}" x2="${x(1)}" y1="${y(tick)}" y2="${y(tick)}" stroke="#ddd"/>` +
      `<text x="4" y="${y(tick) + 4}" font-size="11">${percent(tick)}</text>` +
      `<text x="${x(tick) - 14}" y="${HEIGHT - MARGIN + 18}" font-size="11">${percent(tick)}</text>`,
  );
  const dots = points.map(
    ({ coverage, precision, confidence }) =>
      `<circle cx="${x(coverage).toFixed(1)}" cy="${y(precision).toFixed(1)}" r="3"><title>confidence ${confidence}: coverage ${percent(coverage)}, precision ${percent(precision)}</title></circle>`,
  );
  const line = points
    .map(({ coverage, precision }) => `${x(coverage).toFixed(1)},${y(precision).toFixed(1)}`)
    .join(' ');
  return `<svg width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="Precision against coverage">${grid.join('')}<polyline points="${line}" fill="none" stroke="#3366cc"/>${dots.join('')}</svg>`;
}

function failure(verdict: Verdict): string {
  return `<article><h3>${escapeHtml(verdict.question)}</h3><p>${escapeHtml(verdict.database)} · ${escapeHtml(verdict.id)} · ${escapeHtml(plannerText(verdict))}<br>read as: ${escapeHtml(verdict.restatement)}${verdict.reason === '' ? '' : `<br>${escapeHtml(verdict.reason)}`}</p><pre>${escapeHtml(verdict.query)}</pre><pre>expected ${escapeHtml(rowsText(verdict.expected))}
actual   ${escapeHtml(rowsText(verdict.actual))}</pre></article>`;
}

function plannerText({ planner, confidence, milliseconds, tokens }: Verdict): string {
  const sure = confidence === undefined ? '' : `, confidence ${confidence.toFixed(2)}`;
  return `${planner || 'nobody'}${sure}, ${milliseconds.toFixed(0)} ms, ${tokens} tokens`;
}

function rowsText(rows: Rows): string {
  return rows.map((row) => JSON.stringify(row)).join(' ') || 'no rows';
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
