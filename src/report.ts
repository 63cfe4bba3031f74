/** dissipa/report: what was measured as a page, in the terminal, as a table. */
import './words/spoken.js';
// Each probe declares its part of a report's type.
import './probe/training.js';

export type { InspectionData, Measured } from './ui/inspection.js';

export { terminalReport } from './study/inspect/terminal.js';
export { inspectionPage } from './study/inspect/page.js';
export { lessonPage } from './study/lesson/page.js';
export { lessonWordsIn, wordsIn } from './words/words.js';
export { comparisonPage } from './study/compare/page.js';

export { historyRows, measuredRows, type Row } from './ui/tables/rows.js';
export { csvPieces } from './ui/tables/csv.js';
export { parquetBytes } from './ui/tables/parquet.js';
