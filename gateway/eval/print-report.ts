import type { Figures, Report } from './figures.js';

const HEAD = [
  '',
  'asked',
  'answered',
  'right',
  'coverage',
  'precision',
  'accuracy',
  'routing',
  'median ms',
  'p99 ms',
  'calls',
  'tokens',
  'cost',
];

/** The figures as a table for the terminal. */
export function printReport(report: Report): string {
  const rows = [
    HEAD,
    ...Object.entries(report.databases).map(([name, figures]) => cells(name, figures)),
    ...Object.entries(report.difficulties).map(([name, figures]) => cells(`(${name})`, figures)),
    cells('total', report.total),
  ];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join('  '),
  );
  const { failed } = report.total;
  const note = failed === 0 ? '' : `${failed} failed; what their calls used is not among the figures.\n`;
  return `${lines.join('\n')}\n${note}`;
}

function cells(name: string, figures: Figures): string[] {
  return [
    name,
    String(figures.asked),
    String(figures.answered),
    String(figures.right),
    percent(figures.coverage),
    percent(figures.precision),
    percent(figures.accuracy),
    percent(figures.routing),
    figures.medianMilliseconds.toFixed(1),
    figures.p99Milliseconds.toFixed(1),
    String(figures.modelCalls),
    String(figures.tokens),
    costText(figures),
  ];
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

export function costText({ cost }: Pick<Figures, 'cost'>): string {
  return cost === null ? 'unknown' : cost.toFixed(4);
}
