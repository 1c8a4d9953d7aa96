/** Waits for SIGINT or SIGTERM, then stops what runs. A second signal ends the process at once. */
export async function untilStopped(stop: () => Promise<void>): Promise<void> {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  await new Promise<void>((resolve) => {
    for (const signal of signals) process.once(signal, () => resolve());
  });
  for (const signal of signals) process.once(signal, () => process.exit(1));
  await stop();
  for (const signal of signals) process.removeAllListeners(signal);
}
