/** What the lesson's files are called, for help too, which needs none of its other words. */
export const lesson = { file: 'lesson', run: 'lesson' };
