/** dissipa as a library in Node: what runs anywhere, and the disk. */
export * from './browser.js';

export { nodeFiles } from './store/files-node.js';
export { nodeProcesses } from './store/processes-node.js';
