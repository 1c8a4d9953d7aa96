import type { ReactNode } from 'react';
import { useTheme } from './use-theme.js';

export function ThemeToggle(): ReactNode {
  const { theme, switchTheme } = useTheme();
  const label = theme === 'dark' ? 'Switch to light colours' : 'Switch to dark colours';
  return (
    <button type="button" className="icon-button" onClick={switchTheme} aria-label={label} title={label}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        {theme === 'dark' ? (
          <path d="M12 4V2m0 20v-2m8-8h2M2 12h2m13.7-5.7 1.4-1.4M4.9 19.1l1.4-1.4m0-11.4L4.9 4.9m14.2 14.2-1.4-1.4M12 7.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9z" />
        ) : (
          <path d="M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z" />
        )}
      </svg>
    </button>
  );
}
