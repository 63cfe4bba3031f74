/** What pages that bring all languages along have of Portuguese. */
export { charts } from './charts.js';
export { errors } from './errors.js';
export { numbers } from './numbers.js';
export { playground } from './playground.js';
export { rerun } from './rerun.js';
