import { runCommand } from './cli/run-command.js';

// The only place that reads the process: its arguments and its environment.
process.exitCode = await runCommand(process.argv, process.env);
