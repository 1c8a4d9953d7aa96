import { useEffect, useState } from 'react';
import { applyTheme, chosenTheme, rememberTheme, systemTheme, type Theme } from './theme.js';

/** The theme in force, the chosen one or else the system's, and a way to choose the other one. */
export function useTheme(): { theme: Theme; switchTheme: () => void } {
  const [chosen, setChosen] = useState(chosenTheme);
  const [system, setSystem] = useState(systemTheme);

  useEffect(() => {
    const media = matchMedia('(prefers-color-scheme: dark)');
    const follow = (): void => setSystem(media.matches ? 'dark' : 'light');
    media.addEventListener('change', follow);
    return () => media.removeEventListener('change', follow);
  }, []);

  useEffect(() => applyTheme(chosen), [chosen]);

  const theme = chosen ?? system;
  const switchTheme = (): void => {
    const other = theme === 'dark' ? 'light' : 'dark';
    rememberTheme(other);
    setChosen(other);
  };
  return { theme, switchTheme };
}
