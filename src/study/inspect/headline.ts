/** The one sentence above all others of an inspection. */
import { flagFindings } from '../../ui/flags.js';
import { layersNow, layersWith, type InspectionData } from '../../ui/inspection.js';
import type { Words } from '../../words/words.js';
import { timestepsOf } from './findings.js';
import { headline } from './memory.js';

/** The fates of all layers, or why there is nothing to say of them. */
export function headlineOf(data: InspectionData, { inspect: { memory: told } }: Words): string {
  const memory = layersWith(data, 'memory');
  if (memory) {
    const found = headline(memory.value, timestepsOf(memory.value), layersNow(data).length);
    return found === null ? told.sentence({ is: 'no-way-back', layer: null }) : told.headline(found);
  }
  const flags = flagFindings(layersNow(data));
  return flags.length === 0 ? told.nothing : told.flag(flags[0]);
}
