/** Loaded into a measured process with `--import`: writes what the process used into the file named by BENCH_USAGE when it ends. */
import { writeFileSync } from 'node:fs';

const file = process.env['BENCH_USAGE'];
const started = process.hrtime.bigint();
if (file !== undefined) {
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const wallMs = Number(process.hrtime.bigint() - started) / 1e6;
    writeFileSync(file, JSON.stringify({ cpuMs: (userCPUTime + systemCPUTime) / 1000, wallMs, peakRssMiB: maxRSS / 1024 }));
  });
}
