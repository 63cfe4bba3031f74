/** For `node --import`: the plan of CRASH_PLAN (JSON) befalls the program; how many calls there were goes to CRASH_COUNT. */
import { writeFileSync } from 'node:fs';
import { Disk, type Plan } from './faults.js';

const { CRASH_PLAN: plan, CRASH_COUNT: counted } = process.env;
const disk = await Disk.patch(() => process.kill(process.pid, 'SIGKILL'));
disk.begin(plan === undefined ? null : (JSON.parse(plan) as Plan));
if (counted !== undefined)
  process.on('exit', () => {
    writeFileSync(counted, String(disk.count));
  });
