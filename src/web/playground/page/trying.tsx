/** Things to do with the nets as they are. */
import { words } from './context.js';
import { Fork } from './fork.js';
import { Listen } from './listen.js';
import { Nudge } from './nudge.js';

export function Trying() {
  const w = words();
  return (
    <section aria-labelledby="try-title">
      <h2 id="try-title">{w.tryIt}</h2>
      <div class="three">
        <Fork />
        <Nudge />
        <Listen />
      </div>
    </section>
  );
}
