import type { InspectionData } from '../inspection.js';
export const inspectionPage = (data: InspectionData): string => data.name;
