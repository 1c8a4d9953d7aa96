import { afterAll, beforeAll, describe } from 'vitest';
import { cellCases } from './cell-cases.js';
import { errorCases } from './error-cases.js';
import { explainCases } from './explain-cases.js';
import { lifeCases } from './life-cases.js';
import { parameterCases } from './parameter-cases.js';
import { rowCases } from './row-cases.js';
import type { ContractSetup } from './setup.js';
import { stopCases } from './stop-cases.js';

/** What a group of cases gets: the engine, once it is set up. */
export type Engine = () => ContractSetup;

/**
 * What every connector must do, the same on every engine. `setup` is undefined where the engine cannot be reached, and
 * the cases are then skipped.
 */
export function connectorContract(name: string, setup: (() => Promise<ContractSetup>) | undefined): void {
  describe.skipIf(setup === undefined)(`the connector contract on ${name}`, () => {
    let open: ContractSetup | undefined;
    beforeAll(async () => {
      open = await setup?.();
    });
    afterAll(() => open?.close());
    const engine: Engine = () => {
      if (open === undefined) throw new Error(`${name} was not set up.`);
      return open;
    };
    cellCases(engine);
    parameterCases(engine);
    rowCases(engine);
    errorCases(engine);
    explainCases(engine);
    stopCases(engine);
    lifeCases(engine);
  });
}
