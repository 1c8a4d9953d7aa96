/**
 * Has the gateway look for changes at every interval (in milliseconds; 0 for never), and at once when the process is
 * sent SIGHUP. Returns what ends that.
 */
export function followChanges(refresh: () => Promise<unknown>, interval: number): () => void {
  const look = (): void => void refresh();
  const timer = interval === 0 ? undefined : setInterval(look, interval);
  process.on('SIGHUP', look);
  return () => {
    clearInterval(timer);
    process.off('SIGHUP', look);
  };
}
