/**
 * The page's only script: which characters the chosen one listens to. Its hash stands in the page's content security
 * policy, so that no other script could run even if one came in with a text; a test holds the two together.
 */
export const SCRIPT = `
const listening = JSON.parse(document.getElementById('listening').textContent);
for (const [number, passage] of [...document.querySelectorAll('.passage')].entries()) {
  const signs = [...passage.querySelectorAll('[data-at]')];
  const told = passage.parentElement.querySelector('.told');
  const choose = (s) => {
    if (!signs[s]) return;
    signs.forEach((sign, t) => {
      const level = listening[number][s][t];
      sign.className = t === s ? 'chosen' : level >= '0' && level <= '9' ? 'l' + level : '';
      sign.tabIndex = t === s ? 0 : -1;
    });
    told.textContent = signs[s].title;
  };
  const place = (event) => Number(event.target.closest('[data-at]')?.dataset.at ?? -1);
  passage.addEventListener('pointerover', (event) => choose(place(event)));
  passage.addEventListener('click', (event) => choose(place(event)));
  passage.addEventListener('focusin', (event) => choose(place(event)));
  passage.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = signs[place(event) + step];
    if (!step || !next) return;
    event.preventDefault();
    next.focus();
  });
}
`;

export const SCRIPT_HASH = 'sha256-4vQOmIah6h7r5Jrn5aM+LfvAVHMdAZ272Gy0sAdtf5Y=';
