import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/form.css';
import '../styles/answer.css';
import '../styles/table.css';
import '../styles/steps.css';
import { createRoot } from 'react-dom/client';
import { applyTheme, chosenTheme } from '../shared/theme.js';
import { AskPage } from './ask-page.js';

applyTheme(chosenTheme());

const linked = new URLSearchParams(location.search).get('q')?.trim() ?? '';
const root = document.getElementById('root');
if (root) createRoot(root).render(<AskPage linkedQuestion={linked} />);
